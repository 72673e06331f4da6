//! What the doctor asks for about the plan. What follows from it is in `reduce` (view and draft) and in the
//! tasks (asking and saving).

use chart_model::care_plan::{Choice, Decision, Place, Value};

use super::PlanPage;

/// One wish about the plan.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum PlanCommand {
    /// Open a part of it.
    Open(PlanPage),
    /// Open what the version saved at this instant changed, milliseconds since 1970 UTC.
    OpenAt(i64),
    /// Back to the first screen; the draft stays.
    Close,
    /// Fetch the versions.
    AskHistory,
    /// Show what changed from one version to another, by their places in the history.
    Compare {
        /// The older.
        older: usize,
        /// The newer.
        newer: usize,
    },
    /// Begin to write, or go on.
    Edit,
    /// Set a place of the draft, or empty it. [`Place::Order`] sorts a list.
    Set(Place, Option<Value>),
    /// A field was left: what is written next is undone by itself.
    Pause,
    /// Take the last step back.
    Undo,
    /// Do it again.
    Redo,
    /// Why the plan is changed.
    Comment(String),
    /// Save as a suggestion, or as the next version.
    Suggesting(bool),
    /// Show what will be saved.
    Review,
    /// Save it.
    Save,
    /// Throw the draft away.
    Discard,
    /// Decide a clash, by its place in the list.
    Choose(usize, Choice),
    /// Decide a change of a suggestion, or take the decision back.
    Decide {
        /// The suggestion, by its place in the list.
        proposal: usize,
        /// Where the change is.
        place: Place,
        /// `None`: not decided.
        decision: Option<Decision>,
    },
    /// What the one who decides says to a suggestion.
    Answer(usize, String),
    /// Save what was decided on a suggestion.
    ApplyDecisions(usize),
    /// Fetch the plan anew.
    Reload,
}
