//! Which units there are, by what they are called, and their factors. Converts nothing.
//!
//! Sources of the factors: international pound and foot of 1959 (lb), conventional millimetre of mercury 133.322387415 Pa,
//! molar mass of glucose 180.156 g/mol; the rest are powers of ten, 60, or the definitions of °F and K.

use super::Dimension;
use crate::Decimal;

/// How one unit becomes the shown one: (value + offset) × numerator / denominator.
pub(super) struct Conversion {
    pub(super) names: &'static [&'static str],
    pub(super) offset: Decimal,
    pub(super) numerator: i64,
    pub(super) denominator: i64,
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

/// Names are UCUM codes and what devices write instead, as [`plain`](super::plain) makes them.
pub(super) const fn conversions(dimension: Dimension) -> &'static [Conversion] {
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
                        "beatsperminute",
                        "breathsperminute",
                        "bpm",
                        "min-1",
                        "slag/min",
                        "slag/minutt",
                        "slagperminutt",
                        "slagpr.min",
                        "åndedrag/min",
                        "pust/min",
                        "permin",
                        "/minute",
                        "/minutt",
                    ]),
                    times(&["/s", "1/s", "hz"], 60, 1),
                ]
            }
        }
        Dimension::Pressure => {
            const {
                &[
                    same(&["mm[hg]", "mmhg"]),
                    times(&["kpa"], 1_000_000_000_000, 133_322_387_415),
                ]
            }
        }
        Dimension::Mass => {
            const {
                &[
                    same(&["kg", "kgs", "kilogram"]),
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
                    same(&["cel", "°c", "c", "degc", "graderc", "celsius"]),
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
                    times(&["mg/l"], 1_000, 180_156),
                    times(&["umol/l", "µmol/l", "μmol/l"], 1, 1000),
                ]
            }
        }
        Dimension::Volume => {
            const {
                &[
                    same(&["l", "liter", "litre"]),
                    times(&["ml"], 1, 1000),
                    times(&["dl"], 1, 10),
                    times(&["cl"], 1, 100),
                ]
            }
        }
        Dimension::Flow => {
            const {
                &[
                    same(&["l/min", "liter/min", "litre/min", "l/minutt", "lpm"]),
                    times(&["l/s", "l/sec", "l/sek"], 60, 1),
                    times(&["ml/s"], 60, 1000),
                ]
            }
        }
        Dimension::Score => {
            const {
                &[same(&[
                    "{score}", "1", "{points}", "{point}", "{poeng}", "score", "poeng", "points",
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
                    "skritt/d",
                    "skritt/dag",
                    "skritt/døgn",
                    "1",
                ])]
            }
        }
    }
}
