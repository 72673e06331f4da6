//! Text on a page: which glyphs are shown where, in which colour. Remembers which characters the document uses.

use pdf_writer::{Content, Name, Str};

use crate::font;

/// The glyphs in use, each with its character.
#[derive(Default)]
pub(super) struct Used(Vec<Option<char>>);

impl Used {
    fn add(&mut self, glyph: u16, character: char) {
        let place = usize::from(glyph);
        if self.0.len() <= place {
            self.0.resize(place + 1, None);
        }
        if let Some(slot) = self.0.get_mut(place) {
            slot.get_or_insert(character);
        }
    }

    /// Each glyph with its character, by their numbers.
    pub(super) fn glyphs(&self) -> impl Iterator<Item = (u16, char)> + '_ {
        (0..)
            .zip(&self.0)
            .filter_map(|(glyph, character)| Some((glyph, (*character)?)))
    }
}

/// The name of the font in the pages' resources.
pub(super) const FONT: Name<'static> = Name(b"F");

/// How a text looks.
#[derive(Clone, Copy)]
pub(super) struct Style {
    /// In points.
    pub size: f32,
    /// From baseline to baseline.
    pub leading: f32,
    pub colour: (u8, u8, u8),
}

/// A colour as PDF writes it, to three decimals.
pub(super) fn shares((red, green, blue): (u8, u8, u8)) -> [f32; 3] {
    [red, green, blue].map(|part| (f32::from(part) / 0.255).round() / 1000.0)
}

/// Sets the colour of fields and texts.
pub(super) fn fill(content: &mut Content, colour: (u8, u8, u8)) {
    let [red, green, blue] = shares(colour);
    content.set_fill_rgb(red, green, blue);
}

/// Shows a text of [`font::spelled`] in the colour of fields.
pub(super) fn show(content: &mut Content, used: &mut Used, text: &str, size: f32, matrix: [f32; 6]) {
    let mut glyphs = Vec::with_capacity(2 * text.len());
    for character in text.chars() {
        if let Some(glyph) = font::glyph(character) {
            used.add(glyph, character);
            glyphs.extend(glyph.to_be_bytes());
        }
    }
    content.begin_text();
    content.set_font(FONT, size);
    content.set_text_matrix(matrix);
    content.show(Str(&glyphs));
    content.end_text();
}

/// Shows a line of text whose baseline begins at a place.
pub(super) fn line(content: &mut Content, used: &mut Used, text: &str, style: Style, (x, y): (f32, f32)) {
    fill(content, style.colour);
    show(
        content,
        used,
        text,
        style.size,
        [1.0, 0.0, 0.0, 1.0, tenth(x), tenth(y)],
    );
}

/// Nobody sees a twentieth of a point, and it costs bytes.
pub(super) fn tenth(points: f32) -> f32 {
    (points * 10.0).round() / 10.0
}
