//! What can be said of the plan as it is read and compared. Holds no words: those stand in `plan` of each
//! language. What is put together of several is in `plan`.

use chart_model::care_plan::{Area, Bound, PlanZone};

/// One thing to say of the plan.
#[derive(Clone, Copy, Debug)]
pub(crate) enum PlanMsg<'a> {
    /// Heading of a zone.
    Zone(PlanZone),
    /// A zone in one word.
    ZoneWord(PlanZone),
    /// Name of the choice of a zone.
    Zones,
    /// What is done whatever the zone is.
    AnyZone,
    /// Heading of a cell.
    Area(Area),
    /// How the patient knows that he is in a zone.
    Condition,
    /// Nothing is written there.
    Nothing,
    /// The plan's title, as a place.
    Title,
    /// What the plan is about.
    Description,
    /// The patient's goals.
    Goals,
    /// The people to turn to.
    Contacts,
    /// Who follows up now.
    FollowUp,
    /// Until a day.
    Until(&'a str),
    /// The last day of it, as a field.
    UntilDay,
    /// A person's or service's name, as a field.
    Name,
    /// What they are to the patient, as a field.
    RoleName,
    /// Their phone number, as a field.
    Phone,
    /// Where they work, as a field.
    Organisation,
    /// Remarks on the plan.
    Notes,
    /// Heading of what is measured, and how often.
    Measured,
    /// How often something is measured, as a place.
    HowOften,
    /// So many times a day.
    TimesADay(i64),
    /// Once in so many hours.
    EveryHours(i64),
    /// Once in so many days.
    EveryDays(i64),
    /// Once in so many weeks.
    EveryWeeks(i64),
    /// Limits, as a place.
    LimitsPlace,
    /// One of the four limits.
    Bound(Bound),
    /// The order of a list, as a place.
    Order,

    /// Show the plan as a whole.
    WholePlan,
    /// Back to the first screen.
    Back,
    /// The change log.
    ChangeLog,
    /// Write in the plan.
    Edit,
    /// Suggest changes to it.
    Suggest,
    /// So many changes.
    Changes(usize),
    /// Nothing has changed.
    NoChanges,
    /// What the newest version changed.
    LatestVersion,
    /// What has changed since this user saw the plan.
    SinceSeen,
    /// Nothing has, since then.
    NothingSinceSeen,
    /// Compare two versions of one's choice.
    TwoVersions,
    /// Label of the older of the two.
    OlderVersion,
    /// Label of the newer.
    NewerVersion,
    /// From one version to another, both named.
    FromVersionTo(&'a str, &'a str),
    /// Heading of the list of versions.
    Versions,
    /// Show what a version changed, by its name.
    ShowChangesOf(&'a str),
    /// The first version of all.
    FirstVersion,
    /// Versions between two others that the source does not give, by name.
    VersionsMissing(&'a str),
    /// The oldest version that the source gives.
    OldestGiven,
    /// A version by its number.
    VersionNumber(&'a str),
    /// A version by its time.
    VersionOf(&'a str),
    /// The days in the period shown on which the plan was changed follow.
    InPeriod,
    /// The plan's version on a time axis.
    Mark(&'a str),
    /// A version of which neither is known.
    VersionUnnamed,
    /// The plan, where its version has no number.
    Unnumbered,
    /// How changes are shown.
    Layout,
    /// Changes marked in the text.
    Tracked,
    /// The older text beside the newer.
    SideBySide,
    /// Read aloud before what was put in.
    Inserted,
    /// Read aloud before what was taken out.
    Deleted,
    /// Who wrote something is not known.
    NoAuthor,
    /// The author is the one that the plan itself names.
    AuthorOfPlan,
    /// When something was written is not known.
    NoTime,
    /// Why, in the editor's words.
    Comment(&'a str),
    /// The source does not give all versions.
    HistoryCutShort,
    /// The source gives no earlier versions at all.
    HistoryNotGiven,
    /// The versions are on their way.
    HistoryAwaited,
    /// The versions did not come.
    HistoryFailed,

    /// A suggestion.
    Suggestion,
    /// So many suggestions wait for a decision.
    SuggestionsWait(usize),
    /// Show one.
    ShowSuggestion,
    /// The plan has changed at this place since the suggestion was written.
    ChangedSince,
    /// All of what is suggested is in the plan already.
    AlreadyInPlan,
}
