//! Valid Observations read by these crates and by an independent FHIR model: value, unit and time
//! agree. Only the model's data types are used: its Observation pulls in every resource there is
//! (`contained`), and minutes of compiling with them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of a test may fail it")]

use chart_model::reading::Quantity;
use chart_model::time::Date;
use chart_model::{ClinicalTime, Decimal, Known, Parameter, Reading, Values, units};
use fhir_model::r4b::types;
use fhir_model::{Date as ModelDate, DateTime, Instant};
use fhir_read::Reader;
use jiff::civil::date;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Readings of each case that are compared; a year of continuous glucose repeats itself.
const COMPARED: usize = 2000;

#[test]
fn agrees_with_an_independent_model() {
    let mut compared = 0;
    for case in fhir_fixtures::generate(3, date(2026, 11, 22)) {
        let valid = |resource: &Value| {
            let id = resource["id"].as_str().unwrap_or_default().to_owned();
            resource["resourceType"] == "Observation" && !case.expected.invalid_r4.contains(&id)
        };
        for resource in case.resources().filter(valid).take(COMPARED) {
            let bundle = json!({ "resourceType": "Bundle", "entry": [{ "resource": resource }] }).to_string();
            let page = Reader::new(case.id, "host")
                .observations(bundle.as_bytes())
                .unwrap();
            for reading in &page.readings {
                check_time(reading, &resource);
                check_values(reading, &resource);
                compared += 1;
            }
        }
    }
    assert!(compared > COMPARED);
}

/// A field as the model reads it; `None` if it is not there.
fn field<T: DeserializeOwned>(resource: &Value, name: &str) -> Option<T> {
    let value = resource.get(name)?;
    Some(serde_json::from_value(value.clone()).unwrap())
}

fn check_time(reading: &Reading, resource: &Value) {
    let period = |end: &str| field::<DateTime>(&resource["effectivePeriod"], end);
    let instant = || field::<Instant>(resource, "effectiveInstant").map(DateTime::DateTime);
    let time = field::<DateTime>(resource, "effectiveDateTime")
        .or_else(instant)
        .or_else(|| period("start"))
        .or_else(|| period("end"));
    match time.unwrap() {
        DateTime::DateTime(instant) => {
            let ms = instant.0.unix_timestamp_nanos() / 1_000_000;
            assert_eq!(i128::from(reading.time.start_ms()), ms, "{}", reading.id);
            assert!(reading.time.has_clock());
        }
        DateTime::Date(day) => check_date(&reading.time, &day),
    }
}

fn check_date(time: &ClinicalTime, day: &ModelDate) {
    let (year, month, day) = match day {
        ModelDate::Year(year) => (*year, 1, 1),
        ModelDate::YearMonth(year, month) => (*year, u8::from(*month), 1),
        ModelDate::Date(date) => (date.year(), u8::from(date.month()), date.day()),
    };
    assert!(!time.has_clock());
    assert_eq!(time.oslo_date(), Date { year, month, day });
}

fn check_values(reading: &Reading, resource: &Value) {
    match &reading.values {
        Values::Single(seen) => match field::<types::Quantity>(resource, "valueQuantity") {
            Some(sent) => check_quantity(reading, &seen.quantity, &sent),
            None => {
                let sent = Decimal::new(resource["valueInteger"].as_i64().unwrap(), 0);
                assert_eq!(seen.quantity.shown, sent, "{}", reading.id);
            }
        },
        Values::Pair { systolic, diastolic } => {
            for component in resource["component"].as_array().unwrap() {
                let code: types::CodeableConcept = field(component, "code").unwrap();
                let coding = code.coding.first().and_then(Option::as_ref).unwrap();
                let system = coding.system.as_deref().unwrap_or_default();
                let part = Known::blood_pressure_part(system, coding.code.as_deref().unwrap_or_default());
                let seen = if part.unwrap() == 0 { systolic } else { diastolic };
                let sent = field::<types::Quantity>(component, "valueQuantity").unwrap();
                check_quantity(reading, &seen.as_ref().unwrap().quantity, &sent);
            }
        }
    }
}

fn check_quantity(reading: &Reading, seen: &Quantity, sent: &types::Quantity) {
    let value = sent.value.unwrap();
    let unit = sent.code.as_deref().or(sent.unit.as_deref()).unwrap_or_default();
    let Parameter::Known(known) = &reading.parameter else {
        assert_eq!((seen.shown.to_f64(), reading.unit()), (value, unit));
        return;
    };
    let spec = known.spec();
    let decimal = Decimal::parse(&value.to_string()).unwrap();
    match units::convert(decimal, unit, spec.dimension, spec.decimals) {
        Ok(shown) => assert_eq!((seen.shown, reading.unit()), (shown, spec.unit), "{}", reading.id),
        Err(_) => assert_eq!(
            (seen.shown.to_f64(), reading.unit()),
            (value, unit),
            "{}",
            reading.id
        ),
    }
}
