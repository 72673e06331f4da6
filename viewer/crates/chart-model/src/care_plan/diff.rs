//! What changed between two plans, place by place, and the change done to a plan.

use super::align::aligned;
use super::order::reordered;
use super::words::{Piece, pieces};
use super::{CarePlan, Key, List, Place, Value};

/// One place that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where.
    pub place: Place,
    /// What stood there; `None` if nothing did.
    pub before: Option<Value>,
    /// What stands there now; `None` if nothing does.
    pub after: Option<Value>,
    /// For a new item: the item of its list that it comes after, `None` if it is the first.
    pub follows: Option<Key>,
}

/// What sort of change it is; the stable names are used by hooks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// Something new.
    Insert,
    /// Something taken out.
    Delete,
    /// Something else than before.
    Replace,
}

impl ChangeKind {
    /// `insert`, `delete`, `replace`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Insert => "insert",
            Self::Delete => "delete",
            Self::Replace => "replace",
        }
    }
}

impl Change {
    /// What sort of change it is.
    pub const fn kind(&self) -> ChangeKind {
        match (&self.before, &self.after) {
            (None, _) => ChangeKind::Insert,
            (_, None) => ChangeKind::Delete,
            _ => ChangeKind::Replace,
        }
    }

    /// The change word by word, for a text; `None` for anything else.
    pub fn pieces(&self) -> Option<Vec<Piece<'_>>> {
        fn text(value: Option<&Value>) -> Option<&str> {
            match value {
                None => Some(""),
                Some(Value::Text(text)) => Some(text),
                Some(_) => None,
            }
        }
        Some(pieces(text(self.before.as_ref())?, text(self.after.as_ref())?))
    }

    /// The change that takes this one back.
    #[must_use]
    pub fn inverse(self) -> Self {
        Self {
            before: self.after,
            after: self.before,
            ..self
        }
    }
}

/// The changes from `a` to `b`, in the order of the plan: `apply(&diff(a, b), a) == b`, and
/// `diff(a, a)` is empty. Items are told apart by their keys; for plans of which one was not edited from
/// the other (two versions read from a source), see [`compare`].
pub fn diff(a: &CarePlan, b: &CarePlan) -> Vec<Change> {
    let mut changes = Vec::new();
    for (place, before) in a.entries() {
        match b.get(place) {
            Some(after) if after == before => {}
            after => changes.push(Change {
                place: place.clone(),
                before: Some(before.clone()),
                after: after.cloned(),
                // Where it was, so that taking a deletion back puts it there.
                follows: predecessor(a, place),
            }),
        }
    }
    for (place, after) in b.entries() {
        if a.get(place).is_none() {
            changes.push(Change {
                place: place.clone(),
                before: None,
                after: Some(after.clone()),
                follows: predecessor(b, place),
            });
        }
    }
    // By section; inside one, what was there before what is new, each in its order.
    crate::order::few(&mut changes, |x, y| x.place.section().cmp(&y.place.section()));
    for list in lists(a, b) {
        let (before, after) = (a.keys(&list), b.keys(&list));
        if reordered(&before, &after) {
            let order = |keys: Vec<&Key>| Some(Value::Order(keys.into_iter().cloned().collect()));
            changes.push(Change {
                place: Place::Order(list),
                before: order(before),
                after: order(after),
                follows: None,
            });
        }
    }
    changes
}

/// The changes between two versions read from a source, whose items may have lost their ids: what is
/// evidently the same item, reworded, is a change and not one item taken out and another put in.
pub fn compare(older: &CarePlan, newer: &CarePlan) -> Vec<Change> {
    diff(older, &aligned(older, newer.clone()))
}

/// The plan with the changes done. A change whose place has become another since is done all the same:
/// to respect what others did, [`super::merge`].
pub fn apply(changes: &[Change], plan: &CarePlan) -> CarePlan {
    let mut plan = plan.clone();
    for change in changes {
        plan.set_after(
            change.place.clone(),
            change.after.clone(),
            change.follows.as_ref(),
        );
    }
    plan
}

/// The item before a place in its list.
pub(super) fn predecessor(plan: &CarePlan, place: &Place) -> Option<Key> {
    let keys = plan.keys(&place.list()?);
    let at = keys.iter().position(|key| Some(*key) == place.key())?;
    keys.get(at.checked_sub(1)?).copied().cloned()
}

/// The lists that either plan has items of.
pub(super) fn lists(a: &CarePlan, b: &CarePlan) -> Vec<List> {
    let entries = a.entries().iter().chain(b.entries());
    let mut lists: Vec<List> = entries.filter_map(|(place, _)| place.list()).collect();
    crate::order::few(&mut lists, Ord::cmp);
    lists.dedup();
    lists
}
