//! The rules of the chart that can be told without a screen, each from the text of a Bundle to the trend.

#![allow(clippy::unwrap_used, reason = "helpers of a test may fail it")]

mod common;

use chart_model::series::numbers;
use chart_model::time::DAY_MS;
use chart_model::{Known, Method, oslo};
use common::*;
use serde_json::json;

#[test]
fn days_of_the_clock_changes_are_days() {
    // 29 March has 23 hours, 25 October 25; 02:30 comes twice in October.
    let october = see(&[
        reading("1", "2026-10-25T02:30:00+02:00", 91.0, json!({})),
        reading("2", "2026-10-25T02:30:00+01:00", 92.0, json!({})),
        reading("3", "2026-10-25", 93.0, json!({})),
    ]);
    let series = october.series(Known::Spo2);
    assert_eq!((series.points.len(), series.days_with_readings()), (3, 1));
    let times: Vec<i64> = series.points.iter().map(|p| p.reading.time.axis_ms()).collect();
    assert_eq!(times[1] - times[0], DAY_MS / 24);
    assert_eq!(oslo::to_fhir(times[2]), "2026-10-25T12:00:00+01:00");
    let march = see(&[
        reading("1", "2026-03-29T00:30:00+01:00", 91.0, json!({})),
        reading("2", "2026-03-29T23:30:00+02:00", 92.0, json!({})),
    ]);
    let period = chart_model::Period {
        from: instant("2026-03-29"),
        to: instant("2026-03-30") - 1,
    };
    let series = march.series_in(Known::Spo2, period);
    assert_eq!(
        (
            series.points.len(),
            series.days_with_readings(),
            period.calendar_days()
        ),
        (2, 1, 1)
    );
}

#[test]
fn a_future_reading_is_a_finding_and_never_the_latest() {
    let seen = see(&[
        reading("1", "2026-11-22T09:20:00+01:00", 91.0, json!({})),
        reading("2", "2026-11-23", 91.0, json!({})),
        reading("3", "2026-11-22T09:18:00+01:00", 92.0, json!({})),
        reading("4", "2026-11-22", 93.0, json!({})),
    ]);
    assert_eq!(seen.findings(), ["future-reading", "future-reading"]);
    assert_eq!(seen.series(Known::Spo2).points.len(), 2);
}

#[test]
fn an_implausible_value_is_off_axis_summary_and_latest_and_still_there() {
    let seen = see(&[
        reading("1", &day(2), 91.0, json!({})),
        reading("2", &day(1), 9.0, json!({})),
    ]);
    let series = seen.series(Known::Spo2);
    assert_eq!(
        (
            series.points.len(),
            series.implausible.len(),
            series.value_range()
        ),
        (1, 1, Some((91.0, 91.0)))
    );
    assert_eq!(&*seen.latest(&Known::Spo2.into()).unwrap().reading.id, "1");
}

#[test]
fn bands_are_stepped_where_limits_changed_and_the_axis_holds_them_all() {
    let limits = |low: &str| json!({ "referenceRange": [range("N", low, "", "%")] });
    let seen = see(&[
        reading("1", &day(60), 91.0, limits("85")),
        reading("2", &day(40), 91.0, limits("85")),
        reading("3", &day(20), 91.0, limits("94")),
    ]);
    let series = seen.series(Known::Spo2);
    let steps: Vec<_> = series.steps.iter().map(|step| (step.from, step.to)).collect();
    let at = |days| instant(&day(days));
    assert_eq!(steps, [(at(60), at(20)), (at(20), now())]);
    assert_eq!(series.value_range(), Some((85.0, 94.0)));
}

#[test]
fn standard_and_personal_limits_are_told_apart() {
    let seen = see(&[
        reading(
            "1",
            &day(2),
            91.0,
            json!({ "referenceRange": [range("", "94", "", "%")] }),
        ),
        reading(
            "2",
            &day(1),
            91.0,
            json!({ "referenceRange": [range("N", "88", "", "%")] }),
        ),
    ]);
    let personal: Vec<bool> = seen
        .series(Known::Spo2)
        .steps
        .iter()
        .map(|s| s.sets[0].as_ref().unwrap().is_personal())
        .collect();
    assert_eq!(personal, [false, true]);
}

#[test]
fn the_planned_interval_breaks_the_line_before_the_median_does() {
    let mut resources = vec![
        json!({ "resourceType": "CarePlan", "id": "p", "status": "active", "activity": [{
        "detail": { "code": loinc("2708-6"), "status": "in-progress",
            "scheduledTiming": { "repeat": { "frequency": 1, "period": 1, "periodUnit": "d" } } } }] }),
    ];
    resources.extend([9, 8, 7, 5, 4].map(|days| reading(&days.to_string(), &day(days), 91.0, json!({}))));
    assert_eq!(see(&resources).series(Known::Spo2).gaps.len(), 1);
    assert_eq!(see(&resources[1..]).series(Known::Spo2).gaps.len(), 0);
}

#[test]
fn coverage_counts_readings_and_days() {
    let seen = see(&[
        "2026-11-20T08:00:00+01:00",
        "2026-11-20T20:00:00+01:00",
        "2026-11-21",
    ]
    .map(|time| reading(time, time, 91.0, json!({}))));
    let series = seen.series(Known::Spo2);
    assert_eq!((series.points.len(), series.days_with_readings()), (3, 2));
}

#[test]
fn apparatus_and_hand_are_told_apart() {
    let device = json!({ "device": { "reference": "Device/1" } });
    let hand = json!({ "performer": [{ "reference": "Patient/7" }] });
    let seen = see(&[
        reading("1", &day(2), 91.0, device),
        reading("2", &day(1), 91.0, hand),
    ]);
    let methods: Vec<Method> = seen
        .series(Known::Spo2)
        .points
        .iter()
        .map(|p| p.reading.method)
        .collect();
    assert_eq!(methods, [Method::Device, Method::Manual]);
}

#[test]
fn a_pair_is_one_reading_with_two_numbers() {
    let part = |number: &str, value: &str| json!({ "code": loinc(number), "valueQuantity": quantity(value, "mmHg") });
    let changes = json!({ "code": loinc("85354-9"), "valueQuantity": null,
        "component": [part("8462-4", "84"), part("8480-6", "132")] });
    let series = see(&[reading("1", &day(1), 0.0, changes)]).series(Known::BloodPressure);
    assert_eq!(numbers(&series.points[0].reading), [Some(132.0), Some(84.0)]);
}
