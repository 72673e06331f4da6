//! Limits in the plan only, changed twice by two people: each reading belongs to those of its own time.

use jiff::civil::{Date, date};
use serde_json::{Value, json};

use crate::Case;
use crate::expected::Zone::{self, Green, RedLow, Unknown, YellowLow};
use crate::limits::{Limit, limit};
use crate::parameter::{PULSE, SPO2};
use crate::person::Person;
use crate::plan::{self, CurrentLimits, Plan, ZonePlan};
use crate::resource::reference;
use crate::script::{Script, clock};

/// Days before the last one on which the limits were changed, always at 13.30.
const FIRST_CHANGE: i32 = 60;
const SECOND_CHANGE: i32 = 20;
/// The only change of the pulse's limits that the source still knows.
const PULSE_CHANGE: i32 = 50;

static AT_FIRST: [Limit; 3] = [
    limit("N", "92", ""),
    limit("L", "88", "91"),
    limit("LL", "", "87"),
];
static THEN: [Limit; 3] = [
    limit("N", "90", ""),
    limit("L", "86", "89"),
    limit("LL", "", "85"),
];
static NOW: [Limit; 3] = [
    limit("N", "88", ""),
    limit("L", "84", "87"),
    limit("LL", "", "83"),
];
static PULSE_LIMITS: [Limit; 2] = [limit("N", "50", "100"), limit("H", "101", "")];

pub(crate) fn case(seed: u64, until: Date) -> Case {
    let person = Person {
        given: "Grete",
        family: "Grensesen",
        female: true,
        born: date(1949, 2, 17),
    };
    let mut script = Script::new("limits-changed", seed, until, &person);
    plan::follow_up(&mut script, 100);
    plan::add(&mut script, &PLAN);
    add_versions(&mut script);
    let oximeter = script.device("oximeter", "Pulsoksymeter", "Fingerklype");
    for days_before in (1..=80).rev() {
        let when = script.about(days_before, (9, 10), 30);
        let (value, zone) = oxygen(days_before);
        let reading = script.observation(&SPO2, &when).value(value).device(&oximeter);
        script.reading(reading, value, zone);

        let value = script.rng.within(66, 88).to_string();
        let reading = script.observation(&PULSE, &when).value(&value).device(&oximeter);
        let zone = if days_before >= PULSE_CHANGE {
            Unknown
        } else {
            Green
        };
        script.reading(reading, &value, zone);
    }
    // A day without a clock time: before or after half past one, nobody knows.
    let when = script.calendar.date_only(SECOND_CHANGE);
    let reading = script
        .named("spo2-day-of-change", &SPO2, &when)
        .value("91")
        .manual();
    script.reading(reading, "91", Unknown);
    Case::new(
        script,
        "Grensene endret to ganger",
        "The readings carry no ranges. The Goal with the SpO2 limits was changed 60 and 20 days ago, by two people; \
         its older versions are there. Each reading has the colour of its own time: 87 is red under the first \
         limits and yellow under the others. Of the pulse's Goal only version 4 is there, 50 days old: what held \
         before is not known, and the readings before it have no colour. The plan itself is at version 3.",
    )
}

/// The same four values come round again and again; what they mean changes with the limits.
fn oxygen(days_before: i32) -> (&'static str, Zone) {
    let (value, at_first, then, now) = match days_before % 4 {
        0 => ("93", Green, Green, Green),
        1 => ("91", YellowLow, Green, Green),
        2 => ("87", RedLow, YellowLow, YellowLow),
        _ => ("85", RedLow, RedLow, YellowLow),
    };
    // In the morning of a day of change the limits before it held.
    let zone = match days_before {
        FIRST_CHANGE.. => at_first,
        SECOND_CHANGE.. => then,
        _ => now,
    };
    (value, zone)
}

/// Gives the goals and the plan their versions, and adds the older ones.
fn add_versions(script: &mut Script) {
    let (specialist, nurse) = ("specialist", "nurse");
    let oxygen = format!("{}-limits-spo2", script.id);
    let first = [
        version(script, &oxygen, "1", 100, specialist, Some(&AT_FIRST)),
        version(script, &oxygen, "2", FIRST_CHANGE, nurse, Some(&THEN)),
        version(script, &oxygen, "3", SECOND_CHANGE, specialist, None),
    ];
    let pulse = format!("{}-limits-pulse", script.id);
    let pulse = [version(script, &pulse, "4", PULSE_CHANGE, nurse, None)];
    let plan = format!("{}-plan", script.id);
    let plan = [
        version(script, &plan, "1", 100, specialist, None),
        version(script, &plan, "2", FIRST_CHANGE, nurse, None),
        version(script, &plan, "3", SECOND_CHANGE, specialist, None),
    ];
    let versions: Vec<Value> = first.into_iter().chain(pulse).chain(plan).collect();
    let is_versioned = |resource: &Value| versions.iter().any(|version| version["id"] == resource["id"]);
    script.resources.retain(|resource| !is_versioned(resource));
    versions.into_iter().for_each(|version| script.resource(version));
}

/// One version of a goal or of the plan, as `who` wrote it; with its own limits, or the newest.
fn version(
    script: &Script,
    id: &str,
    number: &str,
    days_before: i32,
    who: &str,
    limits: Option<&'static [Limit]>,
) -> Value {
    let newest = script.resources.iter().find(|resource| resource["id"] == id);
    let mut resource = newest.cloned().unwrap_or_default();
    resource["meta"]["versionId"] = json!(number);
    resource["meta"]["lastUpdated"] = json!(script.calendar.at(days_before, clock(13, 30)).text);
    let name = if who == "nurse" {
        "Odd Sykepleiersen"
    } else {
        "Sol Legesen"
    };
    let mut author = reference(&format!("Practitioner/{}-{who}", script.id));
    author["display"] = json!(name);
    let field = if resource["resourceType"] == "Goal" {
        "expressedBy"
    } else {
        "author"
    };
    resource[field] = author;
    if let Some(limits) = limits {
        resource["target"] = plan::targets(&CurrentLimits {
            parameter: &SPO2,
            limits,
        });
    }
    resource
}

static PLAN: Plan = Plan {
    title: "Egenbehandlingsplan",
    since: 100,
    limits_since: 100,
    what_matters: "Å klare trappen hjemme.",
    cadence: &[],
    limits: &[
        CurrentLimits {
            parameter: &SPO2,
            limits: &NOW,
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
