//! The one store: what the view knows at a moment. Changed only by [`Action`]s through the pure
//! [`State::reduce`]; read by components through `selectors`. Holds no token and no browser object:
//! those stay with the tasks.

mod reduce;
pub(crate) mod selectors;

use std::rc::Rc;

use chart_model::{Excluded, Finding, Parameter, Period, PlanSummary, Readings};
use fhir_read::PatientRecord;
use smart_launch::LaunchError;

pub(crate) use reduce::{Action, Part};
pub(crate) use selectors::{Row, remarks, rows};

/// How far the app has come; `data-app-state` on `<html>` is its [`Phase::id`].
#[derive(Clone, Debug, Default)]
pub(crate) enum Phase {
    /// The SMART launch is under way.
    #[default]
    Launching,
    /// Launched; the first screen's data is on its way.
    Loading,
    /// Everything the first screen needs has answered, or failed in its own section.
    Ready,
    /// The launch failed: there is nothing to show but why.
    Failed(Rc<LaunchError>),
    /// The server no longer accepts the token.
    Expired,
    /// The launch names a patient whom the server does not have: there is nothing to show but that.
    PatientFailed(Rc<Problem>),
    /// The journal has turned to another patient: nothing may be shown.
    Blanked,
}

impl Phase {
    /// `launching`, `loading`, `ready`, `error`, `expired`, `blanked`.
    pub(crate) const fn id(&self) -> &'static str {
        match self {
            Self::Launching => "launching",
            Self::Loading => "loading",
            Self::Ready => "ready",
            Self::Failed(_) | Self::PatientFailed(_) => "error",
            Self::Expired => "expired",
            Self::Blanked => "blanked",
        }
    }
}

/// One thing fetched: where it stands. A failure is never the same as an empty answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Fetch {
    /// Not asked for, or on its way.
    #[default]
    Waiting,
    /// All there.
    Done,
    /// Did not come; what came before stays.
    Failed(Rc<Problem>),
}

/// Why a fetch failed, for the doctor (kind) and for support (host, detail).
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Problem {
    /// What happened.
    pub(crate) kind: ProblemKind,
    /// Which server.
    pub(crate) host: String,
    /// Technical detail without health data: status code, media type, the server's own words.
    pub(crate) detail: String,
}

/// What happened to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ProblemKind {
    /// No connection, or refused by CORS.
    Network,
    /// 401: the token is no longer accepted.
    Unauthorized,
    /// 403: this launch may not read it.
    Forbidden,
    /// 404: there is no such resource.
    NotFound,
    /// Any other refusal or fault of the server.
    Server,
    /// The answer is not FHIR (an HTML page, a cut-off document).
    NotFhir,
    /// A link in the answer points to another server and was not followed.
    ForeignLink,
}

/// Everything the view knows.
#[derive(Clone, Debug, Default)]
pub(crate) struct State {
    /// Where the app stands.
    pub(crate) phase: Phase,
    /// The patient of the launch, once read.
    pub(crate) patient: Option<Rc<PatientRecord>>,
    /// The fetch of the patient.
    pub(crate) patient_fetch: Fetch,
    /// All readings accepted so far.
    pub(crate) readings: Readings,
    /// Counted but not used.
    pub(crate) excluded: Rc<Vec<Excluded>>,
    /// What could not be read, and remarks.
    pub(crate) findings: Rc<Vec<Finding>>,
    /// The fetch of the latest values.
    pub(crate) latest_fetch: Fetch,
    /// The fetch of the period's readings.
    pub(crate) period_fetch: Fetch,
    /// The current plan, if there is one.
    pub(crate) plan: Option<Rc<PlanSummary>>,
    /// The fetch of the plan.
    pub(crate) plan_fetch: Fetch,
    /// Whether the patient is followed up at home; `None` while not known.
    pub(crate) enrolled: Option<bool>,
    /// The period shown.
    pub(crate) period: Option<Period>,
    /// Days of that period as chosen (14, 30, 90, 365).
    pub(crate) period_days: i64,
    /// When the data on screen was fetched, epoch milliseconds.
    pub(crate) fetched_at: Option<i64>,
    /// The row that is open (narrow).
    pub(crate) open: Option<Parameter>,
    /// Goes up whenever something changes that rows are made of.
    pub(crate) revision: u32,
    /// True once over eight seconds have passed without an answer.
    pub(crate) slow: bool,
}
