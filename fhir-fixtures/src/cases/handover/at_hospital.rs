//! What the hospital's vendor has beside readings: the plan, which stays there after the hand-over.

use serde_json::{Value, json};

use super::{AT_HOSPITAL, FIRST_DAY, SPO2_LIMITS};
use crate::calendar::Calendar;
use crate::parameter::SPO2;
use crate::plan::{Cadence, CurrentLimits};
use crate::plan_expected::{PlanExpected, VersionExpected};
use crate::resource::{device, organization, practitioner, reference};
use crate::script::clock;
use crate::versions::Versions;
use crate::written_plan::{Writer, WrittenContact, WrittenPlan, WrittenZone};

const HOSPITAL: (&str, &str) = ("hospital", "Prøvevik sykehus");

const SPECIALIST: Writer = Writer {
    id: "specialist",
    name: "Sol Legesen",
    role: "Lungespesialist",
    organization: HOSPITAL,
};

/// Adds it, and gives what a right reading of the plan gives.
pub(super) fn add(hospital: &mut Vec<Value>, calendar: Calendar) -> PlanExpected {
    hospital.push(device(
        &format!("{AT_HOSPITAL}-oximeter"),
        AT_HOSPITAL,
        "Pulsoksymeter",
        "Fingerklype S",
    ));
    hospital.push(organization(
        &format!("{AT_HOSPITAL}-hospital"),
        HOSPITAL.1,
        "+47 99 00 00 02",
    ));
    hospital.push(practitioner(
        &format!("{AT_HOSPITAL}-specialist"),
        "Sol",
        "Legesen",
        "+47 99 00 00 03",
    ));
    hospital.push(json!({
        "resourceType": "EpisodeOfCare",
        "id": format!("{AT_HOSPITAL}-episode"),
        "status": "finished",
        "type": [{ "text": "Digital hjemmeoppfølging" }],
        "patient": reference(&format!("Patient/{AT_HOSPITAL}")),
        "managingOrganization": reference(&format!("Organization/{AT_HOSPITAL}-hospital")),
        "period": { "start": calendar.day(FIRST_DAY).to_string(), "end": calendar.day(super::HANDED_OVER).to_string() },
    }));
    let saved = calendar.at(FIRST_DAY, clock(7, 0)).text;
    let plan = plan();
    let mut versions = Versions::default();
    versions.save(&saved, plan.resources(calendar));
    hospital.extend(versions.finish().0);
    PlanExpected {
        version: "1".to_owned(),
        versions: vec![VersionExpected {
            version: "1".to_owned(),
            time: saved,
            author: SPECIALIST.name.to_owned(),
            role: String::new(),
            organisation: String::new(),
            reason: String::new(),
            changed: Vec::new(),
        }],
        ..plan.expected(calendar, &[("spo2", ["86", "90", "", ""])])
    }
}

fn plan() -> WrittenPlan {
    let zone = |code, title, condition: &str, action: &str| WrittenZone {
        code,
        title,
        condition: condition.to_owned(),
        actions: vec![("Medikamentelle tiltak", action.to_owned())],
    };
    WrittenPlan {
        patient: AT_HOSPITAL,
        name: "plan",
        title: "Egenbehandlingsplan etter innleggelse".to_owned(),
        since: FIRST_DAY,
        author: SPECIALIST,
        zones: vec![
            zone(
                "green",
                "Grønn sone",
                "Pusten er som vanlig.",
                "Fortsett med faste medisiner.",
            ),
            zone(
                "yellow",
                "Gul sone",
                "Tyngre pust enn vanlig.",
                "Ta ekstra drag, og ring oppfølgingstjenesten.",
            ),
            zone("red", "Rød sone", "Tung pust i hvile.", "Ring 113."),
        ],
        goals: vec![("what-matters", "Å komme meg på hytta igjen.".to_owned())],
        limits: vec![(
            FIRST_DAY,
            CurrentLimits {
                parameter: &SPO2,
                limits: &SPO2_LIMITS,
            },
        )],
        cadence: vec![Cadence {
            parameter: &SPO2,
            every_days: 1,
        }],
        contacts: vec![WrittenContact {
            role: "Kontaktperson på sykehuset",
            member: format!("Practitioner/{AT_HOSPITAL}-specialist"),
            display: "Sol Legesen",
            phone: "+47 99 00 00 03",
            behalf: Some((format!("Organization/{AT_HOSPITAL}-hospital"), HOSPITAL.1)),
            until: None,
        }],
    }
}
