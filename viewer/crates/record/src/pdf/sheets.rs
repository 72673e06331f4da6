//! The pages as they are filled from top to bottom: where the next thing stands, when a page is full, and which marked
//! sequence belongs to which part of the document. Knows paragraphs and figures, but not what the document is about.

use pdf_writer::types::{ArtifactSubtype, ArtifactType, StructRole};
use pdf_writer::{Content, Name, Rect, Settings};
use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::style::RGBColor;

use super::backend::Backend;
use super::text::{self, Style, Used};
use super::tree::{Place, Tree};
use crate::font;

/// A4, points.
pub(super) const PAPER: (f32, f32) = (595.28, 841.89);
/// Left and right edge of what is written.
pub(super) const SIDES: (f32, f32) = (48.0, PAPER.0 - 48.0);
/// Upper and lower edge, from the page's top.
const TOP: f32 = 66.0;
const BOTTOM: f32 = PAPER.1 - 46.0;

/// A page that is being filled.
pub(super) struct Sheet {
    pub content: Content,
    /// Whose each marked sequence is, by its number.
    pub owners: Vec<Place>,
}

/// The pages so far.
pub(super) struct Sheets {
    pub pages: Vec<Sheet>,
    pub tree: Tree,
    pub used: Used,
    /// A character had to be written as its code.
    pub has_codes: bool,
    /// Where the next thing begins, from the page's top.
    y: f32,
}

/// PDF without spaces that nobody reads.
pub(super) const COMPACT: Settings = Settings { pretty: false };

impl Sheets {
    pub(super) fn new() -> Self {
        let mut sheets = Self {
            pages: Vec::new(),
            tree: Tree::new(),
            used: Used::default(),
            has_codes: false,
            y: TOP,
        };
        sheets.turn();
        sheets
    }

    /// Begins a page.
    pub(super) fn turn(&mut self) {
        self.pages.push(Sheet {
            content: Content::with_settings(COMPACT),
            owners: Vec::new(),
        });
        self.y = TOP;
    }

    /// Begins a page if there is less room than this, unless the page is empty.
    pub(super) fn keep(&mut self, height: f32) -> bool {
        let turns = self.room() < height && self.y > TOP;
        if turns {
            self.turn();
        }
        turns
    }

    /// How much is left of the page.
    pub(super) fn room(&self) -> f32 {
        BOTTOM - self.y
    }

    pub(super) fn y(&self) -> f32 {
        self.y
    }

    /// Leaves room, which the top of a page does not need.
    pub(super) fn apart(&mut self, height: f32) {
        if self.y > TOP {
            self.y += height;
        }
    }

    /// Goes on below what stands here.
    pub(super) fn skip(&mut self, height: f32) {
        self.y += height;
    }

    /// What comes next stands beside what was written since here.
    pub(super) fn back_to(&mut self, y: f32) {
        self.y = y;
    }

    /// Writes what belongs to an element, as a marked sequence of the page.
    pub(super) fn mark(&mut self, owner: Place, write: impl FnOnce(&mut Content, &mut Used)) {
        let page = self.pages.len().saturating_sub(1);
        let Some(sheet) = self.pages.last_mut() else {
            return;
        };
        let number = i32::try_from(sheet.owners.len()).unwrap_or_default();
        sheet.owners.push(owner);
        self.tree.own(owner, page, number);
        let content = &mut sheet.content;
        let role = self.tree.role(owner).to_name();
        content
            .begin_marked_content_with_properties(role)
            .properties()
            .identify(number);
        write(content, &mut self.used);
        content.end_marked_content();
    }

    /// Writes what is part of the page and not of the document: rules, repeated heads.
    pub(super) fn decorate(&mut self, write: impl FnOnce(&mut Content, &mut Used)) {
        if let Some(sheet) = self.pages.last_mut() {
            sheet.content.begin_marked_content(Name(b"Artifact"));
            write(&mut sheet.content, &mut self.used);
            sheet.content.end_marked_content();
        }
    }

    /// A text as it can be set.
    pub(super) fn spell(&mut self, text: &str) -> String {
        self.has_codes |= font::has_code(text);
        font::spelled(text).into_owned()
    }

    /// Adds an element with a text, as many lines as it takes, from `left` to the right edge; nothing for an empty text.
    pub(super) fn paragraph(&mut self, parent: Place, role: StructRole, text: &str, style: Style, left: f32) {
        if text.is_empty() {
            return;
        }
        let owner = self.tree.add(parent, role);
        self.text(owner, text, style, left);
    }

    /// Writes the text of an element that has none yet.
    pub(super) fn text(&mut self, owner: Place, text: &str, style: Style, left: f32) {
        let spelled = self.spell(text);
        if spelled != text {
            self.tree.actual(owner, text);
        }
        let lines = font::lines(&spelled, style.size, SIDES.1 - left);
        let mut rest = lines.as_slice();
        while !rest.is_empty() {
            self.keep(style.leading);
            let fitting = (self.room() / style.leading).max(1.0) as usize;
            let (now, later) = rest.split_at(fitting.min(rest.len()));
            let y = self.y;
            self.mark(owner, |content, used| {
                lines_of(content, used, now, style, (left, y))
            });
            self.y += style.leading * now.len() as f32;
            rest = later;
        }
    }

    /// How high a paragraph will be.
    pub(super) fn height(&self, text: &str, style: Style, left: f32) -> f32 {
        if text.is_empty() {
            return 0.0;
        }
        let lines = font::lines(&font::spelled(text), style.size, SIDES.1 - left);
        lines.len() as f32 * style.leading
    }

    /// Draws what belongs to an element, across the whole width.
    pub(super) fn drawing(
        &mut self,
        owner: Place,
        height: f32,
        draw: impl FnOnce(&DrawingArea<Backend<'_>, Shift>),
    ) {
        let y = self.y;
        self.mark(owner, |content, used| {
            let size = (SIDES.1 - SIDES.0, height);
            draw(&Backend::new(content, used, (SIDES.0, PAPER.1 - y), size).into());
        });
        self.y += height;
    }

    /// Where something of this height will stand, in the page's own coordinates.
    pub(super) fn bounds(&self, height: f32) -> Rect {
        let top = PAPER.1 - self.y;
        Rect::new(SIDES.0, top - height, SIDES.1, top)
    }

    /// A thin line across.
    pub(super) fn rule(&mut self, colour: RGBColor) {
        let y = self.y;
        self.decorate(|content, _| rule(content, colour, y));
    }
}

/// Lines of text below each other, the first one's upper edge at `y` from the page's top.
pub(super) fn lines_of(
    content: &mut Content,
    used: &mut Used,
    lines: &[String],
    style: Style,
    (x, y): (f32, f32),
) {
    for (number, line) in lines.iter().enumerate() {
        let baseline = PAPER.1 - y - style.leading * (number as f32 + 0.5) - style.size * 0.355;
        text::line(content, used, line, style, (x, baseline));
    }
}

/// A thin line across, at `y` from the page's top.
pub(super) fn rule(content: &mut Content, RGBColor(red, green, blue): RGBColor, y: f32) {
    let y = text::tenth(PAPER.1 - y);
    let [red, green, blue] = text::shares((red, green, blue));
    content
        .set_stroke_rgb(red, green, blue)
        .set_line_width(0.5)
        .move_to(SIDES.0, y)
        .line_to(SIDES.1, y)
        .stroke();
}

/// Writes what stands at the head of every page, which a screen reader passes over.
pub(super) fn running_head(content: &mut Content, write: impl FnOnce(&mut Content)) {
    content
        .begin_marked_content_with_properties(Name(b"Artifact"))
        .properties()
        .artifact()
        .kind(ArtifactType::Pagination)
        .subtype(ArtifactSubtype::Header);
    write(content);
    content.end_marked_content();
}
