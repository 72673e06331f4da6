//! The plan's versions on the time axis: where they stand, which one is pointed at, and how they look.

use super::draw::Drawing;
use super::scale::Scale;
use crate::components::plan::PlanMark;

/// Width and height of the small page that stands for a version, CSS pixels. No zone has that shape.
const PAGE: (f64, f64) = (6.0, 8.0);
/// How far its hair line reaches up from the axis.
const RISE: f64 = 14.0;
/// How near to either side, and how far above the axis, it can be pointed at.
const NEAR: (f64, f64) = (12.0, 8.0);

/// The versions in sight: the place of each among `plans`, and where it stands across.
fn seen(plans: &[PlanMark], scale: Scale) -> impl Iterator<Item = (usize, f64)> {
    let (from, to) = scale.span();
    let places = plans.iter().map(|plan| plan.at as f64).enumerate();
    let in_sight = places.filter(move |(_, at)| (from..=to).contains(at));
    in_sight.map(move |(place, at)| (place, scale.at(at)))
}

/// The version nearest to a pointer that is at the axis.
pub(super) fn pointed_at(plans: &[PlanMark], scale: Scale, (x, y): (f64, f64)) -> Option<usize> {
    let apart = seen(plans, scale).map(|(place, at)| (place, (at - x).abs()));
    let nearest = apart.min_by(|(_, a), (_, b)| a.total_cmp(b));
    let (place, _) = nearest.filter(|(_, apart)| *apart <= NEAR.0 && y >= scale.y.1 - NEAR.1)?;
    Some(place)
}

/// A small page on the time axis for each version in sight.
pub(super) fn draw(drawing: &Drawing<'_>) {
    let (context, axis) = (drawing.context, drawing.crisp(drawing.scale.y.1));
    context.set_stroke_style_str(&drawing.theme.text);
    context.set_fill_style_str(&drawing.theme.surface);
    context.set_line_width(1.0);
    context.begin_path();
    for (_, at) in seen(drawing.plans, drawing.scale) {
        let (x, (width, height)) = (drawing.crisp(at), PAGE);
        context.move_to(x, axis - RISE);
        context.line_to(x, axis - height / 2.0);
        context.rect(x - width / 2.0, axis - height / 2.0, width, height);
    }
    context.fill();
    context.stroke();
}

#[cfg(test)]
mod tests {
    use super::super::scale::MARGIN;
    use super::*;
    use crate::state::PlanCommand;

    fn at(instants: &[i64]) -> Vec<PlanMark> {
        let mark = |at: &i64| PlanMark {
            at: *at,
            label: String::new(),
            opens: PlanCommand::Close,
        };
        instants.iter().map(mark).collect()
    }

    /// 200 pixels across from 44, the axis 110 pixels down.
    fn scale(span: (f64, f64)) -> Scale {
        Scale::new(span, (80.0, 100.0), true, (254.0, 130.0), MARGIN)
    }

    #[test]
    fn versions_stand_at_their_time_within_what_is_seen_and_nowhere_else() {
        let plans = at(&[3001, 3000, 2000, 1000, 999]);
        let places = |span| seen(&plans, scale(span)).collect::<Vec<_>>();
        assert_eq!(places((1000.0, 3000.0)), [(1, 244.0), (2, 144.0), (3, 44.0)]);
        assert_eq!(places((1500.0, 2500.0)), [(2, 144.0)], "zoomed");
        assert_eq!(places((4000.0, 5000.0)), []);
    }

    #[test]
    fn the_nearest_version_is_pointed_at_and_only_at_the_axis() {
        let plans = at(&[2100, 2000]);
        let pointed = |x, y| pointed_at(&plans, scale((1000.0, 3000.0)), (x, y));
        assert_eq!((pointed(145.0, 112.0), pointed(152.0, 112.0)), (Some(1), Some(0)));
        assert_eq!((pointed(130.0, 112.0), pointed(145.0, 100.0)), (None, None));
    }
}
