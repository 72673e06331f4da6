//! Conversion of values and limits to the unit a parameter is shown in. A unit that is not in the
//! table is an error, never a guess. Sources of the factors: international pound and foot of 1959
//! (lb), conventional millimetre of mercury 133.322387415 Pa, molar mass of glucose 180.156 g/mol;
//! the rest are powers of ten, 60, or the definitions of °F and K.

use crate::Decimal;

/// A family of units that convert into each other for one parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dimension {
    /// `%`
    Percent,
    /// `/min`
    PerMinute,
    /// `mm[Hg]`
    Pressure,
    /// `kg`
    Mass,
    /// `Cel`
    Temperature,
    /// `mmol/L` of glucose
    Glucose,
    /// `L`
    Volume,
    /// `L/min`
    Flow,
    /// `{score}`
    Score,
    /// `/d`
    PerDay,
}

/// Why a value was not converted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitError {
    /// No unit was given.
    Missing,
    /// A unit that does not convert to the parameter's.
    Unknown,
}

/// How one unit becomes the shown one: (value + offset) × numerator / denominator.
struct Conversion {
    names: &'static [&'static str],
    offset: Decimal,
    numerator: i64,
    denominator: i64,
}

const fn same(names: &'static [&'static str]) -> Conversion {
    times(names, 1, 1)
}

const fn times(names: &'static [&'static str], numerator: i64, denominator: i64) -> Conversion {
    Conversion {
        names,
        offset: Decimal::ZERO,
        numerator,
        denominator,
    }
}

/// Names are UCUM codes and what devices write instead, compared without regard to case.
const fn conversions(dimension: Dimension) -> &'static [Conversion] {
    match dimension {
        Dimension::Percent => const { &[same(&["%", "percent", "prosent"])] },
        Dimension::PerMinute => {
            const {
                &[
                    same(&[
                        "/min",
                        "1/min",
                        "{beats}/min",
                        "{breaths}/min",
                        "{beat}/min",
                        "{breath}/min",
                        "beats/min",
                        "breaths/min",
                        "beats/minute",
                        "breaths/minute",
                        "bpm",
                        "min-1",
                        "slag/min",
                        "per min",
                        "/minute",
                    ]),
                    times(&["/s", "1/s", "hz"], 60, 1),
                ]
            }
        }
        Dimension::Pressure => {
            const {
                &[
                    same(&["mm[hg]", "mmhg", "mm hg"]),
                    times(&["kpa"], 1_000_000_000_000, 133_322_387_415),
                ]
            }
        }
        Dimension::Mass => {
            const {
                &[
                    same(&["kg", "kilogram"]),
                    times(&["g", "gram"], 1, 1000),
                    times(
                        &["[lb_av]", "lb", "lbs", "pound", "pounds"],
                        45_359_237,
                        100_000_000,
                    ),
                ]
            }
        }
        Dimension::Temperature => {
            const {
                &[
                    same(&["cel", "°c", "c", "degc", "grader c", "celsius"]),
                    Conversion {
                        names: &["[degf]", "°f", "f", "degf", "fahrenheit"],
                        offset: Decimal::new(-32, 0),
                        numerator: 5,
                        denominator: 9,
                    },
                    Conversion {
                        names: &["k", "kelvin"],
                        offset: Decimal::new(-27_315, 2),
                        numerator: 1,
                        denominator: 1,
                    },
                ]
            }
        }
        Dimension::Glucose => {
            const {
                &[
                    same(&["mmol/l", "mmol/liter"]),
                    times(&["mg/dl"], 10_000, 180_156),
                    times(&["g/l"], 1_000_000, 180_156),
                ]
            }
        }
        Dimension::Volume => {
            const {
                &[
                    same(&["l", "liter", "litre"]),
                    times(&["ml"], 1, 1000),
                    times(&["dl"], 1, 10),
                ]
            }
        }
        Dimension::Flow => {
            const {
                &[
                    same(&["l/min", "liter/min", "litre/min"]),
                    times(&["l/s"], 60, 1),
                    times(&["ml/s"], 60, 1000),
                ]
            }
        }
        Dimension::Score => {
            const {
                &[same(&[
                    "{score}", "1", "{points}", "{point}", "score", "poeng", "points",
                ])]
            }
        }
        Dimension::PerDay => {
            const {
                &[same(&[
                    "/d",
                    "1/d",
                    "{steps}/d",
                    "{step}/d",
                    "{#}/d",
                    "{steps}",
                    "{step}",
                    "{count}",
                    "steps",
                    "steps/day",
                    "steps/d",
                    "/day",
                    "skritt",
                    "skritt/dag",
                    "1",
                ])]
            }
        }
    }
}

/// Converts `value` from `unit` into the shown unit of `dimension`, rounded half away from zero to
/// `decimals`. In the shown unit already, only the rounding remains and fewer decimals are kept.
///
/// This is the one rounding rule: values and limits go through it before anything is shown or compared, so that a
/// label and its colour cannot disagree. What UCUM has in braces (`%{sat}`) is a remark and no part of the unit.
pub fn convert(value: Decimal, unit: &str, dimension: Dimension, decimals: u8) -> Result<Decimal, UnitError> {
    let name = unit.trim().to_ascii_lowercase();
    if name.is_empty() {
        return Err(UnitError::Missing);
    }
    let named = |name: &str| {
        let mut all = conversions(dimension).iter();
        all.find(|conversion| conversion.names.contains(&name))
    };
    let conversion = named(&name)
        .or_else(|| named(&without_remarks(&name)))
        .ok_or(UnitError::Unknown)?;
    if conversion.numerator == conversion.denominator && conversion.offset == Decimal::ZERO {
        return Ok(value.round(decimals));
    }
    value
        .convert(
            conversion.offset,
            conversion.numerator,
            conversion.denominator,
            decimals,
        )
        .ok_or(UnitError::Unknown)
}

/// A unit without what stands in braces.
fn without_remarks(name: &str) -> String {
    let mut depth = 0_usize;
    name.chars()
        .filter(|character| {
            depth += usize::from(*character == '{');
            let keep = depth == 0;
            depth -= usize::from(*character == '}' && depth > 0);
            keep
        })
        .collect()
}

#[cfg(test)]
mod tests {
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
}
