//! The font as the PDF holds it: the glyphs that are used, their widths, and which characters they stand for.

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Finish, Name, Pdf, Rect, Ref, Str};

use super::file::filtered;
use super::subset::subset;
use super::text::Used;
use crate::font;

/// A part of Roboto; six letters say that it is a part.
const NAME: Name<'static> = Name(b"LATINA+Roboto-Regular");
const INFO: SystemInfo<'static> = SystemInfo {
    registry: Str(b"Adobe"),
    ordering: Str(b"Identity"),
    supplement: 0,
};

/// Units of a PDF's widths to the size of a text.
fn scaled(units: i16) -> f32 {
    f32::from(units) * 1000.0 / font::UNITS
}

/// The glyphs that are used, as a font file.
pub(super) fn glyphs(used: &Used) -> Vec<u8> {
    let glyphs = subset(font::FILE, used.glyphs().map(|(glyph, _)| glyph));
    glyphs.unwrap_or_else(|| font::FILE.to_vec())
}

/// Which characters they stand for.
pub(super) fn characters(used: &Used) -> Vec<u8> {
    let mut characters = UnicodeCmap::new(Name(b"Identity-UCS"), INFO);
    for (glyph, character) in used.glyphs() {
        characters.pair(glyph, character);
    }
    characters.finish().into_vec()
}

/// Writes the font. `parts` are its glyphs and characters, each compressed or not; `length` that of the glyphs before.
pub(super) fn write(
    pdf: &mut Pdf,
    [own, cid, descriptor, file, map]: [Ref; 5],
    used: &Used,
    [(glyphs, are_deflated), (characters, is_deflated)]: [(&[u8], bool); 2],
    length: usize,
) {
    pdf.type0_font(own)
        .base_font(NAME)
        .encoding_predefined(Name(b"Identity-H"))
        .descendant_font(cid)
        .to_unicode(map);
    let mut written = pdf.cid_font(cid);
    written
        .subtype(CidFontType::Type2)
        .base_font(NAME)
        .system_info(INFO)
        .font_descriptor(descriptor)
        .cid_to_gid_map_predefined(Name(b"Identity"));
    let mut widths = written.widths();
    for (glyph, _) in used.glyphs() {
        let units = font::advances()
            .get(usize::from(glyph))
            .copied()
            .unwrap_or_default();
        let width = (f32::from(units) * 1000.0 / font::UNITS).round();
        widths.consecutive(glyph, [width]);
    }
    widths.finish();
    written.finish();
    pdf.font_descriptor(descriptor)
        .name(NAME)
        .flags(FontFlags::NON_SYMBOLIC)
        .bbox(Rect::new(scaled(-1825), scaled(-555), scaled(4188), scaled(2163)))
        .italic_angle(0.0)
        .ascent(scaled(1900))
        .descent(scaled(-500))
        .cap_height(scaled(1456))
        .stem_v(80.0)
        .font_file2(file);
    let length = i32::try_from(length).unwrap_or(i32::MAX);
    let mut written = pdf.stream(file, glyphs);
    written.pair(Name(b"Length1"), length);
    filtered(&mut written, are_deflated);
    written.finish();
    let mut written = pdf.cmap(map, characters);
    written.name(Name(b"Identity-UCS")).system_info(INFO);
    filtered(&mut written, is_deflated);
}
