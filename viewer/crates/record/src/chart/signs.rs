//! The signs of readings and marks, each drawn around a place: ● within, ▲ over, ▼ under, two for red,
//! ◆ not covered; hollow where typed in, with a dashed ring where preliminary. The legend draws the same ones.

use chart_model::{Method, Zone};
use plotters_backend::DrawingBackend;

use super::pen::{Drawn, Pen, Place};
use crate::content::{Key, MarkKind};
use crate::theme;

/// The radius of a dot that has room, points.
pub(super) const LARGEST: f64 = 2.3;
/// The radius of a dot where dots are close.
pub(super) const SMALLEST: f64 = 0.9;
/// The thickness of a hollow dot's edge.
const OUTLINE: f64 = 0.8;

/// A reading: shape and colour of its zone, filled or hollow.
pub(super) fn dot<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    at: Place,
    zone: Zone,
    method: Method,
    radius: f64,
) -> Drawn<DB> {
    let colour = theme::zone(zone);
    let is_hollow = method == Method::Manual || zone == Zone::NoLimit && method == Method::Unstated;
    let shapes = corners(pen, at, zone, radius);
    if shapes.is_empty() {
        pen.disc(at, radius + OUTLINE / 2.0, colour)?;
        if is_hollow {
            pen.disc(at, (radius - OUTLINE / 2.0).max(0.3), theme::PAPER)?;
        }
    }
    for mut shape in shapes {
        pen.polygon(shape.clone(), if is_hollow { theme::PAPER } else { colour })?;
        if is_hollow {
            shape.extend(shape.first().copied());
            pen.path(shape, colour, OUTLINE)?;
        }
    }
    Ok(())
}

/// The corners of each part of a zone's shape; none where it is a circle.
fn corners<DB: DrawingBackend>(pen: &Pen<'_, DB>, (x, y): Place, zone: Zone, radius: f64) -> Vec<Vec<Place>> {
    let shifted = |across: f64, down: f64| {
        (
            x.saturating_add(pen.pixels(across * radius)),
            y.saturating_add(pen.pixels(down * radius)),
        )
    };
    let triangle = |base: f64, height: f64| {
        vec![
            shifted(-1.25, base),
            shifted(1.25, base),
            shifted(0.0, base + height),
        ]
    };
    let (up, down) = (|base: f64| triangle(base, -2.1), |base: f64| triangle(base, 2.1));
    match zone {
        Zone::Green | Zone::NoLimit => Vec::new(),
        Zone::Unknown => vec![vec![
            shifted(0.0, -1.3),
            shifted(1.3, 0.0),
            shifted(0.0, 1.3),
            shifted(-1.3, 0.0),
        ]],
        Zone::YellowHigh => vec![up(1.0)],
        Zone::YellowLow => vec![down(-1.0)],
        Zone::RedHigh => vec![up(1.0), up(-0.8)],
        Zone::RedLow => vec![down(-1.0), down(0.8)],
    }
}

/// A ring in 16 steps, to the right and down from its middle.
const RING: [(f64, f64); 16] = [
    (1.0, 0.0),
    (0.924, 0.383),
    (0.707, 0.707),
    (0.383, 0.924),
    (0.0, 1.0),
    (-0.383, 0.924),
    (-0.707, 0.707),
    (-0.924, 0.383),
    (-1.0, 0.0),
    (-0.924, -0.383),
    (-0.707, -0.707),
    (-0.383, -0.924),
    (0.0, -1.0),
    (0.383, -0.924),
    (0.707, -0.707),
    (0.924, -0.383),
];

/// The dashed ring of a preliminary reading: eight short lines.
pub(super) fn ring<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    (x, y): Place,
    radius: f64,
    zone: Zone,
) -> Drawn<DB> {
    let radius = radius + 2.0;
    for step in RING.chunks(2) {
        let place = |(across, down): &(f64, f64)| {
            (
                x.saturating_add(pen.pixels(across * radius)),
                y.saturating_add(pen.pixels(down * radius)),
            )
        };
        pen.path(step.iter().map(place).collect(), theme::zone(zone), 0.7)?;
    }
    Ok(())
}

/// An implausible reading: a cross.
pub(super) fn cross<DB: DrawingBackend>(pen: &Pen<'_, DB>, (x, y): Place) -> Drawn<DB> {
    let arm = pen.pixels(2.6);
    for arm in [(arm, arm), (arm, -arm)] {
        let ends = vec![
            (x.saturating_sub(arm.0), y.saturating_sub(arm.1)),
            (x.saturating_add(arm.0), y.saturating_add(arm.1)),
        ];
        pen.path(ends, theme::TEXT, 1.1)?;
    }
    Ok(())
}

/// What stands on the time axis: a notch for other limits, a small page for a version of the plan.
pub(super) fn mark<DB: DrawingBackend>(pen: &Pen<'_, DB>, (x, y): Place, kind: MarkKind) -> Drawn<DB> {
    let shifted = |across: f64, down: f64| {
        (
            x.saturating_add(pen.pixels(across)),
            y.saturating_add(pen.pixels(down)),
        )
    };
    match kind {
        MarkKind::LimitChange => {
            let notch = vec![shifted(-2.8, -2.0), shifted(2.8, -2.0), shifted(0.0, 2.2)];
            pen.polygon(notch, theme::QUIET)
        }
        MarkKind::Plan => {
            let mut page = vec![
                shifted(-2.0, -2.8),
                shifted(2.0, -2.8),
                shifted(2.0, 2.8),
                shifted(-2.0, 2.8),
            ];
            pen.polygon(page.clone(), theme::PAPER)?;
            page.extend(page.first().copied());
            pen.path(page, theme::QUIET, 0.7)
        }
    }
}

/// Lines at a slant over a field, so that a break is seen on grey paper too. At least one.
pub(super) fn hatching<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    (left, top): Place,
    (right, bottom): Place,
) -> Drawn<DB> {
    let (height, apart) = (bottom - top, pen.pixels(5.0).max(2));
    if right - left <= apart / 2 {
        return pen.path(vec![(left, top), (left, bottom)], theme::FAINT, 0.4);
    }
    // Each begins at the lower edge, or where it enters from the left.
    let starts = (left - height..right).step_by(apart.unsigned_abs() as usize);
    for start in starts {
        let (from, to) = (start.max(left), (start + height).min(right));
        if from < to {
            let ends = vec![(from, bottom - (from - start)), (to, bottom - (to - start))];
            pen.path(ends, theme::FAINT, 0.4)?;
        }
    }
    Ok(())
}

/// The sign that a word of the legend stands beside, in a field of about 14 × 8 points around a place.
pub(super) fn key<DB: DrawingBackend>(pen: &Pen<'_, DB>, (x, y): Place, key: Key) -> Drawn<DB> {
    let (wide, high) = (pen.pixels(6.0), pen.pixels(3.5));
    match key {
        Key::Zone(zone) => dot(pen, (x, y), zone, Method::Device, LARGEST),
        Key::Method(method) => {
            let zone = match method {
                Method::Unstated => Zone::NoLimit,
                Method::Device | Method::Manual => Zone::Green,
            };
            dot(pen, (x, y), zone, method, LARGEST)
        }
        Key::Preliminary => {
            dot(pen, (x, y), Zone::Green, Method::Device, LARGEST)?;
            ring(pen, (x, y), LARGEST, Zone::Green)
        }
        Key::Implausible => cross(pen, (x, y)),
        Key::Gap => hatching(pen, (x - wide, y - high), (x + wide, y + high)),
        Key::PersonalLimits => pen.path(vec![(x - wide, y), (x + wide, y)], theme::zone(Zone::Green), 0.75),
        Key::StandardLimits => pen.dashes(
            ((x - wide, y), (x + wide, y)),
            theme::zone(Zone::NoLimit),
            (2.5, 2.0),
        ),
        Key::Mark(kind) => mark(pen, (x, y), kind),
    }
}
