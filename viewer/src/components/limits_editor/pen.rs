//! What the editors of limits beside the charts need of the plan's desk. It reaches them past the charts, which
//! are not to be made anew at every key that is pressed.

use chart_model::care_plan::{CarePlan, Draft, Locks};
use chart_model::{Decimal, Parameter, PeriodChoice, Zone};

use super::super::shared::Shared;
use crate::state::plan::PlanVersion;
use crate::state::{Role, State};

/// The plan as it is in force and as it is written.
#[derive(Clone, PartialEq)]
pub(in super::super) struct Pen {
    role: Role,
    locks: Shared<Locks>,
    current: Option<Shared<PlanVersion>>,
    draft: Option<Shared<Draft>>,
    /// The period shown.
    pub choice: PeriodChoice,
}

impl Pen {
    /// That of a state.
    pub(in super::super) fn of(state: &State) -> Self {
        Self {
            role: state.desk.role(state.role),
            locks: Shared::from(&state.desk.locks),
            current: state.desk.current.as_ref().map(Shared::from),
            draft: state.desk.draft.as_ref().map(Shared::from),
            choice: state.choice,
        }
    }

    /// What of the plan can only be read.
    pub(in super::super) fn locks(&self) -> &Locks {
        &self.locks
    }

    /// The way to write limits stands beside every chart: for who may set them. Who may only suggest finds them with
    /// the rest of the plan.
    pub(in super::super) fn is_beside_charts(&self) -> bool {
        self.role == Role::Editor || self.draft.is_some()
    }

    /// The plan that the limits are written into, and the one that it is written from; `None` for who may not write,
    /// where there is no plan, and where its source has no room for limits.
    pub(in super::super) fn plans(&self) -> Option<[&CarePlan; 2]> {
        let may_write = self.role != Role::Reader && !self.locks.zones_only;
        let current = self.current.as_ref().filter(|_| may_write)?;
        Some(match &self.draft {
            Some(draft) => [draft.current(), draft.base()],
            None => [&*current.plan; 2],
        })
    }

    /// The limits of a parameter that are being written, where they are not as they were: each with the zone beyond.
    pub(in super::super) fn proposed(&self, parameter: &Parameter) -> Vec<(f64, Zone)> {
        const BEYOND: [Zone; 4] = [Zone::RedLow, Zone::YellowLow, Zone::YellowHigh, Zone::RedHigh];
        let Some([plan, base]) = self.plans() else {
            return Vec::new();
        };
        let written = (0..2).filter_map(|number| {
            let limits = plan.limits(parameter, number)?;
            (base.limits(parameter, number) != Some(limits)).then_some((number, limits))
        });
        // One that cannot be meant would only stretch the axis.
        let bounds = written.flat_map(|(number, limits)| {
            let can_be = move |bound: &Decimal| parameter.is_plausible(number, *bound);
            limits
                .bounds
                .map(|bound| bound.filter(can_be))
                .into_iter()
                .zip(BEYOND)
        });
        bounds
            .filter_map(|(bound, zone)| Some((bound?.to_f64(), zone)))
            .collect()
    }
}
