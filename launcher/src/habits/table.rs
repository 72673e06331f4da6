//! The habits, each with its name, what it is and where it was seen, and the hosts that have several of them.

/// One thing that a server does in its own way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Habit {
    NoHistory,
    NoLastn,
    CapCount(usize),
    PageLimit(usize),
    IgnoreSort,
    UnknownParameter400,
    UnknownParameter422,
    UnknownParameterOutcome,
    TotalWrong,
    TotalAbsent,
    OpaqueNext,
    NoElements,
    NoInclude,
    NoMissing,
    IssSlash,
    NoEtag,
    SeesEveryone,
    DetailsOnly,
    DiagnosticsOnly,
    NoTransaction,
    Stale409,
    NoWellKnown,
    NoOauthUris,
    EffectiveDateTime,
    SubscriptionKey,
    NestedPatient,
    SparseConfiguration,
    RelativeEndpoints,
    EndpointQuery,
    PostSearch,
    CodeAndDateOnly,
    FewTypes,
    ReadingsOnly,
    Registered,
    Standalone,
}

/// A row of the table: the name on the command line, the habit, what it is, and where it was seen. A number
/// behind `=` replaces that of the habit.
pub(super) struct Row(
    pub(super) &'static str,
    pub(super) Habit,
    pub(super) &'static str,
    pub(super) &'static str,
);

const SERVERS: &str = "two R4 servers measured";
const DIPS: &str = "Open DIPS";
const GP: &str = "GP journals";
const NHN: &str = "NHN Pasientens måledata";

pub(super) const TABLE: [Row; 35] = [
    Row(
        "no-history",
        Habit::NoHistory,
        "vread but no _history",
        "some national servers",
    ),
    Row("no-lastn", Habit::NoLastn, "$lastn answers 404", SERVERS),
    Row(
        "cap-count",
        Habit::CapCount(1000),
        "_count is capped silently",
        SERVERS,
    ),
    Row(
        "page-limit",
        Habit::PageLimit(10_000),
        "next fails beyond so many entries",
        SERVERS,
    ),
    Row("ignore-sort", Habit::IgnoreSort, "_sort is ignored", SERVERS),
    Row(
        "unknown-parameter-400",
        Habit::UnknownParameter400,
        "answers 400 to them",
        SERVERS,
    ),
    Row(
        "unknown-parameter-422",
        Habit::UnknownParameter422,
        "answers 422 to them",
        SERVERS,
    ),
    Row(
        "unknown-parameter-outcome",
        Habit::UnknownParameterOutcome,
        "ignores them and adds an entry of mode outcome",
        SERVERS,
    ),
    Row(
        "total-wrong",
        Habit::TotalWrong,
        "total is the page's size",
        SERVERS,
    ),
    Row("total-absent", Habit::TotalAbsent, "no total", SERVERS),
    Row(
        "opaque-next",
        Habit::OpaqueNext,
        "next is an opaque cursor under the base",
        SERVERS,
    ),
    Row("no-elements", Habit::NoElements, "_elements is unknown", SERVERS),
    Row("no-include", Habit::NoInclude, "_include is unknown", SERVERS),
    Row("no-missing", Habit::NoMissing, ":missing is unknown", SERVERS),
    Row(
        "iss-slash",
        Habit::IssSlash,
        "the issuer ends in a slash",
        SERVERS,
    ),
    Row("no-etag", Habit::NoEtag, "no ETag for browsers", SERVERS),
    Row(
        "sees-everyone",
        Habit::SeesEveryone,
        "patient scopes limit by type only",
        SERVERS,
    ),
    Row(
        "details-only",
        Habit::DetailsOnly,
        "errors speak in details.text only",
        SERVERS,
    ),
    Row(
        "diagnostics-only",
        Habit::DiagnosticsOnly,
        "errors speak in diagnostics only",
        SERVERS,
    ),
    Row(
        "no-transaction",
        Habit::NoTransaction,
        "transactions answer 403 under patient scopes",
        SERVERS,
    ),
    Row(
        "stale-409",
        Habit::Stale409,
        "a stale If-Match answers 409",
        SERVERS,
    ),
    Row(
        "no-well-known",
        Habit::NoWellKnown,
        "no smart-configuration",
        DIPS,
    ),
    Row(
        "standalone",
        Habit::Standalone,
        "apps may start outside the journal (launch/patient)",
        DIPS,
    ),
    Row(
        "no-oauth-uris",
        Habit::NoOauthUris,
        "no oauth-uris in the CapabilityStatement",
        DIPS,
    ),
    Row(
        "effectivedatetime",
        Habit::EffectiveDateTime,
        "date of Observation is called effectivedatetime",
        DIPS,
    ),
    Row(
        "subscription-key",
        Habit::SubscriptionKey,
        "wants a header with a subscription key",
        DIPS,
    ),
    Row(
        "nested-patient",
        Habit::NestedPatient,
        "the patient stands nested in the token answer",
        GP,
    ),
    Row(
        "sparse-configuration",
        Habit::SparseConfiguration,
        "fields miss in smart-configuration",
        GP,
    ),
    Row(
        "relative-endpoints",
        Habit::RelativeEndpoints,
        "endpoints are relative addresses",
        GP,
    ),
    Row(
        "endpoint-query",
        Habit::EndpointQuery,
        "endpoints carry a query",
        GP,
    ),
    Row(
        "post-search",
        Habit::PostSearch,
        "searches are posted, GET answers 405",
        NHN,
    ),
    Row(
        "code-and-date-only",
        Habit::CodeAndDateOnly,
        "searches take patient, code and date",
        NHN,
    ),
    Row(
        "few-types",
        Habit::FewTypes,
        "no EpisodeOfCare nor what a façade leaves out",
        GP,
    ),
    Row(
        "readings-only",
        Habit::ReadingsOnly,
        "nothing but Patient and Observation",
        NHN,
    ),
    Row(
        "registered",
        Habit::Registered,
        "every Observation has the status registered",
        NHN,
    ),
];

/// The hosts that can be imitated.
pub(super) const IMITATIONS: [(&str, &[Habit]); 3] = [
    (
        "dips",
        &[
            Habit::NoWellKnown,
            Habit::EffectiveDateTime,
            Habit::SubscriptionKey,
            Habit::UnknownParameter400,
            Habit::NoMissing,
            Habit::NoLastn,
            Habit::NoInclude,
            Habit::NoHistory,
            Habit::CapCount(100),
        ],
    ),
    (
        "gp",
        &[
            Habit::NestedPatient,
            Habit::SparseConfiguration,
            Habit::RelativeEndpoints,
            Habit::EndpointQuery,
            Habit::PostSearch,
            Habit::FewTypes,
            Habit::UnknownParameter400,
            Habit::NoMissing,
            Habit::NoLastn,
            Habit::NoInclude,
            Habit::NoHistory,
            Habit::NoEtag,
            Habit::TotalAbsent,
        ],
    ),
    (
        "nhn",
        &[
            Habit::PostSearch,
            Habit::CodeAndDateOnly,
            Habit::ReadingsOnly,
            Habit::Registered,
            Habit::UnknownParameter400,
            Habit::NoLastn,
            Habit::NoHistory,
            Habit::NoTransaction,
            Habit::TotalWrong,
        ],
    ),
];
