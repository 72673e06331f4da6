//! Plans read, edited, saved and read again, against a server in memory.

#![allow(clippy::unwrap_used, reason = "helpers of a test may fail it")]

mod generated;
mod history;
mod nhn;
mod other_systems;
mod proposals;
mod reading;
mod saving;
mod server;

use chart_model::care_plan::{Area, Author, CarePlan, Cell, Contact, Key, LimitSet, Place, PlanZone, Value};
use chart_model::{ClinicalTime, Decimal};
use fhir_read::care_plan::{CarePlanReading, Signer, StoredPlan, read_care_plans};
use serde_json::{Value as Json, json};

use server::Server;

const PATIENT: &str = "kols";

fn fixture() -> Vec<Json> {
    let case = fhir_fixtures::generate_one(PATIENT, 1, fhir_fixtures::date(2026, 11, 22)).unwrap();
    let wanted = [
        "CarePlan",
        "Goal",
        "CareTeam",
        "EpisodeOfCare",
        "Organization",
        "Practitioner",
    ];
    case.resources()
        .filter(|resource| wanted.contains(&resource["resourceType"].as_str().unwrap()))
        .collect()
}

fn read(server: &Server) -> CarePlanReading {
    read_care_plans(&[server.everything().as_bytes()], PATIENT).unwrap()
}

fn current(server: &Server) -> (StoredPlan, CarePlan) {
    read(server).current.unwrap()
}

fn signer(name: &str) -> Signer {
    Signer {
        reference: "Practitioner/kols-specialist".to_owned(),
        author: Author {
            name: name.to_owned(),
            role: "Lungelege".to_owned(),
            organisation: "Prøvevik sykehus".to_owned(),
        },
    }
}

fn text(text: &str) -> Option<Value> {
    Some(Value::text(text))
}

fn cell(zone: PlanZone, area: Area) -> Cell {
    Cell {
        zone: Some(zone),
        area,
    }
}

fn activity(plan: &CarePlan, cell: Cell, at: usize) -> Place {
    let (key, _) = plan.activities(cell).nth(at).unwrap();
    Place::Activity(cell, key.clone())
}

fn limits(bounds: [Option<i64>; 4]) -> Option<Value> {
    Some(Value::Limits(LimitSet::of(
        bounds.map(|bound| Some(Decimal::new(bound?, 0))),
    )))
}

fn contact(name: &str, role: &str, phone: &str, organisation: &str) -> Contact {
    Contact {
        name: name.to_owned(),
        role: role.to_owned(),
        phone: phone.to_owned(),
        organisation: organisation.to_owned(),
    }
}

fn instant(text: &str) -> i64 {
    ClinicalTime::parse(text).unwrap().start_ms()
}

const NOW: &str = "2026-11-22T10:00:00Z";
