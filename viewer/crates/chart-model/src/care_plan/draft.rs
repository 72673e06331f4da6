//! A plan while it is edited: what it was, what it is, and the way back and forth between.

use super::diff::predecessor;
use super::{CarePlan, Change, Place, Value, diff};

/// Typing at one place counts as one step while the pauses are no longer than this, milliseconds.
const PAUSE_MS: i64 = 1500;

/// An edited plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    base: CarePlan,
    current: CarePlan,
    past: Vec<Change>,
    future: Vec<Change>,
    /// When the last step was last added to; `None` if it may not be added to.
    last_edit: Option<i64>,
}

impl Draft {
    /// Begins to edit a plan.
    pub fn new(base: CarePlan) -> Self {
        Self {
            current: base.clone(),
            base,
            past: Vec::new(),
            future: Vec::new(),
            last_edit: None,
        }
    }

    /// Goes on with edits that were kept from before, on the plan that they were made on.
    pub fn resumed(base: CarePlan, current: CarePlan) -> Self {
        Self {
            current,
            ..Self::new(base)
        }
    }

    /// The plan as it was when editing began.
    pub const fn base(&self) -> &CarePlan {
        &self.base
    }

    /// The plan as it is now.
    pub const fn current(&self) -> &CarePlan {
        &self.current
    }

    /// What will be saved.
    pub fn edited(&self) -> CarePlan {
        self.current.clone().tidied(&self.base)
    }

    /// The same, change by change.
    pub fn changes(&self) -> Vec<Change> {
        diff(&self.base, &self.edited())
    }

    /// True if there is nothing to save.
    pub fn is_unchanged(&self) -> bool {
        self.changes().is_empty()
    }

    /// Sets one place, at the instant `now` (milliseconds). What was undone before can no longer be redone.
    pub fn set(&mut self, place: Place, value: Option<Value>, now: i64) {
        let before = standing(&self.current, &place);
        let follows = match (&before, place.list()) {
            (None, Some(list)) => self.current.keys(&list).last().copied().cloned(),
            _ => predecessor(&self.current, &place),
        };
        self.current.set(place.clone(), value);
        let after = standing(&self.current, &place);
        if before == after {
            return;
        }
        self.future.clear();
        let continues = self
            .last_edit
            .is_some_and(|last| (0..=PAUSE_MS).contains(&(now - last)));
        self.last_edit = Some(now);
        match self.past.last_mut() {
            Some(last) if continues && last.place == place && before.is_some() && after.is_some() => {
                last.after = after;
            }
            _ => self.past.push(Change {
                place,
                before,
                after,
                follows,
            }),
        }
    }

    /// Ends a step, so that what comes next is undone by itself: the field was left.
    pub const fn pause(&mut self) {
        self.last_edit = None;
    }

    /// True if there is something to take back.
    pub const fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// True if there is something taken back to do again.
    pub const fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    /// Takes the last step back, and says where it was.
    pub fn undo(&mut self) -> Option<Place> {
        let step = self.past.pop()?;
        self.go(step.clone().inverse());
        let place = step.place.clone();
        self.future.push(step);
        Some(place)
    }

    /// Does the last step that was taken back again, and says where.
    pub fn redo(&mut self) -> Option<Place> {
        let step = self.future.pop()?;
        self.go(step.clone());
        let place = step.place.clone();
        self.past.push(step);
        Some(place)
    }

    fn go(&mut self, step: Change) {
        self.last_edit = None;
        self.current
            .set_after(step.place, step.after, step.follows.as_ref());
    }

    /// The same edits on a plan that has become known more fully: `merged` is the two put together. Steps can still be
    /// undone.
    #[must_use]
    pub fn refounded(self, base: CarePlan, merged: CarePlan) -> Self {
        Self {
            base,
            current: merged,
            ..self
        }
    }

    /// Goes on from a newer plan in force, after a merge: the draft is then the merged plan. What was done
    /// before cannot be undone step by step any more.
    #[must_use]
    pub fn rebased(base: CarePlan, merged: CarePlan) -> Self {
        Self::resumed(base, merged)
    }
}

/// What stands at a place, or the order of a list.
fn standing(plan: &CarePlan, place: &Place) -> Option<Value> {
    match place {
        Place::Order(list) => Some(Value::Order(plan.keys(list).into_iter().cloned().collect())),
        _ => plan.get(place).cloned(),
    }
}
