//! A plan as it is stored, to be saved onto: what it is, and what of it can be written. What it says is in `read`, its
//! history in `history`.

use chart_model::care_plan::{Locks, Place, PlanZone};

use super::activities::conditions;
use super::parts::Parts;
use super::people::{self, unread_teams};
use super::read::key_of_team;
use super::requests::requested_limits;
use super::terms;
use crate::json::Json;

/// What a plan is referred to by until it is stored.
const FIRST: &str = "urn:uuid:00000000-0000-4000-8000-000000000002";

/// The plan in force as it is stored, to be saved onto.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredPlan {
    pub(crate) parts: Parts,
    pub(crate) patient: String,
}

impl StoredPlan {
    /// A plan that is to be the patient's first: nothing is stored of it, and it says nothing.
    pub fn first(patient: &str) -> Self {
        let (system, code) = terms::PLAN_CATEGORY;
        let coding = Json::object([("system", system.into()), ("code", code.into())]);
        let category = Json::object([("coding", Json::list_of(coding))]);
        let subject = Json::object([("reference", Json::Text(format!("Patient/{patient}")))]);
        let shell = Json::object([
            ("resourceType", "CarePlan".into()),
            ("status", "active".into()),
            ("intent", "plan".into()),
            ("category", Json::list_of(category)),
            ("subject", subject),
        ]);
        let mut parts = Parts::new(vec![shell], 0);
        for part in &mut parts.list {
            part.fresh = Some(FIRST.to_owned());
        }
        Self {
            parts,
            patient: patient.to_owned(),
        }
    }

    /// Id of the CarePlan.
    pub fn id(&self) -> &str {
        self.parts.main().text("id")
    }

    /// Whom it names and who was not sent, as `Organization/7`: their names and phones are not known.
    pub fn missing_people(&self) -> Vec<String> {
        people::missing(&self.parts)
    }

    /// What of it can only be read: zones that come as Conditions (the older draft), limits that come as requests
    /// for measurements, teams that were not sent.
    pub fn locks(&self) -> Locks {
        let limits = |place| match place {
            Place::Limits(parameter, number) => Some((parameter, number)),
            _ => None,
        };
        let requested = requested_limits(&self.parts, &self.patient, &mut Vec::new());
        let mut zones: Vec<PlanZone> = conditions(&self.parts)
            .into_iter()
            .filter_map(|(place, ..)| match place {
                Place::Condition(zone) => Some(zone),
                Place::Activity(cell, _) => cell.zone,
                _ => None,
            })
            .collect();
        zones.dedup();
        Locks {
            zones,
            requested: requested
                .into_iter()
                .filter_map(|(place, _)| limits(place))
                .collect(),
            names: unread_teams(&self.parts).into_iter().map(key_of_team).collect(),
            zones_only: false,
        }
    }
}
