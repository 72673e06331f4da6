//! Questionnaires, notes, events and who follows up of the synthetic patients, against what their author expects of a right
//! reading. The expectations were written without these crates.

#![allow(clippy::unwrap_used, reason = "helpers of a test may fail it")]

use chart_model::ClinicalTime;
use chart_model::events::{Event, EventKind};
use chart_model::follow_up::Standing;
use chart_model::notes::Note;
use chart_model::questionnaire::{Answer, Filling, changed_answers};
use fhir_fixtures::{Case, EventKind as Kind, FillingExpected, OnDemandExpected, date, generate_one};
use fhir_read::{read_events, read_follow_up, read_notes, read_questionnaires};

fn case(id: &str) -> (Case, OnDemandExpected, String, i64) {
    let case = generate_one(id, 1, date(2026, 11, 22)).unwrap();
    let expected = case.expected.on_demand.clone().unwrap();
    let now = ClinicalTime::parse(&case.expected.generated_at)
        .unwrap()
        .start_ms();
    let bundle = case.bundle().to_string();
    (case, expected, bundle, now)
}

/// Question and answer of each line that has one, as a bokmål reader sees it.
fn answers(filling: &Filling) -> Vec<(String, String)> {
    let lines = filling.lines.iter().filter(|line| !line.answers.is_empty());
    let answer = |answer: &Answer| match answer {
        Answer::Flag(yes) => if *yes { "Ja" } else { "Nei" }.to_owned(),
        Answer::Number { value, .. } => value.to_string(),
        Answer::Choice { text, .. } => text.in_language("nb").to_owned(),
        Answer::Text(text) => text.to_string(),
        other => format!("{other:?}"),
    };
    lines
        .map(|line| {
            let all: Vec<String> = line.answers.iter().map(answer).collect();
            (line.text.in_language("nb").to_owned(), all.join(", "))
        })
        .collect()
}

fn check_filling(filling: &Filling, before: Option<&Filling>, expected: &FillingExpected) {
    let id = &expected.id;
    assert_eq!(*filling.id, **id);
    assert_eq!(filling.status.id(), expected.status, "{id}");
    assert_eq!(filling.time.as_ref().unwrap().text(), expected.time, "{id}");
    let pairs = expected
        .answers
        .iter()
        .map(|it| (it.question.clone(), it.answer.clone()));
    assert_eq!(answers(filling), pairs.collect::<Vec<_>>(), "{id}");
    let scores: Vec<String> = filling
        .scores
        .iter()
        .map(|score| score.value().unwrap().to_string())
        .collect();
    let expected_scores: Vec<&str> = expected.scores.iter().map(|score| score.value.as_str()).collect();
    assert_eq!(scores, expected_scores, "{id}");
    let changes = before.map_or_else(Vec::new, |before| changed_answers(before, filling));
    let changed = expected.answers.iter().filter(|answer| answer.changed);
    let changed: Vec<&str> = changed.map(|answer| answer.question.as_str()).collect();
    let seen: Vec<&str> = changes
        .iter()
        .map(|change| filling.lines[change.now.unwrap()].text.in_language("nb"))
        .collect();
    assert_eq!(seen, changed, "{id}");
}

#[test]
fn questionnaires_are_read_as_their_author_expects() {
    let (case, expected, bundle, now) = case("questionnaires");
    let reading = read_questionnaires(&[bundle.as_bytes()], case.id, "host", now).unwrap();
    assert_eq!(reading.findings, []);
    let names: Vec<&str> = reading
        .questionnaires
        .iter()
        .map(|fillings| fillings.instrument.name.in_language("nb"))
        .collect();
    assert_eq!(names.len(), expected.questionnaires.len(), "{names:?}");
    for instrument in &expected.questionnaires {
        let place = names.iter().position(|name| *name == instrument.name);
        let fillings =
            &reading.questionnaires[place.unwrap_or_else(|| panic!("{} in {names:?}", instrument.name))];
        assert_eq!(
            fillings.list.len(),
            instrument.fillings.len(),
            "{}",
            instrument.name
        );
        for (at, (filling, expected)) in fillings.list.iter().zip(&instrument.fillings).enumerate() {
            check_filling(filling, fillings.list.get(at + 1).map(AsRef::as_ref), expected);
        }
    }
    let question =
        &reading.questionnaires[names.iter().position(|name| *name == "CAT").unwrap()].list[0].lines[0].text;
    assert_eq!(question.in_language("en"), "How much do you cough?");
    assert_eq!(question.in_language("nn"), "Kor mykje hostar du?");
}

#[test]
fn notes_are_read_as_their_author_expects_and_chat_is_not() {
    let (case, expected, bundle, _) = case("notes");
    let reading = read_notes(&[bundle.as_bytes()], case.id).unwrap();
    assert_eq!(reading.findings, []);
    let seen: Vec<&str> = reading.notes.iter().map(|note| &*note.id).collect();
    assert_eq!(seen.len(), expected.notes.len(), "{seen:?}");
    for (note, expected) in reading.notes.iter().zip(&expected.notes) {
        let place = &expected.place;
        assert!(
            place.ends_with(&*note.id) || note.id.ends_with(place.as_str()),
            "{place}: {}",
            note.id
        );
        assert_eq!(note.author.name, expected.author, "{place}");
        assert_eq!(note.time.as_ref().unwrap().text(), expected.time, "{place}");
        let whole = words(note);
        for text in expected.texts.iter().chain(&expected.done) {
            assert!(whole.contains(text.as_str()), "{place}: {text} in {whole}");
        }
        for id in &expected.readings {
            assert!(note.readings.iter().any(|link| *link.id == **id), "{place}: {id}");
        }
    }
    let all: String = reading.notes.iter().map(words).collect();
    for chat in &expected.never_shown {
        assert!(!all.contains(chat.as_str()), "{chat}");
    }
}

fn words(note: &Note) -> String {
    let done = note.done.iter().map(|done| done.what.to_string());
    let parts: Vec<String> = [note.title.to_string(), note.text.to_string()]
        .into_iter()
        .chain(done)
        .collect();
    parts.join("\n")
}

#[test]
fn events_are_read_as_their_author_expects() {
    for id in ["events", "handover"] {
        let (case, expected, bundle, now) = case(id);
        let reading = read_events(&[bundle.as_bytes()], case.id, now).unwrap();
        assert_eq!(reading.findings, [], "{id}");
        let line = |event: &Event| {
            let until = event.to.as_ref().map(|to| to.text().to_owned());
            (event.kind, event.from.text().to_owned(), until)
        };
        let seen: Vec<_> = reading.events.iter().map(line).collect();
        let mut wanted = Vec::new();
        for event in &expected.events {
            let (from, until) = (event.from.clone(), event.until.clone());
            match (event.kind, until) {
                (Kind::Admission, until) => wanted.push((EventKind::Admission, from, until)),
                (Kind::Monitoring, until) => wanted.push((EventKind::Monitoring, from, until)),
                (Kind::Medication, until) => {
                    wanted.push((EventKind::MedicationStart, from, None));
                    wanted.extend(until.map(|until| (EventKind::MedicationStop, until, None)));
                }
            }
        }
        for event in &wanted {
            assert!(seen.contains(event), "{id}: {event:?} in {seen:?}");
        }
        assert_eq!(seen.len(), wanted.len(), "{id}: {seen:?}");
    }
}

#[test]
fn who_follows_up_is_read_as_its_author_expects() {
    for id in ["events", "handover"] {
        let (case, expected, bundle, now) = case(id);
        let expected = expected.follow_up.unwrap();
        let reading = read_follow_up(&[bundle.as_bytes()], case.id, now).unwrap();
        let running: Vec<_> = reading
            .list
            .iter()
            .filter(|it| it.standing == Standing::Running)
            .collect();
        let [first] = running.as_slice() else {
            panic!("{id}: {running:?}");
        };
        assert_eq!(first.service.as_deref(), Some(expected.name.as_str()), "{id}");
        assert_eq!(
            first.since.as_ref().map(|since| since.text().to_owned()),
            expected.since,
            "{id}"
        );
        assert_eq!(first.until.is_some(), expected.until.is_some(), "{id}");
        let phone = expected.phone.as_deref();
        assert_eq!(first.reach.phones.first().map(AsRef::as_ref), phone, "{id}");
        assert_eq!(!first.reach.hours.is_empty(), expected.hours.is_some(), "{id}");
        for before in &expected.before {
            let mut ended = reading.list.iter().filter(|it| it.standing == Standing::Ended);
            assert!(
                ended.any(|it| it.service.as_deref() == Some(before.as_str())),
                "{id}: {before}"
            );
        }
    }
}
