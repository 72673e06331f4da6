//! The document as PDF: A4 pages with the stamp, the charts as vectors, the tables, and the structure that a screen
//! reader follows. Here stands what comes after what; the modules below know how it is written.

mod backend;
mod description;
mod file;
mod font_file;
mod sheets;
mod subset;
mod table;
mod text;
mod tree;

use pdf_writer::types::StructRole;
use plotters::style::RGBColor;

use crate::chart::{self, draw_chart, draw_legend, legend_height};
use crate::content::{Chart, Document, Fact, Section};
use crate::{font, theme};
pub use file::Pdf;
use sheets::{PAPER, SIDES, Sheets};
use text::Style;
use tree::{Place, Tree};

const fn style(size: f32, leading: f32, RGBColor(red, green, blue): RGBColor) -> Style {
    Style {
        size,
        leading,
        colour: (red, green, blue),
    }
}

const TITLE: Style = style(18.0, 24.0, theme::TEXT);
const IDENTITY: Style = style(12.0, 18.0, theme::TEXT);
const PART: Style = style(15.0, 22.0, theme::TEXT);
const HEADING: Style = style(12.0, 17.0, theme::TEXT);
const PLAIN: Style = style(9.0, 12.0, theme::TEXT);
const QUIET: Style = style(8.0, 11.0, theme::QUIET);
const SMALL: Style = style(8.0, 10.5, theme::TEXT);
const HEAD: Style = style(8.0, 10.5, theme::QUIET);

/// Left edge of what is said of a fact, from the left edge of the page.
const FACTS: f32 = SIDES.0 + 110.0;

/// Lays the document out.
pub fn pdf(document: &Document) -> Pdf {
    let mut sheets = Sheets::new();
    front(&mut sheets, document);
    for section in &document.sections {
        curve(&mut sheets, section, document);
    }
    tables(&mut sheets, document);
    notes(&mut sheets, document);
    running_heads(&mut sheets, document);
    Pdf::new(sheets, document)
}

/// Title, whom it is about, and the stamp.
fn front(sheets: &mut Sheets, document: &Document) {
    sheets.paragraph(Tree::ROOT, StructRole::H1, &document.title, TITLE, SIDES.0);
    sheets.paragraph(Tree::ROOT, StructRole::P, &document.identity, IDENTITY, SIDES.0);
    sheets.apart(4.0);
    for said in &document.stamp {
        fact(sheets, said);
    }
    let height = legend_height(&document.words, SIDES.1 - SIDES.0);
    if height > 0.0 {
        sheets.apart(6.0);
        sheets.keep(height);
        let legend = sheets.tree.add(Tree::ROOT, StructRole::P);
        sheets.drawing(legend, height, |area| {
            backend::cannot_fail(draw_legend(area, &document.words, backend::UNIT));
        });
    }
}

/// A name, and beside it what there is to say; below it, where the name is too wide.
fn fact(sheets: &mut Sheets, Fact { name, text }: &Fact) {
    let owner = sheets.tree.add(Tree::ROOT, StructRole::P);
    let name_style = Style {
        leading: PLAIN.leading,
        ..QUIET
    };
    sheets.keep(PLAIN.leading);
    let (page, y) = (sheets.pages.len(), sheets.y());
    sheets.text(owner, name, name_style, SIDES.0);
    let is_narrow = font::width(&font::spelled(name), QUIET.size) < FACTS - SIDES.0 - 6.0;
    if is_narrow && page == sheets.pages.len() {
        sheets.back_to(y);
    }
    sheets.text(owner, text, PLAIN, FACTS);
    if [name, text]
        .into_iter()
        .any(|said| font::spelled(said) != said.as_str())
    {
        sheets.tree.actual(owner, &[name.as_str(), " ", text].concat());
    }
}

/// One parameter's chart, with what there is to say of it; kept together where a page can hold it.
fn curve(sheets: &mut Sheets, section: &Section, document: &Document) {
    let said = [
        (&section.heading, HEADING),
        (&section.sentence, PLAIN),
        (&section.coverage, QUIET),
    ];
    let words: f32 = said
        .iter()
        .map(|(text, style)| sheets.height(text, *style, SIDES.0))
        .sum();
    let below = section.lines_below(&document.words.limits);
    let lower: f32 = below.iter().map(|text| sheets.height(text, QUIET, SIDES.0)).sum();
    let drawn = section.chart.as_ref().map_or(0.0, |_| chart::HEIGHT + 4.0);
    sheets.keep(words + drawn + lower.min(60.0) + 14.0);
    sheets.apart(14.0);
    let part = sheets.tree.add(Tree::ROOT, StructRole::Sect);
    sheets.paragraph(part, StructRole::H2, &section.heading, HEADING, SIDES.0);
    sheets.paragraph(part, StructRole::P, &section.sentence, PLAIN, SIDES.0);
    sheets.paragraph(part, StructRole::P, &section.coverage, QUIET, SIDES.0);
    if let Some(chart) = &section.chart {
        sheets.apart(4.0);
        figure(sheets, part, section, chart, document);
    }
    for text in below {
        sheets.paragraph(part, StructRole::P, &text, QUIET, SIDES.0);
    }
}

fn figure(sheets: &mut Sheets, part: Place, section: &Section, chart: &Chart, document: &Document) {
    sheets.keep(chart::HEIGHT);
    let owner = sheets.tree.add(part, StructRole::Figure);
    let said = [&section.sentence, &section.heading]
        .into_iter()
        .find(|text| !text.is_empty());
    let bounds = sheets.bounds(chart::HEIGHT);
    sheets
        .tree
        .describe(owner, said.cloned().unwrap_or_default(), bounds);
    sheets.drawing(owner, chart::HEIGHT, |area| {
        backend::cannot_fail(draw_chart(area, chart, &document.words, backend::UNIT));
    });
}

/// Every reading, parameter by parameter.
fn tables(sheets: &mut Sheets, document: &Document) {
    let mut sections = document
        .sections
        .iter()
        .filter(|section| !section.table.rows.is_empty())
        .peekable();
    if sections.peek().is_none() {
        return;
    }
    sheets.keep(PART.leading + HEADING.leading + 6.0 * SMALL.leading);
    sheets.apart(16.0);
    sheets.paragraph(
        Tree::ROOT,
        StructRole::H2,
        &document.words.readings,
        PART,
        SIDES.0,
    );
    for section in sections {
        sheets.keep(HEADING.leading + 5.0 * SMALL.leading);
        sheets.apart(8.0);
        let part = sheets.tree.add(Tree::ROOT, StructRole::Sect);
        sheets.paragraph(part, StructRole::H3, &section.heading, HEADING, SIDES.0);
        table::write(sheets, part, &section.table);
    }
}

/// What is not in the document.
fn notes(sheets: &mut Sheets, document: &Document) {
    let mut notes: Vec<&str> = document.notes.iter().map(String::as_str).collect();
    let known = document.notes.iter().any(|note| font::has_code(note));
    if sheets.has_codes || known || font::has_code(&document.identity) {
        notes.push(&document.words.unprintable);
    }
    if notes.is_empty() {
        return;
    }
    sheets.keep(PART.leading + 2.0 * PLAIN.leading);
    sheets.apart(16.0);
    sheets.paragraph(Tree::ROOT, StructRole::H2, &document.words.notes, PART, SIDES.0);
    for note in notes {
        sheets.paragraph(Tree::ROOT, StructRole::P, note, PLAIN, SIDES.0);
    }
}

/// On every page: whom it is about, which document it is, and which page of how many.
fn running_heads(sheets: &mut Sheets, document: &Document) {
    let count = sheets.pages.len();
    let (identity, title) = (sheets.spell(&document.identity), sheets.spell(&document.title));
    let (page, of) = (
        sheets.spell(&document.words.page),
        sheets.spell(&document.words.of),
    );
    let used = &mut sheets.used;
    for (number, sheet) in sheets.pages.iter_mut().enumerate() {
        let place = [
            &page,
            " ",
            &(number + 1).to_string(),
            " ",
            &of,
            " ",
            &count.to_string(),
        ]
        .concat();
        let left = SIDES.1 - font::width(&place, QUIET.size);
        sheets::running_head(&mut sheet.content, |content| {
            let mut write = |text: &str, style: Style, left: f32, width: f32, y: f32| {
                let line = [fitted(text, style.size, width)];
                sheets::lines_of(content, used, &line, style, (left, y));
            };
            let room = left - SIDES.0 - 12.0;
            write(&identity, PLAIN, SIDES.0, room, 28.0);
            write(&title, QUIET, SIDES.0, SIDES.1 - SIDES.0, 39.5);
            write(&place, QUIET, left, PAPER.0, 28.0);
            sheets::rule(content, theme::LINE, 53.0);
        });
    }
}

/// As much of a text as fits on one line. All of it stands on the first page.
fn fitted(text: &str, size: f32, width: f32) -> String {
    if font::width(text, size) <= width {
        return text.to_owned();
    }
    let mut left = width - font::advance('…', size);
    let fits = |character: &char| {
        left -= font::advance(*character, size);
        left >= 0.0
    };
    text.chars().take_while(fits).chain(['…']).collect()
}
