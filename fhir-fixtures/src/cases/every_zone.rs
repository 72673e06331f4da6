//! Every zone at once: eleven parameters, the newest reading of each in another zone or state, so that all
//! kinds of rows can be seen beside each other.

use jiff::civil::{Date, date};

use crate::Case;
use crate::expected::Zone::{self, Green, NoLimit, RedHigh, RedLow, Unknown, YellowHigh, YellowLow};
use crate::limits::{Limit, limit, untyped};
use crate::parameter::{
    BLOOD_PRESSURE, CAT, FEV1, GLUCOSE, PEF, PULSE, Parameter, RESPIRATORY_RATE, SPO2, STEPS, TEMPERATURE,
    WEIGHT,
};
use crate::person::Person;
use crate::plan::{self, Cadence, CurrentLimits, Plan, ZonePlan};
use crate::script::Script;

static SPO2_LIMITS: [Limit; 3] = [
    limit("N", "90", ""),
    limit("L", "86", "89"),
    limit("LL", "", "85"),
];
static PULSE_LIMITS: [Limit; 3] = [
    limit("N", "50", "100"),
    limit("H", "101", "115"),
    limit("HH", "116", ""),
];
static SYSTOLIC: [Limit; 3] = [
    limit("N", "100", "140"),
    limit("A", "141", "160"),
    limit("AA", "161", ""),
];
static DIASTOLIC: [Limit; 2] = [limit("N", "60", "90"), limit("A", "91", "100")];
static WEIGHT_LIMITS: [Limit; 2] = [limit("N", "58", "66"), limit("A", "56", "57.9")];
static TEMPERATURE_LIMITS: [Limit; 3] = [
    limit("N", "35.5", "37.7"),
    limit("A", "37.8", "38.4"),
    limit("AA", "38.5", ""),
];
/// Nothing is said of what lies between.
static GLUCOSE_LIMITS: [Limit; 2] = [limit("LL", "", "2.9"), limit("HH", "14", "")];
static RESPIRATORY_LIMITS: [Limit; 2] = [limit("N", "12", "20"), limit("A", "21", "24")];
static PEF_LIMITS: [Limit; 2] = [limit("N", "300", ""), limit("A", "240", "299")];

/// How long the story is, and the last day of those who have stopped measuring something.
const FIRST_DAY: i32 = 30;
const LAST_BREATHS: i32 = 12;
const LAST_QUESTIONS: i32 = 125;

pub(crate) fn case(seed: u64, until: Date) -> Case {
    let person = Person {
        given: "Alma",
        family: "Allsidig",
        female: true,
        born: date(1944, 2, 29),
    };
    let mut script = Script::new("every-zone", seed, until, &person);
    plan::follow_up(&mut script, 130);
    plan::add(&mut script, &PLAN);
    questions(&mut script);
    for days_before in (1..=FIRST_DAY).rev() {
        for series in &DAILY {
            measured(&mut script, series, days_before);
        }
        pressure(&mut script, days_before);
        if days_before >= LAST_BREATHS {
            measured(&mut script, &BREATHS, days_before);
        }
        let day = script.calendar.date_only(days_before);
        let steps = script
            .observation(&STEPS, &day)
            .value("4210")
            .limits(&[untyped("7000", "")]);
        script.reading(steps, "4210", NoLimit);
    }
    blown_too_hard(&mut script);
    Case::new(
        script,
        "Alle soner samtidig",
        "Eleven parameters of the last month, the newest reading of each in another zone or state: red and yellow, \
         low and high, within, no limit, not covered by the limits, preliminary, followed by an implausible one, \
         overdue by the plan, older than the period. For seeing all kinds of rows beside each other.",
    )
}

/// A daily series that is steady until its last day.
struct Daily {
    parameter: &'static Parameter,
    limits: &'static [Limit],
    steady: (&'static str, Zone),
    last: (&'static str, Zone),
    manual: bool,
}

static DAILY: [Daily; 7] = [
    daily(&SPO2, &SPO2_LIMITS, ("92", Green), ("84", RedLow)),
    daily(&PULSE, &PULSE_LIMITS, ("78", Green), ("104", YellowHigh)),
    Daily {
        manual: true,
        ..daily(&WEIGHT, &WEIGHT_LIMITS, ("58.6", Green), ("57.4", YellowLow))
    },
    daily(
        &TEMPERATURE,
        &TEMPERATURE_LIMITS,
        ("37", Green),
        ("38.9", RedHigh),
    ),
    daily(&GLUCOSE, &GLUCOSE_LIMITS, ("6.4", Unknown), ("7.1", Unknown)),
    daily(&FEV1, &[], ("1.12", NoLimit), ("1.05", NoLimit)),
    daily(&PEF, &PEF_LIMITS, ("340", Green), ("330", Green)),
];

static BREATHS: Daily = daily(
    &RESPIRATORY_RATE,
    &RESPIRATORY_LIMITS,
    ("16", Green),
    ("16", Green),
);

const fn daily(
    parameter: &'static Parameter,
    limits: &'static [Limit],
    steady: (&'static str, Zone),
    last: (&'static str, Zone),
) -> Daily {
    Daily {
        parameter,
        limits,
        steady,
        last,
        manual: false,
    }
}

fn measured(script: &mut Script, series: &Daily, days_before: i32) {
    let (value, zone) = if days_before == 1 {
        series.last
    } else {
        series.steady
    };
    let when = script.about(days_before, (8, 20), 10);
    let mut reading = script.observation(series.parameter, &when).value(value);
    if !series.limits.is_empty() {
        reading = reading.limits(series.limits);
    }
    if series.manual {
        reading = reading.manual();
    }
    if days_before == 1 && series.parameter.id == FEV1.id {
        reading = reading.status("preliminary");
    }
    script.reading(reading, value, zone);
}

/// Above the second limit for the first number, within for the second: red.
fn pressure(script: &mut Script, days_before: i32) {
    let (systolic, zone) = if days_before == 1 {
        (182, RedHigh)
    } else {
        (128, Green)
    };
    let when = script.about(days_before, (8, 40), 10);
    let reading = script
        .observation(&BLOOD_PRESSURE, &when)
        .pressure((systolic, &SYSTOLIC), (84, &DIASTOLIC));
    script.reading(reading, &format!("{systolic}/84"), zone);
}

/// The newest value of PEF cannot be right; the one before it is the latest.
fn blown_too_hard(script: &mut Script) {
    let when = script.about(1, (20, 10), 5);
    let reading = script
        .named("implausible-pef", &PEF, &when)
        .value("3300")
        .limits(&PEF_LIMITS);
    script.implausible(reading, "3300");
}

/// Answered once, before the period.
fn questions(script: &mut Script) {
    let when = script.about(LAST_QUESTIONS, (18, 10), 10);
    let reading = script.observation(&CAT, &when).value("18");
    script.reading(reading, "18", NoLimit);
}

static PLAN: Plan = Plan {
    title: "Egenbehandlingsplan",
    since: 130,
    limits_since: 90,
    what_matters: "Å kunne gå turen rundt vannet.",
    cadence: &[
        Cadence {
            parameter: &SPO2,
            every_days: 1,
        },
        Cadence {
            parameter: &RESPIRATORY_RATE,
            every_days: 1,
        },
    ],
    limits: &[
        CurrentLimits {
            parameter: &SPO2,
            limits: &SPO2_LIMITS,
        },
        CurrentLimits {
            parameter: &PULSE,
            limits: &PULSE_LIMITS,
        },
    ],
    zones: &[ZonePlan {
        code: "green",
        title: "Grønn sone",
        condition: "Som vanlig.",
        actions: &[("målinger", "Mål hver morgen.")],
    }],
};
