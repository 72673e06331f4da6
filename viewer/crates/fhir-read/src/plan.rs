//! The current plan from CarePlan and Goal: version, limits in force, planned intervals. The plan's
//! texts and its history are not read here.

use chart_model::{ClinicalTime, CurrentLimits, Finding, FindingKind, Parameter, PlanSummary};
use serde::Deserialize;

use crate::bundle::{self, RawResource};
use crate::codes;
use crate::error::PageError;
use crate::goal::{self, GoalLimits};
use crate::intern::Interner;
use crate::lenient::{List, Object, Raw, Text};
use crate::resource::{Concept, Meta, Reference, finding};

/// What was found of the plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlanReading {
    /// The current plan; `None` if no active plan was sent.
    pub plan: Option<PlanSummary>,
    /// Ids of goals that the plan names and no page holds: the server did not include them. Each is
    /// a finding too, until it is read together with them.
    pub missing_goals: Vec<String>,
    /// What could not be read or had to be chosen.
    pub findings: Vec<Finding>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct CarePlan<'a> {
    #[serde(borrow)]
    id: Text<'a>,
    #[serde(borrow)]
    meta: Option<Object<Meta<'a>>>,
    #[serde(borrow)]
    status: Text<'a>,
    #[serde(borrow)]
    category: List<Concept<'a>>,
    #[serde(borrow)]
    subject: Option<Object<Reference<'a>>>,
    #[serde(borrow)]
    part_of: List<Reference<'a>>,
    #[serde(borrow)]
    author: Option<Object<Reference<'a>>>,
    #[serde(borrow)]
    contributor: List<Reference<'a>>,
    #[serde(borrow)]
    goal: List<Reference<'a>>,
    #[serde(borrow)]
    activity: List<Activity<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Activity<'a> {
    #[serde(borrow)]
    detail: Option<Object<Detail<'a>>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Detail<'a> {
    #[serde(borrow)]
    code: Option<Object<Concept<'a>>>,
    #[serde(borrow)]
    status: Text<'a>,
    #[serde(borrow)]
    scheduled_timing: Option<Object<Timing<'a>>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Timing<'a> {
    #[serde(borrow)]
    repeat: Option<Object<Repeat<'a>>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Repeat<'a> {
    #[serde(borrow)]
    frequency: Raw<'a>,
    #[serde(borrow)]
    period: Raw<'a>,
    #[serde(borrow)]
    period_unit: Text<'a>,
}

/// Category of a VKP self-treatment plan.
const PLAN_CATEGORY: (&str, &str) = ("http://ehelse.no/fhir/CodeSystem/vkp-careplan-category-v090", "2");

impl CarePlan<'_> {
    /// True for a whole plan in force; one that is part of another is a zone of it.
    fn is_current(&self) -> bool {
        self.status.filled() == Some("active") && self.part_of.is_empty()
    }

    fn is_self_treatment(&self) -> bool {
        let mut codings = self.category.iter().flat_map(|category| category.coding.iter());
        codings.any(|coding| (coding.system.or_empty(), coding.code.or_empty()) == PLAN_CATEGORY)
    }

    fn updated(&self) -> Option<ClinicalTime> {
        let text = self.meta.as_ref()?.last_updated.filled()?;
        ClinicalTime::parse(text).ok()
    }

    fn author(&self) -> Option<String> {
        let author = self.author.as_ref().and_then(|author| author.display.filled());
        let contributor = || self.contributor.iter().find_map(|by| by.display.filled());
        author.or_else(contributor).map(str::to_owned)
    }

    fn intervals(&self, interner: &mut Interner) -> Vec<(Parameter, i64)> {
        let mut intervals: Vec<(Parameter, i64)> = Vec::new();
        for detail in self
            .activity
            .iter()
            .filter_map(|activity| activity.detail.as_ref())
        {
            let given_up = matches!(
                detail.status.or_empty(),
                "cancelled" | "stopped" | "completed" | "entered-in-error"
            );
            let measured = detail.code.as_deref().and_then(|code| codes::measured(code, &[]));
            let timing = detail.scheduled_timing.as_ref();
            let interval = timing
                .and_then(|timing| timing.repeat.as_deref())
                .and_then(Repeat::interval);
            if let (false, Some(measured), Some(interval)) = (given_up, measured, interval) {
                let parameter = measured.parameter("", interner);
                if !intervals.iter().any(|(known, _)| *known == parameter) {
                    intervals.push((parameter, interval));
                }
            }
        }
        intervals
    }
}

impl Repeat<'_> {
    /// Milliseconds from one reading to the next; months count 30 days, years 365.
    fn interval(&self) -> Option<i64> {
        const SECOND: f64 = 1000.0;
        const DAY: f64 = 86_400.0 * SECOND;
        let unit = match self.period_unit.filled()? {
            "s" => SECOND,
            "min" => 60.0 * SECOND,
            "h" => 3600.0 * SECOND,
            "d" => DAY,
            "wk" => 7.0 * DAY,
            "mo" => 30.0 * DAY,
            "a" => 365.0 * DAY,
            _ => return None,
        };
        let number = |number: &Raw<'_>| number.json().and_then(|text| text.parse::<f64>().ok());
        let interval = number(&self.period)? * unit / number(&self.frequency).unwrap_or(1.0);
        #[allow(
            clippy::cast_possible_truncation,
            reason = "checked to lie between a second and a hundred years"
        )]
        (SECOND..=100.0 * 365.0 * DAY)
            .contains(&interval)
            .then_some(interval.round() as i64)
    }
}

/// Reads the current plan of a patient from the answers to the searches for CarePlan (with its goals
/// included, or not) and Goal, in any order. Active plans with VKP's category for self-treatment
/// come before others; of several the one last updated counts.
///
/// # Errors
/// [`PageError`] if an answer is no Bundle.
pub fn read_plan(pages: &[&[u8]], patient: &str) -> Result<PlanReading, PageError> {
    let mut reading = PlanReading::default();
    let mut resources: Vec<RawResource<'_>> = Vec::new();
    for page in pages {
        resources.extend(bundle::resources(page, &mut reading.findings)?);
    }
    let mut current: Vec<CarePlan<'_>> = Vec::new();
    for resource in resources.iter().filter(|resource| resource.kind == "CarePlan") {
        let Ok(plan) = serde_json::from_slice::<CarePlan<'_>>(resource.json) else {
            let name = format!("CarePlan/{}", resource.id);
            reading
                .findings
                .push(finding(FindingKind::UnreadableResource, &name, ""));
            continue;
        };
        if plan
            .subject
            .as_ref()
            .is_some_and(|subject| !subject.may_be_patient(patient))
        {
            let name = format!("CarePlan/{}", resource.id);
            reading
                .findings
                .push(finding(FindingKind::OtherPatient, &name, ""));
        } else if plan.is_current() && !current.iter().any(|known| known.id == plan.id) {
            current.push(plan);
        }
    }
    if current.iter().any(CarePlan::is_self_treatment) {
        current.retain(CarePlan::is_self_treatment);
    }
    let updated = |plan: &&CarePlan<'_>| plan.updated().map(|time| time.start_ms());
    let Some(plan) = current.iter().max_by_key(updated) else {
        return Ok(reading);
    };
    let name = format!("CarePlan/{}", plan.id.or_empty());
    if current.len() > 1 {
        let others = current.len().to_string();
        reading
            .findings
            .push(finding(FindingKind::PlanConflict, &name, &others));
    }
    let mut interner = Interner::default();
    let mut limits = Vec::new();
    for reference in plan.goal.iter() {
        let Some((_, id)) = reference.target() else {
            continue;
        };
        let Some(sent) = resources.iter().find(|r| r.kind == "Goal" && r.id == id) else {
            let name = format!("Goal/{id}");
            reading
                .findings
                .push(finding(FindingKind::UnreadableResource, &name, ""));
            reading.missing_goals.push(id.to_owned());
            continue;
        };
        limits.extend(goal::read(sent, patient, &mut interner, &mut reading.findings));
    }
    reading.plan = Some(PlanSummary {
        id: plan.id.or_empty().to_owned(),
        version: plan
            .meta
            .as_ref()
            .map_or("", |meta| meta.version_id.or_empty())
            .to_owned(),
        updated: plan.updated(),
        author: plan.author(),
        limits: current_limits(limits, &name, &mut reading.findings),
        intervals: plan.intervals(&mut interner),
    });
    Ok(reading)
}

/// One entry per parameter, in the plan's order. Where two goals set limits for one number, the
/// newer set counts, whole.
fn current_limits(goals: Vec<GoalLimits>, plan: &str, findings: &mut Vec<Finding>) -> Vec<CurrentLimits> {
    let mut chosen: Vec<GoalLimits> = Vec::new();
    for goal in goals {
        let same = |other: &GoalLimits| (&other.parameter, other.number) == (&goal.parameter, goal.number);
        match chosen.iter_mut().find(|other| same(other)) {
            None => chosen.push(goal),
            Some(there) => {
                findings.push(finding(FindingKind::PlanConflict, plan, &goal.parameter.id()));
                if goal.since > there.since {
                    *there = goal;
                }
            }
        }
    }
    let mut limits: Vec<CurrentLimits> = Vec::new();
    for goal in chosen {
        let known = limits.iter_mut().find(|known| known.parameter == goal.parameter);
        let there = match known {
            Some(there) => there,
            None => limits.push_mut(CurrentLimits {
                parameter: goal.parameter,
                sets: [None, None],
                since: goal.since,
            }),
        };
        there.since = there.since.max(goal.since);
        if let Some(slot) = there.sets.get_mut(goal.number) {
            *slot = Some(goal.set);
        }
    }
    limits
}

#[cfg(test)]
mod tests {
    use super::*;
    use chart_model::{Known, Zone};
    use serde_json::{Value, json};

    fn read(resources: &[Value]) -> PlanReading {
        let entries: Vec<Value> = resources.iter().map(|r| json!({ "resource": r })).collect();
        let bundle = json!({ "resourceType": "Bundle", "entry": entries }).to_string();
        read_plan(&[bundle.as_bytes()], "7").unwrap()
    }

    fn plan(id: &str, changes: Value) -> Value {
        let mut plan = json!({
            "resourceType": "CarePlan", "id": id, "status": "active",
            "meta": { "versionId": "3", "lastUpdated": "2026-09-03T08:12:00Z" },
            "subject": { "reference": "Patient/7" },
        });
        for (field, value) in changes.as_object().unwrap() {
            plan[field] = value.clone();
        }
        plan
    }

    fn self_treatment() -> Value {
        json!([{ "coding": [{ "system": PLAN_CATEGORY.0, "code": PLAN_CATEGORY.1 }] }])
    }

    fn goal(id: &str, code: &str, low: i64, updated: &str) -> Value {
        json!({
            "resourceType": "Goal", "id": id, "lifecycleStatus": "active",
            "meta": { "versionId": "2", "lastUpdated": updated },
            "target": [{
                "measure": { "coding": [{ "system": "http://loinc.org", "code": code }] },
                "detailRange": { "low": { "value": low, "unit": "mmHg" } },
            }],
        })
    }

    fn kinds(reading: &PlanReading) -> Vec<FindingKind> {
        reading.findings.iter().map(|finding| finding.kind).collect()
    }

    #[test]
    fn the_active_self_treatment_plan_is_the_plan() {
        let reading = read(&[
            plan("other", json!({})),
            plan(
                "zone",
                json!({ "partOf": [{ "reference": "CarePlan/ebp" }], "category": self_treatment() }),
            ),
            plan(
                "old",
                json!({ "status": "revoked", "category": self_treatment() }),
            ),
            plan(
                "ebp",
                json!({ "category": self_treatment(), "author": { "display": "Sol Legesen" } }),
            ),
        ]);
        let plan = reading.plan.as_ref().unwrap();
        assert_eq!((plan.id.as_str(), plan.version.as_str()), ("ebp", "3"));
        assert_eq!(plan.author.as_deref(), Some("Sol Legesen"));
        assert_eq!(
            plan.updated.as_ref().map(ClinicalTime::text),
            Some("2026-09-03T08:12:00Z")
        );
        assert!(reading.findings.is_empty());
    }

    #[test]
    fn without_a_self_treatment_plan_any_active_one_will_do() {
        assert_eq!(read(&[plan("a", json!({}))]).plan.unwrap().id, "a");
        assert_eq!(read(&[plan("a", json!({ "status": "draft" }))]).plan, None);
        assert_eq!(read(&[]), PlanReading::default());
    }

    #[test]
    fn of_several_plans_the_one_last_updated_counts_and_it_is_said() {
        let newer = json!({ "meta": { "lastUpdated": "2026-10-01T08:00:00Z" } });
        let reading = read(&[
            plan("a", json!({})),
            plan("b", newer),
            plan("c", json!({ "meta": {} })),
        ]);
        assert_eq!(reading.plan.as_ref().unwrap().id, "b");
        assert_eq!(kinds(&reading), [FindingKind::PlanConflict]);
    }

    #[test]
    fn a_plan_of_another_patient_is_refused() {
        let reading = read(&[plan("a", json!({ "subject": { "reference": "Patient/8" } }))]);
        assert_eq!(reading.plan, None);
        assert_eq!(kinds(&reading), [FindingKind::OtherPatient]);
    }

    #[test]
    fn both_parts_of_a_blood_pressure_make_one_entry() {
        let goals = json!({ "goal": [{ "reference": "Goal/s" }, { "reference": "Goal/d/_history/2" }] });
        let reading = read(&[
            plan("a", goals),
            goal("s", "8480-6", 90, "2026-09-01T00:00:00Z"),
            goal("d", "8462-4", 50, "2026-09-02T00:00:00Z"),
        ]);
        let limits = &reading.plan.as_ref().unwrap().limits;
        assert_eq!(limits.len(), 1);
        assert_eq!(limits[0].parameter, Known::BloodPressure.into());
        let lows = limits[0].sets.each_ref().map(|set| set.as_ref()?.green()?.low);
        assert_eq!(lows.map(|low| low.unwrap().to_string()), ["90", "50"]);
        let since = ClinicalTime::parse("2026-09-02T00:00:00Z").unwrap();
        assert_eq!(limits[0].since, since.start_ms());
        assert!(reading.findings.is_empty());
    }

    #[test]
    fn of_two_goals_for_one_number_the_newer_counts_whole() {
        let goals = json!({ "goal": [{ "reference": "Goal/1" }, { "reference": "Goal/2" }] });
        let reading = read(&[
            plan("a", goals),
            goal("1", "8480-6", 90, "2026-09-03T00:00:00Z"),
            goal("2", "8480-6", 95, "2026-09-02T00:00:00Z"),
        ]);
        let limits = &reading.plan.as_ref().unwrap().limits;
        let set = limits[0].sets[0].as_ref().unwrap();
        assert_eq!(set.ranges.len(), 1);
        assert_eq!(set.classify(chart_model::Decimal::new(90, 0)).zone, Zone::Green);
        assert_eq!(kinds(&reading), [FindingKind::PlanConflict]);
    }

    #[test]
    fn a_goal_that_did_not_come_along_is_named() {
        let reading = read(&[plan("a", json!({ "goal": [{ "reference": "Goal/1" }] }))]);
        assert_eq!(reading.missing_goals, ["1"]);
        assert_eq!(reading.findings[0].resource, "Goal/1");
    }

    #[test]
    fn planned_intervals_come_from_the_timing() {
        let activity = |code: &str, repeat: Value, status: &str| {
            json!({ "detail": { "status": status,
                "code": { "coding": [{ "system": "http://loinc.org", "code": code }] },
                "scheduledTiming": { "repeat": repeat } } })
        };
        let day = 86_400_000;
        let repeat = |frequency: i64, period: f64, unit: &str| json!({ "frequency": frequency, "period": period, "periodUnit": unit });
        let reading = read(&[plan(
            "a",
            json!({ "activity": [
                activity("2708-6", repeat(4, 1.0, "d"), "in-progress"),
                activity("8462-4", repeat(1, 2.0, "wk"), "scheduled"),
                activity("29463-7", json!({ "period": 1, "periodUnit": "d" }), ""),
                activity("29463-7", repeat(1, 7.0, "d"), ""),
                activity("8310-5", repeat(1, 1.0, "d"), "stopped"),
                activity("8867-4", repeat(0, 1.0, "d"), ""),
                activity("9279-1", repeat(1, 1.0, "fortnight"), ""),
                { "detail": { "description": "Ta medisinen" } },
                { "reference": { "reference": "ServiceRequest/1" } },
            ] }),
        )]);
        let plan = reading.plan.unwrap();
        assert_eq!(
            plan.intervals,
            [
                (Known::Spo2.into(), day / 4),
                (Known::BloodPressure.into(), 14 * day),
                (Known::Weight.into(), day),
            ]
        );
    }
}
