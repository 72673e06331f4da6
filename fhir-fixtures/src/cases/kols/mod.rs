//! COPD: daily SpO₂, pulse and temperature, weekly weight and FEV1, CAT every fourth week.
//!
//! Days count back from the last day. Until day 63 the limits are the standard ones, too tight for this
//! patient; from day 62 they are loosened, from day 30 once more. Days 49–42: a worsening, first yellow,
//! then red. Days 41–33: nine days in hospital without readings.

mod limits;
mod own_plan;

use jiff::civil::{Date, date};
use serde_json::json;

use limits::{
    CAT_LIMITS, PULSE_FIRST, PULSE_SECOND, SPO2_FIRST, SPO2_SECOND, SPO2_THIRD, TEMPERATURE_LIMITS,
};

use crate::Case;
use crate::expected::Zone::{self, Green, NoLimit, RedHigh, RedLow, YellowHigh, YellowLow};
use crate::parameter::{CAT, FEV1, PULSE, SPO2, TEMPERATURE, WEIGHT};
use crate::person::Person;
use crate::plan;
use crate::questionnaire::cat_answers;
use crate::resource::{decimal, reference};
use crate::script::Script;

const FIRST_DAY: i32 = 120;
/// The first days of the second and of the third set of limits.
const CHANGED: [i32; 2] = [62, 30];
const IN_HOSPITAL: std::ops::RangeInclusive<i32> = 33..=41;

pub(crate) fn case(seed: u64, until: Date) -> Case {
    let person = Person {
        given: "Kari",
        family: "Lungevik",
        female: true,
        born: date(1953, 3, 12),
    };
    let mut script = Script::new("kols", seed, until, &person);
    plan::follow_up(&mut script, FIRST_DAY);
    plan::add(&mut script, &own_plan::PLAN);
    let devices = Devices {
        oximeter: script.device("oximeter", "Pulsoksymeter", "Fingerklype 2"),
        thermometer: script.device("thermometer", "Termometer", "Øretermometer"),
        scale: script.device("scale", "Vekt", "Badevekt"),
        spirometer: script.device("spirometer", "Spirometer", "Lommespirometer"),
    };
    for days_before in (1..=FIRST_DAY).rev().filter(|day| !IN_HOSPITAL.contains(day)) {
        every_morning(&mut script, &devices, days_before);
        if days_before % 7 == 1 {
            every_week(&mut script, &devices, days_before);
        }
        if days_before % 28 == 1 {
            every_fourth_week(&mut script, days_before);
        }
    }
    // The nine days in hospital; of the weekly readings the one of day 36 is missing, of CAT none.
    for parameter in [&SPO2, &PULSE, &TEMPERATURE, &WEIGHT, &FEV1] {
        script.gaps(parameter, 1);
    }
    Case::new(
        script,
        "KOLS med forverring",
        "Severe COPD. The limits were loosened twice in the last 90 days (62 and 30 days ago), each reading \
         carries those in force when it was taken, and history must keep its colours. A worsening runs from \
         yellow into red, followed by nine days in hospital without readings. Has a plan with zones, team, \
         cadence and current limits.",
    )
}

struct Devices {
    oximeter: String,
    thermometer: String,
    scale: String,
    spirometer: String,
}

/// A day as the author means it: zone and the values (both included) that he calls by it.
struct Morning {
    spo2: (Zone, i64, i64),
    pulse: (Zone, i64, i64),
    /// Tenths of a degree.
    temperature: (Zone, i64, i64),
}

fn morning(script: &mut Script, days_before: i32) -> Morning {
    let calm = (Green, 74, 92);
    let afebrile = (Green, 362, 372);
    match days_before {
        63.. if script.rng.chance(30) => Morning {
            spo2: (YellowLow, 89, 91),
            pulse: calm,
            temperature: afebrile,
        },
        63.. => Morning {
            spo2: (Green, 92, 94),
            pulse: calm,
            temperature: afebrile,
        },
        50..=62 => Morning {
            spo2: (Green, 90, 93),
            pulse: calm,
            temperature: afebrile,
        },
        49 => Morning {
            spo2: (YellowLow, 88, 89),
            pulse: (Green, 94, 100),
            temperature: (Green, 373, 377),
        },
        48 => Morning {
            spo2: (YellowLow, 87, 89),
            pulse: (YellowHigh, 101, 105),
            temperature: (Green, 374, 377),
        },
        46..=47 => Morning {
            spo2: (YellowLow, 86, 87),
            pulse: (YellowHigh, 104, 112),
            temperature: (YellowHigh, 378, 383),
        },
        45 => Morning {
            spo2: (RedLow, 84, 85),
            pulse: (YellowHigh, 110, 115),
            temperature: (YellowHigh, 380, 384),
        },
        43..=44 => Morning {
            spo2: (RedLow, 81, 84),
            pulse: (RedHigh, 116, 124),
            temperature: (RedHigh, 385, 392),
        },
        42 => Morning {
            spo2: (RedLow, 80, 82),
            pulse: (RedHigh, 118, 126),
            temperature: (YellowHigh, 379, 384),
        },
        31..=32 => Morning {
            spo2: (YellowLow, 88, 89),
            pulse: (Green, 86, 98),
            temperature: afebrile,
        },
        11 | 24 => Morning {
            spo2: (YellowLow, 85, 87),
            pulse: (Green, 84, 96),
            temperature: afebrile,
        },
        _ => Morning {
            spo2: (Green, 89, 92),
            pulse: calm,
            temperature: afebrile,
        },
    }
}

fn every_morning(script: &mut Script, devices: &Devices, days_before: i32) {
    let Morning {
        spo2,
        pulse,
        temperature,
    } = morning(script, days_before);
    let when = script.about(days_before, (8, 20), 19);

    let value = script.rng.within(spo2.1, spo2.2).to_string();
    let spo2_limits = match days_before {
        day if day > CHANGED[0] => &SPO2_FIRST,
        day if day > CHANGED[1] => &SPO2_SECOND,
        _ => &SPO2_THIRD,
    };
    let reading = script.observation(&SPO2, &when).value(&value).limits(spo2_limits);
    script.reading(
        reading.interpretation(severity(spo2.0)).device(&devices.oximeter),
        &value,
        spo2.0,
    );

    let value = script.rng.within(pulse.1, pulse.2).to_string();
    let pulse_limits = if days_before > CHANGED[0] {
        &PULSE_FIRST
    } else {
        &PULSE_SECOND
    };
    let reading = script
        .observation(&PULSE, &when)
        .value(&value)
        .limits(pulse_limits);
    script.reading(
        reading
            .interpretation(severity(pulse.0))
            .device(&devices.oximeter),
        &value,
        pulse.0,
    );

    let when = script.about(days_before, (8, 50), 9);
    let value = decimal(script.rng.within(temperature.1, temperature.2), 1);
    let reading = script
        .observation(&TEMPERATURE, &when)
        .value(&value)
        .limits(&TEMPERATURE_LIMITS);
    let reading = reading
        .interpretation(severity(temperature.0))
        .device(&devices.thermometer);
    script.reading(reading, &value, temperature.0);
}

/// Weight falls slowly; FEV1 dips with the worsening. Neither has limits.
fn every_week(script: &mut Script, devices: &Devices, days_before: i32) {
    let when = script.about(days_before, (7, 40), 15);
    let value = decimal(608 + i64::from(days_before) / 8 + script.rng.within(-2, 2), 1);
    let weight = script
        .observation(&WEIGHT, &when)
        .value(&value)
        .device(&devices.scale);
    script.reading(weight, &value, NoLimit);

    let when = script.about(days_before, (9, 20), 10);
    let best = if days_before == 43 { 88 } else { 108 };
    let value = decimal(best + script.rng.within(-4, 6), 2);
    let fev1 = script
        .observation(&FEV1, &when)
        .value(&value)
        .device(&devices.spirometer);
    script.reading(fev1, &value, NoLimit);
}

fn every_fourth_week(script: &mut Script, days_before: i32) {
    let (score, zone) = match days_before {
        113 => (16, Green),
        85 => (17, Green),
        57 => (18, Green),
        29 => (26, YellowHigh),
        _ => (19, Green),
    };
    let when = script.about(days_before, (18, 30), 20);
    let answers = format!("{}-answers-{days_before}", script.id);
    script.resource(cat_answers(script, &answers, &when.text, score));
    let value = score.to_string();
    let cat = script
        .observation(&CAT, &when)
        .value(&value)
        .limits(&CAT_LIMITS)
        .manual();
    let derived_from = json!([reference(&format!("QuestionnaireResponse/{answers}"))]);
    script.reading(
        cat.set("derivedFrom", derived_from)
            .interpretation(severity(zone)),
        &value,
        zone,
    );
}

/// The source's word for a zone: this vendor does not say in which direction.
fn severity(zone: Zone) -> &'static str {
    match zone {
        YellowLow | YellowHigh => "A",
        RedLow | RedHigh => "AA",
        _ => "N",
    }
}
