//! How the [`State`] changes: one pure step per [`Action`].

use std::rc::Rc;

use chart_model::{Excluded, Finding, Parameter, Period, PlanSummary, Readings};
use fhir_read::PatientRecord;
use smart_launch::LaunchError;

use super::{Fetch, Phase, Problem, ProblemKind, State};

/// What can happen. Sent by tasks, and by components for what is only about the view.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    /// The launch failed.
    LaunchFailed(Rc<LaunchError>),
    /// Fetching begins (anew): nothing of an earlier launch or fetch remains.
    Started {
        /// The period to show.
        period: Period,
        /// Its length as chosen, days.
        days: i64,
    },
    /// The same launch's data is fetched anew; what is on screen stays until then.
    Refreshing {
        /// The period to show, up to now.
        period: Period,
    },
    /// The patient of the launch was read.
    Patient(Rc<PatientRecord>),
    /// The server answered with another patient than the launch's: nothing may be shown.
    OtherPatient,
    /// All that is known by now.
    Readings {
        /// The readings.
        readings: Readings,
        /// Counted but not used.
        excluded: Rc<Vec<Excluded>>,
        /// Not understood, or with a remark.
        findings: Rc<Vec<Finding>>,
    },
    /// The current plan, or that there is none.
    Plan(Option<Rc<PlanSummary>>),
    /// Whether the patient is followed up at home.
    Enrolled(bool),
    /// A part of the fetching has ended.
    Fetched(Part, Result<(), Rc<Problem>>),
    /// Over eight seconds have passed without everything being there.
    Slow,
    /// Everything of the first screen has answered or failed; the moment, epoch milliseconds.
    Complete(i64),
    /// Another period was chosen; its missing readings are being fetched.
    PeriodChosen {
        /// The period.
        period: Period,
        /// Days, as chosen.
        days: i64,
    },
    /// A row is opened, or closed if it was open.
    Toggle(Parameter),
}

/// A part of the first screen that is fetched, and can fail, by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The patient.
    Patient,
    /// The newest reading of each parameter.
    Latest,
    /// The readings of the period.
    Period,
    /// The plan.
    Plan,
}

impl State {
    /// The state after an action.
    #[must_use]
    pub(crate) fn reduce(mut self, action: Action) -> Self {
        if !matches!(
            action,
            Action::Toggle(_) | Action::Slow | Action::Patient(_) | Action::Enrolled(_)
        ) {
            self.revision += 1;
        }
        let revision = self.revision;
        match action {
            Action::LaunchFailed(error) => {
                return Self {
                    phase: Phase::Failed(error),
                    revision,
                    ..Self::default()
                };
            }
            Action::Started { period, days } => {
                let fresh = Self {
                    phase: Phase::Loading,
                    period: Some(period),
                    period_days: days,
                    ..Self::default()
                };
                return Self { revision, ..fresh };
            }
            Action::Refreshing { period } => {
                self.period = Some(period);
                self.phase = Phase::Loading;
                let waiting = Fetch::default;
                (self.patient_fetch, self.latest_fetch) = (waiting(), waiting());
                (self.period_fetch, self.plan_fetch) = (waiting(), waiting());
            }
            Action::Patient(patient) => self.patient = Some(patient),
            Action::OtherPatient => {
                return Self {
                    phase: Phase::Blanked,
                    revision,
                    ..Self::default()
                };
            }
            Action::Readings {
                readings,
                excluded,
                findings,
            } => {
                self.readings = readings;
                self.excluded = excluded;
                self.findings = findings;
            }
            Action::Plan(plan) => self.plan = plan,
            Action::Enrolled(enrolled) => self.enrolled = Some(enrolled),
            Action::Fetched(part, result) => self.fetched(part, result),
            Action::Slow => self.slow = true,
            Action::Complete(now) => {
                self.fetched_at = Some(now);
                self.slow = false;
                if matches!(self.phase, Phase::Loading) {
                    self.phase = Phase::Ready;
                }
            }
            Action::PeriodChosen { period, days } => {
                self.period = Some(period);
                self.period_days = days;
                self.period_fetch = Fetch::Waiting;
            }
            Action::Toggle(parameter) => {
                self.open = if self.open.as_ref() == Some(&parameter) {
                    None
                } else {
                    Some(parameter)
                };
            }
        }
        self
    }

    fn fetched(&mut self, part: Part, result: Result<(), Rc<Problem>>) {
        let fetch = match result {
            Ok(()) => Fetch::Done,
            Err(problem) => {
                if problem.kind == ProblemKind::Unauthorized {
                    self.phase = Phase::Expired;
                }
                if part == Part::Patient && problem.kind == ProblemKind::NotFound {
                    self.phase = Phase::PatientFailed(Rc::clone(&problem));
                }
                Fetch::Failed(problem)
            }
        };
        match part {
            Part::Patient => self.patient_fetch = fetch,
            Part::Latest => self.latest_fetch = fetch,
            Part::Period => self.period_fetch = fetch,
            Part::Plan => self.plan_fetch = fetch,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chart_model::Known;

    const PERIOD: Period = Period { from: 0, to: 1_000 };

    fn after(actions: Vec<Action>) -> State {
        actions.into_iter().fold(State::default(), State::reduce)
    }

    fn problem(kind: ProblemKind) -> Rc<Problem> {
        Rc::new(Problem {
            kind,
            host: "ehr.example".into(),
            detail: String::new(),
        })
    }

    fn started() -> Action {
        Action::Started {
            period: PERIOD,
            days: 90,
        }
    }

    #[test]
    fn a_launch_goes_from_launching_through_loading_to_ready() {
        assert_eq!(after(vec![]).phase.id(), "launching");
        assert_eq!(after(vec![started()]).phase.id(), "loading");
        let ready = after(vec![started(), Action::Complete(500)]);
        assert_eq!((ready.phase.id(), ready.fetched_at), ("ready", Some(500)));
    }

    #[test]
    fn a_failed_part_is_never_the_same_as_an_empty_one() {
        let failed = after(vec![
            started(),
            Action::Fetched(Part::Period, Err(problem(ProblemKind::Server))),
        ]);
        let empty = after(vec![started(), Action::Fetched(Part::Period, Ok(()))]);
        assert_ne!(failed.period_fetch, empty.period_fetch);
        assert_eq!(failed.plan_fetch, Fetch::Waiting, "the others go on");
        assert_eq!(failed.phase.id(), "loading");
    }

    #[test]
    fn an_expired_token_and_a_missing_patient_stay_so_when_the_rest_arrives() {
        for (part, kind, id) in [
            (Part::Period, ProblemKind::Unauthorized, "expired"),
            (Part::Patient, ProblemKind::NotFound, "error"),
            (Part::Plan, ProblemKind::NotFound, "ready"),
            (Part::Patient, ProblemKind::Forbidden, "ready"),
        ] {
            let state = after(vec![
                started(),
                Action::Fetched(part, Err(problem(kind))),
                Action::Complete(1),
            ]);
            assert_eq!(state.phase.id(), id, "{part:?} {kind:?}");
        }
    }

    #[test]
    fn nothing_is_shown_of_another_patient() {
        let state = after(vec![
            started(),
            Action::Enrolled(true),
            Action::OtherPatient,
            Action::Complete(1),
        ]);
        assert_eq!(
            (state.phase.id(), state.enrolled, state.period),
            ("blanked", None, None)
        );
    }

    #[test]
    fn a_new_start_keeps_nothing_of_what_was_there() {
        let open = Action::Toggle(Known::Spo2.into());
        let state = after(vec![
            started(),
            Action::Enrolled(true),
            open,
            Action::Complete(1),
            started(),
        ]);
        assert_eq!((state.enrolled, state.open, state.fetched_at), (None, None, None));
    }

    #[test]
    fn a_refresh_keeps_the_view_until_new_data_comes() {
        let open = Action::Toggle(Known::Spo2.into());
        let later = Period { from: 10, to: 2_000 };
        let state = after(vec![
            started(),
            open,
            Action::Complete(1),
            Action::Refreshing { period: later },
        ]);
        assert_eq!(
            (state.phase.id(), state.fetched_at, state.period),
            ("loading", Some(1), Some(later))
        );
        assert_eq!(state.open, Some(Known::Spo2.into()));
    }

    #[test]
    fn a_row_opens_and_closes_and_only_one_is_open() {
        let toggle = |known: Known| Action::Toggle(known.into());
        assert_eq!(
            after(vec![toggle(Known::Spo2), toggle(Known::Pulse)]).open,
            Some(Known::Pulse.into())
        );
        assert_eq!(after(vec![toggle(Known::Spo2), toggle(Known::Spo2)]).open, None);
    }
}
