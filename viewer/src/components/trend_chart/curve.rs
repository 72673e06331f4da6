//! The lines of a chart: from reading to reading, or where there are more readings than pixels column by column,
//! with what lies outside the limits in its colour. Draws no dots where single readings can be told apart:
//! those are in `marks`.

use std::ops::Range;

use chart_model::Zone;
use chart_model::decimate::{Column, Extent, OUTSIDE};

use super::draw::Drawing;
use super::marks;
use super::plot::Line;

/// So far apart, CSS pixels, readings outside the limits are each marked with the shape of their zone.
const SHAPES_APART: f64 = 8.0;

/// The lines through the points at these places, with the bars of a blood pressure behind them.
pub(super) fn lines(drawing: &Drawing<'_>, shown: Range<usize>) {
    // The line leads on to the next point beyond each edge.
    let places = shown.start.saturating_sub(1)..(shown.end + 1).min(drawing.plot.times.len());
    let context = drawing.context;
    clipped(drawing, || {
        bars(drawing, places.clone());
        context.set_stroke_style_str(&drawing.theme.line);
        context.set_line_width(1.25);
        context.begin_path();
        for line in &drawing.plot.lines {
            let mut joined = false;
            for place in places.clone() {
                let Some(value) = line.value(place) else { continue };
                let (x, y) = (drawing.across(place), drawing.scale.height(value));
                if joined && !line.dot(place).is_broken() {
                    context.line_to(x, y);
                } else {
                    context.move_to(x, y);
                }
                joined = true;
            }
        }
        context.stroke();
    });
}

/// Ties the two numbers of a blood pressure together.
fn bars(drawing: &Drawing<'_>, places: Range<usize>) {
    let [systolic, diastolic] = drawing.plot.lines.as_slice() else {
        return;
    };
    let context = drawing.context;
    context.set_stroke_style_str(&drawing.theme.line);
    context.set_global_alpha(0.45);
    context.set_line_width(1.0);
    context.begin_path();
    for place in places {
        if let (Some(upper), Some(lower)) = (systolic.value(place), diastolic.value(place)) {
            let x = drawing.across(place);
            context.move_to(x, drawing.scale.height(upper));
            context.line_to(x, drawing.scale.height(lower));
        }
    }
    context.stroke();
    context.set_global_alpha(1.0);
}

/// Draws within the plotted area only.
fn clipped(drawing: &Drawing<'_>, draw: impl FnOnce()) {
    let (context, scale) = (drawing.context, drawing.scale);
    context.save();
    context.begin_path();
    context.rect(scale.x.0, scale.y.0, scale.width(), scale.y.1 - scale.y.0);
    context.clip();
    draw();
    context.restore();
}

/// All lines, a device pixel at a time.
pub(super) fn dense(drawing: &Drawing<'_>) {
    clipped(drawing, || {
        for line in &drawing.plot.lines {
            Dense::new(drawing, line).draw();
        }
    });
}

/// One line that has more points than there are pixels.
struct Dense<'a> {
    drawing: &'a Drawing<'a>,
    line: &'a Line,
    /// A device pixel, in CSS pixels.
    pixel: f64,
    /// The left edge of the first column, CSS pixels.
    left: f64,
    /// Of each zone of [`OUTSIDE`]: the columns that hold such readings, and from where to where they reach.
    outside: [Vec<(usize, Extent)>; 4],
}

impl<'a> Dense<'a> {
    fn new(drawing: &'a Drawing<'a>, line: &'a Line) -> Self {
        let pixel = 1.0 / drawing.ratio;
        Self {
            drawing,
            line,
            pixel,
            // One column more, for the point before the left edge.
            left: (drawing.scale.x.0 / pixel).floor() * pixel - pixel,
            outside: Default::default(),
        }
    }

    fn draw(mut self) {
        let (drawing, line) = (self.drawing, self.line);
        let (context, scale) = (drawing.context, drawing.scale);
        let from = scale.time(self.left);
        let width = scale.time(self.left + self.pixel) - from;
        let count = (scale.width() / self.pixel).ceil() as usize + 2;
        context.set_fill_style_str(&drawing.theme.line);
        context.set_stroke_style_str(&drawing.theme.line);
        context.set_line_width(1.0);
        context.begin_path();
        let mut before: Option<(usize, f64)> = None;
        drawing.plot.curve(line).columns(from, width, count, |column| {
            self.column(&column, before);
            let last = line.value(column.last).unwrap_or_default();
            before = Some((column.at, scale.height(last)));
            for (columns, extent) in self.outside.iter_mut().zip(column.outside) {
                if !extent.is_empty() {
                    columns.push((column.at, extent));
                }
            }
        });
        // Joins over columns without readings.
        context.stroke();
        for (zone, columns) in OUTSIDE.into_iter().zip(&self.outside) {
            self.readings_outside(zone, columns);
        }
    }

    fn x(&self, column: usize) -> f64 {
        self.left + self.pixel * column as f64
    }

    /// From the highest to the lowest reading of a column, and on to where the column before ended.
    fn column(&self, column: &Column, before: Option<(usize, f64)>) {
        let (context, scale) = (self.drawing.context, self.drawing.scale);
        let mut top = scale.height(f64::from(column.all.high));
        let mut bottom = scale.height(f64::from(column.all.low));
        let x = self.x(column.at);
        let joined = before.filter(|_| !self.line.dot(column.first).is_broken());
        if let Some((at, y)) = joined {
            if at + 1 == column.at {
                (top, bottom) = (top.min(y), bottom.max(y));
            } else {
                let first = self.line.value(column.first).unwrap_or_default();
                context.move_to(self.x(at) + self.pixel, y);
                context.line_to(x, scale.height(first));
            }
        }
        context.fill_rect(x, top, self.pixel, (bottom - top).max(self.pixel));
    }

    /// In the colour of their zone, each at its own height; those that stand alone with its shape too.
    fn readings_outside(&self, zone: Zone, columns: &[(usize, Extent)]) {
        if columns.is_empty() {
            return;
        }
        let (context, scale) = (self.drawing.context, self.drawing.scale);
        context.set_fill_style_str(self.drawing.theme.zone(zone));
        context.begin_path();
        let mut before = f64::NEG_INFINITY;
        for (at, extent) in columns {
            let x = self.x(*at);
            let (top, bottom) = (
                scale.height(f64::from(extent.high)),
                scale.height(f64::from(extent.low)),
            );
            context.fill_rect(x, top - 0.5, self.pixel, bottom - top + 1.0);
            if x - before > SHAPES_APART {
                let is_high = matches!(zone, Zone::YellowHigh | Zone::RedHigh);
                marks::shape(
                    context,
                    zone,
                    x,
                    if is_high { top } else { bottom },
                    marks::SMALLEST,
                );
            }
            before = x;
        }
        context.fill();
    }
}
