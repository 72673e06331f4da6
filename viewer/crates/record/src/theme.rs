//! The colours of paper, the same as the viewer's light scheme on paper.

use chart_model::Zone;
use plotters::style::RGBColor;

/// Text.
pub(crate) const TEXT: RGBColor = RGBColor(0x1b, 0x21, 0x27);
/// Text that is not the matter itself.
pub(crate) const QUIET: RGBColor = RGBColor(0x3d, 0x45, 0x4d);
/// Lines of tables and axes.
pub(crate) const GRID: RGBColor = RGBColor(0xe1, 0xe5, 0xe9);
/// The line from reading to reading.
pub(crate) const LINE: RGBColor = RGBColor(0x6d, 0x78, 0x83);
/// Hatching of a break in the line, and the bar between the numbers of a blood pressure.
pub(crate) const FAINT: RGBColor = RGBColor(0xb4, 0xbb, 0xc2);
/// Paper.
pub(crate) const PAPER: RGBColor = RGBColor(0xff, 0xff, 0xff);

/// How much of a zone's colour there is in its field.
const TINT: f64 = 0.14;

/// The solid colour of a zone.
pub(crate) const fn zone(zone: Zone) -> RGBColor {
    match zone {
        Zone::Green => RGBColor(0x00, 0x73, 0x5a),
        Zone::YellowLow | Zone::YellowHigh => RGBColor(0x8a, 0x4d, 0x00),
        Zone::RedLow | Zone::RedHigh => RGBColor(0xb3, 0x12, 0x2a),
        Zone::NoLimit | Zone::Unknown => RGBColor(0x5f, 0x69, 0x73),
    }
}

/// The colour of a zone's field. Opaque: paper has nothing behind it, and archives want no transparency.
pub(crate) fn field(of: Zone) -> RGBColor {
    let RGBColor(red, green, blue) = zone(of);
    let mixed = |part: u8| (255.0 - (255.0 - f64::from(part)) * TINT).round() as u8;
    RGBColor(mixed(red), mixed(green), mixed(blue))
}
