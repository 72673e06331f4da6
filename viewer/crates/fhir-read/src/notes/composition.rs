//! Notes that were sent as documents (Composition), as VKP does it: text in sections, what was done in events, the warning
//! that the note is about in a section's entry.

use chart_model::care_plan::clean_text;
use chart_model::notes::{Done, NotANote, Note, NoteKind};

use super::{Reader, in_order};
use crate::care_plan::terms;
use crate::gather::{Gathered, name_of, time};
use crate::json::Json;
use crate::narrative::plain_text;
use crate::who::authors;

/// LOINC codes of documents that are no follow-up notes: plans, summaries at discharge and of the whole patient, letters.
const OTHER_DOCUMENTS: [&str; 5] = ["18776-5", "18842-5", "60591-5", "11490-0", "57133-1"];

/// The warnings that a note refers to.
pub(super) fn warnings<'a>(all: &'a Gathered, note: &'a Json) -> Vec<&'a Json> {
    let mut found = Vec::new();
    let mut add = |reference: &Json| {
        let warning = all.resolve(reference, note);
        found.extend(warning.filter(|json| json.text("resourceType") == "DetectedIssue"));
    };
    each_section(note, &mut |section| {
        section.get("entry").items().iter().for_each(&mut add)
    });
    for event in note.get("event").items() {
        event.get("detail").items().iter().for_each(&mut add);
    }
    found
}

/// Sections with those inside them, in their order; as deep as readable JSON is nested.
fn each_section(holder: &Json, each: &mut dyn FnMut(&Json)) {
    for section in holder.get("section").items() {
        each(section);
        each_section(section, each);
    }
}

impl Reader<'_> {
    pub(super) fn compositions(&mut self) {
        let all = self.all;
        for document in all.of("Composition") {
            if document.text("status") == "entered-in-error" {
                self.leave_out(NotANote::Retracted);
            } else if is_other_document(document) {
                self.leave_out(NotANote::OtherDocument);
            } else {
                let note = self.composition(document);
                self.reading.notes.push(note);
            }
        }
    }

    fn composition(&mut self, document: &Json) -> Note {
        let name = name_of(document);
        let mut done: Vec<Done> = Vec::new();
        for event in document.get("event").items() {
            let codes = event.get("code").items().iter().map(terms::words);
            let codes: Vec<&str> = codes.filter(|words| !words.is_empty()).collect();
            let at = time(event.get("period"), "start", &name, &mut self.reading.findings);
            if !codes.is_empty() {
                done.push(Done {
                    time: at,
                    what: clean_text(&codes.join(", ")).into(),
                    by: "".into(),
                });
            }
        }
        let mut words = text(document);
        for warning in warnings(self.all, document) {
            let measures = self.measures(warning);
            done.extend(measures);
            let detail = clean_text(warning.text("detail"));
            if !words.contains(detail.trim()) {
                words.push_str(if words.is_empty() { "" } else { "\n" });
                words.push_str(detail.trim());
            }
        }
        in_order(&mut done);
        let title = document.text("title");
        Note {
            id: name.as_str().into(),
            kind: NoteKind::Note,
            time: time(document, "date", &name, &mut self.reading.findings),
            author: authors(self.all, document.get("author"), document),
            title: if title.is_empty() {
                terms::words(document.get("type"))
            } else {
                title
            }
            .into(),
            text: words.into(),
            readings: self.readings_of(document),
            done,
        }
    }
}

/// A plan or a summary. What is not known to be one is a note: nothing that somebody wrote is hidden on a guess.
fn is_other_document(document: &Json) -> bool {
    let concepts = [document.get("type"), document.get("category")];
    let mut concepts = concepts.into_iter().flat_map(Json::items);
    concepts.any(|concept| {
        let mut codings = concept.get("coding").items().iter();
        let words = chart_model::lowercase(terms::words(concept));
        codings.any(|coding| OTHER_DOCUMENTS.contains(&coding.text("code")))
            || ["tiltaksplan", "behandlingsplan", "epikrise", "discharge summary"]
                .iter()
                .any(|other| words.contains(other))
    })
}

/// The text of all sections, each with its title; of a document without any, its narrative.
fn text(document: &Json) -> String {
    let mut parts: Vec<String> = Vec::new();
    each_section(document, &mut |section| {
        let text = plain_text(section.get("text").text("div"));
        let title = section.text("title");
        match (title.is_empty(), text.is_empty()) {
            (false, false) => parts.push(format!("{title}: {text}")),
            (false, true) => parts.push(title.to_owned()),
            (true, false) => parts.push(text),
            (true, true) => {}
        }
    });
    if parts.is_empty() {
        parts.push(plain_text(document.get("text").text("div")));
    }
    clean_text(&parts.join("\n")).trim().to_owned()
}
