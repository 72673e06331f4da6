//! The self-treatment plan as values: what it says, where, and how two of it differ, merge and are
//! edited. Holds no FHIR and no wording; what the trends need of a plan is in `plan`.
//!
//! A plan is a list of values, each at a [`Place`]: a text of a zone, an activity in a cell of the grid,
//! a goal, a contact, the limits of a number. Everything that happens to a plan is said by place:
//! [`diff`] gives the places that differ, [`apply`] sets them, [`merge`] puts two editors' places
//! together, a [`Proposal`] is decided place by place, [`validate`] points at places.

mod align;
mod diff;
mod draft;
mod limit_set;
mod lock;
mod merge;
mod merge_text;
mod order;
mod place;
mod preview;
mod proposal;
mod validate;
mod value;
mod version;
mod words;

pub use align::aligned;
pub use diff::{Change, ChangeKind, apply, compare, diff};
pub use draft::Draft;
pub use limit_set::{Bound, LimitSet};
pub use lock::{Lock, Locks};
pub use merge::{Choice, Clash, Merged, merge};
pub use merge_text::merge_text;
pub use place::{Area, Cell, Key, List, Place, PlanZone};
pub use preview::{LimitPreview, Sets, limit_preview, sets_of};
pub use proposal::{Decision, EndState, Proposal, Proposed, Review};
pub use validate::{Field, Issue, MAX_TEXT, Problem, clean_text, validate};
pub use value::{Contact, FollowUp, Value};
pub use version::{Author, KnownFrom, Version};
pub use words::{Piece, PieceKind, pieces};

/// What a plan says. Two plans are equal if they say the same in the same order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CarePlan {
    /// Sorted by section; inside a list (a cell, the goals) in the plan's own order.
    entries: Vec<(Place, Value)>,
}

impl CarePlan {
    /// Every place that holds something, by section.
    pub fn entries(&self) -> &[(Place, Value)] {
        &self.entries
    }

    /// What stands at a place.
    pub fn get(&self, place: &Place) -> Option<&Value> {
        let (_, value) = self.entries.iter().find(|(there, _)| there == place)?;
        Some(value)
    }

    /// The text at a place, empty if there is none.
    pub fn text(&self, place: &Place) -> &str {
        match self.get(place) {
            Some(Value::Text(text)) => text,
            _ => "",
        }
    }

    /// Sets a place, or empties it. An item that is new goes to the end of its list. A place outside a
    /// list that is given nothing (an empty text, limits without a bound) is emptied; an item may be
    /// blank while it is being written. [`Place::Order`] puts a list in that order.
    pub fn set(&mut self, place: Place, value: Option<Value>) {
        let last = place
            .list()
            .and_then(|list| self.keys(&list).last().cloned().cloned());
        self.set_after(place, value, last.as_ref());
    }

    /// As [`CarePlan::set`]; a new item is put after the item `follows` of its list, or first.
    pub fn set_after(&mut self, place: Place, value: Option<Value>, follows: Option<&Key>) {
        if let (Place::Order(list), Some(Value::Order(keys))) = (&place, &value) {
            self.reorder(list, keys);
            return;
        }
        let value = value.filter(|value| place.key().is_some() || !value.is_blank());
        let found = self.entries.iter().position(|(there, _)| *there == place);
        match (found, value) {
            (Some(at), Some(value)) => {
                if let Some((_, there)) = self.entries.get_mut(at) {
                    *there = value;
                }
            }
            (Some(at), None) => {
                self.entries.remove(at);
            }
            (None, Some(value)) => {
                let at = self.position_for(&place, follows);
                self.entries.insert(at, (place, value));
            }
            (None, None) => {}
        }
    }

    /// Where a new place goes: directly after the item it follows, else at the start of its section.
    fn position_for(&self, place: &Place, follows: Option<&Key>) -> usize {
        let section = self
            .entries
            .partition_point(|(there, _)| there.section() < place.section());
        let after = |key: &Key| {
            let same_list = |there: &Place| there.section() == place.section() && there.key() == Some(key);
            self.entries.iter().position(|(there, _)| same_list(there))
        };
        follows.and_then(after).map_or(section, |at| at + 1)
    }

    /// The items of a list in their order.
    pub fn keys(&self, list: &List) -> Vec<&Key> {
        let items = self.items(list);
        items.filter_map(|(place, _)| place.key()).collect()
    }

    fn items(&self, list: &List) -> impl Iterator<Item = &(Place, Value)> {
        self.entries
            .iter()
            .filter(move |(place, _)| place.list().as_ref() == Some(list))
    }

    /// Sorts the items of a list as `keys` says; items that it does not name stay behind the named.
    fn reorder(&mut self, list: &List, keys: &[Key]) {
        let rank = |place: &Place| {
            keys.iter()
                .position(|key| place.key() == Some(key))
                .unwrap_or(keys.len())
        };
        crate::order::few(&mut self.entries, |(a, _), (b, _)| {
            let both = a.list().as_ref() == Some(list) && b.list().as_ref() == Some(list);
            a.section().cmp(&b.section()).then_with(|| {
                if both {
                    rank(a).cmp(&rank(b))
                } else {
                    std::cmp::Ordering::Equal
                }
            })
        });
    }

    /// The activities of one cell of the grid, in their order.
    pub fn activities(&self, cell: Cell) -> impl Iterator<Item = (&Key, &str)> {
        self.texts(List::Cell(cell))
    }

    /// The patient's goals in words.
    pub fn goals(&self) -> impl Iterator<Item = (&Key, &str)> {
        self.texts(List::Goals)
    }

    /// Remarks on the plan as a whole.
    pub fn notes(&self) -> impl Iterator<Item = (&Key, &str)> {
        self.texts(List::Notes)
    }

    fn texts(&self, list: List) -> impl Iterator<Item = (&Key, &str)> {
        self.entries.iter().filter_map(move |(place, value)| match value {
            Value::Text(text) if place.list() == Some(list) => Some((place.key()?, text.as_str())),
            _ => None,
        })
    }

    /// The people to turn to.
    pub fn contacts(&self) -> impl Iterator<Item = (&Key, &Contact)> {
        self.entries.iter().filter_map(|(place, value)| match value {
            Value::Contact(contact) => Some((place.key()?, contact)),
            _ => None,
        })
    }

    /// Who follows the patient up now.
    pub fn follow_up(&self) -> Option<&FollowUp> {
        match self.get(&Place::FollowUp)? {
            Value::FollowUp(follow_up) => Some(follow_up),
            _ => None,
        }
    }

    /// The limits of one number of a parameter: 0, or 1 for diastolic.
    pub fn limits(&self, parameter: &crate::Parameter, number: usize) -> Option<&LimitSet> {
        match self.get(&Place::Limits(parameter.clone(), number))? {
            Value::Limits(limits) => Some(limits),
            _ => None,
        }
    }

    /// What is reviewed and saved of a plan that was edited from `base`: no blank items, texts cleaned. What nobody has
    /// touched stays as it was sent.
    #[must_use]
    pub fn tidied(mut self, base: &Self) -> Self {
        let is_touched = |place: &Place, value: &Value| base.get(place) != Some(value);
        for (place, value) in &mut self.entries {
            if is_touched(place, value) {
                value.clean();
            }
        }
        self.entries
            .retain(|(place, value)| !value.is_blank() || !is_touched(place, value));
        self
    }
}

#[cfg(test)]
mod tests;
