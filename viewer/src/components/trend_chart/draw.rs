//! Draws what is seen of a plot on a canvas, back to front: gaps, limits, axes, lines, dots, edge marks, versions
//! of the plan. Keeps nothing.

use std::ops::Range;

use chart_model::axis::{time_ticks, value_ticks};
use chart_model::bands::Band;
use chart_model::{Zone, oslo};
use web_sys::CanvasRenderingContext2d as Context;

use super::plot::{Instant, Plot};
use super::scale::Scale;
use super::theme::Theme;
use super::{curve, event_marks, marks, plan_marks};
use crate::components::drawn::within;
use crate::components::plan::PlanMark;
use crate::state::on_demand::OnAxis;
use crate::text::Lang;

/// Least distance between the labels of the value axis, CSS pixels.
const VALUE_LABEL_DISTANCE: f64 = 26.0;

/// From so many points to a CSS pixel on, dots would only hide the line.
const DENSE: f64 = 2.0;

/// Opacity of the shade over a break in the line.
const GAP_SHADE: f64 = 0.09;

/// One drawing: where to, what, and how.
pub(super) struct Drawing<'a> {
    pub context: &'a Context,
    pub plot: &'a Plot,
    pub scale: Scale,
    pub theme: &'a Theme,
    pub lang: Lang,
    /// Decimals of the axis labels at most.
    pub decimals: u8,
    /// Device pixels per CSS pixel.
    pub ratio: f64,
    /// Gaps are known to be gaps.
    pub complete: bool,
    /// Limits that are being written, each with the zone beyond it.
    pub proposed: &'a [(f64, Zone)],
    /// The versions of the plan.
    pub plans: &'a [PlanMark],
    /// What happened beside the readings.
    pub on_axis: &'a OnAxis,
    /// The points that notes are about, by their places.
    pub noted: &'a [usize],
}

impl Drawing<'_> {
    /// Everything, on a cleared canvas.
    pub(super) fn draw(&self) {
        self.gaps();
        self.value_axis();
        self.time_axis();
        for band in &self.plot.bands {
            self.band(band);
        }
        self.limit_changes();
        let shown = self.shown();
        if shown.len() as f64 > self.scale.width() * DENSE {
            curve::dense(self);
        } else {
            curve::lines(self, shown.clone());
            marks::dots(self, shown);
        }
        marks::edge_marks(self);
        event_marks::draw(self);
        event_marks::flags(self);
        plan_marks::draw(self);
        self.proposed_limits();
    }

    /// The middle of a device pixel, so that a thin line is crisp.
    pub(super) fn crisp(&self, at: f64) -> f64 {
        ((at * self.ratio).floor() + 0.5) / self.ratio
    }

    /// A straight line.
    fn stroke(&self, from: (f64, f64), to: (f64, f64)) {
        self.context.begin_path();
        self.context.move_to(from.0, from.1);
        self.context.line_to(to.0, to.1);
        self.context.stroke();
    }

    /// The places of the points within the time that is seen.
    fn shown(&self) -> Range<usize> {
        let (from, to) = self.scale.span();
        let first = self.plot.times.partition_point(|time| *time < from);
        first..self.plot.times.partition_point(|time| *time <= to).max(first)
    }

    /// Where the point at a place lies across.
    pub(super) fn across(&self, place: usize) -> f64 {
        self.scale
            .at(self.plot.times.get(place).copied().unwrap_or_default())
    }

    /// Whether an instant is seen.
    pub(super) fn sees(&self, at: Instant) -> bool {
        let (from, to) = self.scale.span();
        from <= at && at <= to
    }

    fn gaps(&self) {
        self.context.set_fill_style_str(&self.theme.text);
        self.context.set_global_alpha(GAP_SHADE);
        for (from, to) in self.plot.gaps.iter().filter(|_| self.complete) {
            let (left, right) = (self.within(*from), self.within(*to));
            let height = self.scale.y.1 - self.scale.y.0;
            self.context.fill_rect(left, self.scale.y.0, right - left, height);
        }
        self.context.set_global_alpha(1.0);
    }

    /// Where an instant lies across, or the edge that it lies beyond.
    fn within(&self, at: Instant) -> f64 {
        within(self.scale.at(at), self.scale.x.0, self.scale.x.1)
    }

    /// Fills yellow and red; draws the borders solid, those of general ranges dashed.
    fn band(&self, band: &Band) {
        let value = |value: f64| self.scale.height(within(value, band.within.0, band.within.1));
        let top = value(band.high.unwrap_or(f64::INFINITY));
        let bottom = value(band.low.unwrap_or(f64::NEG_INFINITY));
        let (left, right) = (self.within(band.span.0), self.within(band.span.1));
        if right <= left {
            return;
        }
        let colour = self.theme.zone(band.zone);
        if band.zone.is_outside() {
            self.context.set_global_alpha(self.theme.tint);
            self.context.set_fill_style_str(colour);
            self.context.fill_rect(left, top, right - left, bottom - top);
            self.context.set_global_alpha(1.0);
        }
        self.context.set_stroke_style_str(colour);
        self.context.set_line_width(1.0);
        self.dash(if band.standard { &[4.0, 3.0] } else { &[] });
        // The border that matters is the one towards green; beyond it lies only the next range.
        let (low, high) = match band.zone {
            Zone::YellowLow | Zone::RedLow => (None, band.high),
            Zone::YellowHigh | Zone::RedHigh => (band.low, None),
            Zone::Green | Zone::NoLimit | Zone::Unknown => (band.low, band.high),
        };
        for bound in [low, high].into_iter().flatten() {
            if (band.within.0..=band.within.1).contains(&bound) {
                let y = self.crisp(self.scale.height(bound));
                self.stroke((left, y), (right, y));
            }
        }
        self.dash(&[]);
    }

    /// Limits that are being written: they hold for nothing that is drawn yet.
    fn proposed_limits(&self) {
        self.context.set_line_width(2.0);
        self.dash(&[7.0, 4.0]);
        for (bound, zone) in self.proposed {
            self.context.set_stroke_style_str(self.theme.zone(*zone));
            let y = self.crisp(self.scale.height(*bound));
            self.stroke((self.scale.x.0, y), (self.scale.x.1, y));
        }
        self.dash(&[]);
        self.context.set_line_width(1.0);
    }

    pub(super) fn dash(&self, lengths: &[f64]) {
        let lengths: js_sys::Array = lengths
            .iter()
            .copied()
            .map(wasm_bindgen::JsValue::from_f64)
            .collect();
        // Only an argument that is no list is refused.
        let _ = self.context.set_line_dash(&lengths);
    }

    /// A notch in the upper edge and a hair line where limits changed.
    fn limit_changes(&self) {
        self.context.set_stroke_style_str(&self.theme.text);
        self.context.set_fill_style_str(&self.theme.text);
        self.context.set_line_width(1.0);
        for at in self.plot.limit_changes.iter().filter(|at| self.sees(**at)) {
            let x = self.crisp(self.scale.at(*at));
            let top = self.scale.y.0;
            self.context.set_global_alpha(0.4);
            self.stroke((x, top), (x, self.scale.y.1));
            self.context.set_global_alpha(1.0);
            self.context.begin_path();
            self.context.move_to(x - 4.0, top - 6.0);
            self.context.line_to(x + 4.0, top - 6.0);
            self.context.line_to(x, top);
            self.context.fill();
        }
    }

    fn value_axis(&self) {
        let (low, high) = self.scale.range();
        let most = ((self.scale.y.1 - self.scale.y.0) / VALUE_LABEL_DISTANCE).max(2.0) as usize;
        self.context.set_font(&self.theme.font);
        self.context.set_text_align("right");
        self.context.set_text_baseline("middle");
        self.context.set_line_width(1.0);
        for tick in value_ticks(low, high, most, self.decimals) {
            let y = self.scale.height(tick.to_f64());
            self.context.set_stroke_style_str(&self.theme.grid);
            let line = self.crisp(y);
            self.stroke((self.scale.x.0, line), (self.scale.x.1, line));
            self.context.set_fill_style_str(&self.theme.text);
            self.label(&self.lang.number(tick), self.scale.x.0 - 6.0, y);
        }
    }

    fn time_axis(&self) {
        let (from, to) = self.scale.span();
        let (from, to) = (from as i64, to as i64);
        self.context.set_text_align("center");
        self.context.set_text_baseline("alphabetic");
        for tick in time_ticks(from, to, self.scale.width()) {
            let x = self.scale.at(tick.at as f64);
            self.context.set_stroke_style_str(&self.theme.grid);
            let line = self.crisp(x);
            self.stroke((line, self.scale.y.0), (line, self.scale.y.1 + 4.0));
            let label = self.lang.tick(&tick);
            self.context.set_fill_style_str(&self.theme.text);
            let x = within(x, self.scale.x.0 + 12.0, self.scale.x.1 - 12.0);
            self.label(&label, x, self.scale.y.1 + 16.0);
        }
        self.context.set_stroke_style_str(&self.theme.text);
        let base = self.crisp(self.scale.y.1);
        self.stroke((self.scale.x.0, base), (self.scale.x.1, base));
    }

    fn label(&self, text: &str, x: f64, y: f64) {
        // Fails only on a canvas that is gone.
        let _ = self.context.fill_text(text, x, y);
    }
}

/// The first and last instant of the day in Oslo that an instant lies in.
pub(super) fn day_of(instant: f64) -> (f64, f64) {
    let date = oslo::date_of(instant as i64);
    (
        oslo::midnight(date) as f64,
        oslo::midnight(date.plus_days(1)) as f64,
    )
}
