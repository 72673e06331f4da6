//! What can happen to the view, as plain data. What follows from it is in `reduce`.

use std::rc::Rc;

use chart_model::{Excluded, Finding, Parameter, Period, PeriodChoice, PlanSummary, Readings};
use fhir_read::PatientRecord;
use smart_launch::{IdentityProblem, LaunchError, User};

use super::{
    Arrangement, ChunkFetch, Closing, DeskAction, OnDemandAction, Pace, PlanPlace, Problem, RecordAction,
    Role, Settings, SourceState,
};
use crate::text::Lang;

/// What can happen. Sent by tasks, and by the app for what is only about the view.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    /// The launch waits for a click that opens the journal's own window, or has got it.
    AskSignIn(bool),
    /// The launch failed.
    LaunchFailed(Rc<LaunchError>),
    /// Launched; fetching begins: nothing of an earlier launch remains.
    Started(Opening),
    /// The same launch's data is fetched anew; what is on screen stays until then.
    Refreshing {
        /// The period to show, up to now.
        period: Period,
    },
    /// A part that failed is fetched once more.
    Retrying(Part),
    /// A parameter that failed is fetched once more.
    RetryingParameter(Parameter),
    /// The patient of the launch was read.
    Patient(Rc<PatientRecord>),
    /// The server answered with another patient than the launch's: nothing may be shown.
    OtherPatient,
    /// The journal has answered: it can be asked to close the module.
    JournalListens,
    /// The user has logged out of the journal.
    LoggedOut,
    /// The session had ended, and goes on with a new token.
    SignedInAgain,
    /// Whether to close the module although something is not saved.
    Closing(Closing),
    /// Who is logged in, or why that cannot be shown.
    User(Result<Rc<User>, IdentityProblem>),
    /// All that is known by now.
    Readings {
        /// The readings.
        readings: Readings,
        /// Counted but not used.
        excluded: Rc<Vec<Excluded>>,
        /// Not understood, or with a remark.
        findings: Rc<Vec<Finding>>,
        /// When the newest of them was fetched, epoch milliseconds.
        fetched_at: i64,
    },
    /// The current plan, or that there is none.
    Plan(Option<Rc<PlanSummary>>),
    /// Something about the plan on the desk.
    Desk(DeskAction),
    /// Something about what is opened on demand.
    OnDemand(OnDemandAction),
    /// Something about the document for the journal.
    Record(RecordAction),
    /// Where the plan is, of several places that could have it.
    PlanPlace(PlanPlace),
    /// Where each source of readings stands.
    Sources(Rc<Vec<SourceState>>),
    /// Whether the patient is followed up at home.
    Enrolled(bool),
    /// A part of the fetching has ended.
    Fetched(Part, Result<(), Rc<Problem>>),
    /// These parameters, and no others, could not be fetched when each was asked for by itself.
    MissingParameters(Vec<(Parameter, Rc<Problem>)>),
    /// A parameter that was fetched once more is there, or failed again.
    FetchedParameter(Parameter, Result<(), Rc<Problem>>),
    /// What is under way has taken so long.
    Waited(Pace),
    /// Everything of the first screen has answered or failed.
    Complete,
    /// Another period was chosen; its missing readings are being fetched.
    PeriodChosen {
        /// The period.
        period: Period,
        /// As chosen.
        choice: PeriodChoice,
    },
    /// An earlier period of a parameter is to be compared with; its missing readings are being fetched.
    Compared(Option<(Parameter, Period)>),
    /// A row is opened, or closed if it was open.
    Toggle(Parameter),
    /// Another language.
    Language(Lang),
    /// The picker is opened or closed.
    Picker(bool),
    /// How the view looks, and where the choices are remembered.
    Settings(Settings),
    /// The doctor's own choice and order; the default one is empty.
    Arranged(Rc<Arrangement>),
    /// The page's tokens have changed.
    Restyled,
    /// The browser lost its connection, or has it again.
    Offline(bool),
    /// Where the fetch of a chunk of the viewer stands.
    Chunk(ChunkFetch),
}

/// How a launch opens.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Opening {
    /// The period to show.
    pub(crate) period: Period,
    /// As chosen.
    pub(crate) choice: PeriodChoice,
    /// The language.
    pub(crate) lang: Lang,
    /// What the user may do.
    pub(crate) role: Role,
    /// The journal shows no patient banner itself.
    pub(crate) need_banner: bool,
    /// It may read plans.
    pub(crate) reads_plan: bool,
    /// It is still to be found out who the user is, and so what the user chose earlier.
    pub(crate) awaits_user: bool,
    /// The doctor's own choice and order.
    pub(crate) arrangement: Rc<Arrangement>,
    /// What stands for server and patient.
    pub(crate) whose: Rc<str>,
}

/// A part of the first screen that is fetched, and can fail, by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The patient.
    Patient,
    /// The newest reading of each parameter.
    Latest,
    /// The readings of the period.
    Period,
    /// The plan.
    Plan,
    /// The readings of an earlier period that is compared with.
    Compared,
}

impl Action {
    /// Rows are made of what it brings.
    pub(super) const fn changes_rows(&self) -> bool {
        match self {
            Self::AskSignIn(_)
            | Self::Toggle(_)
            | Self::Waited(_)
            | Self::Patient(_)
            | Self::User(_)
            | Self::JournalListens
            | Self::LoggedOut
            | Self::SignedInAgain
            | Self::Closing(_)
            | Self::Sources(_)
            | Self::Settings(_)
            | Self::PlanPlace(_)
            | Self::Enrolled(_)
            | Self::Desk(_)
            | Self::OnDemand(_)
            | Self::Record(_)
            | Self::Language(_)
            | Self::Picker(_)
            | Self::Offline(_)
            | Self::Restyled
            | Self::Chunk(_)
            | Self::Complete => false,
            Self::LaunchFailed(_)
            | Self::Started(_)
            | Self::Refreshing { .. }
            | Self::Retrying(_)
            | Self::RetryingParameter(_)
            | Self::OtherPatient
            | Self::Readings { .. }
            | Self::Plan(_)
            | Self::Fetched(..)
            | Self::MissingParameters(_)
            | Self::FetchedParameter(..)
            | Self::PeriodChosen { .. }
            | Self::Compared(_)
            | Self::Arranged(_) => true,
        }
    }

    /// It came by the doctor's hand or as an answer: ages are counted from it. The mere passing of time and
    /// the state of the network change nothing on screen by themselves.
    pub(crate) const fn is_news(&self) -> bool {
        !matches!(
            self,
            Self::JournalListens
                | Self::User(_)
                | Self::Waited(_)
                | Self::Offline(_)
                | Self::Restyled
                | Self::Chunk(_)
        )
    }
}
