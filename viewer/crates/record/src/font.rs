//! The font of the document: which glyph a character has, how wide texts are, and what is written for a character
//! without a glyph. Holds no page and no colour; how the font gets into a PDF stands in `pdf::font_file`.

use std::borrow::Cow;
use std::sync::LazyLock;

/// See `fonts/README.md`.
pub(crate) static FILE: &[u8] = include_bytes!("../fonts/Roboto-Latin.ttf");

/// Units of the font to the size of a text.
pub(crate) const UNITS: f32 = 2048.0;

/// A browser's own font may be wider than ours by so much.
pub(crate) const WIDER: f32 = 1.25;

static FONT: LazyLock<Font> = LazyLock::new(|| Font::read(FILE).unwrap_or_default());

/// What is needed of the font to lay out a text.
#[derive(Default)]
struct Font {
    /// The glyph of each character of the first plane; 0 where there is none.
    glyphs: Vec<u16>,
    /// How far each glyph leads on, in units of the font.
    advances: Vec<u16>,
}

/// The 16 bits at a place.
pub(crate) fn number(bytes: &[u8], at: usize) -> Option<u16> {
    let pair = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_be_bytes(pair.try_into().ok()?))
}

fn long_number(bytes: &[u8], at: usize) -> Option<usize> {
    Some(usize::from(number(bytes, at)?) << 16 | usize::from(number(bytes, at + 2)?))
}

/// Where a table of a TrueType file begins and ends.
pub(crate) fn table(file: &[u8], tag: [u8; 4]) -> Option<&[u8]> {
    let count = usize::from(number(file, 4)?);
    let mut entries = file.get(12..)?.chunks_exact(16).take(count);
    let entry = entries.find(|entry| entry.starts_with(&tag))?;
    let from = long_number(entry, 8)?;
    file.get(from..from + long_number(entry, 12)?)
}

impl Font {
    fn read(file: &[u8]) -> Option<Self> {
        let widths = table(file, *b"hmtx")?;
        let advances = widths.chunks_exact(4).filter_map(|entry| number(entry, 0));
        Some(Self {
            glyphs: glyphs(table(file, *b"cmap")?)?,
            advances: advances.collect(),
        })
    }
}

/// Reads the table of characters: format 4, runs of characters with runs of glyphs.
fn glyphs(cmap: &[u8]) -> Option<Vec<u16>> {
    let runs = cmap.get(long_number(cmap, 8)?..)?;
    let doubled = usize::from(number(runs, 6)?);
    let mut glyphs = Vec::new();
    for at in (0..doubled).step_by(2) {
        let last = number(runs, 14 + at)?;
        let first = number(runs, 16 + doubled + at)?;
        let shift = number(runs, 16 + 2 * doubled + at)?;
        let place_of_list = 16 + 3 * doubled + at;
        let list = usize::from(number(runs, place_of_list)?);
        for code in first..=last {
            let glyph = match list {
                0 => code.wrapping_add(shift),
                list => match number(runs, place_of_list + list + 2 * usize::from(code - first)) {
                    None | Some(0) => 0,
                    Some(glyph) => glyph.wrapping_add(shift),
                },
            };
            if glyph != 0 {
                let place = usize::from(code);
                if glyphs.len() <= place {
                    glyphs.resize(place + 1, 0);
                }
                if let Some(slot) = glyphs.get_mut(place) {
                    *slot = glyph;
                }
            }
        }
    }
    Some(glyphs)
}

/// The glyph of a character.
pub(crate) fn glyph(character: char) -> Option<u16> {
    let glyph = FONT.glyphs.get(character as usize).copied()?;
    (glyph != 0).then_some(glyph)
}

/// How far each glyph leads on, in units of the font.
pub(crate) fn advances() -> &'static [u16] {
    &FONT.advances
}

/// Width of a text set in this size, in the unit of the size. The text is one of [`spelled`].
pub(crate) fn width(text: &str, size: f32) -> f32 {
    text.chars().map(|character| advance(character, size)).sum()
}

/// How far a character leads on.
pub(crate) fn advance(character: char, size: f32) -> f32 {
    let glyph = glyph(character).unwrap_or_default();
    let units = advances().get(usize::from(glyph)).copied().unwrap_or_default();
    f32::from(units) * size / UNITS
}

/// How a character is written.
enum Written {
    /// As it is.
    Itself,
    /// What breaks a line.
    Space,
    /// It only steers how text flows.
    Nothing,
    /// `->`
    Arrow,
    /// The font lacks it.
    Code,
}

fn written(character: char) -> Written {
    match character {
        _ if glyph(character).is_some() => Written::Itself,
        '\t' | '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Written::Space,
        // Soft hyphen, joiners, marks of direction, byte order mark.
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}' => Written::Nothing,
        '→' => Written::Arrow,
        _ => Written::Code,
    }
}

/// A text as it can be set: every character that the font lacks stands as its code, `[U+674E]`, so that nobody takes
/// a name for another one. Line breaks become spaces, and marks that only steer how text flows are left out.
pub(crate) fn spelled(text: &str) -> Cow<'_, str> {
    if text
        .chars()
        .all(|character| matches!(written(character), Written::Itself))
    {
        return text.into();
    }
    let mut spelled = String::with_capacity(text.len());
    for character in text.chars() {
        match written(character) {
            Written::Itself => spelled.push(character),
            Written::Space => spelled.push(' '),
            Written::Nothing => {}
            Written::Arrow => spelled.push_str("->"),
            Written::Code => spelled.push_str(&code(character)),
        }
    }
    spelled.into()
}

/// Whether [`spelled`] writes a code for a character of the text.
pub(crate) fn has_code(text: &str) -> bool {
    text.chars()
        .any(|character| matches!(written(character), Written::Code))
}

/// `[U+674E]`, by hand: the standard library's formatting of numbers as hexadecimal is nowhere else needed.
fn code(character: char) -> String {
    let digits = (0..6).rev().map(|place| (character as u32) >> (4 * place) & 15);
    let mut text = String::from("[U+");
    for (place, digit) in digits.enumerate() {
        // At least four digits.
        if place >= 2 || digit != 0 || text.len() > 3 {
            text.extend(char::from_digit(digit, 16).map(|digit| digit.to_ascii_uppercase()));
        }
    }
    text.push(']');
    text
}

/// Breaks a text of [`spelled`] into lines no wider than `width`: between words, and within a word that is wider.
/// There is at least one line.
pub(crate) fn lines(text: &str, size: f32, width: f32) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0.0;
    for word in text.split(' ') {
        let wide = self::width(word, size);
        let space = if line.is_empty() { 0.0 } else { advance(' ', size) };
        if used + space + wide > width && !line.is_empty() {
            lines.push(std::mem::take(&mut line));
            used = 0.0;
        } else if !line.is_empty() {
            line.push(' ');
            used += space;
        }
        if wide <= width {
            line.push_str(word);
            used += wide;
            continue;
        }
        for character in word.chars() {
            let wide = advance(character, size);
            if used + wide > width && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
                used = 0.0;
            }
            line.push(character);
            used += wide;
        }
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_and_units_of_a_norwegian_journal_have_glyphs() {
        let written = "æøåÆØÅ äöü Đặng Nguyễn Łukasz Çağrı Ștefan Šárká \
            ŋ ŧ ǯ Þórður · – − ≥ ≤ SpO₂ m² µmol °C ‰ « » “ ” … •";
        assert_eq!(spelled(written), written);
    }

    #[test]
    fn what_the_font_lacks_stands_as_its_code_and_never_as_something_else() {
        assert_eq!(spelled("李 Wei"), "[U+674E] Wei");
        assert_eq!(spelled("a\u{1}b😀"), "a[U+0001]b[U+1F600]");
        assert_eq!(spelled("a\nb\u{200b}c → d"), "a bc -> d");
        assert!(has_code("李") && !has_code("Kari") && !has_code("[U+674E]"));
    }

    #[test]
    fn figures_are_all_of_one_width() {
        let widths: Vec<_> = ('0'..='9').map(|digit| advance(digit, 10.0)).collect();
        assert!(widths.iter().all(|width| *width == widths[0] && *width > 5.0));
    }

    proptest! {
        #[test]
        fn breaking_lines_loses_nothing_and_keeps_to_the_width(text in "\\PC{0,200}", width in 5.0_f32..200.0) {
            let text = spelled(&text).into_owned();
            let lines = lines(&text, 8.0, width);
            let solid = |text: &str| text.replace(' ', "");
            prop_assert_eq!(solid(&lines.concat()), solid(&text));
            for line in &lines {
                prop_assert!(self::width(line, 8.0) <= width + 0.01 || line.chars().count() == 1, "{}", line);
            }
        }
    }
}
