//! The activities of a plan and of its zones: where each stands, and what it says.

use chart_model::care_plan::{Area, Cell, Key, Place};
use chart_model::{Finding, FindingKind, Parameter};

use super::parts::Parts;
use super::{requests, terms};
use crate::codes;
use crate::intern::Interner;
use crate::json::Json;
use crate::plan;
use crate::resource::{Concept, finding};

/// Something that the patient does, in words.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Instruction {
    /// The plan or zone that it stands in.
    pub(crate) part: usize,
    /// Its place in `activity`.
    pub(crate) index: usize,
    pub(crate) cell: Cell,
    pub(crate) key: Key,
    pub(crate) text: String,
}

/// The resources with activities: the plan itself, then its zones.
pub(crate) fn holders(parts: &Parts) -> Vec<(usize, Option<chart_model::care_plan::PlanZone>)> {
    let mut holders = vec![(parts.main, None)];
    holders.extend(parts.children());
    holders
}

/// All activities in words, in their order. What is no longer to be done is left out; what cannot be read
/// is a finding.
pub(crate) fn instructions(parts: &Parts, findings: &mut Vec<Finding>) -> Vec<Instruction> {
    let mut found: Vec<Instruction> = Vec::new();
    for (part, zone) in holders(parts) {
        for (index, activity) in parts.json(part).get("activity").items().iter().enumerate() {
            let detail = activity.get("detail");
            let is_interval = interval(activity, &mut Interner::default()).is_some();
            if is_given_up(detail) || is_interval || sets_limits(parts, part, activity) {
                continue;
            }
            let text = text(parts, part, activity);
            if text.is_empty() {
                let name = parts
                    .list
                    .get(part)
                    .map(super::parts::Part::name)
                    .unwrap_or_default();
                let said = activity.get("reference").text("reference");
                findings.push(finding(FindingKind::UnreadableResource, &name, said));
                continue;
            }
            let area = area(detail);
            let cell = Cell { zone, area };
            let given = activity.text("id");
            let key = if given.is_empty() {
                let same = |other: &&Instruction| other.cell == cell && other.text == text;
                Key::of_content(&text, found.iter().filter(same).count())
            } else {
                Key::from(given)
            };
            found.push(Instruction {
                part,
                index,
                cell,
                key,
                text,
            });
        }
    }
    found
}

/// An activity that is a request with limits, and says nothing more.
fn sets_limits(parts: &Parts, part: usize, activity: &Json) -> bool {
    let request = parts.resolve(activity.get("reference"), part);
    request.is_some_and(|at| requests::sets_limits(parts.json(at)))
        && activity.get("reference").text("display").is_empty()
}

/// An activity's words: its description; else what it refers to, or its code, calls itself.
fn text(parts: &Parts, part: usize, activity: &Json) -> String {
    let detail = activity.get("detail");
    let reference = activity.get("reference");
    let referred = || {
        let at = parts.resolve(reference, part)?;
        let json = parts.json(at);
        let name = [json.text("description"), terms::words(json.get("code"))];
        name.into_iter().find(|text| !text.is_empty())
    };
    // A code that is an area says nothing of what to do.
    let code =
        Some(terms::words(detail.get("code"))).filter(|_| terms::area(detail.get("code")) == Area::Other);
    let texts = [detail.text("description"), reference.text("display")];
    let said = texts.into_iter().find(|text| !text.is_empty());
    said.or_else(referred).or(code).unwrap_or_default().to_owned()
}

/// What a code means as an area; what is measured belongs to the measurements.
fn area(detail: &Json) -> Area {
    match terms::area(detail.get("code")) {
        Area::Other if measured(detail, &mut Interner::default()).is_some() => Area::Measurements,
        area => area,
    }
}

fn is_given_up(detail: &Json) -> bool {
    matches!(
        detail.text("status"),
        "cancelled" | "stopped" | "completed" | "entered-in-error"
    )
}

/// A parameter of the table that an activity's code means.
fn measured(detail: &Json, interner: &mut Interner) -> Option<Parameter> {
    let code = detail.get("code").to_string();
    let concept: Concept<'_> = crate::json::read(code.as_bytes())?;
    let measured = codes::measured(&concept, &[])?;
    (!matches!(measured, codes::Measured::Other { .. })).then(|| measured.parameter("", interner))
}

/// What is to be measured how often, milliseconds, for an activity that says nothing else.
pub(crate) fn interval(activity: &Json, interner: &mut Interner) -> Option<(Parameter, i64)> {
    let detail = activity.get("detail");
    if is_given_up(detail) || !detail.text("description").is_empty() {
        return None;
    }
    let timing = detail.get("scheduledTiming").to_string();
    Some((measured(detail, interner)?, plan::interval_of(&timing)?))
}

/// The older draft: a Condition per zone, its words and its notes as what to do. With the part it is from.
pub(crate) fn conditions(parts: &Parts) -> Vec<(Place, String, usize)> {
    let mut found: Vec<(Place, String, usize)> = Vec::new();
    for reference in parts.main().get("addresses").items() {
        let Some(at) = parts.resolve(reference, parts.main) else {
            continue;
        };
        let condition = parts.json(at);
        let Some(zone) = terms::zone(condition.get("severity")) else {
            continue;
        };
        let words = terms::words(condition.get("code"));
        if !words.is_empty() {
            found.push((Place::Condition(zone), words.to_owned(), at));
        }
        let cell = Cell {
            zone: Some(zone),
            area: Area::Other,
        };
        for (index, note) in condition.get("note").items().iter().enumerate() {
            let text = note.text("text");
            if !text.is_empty() {
                let key = Key::of_content(text, index);
                found.push((Place::Activity(cell, key), text.to_owned(), at));
            }
        }
    }
    found
}
