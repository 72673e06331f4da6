//! A chart on any backend of plotters: limits as stepped bands, breaks in the line, every reading with its zone's
//! sign, implausible ones at the edge, marks on the time axis. Chooses no word and no tick.

mod bands;
mod legend;
mod lines;
mod pen;
mod signs;

use chart_model::{Method, Zone};
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::types::RangedCoordf64;
use plotters::coord::{CoordTranslate, Shift};
use plotters::drawing::DrawingArea;
use plotters::style::text_anchor::{HPos, VPos};
use plotters_backend::DrawingBackend;

pub use legend::{draw_legend, legend_height};
pub use pen::Drawn;
pub(crate) use pen::{Pen, Place};

use crate::content::{Chart, MarkKind, Words};
use crate::{font, theme};

/// How high a chart is drawn on paper, points.
pub(crate) const HEIGHT: f32 = 150.0;

/// Room beside the plotted area, points.
const LEFT: f64 = 36.0;
const RIGHT: f64 = 6.0;
const TOP: f64 = 9.0;
const BOTTOM: f64 = 17.0;
/// Size of the words at the axes.
const SIZE: f64 = 7.5;

/// Draws a chart that fills the area. `unit`: pixels of the backend in a typographic point (1/72 inch of paper).
pub fn draw_chart<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    chart: &Chart,
    words: &Words,
    unit: f64,
) -> Drawn<DB> {
    let drawing = Drawing::new(area, chart, words, unit);
    drawing.fields()?;
    for (from, to) in &chart.gaps {
        let (left, right) = (drawing.across(*from), drawing.across(*to));
        signs::hatching(&drawing.pen, (left, drawing.y.0), (right, drawing.y.1))?;
    }
    drawing.value_axis()?;
    drawing.time_axis()?;
    drawing.borders()?;
    drawing.words_of_bands()?;
    drawing.marks()?;
    drawing.lines()?;
    drawing.dots()?;
    drawing.edges()
}

/// The shape of a zone around a place, as it stands beside its word.
pub(crate) fn sign_of_zone<DB: DrawingBackend>(pen: &Pen<'_, DB>, at: Place, zone: Zone) -> Drawn<DB> {
    signs::dot(pen, at, zone, Method::Device, signs::LARGEST)
}

/// One drawing: where to, and what.
struct Drawing<'a, DB: DrawingBackend> {
    pen: Pen<'a, DB>,
    chart: &'a Chart,
    words: &'a Words,
    /// From instants and values to places.
    plane: Cartesian2d<RangedCoordf64, RangedCoordf64>,
    /// Left and right, top and bottom of the plotted area.
    x: (i32, i32),
    y: (i32, i32),
    range: (f64, f64),
}

impl<'a, DB: DrawingBackend> Drawing<'a, DB> {
    fn new(area: &'a DrawingArea<DB, Shift>, chart: &'a Chart, words: &'a Words, unit: f64) -> Self {
        let pen = Pen { area, unit };
        let (width, height) = area.dim_in_pixel();
        let (width, height) = (width.min(1 << 24) as i32, height.min(1 << 24) as i32);
        let x = (
            pen.pixels(LEFT),
            (width - pen.pixels(bands::margin(words) + RIGHT)).max(pen.pixels(LEFT) + 1),
        );
        let y = (
            pen.pixels(TOP),
            (height - pen.pixels(BOTTOM)).max(pen.pixels(TOP) + 1),
        );
        let (from, to) = (chart.span.0 as f64, chart.span.1 as f64);
        let range = whole(chart.range);
        let plane = Cartesian2d::new(from..to.max(from + 1.0), range.0..range.1, (x.0..x.1, y.1..y.0));
        Self {
            pen,
            chart,
            words,
            plane,
            x,
            y,
            range,
        }
    }

    /// Where a value stands at an instant; at the edge, where it lies beyond.
    fn place(&self, at: i64, value: f64) -> Place {
        let at = at.clamp(self.chart.span.0, self.chart.span.1.max(self.chart.span.0));
        let value = value.max(self.range.0).min(self.range.1);
        self.plane.translate(&(at as f64, value))
    }

    fn across(&self, at: i64) -> i32 {
        self.place(at, self.range.0).0
    }

    fn height(&self, value: f64) -> i32 {
        self.place(self.chart.span.0, value).1
    }

    fn value_axis(&self) -> Drawn<DB> {
        let mut above = i32::MAX;
        for (value, label) in &self.chart.value_ticks {
            let y = self.height(*value);
            self.pen
                .path(vec![(self.x.0, y), (self.x.1, y)], theme::GRID, 0.4)?;
            if above.saturating_sub(y) >= self.pen.pixels(SIZE) {
                let at = (self.x.0 - self.pen.pixels(4.0), y);
                let anchor = (HPos::Right, VPos::Center);
                self.pen
                    .text(&font::spelled(label), at, SIZE, theme::QUIET, anchor)?;
                above = y;
            }
        }
        Ok(())
    }

    fn time_axis(&self) -> Drawn<DB> {
        let mut used = i32::MIN;
        for (at, label) in &self.chart.time_ticks {
            let x = self.across(*at);
            self.pen.path(
                vec![(x, self.y.0), (x, self.y.1 + self.pen.pixels(2.5))],
                theme::GRID,
                0.4,
            )?;
            let label = font::spelled(label);
            let half = self.pen.pixels(f64::from(font::width(&label, SIZE as f32)) / 2.0);
            let middle = x.max(self.x.0 + half / 2).min(self.x.1 - half);
            if middle - half > used {
                let at = (middle, self.y.1 + self.pen.pixels(4.0));
                self.pen
                    .text(&label, at, SIZE, theme::QUIET, (HPos::Center, VPos::Top))?;
                used = middle + half + self.pen.pixels(6.0);
            }
        }
        self.pen.path(
            vec![(self.x.0, self.y.1), (self.x.1, self.y.1)],
            theme::QUIET,
            0.5,
        )
    }

    fn marks(&self) -> Drawn<DB> {
        for mark in &self.chart.marks {
            let x = self.across(mark.at);
            let y = match mark.kind {
                MarkKind::LimitChange => {
                    let ends = ((x, self.y.0), (x, self.y.1));
                    self.pen.dashes(ends, theme::LINE, (1.5, 1.5))?;
                    self.y.0 - self.pen.pixels(2.2)
                }
                MarkKind::Plan => self.y.1,
            };
            signs::mark(&self.pen, (x, y), mark.kind)?;
        }
        Ok(())
    }

    fn edges(&self) -> Drawn<DB> {
        for edge in &self.chart.edges {
            let y = if edge.is_high {
                self.y.0 + self.pen.pixels(4.0)
            } else {
                self.y.1 - self.pen.pixels(4.5)
            };
            signs::cross(&self.pen, (self.across(edge.at), y))?;
        }
        Ok(())
    }
}

/// A range that has an extent, whatever was given.
fn whole((low, high): (f64, f64)) -> (f64, f64) {
    let (low, high) = (low.clamp(-1e12, 1e12), high.clamp(-1e12, 1e12));
    if low < high {
        (low, high)
    } else if low.is_nan() {
        (0.0, 1.0)
    } else {
        (low - 1.0, low + 1.0)
    }
}
