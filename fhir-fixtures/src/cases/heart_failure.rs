//! Heart failure: weight, blood pressure and pulse every morning, limits with the directions L and H.
//!
//! Days 60–50: fluid builds up (yellow, then red) and goes again. Days 23–20: away, no readings.
//! The plan says no cadence, so that the line breaks by the readings' own rhythm.

use jiff::civil::{Date, date};

use crate::Case;
use crate::expected::Zone::{self, Green, RedHigh, YellowHigh, YellowLow};
use crate::limits::{Limit, limit};
use crate::parameter::{BLOOD_PRESSURE, PULSE, WEIGHT};
use crate::person::Person;
use crate::plan::{self, CurrentLimits, Plan, ZonePlan};
use crate::resource::decimal;
use crate::script::Script;

const FIRST_DAY: i32 = 110;
const AWAY: std::ops::RangeInclusive<i32> = 20..=23;

static WEIGHT_LIMITS: [Limit; 4] = [
    limit("L", "", "79.9"),
    limit("N", "80.0", "85.5"),
    limit("H", "85.6", "86.9"),
    limit("HH", "87.0", ""),
];
static SYSTOLIC: [Limit; 5] = [
    limit("LL", "", "89"),
    limit("L", "90", "99"),
    limit("N", "100", "140"),
    limit("H", "141", "160"),
    limit("HH", "161", ""),
];
static DIASTOLIC: [Limit; 5] = [
    limit("LL", "", "49"),
    limit("L", "50", "59"),
    limit("N", "60", "90"),
    limit("H", "91", "100"),
    limit("HH", "101", ""),
];
static PULSE_LIMITS: [Limit; 5] = [
    limit("LL", "", "39"),
    limit("L", "40", "49"),
    limit("N", "50", "100"),
    limit("H", "101", "120"),
    limit("HH", "121", ""),
];

pub(crate) fn case(seed: u64, until: Date) -> Case {
    let person = Person {
        given: "Arne",
        family: "Hjertnes",
        female: false,
        born: date(1944, 11, 30),
    };
    let mut script = Script::new("heart-failure", seed, until, &person);
    plan::follow_up(&mut script, FIRST_DAY);
    plan::add(&mut script, &PLAN);
    let scale = script.device("scale", "Vekt", "Badevekt");
    let cuff = script.device("cuff", "Blodtrykksmåler", "Overarmsmansjett");
    for days_before in (1..=FIRST_DAY).rev().filter(|day| !AWAY.contains(day)) {
        let when = script.about(days_before, (7, 25), 15);
        let (tenths, zone) = weight(&mut script, days_before);
        let value = decimal(tenths, 1);
        let reading = script
            .observation(&WEIGHT, &when)
            .value(&value)
            .limits(&WEIGHT_LIMITS)
            .device(&scale);
        script.reading(reading, &value, zone);

        let when = script.about(days_before, (8, 0), 0);
        let (systolic, diastolic, zone) = pressure(&mut script, days_before);
        let reading = script
            .observation(&BLOOD_PRESSURE, &when)
            .pressure((systolic, &SYSTOLIC), (diastolic, &DIASTOLIC))
            .device(&cuff);
        script.reading(reading, &format!("{systolic}/{diastolic}"), zone);

        let (beats, zone) = match days_before {
            52..=56 => (script.rng.within(101, 112), YellowHigh),
            _ => (script.rng.within(60, 84), Green),
        };
        let value = beats.to_string();
        let reading = script
            .observation(&PULSE, &when)
            .value(&value)
            .limits(&PULSE_LIMITS)
            .device(&cuff);
        script.reading(reading, &value, zone);
    }
    for parameter in [&WEIGHT, &BLOOD_PRESSURE, &PULSE] {
        script.gaps(parameter, 1);
    }
    Case::new(
        script,
        "Hjertesvikt med væskeretensjon",
        "Heart failure with a weight that climbs through yellow into red in a week and falls again, with \
         readings exactly on the bounds. Blood pressure is one reading with two components, each with limits \
         of its own; the worse of the two decides. Four days away make one break in each line. The newest \
         weight is yellow.",
    )
}

/// Tenths of a kilogram, and the zone that the author means.
fn weight(script: &mut Script, days_before: i32) -> (i64, Zone) {
    match days_before {
        60 => (849, Green),
        59 => (852, Green),
        58 => (856, YellowHigh),
        57 => (860, YellowHigh),
        56 => (864, YellowHigh),
        55 => (869, YellowHigh),
        54 => (870, RedHigh),
        53 => (875, RedHigh),
        52 => (872, RedHigh),
        51 => (861, YellowHigh),
        50 => (855, Green),
        3 => (853, Green),
        2 => (857, YellowHigh),
        1 => (861, YellowHigh),
        _ => (script.rng.within(831, 846), Green),
    }
}

/// Systolic, diastolic and the zone of the pair.
fn pressure(script: &mut Script, days_before: i32) -> (i64, i64, Zone) {
    match days_before {
        100 | 77 | 41 => (script.rng.within(141, 154), script.rng.within(76, 90), YellowHigh),
        66 => (138, 93, YellowHigh),
        65 => (140, 90, Green),
        54 => (163, 94, RedHigh),
        53 => (158, 101, RedHigh),
        52 => (151, 88, YellowHigh),
        30 => (97, 62, YellowLow),
        29 => (94, 58, YellowLow),
        28 => (100, 60, Green),
        _ => (script.rng.within(108, 134), script.rng.within(64, 84), Green),
    }
}

static PLAN: Plan = Plan {
    title: "Egenbehandlingsplan ved hjertesvikt",
    since: FIRST_DAY,
    limits_since: FIRST_DAY,
    what_matters: "Å være med på fisketur til sommeren.",
    cadence: &[],
    limits: &[
        CurrentLimits {
            parameter: &WEIGHT,
            limits: &WEIGHT_LIMITS,
        },
        CurrentLimits {
            parameter: &PULSE,
            limits: &PULSE_LIMITS,
        },
    ],
    zones: &[
        ZonePlan {
            code: "green",
            title: "Grønn sone",
            condition: "Vekten er stabil og pusten er som vanlig.",
            actions: &[
                ("medikamentelle tiltak", "Faste medisiner."),
                ("kosthold", "Lite salt. Drikk halvannen liter om dagen."),
            ],
        },
        ZonePlan {
            code: "yellow",
            title: "Gul sone",
            condition: "To kilo opp på tre dager, eller hovne bein.",
            actions: &[(
                "medikamentelle tiltak",
                "Ta en ekstra vanndrivende tablett om morgenen i tre dager.",
            )],
        },
        ZonePlan {
            code: "red",
            title: "Rød sone",
            condition: "Tung pust når du ligger, eller brystsmerter.",
            actions: &[(
                "annet",
                "Ring 113 ved brystsmerter, ellers kontaktpersonen på sykehuset.",
            )],
        },
    ],
};
