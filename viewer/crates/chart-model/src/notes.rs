//! What clinicians wrote when they followed a reading up: who, when, on which readings, what was done. Reads no FHIR.
//! Chat messages are not held here; what is no note and why is decided where notes are read.

use crate::care_plan::Author;
use crate::reading::Reading;
use crate::{ClinicalTime, order};

/// A follow-up note.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// `Composition/7`; empty if the source gives it no id.
    pub id: Box<str>,
    /// As what it was sent.
    pub kind: NoteKind,
    /// When it was written.
    pub time: Option<ClinicalTime>,
    /// Who wrote it; fields that are not known are empty.
    pub author: Author,
    /// Its heading; may be empty.
    pub title: Box<str>,
    /// What was written, plain text with line breaks; may be empty where `done` says it all.
    pub text: Box<str>,
    /// On which readings.
    pub readings: Vec<ReadingLink>,
    /// What was done, oldest first.
    pub done: Vec<Done>,
}

/// As what a note was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteKind {
    /// A note of its own (Composition).
    Note,
    /// Measures taken at a warning (DetectedIssue).
    Measures,
    /// A remark between clinicians on a reading (Communication).
    Remark,
    /// A comment on the reading itself (Observation.note).
    Comment,
}

impl NoteKind {
    /// The stable name.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Measures => "measures",
            Self::Remark => "remark",
            Self::Comment => "comment",
        }
    }
}

/// Which reading a note is about, as it refers to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadingLink {
    /// Id of the Observation or QuestionnaireResponse; empty if it is referred to by `identifier` only.
    pub id: Box<str>,
    /// `system|value`; empty if it is referred to by its id.
    pub identifier: Box<str>,
}

/// Something that was done.
#[derive(Clone, Debug, PartialEq)]
pub struct Done {
    /// When.
    pub time: Option<ClinicalTime>,
    /// What.
    pub what: Box<str>,
    /// By whom, where it is said; else by whoever wrote the note.
    pub by: Box<str>,
}

impl ReadingLink {
    fn is_of(&self, reading: &Reading) -> bool {
        (!self.id.is_empty() && self.id == reading.id) || reading.identifiers.contains(&self.identifier)
    }
}

impl Note {
    /// True if it is about this reading. Ids are those of the note's own source: ask with readings of that source, or of
    /// several only where their ids cannot meet.
    pub fn is_about(&self, reading: &Reading) -> bool {
        self.readings.iter().any(|link| link.is_of(reading))
    }
}

/// Newest first; those without a time last.
pub fn newest_first(notes: &mut Vec<Note>) {
    order::by_key(notes, |note| {
        note.time.as_ref().map_or(i64::MAX, |time| -time.axis_ms())
    });
}

/// Why something that was sent along with notes is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotANote {
    /// A message from or to the patient, or one that cannot be told from such.
    Message,
    /// A warning that nobody wrote anything about.
    Warning,
    /// Taken back, or not written yet.
    Retracted,
    /// The patient's own comment: it is shown at the reading.
    PatientComment,
    /// Another kind of document.
    OtherDocument,
}

impl NotANote {
    /// The stable name.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Message => "message",
            Self::Warning => "warning",
            Self::Retracted => "retracted",
            Self::PatientComment => "patient-comment",
            Self::OtherDocument => "other-document",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::reading;

    fn note(time: &str, link: ReadingLink) -> Note {
        Note {
            id: time.into(),
            kind: NoteKind::Note,
            time: ClinicalTime::parse(time).ok(),
            author: Author::default(),
            title: "".into(),
            text: "Ringte".into(),
            readings: vec![link],
            done: Vec::new(),
        }
    }

    fn link(id: &str, identifier: &str) -> ReadingLink {
        ReadingLink {
            id: id.into(),
            identifier: identifier.into(),
        }
    }

    #[test]
    fn a_note_is_about_the_reading_that_it_names_by_id_or_by_identifier() {
        let mut of = reading("1", "2026-11-20T08:00:00+01:00", "86");
        of.identifiers = vec!["urn:x|1".into()];
        for (named, expected) in [
            (link("1", ""), true),
            (link("", "urn:x|1"), true),
            (link("2", ""), false),
            (link("", "urn:x|2"), false),
            (link("", ""), false),
        ] {
            assert_eq!(
                note("2026-11-20", named.clone()).is_about(&of),
                expected,
                "{named:?}"
            );
        }
        let nameless = reading("", "2026-11-20T08:00:00+01:00", "86");
        assert!(!note("2026-11-20", link("", "")).is_about(&nameless));
    }

    #[test]
    fn the_newest_note_comes_first_and_one_without_a_time_last() {
        let mut notes: Vec<Note> = ["", "2026-11-20", "2026-11-21T08:00:00+01:00"]
            .map(|time| note(time, link("1", "")))
            .into();
        newest_first(&mut notes);
        let order: Vec<&str> = notes.iter().map(|note| &*note.id).collect();
        assert_eq!(order, ["2026-11-21T08:00:00+01:00", "2026-11-20", ""]);
    }
}
