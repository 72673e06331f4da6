//! What other viewers get wrong, one test for each of their mistakes, each from the text of a Bundle to the trend.

#![allow(clippy::unwrap_used, reason = "helpers of a test may fail it")]

mod common;

use chart_model::time::DAY_MS;
use chart_model::{Basis, Known, Status, oslo};
use common::*;
use fhir_read::Reader;
use serde_json::{Value, json};

#[test]
fn all_readings_are_kept_and_not_the_ten_newest() {
    let readings: Vec<Value> = (1..=85)
        .map(|days| reading(&days.to_string(), &day(days), 91.0, json!({})))
        .collect();
    assert_eq!(see(&readings).series(Known::Spo2).points.len(), 85);
}

#[test]
fn readings_lie_where_their_dates_are_and_not_evenly_spaced() {
    let seen = see(&[1, 2, 30].map(|days| reading(&days.to_string(), &day(days), 91.0, json!({}))));
    let times: Vec<i64> = seen
        .series(Known::Spo2)
        .points
        .iter()
        .map(|p| p.reading.time.axis_ms())
        .collect();
    assert_eq!((times[2] - times[1], times[1] - times[0]), (DAY_MS, 28 * DAY_MS));
}

#[test]
fn issued_is_never_shown_for_effective() {
    let issued = json!({ "issued": "2026-11-21T08:00:00+01:00" });
    let seen = see(&[reading("1", "2026-11-20T08:00:00+01:00", 91.0, issued.clone())]);
    let point = seen.latest(&Known::Spo2.into()).unwrap();
    assert_eq!(point.reading.time.text(), "2026-11-20T08:00:00+01:00");
    let mut without = reading("1", "", 91.0, issued);
    without["effectiveDateTime"] = json!(null);
    assert_eq!(see(&[without]).findings(), ["missing-time"]);
}

#[test]
fn a_zero_is_a_value() {
    let steps = json!({ "code": loinc("41950-7"), "valueQuantity": { "value": 0, "unit": "/d" } });
    let score = json!({ "code": { "coding": [{ "system": "http://loinc.org", "code": "74465-6" }], "text": "CAT" },
        "valueQuantity": null, "valueInteger": 0 });
    let seen = see(&[
        reading("1", &day(1), 0.0, steps),
        reading("2", &day(1), 0.0, score),
    ]);
    assert_eq!(seen.lines(), ["cat 0 {score} no-limit", "steps 0 /d no-limit"]);
    assert_eq!(seen.series(Known::Steps).points.len(), 1);
}

#[test]
fn limits_are_converted_as_the_values_are() {
    let in_mg = json!({ "code": loinc("2339-0"), "valueQuantity": quantity("100", "mg/dL"),
        "referenceRange": [range("N", "70", "180", "mg/dL"), range("H", "10.1", "", "mmol/L")] });
    let in_mmol = json!({ "code": loinc("15074-8"), "valueQuantity": quantity("10.1", "mmol/L"),
        "referenceRange": [range("N", "70", "180", "mg/dL"), range("H", "181", "", "mg/dL")] });
    let seen = see(&[
        reading("1", &day(2), 0.0, in_mg),
        reading("2", &day(1), 0.0, in_mmol),
    ]);
    // 181 mg/dL is 10.05 and so 10.0, rounded as a value would be: the ranges meet at 10.0.
    assert_eq!(
        seen.lines(),
        ["glucose 5.6 mmol/L green", "glucose 10.1 mmol/L yellow-high"]
    );
}

#[test]
fn kilograms_are_never_written_over_pounds() {
    let pounds = json!({ "code": loinc("29463-7"), "valueQuantity": quantity("185.6", "[lb_av]") });
    let unknown = json!({ "code": loinc("29463-7"), "valueQuantity": quantity("13.25", "stone") });
    let seen = see(&[
        reading("1", &day(2), 0.0, pounds),
        reading("2", &day(1), 0.0, unknown),
    ]);
    assert_eq!(
        seen.lines(),
        [
            "weight 84.2 kg no-limit",
            "weight 13.25 stone unknown unknown-unit"
        ]
    );
    let series = seen.series(Known::Weight);
    assert_eq!(
        (series.points.len(), series.drawn(), series.value_range()),
        (2, 1, Some((84.2, 84.2)))
    );
}

#[test]
fn the_digits_shown_are_the_ones_that_are_classed() {
    let limits = json!({ "referenceRange": [range("N", "88", "", "%"), range("L", "", "87", "%")] });
    let values = [87.4, 87.5, 88.0].map(|value| reading(&value.to_string(), &day(1), value, limits.clone()));
    let mut lines = see(&values).lines();
    lines.sort();
    assert_eq!(
        lines,
        ["spo2 87 % yellow-low", "spo2 88 % green", "spo2 88 % green"]
    );
    // A limit between two digits is rounded like a value: 87.5 is 88.
    let limits = json!({ "referenceRange": [range("N", "87.5", "", "%")] });
    assert_eq!(
        see(&[reading("1", &day(1), 87.6, limits)]).lines(),
        ["spo2 88 % green"]
    );
}

#[test]
fn old_points_are_not_coloured_by_todays_limit() {
    let mut resources = plan(
        "2",
        "2026-11-01T08:00:00Z",
        &[("N", "92", "100"), ("L", "0", "91")],
    );
    let then = json!({ "referenceRange": [range("N", "88", "100", "%")] });
    resources.push(reading("own", "2026-10-20T08:00:00+02:00", 90.0, then));
    resources.push(reading("none", "2026-10-21T08:00:00+02:00", 90.0, json!({})));
    resources.push(reading("new", "2026-11-02T08:00:00+01:00", 90.0, json!({})));
    let seen = see(&resources);
    assert_eq!(
        zones(&seen.series(Known::Spo2)),
        ["green", "unknown", "yellow-low"]
    );
    // With the history of the goal the reading between has a colour, the one of its own time.
    let first = plan("1", "2026-09-01T08:00:00Z", &[("N", "85", "100")]).remove(1);
    let history = bundle("history", &[resources[1].clone(), first]);
    let seen = see_pages(&[bundle("searchset", &resources), history]);
    let series = seen.series(Known::Spo2);
    assert_eq!(zones(&series), ["green", "green", "yellow-low"]);
    let Basis::Plan(era) = &series.points[1].why.basis else {
        unreachable!("the plan's: {:?}", series.points[1].why)
    };
    assert_eq!(
        (era.from, era.author.as_deref()),
        (instant("2026-09-01T08:00:00Z"), Some("Sol Legesen"))
    );
}

#[test]
fn half_of_one_limit_set_is_never_merged_with_half_of_another() {
    let mut resources = plan(
        "1",
        "2026-09-01T08:00:00Z",
        &[("N", "88", "100"), ("LL", "0", "87")],
    );
    let own = json!({ "referenceRange": [range("N", "92", "100", "%")] });
    resources.push(reading("1", &day(1), 85.0, own));
    // Its own set does not cover 85; the plan's red is of another set.
    assert_eq!(zones(&see(&resources).series(Known::Spo2)), ["unknown"]);
}

#[test]
fn no_limit_is_not_normal() {
    let standard = json!({ "referenceRange": [range("", "94", "100", "%")] });
    let seen = see(&[
        reading("1", &day(2), 97.0, json!({})),
        reading("2", &day(1), 97.0, standard),
    ]);
    let series = seen.series(Known::Spo2);
    assert_eq!(zones(&series), ["no-limit", "no-limit"]);
    assert_eq!(
        (&series.points[0].why.basis, &series.points[1].why.basis),
        (&Basis::None, &Basis::Standard)
    );
}

#[test]
fn every_parameter_has_its_limits() {
    for known in Known::ALL
        .into_iter()
        .filter(|known| *known != Known::BloodPressure)
    {
        let spec = known.spec();
        let (system, number) = spec.codes[0];
        let low = spec.numbers[0].plausible.0.to_string();
        let code = json!({ "coding": [{ "system": system, "code": number }], "text": "CAT" });
        let changes = json!({ "code": code, "valueQuantity": quantity(&low, spec.unit),
            "referenceRange": [range("LL", "", &low, spec.unit)] });
        let seen = see(&[reading("1", &day(1), 0.0, changes)]);
        assert_eq!(zones(&seen.series(known)), ["red-low"], "{}", spec.id);
    }
    let part = |number: &str, value: &str, high: &str| {
        json!({ "code": loinc(number), "valueQuantity": quantity(value, "mm[Hg]"),
            "referenceRange": [range("N", "50", high, "mm[Hg]"), range("HH", high, "", "mm[Hg]")] })
    };
    let changes = json!({ "code": loinc("85354-9"), "valueQuantity": null,
        "component": [part("8480-6", "132", "140"), part("8462-4", "95", "90")] });
    let series = see(&[reading("1", &day(1), 0.0, changes)]).series(Known::BloodPressure);
    assert_eq!(zones(&series), ["red-high"]);
    assert_eq!(series.points[0].why.number, 1, "the diastolic decides");
}

#[test]
fn the_line_is_broken_over_missing_weeks() {
    let days = [40, 39, 38, 37, 16, 15, 14];
    let seen = see(&days.map(|days| reading(&days.to_string(), &day(days), 91.0, json!({}))));
    let gaps = seen.series(Known::Spo2).gaps;
    assert_eq!(
        gaps.iter()
            .map(|gap| (gap.to - gap.from) / DAY_MS)
            .collect::<Vec<_>>(),
        [21]
    );
}

#[test]
fn retracted_readings_are_counted_and_not_drawn() {
    let seen = see(&["entered-in-error", "cancelled", "final"]
        .map(|status| reading(status, &day(1), 91.0, json!({ "status": status }))));
    let series = seen.series(Known::Spo2);
    assert_eq!((series.points.len(), series.excluded.len()), (1, 2));
    assert_eq!(seen.excluded(), ["entered-in-error", "cancelled"]);
}

#[test]
fn preliminary_and_registered_readings_are_shown_as_such() {
    let statuses = ["preliminary", "registered", "amended", "corrected"];
    let seen = see(&statuses.map(|status| reading(status, &day(1), 91.0, json!({ "status": status }))));
    let mut shown: Vec<Status> = seen
        .series(Known::Spo2)
        .points
        .iter()
        .map(|p| p.reading.status)
        .collect();
    shown.sort_by_key(|status| status.id());
    assert_eq!(
        shown,
        [
            Status::Amended,
            Status::Corrected,
            Status::Preliminary,
            Status::Registered
        ]
    );
}

#[test]
fn distinct_readings_of_one_minute_stay_distinct() {
    let device = |id: &str| json!({ "device": { "reference": format!("Device/{id}") } });
    let at = "2026-11-21T08:12:00+01:00";
    let seen = see(&[
        reading("1", at, 91.0, device("a")),
        reading("2", at, 91.0, device("b")),
        reading("3", at, 92.0, device("a")),
        reading("4", at, 91.0, json!({})),
        reading("5", at, 91.0, json!({})),
    ]);
    assert_eq!(seen.series(Known::Spo2).points.len(), 5);
    assert!(seen.excluded().is_empty());
}

#[test]
fn the_same_reading_from_two_systems_is_shown_once_with_both_named() {
    let numbered = json!({ "identifier": [{ "system": "urn:x", "value": "17" }] });
    let one = bundle(
        "searchset",
        &[
            reading("1", "2026-11-21T07:12:00Z", 91.0, json!({})),
            reading("2", "2026-11-20T07:12:00Z", 91.0, numbered.clone()),
        ],
    );
    let other = bundle(
        "searchset",
        &[
            reading("a", "2026-11-21T08:12:00+01:00", 91.0, json!({})),
            reading("b", "2026-11-20T08:12:00+01:00", 91.0, numbered),
        ],
    );
    let seen = see_pages(&[one, other]);
    let series = seen.series(Known::Spo2);
    assert_eq!(
        (series.points.len(), seen.excluded()),
        (2, vec!["duplicate", "duplicate"])
    );
    // An identifier's system says where a reading comes from before the host does.
    assert_eq!(series.points[1].reading.sources.len(), 2);
}

#[test]
fn another_patients_reading_is_refused() {
    let other = json!({ "subject": { "reference": "Patient/70" } });
    let seen = see(&[
        reading("1", &day(1), 91.0, other),
        reading("2", &day(1), 92.0, json!({})),
    ]);
    assert_eq!(
        (seen.lines(), seen.findings()),
        (vec!["spo2 92 % no-limit".to_owned()], vec!["other-patient"])
    );
}

#[test]
fn a_fetch_that_failed_is_no_empty_list() {
    let read = |text: &str| Reader::new("7", "host").observations(text.as_bytes());
    assert!(
        read(r#"{"resourceType":"Bundle","type":"searchset"}"#)
            .unwrap()
            .readings
            .is_empty()
    );
    for failed in [
        "",
        "<html>",
        r#"{"resourceType":"OperationOutcome"}"#,
        r#"{"resourceType":"Patient"}"#,
    ] {
        assert!(read(failed).is_err(), "{failed}");
    }
    let cut = r#"{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Obs"#;
    assert!(read(cut).is_ok_and(|page| page.findings[0].kind.id() == "broken-bundle"));
}

#[test]
fn a_reading_stands_on_its_day_in_oslo() {
    let seen = see(&[
        reading("before", "2026-08-23T21:59:59Z", 91.0, json!({})),
        reading("first", "2026-08-23T22:00:00Z", 91.0, json!({})),
        reading("late", "2026-11-20T23:30:00Z", 91.0, json!({})),
        reading("new york", "2026-11-20T20:00:00-05:00", 91.0, json!({})),
    ]);
    let series = seen.series(Known::Spo2);
    let days: Vec<u8> = series
        .points
        .iter()
        .map(|p| p.reading.time.oslo_date().day)
        .collect();
    assert_eq!(days, [24, 21, 21]);
}

#[test]
fn a_reading_without_a_clock_time_is_given_none() {
    let seen = see(&[
        reading("day", "2026-11-20", 91.0, json!({})),
        reading("morning", "2026-11-20T08:00:00+01:00", 92.0, json!({})),
        reading("month", "2026-10", 93.0, json!({})),
        reading("evening", "2026-11-20T20:00:00+01:00", 94.0, json!({})),
    ]);
    let series = seen.series(Known::Spo2);
    let seen: Vec<(&str, bool)> = series
        .points
        .iter()
        .map(|p| (&*p.reading.id, p.reading.time.has_clock()))
        .collect();
    assert_eq!(
        seen,
        [
            ("month", false),
            ("morning", true),
            ("day", false),
            ("evening", true)
        ]
    );
    assert_eq!(oslo::civil(series.points[2].reading.time.axis_ms()).hour, 12);
    assert_eq!(series.points[2].reading.time.text(), "2026-11-20");
}
