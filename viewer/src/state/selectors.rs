//! Questions that components ask of the [`State`]: pure, and the only place where readings, plan and
//! period are put together.

use std::rc::Rc;

use chart_model::accept::latest;
use chart_model::cadence::overdue;
use chart_model::series::{Point, Series, assess, own_sets};
use chart_model::{Change, Finding, LimitHistory, Parameter, Period, RangeSet, Reading, change};

use super::{Fetch, Problem, State};

/// One row of the latest values, ready to draw.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// What it shows.
    pub(crate) parameter: Parameter,
    /// The newest reading that can be right, with its zone; `None` if there has never been one, or it did not
    /// come.
    pub(crate) latest: Option<Point>,
    /// How much the latest differs from the plausible reading before it.
    pub(crate) change: Option<Change>,
    /// Days since the latest reading, where the plan wants one more often.
    pub(crate) overdue_days: Option<i64>,
    /// An implausible reading that is newer than `latest`.
    pub(crate) newer_implausible: Option<Rc<Reading>>,
    /// The limits shown as text, one set per number: the plan's current ones, else those of the
    /// newest reading.
    pub(crate) limits: [Option<Rc<RangeSet>>; 2],
    /// The period's trend; feeds the sparkline too.
    pub(crate) series: Rc<Series>,
    /// The earlier period that it is compared with, and how the fetch of its readings stands.
    pub(crate) earlier: Option<(Rc<Series>, Fetch)>,
    /// Readings of it are still on their way.
    pub(crate) waiting: bool,
    /// Its readings, or some of them, did not come.
    pub(crate) problem: Option<Rc<Problem>>,
}

/// One parameter that can be chosen.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Choice {
    /// What it is.
    pub(crate) parameter: Parameter,
    /// It is shown.
    pub(crate) shown: bool,
    /// The plan has limits for it.
    pub(crate) has_limits: bool,
    /// There is a reading of it.
    pub(crate) has_readings: bool,
}

/// The rows that the doctor has chosen, in the doctor's order. Empty until the order is decided.
pub(crate) fn rows(state: &State) -> Vec<Row> {
    let (Some(period), Some(order)) = (state.period, &state.order) else {
        return Vec::new();
    };
    let mut present: Vec<&Parameter> = order.iter().collect();
    let with_rows = state.parameters_with_rows();
    present.retain(|parameter| with_rows.contains(parameter) && state.arrangement.shows(&parameter.key()));
    state.arrangement.sort(&mut present, |parameter| parameter.key());
    present
        .into_iter()
        .map(|parameter| row(state, parameter, period))
        .collect()
}

fn row(state: &State, parameter: &Parameter, period: Period) -> Row {
    let plan = state.plan.as_deref();
    let readings = state.readings.get(parameter).cloned().unwrap_or_default();
    let history = plan.and_then(|plan| plan.history(parameter));
    let newest = latest(&readings);
    let mut newest_point = newest.map(|reading| assess(reading, history));
    // As long as the plan has not been read, nobody knows that there is no limit.
    if !state.plan_known {
        newest_point.iter_mut().for_each(Point::limits_unknown);
    }
    let own_problem = || {
        let missing = state
            .missing_parameters
            .iter()
            .find(|(other, _)| other == parameter)?;
        newest.is_none().then(|| Rc::clone(&missing.1))
    };
    let problem = match (&state.period_fetch, &state.latest_fetch) {
        (Fetch::Failed(problem), _) | (_, Fetch::Failed(problem)) => Some(Rc::clone(problem)),
        _ => own_problem(),
    };
    Row {
        parameter: parameter.clone(),
        change: newest.and_then(|newest| change(&readings, newest)),
        overdue_days: newest.and_then(|newest| state.overdue_days(parameter, newest)),
        latest: newest_point,
        newer_implausible: readings.last().filter(|last| last.is_implausible()).cloned(),
        limits: match (history.and_then(LimitHistory::current), newest) {
            (Some(limits), _) => limits.sets.clone(),
            (None, Some(reading)) => own_sets(reading),
            (None, None) => [None, None],
        },
        series: state.series.series(state, parameter, period),
        earlier: state
            .compared
            .as_ref()
            .filter(|(compared, _)| compared == parameter)
            .map(|(_, period)| {
                let series = state.series.series(state, parameter, *period);
                (series, state.compared_fetch.clone())
            }),
        waiting: state.period_fetch == Fetch::Waiting || state.awaited.contains(parameter),
        problem,
    }
}

/// Everything that the patient has or the plan names, in the order shown; what is hidden stands in it too.
pub(crate) fn choices(state: &State) -> Vec<Choice> {
    let plan = state.plan.as_deref();
    let mut parameters = state.parameters_with_rows();
    let named = plan.into_iter().flat_map(|plan| {
        let limits = plan.limits.iter().map(|limits| &limits.parameter);
        limits.chain(plan.intervals.iter().map(|(parameter, _)| parameter))
    });
    for parameter in named {
        if !parameters.contains(parameter) {
            parameters.push(parameter.clone());
        }
    }
    state.sort_by_default(&mut parameters);
    state.arrangement.sort(&mut parameters, Parameter::key);
    let choice = |parameter: Parameter| Choice {
        shown: state.arrangement.shows(&parameter.key()),
        has_limits: plan.is_some_and(|plan| plan.current(&parameter).is_some()),
        has_readings: state.readings.contains_key(&parameter),
        parameter,
    };
    parameters.into_iter().map(choice).collect()
}

impl State {
    /// Days since the latest reading of a parameter, where the plan wants one more often.
    pub(super) fn overdue_days(&self, parameter: &Parameter, newest: &Reading) -> Option<i64> {
        let planned = self.plan.as_ref()?.interval_of(parameter);
        overdue(&newest.time, planned, self.now)
    }
}

/// What is to be said of the readings in the rows although they are shown: as findings, oldest first.
pub(crate) fn remarks(rows: &[Row]) -> Vec<Finding> {
    let points = rows
        .iter()
        .flat_map(|row| row.series.points.iter().chain(&row.series.implausible));
    let of_point = |point: &Point| {
        let finding = |kind| Finding {
            kind,
            resource: format!("Observation/{}", point.reading.id),
            detail: String::new(),
        };
        point.remarks().into_iter().map(finding).collect::<Vec<_>>()
    };
    points
        .filter(|point| point.has_remarks())
        .flat_map(of_point)
        .collect()
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
