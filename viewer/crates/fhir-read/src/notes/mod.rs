//! Follow-up notes from Composition, DetectedIssue, Communication and Observation.note, as plain text. What a note is, is
//! `chart_model::notes`; what a Communication is, is decided in `communication`.

mod communication;
mod composition;

use chart_model::care_plan::clean_text;
use chart_model::notes::{Done, NotANote, Note, NoteKind, ReadingLink, newest_first};
use chart_model::{Finding, order};

use crate::care_plan::{parts::target, terms};
use crate::error::PageError;
use crate::gather::{Gathered, name_of, time};
use crate::json::Json;
use crate::who::{author, is_patient_side};

/// What some answers hold of notes. Notes, what is left out, and what could not be read are all resources that were
/// sent, but for those that others refer to (warnings of a note, authors).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NotesReading {
    /// Newest first.
    pub notes: Vec<Note>,
    /// What was sent along and is no note, by reason.
    pub left_out: Vec<(NotANote, usize)>,
    /// What could not be read.
    pub findings: Vec<Finding>,
}

/// Reads the answers to the searches for notes, and Observations with their comments, in any order.
///
/// # Errors
/// [`PageError`] if an answer is neither a Bundle nor a resource.
pub fn read_notes(pages: &[&[u8]], patient: &str) -> Result<NotesReading, PageError> {
    let mut all = Gathered::read(pages, patient)?;
    let mut reader = Reader {
        reading: NotesReading {
            findings: std::mem::take(&mut all.findings),
            ..NotesReading::default()
        },
        all: &all,
    };
    reader.compositions();
    reader.warnings();
    reader.communications();
    reader.comments();
    let mut reading = reader.reading;
    newest_first(&mut reading.notes);
    Ok(reading)
}

struct Reader<'a> {
    all: &'a Gathered,
    reading: NotesReading,
}

impl Reader<'_> {
    fn leave_out(&mut self, why: NotANote) {
        let counts = &mut self.reading.left_out;
        match counts.iter_mut().find(|(counted, _)| *counted == why) {
            Some((_, count)) => *count += 1,
            None => counts.push((why, 1)),
        }
    }

    /// Warnings with measures that no note refers to. A warning alone is no note: nobody wrote it.
    fn warnings(&mut self) {
        let all = self.all;
        let named: Vec<&Json> = all
            .of("Composition")
            .flat_map(|note| composition::warnings(all, note))
            .collect();
        for warning in all
            .of("DetectedIssue")
            .filter(|warning| !named.iter().any(|there| std::ptr::eq(*there, *warning)))
        {
            if warning.text("status") == "entered-in-error" {
                self.leave_out(NotANote::Retracted);
                continue;
            }
            let done = self.measures(warning);
            if done.is_empty() {
                self.leave_out(NotANote::Warning);
                continue;
            }
            let last = done.iter().rev().find_map(|done| done.time.clone());
            let identified = || {
                time(
                    warning,
                    "identifiedDateTime",
                    &name_of(warning),
                    &mut self.reading.findings,
                )
            };
            let note = Note {
                id: name_of(warning).into(),
                kind: NoteKind::Measures,
                time: last.or_else(identified),
                author: {
                    let mut mitigations = warning.get("mitigation").items().iter();
                    let by = mitigations.find(|one| one.field("author").is_some());
                    by.map(|by| author(all, by.get("author"), warning))
                        .unwrap_or_default()
                },
                title: terms::words(warning.get("code")).into(),
                text: clean_text(warning.text("detail")).into(),
                readings: self.readings_of(warning),
                done,
            };
            self.reading.notes.push(note);
        }
    }

    /// What was done about a warning.
    fn measures(&mut self, warning: &Json) -> Vec<Done> {
        let mut done: Vec<Done> = Vec::new();
        for mitigation in warning.get("mitigation").items() {
            let what = clean_text(terms::words(mitigation.get("action")));
            let by = author(self.all, mitigation.get("author"), warning);
            let at = time(mitigation, "date", &name_of(warning), &mut self.reading.findings);
            if what.is_empty() {
                continue;
            }
            done.push(Done {
                time: at,
                what: what.into(),
                by: if by.name.is_empty() {
                    by.organisation
                } else {
                    by.name
                }
                .into(),
            });
        }
        in_order(&mut done);
        done
    }

    /// The readings that a resource refers to, anywhere in it; of warnings that it refers to also theirs.
    fn readings_of(&self, of: &Json) -> Vec<ReadingLink> {
        let mut links = Vec::new();
        self.add_links(of, of, 0, &mut links);
        links
    }

    fn add_links(&self, json: &Json, of: &Json, warnings: u8, links: &mut Vec<ReadingLink>) {
        match json {
            Json::List(items) => items
                .iter()
                .for_each(|item| self.add_links(item, of, warnings, links)),
            Json::Object(fields) => {
                let refers = json.field("reference").is_some() || json.field("identifier").is_some();
                if refers
                    && let Some(link) = self.link(json, of)
                    && !links.contains(&link)
                {
                    links.push(link);
                }
                // A warning says which reading it is about; one that refers to a further warning is followed no more.
                if refers
                    && warnings == 0
                    && let Some(warning) = self.all.resolve(json, of)
                    && warning.text("resourceType") == "DetectedIssue"
                {
                    self.add_links(warning, warning, 1, links);
                }
                for (name, value) in fields {
                    if name != "contained" {
                        self.add_links(value, of, warnings, links);
                    }
                }
            }
            _ => {}
        }
    }

    /// A reference to a reading or a filled-in questionnaire.
    fn link(&self, reference: &Json, of: &Json) -> Option<ReadingLink> {
        let text = reference.text("reference");
        let (kind, id) = target(text);
        let kind = if kind.is_empty() {
            reference.text("type")
        } else {
            kind
        };
        let is_reading = |kind: &str| matches!(kind, "Observation" | "QuestionnaireResponse");
        if is_reading(kind) && !text.is_empty() && !text.starts_with('#') {
            return Some(ReadingLink {
                id: id.into(),
                identifier: "".into(),
            });
        }
        // Contained, or named by its number: a reading that another system holds as well.
        let contained = self
            .all
            .resolve(reference, of)
            .filter(|json| is_reading(json.text("resourceType")));
        let number = match contained {
            Some(reading) if text.starts_with('#') => reading.first("identifier"),
            Some(reading) => {
                return Some(ReadingLink {
                    id: reading.text("id").into(),
                    identifier: "".into(),
                });
            }
            None if is_reading(kind) => reference.get("identifier"),
            None => return None,
        };
        let value = number.text("value");
        (!value.is_empty()).then(|| ReadingLink {
            id: "".into(),
            identifier: format!("{}|{value}", number.text("system")).into(),
        })
    }

    /// Comments on readings, one note each. The patient's own are shown at the reading and not here.
    fn comments(&mut self) {
        let all = self.all;
        for reading in all.of("Observation") {
            for note in reading.get("note").items() {
                let text = clean_text(note.text("text"));
                if text.trim().is_empty() {
                    continue;
                }
                let by = note.get("authorReference");
                if is_patient_side(all, by, reading) {
                    self.leave_out(NotANote::PatientComment);
                    continue;
                }
                let name = name_of(reading);
                if matches!(reading.text("status"), "entered-in-error" | "cancelled") {
                    self.leave_out(NotANote::Retracted);
                    continue;
                }
                let mut by = author(all, by, reading);
                if by.name.is_empty() {
                    note.text("authorString").clone_into(&mut by.name);
                }
                let written = time(note, "time", &name, &mut self.reading.findings);
                let taken = || time(reading, "effectiveDateTime", &name, &mut Vec::new());
                self.reading.notes.push(Note {
                    id: name.as_str().into(),
                    kind: NoteKind::Comment,
                    time: written.or_else(taken),
                    author: by,
                    title: "".into(),
                    text: text.trim().into(),
                    readings: vec![ReadingLink {
                        id: reading.text("id").into(),
                        identifier: "".into(),
                    }],
                    done: Vec::new(),
                });
            }
        }
    }
}

/// Oldest first; those without a time last, in the order sent.
fn in_order(done: &mut Vec<Done>) {
    order::by_key(done, |done| {
        done.time.as_ref().map_or(i64::MAX, |time| time.axis_ms())
    });
}

#[cfg(test)]
mod tests;
