//! The patients of tests with a stopped clock: some of the fixtures, and what no fixture has.

use jiff::Span;
use jiff::civil::date;
use serde_json::{Value, json};

/// Fixtures that are quick to load.
pub(crate) const FROM_FIXTURES: [&str; 5] = [
    "kols",
    "heart-failure",
    "single-no-limits",
    "messy",
    "no-monitoring",
];

/// Id and Bundle of each patient that is not a fixture.
pub(crate) fn bundles() -> [(&'static str, Value); 3] {
    [
        ("long-ago", long_ago()),
        ("long-series", long_series()),
        ("markup", markup()),
    ]
}

/// Followed up, but without a reading since 2 May.
fn long_ago() -> Value {
    bundle(&[
        person("long-ago", "Liv", "Enstad", "1949-02-28"),
        followed_up("long-ago"),
        reading("long-ago", 1, WEIGHT, json!(81.9), "2026-04-30T07:40:00+02:00"),
        reading("long-ago", 2, WEIGHT, json!(82.4), "2026-05-02T07:35:00+02:00"),
    ])
}

/// Three readings a day for 420 days until yesterday: more than one answer holds, and one answer reaches further back
/// than 90 days, but not a year.
fn long_series() -> Value {
    let today = date(2026, 11, 22);
    let readings = (1..=420).rev().flat_map(|days| {
        let day = today.saturating_sub(Span::new().days(days));
        [8, 14, 20].map(|hour| {
            let time = format!("{day}T{hour:02}:00:00Z");
            reading(
                "long-series",
                days * 24 + hour,
                PULSE,
                json!(60 + (days + hour) % 20),
                &time,
            )
        })
    });
    let patient = [
        person("long-series", "Mange", "Målinger", "1950-01-31"),
        followed_up("long-series"),
    ];
    bundle(&patient.into_iter().chain(readings).collect::<Vec<_>>())
}

/// Names and words that would be markup or nonsense, if they were put into a page carelessly.
fn markup() -> Value {
    bundle(&[
        person(
            "markup",
            "<b>Ola</b> & «Co»",
            "Et svært langt etternavn som ikke får plass på én linje",
            "1960",
        ),
        followed_up("markup"),
        json!({
            "resourceType": "Observation", "id": "markup-1", "status": "final",
            "code": {
                "coding": [{ "system": "https://eksempel.no/koder", "code": "<i>x</i>" }],
                "text": "<script>alert(1)</script> Selvvurdert form på en skala med et langt navn",
            },
            "subject": { "reference": "Patient/markup" },
            "effectiveDateTime": "2026-11-20",
            "valueQuantity": { "value": 3, "unit": "{score}", "system": "http://unitsofmeasure.org", "code": "{score}" },
        }),
    ])
}

/// LOINC code and unit.
type Measured = (&'static str, &'static str);
const WEIGHT: Measured = ("29463-7", "kg");
const PULSE: Measured = ("8867-4", "/min");

fn reading(patient: &str, number: i64, (code, unit): Measured, value: Value, time: &str) -> Value {
    json!({
        "resourceType": "Observation", "id": format!("{patient}-{number}"), "status": "final",
        "code": { "coding": [{ "system": "http://loinc.org", "code": code }] },
        "subject": { "reference": format!("Patient/{patient}") },
        "effectiveDateTime": time,
        "valueQuantity": { "value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit },
    })
}

fn person(id: &str, given: &str, family: &str, born: &str) -> Value {
    json!({
        "resourceType": "Patient", "id": id, "birthDate": born,
        "name": [{ "use": "official", "family": family, "given": [given], "text": format!("{given} {family}") }],
    })
}

fn followed_up(id: &str) -> Value {
    json!({
        "resourceType": "EpisodeOfCare", "id": format!("{id}-episode"), "status": "active",
        "patient": { "reference": format!("Patient/{id}") },
        "period": { "start": "2026-03-01" },
    })
}

fn bundle(resources: &[Value]) -> Value {
    let entries: Vec<Value> = resources.iter().map(|it| json!({ "resource": it })).collect();
    json!({ "resourceType": "Bundle", "type": "collection", "entry": entries })
}
