//! Draws lines, fields, shapes and texts on any backend of plotters, in sizes of paper. Knows no readings.

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind};
use plotters::element::{Circle, PathElement, Polygon, Rectangle, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, RGBColor, ShapeStyle, TextStyle};
use plotters_backend::DrawingBackend;

/// What drawing on a backend may end with.
pub type Drawn<DB> = Result<(), DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>>;

/// Across and down, in pixels of the backend.
pub(crate) type Place = (i32, i32);

/// The font where the backend has a choice.
const FAMILY: FontFamily<'static> = FontFamily::Name("Roboto, system-ui, sans-serif");

/// Where to, and how large.
pub(crate) struct Pen<'a, DB: DrawingBackend> {
    pub area: &'a DrawingArea<DB, Shift>,
    /// Pixels of the backend in a typographic point.
    pub unit: f64,
}

impl<DB: DrawingBackend> Pen<'_, DB> {
    /// A length on paper in pixels of the backend.
    pub(crate) fn pixels(&self, points: f64) -> i32 {
        (points * self.unit).round() as i32
    }

    fn stroke(&self, colour: RGBColor, width: f64) -> ShapeStyle {
        colour.stroke_width(self.pixels(width).max(1).unsigned_abs())
    }

    /// A line through places; `width` in points.
    pub(crate) fn path(&self, places: Vec<Place>, colour: RGBColor, width: f64) -> Drawn<DB> {
        self.area
            .draw(&PathElement::new(places, self.stroke(colour, width)))
    }

    /// A dashed line straight across or down; dash and distance in points.
    pub(crate) fn dashes(
        &self,
        (from, to): (Place, Place),
        colour: RGBColor,
        (dash, apart): (f64, f64),
    ) -> Drawn<DB> {
        let (across, down) = (
            f64::from(to.0) - f64::from(from.0),
            f64::from(to.1) - f64::from(from.1),
        );
        let length = across.abs().max(down.abs());
        let step = (dash + apart) * self.unit;
        let at = |along: f64| {
            let share = (along / length).min(1.0);
            (
                from.0.saturating_add((across * share) as i32),
                from.1.saturating_add((down * share) as i32),
            )
        };
        let count = (length / step).ceil() as usize;
        for start in (0..count).map(|number| number as f64 * step) {
            self.path(vec![at(start), at(start + dash * self.unit)], colour, 0.75)?;
        }
        Ok(())
    }

    /// A filled rectangle.
    pub(crate) fn field(&self, from: Place, to: Place, colour: RGBColor) -> Drawn<DB> {
        self.area.draw(&Rectangle::new([from, to], colour.filled()))
    }

    /// A filled polygon.
    pub(crate) fn polygon(&self, corners: Vec<Place>, colour: RGBColor) -> Drawn<DB> {
        self.area.draw(&Polygon::new(corners, colour.filled()))
    }

    /// A filled circle; the radius in points.
    pub(crate) fn disc(&self, at: Place, radius: f64, colour: RGBColor) -> Drawn<DB> {
        self.area
            .draw(&Circle::new(at, self.pixels(radius).max(1), colour.filled()))
    }

    /// A text; its size in points.
    pub(crate) fn text(
        &self,
        text: &str,
        at: Place,
        size: f64,
        colour: RGBColor,
        (across, down): (HPos, VPos),
    ) -> Drawn<DB> {
        let style = TextStyle {
            font: FontDesc::new(FAMILY, size * self.unit, FontStyle::Normal),
            color: colour.to_backend_color(),
            pos: Pos::new(across, down),
        };
        self.area.draw(&Text::new(text, at, style))
    }
}
