//! The document as plain text for pasting into a journal's own field: the stamp, and for each parameter the curve in a
//! sentence and its readings, columns parted by tabs. Needs no font: characters stand as they are.

use crate::content::{Document, Fact, Section};

/// Writes the text.
pub fn text(document: &Document) -> String {
    let mut text = Text(String::new());
    text.line([document.title.as_str()]);
    text.line([document.identity.as_str()]);
    for Fact { name, text: said } in &document.stamp {
        text.line([name.as_str(), ": ", said.as_str()]);
    }
    for section in &document.sections {
        text.end_part();
        text.section(section, &document.words.limits);
    }
    if !document.notes.is_empty() {
        text.end_part();
        text.line([document.words.notes.as_str()]);
        for note in &document.notes {
            text.line([note.as_str()]);
        }
    }
    text.0
}

/// The text so far.
struct Text(String);

impl Text {
    /// Adds a line, unless there is nothing in it.
    fn line<'a>(&mut self, parts: impl IntoIterator<Item = &'a str>) {
        let before = self.0.len();
        for part in parts {
            self.push(part);
        }
        if self.0.len() > before {
            self.0.push('\n');
        }
    }

    fn end_part(&mut self) {
        self.0.push('\n');
    }

    /// What would end a line or a column is a space within a text.
    fn push(&mut self, text: &str) {
        let is_kept = |character: char| !character.is_control();
        self.0.extend(
            text.chars()
                .map(|character| if is_kept(character) { character } else { ' ' }),
        );
    }

    fn section(&mut self, section: &Section, limits: &str) {
        self.line([section.heading.as_str()]);
        self.line([section.sentence.as_str()]);
        self.line([section.coverage.as_str()]);
        for line in section.lines_below(limits) {
            self.line([line.as_str()]);
        }
        if !section.table.rows.is_empty() {
            self.row(&section.table.columns);
        }
        for row in &section.table.rows {
            self.row(&row.cells);
        }
    }

    fn row(&mut self, cells: &[String]) {
        for (number, cell) in cells.iter().enumerate() {
            if number > 0 {
                self.0.push('\t');
            }
            self.push(cell);
        }
        self.0.push('\n');
    }
}
