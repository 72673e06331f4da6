//! From what was read to what is shown: readings in order of time, each once, future ones refused.
//! Counts stay whole: every reading given comes out as a reading, an exclusion or a finding.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use crate::finding::{Finding, FindingKind};
use crate::oslo;
use crate::reading::{Excluded, ExclusionKind, Reading, Status, Values};
use crate::time::{MINUTE_MS, Precision};
use crate::{ClinicalTime, Parameter};

/// How far a device's clock may run ahead before its reading counts as future.
pub const CLOCK_TOLERANCE_MS: i64 = 5 * MINUTE_MS;

/// The readings of each parameter, oldest first. Cheap to clone and compare by pointer.
pub type Readings = BTreeMap<Parameter, Rc<Vec<Rc<Reading>>>>;

/// All that was accepted so far, added to page by page.
#[derive(Clone, Debug, Default)]
pub struct Accepted {
    shelves: BTreeMap<Parameter, Shelf>,
    excluded: Vec<Excluded>,
    findings: Vec<Finding>,
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
    pub fn add(&mut self, readings: Vec<Reading>, excluded: Vec<Excluded>, findings: Vec<Finding>, now: i64) {
        self.excluded.extend(excluded);
        self.findings.extend(findings);
        let mut fresh: BTreeMap<Parameter, Vec<Rc<Reading>>> = BTreeMap::new();
        for reading in readings {
            if is_future(&reading.time, now) {
                self.findings.push(Finding {
                    kind: FindingKind::FutureReading,
                    resource: format!("Observation/{}", reading.id),
                    detail: reading.time.text().to_owned(),
                });
            } else {
                fresh
                    .entry(reading.parameter.clone())
                    .or_default()
                    .push(Rc::new(reading));
            }
        }
        for (parameter, added) in fresh {
            self.shelves
                .entry(parameter)
                .or_default()
                .add(added, &mut self.excluded);
        }
    }

    /// The readings as they are now.
    pub fn readings(&self) -> Readings {
        self.shelves
            .iter()
            .map(|(parameter, shelf)| (parameter.clone(), Rc::clone(&shelf.readings)))
            .collect()
    }

    /// The readings of one parameter, oldest first.
    pub fn of(&self, parameter: &Parameter) -> Rc<Vec<Rc<Reading>>> {
        self.shelves
            .get(parameter)
            .map(|shelf| Rc::clone(&shelf.readings))
            .unwrap_or_default()
    }

    /// What was counted but not used.
    pub fn excluded(&self) -> &[Excluded] {
        &self.excluded
    }

    /// What could not be used or understood.
    pub fn findings(&self) -> &[Finding] {
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
        let order = |a: &Rc<Reading>, b: &Rc<Reading>| {
            a.time
                .axis_ms()
                .cmp(&b.time.axis_ms())
                .then_with(|| a.id.cmp(&b.id))
        };
        added.sort_by(order);
        let there = Rc::make_mut(&mut self.readings);
        let mut fresh: Vec<Rc<Reading>> = Vec::with_capacity(added.len());
        for reading in added {
            let known = reading
                .identifiers
                .iter()
                .find_map(|id| self.identifiers.get(id).copied());
            let at = known.unwrap_or_else(|| reading.time.axis_ms());
            for identifier in &reading.identifiers {
                self.identifiers.entry(identifier.clone()).or_insert(at);
            }
            match twin(there, &reading, at).or_else(|| twin(&mut fresh, &reading, at)) {
                Some(twin) => excluded.push(merge(twin, reading)),
                None => fresh.push(reading),
            }
        }
        there.append(&mut fresh);
        there.sort_by(order);
    }
}

/// The same reading in a list that is in order of time, if it stands there at instant `at`.
fn twin<'a>(list: &'a mut [Rc<Reading>], reading: &Reading, at: i64) -> Option<&'a mut Rc<Reading>> {
    let start = list.partition_point(|other| other.time.axis_ms() < at);
    let near = list
        .get_mut(start..)?
        .iter_mut()
        .take_while(|other| other.time.axis_ms() == at);
    let shares_identifier = |other: &Reading| {
        other
            .identifiers
            .iter()
            .any(|id| reading.identifiers.contains(id))
    };
    near.into_iter()
        .find(|other| shares_identifier(other) || is_same(other, reading))
}

/// The same instant and value by the same device; or, where neither names a device, by two sources
/// and with a clock time. Everything else is two readings.
fn is_same(a: &Reading, b: &Reading) -> bool {
    let same_device = match (&a.device, &b.device) {
        (Some(one), Some(other)) => one == other,
        (None, None) => {
            a.time.precision() >= Precision::Minute
                && !a.sources.iter().any(|source| b.sources.contains(source))
        }
        _ => false,
    };
    same_device && a.time == b.time && same_numbers(&a.values, &b.values)
}

fn same_numbers(a: &Values, b: &Values) -> bool {
    let numbers = |values: &Values| -> Vec<_> {
        values
            .components()
            .map(|c| {
                (
                    c.quantity.shown,
                    c.quantity.comparator,
                    c.quantity.as_sent_unit.clone(),
                )
            })
            .collect()
    };
    a.text() == b.text() || numbers(a) == numbers(b)
}

/// Puts `other` into `there`; the fuller of the two is kept, the other is counted.
fn merge(there: &mut Rc<Reading>, other: Rc<Reading>) -> Excluded {
    let fullness = |reading: &Reading| {
        (
            reading.values.components().filter(|c| c.ranges.is_some()).count(),
            reading.status != Status::Preliminary,
        )
    };
    let (mut keep, drop) = if fullness(&other) > fullness(there) {
        (other, Rc::clone(there))
    } else {
        (Rc::clone(there), other)
    };
    let kept = Rc::make_mut(&mut keep);
    for source in &drop.sources {
        if !kept.sources.contains(source) {
            kept.sources.push(Rc::clone(source));
        }
    }
    for identifier in &drop.identifiers {
        if !kept.identifiers.contains(identifier) {
            kept.identifiers.push(identifier.clone());
        }
    }
    *there = keep;
    Excluded {
        kind: ExclusionKind::Duplicate,
        id: drop.id.clone(),
        parameter: Some(drop.parameter.clone()),
        time: Some(drop.time.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{reading, spo2};
    use proptest::prelude::*;

    const NOW: &str = "2026-11-22T09:14:00+01:00";

    fn now() -> i64 {
        ClinicalTime::parse(NOW).unwrap().start_ms()
    }

    fn check(readings: Vec<Reading>, distinct: usize, duplicates: usize, why: &str) -> Accepted {
        let accepted = accept(readings, now());
        assert_eq!(
            (accepted.count(), accepted.excluded().len()),
            (distinct, duplicates),
            "{why}"
        );
        accepted
    }

    #[test]
    fn the_same_reading_from_two_systems_is_shown_once_with_both_named() {
        let from =
            |id: &str, time: &str, source: &str, device: Option<&str>, identifier: Option<&str>| Reading {
                sources: vec![source.into()],
                device: device.map(Into::into),
                identifiers: identifier.map(Into::into).into_iter().collect(),
                ..reading(id, time, "91")
            };
        let utc = "2026-11-21T07:12:00Z";
        let oslo = "2026-11-21T08:12:00+01:00";
        let accepted = check(
            vec![
                from("a", utc, "vkp", None, Some("x|1")),
                from("b", oslo, "gerica", Some("d"), Some("x|1")),
            ],
            1,
            1,
            "same identifier",
        );
        assert_eq!(accepted.of(&spo2())[0].sources.len(), 2);
        check(
            vec![
                from("a", utc, "vkp", Some("d"), None),
                from("b", oslo, "vkp", Some("d"), None),
            ],
            1,
            1,
            "same device, instant and value",
        );
        check(
            vec![
                from("a", utc, "vkp", None, None),
                from("b", oslo, "gerica", None, None),
            ],
            1,
            1,
            "no device, two sources",
        );
        check(
            vec![
                from("a", utc, "vkp", None, None),
                from("b", oslo, "vkp", None, None),
            ],
            2,
            0,
            "no device, one source: two readings",
        );
        check(
            vec![
                from("a", utc, "vkp", Some("d"), None),
                from("b", oslo, "vkp", Some("e"), None),
            ],
            2,
            0,
            "two devices: two readings",
        );
        check(
            vec![
                from("a", utc, "vkp", Some("d"), None),
                from("b", oslo, "gerica", None, None),
            ],
            2,
            0,
            "only one names a device",
        );
        check(
            vec![
                from("a", "2026-11-21", "vkp", None, None),
                from("b", "2026-11-21", "gerica", None, None),
            ],
            2,
            0,
            "a date alone is too coarse to tell",
        );
        let mut other_value = from("b", oslo, "gerica", None, None);
        other_value.values = reading("b", oslo, "92").values;
        check(
            vec![from("a", utc, "vkp", None, None), other_value],
            2,
            0,
            "two values in the same minute",
        );
    }

    #[test]
    fn the_fuller_of_two_duplicates_is_kept() {
        let mut with_limits = reading("b", "2026-11-21T08:12:00+01:00", "91");
        with_limits.identifiers = vec!["x|1".into()];
        if let Values::Single(component) = &mut with_limits.values {
            component.ranges = Some(Rc::default());
        }
        let mut plain = reading("a", "2026-11-21T08:12:00+01:00", "91");
        plain.identifiers = vec!["x|1".into()];
        for order in [vec![plain.clone(), with_limits.clone()], vec![with_limits, plain]] {
            let accepted = check(order, 1, 1, "either order");
            assert!(
                accepted.of(&spo2())[0]
                    .values
                    .components()
                    .all(|c| c.ranges.is_some())
            );
            assert_eq!(&*accepted.excluded()[0].id, "a");
        }
    }

    #[test]
    fn a_future_reading_is_a_finding_beyond_the_clock_tolerance() {
        for (time, future) in [
            ("2026-11-22T09:19:00+01:00", false),
            ("2026-11-22T09:19:01+01:00", true),
            ("2026-11-22", false),
            ("2026-11-23", true),
            ("2027", true),
        ] {
            let accepted = accept(vec![reading("a", time, "91")], now());
            assert_eq!(accepted.findings().len(), usize::from(future), "{time}");
            assert_eq!(accepted.count(), usize::from(!future), "{time}");
        }
    }

    #[test]
    fn the_latest_is_the_newest_by_instant_that_can_be_right() {
        let accepted = accept(
            vec![
                reading("implausible", "2026-11-22T08:00:00+01:00", "3"),
                reading("newest", "2026-11-21T23:30:00Z", "91"),
                reading("later-on-paper", "2026-11-22T00:15:00+01:00", "95"),
            ],
            now(),
        );
        assert_eq!(&*latest(&accepted.of(&spo2())).unwrap().id, "newest");
    }

    proptest! {
        #[test]
        fn every_reading_comes_out_once_however_the_pages_are_cut(
            rows in proptest::collection::vec((0_i64..40, 85_i64..90, 0_u8..3, proptest::option::of(0_u8..3)), 0..60),
            cut in 0_usize..60,
        ) {
            let all: Vec<Reading> = rows
                .iter()
                .enumerate()
                .map(|(index, (minute, value, source, device))| Reading {
                    sources: vec![source.to_string().into()],
                    device: device.map(|d| d.to_string().into()),
                    ..reading(&index.to_string(), &oslo::to_fhir(now() - minute * MINUTE_MS * 10 + 20 * MINUTE_MS), &value.to_string())
                })
                .collect();
            let total = all.len();
            let once = accept(all.clone(), now());
            prop_assert_eq!(once.count() + once.excluded().len() + once.findings().len(), total);
            let (first, second) = all.split_at(cut.min(total));
            let mut twice = accept(second.to_vec(), now());
            twice.add(first.to_vec(), Vec::new(), Vec::new(), now());
            prop_assert_eq!(twice.count() + twice.excluded().len() + twice.findings().len(), total);
            let sorted = once.of(&spo2());
            prop_assert!(sorted.windows(2).all(|pair| pair[0].time.axis_ms() <= pair[1].time.axis_ms()));
        }
    }
}
