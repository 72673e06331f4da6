//! Goals in words, limits and intervals written into Goal and CarePlan resources.
//!
//! Limits (data-model, "Current limits"): one Goal per parameter, one target per range, its zone in an
//! extension. A goal that is given up is ended (`cancelled`) and no longer named by the plan, so that its
//! history keeps saying what held in its time.

use chart_model::care_plan::{Key, LimitSet};
use chart_model::time::{DAY_MS, HOUR_MS, MINUTE_MS};
use chart_model::{Decimal, Known, Parameter, Severity, Side};

use super::activities::{holders, interval};
use super::edit::Editor;
use super::read::limits;
use crate::codes::INTERPRETATION;
use crate::goal::LIMIT_ZONE;
use crate::intern::Interner;
use crate::json::Json;

/// Writes a goal in words; no words end it.
pub(super) fn write_words(editor: &mut Editor, key: &Key, text: &str, follows: Option<&Key>) {
    let goals = editor.parts.goals().0;
    let of = |key: &Key| goals.iter().copied().find(|at| editor.is_item(*at, key));
    match of(key) {
        Some(at) if text.is_empty() => end(editor, at),
        Some(at) => editor.change(at, |goal| {
            goal.set("description", Json::object([("text", text.into())]));
        }),
        None if text.is_empty() => {}
        None => {
            let follows = follows.and_then(of);
            add(editor, text, &key.0, follows, Vec::new());
        }
    }
}

/// A new goal, named by the plan after another, or first.
fn add(editor: &mut Editor, words: &str, seed: &str, follows: Option<usize>, targets: Vec<Json>) {
    let mut goal = Json::object([
        ("resourceType", "Goal".into()),
        (
            "lifecycleStatus",
            if editor.is_proposal { "proposed" } else { "active" }.into(),
        ),
        ("description", Json::object([("text", words.into())])),
        ("subject", editor.subject()),
    ]);
    goal.set("target", Json::List(targets));
    let at = editor.add(goal, seed);
    let reference = Json::object([("reference", Json::Text(editor.reference(at)))]);
    let main = editor.parts.main;
    let named = editor.parts.main().get("goal").items().iter();
    let mut named = named.map(|goal| editor.parts.resolve(goal, main));
    let behind = follows.and_then(|follows| named.position(|there| there == Some(follows)));
    let place = behind.map_or(0, |at| at + 1);
    editor.change(main, |plan| {
        plan.edit_items("goal", |goals| goals.insert(place, reference))
    });
}

/// Ends a goal, and takes its name off the plan.
fn end(editor: &mut Editor, goal: usize) {
    let main = editor.parts.main;
    let kept: Vec<Json> = editor.parts.main().get("goal").items().to_vec();
    let kept = kept
        .into_iter()
        .filter(|named| editor.parts.resolve(named, main) != Some(goal));
    let kept = kept.collect();
    editor.change(main, |plan| plan.set("goal", Json::List(kept)));
    let contained = editor
        .parts
        .list
        .get(goal)
        .is_some_and(|part| part.inside.is_some());
    editor.change(goal, |goal| {
        if contained {
            *goal = Json::List(Vec::new());
        } else {
            goal.set("lifecycleStatus", "cancelled");
            goal.remove("statusDate");
        }
    });
}

/// Writes the limits of one number; none end the goal that set them, if it says nothing else. `None` for a
/// parameter that cannot be named by a code.
pub(super) fn write_limits(
    editor: &mut Editor,
    parameter: &Parameter,
    number: usize,
    new: &LimitSet,
) -> Option<()> {
    let patient = editor.patient.clone();
    let goals = editor.parts.goals().0;
    let sets = |at: usize| limits(&editor.parts, at, &patient, &mut Vec::new());
    let of_number = goals.iter().copied().find(|at| {
        sets(*at)
            .iter()
            .any(|(of, part, _)| (of, *part) == (parameter, number))
    });
    let of_parameter = || {
        goals
            .iter()
            .copied()
            .find(|at| sets(*at).iter().any(|(of, ..)| of == parameter))
    };
    let Some(at) = of_number.or_else(of_parameter) else {
        let targets = targets(parameter, new, &measure(parameter, number)?);
        let seed = format!("{}/{}/{number}", editor.parts.main().text("id"), parameter.id());
        let follows = goals.last().copied();
        let words = format!("Grenser for {}", name(parameter));
        if !targets.is_empty() {
            add(editor, &words, &seed, follows, targets);
        }
        return Some(());
    };
    let goal = editor.parts.json(at).clone();
    let (old, mut kept): (Vec<Json>, Vec<Json>) =
        goal.get("target").items().iter().cloned().partition(|target| {
            let mut alone = goal.clone();
            alone.set("target", Json::list_of(target.clone()));
            let parts = super::parts::Parts::new(vec![alone], 0);
            let of_target = limits(&parts, 0, &patient, &mut Vec::new());
            of_target
                .iter()
                .any(|(of, part, _)| (of, *part) == (parameter, number))
        });
    let said = old.first().map(|target| target.get("measure").clone());
    let measure = said.or_else(|| measure(parameter, number))?;
    kept.extend(targets(parameter, new, &measure));
    if kept.is_empty() {
        end(editor, at);
    } else {
        editor.change(at, |goal| goal.set("target", Json::List(kept)));
    }
    Some(())
}

fn targets(parameter: &Parameter, limits: &LimitSet, measure: &Json) -> Vec<Json> {
    let quantity = |value: Decimal| {
        let mut quantity = Json::object([
            ("value", Json::Atom(value.to_string().into())),
            ("unit", parameter.unit().into()),
        ]);
        if matches!(parameter, Parameter::Known(_)) {
            quantity.set("system", "http://unitsofmeasure.org");
            quantity.set("code", parameter.unit());
        }
        quantity
    };
    let target = |code: &str, low: Option<Decimal>, high: Option<Decimal>| {
        let coding = Json::object([("system", INTERPRETATION.into()), ("code", code.into())]);
        let zone = Json::object([
            ("url", LIMIT_ZONE.into()),
            (
                "valueCodeableConcept",
                Json::object([("coding", Json::list_of(coding))]),
            ),
        ]);
        let mut range = Json::Object(Vec::new());
        for (field, end) in [("low", low), ("high", high)] {
            if let Some(end) = end {
                range.set(field, quantity(end));
            }
        }
        Json::object([
            ("extension", Json::list_of(zone)),
            ("measure", measure.clone()),
            ("detailRange", range),
        ])
    };
    let ranges = limits.ranges(parameter);
    let coded = ranges.ranges.iter().filter_map(|range| {
        let code = match range.severity {
            Severity::Green => "N",
            Severity::Yellow(Some(Side::Low)) => "L",
            Severity::Yellow(Some(Side::High)) => "H",
            Severity::Yellow(None) => "A",
            Severity::Red(Some(Side::Low)) => "LL",
            Severity::Red(Some(Side::High)) => "HH",
            Severity::Red(None) => "AA",
            Severity::Standard | Severity::Unreadable => return None,
        };
        Some(target(code, range.bounds.low, range.bounds.high))
    });
    coded.collect()
}

/// The parameter as a code: that of the number, for a blood pressure.
fn measure(parameter: &Parameter, number: usize) -> Option<Json> {
    let coding = |system: &str, code: &str| Json::object([("system", system.into()), ("code", code.into())]);
    match parameter {
        Parameter::Known(known) => {
            let (system, code) = known.spec().numbers.get(number)?.codes.first()?;
            let mut concept = Json::object([("coding", Json::list_of(coding(system, code)))]);
            if *known == Known::Cat {
                // Every questionnaire score has its code: the text tells which it is.
                concept.set("text", "CAT");
            }
            Some(concept)
        }
        Parameter::Other(other) if other.code.is_empty() => None,
        Parameter::Other(other) => Some(Json::object([
            ("coding", Json::list_of(coding(&other.system, &other.code))),
            ("text", (&*other.text).into()),
        ])),
    }
}

fn name(parameter: &Parameter) -> String {
    match parameter {
        Parameter::Known(_) => parameter.id(),
        Parameter::Other(other) => other.text.to_string(),
    }
}

/// Writes how often something is measured; `None` ends it.
pub(super) fn write_interval(editor: &mut Editor, parameter: &Parameter, every: Option<i64>) -> Option<()> {
    let find = |(part, _): (usize, _)| {
        let activities = editor.parts.json(part).get("activity").items().iter();
        let mut intervals = activities.map(|activity| interval(activity, &mut Interner::default()));
        let at = intervals.position(|there| there.is_some_and(|(of, _)| of == *parameter))?;
        Some((part, at))
    };
    let found = holders(&editor.parts).into_iter().find_map(find);
    let timing = every.map(|every| {
        let (unit, length) = [("d", DAY_MS), ("h", HOUR_MS), ("min", MINUTE_MS)]
            .into_iter()
            .find(|(_, length)| every % length == 0)
            .unwrap_or(("s", 1000));
        let number = |number: i64| Json::Atom(number.to_string().into());
        let repeat = [
            ("frequency", number(1)),
            ("period", number((every / length).max(1))),
            ("periodUnit", unit.into()),
        ];
        Json::object([("repeat", Json::object(repeat))])
    });
    match (found, timing) {
        (Some((part, at)), timing) => editor.change(part, |json| {
            json.edit_items("activity", |activities| match timing {
                None => drop(activities.remove(at)),
                Some(timing) => {
                    if let Some(activity) = activities.get_mut(at) {
                        activity.edit("detail", |detail| detail.set("scheduledTiming", timing));
                    }
                }
            });
        }),
        (None, None) => {}
        (None, Some(timing)) => {
            let code = match parameter {
                Parameter::Known(Known::BloodPressure) => {
                    let (system, code) = Known::BloodPressure.spec().codes.first()?;
                    let coding = Json::object([("system", (*system).into()), ("code", (*code).into())]);
                    Json::object([("coding", Json::list_of(coding))])
                }
                _ => measure(parameter, 0)?,
            };
            let detail = Json::object([
                ("code", code),
                ("status", "in-progress".into()),
                ("scheduledTiming", timing),
            ]);
            let main = editor.parts.main;
            editor.change(main, |json| {
                json.edit_items("activity", |activities| {
                    activities.push(Json::object([("detail", detail)]))
                });
            });
        }
    }
    Some(())
}
