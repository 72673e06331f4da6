//! The one store: what the view knows at a moment. Changed only by [`Action`]s through the pure
//! [`State::reduce`]; read by components through `selectors`. Holds no token and no browser object:
//! those stay with the tasks.

mod action;
mod arrangement;
mod command;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod fixtures;
mod host_style;
pub(crate) mod on_demand;
mod order;
pub(crate) mod plan;
mod preferences;
pub(crate) mod record;
mod reduce;
pub(crate) mod selectors;
mod series_shelf;
mod settings;
mod sources;

use std::rc::Rc;

use chart_model::{Excluded, Finding, Parameter, Period, PeriodChoice, PlanSummary, Readings};
use fhir_read::PatientRecord;
use smart_launch::{IdentityProblem, LaunchError, User};

use crate::text::Lang;

pub(crate) use action::{Action, Opening, Part};
pub(crate) use arrangement::Arrangement;
pub(crate) use command::Command;
pub(crate) use host_style::{HostStyle, TOKENS as STYLE_TOKENS};
pub(crate) use on_demand::{OnDemand, OnDemandAction, OnDemandCommand, Topic};
pub(crate) use plan::{DeskAction, PlanCommand, PlanDesk};
pub(crate) use preferences::Preferences;
pub(crate) use record::{RecordAction, RecordCommand, RecordDesk};
pub(crate) use selectors::{Choice, Row, choices, remarks, rows};
use series_shelf::SeriesShelf;
pub(crate) use settings::{Density, Keeper, Settings};
pub(crate) use sources::{Lacking, PlanPlace, SourceState, Stand};

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

/// The last fetch of a chunk of the viewer that something was to be opened with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ChunkFetch {
    /// Nothing is awaited.
    #[default]
    Here,
    /// It takes its time.
    Awaited,
    /// It did not come; it may come the next time.
    Unreachable,
    /// It is gone: another version of the viewer has been put in the place of the one that runs.
    Replaced,
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

/// What the launch lets its user do with the plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Role {
    /// Reads it: the GP's overview.
    #[default]
    Reader,
    /// May suggest changes to it.
    Suggester,
    /// May change it: the specialist.
    Editor,
}

/// How long the doctor has been waiting for what is under way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Pace {
    /// Not worth a word.
    #[default]
    Quick,
    /// Over two seconds.
    Slow,
    /// Over eight seconds.
    VerySlow,
}

/// Whether the module is to be closed although something is not saved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Closing {
    /// Nobody wants that.
    #[default]
    No,
    /// It has been asked for, and is asked back.
    Asked,
    /// It is meant.
    Meant,
}

/// A plan's desk that is put aside in memory until its patient is shown again.
#[derive(Clone, Debug)]
pub(crate) struct KeptDesk {
    /// See [`State::whose`].
    pub(crate) whose: Rc<str>,
    /// As it was, and as what was under way has changed it.
    pub(crate) desk: PlanDesk,
}

/// Everything the view knows.
#[derive(Clone, Debug, Default)]
pub(crate) struct State {
    /// Where the app stands.
    pub(crate) phase: Phase,
    /// The launch waits for a click that opens the journal's own window.
    pub(crate) asks_sign_in: bool,
    /// The language of everything said.
    pub(crate) lang: Lang,
    /// What the user may do.
    pub(crate) role: Role,
    /// The journal shows no patient banner itself.
    pub(crate) need_banner: bool,
    /// The launch may read plans.
    pub(crate) reads_plan: bool,
    /// It is still to be found out who the user is, and so what the user chose earlier.
    pub(crate) awaits_user: bool,
    /// Who is logged in, once verified, or why that cannot be shown.
    pub(crate) user: Option<Result<Rc<User>, IdentityProblem>>,
    /// The journal can be asked to close the module.
    pub(crate) closable: bool,
    /// The patient of the launch, once read.
    pub(crate) patient: Option<Rc<PatientRecord>>,
    /// The fetch of the patient.
    pub(crate) patient_fetch: Fetch,
    /// All readings accepted so far.
    pub(crate) readings: Readings,
    /// The series built of them, so that none is built twice.
    pub(crate) series: SeriesShelf,
    /// Counted but not used.
    pub(crate) excluded: Rc<Vec<Excluded>>,
    /// What could not be read, and remarks.
    pub(crate) findings: Rc<Vec<Finding>>,
    /// The fetch of the latest values.
    pub(crate) latest_fetch: Fetch,
    /// Parameters whose own fetch failed, and why.
    pub(crate) missing_parameters: Rc<Vec<(Parameter, Rc<Problem>)>>,
    /// Those of them that are being fetched once more.
    pub(crate) awaited: Vec<Parameter>,
    /// The fetch of the period's readings.
    pub(crate) period_fetch: Fetch,
    /// The current plan, if there is one.
    pub(crate) plan: Option<Rc<PlanSummary>>,
    /// The plan has been read, or there is none: only then can it be said that there is no limit.
    pub(crate) plan_known: bool,
    /// The fetch of the plan.
    pub(crate) plan_fetch: Fetch,
    /// Where it is, of several places that could have it.
    pub(crate) plan_place: Option<Rc<PlanPlace>>,
    /// The plan as it is read, compared and written.
    pub(crate) desk: PlanDesk,
    /// What is opened on demand, as far as it has been.
    pub(crate) on_demand: OnDemand,
    /// The document for the journal.
    pub(crate) record: RecordDesk,
    /// Whose it is: what stands for server and patient, and tells neither.
    pub(crate) whose: Rc<str>,
    /// A desk with an unsaved draft, of a patient who is not shown any more.
    pub(crate) kept: Option<Rc<KeptDesk>>,
    /// Whether the module is to be closed although something is not saved.
    pub(crate) closing: Closing,
    /// The sources of readings, the launch's own server first; none where that is the only one.
    pub(crate) sources: Rc<Vec<SourceState>>,
    /// Whether the patient is followed up at home; `None` while not known.
    pub(crate) enrolled: Option<bool>,
    /// The earlier period that a parameter is compared with.
    pub(crate) compared: Option<(Parameter, Period)>,
    /// The fetch of that period's readings.
    pub(crate) compared_fetch: Fetch,
    /// The period shown.
    pub(crate) period: Option<Period>,
    /// That period as chosen.
    pub(crate) choice: PeriodChoice,
    /// When the readings on screen were fetched, epoch milliseconds.
    pub(crate) fetched_at: Option<i64>,
    /// The moment of what happened last by the doctor's hand or by an answer, epoch milliseconds: ages are
    /// counted from it.
    pub(crate) now: i64,
    /// The parameters in their default order: decided once in a launch, later ones come last.
    pub(crate) order: Option<Rc<Vec<Parameter>>>,
    /// The doctor's own choice and order.
    pub(crate) arrangement: Rc<Arrangement>,
    /// How the view looks, and where the choices are remembered.
    pub(crate) settings: Settings,
    /// The picker of parameters is open.
    pub(crate) picker_open: bool,
    /// The row that is open (narrow).
    pub(crate) open: Option<Parameter>,
    /// The browser has no connection.
    pub(crate) offline: bool,
    /// Goes up whenever the page's own tokens change: what was read of them must be read anew.
    pub(crate) restyled: u32,
    /// The fetch of the viewer's own chunks.
    pub(crate) chunk: ChunkFetch,
    /// Goes up whenever one has come.
    pub(crate) chunks: u32,
    /// How long what is under way has taken.
    pub(crate) pace: Pace,
    /// Goes up whenever a wait begins.
    pub(crate) waits: u32,
    /// Goes up whenever something changes that rows are made of.
    pub(crate) revision: u32,
}

impl State {
    /// Something is being fetched that the doctor waits for.
    pub(crate) fn is_busy(&self) -> bool {
        let fetches = [
            &self.patient_fetch,
            &self.latest_fetch,
            &self.period_fetch,
            &self.plan_fetch,
        ];
        match self.phase {
            Phase::Launching => !self.asks_sign_in,
            Phase::Loading => true,
            Phase::Ready => fetches.contains(&&Fetch::Waiting) || !self.awaited.is_empty(),
            Phase::Failed(_) | Phase::PatientFailed(_) | Phase::Expired | Phase::Blanked => false,
        }
    }

    /// Something written would be lost with the page.
    pub(crate) fn holds_unsaved(&self) -> bool {
        self.desk.is_unsaved() || self.kept.is_some()
    }

    /// What is on screen is an earlier view that could not be renewed for want of a connection.
    pub(crate) fn is_stale(&self) -> bool {
        let no_answer =
            |fetch: &Fetch| matches!(fetch, Fetch::Failed(problem) if problem.kind == ProblemKind::Network);
        self.fetched_at.is_some() && (self.offline || no_answer(&self.latest_fetch))
    }

    /// Which rows there are is not known yet: they have only their place.
    pub(crate) fn awaits_rows(&self) -> bool {
        self.order.is_none() && self.is_busy()
    }

    /// All has been asked for, everywhere, and there is no reading at all.
    pub(crate) fn never_measured(&self) -> bool {
        let complete = self.latest_fetch == Fetch::Done && self.period_fetch == Fetch::Done;
        let mut others = self.sources.iter().skip(1);
        let complete =
            complete && others.all(|source| matches!(source.stand, Stand::Here | Stand::UnknownPatient));
        complete && self.readings.is_empty() && self.missing_parameters.is_empty()
    }
}
