//! What a source of plans can be asked for, whatever it speaks. The two that there are: `fhir_plans`, `nhn_plans`.

use std::rc::Rc;

use chart_model::Finding;
use chart_model::care_plan::{CarePlan, EndState, Locks, Version};
use fhir_read::PageError;
use fhir_read::care_plan::Signer;

use super::wire::Later;
use crate::state::Problem;
use crate::state::plan::{HistoryKind, PlanVersion, Suggestion};

/// The versions of a plan.
#[derive(Clone, Debug, Default)]
pub(super) struct Versions {
    /// Newest first.
    pub(super) versions: Vec<PlanVersion>,
    /// Whether they are all there are.
    pub(super) kind: HistoryKind,
    /// What could not be read.
    pub(super) findings: Vec<Finding>,
}

/// A source of one patient's plan. It knows what it gave last: that is what is saved onto.
pub(super) trait PlanRepository {
    /// Fetches what the first screen needs: as much of the plan as one answer holds.
    fn first(&self) -> Later<'_, Result<Vec<u8>, Rc<Problem>>>;

    /// Reads answers that have come anyway, those of the first screen.
    ///
    /// # Errors
    /// One of them is nothing that this source answers with.
    fn take(&self, pages: Vec<Vec<u8>>) -> Result<PlanReading, PageError>;

    /// Fetches the plan whole.
    fn read(&self) -> Later<'_, Result<PlanReading, Rc<Problem>>>;

    /// Fetches what the answers taken last leave open.
    fn complete(&self) -> Later<'_, Result<PlanReading, Rc<Problem>>>;

    /// The answers that the plan was read from last, for what the trends need of them; none where it is no FHIR.
    fn answers(&self) -> Vec<Vec<u8>>;

    /// Fetches the versions, newest first.
    fn history(&self) -> Later<'_, Result<Versions, Rc<Problem>>>;

    /// Makes `edited` the next version of what was read last; the patient's first plan, if there was none.
    fn save<'a>(&'a self, edited: &'a CarePlan, note: &'a Note) -> Later<'a, Result<(), NotSaved>>;

    /// Keeps `edited` as a suggestion.
    fn suggest<'a>(&'a self, edited: &'a CarePlan, note: &'a Note) -> Later<'a, Result<(), NotSaved>>;

    /// Records what became of a suggestion.
    fn conclude<'a>(&'a self, id: &'a str, end: EndState, note: &'a Note) -> Later<'a, Result<(), NotSaved>>;
}

/// Who writes, when and why.
#[derive(Clone, Debug)]
pub(super) struct Note {
    pub(super) comment: String,
    pub(super) signer: Signer,
    /// Milliseconds since 1970 UTC.
    pub(super) now: i64,
}

/// What a source has of a patient's plan.
#[derive(Clone, Debug, Default)]
pub(super) struct PlanReading {
    /// The plan in force.
    pub(super) current: Option<Rc<PlanVersion>>,
    /// Suggestions that wait, oldest first.
    pub(super) proposals: Vec<Suggestion>,
    /// A suggestion was written from a version that is known only once the history has been read.
    pub(super) needs_history: bool,
    /// When the plan was changed, by whom and why, by the records that came along: newest first.
    pub(super) recorded: Rc<Vec<Version>>,
    /// What of the plan can only be read.
    pub(super) locks: Locks,
    /// What could not be read.
    pub(super) findings: Vec<Finding>,
}

/// Why something was not saved, or not all of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum NotSaved {
    /// Somebody else has saved first, or it looks so.
    Overtaken,
    /// The source gave no version.
    NoVersion,
    /// No answer: it may have been done.
    Unanswered(Rc<Problem>),
    /// Refused: nothing was done.
    Refused(Rc<Problem>),
    /// The plan is saved in part.
    Partly(Rc<Problem>),
    /// The plan is saved, the record of who did it is not.
    NotRecorded(Rc<Problem>),
}
