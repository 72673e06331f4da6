//! The plan on the doctor's desk: as read, its versions, suggestions, and what is being written. What the trends
//! need of the plan is in `State::plan`; how plans differ and merge is `chart-model`'s.

mod action;
mod command;
mod reduce;
pub(crate) mod selectors;

use std::rc::Rc;

use chart_model::ClinicalTime;
use chart_model::care_plan::{CarePlan, Choice, Clash, Draft, Locks, Merged, Proposal, Review, Version};

use super::{Fetch, Problem, Role};

pub(crate) use action::{DeskAction, Suggestion};
pub(crate) use command::PlanCommand;

/// Everything about the plan beside what the trends need. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(crate) struct PlanDesk {
    /// More of the plan is on its way: what is suggested cannot be told from it yet.
    pub(crate) awaits_whole: bool,
    /// The plan in force, whole, as read.
    pub(crate) current: Option<Rc<PlanVersion>>,
    /// What of it can only be read.
    pub(crate) locks: Rc<Locks>,
    /// Its source keeps no suggestions.
    pub(crate) no_suggestions: bool,
    /// The fetch of the versions; counts only once they are asked for.
    pub(crate) history: Fetch,
    /// The versions have been asked for.
    pub(crate) history_asked: bool,
    /// The versions, newest first.
    pub(crate) versions: Rc<Vec<PlanVersion>>,
    /// When the plan was changed, by whom and why, as far as records told that came with the plan: newest first.
    pub(crate) recorded: Rc<Vec<Version>>,
    /// The changes of this instant are to be shown once the versions are here.
    pub(crate) opens_at: Option<i64>,
    /// How much of the history the source gives.
    pub(crate) history_kind: HistoryKind,
    /// What others suggest, undecided, oldest first.
    pub(crate) proposals: Rc<Vec<StoredProposal>>,
    /// What of the plan is open.
    pub(crate) page: PlanPage,
    /// What is being written. It survives everything but the doctor's own discarding and another patient.
    pub(crate) draft: Option<Rc<Draft>>,
    /// Why, in the editor's words.
    pub(crate) comment: String,
    /// It is to be saved as a suggestion.
    pub(crate) suggesting: bool,
    /// Somebody else has saved first: what has to be decided before the draft can be saved.
    pub(crate) merging: Option<Rc<Merging>>,
    /// The version that somebody else saved while the draft was written, once it is merged into the draft.
    pub(crate) overtaken: Option<Rc<PlanVersion>>,
    /// How the saving stands.
    pub(crate) saving: Saving,
    /// The version that this user saw last time, by its id.
    pub(crate) last_seen: Option<String>,
}

/// One version of the plan, whole.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PlanVersion {
    /// When, by whom, why.
    pub(crate) version: Version,
    /// What it says.
    pub(crate) plan: Rc<CarePlan>,
}

/// A suggestion as the source keeps it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct StoredProposal {
    /// By which the source knows it.
    pub(crate) id: Rc<str>,
    /// When it was made.
    pub(crate) time: Option<ClinicalTime>,
    /// What is suggested, by whom, why.
    pub(crate) proposal: Rc<Proposal>,
    /// The same brought onto the plan in force, with what is decided so far.
    pub(crate) review: Review,
    /// What the one who decides says to it.
    pub(crate) comment: String,
}

/// How much of a plan's history its source gives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum HistoryKind {
    /// All versions.
    #[default]
    Complete,
    /// Only the newer ones.
    CutShort,
    /// None: the plan in force is all there is.
    NotGiven,
}

/// What of the plan is open in place of the first screen's columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum PlanPage {
    /// Nothing: the first screen.
    #[default]
    Closed,
    /// The whole plan.
    Reading,
    /// What changed from one version to another, by their places in [`PlanDesk::versions`].
    History {
        /// The older version.
        older: usize,
        /// The newer version.
        newer: usize,
    },
    /// The editor.
    Editing,
    /// What will be saved.
    Reviewing,
    /// What clashes with what somebody else saved.
    Merging,
    /// A suggestion, by its place in [`PlanDesk::proposals`].
    Deciding(usize),
}

/// Two editors' plans put together, with what is to be decided.
#[derive(Clone, Debug)]
pub(crate) struct Merging {
    /// The plan that somebody else saved.
    pub(crate) theirs: Rc<PlanVersion>,
    /// Both editors' changes, with theirs wherever the two clash.
    pub(crate) merged: Merged,
    /// What was decided so far, clash by clash.
    pub(crate) choices: Vec<Option<Choice>>,
}

impl PlanPage {
    /// What the newest version changed.
    pub(crate) const LATEST: Self = Self::History { older: 1, newer: 0 };
}

impl Merging {
    /// What clashes, each with what was decided.
    pub(crate) fn clashes(&self) -> impl Iterator<Item = (&Clash, Option<&Choice>)> {
        let choices = self.choices.iter().map(Option::as_ref);
        self.merged.clashes.iter().zip(choices)
    }

    /// The plan with every clash decided; `None` while one is not.
    pub(crate) fn decided(&self) -> Option<CarePlan> {
        let choices: Option<Vec<Choice>> = self.choices.iter().cloned().collect();
        let mut merged = self.merged.clone();
        for (clash, choice) in self.merged.clashes.iter().zip(choices?) {
            merged.resolve(&clash.place, choice);
        }
        Some(merged.plan)
    }
}

/// How saving stands.
#[derive(Clone, Debug, Default)]
pub(crate) enum Saving {
    /// Nothing is being saved.
    #[default]
    Idle,
    /// On its way.
    Running,
    /// Not saved, or not all of it; the draft is still there.
    Failed(SaveProblem),
    /// Saved, as this version or as a suggestion.
    Saved {
        /// The version it became.
        version: Rc<str>,
        /// The source keeps something else than what was saved.
        differs: bool,
        /// It is a suggestion.
        suggested: bool,
    },
}

/// Why saving failed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SaveProblem {
    /// What happened.
    pub(crate) kind: SaveProblemKind,
    /// The request that failed, where one did.
    pub(crate) problem: Option<Rc<Problem>>,
}

/// What happened to a save.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SaveProblemKind {
    /// The source names no version: saving could overwrite somebody's text.
    NoVersion,
    /// Refused or unanswered: nothing was saved.
    NotSaved,
    /// The plan was saved, the record of who did it was not.
    NotRecorded,
    /// The session is over: it is saved after a new one has begun.
    SessionOver,
    /// Not known whether it was saved: no answer came.
    NotKnown,
}

impl SaveProblemKind {
    /// The stable name used by hooks.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::NoVersion => "no-version",
            Self::NotSaved => "not-saved",
            Self::NotRecorded => "not-recorded",
            Self::SessionOver => "session-over",
            Self::NotKnown => "not-known",
        }
    }
}

impl StoredProposal {
    /// Something was decided on it, or said to it.
    fn is_begun(&self) -> bool {
        let mut proposed = self.review.proposed.iter();
        !self.comment.trim().is_empty() || proposed.any(|proposed| proposed.decision.is_some())
    }
}

impl PlanDesk {
    /// There is something written that is not saved.
    pub(crate) fn is_unsaved(&self) -> bool {
        let is_written = self.draft.as_ref().is_some_and(|draft| !draft.is_unchanged());
        is_written || self.proposals.iter().any(StoredProposal::is_begun)
    }

    /// What a user of this role can do with the plan where it is kept.
    pub(crate) fn role(&self, role: Role) -> Role {
        match role {
            Role::Suggester if self.no_suggestions => Role::Reader,
            role => role,
        }
    }
}
