//! A TrueType file with only the glyphs that a document uses, so that a document is not mostly font. Glyphs keep their
//! numbers; the others are empty.

use crate::font::{number, table};

/// The tables that a PDF needs of a font whose glyphs are chosen by number.
const TABLES: [[u8; 4]; 6] = [*b"glyf", *b"head", *b"hhea", *b"hmtx", *b"loca", *b"maxp"];

/// The file with these glyphs and the glyphs that they are put together of; `None` if it is not what we ship: TrueType
/// with short offsets.
pub(super) fn subset(file: &[u8], glyphs: impl Iterator<Item = u16>) -> Option<Vec<u8>> {
    let (outlines, offsets) = (table(file, *b"glyf")?, table(file, *b"loca")?);
    let mut kept = vec![false; offsets.len() / 2];
    // The first glyph stands for what is missing, and every font has it.
    let mut open: Vec<u16> = [0].into_iter().chain(glyphs).collect();
    while let Some(glyph) = open.pop() {
        if !std::mem::replace(kept.get_mut(usize::from(glyph))?, true) {
            open.extend(parts(outline(outlines, offsets, glyph)?));
        }
    }
    let (mut new_outlines, mut new_offsets) = (Vec::new(), Vec::new());
    for (glyph, kept) in (0..).zip(kept) {
        let offset = u16::try_from(new_outlines.len() / 2).ok()?;
        new_offsets.extend(offset.to_be_bytes());
        if kept {
            new_outlines.extend(outline(outlines, offsets, glyph)?);
        }
    }
    let mut tables = Vec::with_capacity(TABLES.len());
    for tag in TABLES {
        let kept = match &tag {
            b"glyf" => &new_outlines,
            b"loca" => &new_offsets,
            _ => table(file, tag)?,
        };
        tables.push((tag, kept));
    }
    assembled(&tables)
}

/// A glyph's outline; empty for a space.
fn outline<'a>(outlines: &'a [u8], offsets: &[u8], glyph: u16) -> Option<&'a [u8]> {
    let at = usize::from(glyph) * 2;
    let from = 2 * usize::from(number(offsets, at)?);
    let to = 2 * usize::from(number(offsets, at + 2)?);
    outlines.get(from..to)
}

/// The glyphs that a glyph is put together of; none if it has an outline of its own.
fn parts(outline: &[u8]) -> Vec<u16> {
    const WORDS: u16 = 1;
    const ONE_SCALE: u16 = 8;
    const MORE: u16 = 0x20;
    const TWO_SCALES: u16 = 0x40;
    const MATRIX: u16 = 0x80;
    let mut parts = Vec::new();
    // A negative number of contours.
    if number(outline, 0).is_none_or(|contours| contours < 0x8000) {
        return parts;
    }
    let mut at = 10;
    while let (Some(flags), Some(glyph)) = (number(outline, at), number(outline, at + 2)) {
        parts.push(glyph);
        if flags & MORE == 0 {
            break;
        }
        let sizes = [(WORDS, 2), (ONE_SCALE, 2), (TWO_SCALES, 4), (MATRIX, 8)];
        let more = sizes.into_iter().filter(|(flag, _)| flags & flag != 0);
        at += 6 + more.map(|(_, size)| size).sum::<usize>();
    }
    parts
}

/// A file of tables, in the order of their names.
fn assembled(tables: &[([u8; 4], &[u8])]) -> Option<Vec<u8>> {
    let count = u16::try_from(tables.len()).ok()?;
    let power = count.checked_ilog2()?;
    let range = 16_u16.checked_shl(power)?;
    let mut file = vec![0, 1, 0, 0];
    for part in [count, range, u16::try_from(power).ok()?, count * 16 - range] {
        file.extend(part.to_be_bytes());
    }
    let mut from = file.len() + 16 * tables.len();
    for (tag, bytes) in tables {
        file.extend(tag);
        file.extend(sum(bytes).to_be_bytes());
        file.extend(u32::try_from(from).ok()?.to_be_bytes());
        file.extend(u32::try_from(bytes.len()).ok()?.to_be_bytes());
        from += bytes.len().next_multiple_of(4);
    }
    for (_, bytes) in tables {
        file.extend(*bytes);
        file.resize(file.len().next_multiple_of(4), 0);
    }
    Some(file)
}

/// The sum that the file's list of tables gives for each.
fn sum(bytes: &[u8]) -> u32 {
    bytes.chunks(4).fold(0, |sum: u32, chunk| {
        let mut word = [0; 4];
        for (to, from) in word.iter_mut().zip(chunk) {
            *to = *from;
        }
        sum.wrapping_add(u32::from_be_bytes(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font;

    #[test]
    fn the_glyphs_in_use_are_whole_and_the_others_empty() {
        let [plain, composed] = ['A', 'Å'].map(|character| font::glyph(character).unwrap());
        let file = subset(font::FILE, [composed].into_iter()).unwrap();
        assert!(file.len() < 8000, "{}", file.len());
        let of = |file, glyph| {
            let tables = [*b"glyf", *b"loca"].map(|tag| table(file, tag).unwrap());
            outline(tables[0], tables[1], glyph).unwrap().to_vec()
        };
        for glyph in [plain, composed] {
            assert!(!of(&file, glyph).is_empty());
            assert_eq!(of(&file, glyph), of(font::FILE, glyph));
        }
        assert!(of(&file, font::glyph('B').unwrap()).is_empty());
    }

    #[test]
    fn the_file_names_its_tables_with_their_sums() {
        let file = subset(font::FILE, [7].into_iter()).unwrap();
        for (number, tag) in TABLES.into_iter().enumerate() {
            let entry = &file[12 + 16 * number..][..16];
            assert_eq!(entry[..4], tag);
            assert_eq!(entry[4..8], sum(table(&file, tag).unwrap()).to_be_bytes());
        }
        assert!(subset(&file[..40], [7].into_iter()).is_none());
    }
}
