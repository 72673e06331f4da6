//! What is opened, what came, and what the charts show of it.

use std::rc::Rc;

use chart_model::events::{Event, EventKind};
use chart_model::notes::{Note, NoteKind};
use chart_model::{ClinicalTime, Known};
use fhir_read::EventReading;

use super::super::fixtures::{after, problem, reading, started};
use super::super::{Action, Phase, ProblemKind};
use super::*;

fn on_demand(action: OnDemandAction) -> Action {
    Action::OnDemand(action)
}

fn toggled(topic: Topic) -> Action {
    on_demand(OnDemandAction::Asked(OnDemandCommand::Toggle(topic)))
}

fn from(source: &str, answer: Answer) -> FromSource {
    FromSource {
        source: source.into(),
        answer: Some(Rc::new(answer)),
        problem: None,
    }
}

fn admission(from: &str) -> Event {
    Event::at(
        EventKind::Admission,
        ClinicalTime::parse(from).unwrap(),
        "Sykehuset",
    )
}

fn admissions(source: &str, from_times: &[&str]) -> FromSource {
    from(
        source,
        Answer::Events(EventReading {
            events: from_times.iter().map(|time| admission(time)).collect(),
            ..EventReading::default()
        }),
    )
}

#[test]
fn what_was_chosen_stands_on_the_axis_once_and_only_in_the_period() {
    let came = vec![
        admissions(
            "journal",
            &["2026-11-01T10:00:00+01:00", "2025-01-01T10:00:00+01:00"],
        ),
        admissions(
            "kommune",
            &["2026-11-01T10:00:00+01:00", "2026-10-01T10:00:00+02:00"],
        ),
    ];
    let state = after([
        started(),
        toggled(Topic::Admissions),
        on_demand(OnDemandAction::Came(Topic::Admissions, came)),
    ]);
    let times: Vec<_> = axis(&state)
        .events
        .iter()
        .map(|event| event.from.text().to_owned())
        .collect();
    assert_eq!(times, ["2026-10-01T10:00:00+02:00", "2026-11-01T10:00:00+01:00"]);
    let state = state.reduce(toggled(Topic::Admissions));
    assert_eq!(axis(&state).events, []);
}

#[test]
fn a_point_with_a_note_is_found_by_what_was_measured_and_not_by_its_id_alone() {
    let noted = reading(Known::Spo2, "1", "2026-11-20T08:00:00+01:00", "86");
    let note = Note {
        id: "Composition/1".into(),
        kind: NoteKind::Note,
        time: None,
        author: Default::default(),
        title: "".into(),
        text: "Ringte".into(),
        readings: Vec::new(),
        done: Vec::new(),
    };
    let here = NotesHere {
        notes: vec![NoteHere {
            note,
            about: vec![Rc::new(noted)],
        }],
        left_out: Vec::new(),
        findings: Vec::new(),
    };
    let state = after([
        started(),
        on_demand(OnDemandAction::Came(
            Topic::Notes,
            vec![from("journal", Answer::Notes(here))],
        )),
    ]);
    let readings = [("1", "90"), ("2", "86")]
        .map(|(id, value)| Rc::new(reading(Known::Spo2, id, "2026-11-20T08:00:00+01:00", value)));
    let period = state.period.unwrap();
    let series = chart_model::Series::build(&Known::Spo2.into(), &readings, &[], None, period);
    assert_eq!(axis(&state).places_in(&series), [1]);
}

#[test]
fn nothing_of_it_is_left_when_the_patient_is_another() {
    let opened = || {
        after([
            started(),
            on_demand(OnDemandAction::Offered(Topic::ALL.into())),
            toggled(Topic::Admissions),
            on_demand(OnDemandAction::Came(
                Topic::Admissions,
                vec![admissions("journal", &["2026-11-01T10:00:00+01:00"])],
            )),
        ])
    };
    let late = on_demand(OnDemandAction::Came(
        Topic::Admissions,
        vec![admissions("journal", &["2026-11-01T10:00:00+01:00"])],
    ));
    let state = opened().reduce(Action::OtherPatient).reduce(late);
    assert!(state.on_demand.came(Topic::Admissions).is_empty() && state.on_demand.open.is_empty());
    let state = opened().reduce(started());
    assert!(state.on_demand.came(Topic::Admissions).is_empty() && state.on_demand.offered.is_empty());
}

#[test]
fn a_refused_token_ends_the_session_here_too() {
    let refused = FromSource {
        source: "journal".into(),
        answer: None,
        problem: Some(problem(ProblemKind::Unauthorized)),
    };
    let state = after([
        started(),
        on_demand(OnDemandAction::Came(Topic::Notes, vec![refused])),
    ]);
    assert!(matches!(state.phase, Phase::Expired));
}

#[test]
fn the_row_of_a_reading_that_is_led_to_is_open_each_time() {
    let reading = Rc::new(reading(Known::Spo2, "1", "2026-11-20T08:00:00+01:00", "86"));
    let point = || on_demand(OnDemandAction::Asked(OnDemandCommand::Point(Rc::clone(&reading))));
    let state = after([started(), point()]);
    assert_eq!(state.open, Some(Known::Spo2.into()));
    let state = state.reduce(Action::Toggle(Known::Spo2.into())).reduce(point());
    assert_eq!(state.open, Some(Known::Spo2.into()));
    assert_eq!(state.on_demand.pointed.map(|(_, times)| times), Some(2));
}

#[test]
fn events_that_were_chosen_earlier_stand_on_the_axis_and_nothing_else_is_opened_or_closed() {
    let chosen = |topics: &[Topic]| on_demand(OnDemandAction::Chosen(topics.to_vec()));
    let state = after([
        started(),
        toggled(Topic::Notes),
        toggled(Topic::Changes),
        chosen(&[Topic::Admissions]),
    ]);
    assert_eq!(state.on_demand.open, [Topic::Notes, Topic::Admissions]);
    let state = state.reduce(chosen(&[]));
    assert_eq!(state.on_demand.open, [Topic::Notes]);
}
