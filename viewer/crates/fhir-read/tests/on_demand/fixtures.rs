//! The fixtures' own answers for what is opened on demand, against what is read.

use chart_model::events::{Event, EventKind};
use chart_model::follow_up::{FollowUp, Hours, Standing};
use chart_model::questionnaire::{Answer, Filling, changed_answers};
use fhir_fixtures::{Case, EventKind as Kind, generate_one};
use fhir_read::{read_events, read_follow_up, read_notes, read_questionnaires};
use jiff::civil::date;

use super::now;

fn case(id: &str) -> Case {
    generate_one(id, 3, date(2026, 11, 22)).unwrap()
}

fn page(case: &Case) -> Vec<u8> {
    case.bundle().to_string().into_bytes()
}

fn answer(answer: &Answer) -> String {
    match answer {
        Answer::Flag(true) => "Ja".to_owned(),
        Answer::Flag(false) => "Nei".to_owned(),
        Answer::Number { value, unit, .. } => format!("{value} {unit}").trim_end().to_owned(),
        Answer::Time(time) => time.text().to_owned(),
        Answer::Choice { text, .. } => text.in_language("nb").to_owned(),
        Answer::Text(text) | Answer::File(text) | Answer::Unread(text) => text.to_string(),
    }
}

/// Questions with their answers, and whether they were answered otherwise the time before.
fn answers(filling: &Filling, before: Option<&Filling>) -> Vec<(String, String, bool)> {
    let changes = before.map_or_else(Vec::new, |before| changed_answers(before, filling));
    let asked = filling
        .lines
        .iter()
        .enumerate()
        .filter(|(_, line)| !line.is_heading);
    asked
        .map(|(at, line)| {
            let given: Vec<String> = line.answers.iter().map(answer).collect();
            let changed = changes.iter().any(|change| change.now == Some(at));
            (line.text.in_language("nb").to_owned(), given.join(", "), changed)
        })
        .collect()
}

#[test]
fn questionnaires_are_read_as_their_author_means_them() {
    let case = case("questionnaires");
    let told = case.expected.on_demand.as_ref().unwrap();
    let page = page(&case);
    let reading = read_questionnaires(&[&page], case.id, "host", now()).unwrap();
    assert_eq!(reading.findings, []);
    assert_eq!(reading.questionnaires.len(), told.questionnaires.len());
    assert_eq!(
        reading.missing,
        ["https://leverandor.example/Questionnaire/uke-sjekk|3"]
    );
    // The filling that was taken back, and its score.
    let set_aside: usize = told.questionnaires.iter().map(|one| one.set_aside.len()).sum();
    assert_eq!(reading.left_out, 2 * set_aside);
    for expected in &told.questionnaires {
        let mut all = reading.questionnaires.iter();
        let found = all
            .find(|of| of.instrument.name.in_language("nb") == expected.name)
            .unwrap();
        assert_eq!(found.list.len(), expected.fillings.len(), "{}", expected.name);
        for (at, (filling, expected)) in found.list.iter().zip(&expected.fillings).enumerate() {
            let time = filling.time.as_ref().map(|time| time.text());
            assert_eq!(
                (&*filling.id, filling.status.id(), time),
                (&*expected.id, &*expected.status, Some(&*expected.time))
            );
            let mut scores: Vec<_> = filling
                .scores
                .iter()
                .map(|score| (score.name.to_string(), score.reading.values.text()))
                .collect();
            let mut said: Vec<_> = expected
                .scores
                .iter()
                .map(|score| (score.name.clone(), score.value.clone()))
                .collect();
            scores.sort();
            said.sort();
            assert_eq!(scores, said, "{}", expected.id);
            let before = found.list.get(at + 1).map(AsRef::as_ref);
            let said: Vec<_> = expected
                .answers
                .iter()
                .map(|a| (a.question.clone(), a.answer.clone(), a.changed))
                .collect();
            assert_eq!(answers(filling, before), said, "{}", expected.id);
        }
    }
}

#[test]
fn notes_are_read_as_their_author_means_them_and_no_chat_among_them() {
    let case = case("notes");
    let told = case.expected.on_demand.as_ref().unwrap();
    let page = page(&case);
    let reading = read_notes(&[&page], case.id).unwrap();
    let places: Vec<&str> = reading.notes.iter().map(|note| &*note.id).collect();
    let expected: Vec<&str> = told.notes.iter().map(|note| &*note.place).collect();
    assert_eq!(places, expected);
    for (note, expected) in reading.notes.iter().zip(&told.notes) {
        assert_eq!(
            note.time.as_ref().map(|time| time.text()),
            Some(&*expected.time),
            "{}",
            note.id
        );
        assert_eq!(note.author.name, expected.author, "{}", note.id);
        for text in &expected.texts {
            assert!(
                note.text.contains(&**text),
                "{} lacks {text}: {}",
                note.id,
                note.text
            );
        }
        let done: Vec<&str> = note.done.iter().map(|done| &*done.what).collect();
        assert_eq!(
            done,
            expected.done.iter().map(String::as_str).collect::<Vec<_>>(),
            "{}",
            note.id
        );
        let readings: Vec<&str> = note.readings.iter().map(|link| &*link.id).collect();
        assert_eq!(
            readings,
            expected.readings.iter().map(String::as_str).collect::<Vec<_>>(),
            "{}",
            note.id
        );
    }
    let everything = format!("{:?}", reading.notes);
    assert!(!told.never_shown.is_empty());
    for text in &told.never_shown {
        assert!(!everything.contains(&**text), "{text}");
    }
    let left_out: usize = reading.left_out.iter().map(|(_, count)| count).sum();
    assert_eq!((left_out, reading.findings), (told.never_shown.len(), vec![]));
}

/// As the fixtures say it: kind, words, from, until.
type Line = (Kind, String, String, Option<String>);

/// A medicine is one event from its start to its stop.
fn lines(events: &[Event]) -> Vec<Line> {
    let until = |event: &Event| event.to.as_ref().map(|to| to.text().to_owned());
    let stop = |event: &Event| {
        let mut stops = events
            .iter()
            .filter(|other| other.kind == EventKind::MedicationStop);
        stops
            .find(|stop| stop.id == event.id)
            .map(|stop| stop.from.text().to_owned())
    };
    events
        .iter()
        .filter_map(|event| {
            let (kind, until) = match event.kind {
                EventKind::Admission => (Kind::Admission, until(event)),
                EventKind::Monitoring => (Kind::Monitoring, until(event)),
                EventKind::MedicationStart => (Kind::Medication, stop(event)),
                _ => return None,
            };
            Some((kind, event.label.to_string(), event.from.text().to_owned(), until))
        })
        .collect()
}

/// As the fixtures write it: `mon tue 08:00:00-15:30:00`.
fn hours(hours: &Hours) -> String {
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let days: Vec<&str> = hours.days.iter().map(|day| days[usize::from(*day)]).collect();
    let clock = |at: u16| format!("{:02}:{:02}:00", at / 60, at % 60);
    let (from, to) = hours.clock.unwrap();
    format!("{} {}-{}", days.join(" "), clock(from), clock(to))
}

#[test]
fn events_and_who_follows_up_are_read_as_their_author_means_them() {
    for id in ["events", "handover"] {
        let case = case(id);
        let told = case.expected.on_demand.as_ref().unwrap();
        let page = page(&case);
        let reading = read_events(&[&page], case.id, now()).unwrap();
        let expected: Vec<Line> = told
            .events
            .iter()
            .map(|event| {
                (
                    event.kind,
                    event.text.clone(),
                    event.from.clone(),
                    event.until.clone(),
                )
            })
            .collect();
        assert_eq!(lines(&reading.events), expected, "{id}");
        assert_eq!(reading.findings, [], "{id}");

        let told = told.follow_up.as_ref().unwrap();
        let reading = read_follow_up(&[&page], case.id, now()).unwrap();
        let first = &reading.list[0];
        assert_eq!(
            (first.standing, first.service.as_deref()),
            (Standing::Running, Some(&*told.name)),
            "{id}"
        );
        let time =
            |time: &Option<chart_model::ClinicalTime>| time.as_ref().map(|time| time.text().to_owned());
        assert_eq!(
            (time(&first.since), time(&first.until)),
            (told.since.clone(), told.until.clone()),
            "{id}"
        );
        assert_eq!(
            first.reach.phones.first().map(|phone| phone.to_string()),
            told.phone,
            "{id}"
        );
        assert_eq!(first.reach.hours.first().map(hours), told.hours, "{id}");
        let ended = |one: &&FollowUp| one.standing == Standing::Ended && one.service != first.service;
        let before: Vec<String> = reading
            .list
            .iter()
            .filter(ended)
            .filter_map(|one| Some(one.service.as_deref()?.to_owned()))
            .collect();
        assert_eq!(before, told.before, "{id}");
        assert_eq!(reading.findings, [], "{id}");
        // Where the author gives no opening hours they are asked for.
        let hours = format!("HealthcareService?organization=Organization/{id}-service");
        let missing = if told.hours.is_none() { vec![hours] } else { vec![] };
        assert_eq!(reading.missing, missing, "{id}");
    }
}
