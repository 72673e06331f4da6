//! The series that rows are made of, each built once and kept while nothing changes that it is made of. What a
//! series says is `chart-model`'s.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use chart_model::series::Assessed;
use chart_model::{ByParameter, Excluded, Parameter, Period, PlanSummary, Reading, Series};

use super::State;

/// Of each parameter the period shown, and one that it is compared with.
const KEPT: usize = 2;

/// What was built by now. All clones are the same shelf.
#[derive(Clone, Default)]
pub(crate) struct SeriesShelf(Rc<RefCell<ByParameter<Shelf>>>);

/// That of one parameter.
#[derive(Default)]
struct Shelf {
    readings: Rc<Vec<Rc<Reading>>>,
    plan: Option<Rc<PlanSummary>>,
    assessed: Assessed,
    /// The one used last at the end.
    built: Vec<Built>,
}

/// A series, and what it is made of beside the readings and the plan.
#[derive(Clone)]
struct Built {
    period: Period,
    plan_known: bool,
    excluded: Rc<Vec<Excluded>>,
    series: Rc<Series>,
}

impl fmt::Debug for SeriesShelf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SeriesShelf")
    }
}

impl SeriesShelf {
    /// The trend of a parameter in a period.
    pub(crate) fn series(&self, state: &State, parameter: &Parameter, period: Period) -> Rc<Series> {
        let mut shelves = self.0.borrow_mut();
        shelves.retain(|other| other == parameter || state.readings.contains_key(other));
        let shelf = shelves.or_default(parameter);
        shelf.renew(state, parameter);
        shelf.series(state, parameter, period)
    }
}

impl Shelf {
    fn renew(&mut self, state: &State, parameter: &Parameter) {
        let same_plan = self.plan.as_ref().map(Rc::as_ptr) == state.plan.as_ref().map(Rc::as_ptr);
        let readings = state.readings.get(parameter).cloned().unwrap_or_default();
        if same_plan && Rc::ptr_eq(&self.readings, &readings) {
            return;
        }
        if !same_plan {
            self.plan.clone_from(&state.plan);
            self.assessed = Assessed::default();
        }
        let history = self.plan.as_ref().and_then(|plan| plan.history(parameter));
        self.assessed.renew(&readings, history);
        self.readings = readings;
        self.built.clear();
    }

    fn series(&mut self, state: &State, parameter: &Parameter, period: Period) -> Rc<Series> {
        self.built.retain(|built| {
            built.plan_known == state.plan_known && Rc::ptr_eq(&built.excluded, &state.excluded)
        });
        let place = self.built.iter().position(|built| built.period == period);
        let built = match place {
            Some(place) => self.built.remove(place),
            None => self.build(state, parameter, period),
        };
        let series = Rc::clone(&built.series);
        self.built.truncate(KEPT - 1);
        self.built.insert(0, built);
        series
    }

    fn build(&self, state: &State, parameter: &Parameter, period: Period) -> Built {
        let plan = self.plan.as_deref();
        let mut series = Series::of(parameter, self.assessed.points(), &state.excluded, plan, period);
        // As long as the plan has not been read, nobody knows that there is no limit.
        if !state.plan_known {
            series.limits_unknown();
        }
        Built {
            period,
            plan_known: state.plan_known,
            excluded: Rc::clone(&state.excluded),
            series: Rc::new(series),
        }
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use chart_model::{Known, Period};

    use super::super::fixtures::{TODAY, after, one_of_each, plan, reading, readings, started};
    use super::super::{Action, Part, rows};
    use super::*;

    fn shown(state: &State) -> Vec<Rc<Series>> {
        rows(state).into_iter().map(|row| row.series).collect()
    }

    fn ready() -> State {
        let parts = [Part::Latest, Part::Period, Part::Plan];
        let done = parts.map(|part| Action::Fetched(part, Ok(())));
        let begun = [
            started(),
            one_of_each(&[Known::Spo2, Known::Pulse]),
            plan(&[Known::Spo2], &[]),
        ];
        after(begun.into_iter().chain(done))
    }

    #[test]
    fn a_series_is_built_anew_only_when_it_has_changed() {
        let state = ready();
        let before = shown(&state);
        let later = state.clone().reduce(Action::Fetched(Part::Latest, Ok(())));
        for (one, other) in before.iter().zip(shown(&later)) {
            assert!(Rc::ptr_eq(one, &other), "nothing happened to it");
        }
        let mut pulse_only = state.clone();
        let more = vec![
            reading(Known::Pulse, "a", TODAY, "70"),
            reading(Known::Pulse, "b", "2026-11-20T08:00:00Z", "71"),
        ];
        let Action::Readings { readings: fresh, .. } = readings(more) else {
            unreachable!()
        };
        for (parameter, all) in fresh {
            *pulse_only.readings.or_default(&parameter) = all;
        }
        let after = shown(&pulse_only);
        let same = |place: usize| Rc::ptr_eq(&before[place], &after[place]);
        assert_eq!((same(0), same(1)), (true, false), "only pulse has changed");
        assert_eq!(after[1].points.len(), 2);
    }

    #[test]
    fn another_plan_gives_other_series() {
        let state = ready();
        let before = shown(&state);
        let replanned = state
            .reduce(plan(&[Known::Pulse], &[]))
            .reduce(Action::Fetched(Part::Plan, Ok(())));
        for (one, other) in before.iter().zip(shown(&replanned)) {
            assert!(!Rc::ptr_eq(one, &other));
        }
    }

    #[test]
    fn two_periods_are_kept_side_by_side() {
        let state = ready();
        let own = state.period.unwrap();
        let earlier = Period {
            from: own.from - 1,
            ..own
        };
        let oldest = Period {
            from: own.from - 2,
            ..own
        };
        let of = |period| state.series.series(&state, &Known::Spo2.into(), period);
        let (first, second) = (of(own), of(earlier));
        assert!(Rc::ptr_eq(&first, &of(own)) && Rc::ptr_eq(&second, &of(earlier)));
        of(oldest);
        assert!(
            !Rc::ptr_eq(&first, &of(own)),
            "the one not used for longest is let go"
        );
    }

    #[test]
    fn nothing_of_a_patient_is_kept_for_the_next() {
        let state = ready();
        let kept = state.series.clone();
        drop(shown(&state));
        let next = state.reduce(Action::OtherPatient);
        assert!(next.series.0.borrow().is_empty() && !kept.0.borrow().is_empty());
    }
}
