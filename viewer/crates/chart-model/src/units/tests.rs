//! Every unit of the table, and those that are none.

use super::*;
use crate::Known;
use proptest::prelude::*;

fn check(known: Known, value: &str, unit: &str, shown: Result<&str, UnitError>) {
    let spec = known.spec();
    let got = convert(
        Decimal::parse(value).unwrap(),
        unit,
        spec.dimension,
        spec.decimals,
    );
    assert_eq!(
        got.map(|d| d.to_string()),
        shown.map(str::to_owned),
        "{value} {unit}"
    );
}

#[test]
fn converts_every_unit_of_the_table_to_the_shown_one() {
    for (known, value, unit, shown) in [
        (Known::Spo2, "91", "%", "91"),
        (Known::Pulse, "72", "{beats}/min", "72"),
        (Known::Pulse, "1.2", "Hz", "72"),
        (Known::BloodPressure, "132", "mmHg", "132"),
        (Known::BloodPressure, "17.6", "kPa", "132"),
        (Known::Weight, "84200", "g", "84.2"),
        (Known::Weight, "185.6", "[lb_av]", "84.2"),
        (Known::Weight, "84.25", "kg", "84.3"),
        (Known::Weight, "84", "kg", "84"),
        (Known::Temperature, "100.4", "[degF]", "38.0"),
        (Known::Temperature, "310.15", "K", "37.0"),
        (Known::Glucose, "5.6", "mmol/l", "5.6"),
        (Known::Glucose, "70", "mg/dL", "3.9"),
        (Known::Glucose, "180", "mg/dL", "10.0"),
        (Known::Glucose, "1", "g/L", "5.6"),
        (Known::Fev1, "1120", "mL", "1.12"),
        (Known::Fev1, "1.1", "L", "1.1"),
        (Known::Pef, "6.5", "L/s", "390"),
        (Known::Cat, "18", "{score}", "18"),
        (Known::Steps, "4200", "{steps}/d", "4200"),
        (Known::Steps, "0", "/d", "0"),
        (Known::Spo2, "91", "%{sat}", "91"),
        (Known::Pulse, "72", "{puls}/min", "72"),
        (Known::Glucose, "5.6", "mmol{glucose}/L", "5.6"),
        (Known::BloodPressure, "0", "kPa", "0"),
        (Known::Temperature, "0", "[degF]", "-17.8"),
        (Known::RespiratoryRate, "15", "breaths/minute", "15"),
        (Known::Fev1, "11.2", "dL", "1.12"),
        (Known::Pef, "390", "L/min", "390"),
        (Known::Glucose, "100.8", "mg/dL", "5.6"),
        (Known::Weight, "150", "lb", "68.0"),
        (Known::Weight, "0.5e2", "kg", "50"),
        (Known::Weight, "84.2", " Kg ", "84.2"),
        (Known::Temperature, "38.5", "ºC", "38.5"),
        (Known::Temperature, "38.5", "℃", "38.5"),
        (Known::Temperature, "38.5", "° C", "38.5"),
        (Known::Temperature, "101.3", "deg F", "38.5"),
        (Known::Temperature, "101.3", "℉", "38.5"),
        (Known::BloodPressure, "132", "mm\u{a0}Hg", "132"),
        (Known::BloodPressure, "132", "mm\u{2009}Hg", "132"),
        (Known::Pulse, "72", "min⁻¹", "72"),
        (Known::Pulse, "72", "min^-1", "72"),
        (Known::Pulse, "72", "/ min", "72"),
        (Known::Pulse, "72", "slag pr. min", "72"),
        (Known::Pulse, "72", "slag per minutt", "72"),
        (Known::RespiratoryRate, "16", "pust/min", "16"),
        (Known::Pef, "390", "L / min", "390"),
        (Known::Pef, "6.5", "l/sek", "390"),
        (Known::Fev1, "112", "cL", "1.12"),
        (Known::Glucose, "1260", "mg/L", "7.0"),
        (Known::Glucose, "7000", "umol/L", "7.0"),
        (Known::Cat, "18", "{poeng}", "18"),
        (Known::Steps, "4200", "skritt/døgn", "4200"),
    ] {
        check(known, value, unit, Ok(shown));
    }
}

#[test]
fn never_guesses_a_unit() {
    check(Known::Weight, "84.2", "", Err(UnitError::Missing));
    check(Known::Weight, "84.2", "stone", Err(UnitError::Unknown));
    check(Known::Glucose, "5.6", "%", Err(UnitError::Unknown));
    check(Known::Weight, "84.2", "mmol/L", Err(UnitError::Unknown));
    check(Known::Spo2, "0.91", "1", Err(UnitError::Unknown));
    check(Known::Fev1, "62", "%", Err(UnitError::Unknown));
    check(Known::Steps, "4200", "{kcal}", Err(UnitError::Unknown));
    check(Known::Pulse, "72", "{", Err(UnitError::Unknown));
}

proptest! {
    #[test]
    fn a_conversion_is_within_half_a_digit_of_the_plain_sum(tenths in 0_i64..6000) {
        let value = Decimal::new(tenths, 1);
        let shown = convert(value, "mg/dL", Dimension::Glucose, 1).unwrap().to_f64();
        prop_assert!((shown - value.to_f64() / 18.0156).abs() <= 0.05 + 1e-9);
        let shown = convert(value, "[degF]", Dimension::Temperature, 1).unwrap().to_f64();
        prop_assert!((shown - (value.to_f64() - 32.0) * 5.0 / 9.0).abs() <= 0.05 + 1e-9);
        let shown = convert(value, "[lb_av]", Dimension::Mass, 1).unwrap().to_f64();
        prop_assert!((shown - value.to_f64() * 0.453_592_37).abs() <= 0.05 + 1e-9);
    }
}
