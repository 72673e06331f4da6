//! Which Communication is a follow-up note, and which is a message.
//!
//! FHIR has one resource for a chat message, a reminder and a remark between clinicians, so what it says of itself must
//! decide. A Communication is a note only if all of these hold; everything else is a message and is never shown (mission,
//! M6), also where it cannot be told:
//!
//! 1. It refers to a reading, a filled-in questionnaire or a warning, or its category or topic says that it is a note. A
//!    message refers to nothing, or to another message.
//! 2. It is part of no conversation: it answers none (`inResponseTo`), is part of none (`partOf`), and none that was
//!    sent answers it.
//! 3. It is from a clinician or a service; who that is may be unsaid only of what calls itself a note. To the patient it may be only where it tells of a conversation
//!    and is not the conversation itself: by telephone, video or face to face.
//! 4. Neither medium nor category calls it a chat, a message, a text message, a reminder, a notification, an alert or an
//!    instruction.

use chart_model::care_plan::clean_text;
use chart_model::lowercase;
use chart_model::notes::{NotANote, Note, NoteKind};

use super::Reader;
use crate::care_plan::{parts::target, terms};
use crate::gather::{Gathered, first_filled, name_of, time};
use crate::json::Json;
use crate::who::{author, is_patient_side, kind};

/// What a medium, category or topic of a message is called.
const MESSAGE: [&str; 21] = [
    "chat",
    "sms",
    "melding",
    "meddel",
    "besked",
    "message",
    "messaging",
    "text",
    "e-post",
    "email",
    "mail",
    "conversation",
    "dialog",
    "thread",
    "tråd",
    "reminder",
    "påminn",
    "notification",
    "varsling",
    "alert",
    "instruction",
];
/// What a category or topic of a note is called; not "oppfølging", as which everything of home monitoring goes.
const NOTE: [&str; 3] = ["notat", "note", "merknad"];
/// Who writes notes.
const CLINICIANS: [&str; 5] = [
    "Practitioner",
    "PractitionerRole",
    "Organization",
    "CareTeam",
    "HealthcareService",
];
/// Media by which one speaks with somebody: of such a conversation a note tells.
const SPOKEN: [&str; 9] = [
    "phone", "telefon", "video", "verbal", "face", "physical", "ansikt", "muntlig", "besøk",
];

impl Reader<'_> {
    pub(super) fn communications(&mut self) {
        let all = self.all;
        let answered = answered(all);
        for communication in all.of("Communication") {
            match communication.text("status") {
                "entered-in-error" | "not-done" | "preparation" => {
                    self.leave_out(NotANote::Retracted);
                    continue;
                }
                _ => {}
            }
            let readings = self.readings_of(communication);
            if !is_note(all, communication, !readings.is_empty(), &answered) {
                self.leave_out(NotANote::Message);
                continue;
            }
            let payloads = communication.get("payload").items().iter();
            let texts = payloads.map(|payload| clean_text(content(payload)));
            let notes = communication.get("note").items().iter();
            let texts = texts.chain(notes.map(|note| clean_text(note.text("text"))));
            let texts: Vec<String> = texts.filter(|text| !text.trim().is_empty()).collect();
            let name = name_of(communication);
            let sent = time(communication, "sent", &name, &mut self.reading.findings);
            let received = || time(communication, "received", &name, &mut Vec::new());
            let note = Note {
                id: name.as_str().into(),
                kind: NoteKind::Remark,
                time: sent.or_else(received),
                author: author(all, communication.get("sender"), communication),
                title: first_filled([
                    terms::words(communication.get("topic")),
                    terms::words(communication.first("category")),
                ])
                .into(),
                text: texts.join("\n").trim().into(),
                readings,
                done: Vec::new(),
            };
            self.reading.notes.push(note);
        }
    }
}

/// What was written; of a file its name, of a reference what it displays.
fn content(payload: &Json) -> &str {
    let file = payload.get("contentAttachment");
    let reference = payload.get("contentReference");
    first_filled([
        payload.text("contentString"),
        file.text("title"),
        file.text("url"),
        file.text("contentType"),
        reference.text("display"),
    ])
}

/// The ids of those that another one answers or is part of.
fn answered(all: &Gathered) -> Vec<&str> {
    let threads = all.of("Communication").flat_map(|one| {
        let fields = ["inResponseTo", "partOf"].into_iter();
        fields.flat_map(|field| one.get(field).items())
    });
    threads
        .map(|reference| target(reference.text("reference")).1)
        .collect()
}

/// The rule of this module.
fn is_note(all: &Gathered, communication: &Json, refers_to_reading: bool, answered: &[&str]) -> bool {
    let says_note = || {
        concepts(communication, &["category", "topic", "reasonCode"]).any(|concept| is_called(concept, &NOTE))
    };
    let is_about = refers_to_reading || refers_to_warning(all, communication) || says_note();
    let in_conversation = communication.field("inResponseTo").is_some()
        || communication.field("partOf").is_some()
        || (!communication.text("id").is_empty() && answered.contains(&communication.text("id")));
    let sender = kind(all, communication.get("sender"), communication);
    let by_clinician = CLINICIANS.contains(&sender) || (sender.is_empty() && says_note());
    let mut recipients = communication.get("recipient").items().iter();
    let to_patient = recipients.any(|who| is_patient_side(all, who, communication));
    let spoken = || concepts(communication, &["medium"]).any(|concept| is_called(concept, &SPOKEN));
    let is_message =
        concepts(communication, &["medium", "category", "topic"]).any(|concept| is_called(concept, &MESSAGE));
    is_about && !in_conversation && by_clinician && (!to_patient || spoken()) && !is_message
}

fn refers_to_warning(all: &Gathered, communication: &Json) -> bool {
    ["about", "reasonReference", "basedOn"]
        .into_iter()
        .flat_map(|field| communication.get(field).items())
        .any(|reference| kind(all, reference, communication) == "DetectedIssue")
}

fn concepts<'a>(communication: &'a Json, fields: &'a [&'static str]) -> impl Iterator<Item = &'a Json> {
    fields
        .iter()
        .flat_map(move |field| communication.get(field).items())
}

/// True if one of these stands in one of its codes or words.
fn is_called(concept: &Json, names: &[&str]) -> bool {
    let codings = concept.get("coding").items().iter();
    let texts = codings.flat_map(|coding| [coding.text("code"), coding.text("display")]);
    texts.chain([concept.text("text")]).any(|text| {
        let small = lowercase(text);
        names.iter().any(|name| small.contains(name))
    })
}
