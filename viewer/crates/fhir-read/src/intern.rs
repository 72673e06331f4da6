//! Keeps one copy of what a year of readings repeats: texts, limit sets, names of other codes. Also
//! remembers which resources were read. Lives as long as one view of one patient.

use std::collections::{HashSet, VecDeque};
use std::rc::Rc;

use chart_model::{FindingKind, Other, Parameter, RangeSet};

/// How many of the newest limit sets are compared with; readings of one time share theirs.
const SETS_COMPARED: usize = 32;

/// Limits as read from one JSON text, which most readings of a time repeat to the letter.
#[derive(Clone, Debug)]
pub(crate) struct LimitsRead {
    json: Box<str>,
    parameter: Parameter,
    unit: Box<str>,
    pub(crate) set: Option<Rc<RangeSet>>,
    pub(crate) problems: Vec<FindingKind>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Interner {
    texts: HashSet<Rc<str>>,
    others: HashSet<Rc<Other>>,
    sets: Vec<Rc<RangeSet>>,
    /// The newest, oldest first.
    limits: VecDeque<LimitsRead>,
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

    /// What was read from these limits before, for a value of this parameter in this unit.
    pub(crate) fn limits(&self, json: &str, parameter: &Parameter, unit: &str) -> Option<&LimitsRead> {
        let same =
            |read: &&LimitsRead| *read.json == *json && read.parameter == *parameter && *read.unit == *unit;
        self.limits.iter().rev().find(same)
    }

    /// Remembers limits that were just read, for as long as they are among the newest.
    pub(crate) fn remember_limits(
        &mut self,
        json: &str,
        parameter: &Parameter,
        unit: &str,
        set: Option<Rc<RangeSet>>,
        problems: Vec<FindingKind>,
    ) {
        if self.limits.len() == SETS_COMPARED {
            self.limits.pop_front();
        }
        self.limits.push_back(LimitsRead {
            json: json.into(),
            parameter: parameter.clone(),
            unit: unit.into(),
            set,
            problems,
        });
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
