//! Every synthetic patient through reading, accepting and series, against what its author expects of
//! a right reading. The expectations were written without these crates.

#![allow(clippy::unwrap_used, reason = "helpers of a test may fail it")]

use std::collections::BTreeMap;
use std::rc::Rc;

use chart_model::accept::{Accepted, Readings, latest};
use chart_model::series::{assess, numbers};
use chart_model::{ClinicalTime, ExclusionKind, FindingKind, Period, PlanSummary, Point, Reading, Series};
use fhir_fixtures::{Case, Expected, Fate, ParameterExpected, ReadingExpected};
use fhir_read::{Reader, read_plan};
use jiff::civil::date;
use serde::Serialize;

/// A case as the viewer sees it.
struct Seen {
    entries: usize,
    readings: Readings,
    accepted: Accepted,
    plan: Option<PlanSummary>,
    period: Period,
}

fn see(case: &Case) -> Seen {
    seen_at([("host", case.id, bundle(case.resources()))], &case.expected)
}

/// What the journal and the sources beside it have of a patient, taken together.
fn see_together(case: &Case, expected: &Expected) -> Seen {
    let elsewhere = case.elsewhere.iter().map(|place| {
        let bundle = bundle(place.resources.iter().cloned());
        (place.source, place.patient, bundle)
    });
    let journal = ("host", case.id, bundle(case.resources()));
    seen_at([journal].into_iter().chain(elsewhere), expected)
}

fn bundle(resources: impl Iterator<Item = serde_json::Value>) -> String {
    let entries: Vec<String> = resources
        .map(|resource| format!(r#"{{"resource":{resource}}}"#))
        .collect();
    format!(r#"{{"resourceType":"Bundle","entry":[{}]}}"#, entries.join(","))
}

/// By places: the server, whom it calls the patient, and a Bundle of what it has.
fn seen_at<'a>(places: impl IntoIterator<Item = (&'a str, &'a str, String)>, expected: &Expected) -> Seen {
    let now = instant(&expected.generated_at);
    let mut accepted = Accepted::default();
    let (mut entries, mut plan) = (0, None);
    for (host, patient, bundle) in places {
        let page = Reader::new(patient, host)
            .observations(bundle.as_bytes())
            .unwrap();
        entries += page.entries;
        accepted.add(page.readings, page.excluded, page.findings, now);
        plan = plan.or(read_plan(&[bundle.as_bytes()], patient).unwrap().plan);
    }
    Seen {
        entries,
        readings: accepted.readings(),
        accepted,
        plan,
        period: Period {
            from: instant(&expected.period_from),
            to: now,
        },
    }
}

fn instant(text: &str) -> i64 {
    ClinicalTime::parse(text).unwrap().start_ms()
}

/// The stable name of a kind, as `expected.json` writes it.
fn name(kind: impl Serialize) -> String {
    serde_json::to_value(kind).unwrap().as_str().unwrap().to_owned()
}

fn named<K: Serialize + Ord>(counts: &BTreeMap<K, usize>) -> BTreeMap<String, usize> {
    counts.iter().map(|(kind, count)| (name(kind), *count)).collect()
}

fn counted(kinds: impl IntoIterator<Item = &'static str>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for kind in kinds {
        *counts.entry(kind.to_owned()).or_default() += 1;
    }
    counts
}

/// Collects every disagreement of a case, so that one run tells them all.
#[derive(Default)]
struct Differences(Vec<String>);

impl Differences {
    /// All that is seen of a case otherwise than expected.
    fn of(&mut self, case: &Case, seen: &Seen, expected: &Expected) {
        let before = self.0.len();
        seen.check_totals(expected, self);
        for (id, parameter) in &expected.parameters {
            seen.check_parameter(id, parameter, self);
        }
        seen.check_readings(expected, self);
        seen.check_set_aside(expected, self);
        if self.0.len() > before {
            let heading = format!("== {} until {}", case.id, expected.until);
            self.0.insert(before, heading);
        }
    }

    fn check<T: PartialEq + std::fmt::Debug>(&mut self, what: &str, seen: T, expected: T) {
        if seen != expected {
            self.0.push(format!(
                "{what}\n    seen     {seen:?}\n    expected {expected:?}"
            ));
        }
    }
}

impl Seen {
    fn point(&self, reading: &Rc<Reading>) -> Point {
        let limits = self
            .plan
            .as_ref()
            .and_then(|plan| plan.history(&reading.parameter));
        assess(reading, limits)
    }

    fn readings(&self) -> impl Iterator<Item = &Rc<Reading>> {
        self.readings.values().flat_map(|list| list.iter())
    }

    fn excluded(&self) -> impl Iterator<Item = &'static str> {
        let implausible = self.readings().filter(|reading| reading.is_implausible());
        let excluded = self.accepted.excluded().iter();
        excluded
            .map(|excluded| excluded.kind.id())
            .chain(implausible.map(|_| ExclusionKind::Implausible.id()))
    }

    fn findings(&self) -> impl Iterator<Item = &'static str> {
        self.accepted.findings().iter().map(|finding| finding.kind.id())
    }

    fn check_totals(&self, expected: &Expected, differences: &mut Differences) {
        differences.check("entries", self.entries, expected.entries);
        let plausible = self.readings().filter(|reading| !reading.is_implausible());
        differences.check("readings", plausible.count(), expected.readings);
        differences.check("excluded", counted(self.excluded()), named(&expected.excluded));
        differences.check("findings", counted(self.findings()), named(&expected.findings));
        let remarks = self.readings().flat_map(|reading| remarks(&self.point(reading)));
        differences.check("notes", counted(remarks), named(&expected.notes));
    }

    fn check_parameter(&self, id: &str, expected: &ParameterExpected, differences: &mut Differences) {
        let Some((parameter, readings)) = self.readings.iter().find(|(known, _)| known.id() == id) else {
            let nothing = expected.latest.is_none() && expected.readings == 0;
            differences.check(&format!("{id} is there"), false, !nothing);
            return;
        };
        let newest = latest(readings).map(|reading| line(&self.point(reading)));
        differences.check(
            &format!("{id} latest"),
            newest.map(|line| line.with_time_of(expected.latest.as_ref())),
            expected.latest.as_ref().map(Line::expected),
        );
        let excluded = self.accepted.excluded();
        let series = Series::build(parameter, readings, excluded, self.plan.as_ref(), self.period);
        differences.check(&format!("{id} readings"), series.points.len(), expected.readings);
        let drawn = series
            .points
            .iter()
            .filter(|point| numbers(&point.reading).iter().any(Option::is_some));
        differences.check(&format!("{id} points"), drawn.count(), expected.points);
        differences.check(&format!("{id} gaps"), series.gaps.len(), expected.gaps);
        let zones = series.points.iter().map(|point| point.zone.id());
        differences.check(&format!("{id} zones"), counted(zones), named(&expected.zones));
        let kinds = series.excluded.iter().map(|excluded| excluded.kind.id());
        let kinds = kinds.chain(series.implausible.iter().map(|_| ExclusionKind::Implausible.id()));
        differences.check(
            &format!("{id} excluded"),
            counted(kinds),
            named(&expected.excluded),
        );
    }

    /// The readings of the period one by one, where the case lists them.
    fn check_readings(&self, expected: &Expected, differences: &mut Differences) {
        for reading in &expected.readings_in_period {
            let copy = |aside: &&fhir_fixtures::SetAside| aside.same_as.as_ref() == Some(&reading.id);
            let copies: Vec<&str> = expected
                .set_aside
                .iter()
                .filter(copy)
                .map(|aside| aside.id.as_str())
                .collect();
            let seen = self
                .readings()
                .find(|seen| *seen.id == *reading.id || copies.contains(&&*seen.id));
            differences.check(
                &reading.id,
                seen.map(|seen| line(&self.point(seen)).with_time_of(Some(reading))),
                Some(Line::expected(reading)),
            );
        }
    }

    /// Each entry that is no reading is set aside for the reason expected.
    fn check_set_aside(&self, expected: &Expected, differences: &mut Differences) {
        for aside in &expected.set_aside {
            let reason = match aside.fate {
                Fate::Excluded(kind) => name(kind),
                Fate::Finding(kind) => name(kind),
            };
            if reason == ExclusionKind::Duplicate.id() {
                // Which of the two stays is free.
                continue;
            }
            let resource = format!("Observation/{}", aside.id);
            let mut excluded = self.accepted.excluded().iter();
            let mut findings = self.accepted.findings().iter();
            let seen = excluded
                .find(|excluded| *excluded.id == *aside.id)
                .map(|excluded| excluded.kind.id())
                .or_else(|| findings.find(|f| f.resource == resource).map(|f| f.kind.id()))
                .or_else(|| {
                    let implausible = self
                        .readings()
                        .find(|r| r.is_implausible() && *r.id == *aside.id)?;
                    differences.check(&aside.id, Some(implausible.values.text()), aside.value.clone());
                    Some(ExclusionKind::Implausible.id())
                });
            differences.check(&aside.id, seen, Some(reason.as_str()));
        }
    }
}

/// Remarks on a reading that is shown all the same.
fn remarks(point: &Point) -> Vec<&'static str> {
    let found = [
        (point.overlap, FindingKind::LimitOverlap),
        (point.disagrees.is_some(), FindingKind::InterpretationDisagrees),
        (point.reading.is_implausible(), FindingKind::Implausible),
    ];
    let found = found
        .iter()
        .filter(|(there, _)| *there)
        .map(|(_, kind)| kind.id());
    point
        .reading
        .remarks
        .iter()
        .map(|kind| kind.id())
        .chain(found)
        .collect()
}

/// One reading as shown.
#[derive(Debug, PartialEq)]
struct Line {
    time: String,
    value: String,
    unit: String,
    zone: String,
    status: String,
    remarks: Vec<String>,
}

fn line(point: &Point) -> Line {
    let reading = &point.reading;
    let mut remarks: Vec<String> = remarks(point).into_iter().map(str::to_owned).collect();
    remarks.sort();
    Line {
        time: reading.time.text().to_owned(),
        value: reading.values.text(),
        unit: reading.unit().to_owned(),
        zone: point.zone.id().to_owned(),
        status: reading.status.id().to_owned(),
        remarks,
    }
}

impl Line {
    /// With the time as the author first names it, where he allows two.
    fn with_time_of(mut self, expected: Option<&ReadingExpected>) -> Self {
        if let Some(expected) = expected.filter(|e| e.or_time.as_ref() == Some(&self.time)) {
            self.time.clone_from(&expected.time);
        }
        self
    }

    fn expected(reading: &ReadingExpected) -> Self {
        let comparator = match reading.comparator.as_deref() {
            None => "",
            Some("<=") => "≤",
            Some(">=") => "≥",
            Some(other) => other,
        };
        let mut remarks: Vec<String> = reading.notes.iter().map(name).collect();
        remarks.sort();
        Self {
            time: reading.time.clone(),
            value: format!("{comparator}{}", reading.value),
            unit: reading.unit.clone(),
            zone: name(reading.zone),
            status: reading.status.clone(),
            remarks,
        }
    }
}

#[test]
fn every_case_is_read_as_its_author_expects() {
    let mut differences = Differences::default();
    for (seed, until) in [(1, date(2026, 11, 22)), (2, date(2026, 4, 10))] {
        for case in fhir_fixtures::generate(seed, until) {
            differences.of(&case, &see(&case), &case.expected);
        }
    }
    assert!(differences.0.is_empty(), "{}", differences.0.join("\n"));
}

#[test]
fn readings_of_several_sources_are_one_patients_each_once() {
    let mut differences = Differences::default();
    let mut places = 0;
    for (seed, until) in [(1, date(2026, 11, 22)), (2, date(2026, 4, 10))] {
        for case in fhir_fixtures::generate(seed, until) {
            if let Some(together) = &case.together {
                places += case.elsewhere.len();
                differences.of(&case, &see_together(&case, together), together);
            }
        }
    }
    assert!(differences.0.is_empty(), "{}", differences.0.join("\n"));
    assert_eq!(places, 6);
}
