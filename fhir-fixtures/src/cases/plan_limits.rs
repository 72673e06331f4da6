//! Limits in the plan only: readings without ranges of their own, Goals that were there before them.

use jiff::civil::{Date, date};

use crate::Case;
use crate::expected::Zone::{Green, RedLow, YellowHigh, YellowLow};
use crate::limits::{Limit, limit};
use crate::parameter::{PULSE, SPO2};
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

pub(crate) fn case(seed: u64, until: Date) -> Case {
    let person = Person {
        given: "Berit",
        family: "Planvoll",
        female: true,
        born: date(1957, 6, 8),
    };
    let mut script = Script::new("plan-limits", seed, until, &person);
    plan::follow_up(&mut script, 100);
    plan::add(&mut script, &PLAN);
    let oximeter = script.device("oximeter", "Pulsoksymeter", "Fingerklype");
    for days_before in (1..=80).rev() {
        let when = script.about(days_before, (9, 10), 30);
        let (value, zone) = match days_before {
            44 | 42 | 1 => (script.rng.within(86, 89), YellowLow),
            43 => (84, RedLow),
            _ => (script.rng.within(91, 95), Green),
        };
        let value = value.to_string();
        let reading = script.observation(&SPO2, &when).value(&value).device(&oximeter);
        script.reading(reading, &value, zone);

        let (value, zone) = match days_before {
            43 => (104, YellowHigh),
            _ => (script.rng.within(66, 88), Green),
        };
        let value = value.to_string();
        let reading = script.observation(&PULSE, &when).value(&value).device(&oximeter);
        script.reading(reading, &value, zone);
    }
    Case::new(
        script,
        "Grenser bare i planen",
        "The readings carry no ranges; the limits stand in the plan's Goals, whose startDate is earlier than \
         the first reading. They were in force all the time, so the readings are coloured by them.",
    )
}

static PLAN: Plan = Plan {
    title: "Egenbehandlingsplan",
    since: 100,
    limits_since: 100,
    what_matters: "Å slippe innleggelser.",
    cadence: &[
        Cadence {
            parameter: &SPO2,
            every_days: 1,
        },
        Cadence {
            parameter: &PULSE,
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
