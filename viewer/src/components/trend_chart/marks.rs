//! The dots of a chart, by zone and by how the reading came into being, and the marks of implausible
//! readings at the edges. Dots that look alike are drawn in one go.

use std::f64::consts::TAU;

use chart_model::{Method, Zone};
use web_sys::CanvasRenderingContext2d as Context;

use super::draw::{Drawing, day_of};
use super::plot::{Line, Look};

/// Across and down, CSS pixels.
type Place = (f64, f64);

/// The dots of one line; the more severe lie on top.
pub(super) fn dots(drawing: &Drawing<'_>, line: &Line, kept: &[usize]) {
    let radius = radius(drawing);
    let mut groups: Vec<(Zone, Look, Vec<Place>)> = Vec::new();
    for index in kept {
        let plot = drawing.plot;
        let (Some(time), Some(value), Some(zone), Some(look)) = (
            plot.times.get(*index),
            line.values.get(*index),
            line.zones.get(*index),
            plot.looks.get(*index),
        ) else {
            continue;
        };
        if value.is_nan() || (drawing.is_dense() && !zone.is_outside()) {
            continue;
        }
        let at = (drawing.scale.at(*time), drawing.scale.height(*value));
        match groups.iter_mut().find(|(z, l, _)| z == zone && l == look) {
            // A dot on top of a dot of the same kind adds nothing.
            Some((.., dots)) if dots.last().is_some_and(|last| is_same_place(*last, at)) => {}
            Some((.., dots)) => dots.push(at),
            None => groups.push((*zone, *look, vec![at])),
        }
    }
    groups.sort_by_key(|(zone, ..)| *zone);
    for (zone, look, dots) in &groups {
        group(drawing, *zone, *look, dots, radius);
    }
}

/// Dots shrink as they get closer, so that single ones can still be told apart.
fn radius(drawing: &Drawing<'_>) -> f64 {
    let times = &drawing.plot.times;
    let ends = times.first().zip(times.last());
    let width = ends.map_or(0.0, |(first, last)| {
        drawing.scale.at(*last) - drawing.scale.at(*first)
    });
    let room = width / times.len().saturating_sub(1).max(1) as f64;
    if times.len() < 2 {
        3.5
    } else {
        (room * 0.5).clamp(1.75, 3.5)
    }
}

fn is_same_place(a: Place, b: Place) -> bool {
    (a.0 - b.0).abs() < 0.5 && (a.1 - b.1).abs() < 0.5
}

fn group(drawing: &Drawing<'_>, zone: Zone, look: Look, dots: &[Place], radius: f64) {
    let context = drawing.context;
    let colour = drawing.theme.zone(zone);
    context.set_stroke_style_str(colour);
    context.set_line_width(1.25);
    if look.whole_day {
        days(drawing, dots);
    }
    context.begin_path();
    for (x, y) in dots {
        shape(context, zone, *x, *y, radius);
    }
    let hollow = look.method == Method::Manual || zone == Zone::NoLimit && look.method == Method::Unstated;
    context.set_fill_style_str(if hollow { &drawing.theme.surface } else { colour });
    context.fill();
    context.stroke();
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
fn shape(context: &Context, zone: Zone, x: f64, y: f64, radius: f64) {
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
    for (time, high) in &drawing.plot.edge_marks {
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
