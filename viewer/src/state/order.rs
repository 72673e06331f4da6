//! The default order of parameters, decided once in a launch so that no row changes place while data
//! arrives. The doctor's own order is in `arrangement`.

use std::rc::Rc;

use chart_model::{Known, Parameter, PlanSummary, order};

use super::{Fetch, Pace, Phase, State};

impl State {
    /// Decides the order as soon as plan, latest values and user are known or failed, or two seconds have passed;
    /// a parameter that comes later is put last.
    pub(super) fn settle_order(&mut self) {
        let all_known =
            self.latest_fetch != Fetch::Waiting && self.plan_fetch != Fetch::Waiting && !self.awaits_user;
        let long_enough = self.pace >= Pace::Slow || !matches!(self.phase, Phase::Loading);
        let rows = self.parameters_with_rows();
        let decided = match &self.order {
            None if !all_known && (!long_enough || rows.is_empty()) => return,
            decided => decided.as_deref().map(Vec::as_slice).unwrap_or_default(),
        };
        let mut fresh: Vec<Parameter> = rows.into_iter().filter(|p| !decided.contains(p)).collect();
        if fresh.is_empty() && self.order.is_some() {
            return;
        }
        self.sort_by_default(&mut fresh);
        let order = decided.iter().cloned().chain(fresh).collect();
        self.order = Some(Rc::new(order));
        self.revision += 1;
    }

    /// Puts parameters in the order decided; others after it in the plan's order, then the table's, then by
    /// code. Never by how severe a reading is.
    pub(super) fn sort_by_default(&self, parameters: &mut Vec<Parameter>) {
        let plan = self.plan.as_deref();
        let decided = self.order.as_deref();
        let all = parameters.clone();
        order::by_key(parameters, |parameter| {
            let place = decided.and_then(|order| order.iter().position(|other| other == parameter));
            let [in_plan, in_table] = places(parameter, plan);
            let by_code = all.iter().filter(|other| *other < parameter).count();
            // What comes first counts most; what has no place comes after what has one.
            [place, in_plan, in_table, Some(by_code)]
                .into_iter()
                .fold(0, |key, place| key << 15 | place.unwrap_or(LAST).min(LAST) as i64)
        });
    }

    /// Every parameter that has a reading, or whose own fetch failed.
    pub(super) fn parameters_with_rows(&self) -> Vec<Parameter> {
        let missing = self.missing_parameters.iter().map(|(parameter, _)| parameter);
        let missing = missing.filter(|parameter| !self.readings.contains_key(parameter));
        self.readings.keys().chain(missing).cloned().collect()
    }
}

/// More than there are parameters of any patient.
const LAST: usize = (1 << 15) - 1;

/// Where a parameter stands in the plan and in the table, if it does.
fn places(parameter: &Parameter, plan: Option<&PlanSummary>) -> [Option<usize>; 2] {
    let in_plan = plan.and_then(|plan| plan.limits.iter().position(|l| l.parameter == *parameter));
    let in_table = match parameter {
        Parameter::Known(known) => Known::ALL.iter().position(|k| k == known),
        Parameter::Other(_) => None,
    };
    [in_plan, in_table]
}
