//! What could not be fetched: said once for all where the parts failed alike, else each in the place of what
//! is missing. What a notice says already is not said again.

use std::rc::Rc;

use yew::prelude::*;

use super::error_view::fetch_failed;
use crate::state::{Command, Fetch, Part, Phase, Problem, ProblemKind, State};
use crate::text::{Lang, Msg};

/// The parts that failed and are to be named.
pub(super) struct Failures {
    failed: Vec<(Part, Rc<Problem>)>,
    lang: Lang,
    commands: Callback<Command>,
}

impl Failures {
    /// Those of a state.
    pub(super) fn of(state: &State, lang: Lang, commands: &Callback<Command>) -> Self {
        // Without the newest readings there are none of the period either.
        let readings = match &state.latest_fetch {
            Fetch::Failed(_) => (Part::Latest, &state.latest_fetch),
            Fetch::Waiting | Fetch::Done => (Part::Period, &state.period_fetch),
        };
        let parts = [
            (Part::Patient, &state.patient_fetch),
            readings,
            (Part::Plan, &state.plan_fetch),
        ];
        let failed = parts.into_iter().filter_map(|(part, fetch)| match fetch {
            Fetch::Failed(problem) if !is_said(state, problem.kind) => Some((part, Rc::clone(problem))),
            _ => None,
        });
        Self {
            failed: failed.collect(),
            lang,
            commands: commands.clone(),
        }
    }

    /// What is to be said where the readings would stand: all that failed for the same reason.
    pub(super) fn above_rows(&self) -> Html {
        if self.readings_failed() {
            self.together()
        } else {
            Html::default()
        }
    }

    /// The same where there are readings, which are not to be pushed away; and that the patient's name did not come,
    /// which stands short in the place of the name.
    pub(super) fn below_rows(&self) -> Html {
        if self.readings_failed() && self.are_alike() {
            Html::default()
        } else {
            html! { <>{self.together()}{self.of_parts(&[Part::Patient])}</> }
        }
    }

    fn readings_failed(&self) -> bool {
        let are_readings = |part: &Part| matches!(part, Part::Latest | Part::Period);
        self.failed.iter().any(|(part, _)| are_readings(part))
    }

    fn together(&self) -> Html {
        match self.failed.as_slice() {
            [(_, problem), ..] if self.are_alike() => {
                let text: Vec<_> = self
                    .failed
                    .iter()
                    .map(|(part, _)| self.lang.say(missing(*part)))
                    .collect();
                self.failure(&text.join(" "), problem, Command::Refresh)
            }
            _ => Html::default(),
        }
    }

    /// One of them, in its own place.
    pub(super) fn of_parts(&self, parts: &[Part]) -> Html {
        let found = self.failed.iter().find(|(part, _)| parts.contains(part));
        match found.filter(|_| !self.are_alike()) {
            Some((part, problem)) => {
                self.failure(&self.lang.say(missing(*part)), problem, Command::Retry(*part))
            }
            None => Html::default(),
        }
    }

    fn are_alike(&self) -> bool {
        match self.failed.as_slice() {
            [(_, first), rest @ ..] => {
                !rest.is_empty() && rest.iter().all(|(_, other)| other.kind == first.kind)
            }
            [] => false,
        }
    }

    fn failure(&self, text: &str, problem: &Problem, retry: Command) -> Html {
        let on_retry = self.commands.reform(move |()| retry.clone());
        fetch_failed(text, problem, self.lang, Some(on_retry))
    }
}

/// A notice says it: the session is over, or there is no connection.
fn is_said(state: &State, kind: ProblemKind) -> bool {
    match kind {
        ProblemKind::Unauthorized => matches!(state.phase, Phase::Expired),
        ProblemKind::Network => state.offline || state.is_stale(),
        _ => false,
    }
}

const fn missing(part: Part) -> Msg<'static> {
    match part {
        Part::Patient => Msg::PatientFailed,
        Part::Latest => Msg::ReadingsFailed,
        Part::Period | Part::Compared => Msg::PeriodFailed,
        Part::Plan => Msg::PlanFailed,
    }
}
