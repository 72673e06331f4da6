//! From the text of Bundles to trends, as the viewer goes, for the tests of what is shown.

#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "helpers of several tests, which they may fail"
)]

use chart_model::accept::latest;
use chart_model::time::DAY_MS;
use chart_model::{
    Accepted, ClinicalTime, Known, Parameter, Period, PlanSummary, Point, Series, oslo, series,
};
use fhir_read::{Reader, read_plan};
use serde_json::{Value, json};

pub(crate) const V3: &str = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";

pub(crate) fn instant(text: &str) -> i64 {
    ClinicalTime::parse(text).unwrap().start_ms()
}

/// The moment at which everything is fetched.
pub(crate) fn now() -> i64 {
    instant("2026-11-22T09:14:00+01:00")
}

pub(crate) fn code(system: &str, code: &str) -> Value {
    json!({ "coding": [{ "system": system, "code": code }] })
}

pub(crate) fn loinc(number: &str) -> Value {
    code("http://loinc.org", number)
}

/// A final SpO₂ reading with `changes` made to it; `null` removes a field.
pub(crate) fn reading(id: &str, time: &str, value: f64, changes: Value) -> Value {
    let mut observation = json!({
        "resourceType": "Observation", "id": id, "status": "final", "code": loinc("2708-6"),
        "subject": { "reference": "Patient/7" }, "effectiveDateTime": time,
        "valueQuantity": { "value": value, "unit": "%", "code": "%", "system": "http://unitsofmeasure.org" },
    });
    for (field, value) in changes.as_object().unwrap() {
        observation[field] = value.clone();
    }
    observation
}

pub(crate) fn quantity(value: &str, unit: &str) -> Value {
    let value: Value = serde_json::from_str(value).unwrap();
    json!({ "value": value, "unit": unit })
}

/// A range with a type of HL7's (empty: none); an empty bound is open.
pub(crate) fn range(kind: &str, low: &str, high: &str, unit: &str) -> Value {
    let mut range = json!({});
    for (end, bound) in [("low", low), ("high", high)] {
        if !bound.is_empty() {
            range[end] = quantity(bound, unit);
        }
    }
    if !kind.is_empty() {
        range["type"] = code(V3, kind);
    }
    range
}

/// An active plan with one goal, whose targets are `(type, low, high)` of SpO₂.
pub(crate) fn plan(version: &str, updated: &str, targets: &[(&str, &str, &str)]) -> Vec<Value> {
    let targets = targets.iter().map(|(kind, low, high)| {
        json!({
            "measure": loinc("2708-6"), "detailRange": range("", low, high, "%"),
            "extension": [{ "url": "https://dho-viewer.example/fhir/StructureDefinition/limit-zone",
                "valueCodeableConcept": code(V3, kind) }],
        })
    });
    vec![
        json!({ "resourceType": "CarePlan", "id": "p", "status": "active", "goal": [{ "reference": "Goal/g" }] }),
        json!({ "resourceType": "Goal", "id": "g", "lifecycleStatus": "active",
            "meta": { "versionId": version, "lastUpdated": updated },
            "expressedBy": { "display": "Sol Legesen" }, "target": targets.collect::<Value>() }),
    ]
}

pub(crate) fn bundle(kind: &str, resources: &[Value]) -> String {
    let entries: Vec<Value> = resources.iter().map(|r| json!({ "resource": r })).collect();
    json!({ "resourceType": "Bundle", "type": kind, "entry": entries }).to_string()
}

/// What is known after everything was read.
pub(crate) struct Seen {
    pub(crate) accepted: Accepted,
    pub(crate) plan: Option<PlanSummary>,
    pub(crate) entries: usize,
}

/// Reads the answers of one patient's servers, each its own source.
pub(crate) fn see_pages(pages: &[String]) -> Seen {
    let mut accepted = Accepted::default();
    let mut entries = 0;
    for (index, page) in pages.iter().enumerate() {
        let page = Reader::new("7", &format!("source {index}"))
            .observations(page.as_bytes())
            .unwrap();
        entries += page.entries;
        accepted.add(page.readings, page.excluded, page.findings, now());
    }
    let replacing = accepted
        .findings()
        .iter()
        .filter(|f| f.kind.replaces_reading())
        .count();
    assert_eq!(entries, accepted.count() + accepted.excluded().len() + replacing);
    let pages: Vec<&[u8]> = pages.iter().map(String::as_bytes).collect();
    let plan = read_plan(&pages, "7").unwrap().plan;
    Seen {
        accepted,
        plan,
        entries,
    }
}

pub(crate) fn see(resources: &[Value]) -> Seen {
    see_pages(&[bundle("searchset", resources)])
}

impl Seen {
    pub(crate) fn series(&self, known: Known) -> Series {
        self.series_in(known, Period::last_days(90, now()))
    }

    pub(crate) fn series_in(&self, known: Known, period: Period) -> Series {
        let parameter = known.into();
        let readings = self.accepted.of(&parameter);
        Series::build(
            &parameter,
            &readings,
            self.accepted.excluded(),
            self.plan.as_ref(),
            period,
        )
    }

    /// The newest reading of a parameter that can be right, as it stands in its row.
    pub(crate) fn latest(&self, parameter: &Parameter) -> Option<Point> {
        let readings = self.accepted.of(parameter);
        let history = self.plan.as_ref().and_then(|plan| plan.history(parameter));
        latest(&readings).map(|reading| series::assess(reading, history))
    }

    pub(crate) fn findings(&self) -> Vec<&'static str> {
        self.accepted
            .findings()
            .iter()
            .map(|finding| finding.kind.id())
            .collect()
    }

    pub(crate) fn excluded(&self) -> Vec<&'static str> {
        self.accepted
            .excluded()
            .iter()
            .map(|excluded| excluded.kind.id())
            .collect()
    }

    /// All readings as `parameter value unit zone`, with remarks, by parameter and time.
    pub(crate) fn lines(&self) -> Vec<String> {
        let readings = self.accepted.readings();
        let points = readings.iter().flat_map(|(parameter, readings)| {
            let history = self.plan.as_ref().and_then(|plan| plan.history(parameter));
            readings
                .iter()
                .map(move |reading| series::assess(reading, history))
                .collect::<Vec<_>>()
        });
        points.map(|point| line(&point)).collect()
    }
}

/// `spo2 91 % green`, with remarks behind.
pub(crate) fn line(point: &Point) -> String {
    let reading = &point.reading;
    let remarks = point
        .remarks()
        .iter()
        .map(|kind| format!(" {}", kind.id()))
        .collect::<String>();
    let (parameter, value) = (reading.parameter.id(), reading.values.text());
    format!(
        "{parameter} {value} {} {}{remarks}",
        reading.unit(),
        point.zone.id()
    )
}

/// Zones of a series, oldest first.
pub(crate) fn zones(series: &Series) -> Vec<&'static str> {
    series.points.iter().map(|point| point.zone.id()).collect()
}

pub(crate) fn day(days_ago: i64) -> String {
    oslo::to_fhir(now() - days_ago * DAY_MS)
}

pub(crate) const AT: &str = "2026-11-20T08:00:00+01:00";

/// One Observation with `changes`, to its lines; what is no reading comes as `excluded …` or `finding …`.
pub(crate) fn shown(changes: Value) -> Vec<String> {
    let seen = see(&[reading("1", AT, 91.0, changes)]);
    let excluded = seen.excluded().into_iter().map(|kind| format!("excluded {kind}"));
    let findings = seen.findings().into_iter().map(|kind| format!("finding {kind}"));
    seen.lines().into_iter().chain(excluded).chain(findings).collect()
}

#[track_caller]
pub(crate) fn check(changes: Value, expected: &str) {
    let said = changes.to_string();
    assert_eq!(shown(changes), [expected], "{said}");
}
