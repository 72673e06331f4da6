//! The self-treatment plan (egenbehandlingsplan, EBP) and the people around the patient:
//! EpisodeOfCare, CareTeam, CarePlan with one child per zone, Goals with the current limits. Holds no readings.

use serde_json::{Value, json};

use crate::limits::Limit;
use crate::parameter::Parameter;
use crate::resource::{LOINC, coding, concept, organization, practitioner, reference};
use crate::script::{Script, clock};

/// Says on a Goal's target which zone its range is.
const LIMIT_ZONE: &str = "https://dho-viewer.example/fhir/StructureDefinition/limit-zone";
pub(crate) const PLAN_CATEGORY: &str = "http://ehelse.no/fhir/CodeSystem/vkp-careplan-category-v090";
pub(crate) const PLAN_ZONE: &str =
    "http://hl7.no/fhir/ig/planer-hacking/CodeSystem/planer-hacking-observation-severity-zone-cs";

/// How often a parameter is to be measured: `every` days between two readings.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cadence {
    pub(crate) parameter: &'static Parameter,
    pub(crate) every_days: u32,
}

/// The limits of one parameter that are in force now.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CurrentLimits {
    pub(crate) parameter: &'static Parameter,
    pub(crate) limits: &'static [Limit],
}

/// What the patient does in one zone.
#[derive(Debug)]
pub(crate) struct ZonePlan {
    /// `green`, `yellow` or `red`.
    pub(crate) code: &'static str,
    pub(crate) title: &'static str,
    /// How the patient knows that he is in it.
    pub(crate) condition: &'static str,
    /// Area (medikamentelle tiltak, kosthold, …) and action.
    pub(crate) actions: &'static [(&'static str, &'static str)],
}

/// The plan as its author sees it. Days count back from the case's last day.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) title: &'static str,
    pub(crate) since: i32,
    pub(crate) limits_since: i32,
    pub(crate) what_matters: &'static str,
    pub(crate) cadence: &'static [Cadence],
    pub(crate) limits: &'static [CurrentLimits],
    pub(crate) zones: &'static [ZonePlan],
}

/// Adds the service that follows the patient and the period in which it does.
pub(crate) fn follow_up(script: &mut Script, since: i32) {
    let id = script.id;
    let start = script.calendar.day(since).to_string();
    script.resource(organization(
        &format!("{id}-service"),
        "Oppfølgingstjenesten i Prøvevik kommune",
        "+47 99 00 00 01",
    ));
    script.resource(json!({
        "resourceType": "EpisodeOfCare",
        "id": format!("{id}-episode"),
        "status": "active",
        "type": [{ "text": "Digital hjemmeoppfølging" }],
        "patient": reference(&format!("Patient/{id}")),
        "managingOrganization": reference(&format!("Organization/{id}-service")),
        "period": { "start": start },
    }));
}

/// Adds the plan, its team, goals and zones. `follow_up` must have been called.
pub(crate) fn add(script: &mut Script, plan: &Plan) {
    let id = script.id;
    add_team(script, plan);
    let mut goals = vec![json!({
        "resourceType": "Goal",
        "id": format!("{id}-goal-what-matters"),
        "lifecycleStatus": "active",
        "description": { "text": plan.what_matters },
        "subject": reference(&format!("Patient/{id}")),
        "startDate": script.calendar.day(plan.since).to_string(),
    })];
    goals.extend(plan.limits.iter().map(|limits| limit_goal(script, plan, limits)));
    let goal_references: Vec<Value> = goals
        .iter()
        .filter_map(|goal| goal["id"].as_str())
        .map(|goal| reference(&format!("Goal/{goal}")))
        .collect();
    goals.into_iter().for_each(|goal| script.resource(goal));

    let mut care_plan = plan_shell(script, plan, "plan", plan.title);
    care_plan["category"] = json!([{ "coding": [coding(PLAN_CATEGORY, "2")] }]);
    care_plan["careTeam"] = json!([reference(&format!("CareTeam/{id}-team"))]);
    care_plan["goal"] = json!(goal_references);
    if !plan.cadence.is_empty() {
        care_plan["activity"] = plan.cadence.iter().map(measuring).collect();
    }
    script.resource(care_plan);

    for zone in plan.zones {
        let mut child = plan_shell(script, plan, &format!("plan-{}", zone.code), zone.title);
        child["partOf"] = json!([reference(&format!("CarePlan/{id}-plan"))]);
        child["category"] = json!([{ "coding": [coding(PLAN_ZONE, zone.code)] }]);
        child["description"] = json!(zone.condition);
        child["activity"] = zone
            .actions
            .iter()
            .map(|(area, action)| instruction(area, action))
            .collect();
        script.resource(child);
    }
}

fn add_team(script: &mut Script, plan: &Plan) {
    let id = script.id;
    let start = script.calendar.day(plan.since).to_string();
    script.resource(organization(
        &format!("{id}-hospital"),
        "Prøvevik sykehus",
        "+47 99 00 00 02",
    ));
    script.resource(practitioner(
        &format!("{id}-specialist"),
        "Sol",
        "Legesen",
        "+47 99 00 00 03",
    ));
    script.resource(practitioner(
        &format!("{id}-nurse"),
        "Odd",
        "Sykepleiersen",
        "+47 99 00 00 04",
    ));
    let member = |role: &str, who: &str, organization: &str| {
        json!({
            "role": [{ "text": role }],
            "member": reference(&format!("Practitioner/{id}-{who}")),
            "onBehalfOf": reference(&format!("Organization/{id}-{organization}")),
        })
    };
    script.resource(json!({
        "resourceType": "CareTeam",
        "id": format!("{id}-team"),
        "status": "active",
        "name": "Behandlingsteam",
        "subject": reference(&format!("Patient/{id}")),
        "period": { "start": start },
        "participant": [
            member("Kontaktperson på sykehuset", "specialist", "hospital"),
            member("Følger opp nå", "nurse", "service"),
        ],
        "managingOrganization": [reference(&format!("Organization/{id}-service"))],
    }));
}

/// What the plan and each of its zones have in common.
fn plan_shell(script: &Script, plan: &Plan, name: &str, title: &str) -> Value {
    let id = script.id;
    json!({
        "resourceType": "CarePlan",
        "id": format!("{id}-{name}"),
        "meta": {
            "source": crate::resource::JOURNAL,
            "lastUpdated": script.calendar.at(plan.limits_since, clock(13, 30)).text,
        },
        "status": "active",
        "intent": "plan",
        "title": title,
        "subject": reference(&format!("Patient/{id}")),
        "period": { "start": script.calendar.day(plan.since).to_string() },
        "created": script.calendar.at(plan.since, clock(13, 30)).text,
        "author": { "reference": format!("Practitioner/{id}-specialist"), "display": "Sol Legesen" },
    })
}

/// One target per range; the extension says the zone.
pub(crate) fn targets(current: &CurrentLimits) -> Value {
    let parameter = current.parameter;
    let targets = current.limits.iter().map(|limit| {
        json!({
            "extension": [{ "url": LIMIT_ZONE, "valueCodeableConcept": limit.severity() }],
            "measure": concept(LOINC, parameter.loinc, parameter.text),
            "detailRange": limit.bounds(parameter.unit),
        })
    });
    targets.collect()
}

/// Valid since the day the limits were last changed.
fn limit_goal(script: &Script, plan: &Plan, current: &CurrentLimits) -> Value {
    let id = script.id;
    let parameter = current.parameter;
    json!({
        "resourceType": "Goal",
        "id": format!("{id}-limits-{}", parameter.id),
        "lifecycleStatus": "active",
        "description": { "text": format!("Grenser for {}", parameter.text) },
        "subject": reference(&format!("Patient/{id}")),
        "startDate": script.calendar.day(plan.limits_since).to_string(),
        "expressedBy": reference(&format!("Practitioner/{id}-specialist")),
        "target": targets(current),
    })
}

pub(crate) fn measuring(cadence: &Cadence) -> Value {
    let parameter = cadence.parameter;
    json!({ "detail": {
        "code": concept(LOINC, parameter.loinc, parameter.text),
        "status": "in-progress",
        "scheduledTiming": { "repeat": { "frequency": 1, "period": cadence.every_days, "periodUnit": "d" } },
    } })
}

pub(crate) fn instruction(area: &str, action: &str) -> Value {
    json!({ "detail": { "code": { "text": area }, "status": "in-progress", "description": action } })
}
