//! The dots of a chart, by zone and by how the reading came into being, and the marks of implausible
//! readings at the edges. Dots that look alike are drawn in one go.

use std::f64::consts::TAU;
use std::ops::Range;

use chart_model::{Method, Zone, order};
use web_sys::CanvasRenderingContext2d as Context;

use super::dot::{Dot, Look};
use super::draw::{Drawing, day_of};

/// Across and down, CSS pixels.
type Place = (f64, f64);

/// The radius of a dot where dots are close, CSS pixels.
pub(super) const SMALLEST: f64 = 1.75;
/// The thickness of a hollow dot's edge.
const OUTLINE: f64 = 1.25;
/// The radius of a dot that has room.
const LARGEST: f64 = 3.5;

/// The dots of all lines at these places; of a line, the more severe lie on top.
pub(super) fn dots(drawing: &Drawing<'_>, places: Range<usize>) {
    let radius = radius(drawing, &places);
    for line in &drawing.plot.lines {
        let mut groups: Vec<(Dot, Vec<Place>)> = Vec::new();
        for place in places.clone() {
            let Some(value) = line.value(place) else { continue };
            let dot = line.dot(place);
            let at = (drawing.across(place), drawing.scale.height(value));
            match groups.iter_mut().find(|(other, _)| other.kind() == dot.kind()) {
                // A dot on top of a dot of the same kind adds nothing.
                Some((_, dots)) if dots.last().is_some_and(|last| is_same_place(*last, at)) => {}
                Some((_, dots)) => dots.push(at),
                None => groups.push((dot, vec![at])),
            }
        }
        order::by_key(&mut groups, |(dot, _)| dot.zone() as i64);
        for (dot, dots) in &groups {
            group(drawing, dot.zone(), dot.look(), dots, radius);
        }
    }
}

/// Dots shrink as they get closer, so that single ones can still be told apart.
fn radius(drawing: &Drawing<'_>, places: &Range<usize>) -> f64 {
    let (first, last) = (places.start, places.end.saturating_sub(1));
    if last <= first {
        return LARGEST;
    }
    let room = (drawing.across(last) - drawing.across(first)) / (last - first) as f64;
    (room * 0.5).clamp(SMALLEST, LARGEST)
}

fn is_same_place(a: Place, b: Place) -> bool {
    (a.0 - b.0).abs() < 0.5 && (a.1 - b.1).abs() < 0.5
}

fn group(drawing: &Drawing<'_>, zone: Zone, look: Look, dots: &[Place], radius: f64) {
    let context = drawing.context;
    let colour = drawing.theme.zone(zone);
    context.set_stroke_style_str(colour);
    context.set_line_width(OUTLINE);
    if look.whole_day {
        days(drawing, dots);
    }
    let hollow = look.method == Method::Manual || zone == Zone::NoLimit && look.method == Method::Unstated;
    // As large as one with an outline, which costs as much again.
    let radius = if hollow { radius } else { radius + OUTLINE / 2.0 };
    context.begin_path();
    for (x, y) in dots {
        shape(context, zone, *x, *y, radius);
    }
    context.set_fill_style_str(if hollow { &drawing.theme.surface } else { colour });
    context.fill();
    if hollow {
        context.stroke();
    }
    if look.preliminary {
        drawing.dash(&[2.0, 2.0]);
        context.begin_path();
        for (x, y) in dots {
            context.move_to(x + radius + 3.0, *y);
            // Refused only for a negative radius.
            let _ = context.arc(*x, *y, radius + 3.0, 0.0, TAU);
        }
        context.stroke();
        drawing.dash(&[]);
    }
}

/// A bar through the whole day for readings that are known to the day only.
fn days(drawing: &Drawing<'_>, dots: &[Place]) {
    drawing.context.begin_path();
    for (x, y) in dots {
        let (from, to) = day_of(drawing.scale.time(*x));
        drawing.context.move_to(drawing.scale.at(from).min(x - 6.0), *y);
        drawing.context.line_to(drawing.scale.at(to).max(x + 6.0), *y);
    }
    drawing.context.stroke();
}

/// Adds the shape of a zone to the path: ● within, ▲ over, ▼ under, two for red, ◆ not covered.
pub(super) fn shape(context: &Context, zone: Zone, x: f64, y: f64, radius: f64) {
    let up = |base: f64| triangle(context, x, base, radius * 1.25, -radius * 2.1);
    let down = |base: f64| triangle(context, x, base, radius * 1.25, radius * 2.1);
    match zone {
        Zone::Green | Zone::NoLimit => {
            context.move_to(x + radius, y);
            // Refused only for a negative radius.
            let _ = context.arc(x, y, radius, 0.0, TAU);
        }
        Zone::Unknown => {
            context.move_to(x, y - radius * 1.3);
            context.line_to(x + radius * 1.3, y);
            context.line_to(x, y + radius * 1.3);
            context.line_to(x - radius * 1.3, y);
            context.close_path();
        }
        Zone::YellowHigh => up(y + radius),
        Zone::YellowLow => down(y - radius),
        Zone::RedHigh => {
            up(y + radius);
            up(y - radius * 0.8);
        }
        Zone::RedLow => {
            down(y - radius);
            down(y + radius * 0.8);
        }
    }
}

/// A triangle on a base line, its tip `height` away (upwards if negative).
fn triangle(context: &Context, x: f64, base: f64, half_width: f64, height: f64) {
    context.move_to(x - half_width, base);
    context.line_to(x + half_width, base);
    context.line_to(x, base + height);
    context.close_path();
}

/// Implausible readings: a mark at the upper or lower edge, off the value axis.
pub(super) fn edge_marks(drawing: &Drawing<'_>) {
    let context = drawing.context;
    context.set_stroke_style_str(&drawing.theme.text);
    context.set_line_width(1.5);
    context.begin_path();
    let seen = drawing
        .plot
        .edge_marks
        .iter()
        .filter(|(time, _)| drawing.sees(*time));
    for (time, high) in seen {
        let x = drawing.scale.at(*time);
        let y = if *high {
            drawing.scale.y.0 + 5.0
        } else {
            drawing.scale.y.1 - 6.0
        };
        context.move_to(x - 3.5, y - 3.5);
        context.line_to(x + 3.5, y + 3.5);
        context.move_to(x - 3.5, y + 3.5);
        context.line_to(x + 3.5, y - 3.5);
    }
    context.stroke();
}
