//! The current plan from CarePlan, Goal and ServiceRequest: version, limits in force, planned intervals. The plan's
//! texts and its history are not read here.

mod limits;

use chart_model::{ClinicalTime, Decimal, Finding, FindingKind, Parameter, PlanSummary};

use crate::bundle::{self, RawResource};
use crate::codes;
use crate::error::PageError;
use crate::intern::Interner;
use crate::json::{self, List, Object, Raw, Text, fields};
use crate::limit_history;
use crate::limit_version::Span;
use crate::resource::{Concept, Meta, Reference, finding};
use limits::Limits;

/// What was found of the plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlanReading {
    /// The current plan; `None` if no active plan was sent.
    pub plan: Option<PlanSummary>,
    /// Ids of goals that the plan names and no page holds: the server did not include them. Each is
    /// a finding too, until it is read together with them.
    pub missing_goals: Vec<String>,
    /// Goals of the plan whose limits were changed at a time, and what held before was not sent. Reading the plan
    /// together with the answers to [`crate::Queries::goal_history`] fills them in.
    pub unread_histories: Vec<UnreadHistory>,
    /// Limits may stand in requests for measurements: the plan's goals set none, or it names such requests. Reading
    /// the plan together with the answer to [`crate::Queries::requests`] finds them.
    pub may_have_requests: bool,
    /// What could not be read or had to be chosen.
    pub findings: Vec<Finding>,
}

/// Limits of which only the latest version is known.
#[derive(Clone, Debug, PartialEq)]
pub struct UnreadHistory {
    /// Id of the Goal.
    pub goal: String,
    /// Whose limits; a goal that sets several is there once for each.
    pub parameter: Parameter,
    /// What held before this instant is not known, milliseconds since 1970 UTC.
    pub since: i64,
}

#[derive(Debug, Default)]
struct CarePlan<'a> {
    id: Text<'a>,
    meta: Option<Object<Meta<'a>>>,
    status: Text<'a>,
    category: List<Concept<'a>>,
    subject: Option<Object<Reference<'a>>>,
    part_of: List<Reference<'a>>,
    author: Option<Object<Reference<'a>>>,
    contributor: List<Reference<'a>>,
    goal: List<Reference<'a>>,
    activity: List<Activity<'a>>,
}

fields!(CarePlan {
    b"id": id,
    b"meta": meta,
    b"status": status,
    b"category": category,
    b"subject": subject,
    b"partOf": part_of,
    b"author": author,
    b"contributor": contributor,
    b"goal": goal,
    b"activity": activity,
});

#[derive(Debug, Default)]
struct Activity<'a> {
    reference: Option<Object<Reference<'a>>>,
    detail: Option<Object<Detail<'a>>>,
}

fields!(Activity { b"reference": reference, b"detail": detail });

#[derive(Debug, Default)]
struct Detail<'a> {
    code: Option<Object<Concept<'a>>>,
    status: Text<'a>,
    scheduled_timing: Option<Object<Timing<'a>>>,
}

fields!(Detail { b"code": code, b"status": status, b"scheduledTiming": scheduled_timing });

#[derive(Debug, Default)]
struct Timing<'a> {
    repeat: Option<Object<Repeat<'a>>>,
}

fields!(Timing { b"repeat": repeat });

#[derive(Debug, Default)]
struct Repeat<'a> {
    frequency: Raw<'a>,
    period: Raw<'a>,
    period_unit: Text<'a>,
}

fields!(Repeat { b"frequency": frequency, b"period": period, b"periodUnit": period_unit });

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

    /// True if some of its activities are requests for services.
    fn names_requests(&self) -> bool {
        let mut references = self
            .activity
            .iter()
            .filter_map(|activity| activity.reference.as_deref());
        references.any(|reference| reference.resource_type() == "ServiceRequest")
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
        let number = |number: &Raw<'_>| number.json().and_then(Decimal::parse).map(Decimal::to_f64);
        let interval = number(&self.period)? * unit / number(&self.frequency).unwrap_or(1.0);
        (SECOND..=100.0 * 365.0 * DAY)
            .contains(&interval)
            .then_some(interval.round() as i64)
    }
}

/// The interval that a FHIR Timing means, milliseconds; see [`Repeat::interval`].
pub(crate) fn interval_of(timing: &str) -> Option<i64> {
    let timing: Timing<'_> = json::read(timing.as_bytes())?;
    timing.repeat.as_deref()?.interval()
}

/// Reads the current plan of a patient from the answers to the searches for CarePlan (with its goals
/// included, or not), Goal and ServiceRequest, and the histories of goals, in any order. Active plans with VKP's category
/// for self-treatment come before others; of several the one last updated counts. A request sets the limits of a
/// number only where no goal of the plan does.
///
/// # Errors
/// [`PageError`] if an answer is no Bundle.
pub fn read_plan(pages: &[&[u8]], patient: &str) -> Result<PlanReading, PageError> {
    let mut reading = PlanReading::default();
    let mut resources: Vec<RawResource<'_>> = Vec::new();
    for page in pages {
        resources.extend(bundle::resources(page, &mut reading.findings)?);
    }
    // What is lost of these answers is no reading.
    for finding in &mut reading.findings {
        if finding.kind != FindingKind::ServerOutcome {
            finding.kind = FindingKind::PlanUnreadable;
        }
    }
    let mut current: Vec<CarePlan<'_>> = Vec::new();
    for resource in resources.iter().filter(|resource| resource.kind == "CarePlan") {
        let Some(plan) = json::read::<CarePlan<'_>>(resource.json) else {
            let name = format!("CarePlan/{}", resource.id);
            reading
                .findings
                .push(finding(FindingKind::PlanUnreadable, &name, ""));
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
                .push(finding(FindingKind::PlanOfOtherPatient, &name, ""));
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
    let author = plan.author.as_ref();
    let named = author.and_then(|author| Some((author.reference.filled()?, author.display.filled()?)));
    let mut limits = Limits {
        patient,
        plan: plan.id.or_empty(),
        names: named.into_iter().collect(),
        resources: &resources,
        interner: Interner::default(),
        findings: Vec::new(),
    };
    let mut spans: Vec<Span> = Vec::new();
    let mut named_by_plan: Vec<&str> = Vec::new();
    for reference in plan.goal.iter() {
        let Some((_, id)) = reference.target() else {
            continue;
        };
        if !limits.is_there("Goal", id) {
            let name = format!("Goal/{id}");
            limits
                .findings
                .push(finding(FindingKind::PlanUnreadable, &name, ""));
            reading.missing_goals.push(id.to_owned());
        }
        let of_goal = limits.spans("Goal", id);
        let unread = of_goal
            .iter()
            .find(|span| span.follows_unknown && span.from < i64::MAX);
        reading.unread_histories.extend(unread.map(|span| UnreadHistory {
            goal: id.to_owned(),
            parameter: span.parameter.clone(),
            since: span.from,
        }));
        spans.extend(of_goal);
        named_by_plan.push(id);
    }
    reading.may_have_requests = spans.is_empty() || plan.names_requests();
    limits.report_conflicts(&spans);
    spans.extend(limits.ended(&named_by_plan));
    // A goal that was not sent may set other limits.
    if reading.missing_goals.is_empty() {
        let requested = limits.requested(&spans);
        limits.report_conflicts(&requested);
        spans.extend(requested);
    }
    let intervals = plan.intervals(&mut limits.interner);
    reading.findings.append(&mut limits.findings);
    reading.plan = Some(PlanSummary {
        id: plan.id.or_empty().to_owned(),
        version: plan
            .meta
            .as_ref()
            .map_or("", |meta| meta.version_id.or_empty())
            .to_owned(),
        updated: plan.updated(),
        author: plan.author(),
        limits: limit_history::histories(&spans),
        intervals,
    });
    Ok(reading)
}

#[cfg(test)]
mod tests;
