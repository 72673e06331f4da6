//! How a state of the screen comes about: by the actions that lead to it in the app, through the same
//! reducer. Which states are shown is in `screens`.

use std::rc::Rc;

use chart_model::{Parameter, Period, PeriodChoice};

use super::patients::{Answers, NOW};
use crate::state::{Action, Opening, Part, Problem, ProblemKind, Row, State, rows};

/// All parts of the first screen.
const PARTS: [Part; 4] = [Part::Patient, Part::Latest, Part::Period, Part::Plan];

/// The state after further actions.
pub(super) fn then(state: State, actions: impl IntoIterator<Item = Action>) -> State {
    actions.into_iter().fold(state, State::reduce)
}

/// Launched, and nothing has answered yet.
pub(super) fn loading(differ: impl FnOnce(&mut Opening)) -> State {
    let choice = PeriodChoice::default();
    let mut opening = Opening {
        period: choice.period(NOW),
        choice,
        lang: Default::default(),
        role: Default::default(),
        need_banner: false,
        reads_plan: true,
        awaits_user: false,
        arrangement: Rc::default(),
        whose: Rc::default(),
    };
    differ(&mut opening);
    then(State::default().at(NOW), [Action::Started(opening)])
}

/// All of a patient's first screen is there.
pub(super) fn ready(id: &str) -> Option<State> {
    ready_from(loading(|_| {}), id)
}

/// The same for a launch that opened in another way.
pub(super) fn ready_from(loading: State, id: &str) -> Option<State> {
    let answers = Answers::about(id)?;
    let actions = [answers.patient(), answers.readings(), answers.plan()];
    let fetched = PARTS.map(|part| Action::Fetched(part, Ok(())));
    let enrolled = answers.enrolled();
    Some(then(
        loading,
        actions
            .into_iter()
            .chain(fetched)
            .chain(enrolled)
            .chain([Action::Complete]),
    ))
}

/// A part of a patient's first screen did not come, the others did.
pub(super) fn failed(id: &str, part: Part, kind: ProblemKind) -> Option<State> {
    let answers = Answers::about(id)?;
    let brings = [
        (Part::Patient, Some(answers.patient())),
        (Part::Latest, Some(answers.newest())),
        (Part::Period, Some(answers.readings())),
        (Part::Plan, Some(answers.plan())),
    ];
    // The newest readings come first: without them there are none at all.
    let missing = |other: Part| other == part || (part == Part::Latest && other == Part::Period);
    let actions = brings.into_iter().flat_map(|(of, brings)| {
        let outcome = if missing(of) { Err(problem(kind)) } else { Ok(()) };
        let brings = brings.filter(|_| !missing(of));
        brings
            .into_iter()
            .chain([Action::Fetched(of, outcome)])
            .collect::<Vec<_>>()
    });
    Some(then(loading(|_| {}), actions.chain([Action::Complete])))
}

/// A refresh of a state, of which nothing has answered yet.
pub(super) fn refreshing(state: State) -> State {
    let period = state.choice.period(NOW);
    then(state, [Action::Refreshing { period }])
}

/// Every part has ended with this problem.
pub(super) fn all_failed(kind: ProblemKind) -> impl Iterator<Item = Action> {
    let fetched = PARTS.map(|part| Action::Fetched(part, Err(problem(kind))));
    fetched.into_iter().chain([Action::Complete])
}

/// Another period has been chosen, and all of it is there.
pub(super) fn period(choice: PeriodChoice) -> [Action; 2] {
    let period: Period = choice.period(NOW);
    [
        Action::PeriodChosen { period, choice },
        Action::Fetched(Part::Period, Ok(())),
    ]
}

/// What a server says when something does not come.
pub(super) fn problem(kind: ProblemKind) -> Rc<Problem> {
    let detail = match kind {
        ProblemKind::Network => "Failed to fetch",
        ProblemKind::Unauthorized => "HTTP 401",
        ProblemKind::Forbidden => "HTTP 403 scope patient/Observation.rs is missing",
        ProblemKind::NotFound => "HTTP 404",
        ProblemKind::Server => "HTTP 503 Service Unavailable",
        ProblemKind::NotFhir => "expected a Bundle, got text/html",
        ProblemKind::ForeignLink => "https://elsewhere.example/fhir?page=2",
    };
    Rc::new(Problem {
        kind,
        host: "ehr.example".to_owned(),
        detail: detail.to_owned(),
    })
}

/// A parameter of the viewer's own table.
pub(super) fn row_of(state: &State, id: &str) -> Option<Row> {
    rows(state).into_iter().find(|row| row.parameter.id() == id)
}

/// The parameter of a state with this id.
pub(super) fn parameter(state: &State, id: &str) -> Option<Parameter> {
    row_of(state, id).map(|row| row.parameter)
}
