//! How the plan's desk changes: one pure step per [`DeskAction`].

use std::rc::Rc;

use chart_model::care_plan::{CarePlan, Draft, KnownFrom, Review, aligned, merge};

use super::{
    DeskAction, Merging, PlanCommand, PlanDesk, PlanPage, PlanVersion, Saving, StoredProposal, Suggestion,
};
use crate::state::Fetch;

impl PlanDesk {
    /// The desk after an action at the moment `now`, epoch milliseconds.
    pub(crate) fn step(&mut self, action: DeskAction, now: i64) {
        match action {
            DeskAction::Asked(command) => self.asked(command, now),
            DeskAction::Current(current) => self.is_in_force(current),
            DeskAction::HistoryAwaited => {
                self.history_asked = true;
                self.history = Fetch::Waiting;
            }
            DeskAction::History(versions, kind) => {
                self.tell_more(&versions);
                self.versions = versions;
                self.history_kind = kind;
                self.history = Fetch::Done;
                if let Some(at) = self.opens_at.take() {
                    self.show_changes_of(at);
                }
            }
            DeskAction::HistoryFailed(problem) => self.history = Fetch::Failed(problem),
            DeskAction::Proposals(proposals) => self.propose(proposals),
            DeskAction::Source {
                locks,
                takes_suggestions,
                recorded,
            } => {
                self.locks = locks;
                self.no_suggestions = !takes_suggestions;
                self.recorded = recorded;
            }
            DeskAction::WholeAwaited(awaited) => self.awaits_whole = awaited,
            DeskAction::LastSeen(version) => self.last_seen = version,
            DeskAction::Saving => self.saving = Saving::Running,
            DeskAction::SaveFailed(problem) => self.saving = Saving::Failed(problem),
            DeskAction::Saved { current, differs } => {
                self.put_away();
                self.saved(current, differs);
            }
            DeskAction::Decided { current, differs } => self.saved(current, differs),
            DeskAction::Suggested { id, differs } => {
                self.put_away();
                self.saving = Saving::Saved {
                    version: id,
                    differs,
                    suggested: true,
                };
                self.page = PlanPage::Closed;
            }
            DeskAction::Overtaken(theirs) => self.overtaken(theirs),
        }
    }

    fn saved(&mut self, current: Rc<PlanVersion>, differs: bool) {
        self.saving = Saving::Saved {
            version: Rc::clone(&current.version.id),
            differs,
            suggested: false,
        };
        self.is_in_force(Some(current));
        self.page = PlanPage::Closed;
    }

    fn asked(&mut self, command: PlanCommand, now: i64) {
        match command {
            PlanCommand::Open(page) => {
                self.page = page;
                self.opens_at = None;
            }
            PlanCommand::OpenAt(at) => {
                self.page = PlanPage::LATEST;
                if self.history == Fetch::Done && self.history_asked {
                    self.show_changes_of(at);
                } else {
                    self.opens_at = Some(at);
                }
            }
            PlanCommand::Close => self.page = PlanPage::Closed,
            PlanCommand::Compare { older, newer } => self.page = PlanPage::History { older, newer },
            PlanCommand::Edit => self.edit(),
            PlanCommand::Set(place, value) => {
                self.begin();
                self.write(|draft| draft.set(place, value, now));
            }
            PlanCommand::Pause => self.write(Draft::pause),
            PlanCommand::Undo => self.write(|draft| {
                draft.undo();
            }),
            PlanCommand::Redo => self.write(|draft| {
                draft.redo();
            }),
            PlanCommand::Comment(comment) => self.comment = comment,
            PlanCommand::Suggesting(suggesting) => self.suggesting = suggesting,
            PlanCommand::Review => self.review(),
            PlanCommand::Discard => {
                self.put_away();
                self.saving = Saving::Idle;
                self.page = PlanPage::Closed;
            }
            PlanCommand::Choose(clash, choice) => {
                let merging = self.merging.as_mut().map(Rc::make_mut);
                if let Some(chosen) = merging.and_then(|merging| merging.choices.get_mut(clash)) {
                    *chosen = Some(choice);
                }
            }
            PlanCommand::Decide {
                proposal,
                place,
                decision,
            } => {
                self.with_proposal(proposal, |stored| {
                    let mut proposed = stored.review.proposed.iter();
                    if let Some(at) = proposed.position(|proposed| proposed.change.place == place) {
                        stored.review.decide(at, decision);
                    }
                });
            }
            PlanCommand::Answer(proposal, comment) => {
                self.with_proposal(proposal, |stored| stored.comment = comment);
            }
            PlanCommand::AskHistory
            | PlanCommand::Save
            | PlanCommand::ApplyDecisions(_)
            | PlanCommand::Reload => {}
        }
    }

    /// The history may know better than the plan itself who made the version in force.
    fn tell_more(&mut self, versions: &[PlanVersion]) {
        if let (Some(newest), Some(current)) = (versions.first(), &mut self.current)
            && newest.version.id == current.version.id
            && newest.version.known_from == KnownFrom::Provenance
        {
            Rc::make_mut(current).version = newest.version.clone();
        }
    }

    /// What the version changed that was saved nearest to an instant, if a change log is open still.
    fn show_changes_of(&mut self, at: i64) {
        if !matches!(self.page, PlanPage::History { .. }) {
            return;
        }
        let away = |(place, version): (usize, &PlanVersion)| {
            let time = version.version.time.as_ref()?;
            Some((time.start_ms().abs_diff(at), place))
        };
        // The first version changed nothing.
        let with_changes = self.versions.len().saturating_sub(1);
        let nearest = self.versions.iter().take(with_changes).enumerate();
        if let Some((_, newer)) = nearest.filter_map(away).min() {
            let older = newer + 1;
            self.page = PlanPage::History { older, newer };
        }
    }

    /// What others suggest now. What was decided on a suggestion and said to it stays.
    fn propose(&mut self, proposals: Vec<Suggestion>) {
        let current = self.current.as_ref().map(|current| (*current.plan).clone());
        let current = current.unwrap_or_default();
        let on_desk = proposals.into_iter().map(|(id, time, proposal)| {
            let before = self.proposals.iter().find(|stored| stored.id == id);
            let mut review = proposal.review(current.clone());
            if let Some(before) = before {
                stay_decided(&mut review, &before.review);
            }
            StoredProposal {
                review,
                comment: before.map(|before| before.comment.clone()).unwrap_or_default(),
                id,
                time,
                proposal,
            }
        });
        self.proposals = Rc::new(on_desk.collect());
    }

    /// A plan is in force. A draft of an earlier version is left as it is, unless nothing has been written in it: it is
    /// merged when it is saved.
    fn is_in_force(&mut self, current: Option<Rc<PlanVersion>>) {
        let before = std::mem::replace(&mut self.current, current);
        let Some(current) = &self.current else { return };
        let is_same = before.is_some_and(|before| before.version.id == current.version.id);
        if let Some(draft) = &self.draft {
            let draft = if draft.is_unchanged() {
                Some(Draft::new((*current.plan).clone()))
            } else if is_same {
                known_more_fully(draft, &current.plan)
            } else {
                None
            };
            self.draft = draft.map(Rc::new).or(self.draft.take());
        }
        for stored in Rc::make_mut(&mut self.proposals) {
            let review = stored.proposal.review((*current.plan).clone());
            let before = std::mem::replace(&mut stored.review, review);
            stay_decided(&mut stored.review, &before);
        }
        // What is known of its history begins with it.
        let is_new = self
            .versions
            .first()
            .is_some_and(|newest| newest.version.id != current.version.id);
        if is_new {
            Rc::make_mut(&mut self.versions).insert(0, (**current).clone());
            if let PlanPage::History { older, newer } = &mut self.page {
                *older += 1;
                *newer += 1;
            }
        }
    }

    /// Takes the plan in force as a draft, unless there is one.
    fn begin(&mut self) {
        if self.draft.is_none() {
            let base = self.current.as_ref().map(|current| (*current.plan).clone());
            self.draft = Some(Rc::new(Draft::new(base.unwrap_or_default())));
            self.saving = Saving::Idle;
        }
    }

    fn edit(&mut self) {
        self.begin();
        self.page = if self.merging.is_some() {
            PlanPage::Merging
        } else {
            PlanPage::Editing
        };
    }

    fn write(&mut self, step: impl FnOnce(&mut Draft)) {
        if let Some(draft) = &mut self.draft {
            step(Rc::make_mut(draft));
        }
    }

    /// Shows what will be saved; where something clashes, once all of it is decided.
    fn review(&mut self) {
        let Some(merging) = &self.merging else {
            self.page = PlanPage::Reviewing;
            return;
        };
        if let Some(decided) = merging.decided() {
            let base = (*merging.theirs.plan).clone();
            self.draft = Some(Rc::new(Draft::rebased(base, decided)));
            self.merging = None;
            self.page = PlanPage::Reviewing;
        }
    }

    /// Puts the draft together with what somebody else saved first.
    fn overtaken(&mut self, theirs: Rc<PlanVersion>) {
        self.saving = Saving::Idle;
        self.is_in_force(Some(Rc::clone(&theirs)));
        self.overtaken = Some(Rc::clone(&theirs));
        let Some(draft) = &self.draft else { return };
        let merged = merge(draft.base(), &draft.edited(), &theirs.plan);
        if merged.clashes.is_empty() {
            self.draft = Some(Rc::new(Draft::rebased((*theirs.plan).clone(), merged.plan)));
            self.page = PlanPage::Reviewing;
        } else {
            let choices = vec![None; merged.clashes.len()];
            self.merging = Some(Rc::new(Merging {
                theirs,
                merged,
                choices,
            }));
            self.page = PlanPage::Merging;
        }
    }

    fn put_away(&mut self) {
        self.draft = None;
        self.merging = None;
        self.overtaken = None;
        self.comment.clear();
        self.suggesting = false;
    }

    fn with_proposal(&mut self, at: usize, change: impl FnOnce(&mut StoredProposal)) {
        if let Some(stored) = Rc::make_mut(&mut self.proposals).get_mut(at) {
            change(stored);
        }
    }
}

/// A draft on the same version, of which more was sent since the draft was begun (the names of the contacts).
fn known_more_fully(draft: &Draft, whole: &CarePlan) -> Option<Draft> {
    let whole = aligned(draft.base(), whole.clone());
    if whole == *draft.base() {
        return None;
    }
    let merged = merge(draft.base(), draft.current(), &whole);
    let clashes = !merged.clashes.is_empty();
    (!clashes).then(|| draft.clone().refounded(whole, merged.plan))
}

/// What was decided on what is still the same stays decided.
fn stay_decided(review: &mut Review, before: &Review) {
    for proposed in &mut review.proposed {
        let mut others = before.proposed.iter();
        let same = others.find(|other| other.change == proposed.change);
        proposed.decision = same.and_then(|same| same.decision);
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
