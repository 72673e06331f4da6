//! Follow-up notes at yellow and red readings, in every shape they come in, and chat that is nobody's to show.

use jiff::civil::{Date, date};
use serde_json::{Value, json};

use crate::Case;
use crate::expected::Zone::{self, Green, RedLow, YellowLow};
use crate::limits::{Limit, limit};
use crate::on_demand::{NoteExpected, OnDemandExpected};
use crate::parameter::SPO2;
use crate::person::Person;
use crate::plan;
use crate::resource::{HOME_MONITORING, concept, practitioner, reference};
use crate::script::{Script, clock};

const ID: &str = "notes";
const NURSE: &str = "Odd Sykepleiersen";

static LIMITS: [Limit; 3] = [
    limit("N", "90", ""),
    limit("A", "86", "89"),
    limit("AA", "", "85"),
];

/// Days with a reading that is not green: the value and its zone.
const LOW: [(i32, i64, Zone); 5] = [
    (52, 88, YellowLow),
    (37, 84, RedLow),
    (36, 87, YellowLow),
    (20, 89, YellowLow),
    (4, 88, YellowLow),
];

const CHAT: [(&str, bool, &str); 4] = [
    ("chat-1", true, "Hei, jeg hoster mer enn vanlig i dag."),
    ("chat-2", false, "Hei! Ta det med ro, og mål igjen i kveld."),
    ("chat-3", true, "Takk, det går bedre. Hilsen fra katten også."),
    ("chat-4", false, "Så fint! Ha en god helg."),
];

pub(crate) fn case(seed: u64, until: Date) -> Case {
    let person = Person {
        given: "Nora",
        family: "Notatvik",
        female: true,
        born: date(1950, 9, 2),
    };
    let mut script = Script::new(ID, seed, until, &person);
    plan::follow_up(&mut script, 70);
    script.resource(practitioner(
        &format!("{ID}-nurse"),
        "Odd",
        "Sykepleiersen",
        "+47 99 00 00 04",
    ));
    let oximeter = script.device("oximeter", "Pulsoksymeter", "Fingerklype");
    for days_before in (1..=60).rev() {
        let when = script.calendar.at(days_before, clock(8, 10));
        let (value, zone) = match LOW.iter().find(|(day, ..)| *day == days_before) {
            Some((_, value, zone)) => (*value, *zone),
            None => (script.rng.within(91, 95), Green),
        };
        let value = value.to_string();
        let mut reading = script
            .named(&format!("spo2-day-{days_before}"), &SPO2, &when)
            .value(&value);
        reading = reading.limits(&LIMITS).device(&oximeter);
        if days_before == 4 {
            reading = reading.set("note", json!([on_the_reading(&script)]));
        }
        script.reading(reading, &value, zone);
    }
    let (resources, mut told) = notes(&script);
    resources
        .into_iter()
        .for_each(|resource| script.resource(resource));
    chat(&script)
        .into_iter()
        .for_each(|resource| script.resource(resource));
    told.never_shown = CHAT.iter().map(|(.., text)| (*text).to_owned()).collect();
    script.declarations.on_demand = Some(told);
    Case::new(
        script,
        "Oppfølgingsnotater",
        "Notes about yellow and red readings: a Composition with a DetectedIssue, a DetectedIssue by itself, a \
         Communication of the service, a note on the reading. Chat between patient and nurse comes as \
         Communications too, one about a reading and one without a category; it must never be shown.",
    )
}

fn nurse() -> Value {
    json!({ "reference": format!("Practitioner/{ID}-nurse"), "display": NURSE })
}

fn reading(days_before: i32) -> String {
    format!("{ID}-spo2-day-{days_before}")
}

fn on_the_reading(script: &Script) -> Value {
    json!({ "authorReference": nurse(), "time": script.calendar.at(4, clock(9, 5)).text,
            "text": "Målt rett etter trappen. Ny måling om en time var 93." })
}

/// The resources that are notes, and what a right reading gives of them and of the reading's own note.
fn notes(script: &Script) -> (Vec<Value>, OnDemandExpected) {
    let at = |days_before| script.calendar.at(days_before, clock(9, 30)).text;
    let subject = || reference(&format!("Patient/{ID}"));
    let section = |title: &str, words: &str| {
        json!({ "title": title, "text": { "status": "generated",
            "div": format!("<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>{words}</p></div>") } })
    };
    let mut assessed = section(
        "Vurdering",
        "Rød måling. Ringte pasienten: tungpustet siden i går kveld, feberfri.",
    );
    assessed["entry"] = json!([
        reference(&format!("DetectedIssue/{ID}-issue-red")),
        reference(&format!("Observation/{}", reading(37))),
    ]);
    let composition = json!({
        "resourceType": "Composition",
        "id": format!("{ID}-composition"),
        "meta": { "source": HOME_MONITORING },
        "status": "final",
        "type": { "text": "Oppfølgingsnotat" },
        "subject": subject(),
        "date": at(37),
        "author": [nurse()],
        "title": "Oppfølging av rød måling",
        "section": [assessed, section("Tiltak", "Startet prednisolonkur etter planen. Ringer igjen i morgen.")],
    });
    let issue = |name: &str, day: i32, severity: &str, detail: &str, action: &str| {
        json!({
            "resourceType": "DetectedIssue",
            "id": format!("{ID}-issue-{name}"),
            "meta": { "source": HOME_MONITORING },
            "status": "final",
            "code": { "text": "Måling utenfor grensene" },
            "severity": severity,
            "patient": subject(),
            "identifiedDateTime": at(day),
            "author": nurse(),
            "implicated": [reference(&format!("Observation/{}", reading(day)))],
            "detail": detail,
            "mitigation": [{ "action": { "text": action }, "date": at(day), "author": nurse() }],
        })
    };
    let communication = json!({
        "resourceType": "Communication",
        "id": format!("{ID}-communication"),
        "meta": { "source": HOME_MONITORING },
        "status": "completed",
        "category": [concept("https://hjemmemaaling.example/codes", "follow-up-note", "Oppfølgingsnotat")],
        "subject": subject(),
        "about": [reference(&format!("Observation/{}", reading(20)))],
        "sent": at(20),
        "sender": nurse(),
        "payload": [{ "contentString": "Gul måling etter dårlig natt. Avtalt å øke væskeinntaket." }],
    });
    let red = issue(
        "red",
        37,
        "high",
        "SpO2 84 %, under rød grense.",
        "Kur startet etter egenbehandlingsplanen",
    );
    let yellow = issue(
        "yellow",
        52,
        "moderate",
        "Lett forkjølet. Ny måling om kvelden var 91.",
        "Kontaktet på telefon",
    );
    let note = |place: &str, time: String, texts: &[&str], done: &[&str], day: i32| NoteExpected {
        place: place.to_owned(),
        time,
        author: NURSE.to_owned(),
        texts: texts.iter().map(|text| (*text).to_owned()).collect(),
        done: done.iter().map(|text| (*text).to_owned()).collect(),
        readings: vec![reading(day)],
    };
    let told = OnDemandExpected {
        notes: vec![
            note(
                &format!("Observation/{}", reading(4)),
                script.calendar.at(4, clock(9, 5)).text,
                &["Målt rett etter trappen. Ny måling om en time var 93."],
                &[],
                4,
            ),
            note(
                &format!("Communication/{ID}-communication"),
                at(20),
                &["Gul måling etter dårlig natt. Avtalt å øke væskeinntaket."],
                &[],
                20,
            ),
            note(
                &format!("Composition/{ID}-composition"),
                at(37),
                &[
                    "Rød måling. Ringte pasienten: tungpustet siden i går kveld, feberfri.",
                    "Startet prednisolonkur etter planen. Ringer igjen i morgen.",
                    "SpO2 84 %, under rød grense.",
                ],
                &["Kur startet etter egenbehandlingsplanen"],
                37,
            ),
            note(
                &format!("DetectedIssue/{ID}-issue-yellow"),
                at(52),
                &["Lett forkjølet. Ny måling om kvelden var 91."],
                &["Kontaktet på telefon"],
                52,
            ),
        ],
        ..OnDemandExpected::default()
    };
    (vec![composition, red, yellow, communication], told)
}

/// Between patient and nurse: known by who wrote to whom. One says that it is about a reading, one has no category.
fn chat(script: &Script) -> Vec<Value> {
    let patient = json!({ "reference": format!("Patient/{ID}"), "display": "Nora Notatvik" });
    let message = |(number, (name, from_patient, text)): (i32, &(&str, bool, &str))| {
        let (sender, recipient) = if *from_patient {
            (patient.clone(), nurse())
        } else {
            (nurse(), patient.clone())
        };
        let mut message = json!({
            "resourceType": "Communication",
            "id": format!("{ID}-{name}"),
            "meta": { "source": HOME_MONITORING },
            "status": "completed",
            "category": [{ "text": "Melding" }],
            "subject": reference(&format!("Patient/{ID}")),
            "sent": script.calendar.at(20 - number, clock(13, 0)).text,
            "sender": sender,
            "recipient": [recipient],
            "payload": [{ "contentString": text }],
        });
        match number {
            1 => message["about"] = json!([reference(&format!("Observation/{}", reading(20)))]),
            2 => {
                message.as_object_mut().map(|members| members.remove("category"));
            }
            _ => {}
        }
        message
    };
    (0..).zip(&CHAT).map(message).collect()
}
