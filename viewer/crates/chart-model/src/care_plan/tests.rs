//! What holds for every plan (`laws`), and single rules as tables.

mod generated;
mod items;
mod laws;
mod limits;
mod merge_laws;
mod proposals;
mod texts;

use super::*;
use crate::{Decimal, Known};

fn text(text: &str) -> Option<Value> {
    Some(Value::text(text))
}

fn cell(zone: PlanZone, area: Area) -> Cell {
    Cell {
        zone: Some(zone),
        area,
    }
}

fn yellow(key: &str) -> Place {
    Place::Activity(cell(PlanZone::Yellow, Area::Medication), key.into())
}

fn plan(entries: &[(Place, &str)]) -> CarePlan {
    let mut plan = CarePlan::default();
    for (place, words) in entries {
        plan.set(place.clone(), text(words));
    }
    plan
}

fn bounds(bounds: [Option<i64>; 4]) -> LimitSet {
    LimitSet::of(bounds.map(|bound| Some(Decimal::new(bound?, 0))))
}

fn spo2_limits() -> Place {
    Place::Limits(Known::Spo2.into(), 0)
}
