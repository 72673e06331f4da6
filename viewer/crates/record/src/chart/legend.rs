//! What the signs mean: each sign with its word, in as many lines as it takes.

use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::style::text_anchor::{HPos, VPos};
use plotters_backend::DrawingBackend;

use super::pen::{Drawn, Pen};
use super::signs;
use crate::content::Words;
use crate::{font, theme};

/// Size of the words, points.
const SIZE: f32 = 8.0;
/// Height of a line.
const LINE: f32 = 14.0;
/// Room for a sign, and after a word.
const SIGN: f32 = 18.0;
const APART: f32 = 12.0;

/// Where each sign stands: its number, how far across and in which line.
fn places(words: &Words, width: f32) -> Vec<(usize, f32, usize)> {
    let (mut across, mut line) = (0.0, 0);
    let mut places = Vec::new();
    for (number, (_, word)) in words.legend.iter().enumerate() {
        let wide = SIGN + font::width(&font::spelled(word), SIZE) * font::WIDER;
        if across > 0.0 && across + wide > width {
            (across, line) = (0.0, line + 1);
        }
        places.push((number, across, line));
        across += wide + APART;
    }
    places
}

/// How high the legend is at this width, points.
pub fn legend_height(words: &Words, width: f32) -> f32 {
    let last = places(words, width).last().map(|(.., line)| *line);
    last.map_or(0.0, |line| (line + 1) as f32 * LINE)
}

/// Draws the legend. `unit`: pixels of the backend in a point.
pub fn draw_legend<DB: DrawingBackend>(area: &DrawingArea<DB, Shift>, words: &Words, unit: f64) -> Drawn<DB> {
    let pen = Pen { area, unit };
    let width = f64::from(area.dim_in_pixel().0) / unit;
    for (number, across, line) in places(words, width as f32) {
        let Some((key, word)) = words.legend.get(number) else {
            continue;
        };
        let y = pen.pixels(f64::from(LINE) * (line as f64 + 0.5));
        signs::key(&pen, (pen.pixels(f64::from(across) + 7.0), y), *key)?;
        let at = (pen.pixels(f64::from(across + SIGN)), y);
        pen.text(
            &font::spelled(word),
            at,
            f64::from(SIZE),
            theme::QUIET,
            (HPos::Left, VPos::Center),
        )?;
    }
    Ok(())
}
