//! What becomes of two readings that are one: which of them is kept, and what of the other. Decides nothing about whether
//! they are.

use std::cmp::Ordering;
use std::rc::Rc;

use super::order;
use super::same::{are_halves, same_numbers};
use crate::reading::{Component, Excluded, ExclusionKind, Method, Reading, Status, Values};
use crate::time::MINUTE_MS;

/// Puts `other` into `there`, and counts what is not shown by itself any more. Two halves of a blood pressure become one.
/// Else one of the two is kept, with what only the other says of its origin: a correction, where the numbers differ, else
/// the fuller one, the patient's own limits before all.
pub(super) fn merge(there: &mut Rc<Reading>, other: Rc<Reading>) -> Excluded {
    if are_halves(&there.values, &other.values) {
        return join(there, other);
    }
    let differ = !same_numbers(&there.values, &other.values);
    let rank = |reading: &Reading| (differ.then(|| standing(reading.status)), fullness(reading));
    // Of two that are as full it is not the order in which they came that decides.
    let is_fuller = match rank(&other).cmp(&rank(there)) {
        Ordering::Equal => order(&other, there).is_lt(),
        fuller => fuller.is_gt(),
    };
    let (mut keep, drop) = if is_fuller {
        (other, Rc::clone(there))
    } else {
        (Rc::clone(there), other)
    };
    let kept = Rc::make_mut(&mut keep);
    add_origin(kept, &drop);
    if kept.note.is_none() {
        kept.note.clone_from(&drop.note);
    }
    *there = keep;
    counted(ExclusionKind::Duplicate, &drop)
}

/// A systolic and a diastolic pressure as one reading, under the systolic one's id.
fn join(there: &mut Rc<Reading>, other: Rc<Reading>) -> Excluded {
    let is_systolic = |reading: &Reading| reading.values.parts().first().is_some_and(Option::is_some);
    let (mut keep, drop) = if is_systolic(there) {
        (Rc::clone(there), other)
    } else {
        (other, Rc::clone(there))
    };
    let kept = Rc::make_mut(&mut keep);
    if let (Values::Pair { diastolic, .. }, Values::Pair { diastolic: found, .. }) =
        (&mut kept.values, &drop.values)
    {
        diastolic.clone_from(found);
    }
    add_origin(kept, &drop);
    if standing(drop.status) < standing(kept.status) {
        kept.status = drop.status;
    }
    for remark in &drop.remarks {
        if !kept.remarks.contains(remark) {
            kept.remarks.push(*remark);
        }
    }
    kept.note = match (kept.note.take(), &drop.note) {
        (Some(one), Some(other)) if one != *other => Some(format!("{one} · {other}").into()),
        (one, other) => one.or_else(|| other.clone()),
    };
    *there = keep;
    counted(ExclusionKind::Joined, &drop)
}

/// What only the other says of where the reading comes from.
fn add_origin(kept: &mut Reading, other: &Reading) {
    for source in &other.sources {
        if !kept.sources.contains(source) {
            kept.sources.push(Rc::clone(source));
        }
    }
    for identifier in &other.identifiers {
        if !kept.identifiers.contains(identifier) {
            kept.identifiers.push(identifier.clone());
        }
    }
    if kept.device.is_none() {
        kept.device.clone_from(&other.device);
    }
    if kept.method == Method::Unstated {
        kept.method = other.method;
    }
}

/// Which of two versions of one reading is the later one: a preliminary one, one that stands, a correction.
const fn standing(status: Status) -> u8 {
    match status {
        Status::Preliminary => 0,
        Status::Registered | Status::Final | Status::Unstated => 1,
        Status::Amended | Status::Corrected => 2,
    }
}

/// How much a reading says; comparable.
fn fullness(reading: &Reading) -> impl Ord + use<> {
    let is_personal = |part: &&Component| part.ranges.as_ref().is_some_and(|set| set.is_personal());
    (
        reading.values.components().count(),
        reading.values.components().filter(is_personal).count(),
        reading.values.components().filter(|c| c.ranges.is_some()).count(),
        reading.status != Status::Preliminary,
        reading.device.is_some(),
        reading.time.start_ms().rem_euclid(MINUTE_MS) != 0,
    )
}

fn counted(kind: ExclusionKind, reading: &Reading) -> Excluded {
    Excluded {
        kind,
        id: reading.id.clone(),
        parameter: Some(reading.parameter.clone()),
        time: Some(reading.time.clone()),
    }
}
