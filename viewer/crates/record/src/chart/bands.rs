//! The limits of a chart: fields of yellow and red, their borders, and beside them the zones' words.

use chart_model::Zone;
use plotters::style::text_anchor::{HPos, VPos};
use plotters_backend::DrawingBackend;

use super::Drawing;
use super::pen::Drawn;
use crate::content::{Band, Key, Words};
use crate::{font, theme};

/// Size of a zone's word beside its band, points.
const WORD: f32 = 6.5;

/// Room for the words beside the plotted area: the same for all charts of a document, so that their time axes agree.
pub(super) fn margin(words: &Words) -> f64 {
    let outside = words
        .legend
        .iter()
        .filter(|(key, _)| matches!(key, Key::Zone(zone) if zone.is_outside()));
    let widths = outside.map(|(_, word)| font::width(&font::spelled(word), WORD) * font::WIDER);
    f64::from(widths.fold(0.0, f32::max))
}

impl<DB: DrawingBackend> Drawing<'_, DB> {
    /// From top to bottom.
    fn extent(&self, band: &Band) -> (i32, i32) {
        let height = |bound: f64| self.height(bound.max(band.within.0).min(band.within.1));
        (
            height(band.high.unwrap_or(f64::INFINITY)),
            height(band.low.unwrap_or(f64::NEG_INFINITY)),
        )
    }

    /// Fills yellow and red.
    pub(super) fn fields(&self) -> Drawn<DB> {
        for band in self.chart.bands.iter().filter(|band| band.zone.is_outside()) {
            let (left, right) = (self.across(band.from), self.across(band.to));
            let (top, bottom) = self.extent(band);
            if left < right && top < bottom {
                let colour = theme::field(band.zone);
                self.pen.field((left, top), (right, bottom), colour)?;
            }
        }
        Ok(())
    }

    /// The borders that matter, those towards green: solid, those of general ranges dashed.
    pub(super) fn borders(&self) -> Drawn<DB> {
        for band in &self.chart.bands {
            let (left, right) = (self.across(band.from), self.across(band.to));
            let (low, high) = match band.zone {
                Zone::YellowLow | Zone::RedLow => (None, band.high),
                Zone::YellowHigh | Zone::RedHigh => (band.low, None),
                Zone::Green | Zone::NoLimit | Zone::Unknown => (band.low, band.high),
            };
            let is_seen = |bound: &f64| {
                let (within, axis) = (band.within.0..=band.within.1, self.range.0..=self.range.1);
                left < right && within.contains(bound) && axis.contains(bound)
            };
            for bound in [low, high].into_iter().flatten().filter(is_seen) {
                let y = self.height(bound);
                let (ends, colour) = (((left, y), (right, y)), theme::zone(band.zone));
                if band.standard {
                    self.pen.dashes(ends, colour, (3.0, 2.2))?;
                } else {
                    self.pen.path(vec![ends.0, ends.1], colour, 0.7)?;
                }
            }
        }
        Ok(())
    }

    /// Beside the last band of each kind: the zone's word, where there is room for it.
    pub(super) fn words_of_bands(&self) -> Drawn<DB> {
        let bands = &self.chart.bands;
        let mut used: Vec<i32> = Vec::new();
        for (number, band) in bands
            .iter()
            .enumerate()
            .filter(|(_, band)| band.zone.is_outside())
        {
            let is_same = |later: &Band| later.zone == band.zone && later.within == band.within;
            let mut keys = self.words.legend.iter();
            let word = keys.find(|(key, _)| *key == Key::Zone(band.zone));
            let (Some((_, word)), false) = (word, bands.iter().skip(number + 1).any(is_same)) else {
                continue;
            };
            let (top, bottom) = self.extent(band);
            let y = i32::midpoint(top, bottom);
            let room = self.pen.pixels(f64::from(WORD) * 1.1);
            if top < bottom && used.iter().all(|other| (other - y).abs() >= room) {
                let at = (self.x.1 + self.pen.pixels(4.0), y);
                let (anchor, colour) = ((HPos::Left, VPos::Center), theme::zone(band.zone));
                self.pen
                    .text(&font::spelled(word), at, f64::from(WORD), colour, anchor)?;
                used.push(y);
            }
        }
        Ok(())
    }
}
