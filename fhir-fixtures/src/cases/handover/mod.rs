//! One patient in the care of the hospital's service for his first weeks at home and of the municipality's thereafter.
//! His readings are at three sources with different habits, his plan at one of them, and the journal that launches the
//! viewer has next to nothing.
//!
//! Days 90–46: the hospital's vendor (LOINC, the national profile's ranges). Days 48–1: the municipality's vendor (Danish
//! and SNOMED codes and ranges), in the first three days beside the hospital's, with another device that disagrees. Days
//! 45–1: the municipal journal's laboratory module has copies of the municipality's readings.

mod at_hospital;
mod at_journal;

use jiff::civil::{Date, date};
use serde_json::{Value, json};

use crate::calendar::Moment;
use crate::expected::Zone::{self, Green, NoLimit, RedLow, YellowLow};
use crate::limits::{DANISH, Limit, limit, limit_in};
use crate::observation::Observation;
use crate::parameter::{PULSE, Parameter, SPO2, WEIGHT};
use crate::person::Person;
use crate::resource::{MUNICIPALITY, SNOMED, decimal, device};
use crate::script::{Script, clock};
use crate::{Case, Elsewhere};

const ID: &str = "handover";
/// The same patient at the three sources.
const AT_HOSPITAL: &str = "dho-2207";
const AT_MUNICIPALITY: &str = "kom-88-0315";
const AT_LAB: &str = "lab-77120";

const FIRST_DAY: i32 = 90;
/// The municipality begins, the hospital ends, and the laboratory module begins.
const MUNICIPALITY_FROM: i32 = 48;
const HANDED_OVER: i32 = 46;

/// `meta.source` of the two vendors.
const HOSPITAL_VENDOR: &str = "https://sykehus-dho.example/fhir";
const MUNICIPAL_VENDOR: &str = "https://kommune-dho.example/fhir";

static SPO2_LIMITS: [Limit; 3] = [
    limit("N", "90", ""),
    limit("A", "86", "89"),
    limit("AA", "", "85"),
];
static DANISH_LIMITS: [Limit; 3] = [
    limit("N", "90", ""),
    limit_in(DANISH, "GAL", "86", "89"),
    limit_in(DANISH, "RAL", "", "85"),
];

/// Danish codes of laboratory quantities.
const DANISH_NPU: &str = "urn:oid:1.2.208.176.2.1";

pub(crate) fn case(seed: u64, until: Date) -> Case {
    let person = Person {
        given: "Halvard",
        family: "Overgang",
        female: false,
        born: date(1949, 5, 20),
    };
    let mut journal = Script::new(ID, seed, until, &person);
    // Of all places together: its resources are shared out below.
    let mut all = Script::new(ID, seed, until, &person);
    at_journal::add(&mut journal);
    at_journal::readings(&mut journal, NoLimit);
    // The plan's limits are known once its home is asked.
    at_journal::readings(&mut all, Green);

    let patient = all.resources.first().cloned().unwrap_or_default();
    let mut places = Places {
        hospital: vec![known_as(&patient, AT_HOSPITAL)],
        municipality: vec![known_as(&patient, AT_MUNICIPALITY)],
        lab: vec![known_as(&patient, AT_LAB)],
    };
    let plan = at_hospital::add(&mut places.hospital, all.calendar);
    all.declarations.plan = Some(plan);
    for (name, label) in [("oximeter", "Fingerklype K"), ("scale", "Badevekt")] {
        let id = format!("{AT_MUNICIPALITY}-{name}");
        places
            .municipality
            .push(device(&id, AT_MUNICIPALITY, label, label));
    }
    for days_before in (1..=FIRST_DAY).rev() {
        if days_before >= HANDED_OVER {
            hospital_day(&mut all, &mut places, days_before);
        }
        if days_before <= MUNICIPALITY_FROM {
            municipal_day(&mut all, &mut places, days_before);
        }
    }
    let (_, together) = all.finish();
    Case::new(
        journal,
        "Fra sykehus til kommune",
        "Followed up by the hospital's vendor for the first weeks and by the municipality's after a hand-over half-way. \
         The journal itself has two readings of a control; the rest is at three sources with other ids for the patient \
         (`sources`): LOINC with the national profile's ranges and the plan; Danish and SNOMED codes and ranges; copies \
         in a laboratory module without ranges, devices and, every third, without seconds. For three days two devices \
         disagree. `expected` is what the journal alone gives, `expected-together` what all of them do.",
    )
    .beside(
        vec![
            Elsewhere {
                source: "hospital",
                patient: AT_HOSPITAL,
                resources: places.hospital,
            },
            Elsewhere {
                source: "municipality",
                patient: AT_MUNICIPALITY,
                resources: places.municipality,
            },
            Elsewhere {
                source: "lab-module",
                patient: AT_LAB,
                resources: places.lab,
            },
        ],
        together,
    )
}

struct Places {
    hospital: Vec<Value>,
    municipality: Vec<Value>,
    lab: Vec<Value>,
}

/// The patient under another id, with the same identity number.
fn known_as(patient: &Value, id: &str) -> Value {
    let mut patient = patient.clone();
    patient["id"] = json!(id);
    if let Some(members) = patient.as_object_mut() {
        members.remove("meta");
    }
    patient
}

/// SpO₂ as the author means it on a day: falling before the hand-over, a bad night after it.
fn saturation(script: &mut Script, days_before: i32) -> (i64, Zone) {
    match days_before {
        60..=63 => (script.rng.within(86, 89), YellowLow),
        59 => (84, RedLow),
        21..=22 => (script.rng.within(87, 89), YellowLow),
        _ => (script.rng.within(91, 95), Green),
    }
}

/// Adds an entry to the story of all places, and gives its JSON to one of them.
fn reading(all: &mut Script, place: &mut Vec<Value>, observation: Observation, value: &str, zone: Zone) {
    place.push(observation.json.clone());
    all.reading(observation, value, zone);
}

fn observation(patient: &str, name: &str, parameter: &Parameter, when: &Moment, source: &str) -> Observation {
    Observation::new(&format!("{patient}-{name}"), patient, parameter, when)
        .source(source)
        .numbered(&format!("{source}/readings"), name)
}

fn hospital_day(all: &mut Script, places: &mut Places, days_before: i32) {
    let when = all.calendar.at(days_before, clock(8, 5));
    let (value, zone) = match days_before {
        // The hospital's old device shows four too little.
        HANDED_OVER..=MUNICIPALITY_FROM => (91, Green),
        _ => saturation(all, days_before),
    };
    let value = value.to_string();
    let oximeter = format!("{AT_HOSPITAL}-oximeter");
    let spo2 = observation(
        AT_HOSPITAL,
        &format!("spo2-{days_before}"),
        &SPO2,
        &when,
        HOSPITAL_VENDOR,
    )
    .value(&value)
    .limits(&SPO2_LIMITS)
    .device(&oximeter);
    reading(all, &mut places.hospital, spo2, &value, zone);

    let value = all.rng.within(70, 90).to_string();
    let pulse = observation(
        AT_HOSPITAL,
        &format!("pulse-{days_before}"),
        &PULSE,
        &when,
        HOSPITAL_VENDOR,
    )
    .value(&value)
    .device(&oximeter);
    reading(all, &mut places.hospital, pulse, &value, NoLimit);
}

fn municipal_day(all: &mut Script, places: &mut Places, days_before: i32) {
    // At the hospital's own minute while both measure, a little later in the day else.
    let when = match days_before {
        HANDED_OVER.. => all.calendar.at(days_before, clock(8, 5)),
        _ => all.calendar.at(days_before, jiff::civil::time(8, 40, 17, 0)),
    };
    let (value, zone) = match days_before {
        HANDED_OVER.. => (95, Green),
        _ => saturation(all, days_before),
    };
    let value = value.to_string();
    let oximeter = format!("{AT_MUNICIPALITY}-oximeter");
    let spo2 = observation(
        AT_MUNICIPALITY,
        &format!("spo2-{days_before}"),
        &SPO2,
        &when,
        MUNICIPAL_VENDOR,
    )
    .code(DANISH_NPU, "NPU03011", "Hb(aB)—O2-metning")
    .value(&value)
    .limits(&DANISH_LIMITS)
    .device(&oximeter);
    reading(all, &mut places.municipality, spo2, &value, zone);
    copy(all, places, &SPO2, days_before, &when, &value);

    let value = all.rng.within(68, 88).to_string();
    let pulse = observation(
        AT_MUNICIPALITY,
        &format!("pulse-{days_before}"),
        &PULSE,
        &when,
        MUNICIPAL_VENDOR,
    )
    .code(DANISH_NPU, "NPU21692", "Hjerte—slagfrekvens")
    .value(&value)
    .device(&oximeter);
    reading(all, &mut places.municipality, pulse, &value, NoLimit);
    copy(all, places, &PULSE, days_before, &when, &value);

    if days_before % 7 == 1 {
        let value = decimal(814 - i64::from(days_before) / 7, 1);
        let weight = observation(
            AT_MUNICIPALITY,
            &format!("weight-{days_before}"),
            &WEIGHT,
            &when,
            MUNICIPAL_VENDOR,
        )
        .code(SNOMED, "27113001", "Vekt")
        .value(&value)
        .device(&format!("{AT_MUNICIPALITY}-scale"));
        reading(all, &mut places.municipality, weight, &value, NoLimit);
    }
}

/// The same reading in the laboratory module, from the day after the hand-over.
fn copy(
    all: &mut Script,
    places: &mut Places,
    parameter: &Parameter,
    days_before: i32,
    when: &Moment,
    value: &str,
) {
    if days_before >= HANDED_OVER {
        return;
    }
    let name = format!("{}-{days_before}", parameter.id);
    let when = if days_before % 3 == 0 {
        all.calendar.at(days_before, clock(8, 40))
    } else {
        when.clone()
    };
    let copied = observation(AT_LAB, &name, parameter, &when, MUNICIPALITY)
        .value(value)
        .without("category");
    places.lab.push(copied.json.clone());
    all.duplicate_of(copied, format!("{AT_MUNICIPALITY}-{name}"));
}
