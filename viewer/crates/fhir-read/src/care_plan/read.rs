//! A whole plan from the resources that were sent: which one it is, and what it says at each place.
//!
//! Read are (data-model, "EBP"): the plan's own activities; a child CarePlan per zone, separate or
//! contained; the older draft with a Condition per zone (`addresses`); goals in words and goals that set
//! limits, or requests that do; the care team, separate or contained, or its name alone; who follows up, from the team or the
//! EpisodeOfCare. What is not understood is a finding, and the rest is read all the same.

use chart_model::care_plan::{CarePlan, Contact, FollowUp, Key, LimitSet, Place, Value};
use chart_model::{Finding, FindingKind, Parameter, order};

use super::activities::{conditions, holders, instructions, interval};
use super::collect::collect;
use super::parts::{Part, Parts, latest};
use super::people::{episode, members, unread_teams};
use super::proposal::{self, StoredProposal};
use super::remarks::notes;
use super::requests::requested_limits;
use super::stored::StoredPlan;
use super::{requests, terms};
use crate::bundle::RawResource;
use crate::error::PageError;
use crate::goal;
use crate::intern::Interner;
use crate::json::Json;
use crate::limit_version::LimitVersion;
use crate::resource::finding;

/// What was found of a patient's plans.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CarePlanReading {
    /// The plan in force, with what it says; `None` if none was sent.
    pub current: Option<(StoredPlan, CarePlan)>,
    /// Suggestions that wait for a decision.
    pub proposals: Vec<StoredProposal>,
    /// References of the plan that lead to nothing that was sent (`Goal/7`, `CareTeam/3`): to be read and
    /// given along. Each goal among them is a finding too.
    pub missing: Vec<String>,
    /// Limits may stand in requests for measurements: the plan's goals set none, or it names such requests that were
    /// not sent.
    pub may_have_requests: bool,
    /// What could not be read or had to be chosen.
    pub findings: Vec<Finding>,
}

/// Reads a patient's plans from answers in any order: searches (CarePlan of every status, with what is
/// included; Goal; CareTeam; ServiceRequest; EpisodeOfCare) and single resources. Of several plans in force those for
/// self-treatment come first, then the one last updated; that there were several is a finding.
///
/// # Errors
/// [`PageError`] if an answer is neither a Bundle nor a resource.
pub fn read_care_plans(pages: &[&[u8]], patient: &str) -> Result<CarePlanReading, PageError> {
    let mut reading = CarePlanReading::default();
    let resources = latest(&collect(pages, patient, &mut reading.findings)?, i64::MAX);
    let is_plan = |json: &Json, status: &str| {
        json.text("resourceType") == "CarePlan"
            && json.text("status") == status
            && json.get("partOf").items().is_empty()
    };
    let is_proposal = |json: &Json| is_plan(json, "draft") && json.text("intent") == "proposal";
    for (at, _) in resources.iter().enumerate().filter(|(_, json)| is_proposal(json)) {
        let parts = Parts::new(resources.clone(), at);
        reading
            .proposals
            .push(proposal::read(&parts, patient, &mut reading.findings));
    }
    let mut plans: Vec<usize> = (0..resources.len())
        .filter(|at| {
            resources
                .get(*at)
                .is_some_and(|json| is_plan(json, "active") && json.text("intent") != "proposal")
        })
        .collect();
    let is_self_treatment = |at: &usize| {
        let categories = resources.get(*at).map(|json| json.get("category"));
        categories.is_some_and(|categories| terms::has_coding(categories, terms::PLAN_CATEGORY))
    };
    if plans.iter().any(is_self_treatment) {
        plans.retain(is_self_treatment);
    }
    let updated = |at: &&usize| {
        resources
            .get(**at)
            .map(|json| Part::new(json.clone()).updated_ms())
    };
    let Some(main) = plans.iter().max_by_key(updated).copied() else {
        return Ok(reading);
    };
    let parts = Parts::new(resources, main);
    if plans.len() > 1 {
        let name = format!("CarePlan/{}", parts.main().text("id"));
        let count = plans.len().to_string();
        reading
            .findings
            .push(finding(FindingKind::PlanConflict, &name, &count));
    }
    let plan = read(&parts, patient, &mut reading.findings);
    let (_, missing_goals) = parts.goals();
    reading.missing = missing_goals.into_iter().map(str::to_owned).collect();
    let teams = unread_teams(&parts)
        .into_iter()
        .map(|team| team.text("reference").to_owned());
    reading.missing.extend(teams);
    reading.may_have_requests = requests::may_set_limits(&parts, &plan);
    let patient = patient.to_owned();
    reading.current = Some((StoredPlan { parts, patient }, plan));
    Ok(reading)
}

/// What the parts say as a plan.
pub(crate) fn read(parts: &Parts, patient: &str, findings: &mut Vec<Finding>) -> CarePlan {
    let mut plan = CarePlan::default();
    let main = parts.main();
    for (place, field) in [(Place::Title, "title"), (Place::Description, "description")] {
        plan.set(place, Some(Value::text(main.text(field))));
    }
    for (at, zone) in holders(parts) {
        let json = parts.json(at);
        match zone {
            Some(zone) if plan.get(&Place::Condition(zone)).is_none() => {
                plan.set(
                    Place::Condition(zone),
                    Some(Value::text(json.text("description"))),
                );
            }
            // A second plan for one zone, or one without a zone: its words are kept, among what holds always.
            _ if at != parts.main && !json.text("description").is_empty() => {
                let name = format!("CarePlan/{}", json.text("id"));
                findings.push(finding(FindingKind::PlanConflict, &name, json.text("title")));
                let text = json.text("description");
                let place = Place::Note(Key::of_content(text, 0));
                plan.set(place, Some(Value::text(text)));
            }
            _ => {}
        }
        for activity in json.get("activity").items() {
            if let Some((parameter, every)) = interval(activity, &mut Interner::default()) {
                let place = Place::Interval(parameter);
                if plan.get(&place).is_none() {
                    plan.set(place, Some(Value::Interval(every)));
                }
            }
        }
    }
    for instruction in instructions(parts, findings) {
        let place = Place::Activity(instruction.cell, instruction.key);
        plan.set(place, Some(Value::Text(instruction.text)));
    }
    for (place, text, _) in conditions(parts) {
        plan.set(place, Some(Value::Text(text)));
    }
    read_goals(parts, patient, &mut plan, findings);
    for (place, limits) in requested_limits(parts, patient, findings) {
        plan.set(place, Some(Value::Limits(limits)));
    }
    read_people(parts, &mut plan);
    for (key, text) in notes(main) {
        plan.set(Place::Note(key), Some(Value::Text(text)));
    }
    plan
}

fn read_goals(parts: &Parts, patient: &str, plan: &mut CarePlan, findings: &mut Vec<Finding>) {
    let (mut goals, missing) = parts.goals();
    for reference in missing {
        findings.push(finding(FindingKind::UnreadableResource, reference, ""));
    }
    // Of two goals with limits for one number the newer comes last and counts, whole.
    let as_named = goals.clone();
    order::by_key(&mut goals, |at| {
        parts.list.get(*at).map_or(i64::MIN, Part::updated_ms)
    });
    for at in goals {
        let limits = limits(parts, at, patient, findings);
        for (parameter, number, set) in &limits {
            let place = Place::Limits(parameter.clone(), *number);
            if plan.get(&place).is_some() {
                let name = format!("CarePlan/{}", parts.main().text("id"));
                findings.push(finding(FindingKind::PlanConflict, &name, &parameter.id()));
            }
            plan.set(place, Some(Value::Limits(set.clone())));
        }
    }
    for at in as_named {
        let goal = parts.json(at);
        let text = terms::words(goal.get("description"));
        if is_in_force(goal) && !text.is_empty() && limits(parts, at, patient, &mut Vec::new()).is_empty() {
            plan.set(Place::Goal(goal.text("id").into()), Some(Value::text(text)));
        }
    }
}

/// `proposed` is what goals of a proposal are.
fn is_in_force(goal: &Json) -> bool {
    matches!(
        goal.text("lifecycleStatus"),
        "" | "active" | "accepted" | "planned" | "on-hold" | "proposed"
    )
}

/// The limits that a goal sets.
pub(crate) fn limits(
    parts: &Parts,
    at: usize,
    patient: &str,
    findings: &mut Vec<Finding>,
) -> Vec<(Parameter, usize, LimitSet)> {
    let mut goal = parts.json(at).clone();
    if goal.text("lifecycleStatus") == "proposed" {
        goal.set("lifecycleStatus", "active");
    }
    let json = goal.to_string();
    let sent = RawResource {
        kind: "Goal".to_owned(),
        id: goal.text("id").to_owned(),
        json: json.as_bytes(),
        among_all_versions: false,
    };
    let read = goal::read(&sent, patient, &[], &mut Interner::default(), findings);
    let limits = read
        .map(LimitVersion::into_limits)
        .unwrap_or_default()
        .into_iter();
    limits
        .map(|(parameter, number, set)| {
            let set = LimitSet::from_ranges(&parameter, number, &set);
            (parameter, number, set)
        })
        .collect()
}

fn read_people(parts: &Parts, plan: &mut CarePlan) {
    for member in members(parts) {
        let (place, value) = match member.follows_up {
            Some(until) if plan.follow_up().is_none() => {
                // The role is what the place says.
                let role = String::new();
                let who = Contact {
                    role,
                    ..member.contact
                };
                (Place::FollowUp, Value::FollowUp(FollowUp { who, until }))
            }
            _ => (Place::Contact(member.key), Value::Contact(member.contact)),
        };
        plan.set(place, Some(value));
    }
    for team in unread_teams(parts) {
        let name = team.text("display");
        if !name.is_empty() {
            let contact = Contact {
                name: name.to_owned(),
                ..Contact::default()
            };
            plan.set(Place::Contact(key_of_team(team)), Some(Value::Contact(contact)));
        }
    }
    if plan.follow_up().is_none() {
        plan.set(Place::FollowUp, episode(parts).map(Value::FollowUp));
    }
}

/// The key of the contact that stands for a team that was not sent.
pub(super) fn key_of_team(team: &Json) -> Key {
    Key::of_content(team.text("display"), 0)
}
