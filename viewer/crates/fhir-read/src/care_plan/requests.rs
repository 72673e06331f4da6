//! Limits of a plan that stand in requests for measurements (ServiceRequest). They are read and never written.

use chart_model::care_plan::{CarePlan, LimitSet, Place};
use chart_model::{Finding, FindingKind, order};

use super::parts::{Parts, target};
use super::read::limits;
use crate::bundle::RawResource;
use crate::intern::Interner;
use crate::json::Json;
use crate::limit_version::{Span, spans};
use crate::resource::finding;
use crate::service_request;

/// The limits of requests, for numbers that no goal of the plan limits. Of two for one number the newer counts, whole.
pub(crate) fn requested_limits(
    parts: &Parts,
    patient: &str,
    findings: &mut Vec<Finding>,
) -> Vec<(Place, LimitSet)> {
    let (goals, missing) = parts.goals();
    // A goal that was not sent may set other limits.
    if !missing.is_empty() {
        return Vec::new();
    }
    let mut requested: Vec<Span> = requests(parts)
        .flat_map(|(_, request)| read(parts, request, patient, findings))
        .collect();
    if requested.is_empty() {
        return Vec::new();
    }
    let of_goals = goals
        .into_iter()
        .flat_map(|at| limits(parts, at, patient, &mut Vec::new()));
    let set_by_goals: Vec<Place> = of_goals
        .map(|(parameter, number, _)| Place::Limits(parameter, number))
        .collect();
    order::by_key(&mut requested, |span| span.from);
    let mut found: Vec<(Place, LimitSet)> = Vec::new();
    for span in requested {
        let limits = LimitSet::from_ranges(&span.parameter, span.number, &span.set);
        let id = span.parameter.id();
        let place = Place::Limits(span.parameter, span.number);
        if set_by_goals.contains(&place) {
            continue;
        }
        match found.iter_mut().find(|(there, _)| *there == place) {
            None => found.push((place, limits)),
            Some(older) => {
                older.1 = limits;
                let name = format!("CarePlan/{}", parts.main().text("id"));
                findings.push(finding(FindingKind::PlanConflict, &name, &id));
            }
        }
    }
    found
}

/// True if requests that were not sent may set limits: the plan sets none, or names some.
pub(crate) fn may_set_limits(parts: &Parts, plan: &CarePlan) -> bool {
    let mut places = plan.entries().iter().map(|(place, _)| place);
    let sets_limits = places.any(|place| matches!(place, Place::Limits(..)));
    let mut activities = parts.main().get("activity").items().iter();
    let is_missing = |activity: &Json| {
        let reference = activity.get("reference");
        target(reference.text("reference")).0 == "ServiceRequest"
            && parts.resolve(reference, parts.main).is_none()
    };
    activities.any(is_missing) || (!sets_limits && requests(parts).next().is_none())
}

/// The requests that set limits; the others belong to no plan of this kind.
pub(crate) fn requests(parts: &Parts) -> impl Iterator<Item = (usize, &Json)> {
    let all = parts.list.iter().map(|part| &part.json).enumerate();
    all.filter(|(_, json)| sets_limits(json))
}

/// True for a request with limits in it, in force or not.
pub(crate) fn sets_limits(json: &Json) -> bool {
    let mut extensions = json.get("extension").items().iter();
    json.text("resourceType") == "ServiceRequest"
        && extensions.any(|extension| extension.text("url") == service_request::REFERENCE_RANGE)
}

fn read(parts: &Parts, request: &Json, patient: &str, findings: &mut Vec<Finding>) -> Vec<Span> {
    let main = parts.main();
    // Beside a suggestion stand the requests of the plan that it would replace.
    let plan = if main.text("intent") == "proposal" {
        target(main.first("replaces").text("reference")).1
    } else {
        main.text("id")
    };
    let json = request.to_string();
    let sent = RawResource {
        kind: "ServiceRequest".to_owned(),
        id: request.text("id").to_owned(),
        json: json.as_bytes(),
        among_all_versions: false,
    };
    let version = service_request::read(&sent, patient, plan, &mut Interner::default(), findings);
    spans(version.into_iter().collect())
}
