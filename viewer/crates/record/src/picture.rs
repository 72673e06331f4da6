//! The charts as one picture with the stamp above them, on any backend of plotters: what a journal takes that has room
//! for pictures only. It has no table.

use plotters::drawing::IntoDrawingArea;
use plotters::style::RGBColor;
use plotters::style::text_anchor::{HPos, VPos};
use plotters_backend::DrawingBackend;

use crate::chart::{self, Drawn, Pen, draw_chart, draw_legend, legend_height};
use crate::content::{Chart, Document};
use crate::{font, theme};

/// Room around everything, points.
const MARGIN: f32 = 16.0;

/// Something that stands in the picture.
enum Item<'a> {
    Line(String, f32, RGBColor),
    Legend(f32),
    Chart(&'a Chart),
    Space(f32),
}

impl Item<'_> {
    fn height(&self) -> f32 {
        match self {
            Self::Line(_, size, _) => size * 1.4,
            Self::Legend(height) | Self::Space(height) => *height,
            Self::Chart(_) => chart::HEIGHT,
        }
    }
}

/// Everything from top to bottom.
fn items(document: &Document, width: f32) -> Vec<Item<'_>> {
    let inner = width - 2.0 * MARGIN;
    let mut items = Vec::new();
    let say = |items: &mut Vec<Item<'_>>, text: &str, size: f32, colour: RGBColor| {
        if !text.is_empty() {
            let lines = font::lines(&font::spelled(text), size, inner / font::WIDER);
            items.extend(lines.into_iter().map(|line| Item::Line(line, size, colour)));
        }
    };
    say(&mut items, &document.title, 14.0, theme::TEXT);
    say(&mut items, &document.identity, 11.0, theme::TEXT);
    for fact in &document.stamp {
        let text = [fact.name.as_str(), ": ", fact.text.as_str()].concat();
        say(&mut items, &text, 8.0, theme::QUIET);
    }
    items.push(Item::Space(6.0));
    items.push(Item::Legend(legend_height(&document.words, inner)));
    for section in &document.sections {
        items.push(Item::Space(12.0));
        say(&mut items, &section.heading, 11.0, theme::TEXT);
        say(&mut items, &section.sentence, 9.0, theme::TEXT);
        say(&mut items, &section.coverage, 8.0, theme::QUIET);
        items.extend(section.chart.as_ref().map(Item::Chart));
        for line in section.lines_below(&document.words.limits) {
            say(&mut items, &line, 8.0, theme::QUIET);
        }
    }
    if !document.notes.is_empty() {
        items.push(Item::Space(12.0));
    }
    for note in &document.notes {
        say(&mut items, note, 8.0, theme::QUIET);
    }
    items
}

/// How high the picture is at this width, both in points.
pub fn picture_height(document: &Document, width: f32) -> f32 {
    items(document, width).iter().map(Item::height).sum::<f32>() + 2.0 * MARGIN
}

/// Draws the picture on all of the backend, which should be as high as [`picture_height`] says. `unit`: pixels of the
/// backend in a point; on a canvas of twice the resolution 2 × 4/3.
pub fn draw_picture<DB: DrawingBackend>(backend: DB, document: &Document, unit: f64) -> Drawn<DB> {
    let area = backend.into_drawing_area();
    area.fill(&theme::PAPER)?;
    let pen = Pen { area: &area, unit };
    let (width, _) = area.dim_in_pixel();
    let left = pen.pixels(f64::from(MARGIN));
    let inner = (i32::try_from(width).unwrap_or(i32::MAX) - 2 * left).max(1);
    let mut y = MARGIN;
    for item in items(document, (f64::from(width) / unit) as f32) {
        let top = pen.pixels(f64::from(y));
        let height = pen.pixels(f64::from(item.height()));
        let part = || area.clone().shrink((left, top), (inner, height));
        match &item {
            Item::Line(text, size, colour) => {
                let anchor = (HPos::Left, VPos::Center);
                pen.text(text, (left, top + height / 2), f64::from(*size), *colour, anchor)?;
            }
            Item::Legend(_) => draw_legend(&part(), &document.words, unit)?,
            Item::Chart(chart) => draw_chart(&part(), chart, &document.words, unit)?,
            Item::Space(_) => {}
        }
        y += item.height();
    }
    area.present()
}
