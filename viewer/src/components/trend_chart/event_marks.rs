//! What happened beside the readings, on the time axis: thin marks and spans below it; and at the points that a note is
//! about a small flag. What it all was, a list below the charts says in words.

use chart_model::events::{Event, EventKind};

use super::draw::Drawing;
use super::plot::Instant;

/// From the axis down to where a mark begins, and how high it is, CSS pixels.
const BELOW: f64 = 1.5;
const HEIGHT: f64 = 4.0;
/// Half the width of a moment.
const HALF: f64 = 3.0;
/// A span is seen however short it is.
const SHORTEST: f64 = 3.0;
/// How far above its point a flag begins, how high its pole is, and how wide its cloth.
const FLAG: (f64, f64, f64) = (6.0, 12.0, 8.0);

/// Where an event stands across: the part of it that is in sight.
fn seen(event: &Event, now: i64, (from, to): (Instant, Instant)) -> Option<(Instant, Instant)> {
    let (begin, end) = event.span(now);
    let (begin, end) = (begin as Instant, end as Instant);
    (begin <= to && from <= end).then(|| (begin.max(from), end.min(to)))
}

/// A mark for each event in sight: stays are filled, periods of follow-up hollow, medicines point to when they were begun
/// and stopped. Versions of the plan and changes of limits have marks of their own already.
pub(super) fn draw(drawing: &Drawing<'_>) {
    let (context, scale) = (drawing.context, drawing.scale);
    let top = drawing.crisp(scale.y.1) + BELOW;
    context.set_fill_style_str(&drawing.theme.text);
    context.set_stroke_style_str(&drawing.theme.text);
    context.set_line_width(1.0);
    for event in &drawing.on_axis.events {
        let Some((from, to)) = seen(event, drawing.on_axis.now, scale.span()) else {
            continue;
        };
        let (left, right) = (scale.at(from), scale.at(to));
        let width = (right - left).max(SHORTEST);
        let bottom = top + HEIGHT;
        context.begin_path();
        match event.kind {
            EventKind::Admission => context.fill_rect(left, top, width, HEIGHT),
            EventKind::Monitoring => context.stroke_rect(left, top + 0.5, width, HEIGHT - 1.0),
            EventKind::MedicationStart => {
                context.move_to(left - HALF, bottom);
                context.line_to(left + HALF, bottom);
                context.line_to(left, top);
                context.fill();
            }
            EventKind::MedicationStop => {
                context.move_to(left - HALF, top);
                context.line_to(left + HALF, top);
                context.line_to(left, bottom);
                context.fill();
            }
            EventKind::PlanChange | EventKind::LimitChange => {}
        }
    }
}

/// A flag at each point that a note is about.
pub(super) fn flags(drawing: &Drawing<'_>) {
    let (context, scale) = (drawing.context, drawing.scale);
    context.set_fill_style_str(&drawing.theme.text);
    context.set_stroke_style_str(&drawing.theme.text);
    context.set_line_width(1.0);
    let (above, pole, cloth) = FLAG;
    for place in drawing.noted {
        let Some(at) = drawing
            .plot
            .times
            .get(*place)
            .copied()
            .filter(|at| drawing.sees(*at))
        else {
            continue;
        };
        let values = drawing.plot.lines.iter().filter_map(|line| line.value(*place));
        let Some(highest) = values.reduce(f64::max) else {
            continue;
        };
        let (x, foot) = (drawing.crisp(scale.at(at)), scale.height(highest) - above);
        let foot = foot.max(scale.y.0 + pole);
        // Apart from lines and dots behind it.
        context.set_fill_style_str(&drawing.theme.surface);
        context.fill_rect(x - 1.5, foot - pole - 1.5, cloth + 3.0, 9.0);
        context.set_fill_style_str(&drawing.theme.text);
        context.begin_path();
        context.move_to(x, foot);
        context.line_to(x, foot - pole);
        context.stroke();
        context.begin_path();
        context.move_to(x, foot - pole);
        context.line_to(x + cloth, foot - pole + 3.0);
        context.line_to(x, foot - pole + 6.0);
        context.fill();
    }
}

#[cfg(test)]
mod tests {
    use chart_model::ClinicalTime;

    use super::*;

    #[test]
    fn of_an_event_the_part_in_sight_is_drawn_and_nothing_of_one_out_of_sight() {
        let time = |text: &str| ClinicalTime::parse(text).unwrap();
        let at = |text: &str| time(text).start_ms();
        let now = at("2026-11-22T09:00:00+01:00");
        let mut stay = Event::at(EventKind::Admission, time("2026-11-10T09:00:00+01:00"), "");
        stay.lasts = true;
        let sight = |from: &str, to: &str| (at(from) as f64, at(to) as f64);
        let half = sight("2026-11-15T09:00:00+01:00", "2026-11-30T09:00:00+01:00");
        assert_eq!(seen(&stay, now, half), Some((half.0, now as f64)));
        let before = sight("2026-11-01T09:00:00+01:00", "2026-11-09T09:00:00+01:00");
        assert_eq!(seen(&stay, now, before), None);
        stay.lasts = false;
        assert_eq!(seen(&stay, now, half), None, "a moment");
    }
}
