//! From time and value to a place on the canvas and back.

use chart_model::axis::padded;

use super::plot::Instant;
use crate::components::drawn::within;

/// Room beside the plotted area, CSS pixels: axis labels and half a dot.
pub(crate) const MARGIN: Margin = Margin {
    left: 44.0,
    right: 10.0,
    top: 10.0,
    bottom: 20.0,
};

/// Room on each side, CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Margin {
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
}

/// A linear scale for each axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Scale {
    span: (Instant, Instant),
    range: (f64, f64),
    /// Left and right edge of the plotted area.
    pub x: (f64, f64),
    /// Top and bottom edge of the plotted area.
    pub y: (f64, f64),
}

impl Scale {
    /// Fits time `span` and value `range` into an area of this size; the range is padded as by
    /// [`chart_model::axis::padded`].
    pub(crate) fn new(
        span: (Instant, Instant),
        range: (f64, f64),
        percent: bool,
        (width, height): (f64, f64),
        margin: Margin,
    ) -> Self {
        Self {
            span: (span.0, span.1.max(span.0 + 1.0)),
            range: padded(range, percent),
            x: (margin.left, (width - margin.right).max(margin.left + 1.0)),
            y: (margin.top, (height - margin.bottom).max(margin.top + 1.0)),
        }
    }

    /// Lowest and highest value of the axis.
    pub(crate) const fn range(&self) -> (f64, f64) {
        self.range
    }

    /// First and last instant of the axis.
    pub(crate) const fn span(&self) -> (Instant, Instant) {
        self.span
    }

    /// Width of the plotted area.
    pub(crate) fn width(&self) -> f64 {
        self.x.1 - self.x.0
    }

    /// Where an instant lies across.
    pub(crate) fn at(&self, time: Instant) -> f64 {
        self.x.0 + (time - self.span.0) / (self.span.1 - self.span.0) * self.width()
    }

    /// Where a value lies; higher values lie further up. Clamped to the plotted area.
    pub(crate) fn height(&self, value: f64) -> f64 {
        let share = (value - self.range.0) / (self.range.1 - self.range.0);
        within(self.y.1 - share * (self.y.1 - self.y.0), self.y.0, self.y.1)
    }

    /// The instant at a place across.
    pub(crate) fn time(&self, x: f64) -> Instant {
        self.span.0 + (x - self.x.0) / self.width() * (self.span.1 - self.span.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_and_place_convert_both_ways() {
        let scale = Scale::new((1000.0, 3000.0), (80.0, 100.0), true, (254.0, 130.0), MARGIN);
        assert_eq!(
            (scale.at(1000.0), scale.at(2000.0), scale.at(3000.0)),
            (44.0, 144.0, 244.0)
        );
        assert_eq!(scale.time(144.0), 2000.0);
    }
}
