//! The notes on a plan: remarks of the plan itself, and what a version says of its own change.

use std::rc::Rc;

use chart_model::care_plan::{Author, Key, KnownFrom, Version, clean_text};

use super::parts::Part;
use crate::json::Json;

/// Id of the note that says who changed the plan last and why: about the version, not of the plan.
pub(crate) const CHANGE_NOTE: &str = "change";

/// Id of the note that says how a suggestion was decided, and why.
pub(crate) const DECISION_NOTE: &str = "decision";

/// The remarks on a plan.
pub(crate) fn notes(main: &Json) -> Vec<(Key, String)> {
    let mut notes: Vec<(Key, String)> = Vec::new();
    for note in main.get("note").items() {
        let (id, text) = (note.text("id"), note.text("text"));
        if [CHANGE_NOTE, DECISION_NOTE].contains(&id) || text.is_empty() {
            continue;
        }
        let same = notes.iter().filter(|(_, there)| there == text).count();
        let key = if id.is_empty() {
            Key::of_content(text, same)
        } else {
            id.into()
        };
        notes.push((key, text.to_owned()));
    }
    notes
}

/// What a version says of itself: the note on the change, else whom it names as contributor or author.
pub(crate) fn version(main: &Json) -> Version {
    let part = Part::new(main.clone());
    let mut notes = main.get("note").items().iter();
    let note = notes.find(|note| note.text("id") == CHANGE_NOTE);
    let said = note.map(|note| {
        let names = [
            note.text("authorString"),
            note.get("authorReference").text("display"),
        ];
        (names.into_iter().find(|name| !name.is_empty()), note.text("text"))
    });
    let displays = main
        .get("contributor")
        .items()
        .iter()
        .rev()
        .chain(main.get("author").items());
    let mut displays = displays.map(|by| by.text("display"));
    let name = said
        .and_then(|(name, _)| name)
        .or_else(|| displays.find(|name| !name.is_empty()));
    let comment = said.map_or("", |(_, text)| text);
    Version {
        id: Rc::from(part.version()),
        time: part.updated(),
        author: Author {
            name: clean_text(name.unwrap_or_default()),
            ..Author::default()
        },
        comment: if comment == NO_COMMENT {
            String::new()
        } else {
            clean_text(comment)
        },
        known_from: if name.is_some() {
            KnownFrom::Plan
        } else {
            KnownFrom::Nothing
        },
    }
}

/// Stands for a comment where FHIR wants a text and nothing was said.
pub(crate) const NO_COMMENT: &str = "–";
