//! Diabetes: glucose four times a day in mmol/L; on days 20–10 with a second meter that measures, and has its
//! limits, in mg/dL. Weight once a week. Days 55–54: the meter was left behind.
//!
//! The plan says no cadence: one reading before each meal and one at bedtime are not evenly spaced.

use jiff::civil::{Date, date};

use crate::Case;
use crate::expected::Zone::{self, Green, NoLimit, RedHigh, RedLow, YellowHigh, YellowLow};
use crate::limits::{Limit, limit};
use crate::parameter::{GLUCOSE, WEIGHT};
use crate::person::Person;
use crate::plan::follow_up;
use crate::resource::{LOINC, decimal};
use crate::script::Script;

const FIRST_DAY: i32 = 100;
const WITHOUT_METER: std::ops::RangeInclusive<i32> = 54..=55;
const SECOND_METER: std::ops::RangeInclusive<i32> = 10..=20;
const TIMES: [(i8, i8); 4] = [(7, 15), (11, 45), (17, 0), (22, 20)];

static LIMITS: [Limit; 5] = [
    limit("LL", "", "2.9"),
    limit("L", "3.0", "3.9"),
    limit("N", "4.0", "10.0"),
    limit("H", "10.1", "13.9"),
    limit("HH", "14.0", ""),
];
/// The same limits as the second meter writes them. In mmol/L with one decimal: 2.9, 3.0–3.9, 4.0–10.0,
/// 10.1–13.9 and 14.0.
static LIMITS_MG_DL: [Limit; 5] = [
    limit("LL", "", "52"),
    limit("L", "54", "70"),
    limit("N", "72", "180"),
    limit("H", "182", "250"),
    limit("HH", "252", ""),
];

/// What the second meter shows, and the same in mmol/L, worked out by hand with 18.016 mg/dL to the mmol/L.
/// None is near a half of the last decimal.
static GREEN_MG_DL: [(&str, &str); 9] = [
    ("95", "5.3"),
    ("101", "5.6"),
    ("110", "6.1"),
    ("119", "6.6"),
    ("124", "6.9"),
    ("131", "7.3"),
    ("146", "8.1"),
    ("164", "9.1"),
    ("173", "9.6"),
];
static YELLOW_HIGH_MG_DL: [(&str, &str); 4] =
    [("191", "10.6"), ("204", "11.3"), ("218", "12.1"), ("231", "12.8")];
static RED_HIGH_MG_DL: [(&str, &str); 2] = [("261", "14.5"), ("272", "15.1")];
static YELLOW_LOW_MG_DL: [(&str, &str); 3] = [("67", "3.7"), ("61", "3.4"), ("58", "3.2")];
static RED_LOW_MG_DL: [(&str, &str); 2] = [("50", "2.8"), ("47", "2.6")];

pub(crate) fn case(seed: u64, until: Date) -> Case {
    let person = Person {
        given: "Amina",
        family: "Sukkerdal",
        female: true,
        born: date(1972, 1, 19),
    };
    let mut script = Script::new("diabetes", seed, until, &person);
    follow_up(&mut script, FIRST_DAY);
    let meter = script.device("meter", "Blodsukkermåler", "Måler i mmol/L");
    let second = script.device("second-meter", "Blodsukkermåler", "Reisemåler i mg/dL");
    for days_before in (1..=FIRST_DAY).rev() {
        if days_before % 7 == 1 {
            let when = script.about(days_before, (7, 30), 10);
            let value = decimal(script.rng.within(858, 874), 1);
            let weight = script.observation(&WEIGHT, &when).value(&value).manual();
            script.reading(weight, &value, NoLimit);
        }
        for time in TIMES
            .into_iter()
            .filter(|_| !WITHOUT_METER.contains(&days_before))
        {
            let zone = meant_zone(&mut script);
            if SECOND_METER.contains(&days_before) {
                in_mg_dl(&mut script, &second, days_before, time, zone);
            } else {
                in_mmol_l(&mut script, &meter, days_before, time, zone);
            }
        }
    }
    script.gaps(&GLUCOSE, 1);
    Case::new(
        script,
        "Diabetes med to målere",
        "Glucose before meals and at bedtime. For eleven days a second meter is used, whose values and limits \
         are in mg/dL: both must be converted before they are drawn and classed. Two days without the meter \
         make one break; the nights do not. Weekly weight without limits has none.",
    )
}

/// The author's mix of a fairly well controlled patient.
fn meant_zone(script: &mut Script) -> Zone {
    match script.rng.within(1, 100) {
        1..=80 => Green,
        81..=89 => YellowHigh,
        90..=92 => RedHigh,
        93..=98 => YellowLow,
        _ => RedLow,
    }
}

fn in_mmol_l(script: &mut Script, meter: &str, days_before: i32, time: (i8, i8), zone: Zone) {
    let (lowest, highest) = match zone {
        YellowHigh => (101, 139),
        RedHigh => (140, 182),
        YellowLow => (30, 39),
        RedLow => (22, 29),
        _ => (40, 100),
    };
    let when = script.about(days_before, time, 8);
    let value = decimal(script.rng.within(lowest, highest), 1);
    let reading = script
        .observation(&GLUCOSE, &when)
        .value(&value)
        .limits(&LIMITS)
        .device(meter);
    script.reading(reading.interpretation(severity(zone)), &value, zone);
}

fn in_mg_dl(script: &mut Script, meter: &str, days_before: i32, time: (i8, i8), zone: Zone) {
    let choices: &[(&str, &str)] = match zone {
        YellowHigh => &YELLOW_HIGH_MG_DL,
        RedHigh => &RED_HIGH_MG_DL,
        YellowLow => &YELLOW_LOW_MG_DL,
        RedLow => &RED_LOW_MG_DL,
        _ => &GREEN_MG_DL,
    };
    let when = script.about(days_before, time, 8);
    let (sent, shown) = script.rng.pick(choices);
    let reading = script
        .observation(&GLUCOSE, &when)
        .code(LOINC, "2339-0", "Blodsukker")
        .value_in(sent, "mg/dL")
        .limits_in(&LIMITS_MG_DL, "mg/dL")
        .device(meter);
    script.reading(reading.interpretation(severity(zone)), shown, zone);
}

fn severity(zone: Zone) -> &'static str {
    match zone {
        YellowLow => "L",
        YellowHigh => "H",
        RedLow => "LL",
        RedHigh => "HH",
        _ => "N",
    }
}
