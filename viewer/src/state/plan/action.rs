//! What can happen to the plan's desk, as plain data.

use std::rc::Rc;

use chart_model::ClinicalTime;
use chart_model::care_plan::{Locks, Proposal, Version};

use super::{HistoryKind, PlanCommand, PlanVersion, SaveProblem};
use crate::state::Problem;

/// A suggestion: by which id its source knows it, when it was made, what it says.
pub(crate) type Suggestion = (Rc<str>, Option<ClinicalTime>, Rc<Proposal>);

/// What can happen.
#[derive(Clone, Debug)]
pub(crate) enum DeskAction {
    /// The doctor asked for something.
    Asked(PlanCommand),
    /// The plan in force was read whole, or there is none.
    Current(Option<Rc<PlanVersion>>),
    /// What its source keeps of a plan and a suggestion.
    Source {
        /// What of the plan can only be read.
        locks: Rc<Locks>,
        /// It keeps suggestions.
        takes_suggestions: bool,
        /// When the plan was changed, by whom and why, as far as records told that came along: newest first.
        recorded: Rc<Vec<Version>>,
    },
    /// More of the plan than the first screen needs is on its way, or no more.
    WholeAwaited(bool),
    /// The versions are on their way.
    HistoryAwaited,
    /// The versions, newest first.
    History(Rc<Vec<PlanVersion>>, HistoryKind),
    /// They did not come.
    HistoryFailed(Rc<Problem>),
    /// What others suggest, undecided, oldest first: by which id, and when.
    Proposals(Vec<Suggestion>),
    /// The version that this user saw last time.
    LastSeen(Option<String>),
    /// Saving has begun.
    Saving,
    /// It failed; the draft is still there.
    SaveFailed(SaveProblem),
    /// The draft is the plan in force now.
    Saved {
        /// As read back.
        current: Rc<PlanVersion>,
        /// The source keeps something else than what was saved.
        differs: bool,
    },
    /// What was decided on a suggestion is saved and recorded; a draft is left alone.
    Decided {
        /// The plan in force, as read back.
        current: Rc<PlanVersion>,
        /// The source keeps something else than what was saved.
        differs: bool,
    },
    /// The draft is kept as a suggestion.
    Suggested {
        /// By which the source knows it.
        id: Rc<str>,
        /// The source keeps something else than what was saved.
        differs: bool,
    },
    /// Somebody else has saved first: this is in force now.
    Overtaken(Rc<PlanVersion>),
}
