//! What several servers gave, as one view: a reading that two of them have is there once and names both. Where only one
//! has a parameter its list is taken as it is, and what has not changed is not put together again.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use super::same::Origin;
use super::{Accepted, Readings, Shelf, append, best, merge, order};
use crate::finding::Finding;
use crate::reading::{Excluded, Reading};
use crate::{ByParameter, Parameter};

/// What one server gave.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// What people call the server.
    pub name: &'a str,
    /// All that was accepted of it.
    pub accepted: &'a Accepted,
}

/// What several servers gave, as one. Kept from one look to the next.
#[derive(Clone, Debug, Default)]
pub struct Together {
    joints: ByParameter<Joint>,
    excluded: Parts<Excluded>,
    findings: Parts<Finding>,
}

/// One parameter's readings of all servers.
#[derive(Clone, Debug, Default)]
struct Joint {
    /// Each server's list, by which it is known whether something has changed.
    parts: Vec<Rc<Vec<Rc<Reading>>>>,
    readings: Rc<Vec<Rc<Reading>>>,
    /// The copies.
    excluded: Rc<Vec<Excluded>>,
}

/// Lists behind one another.
#[derive(Clone, Debug)]
struct Parts<T> {
    parts: Vec<Rc<Vec<T>>>,
    whole: Rc<Vec<T>>,
}

impl<T> Default for Parts<T> {
    fn default() -> Self {
        Self {
            parts: Vec::new(),
            whole: Rc::default(),
        }
    }
}

impl Together {
    /// Puts together what the servers have given by now: always the same ones, in the same order.
    pub fn renew(&mut self, places: &[Place<'_>]) {
        for parameter in places.iter().flat_map(|p| p.accepted.shelves.keys()) {
            self.joints.or_default(parameter);
        }
        let is_there =
            |parameter: &Parameter| places.iter().any(|p| p.accepted.shelves.contains_key(parameter));
        self.joints.retain(is_there);
        let none = Shelf::default();
        for (parameter, joint) in self.joints.iter_mut() {
            let shelves: Vec<_> = places
                .iter()
                .map(|p| (p.name, p.accepted.shelves.get(parameter).unwrap_or(&none)))
                .collect();
            joint.renew(&shelves);
        }
        let own = places.iter().map(|p| Rc::clone(&p.accepted.excluded));
        let copies = self.joints.values().map(|joint| Rc::clone(&joint.excluded));
        self.excluded.renew(own.chain(copies));
        self.findings
            .renew(places.iter().map(|p| Rc::clone(&p.accepted.findings)));
    }

    /// The readings as they are now.
    pub fn readings(&self) -> Readings {
        self.joints.map(|joint| Rc::clone(&joint.readings))
    }

    /// What was counted but not used: of each server, and what another has too.
    pub fn excluded(&self) -> &Rc<Vec<Excluded>> {
        &self.excluded.whole
    }

    /// What could not be used or understood.
    pub fn findings(&self) -> &Rc<Vec<Finding>> {
        &self.findings.whole
    }
}

impl Joint {
    fn renew(&mut self, shelves: &[(&str, &Shelf)]) {
        let parts = || shelves.iter().map(|(_, shelf)| &shelf.readings);
        let is_same = |(had, has): (&Rc<Vec<_>>, &Rc<Vec<_>>)| {
            Rc::ptr_eq(had, has) || (had.is_empty() && has.is_empty())
        };
        if self.parts.len() == shelves.len() && self.parts.iter().zip(parts()).all(is_same) {
            return;
        }
        self.parts = parts().map(Rc::clone).collect();
        self.excluded = Rc::default();
        // Of the longest list nothing has to be looked for.
        let longest = shelves
            .iter()
            .enumerate()
            .rev()
            .max_by_key(|(_, (_, shelf))| shelf.readings.len());
        let Some((base, (_, first))) = longest else { return };
        self.readings = Rc::clone(&first.readings);
        let mut known = Known {
            shelves: vec![*first],
            moved: HashMap::new(),
        };
        for (place, (name, shelf)) in shelves.iter().enumerate() {
            if place != base && !shelf.readings.is_empty() {
                self.put(name, shelf, &mut known);
                known.shelves.push(shelf);
            }
        }
    }

    /// Puts one server's readings among those of others. Of one server no two readings are the same one: that was
    /// decided when they were accepted.
    fn put(&mut self, name: &str, added: &Shelf, known: &mut Known<'_>) {
        let mut copies: BTreeMap<usize, Rc<Reading>> = BTreeMap::new();
        let mut fresh = Vec::new();
        let mut excluded = Vec::new();
        for reading in added.readings.iter() {
            let found = known
                .places_of(reading)
                .filter_map(|at| {
                    best(&self.readings, reading, at, Origin::TwoServers, |at| {
                        copies.contains_key(&at)
                    })
                })
                .min_by_key(|(_, likeness)| *likeness);
            let twin = found.and_then(|(at, _)| Some((at, self.readings.get(at)?)));
            match twin {
                Some((at, there)) => {
                    let mut twin = Rc::clone(there);
                    let names = twin.sources.len();
                    excluded.push(merge(&mut twin, Rc::clone(reading)));
                    if twin.sources.len() == names {
                        // Both name the system that it is from: what is new is who passes it on.
                        Rc::make_mut(&mut twin).sources.push(name.into());
                    }
                    copies.insert(at, twin);
                }
                None => fresh.push(Rc::clone(reading)),
            }
        }
        let readings = Rc::make_mut(&mut self.readings);
        for (at, twin) in copies {
            for identifier in &twin.identifiers {
                known.moved.insert(identifier.clone(), twin.time.axis_ms());
            }
            if let Some(there) = readings.get_mut(at) {
                *there = twin;
            }
        }
        readings.extend(fresh);
        readings.sort_by(order);
        append(&mut self.excluded, excluded);
    }
}

/// What has been put together by now of one parameter.
struct Known<'a> {
    shelves: Vec<&'a Shelf>,
    /// Where the readings stand that are copies of each other, by their identifiers.
    moved: HashMap<Box<str>, i64>,
}

impl Known<'_> {
    /// Where on the time axis a reading may stand already.
    fn places_of(&self, reading: &Reading) -> impl Iterator<Item = i64> {
        let moved = reading
            .identifiers
            .iter()
            .filter_map(|id| self.moved.get(id).copied());
        let shelves = self.shelves.iter().filter_map(|shelf| shelf.place_of(reading));
        moved.chain(shelves).chain([reading.time.axis_ms()])
    }
}

impl<T: Clone> Parts<T> {
    /// The same lists as before stay the same whole, and one list alone is the whole.
    fn renew(&mut self, parts: impl Iterator<Item = Rc<Vec<T>>>) {
        let parts: Vec<Rc<Vec<T>>> = parts.filter(|part| !part.is_empty()).collect();
        let is_same = self.parts.len() == parts.len()
            && self
                .parts
                .iter()
                .zip(&parts)
                .all(|(had, has)| Rc::ptr_eq(had, has));
        if is_same {
            return;
        }
        self.whole = match parts.as_slice() {
            [only] => Rc::clone(only),
            several => Rc::new(several.iter().flat_map(|part| part.iter().cloned()).collect()),
        };
        self.parts = parts;
    }
}

#[cfg(test)]
mod tests;
