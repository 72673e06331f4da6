//! From what was read to what is shown: readings in order of time, each once, future ones refused.
//! Counts stay whole: every reading given comes out as a reading, an exclusion or a finding. Which readings are one is
//! in `same`, what becomes of two that are, in `merge`.

mod merge;
mod same;
mod together;

use std::cmp::Ordering;
use std::collections::HashMap;
use std::rc::Rc;

use crate::by_parameter::ByParameter;
use crate::finding::{Finding, FindingKind};
use crate::oslo;
use crate::reading::{Excluded, Reading};
use crate::time::MINUTE_MS;
use crate::{ClinicalTime, Parameter};
use merge::merge;
use same::{Likeness, Origin, REACH_MS, likeness};
pub use together::{Place, Together};

/// How far a device's clock may run ahead before its reading counts as future.
pub const CLOCK_TOLERANCE_MS: i64 = 5 * MINUTE_MS;

/// The readings of each parameter, oldest first. Cheap to clone and compare by pointer.
pub type Readings = ByParameter<Rc<Vec<Rc<Reading>>>>;

/// All that was accepted so far, added to page by page. What a page does not change stays the same
/// by pointer.
#[derive(Clone, Debug, Default)]
pub struct Accepted {
    shelves: ByParameter<Shelf>,
    excluded: Rc<Vec<Excluded>>,
    findings: Rc<Vec<Finding>>,
}

/// The readings of one parameter, oldest first, and where each business identifier stands.
#[derive(Clone, Debug, Default)]
struct Shelf {
    readings: Rc<Vec<Rc<Reading>>>,
    /// Identifier to the place on the time axis of the reading that has it.
    identifiers: HashMap<Box<str>, i64>,
}

/// Accepts one batch of readings on its own; see [`Accepted::add`].
pub fn accept(readings: Vec<Reading>, now: i64) -> Accepted {
    let mut accepted = Accepted::default();
    accepted.add(readings, Vec::new(), Vec::new(), now);
    accepted
}

impl Accepted {
    /// Adds what one answer held, in any order. `now` is the moment it was fetched.
    pub fn add(
        &mut self,
        readings: Vec<Reading>,
        mut excluded: Vec<Excluded>,
        mut findings: Vec<Finding>,
        now: i64,
    ) {
        let mut fresh = ByParameter::<Vec<Rc<Reading>>>::default();
        for reading in readings {
            if is_future(&reading.time, now) {
                findings.push(Finding {
                    kind: FindingKind::FutureReading,
                    resource: format!("Observation/{}", reading.id),
                    detail: reading.time.text().to_owned(),
                });
            } else {
                let reading = Rc::new(reading);
                fresh.or_default(&reading.parameter).push(Rc::clone(&reading));
            }
        }
        for (parameter, added) in fresh {
            self.shelves.or_default(&parameter).add(added, &mut excluded);
        }
        append(&mut self.excluded, excluded);
        append(&mut self.findings, findings);
    }

    /// The readings as they are now.
    pub fn readings(&self) -> Readings {
        self.shelves.map(|shelf| Rc::clone(&shelf.readings))
    }

    /// The readings of one parameter, oldest first.
    pub fn of(&self, parameter: &Parameter) -> Rc<Vec<Rc<Reading>>> {
        self.shelves
            .get(parameter)
            .map(|shelf| Rc::clone(&shelf.readings))
            .unwrap_or_default()
    }

    /// What was counted but not used.
    pub fn excluded(&self) -> &Rc<Vec<Excluded>> {
        &self.excluded
    }

    /// What could not be used or understood.
    pub fn findings(&self) -> &Rc<Vec<Finding>> {
        &self.findings
    }

    /// Number of distinct readings.
    pub fn count(&self) -> usize {
        self.shelves.values().map(|shelf| shelf.readings.len()).sum()
    }
}

/// The newest reading that can be right, whatever its status.
pub fn latest(readings: &[Rc<Reading>]) -> Option<&Rc<Reading>> {
    readings.iter().rev().find(|reading| !reading.is_implausible())
}

/// Later than `now` by more than the clock tolerance; a date, if its day has not begun in Oslo.
fn is_future(time: &ClinicalTime, now: i64) -> bool {
    if time.has_clock() {
        time.start_ms() > now + CLOCK_TOLERANCE_MS
    } else {
        time.oslo_date() > oslo::date_of(now)
    }
}

impl Shelf {
    /// Puts new readings among those that are there; what is the same reading twice is merged.
    fn add(&mut self, mut added: Vec<Rc<Reading>>, excluded: &mut Vec<Excluded>) {
        added.sort_by(order);
        let mut fresh: Vec<Rc<Reading>> = Vec::with_capacity(added.len());
        for mut reading in added {
            // A reading with the identifiers of two others makes one of all three.
            loop {
                let own = reading.time.axis_ms();
                let known = self.place_of(&reading).filter(|known| *known != own);
                let twin = |list: &[Rc<Reading>]| {
                    let mut places = known.into_iter().chain([own]);
                    places.find_map(|at| best(list, &reading, at, Origin::OneServer, |_| false))
                };
                let (list, place) = match (twin(&self.readings), twin(&fresh)) {
                    (Some((place, _)), _) => (Rc::make_mut(&mut self.readings), place),
                    (None, Some((place, _))) => (&mut fresh, place),
                    (None, None) => break,
                };
                let mut twin = list.remove(place);
                excluded.push(merge(&mut twin, reading));
                reading = twin;
                self.register(&reading);
            }
            self.register(&reading);
            // They come in order, but for what a twin has moved.
            match fresh.last() {
                Some(last) if order(last, &reading).is_gt() => insert(&mut fresh, vec![reading]),
                _ => fresh.push(reading),
            }
        }
        insert(Rc::make_mut(&mut self.readings), fresh);
    }

    /// Where a reading stands on the time axis that has an identifier of this one's.
    fn place_of(&self, reading: &Reading) -> Option<i64> {
        let mut identifiers = reading.identifiers.iter();
        identifiers.find_map(|id| self.identifiers.get(id).copied())
    }

    fn register(&mut self, reading: &Reading) {
        for identifier in &reading.identifiers {
            self.identifiers
                .insert(identifier.clone(), reading.time.axis_ms());
        }
    }
}

/// Oldest first; at the same instant by id, so that the order does not depend on which page came first.
fn order(a: &Rc<Reading>, b: &Rc<Reading>) -> Ordering {
    let by_time = a.time.axis_ms().cmp(&b.time.axis_ms());
    by_time.then_with(|| a.id.cmp(&b.id))
}

/// Puts readings that are in order among others that are. Only those are looked at between which the fresh
/// ones fall: a page is a stretch of time, and hundreds of pages are added to a hundred thousand readings.
fn insert(there: &mut Vec<Rc<Reading>>, mut fresh: Vec<Rc<Reading>>) {
    let (Some(first), Some(last)) = (fresh.first(), fresh.last()) else {
        return;
    };
    let from = there.partition_point(|reading| order(reading, first).is_lt());
    let to = there.partition_point(|reading| order(reading, last).is_lt());
    fresh.extend(there.drain(from..to));
    fresh.sort_by(order);
    there.splice(from..from, fresh);
}

fn append<T: Clone>(list: &mut Rc<Vec<T>>, more: Vec<T>) {
    if !more.is_empty() {
        Rc::make_mut(list).extend(more);
    }
}

/// Where the same reading stands in a list that is in order of time, within a minute of `at`, and how sure that is.
/// Places that are `taken` are passed over.
fn best(
    list: &[Rc<Reading>],
    reading: &Reading,
    at: i64,
    from: Origin,
    taken: impl Fn(usize) -> bool,
) -> Option<(usize, Likeness)> {
    let start = list.partition_point(|other| other.time.axis_ms() < at - REACH_MS);
    let near = list.get(start..)?.iter().enumerate();
    near.take_while(|(_, other)| other.time.axis_ms() <= at + REACH_MS)
        .map(|(place, other)| (start + place, other))
        .filter(|(place, _)| !taken(*place))
        .filter_map(|(place, other)| Some((place, likeness(other, reading, from)?)))
        .min_by_key(|(_, likeness)| *likeness)
}

#[cfg(test)]
mod tests;
