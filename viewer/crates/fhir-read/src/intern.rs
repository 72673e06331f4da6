//! Keeps one copy of what a year of readings repeats: texts, limit sets, names of other codes. Also
//! remembers which resources were read. Lives as long as one view of one patient.

use std::collections::HashSet;
use std::rc::Rc;

use chart_model::{Other, RangeSet};

/// How many of the newest limit sets are compared with; readings of one time share theirs.
const SETS_COMPARED: usize = 32;

#[derive(Clone, Debug, Default)]
pub(crate) struct Interner {
    texts: HashSet<Rc<str>>,
    others: HashSet<Rc<Other>>,
    sets: Vec<Rc<RangeSet>>,
    resources: HashSet<Box<str>>,
}

impl Interner {
    /// The one copy of a text.
    pub(crate) fn text(&mut self, text: &str) -> Rc<str> {
        if let Some(there) = self.texts.get(text) {
            return Rc::clone(there);
        }
        let fresh: Rc<str> = Rc::from(text);
        self.texts.insert(Rc::clone(&fresh));
        fresh
    }

    /// The one copy of a set of limits.
    pub(crate) fn set(&mut self, set: RangeSet) -> Rc<RangeSet> {
        let known = self
            .sets
            .iter()
            .rev()
            .take(SETS_COMPARED)
            .find(|there| ***there == set);
        if let Some(there) = known {
            return Rc::clone(there);
        }
        let fresh = Rc::new(set);
        self.sets.push(Rc::clone(&fresh));
        fresh
    }

    /// The one copy of a code that is not in the table; the spelling of its text first seen stays.
    pub(crate) fn other(&mut self, other: Other) -> Rc<Other> {
        if let Some(there) = self.others.get(&other) {
            return Rc::clone(there);
        }
        let fresh = Rc::new(other);
        self.others.insert(Rc::clone(&fresh));
        fresh
    }

    /// True if a resource of this id was read before. One without an id never was.
    pub(crate) fn is_repeated(&mut self, id: &str) -> bool {
        !id.is_empty() && !self.resources.insert(id.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_things_are_one_thing() {
        let mut interner = Interner::default();
        let text = interner.text("a");
        assert!(Rc::ptr_eq(&text, &interner.text("a")));
        assert!(!Rc::ptr_eq(&text, &interner.text("b")));
        let set = interner.set(RangeSet::default());
        assert!(Rc::ptr_eq(&set, &interner.set(RangeSet::default())));
    }

    #[test]
    fn a_resource_is_repeated_from_its_second_time() {
        let mut interner = Interner::default();
        let repeated: Vec<bool> = ["1", "2", "1", "", ""]
            .into_iter()
            .map(|id| interner.is_repeated(id))
            .collect();
        assert_eq!(repeated, [false, false, true, false, false]);
    }
}
