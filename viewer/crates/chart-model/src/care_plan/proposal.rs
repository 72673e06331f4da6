//! A plan that somebody suggests, and the decision on it, change by change.

use super::{Author, CarePlan, Change, Clash, Merged, aligned, apply, diff, merge};

/// A suggestion: a whole plan, and the version that it was written from.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// The plan as suggested.
    pub plan: CarePlan,
    /// The version of the plan in force that it was written from.
    pub base: CarePlan,
    /// Who suggests it.
    pub author: Author,
    /// Why.
    pub comment: String,
}

/// What is decided on one change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It is done.
    Accepted,
    /// It is not.
    Rejected,
}

/// One change of a proposal, to be decided by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposed {
    /// From the plan in force now to what is suggested.
    pub change: Change,
    /// Set if the plan in force has changed at this place since: base, suggested (mine), in force (theirs).
    pub clash: Option<Clash>,
    /// `None`: not decided yet.
    pub decision: Option<Decision>,
}

/// A proposal brought onto the plan in force now, and what was decided on it so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// The plan in force.
    pub current: CarePlan,
    /// The changes that are left of the suggestion: what the plan in force has already is not among them.
    pub proposed: Vec<Proposed>,
}

/// What became of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndState {
    /// All of it was accepted (or is in the plan in force already).
    Accepted,
    /// None of it.
    Rejected,
    /// Some of it.
    Partly,
}

impl EndState {
    /// `accepted`, `rejected`, `partly`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Partly => "partly",
        }
    }

    /// By [`EndState::id`].
    pub fn from_id(id: &str) -> Option<Self> {
        [Self::Accepted, Self::Rejected, Self::Partly]
            .into_iter()
            .find(|state| state.id() == id)
    }
}

impl Proposal {
    /// Brings the proposal onto the plan in force, which may be newer than the one it was written from. Items that the
    /// source gave no lasting ids are recognised through all three.
    pub fn review(&self, current: CarePlan) -> Review {
        let base = aligned(&current, self.base.clone());
        let suggested = aligned(&base, self.plan.clone());
        let Merged { plan, mut clashes } = merge(&base, &suggested, &current);
        let mut proposed: Vec<Proposed> = diff(&current, &plan)
            .into_iter()
            .map(|change| Proposed {
                change,
                clash: None,
                decision: None,
            })
            .collect();
        let of_clash = |clash: Clash| Proposed {
            change: Change {
                place: clash.place.clone(),
                before: clash.theirs.clone(),
                after: clash.mine.clone(),
                follows: clash.follows.clone(),
            },
            clash: Some(clash),
            decision: None,
        };
        proposed.extend(clashes.drain(..).map(of_clash));
        crate::order::few(&mut proposed, |a, b| {
            a.change.place.section().cmp(&b.change.place.section())
        });
        Review { current, proposed }
    }
}

impl Review {
    /// Decides the change at `index`; `None` takes the decision back.
    pub fn decide(&mut self, index: usize, decision: Option<Decision>) {
        if let Some(proposed) = self.proposed.get_mut(index) {
            proposed.decision = decision;
        }
    }

    /// The plan in force with what was accepted so far.
    pub fn plan(&self) -> CarePlan {
        let accepted: Vec<Change> = self
            .proposed
            .iter()
            .filter(|proposed| proposed.decision == Some(Decision::Accepted))
            .map(|proposed| proposed.change.clone())
            .collect();
        apply(&accepted, &self.current)
    }

    /// What became of it; `None` while a change is not decided.
    pub fn end_state(&self) -> Option<EndState> {
        let decisions: Option<Vec<Decision>> =
            self.proposed.iter().map(|proposed| proposed.decision).collect();
        let decisions = decisions?;
        let all = |decision| decisions.iter().all(|other| *other == decision);
        Some(if all(Decision::Accepted) {
            EndState::Accepted
        } else if all(Decision::Rejected) {
            EndState::Rejected
        } else {
            EndState::Partly
        })
    }
}
