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
mod tests;
