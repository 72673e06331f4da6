//! Which part of the period the charts show: zooming, panning, pinching and the edges of the brush, as
//! arithmetic. Knows no pixels, no events and no charts.

use super::plot::Instant;
use crate::components::drawn::within;

/// From an instant to a later one.
pub(crate) type Span = (Instant, Instant);

/// The shortest time that can be shown, milliseconds: six hours.
const SHORTEST: f64 = 6.0 * 3_600_000.0;

/// Where what was looked for comes to stand, as its share of the window from the edge it lies beyond.
const REVEALED_AT: f64 = 0.1;

/// The whole period, and the part of it that is seen. Every step keeps the part inside the whole, and no
/// shorter than [`SHORTEST`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct View {
    whole: Span,
    shown: Span,
}

impl View {
    /// All of a period.
    pub(crate) const fn new(whole: Span) -> Self {
        Self { whole, shown: whole }
    }

    /// The whole period.
    pub(crate) const fn whole(self) -> Span {
        self.whole
    }

    /// What is seen of it.
    pub(crate) const fn shown(self) -> Span {
        self.shown
    }

    /// What is seen, where that is not all.
    pub(crate) fn part(self) -> Option<Span> {
        (self.shown != self.whole).then_some(self.shown)
    }

    /// Shows so many times as much as before (less than 1: zooms in); `about` keeps its place.
    pub(crate) fn zoomed(self, about: Instant, times: f64) -> Self {
        let length = within(length(self.shown) * times, self.shortest(), length(self.whole));
        let share = ((about - self.shown.0) / self.length()).clamp(0.0, 1.0);
        self.at(
            share.mul_add(-length, within(about, self.shown.0, self.shown.1)),
            length,
        )
    }

    /// Moves what is seen by so many milliseconds, as far as the period goes.
    pub(crate) fn panned(self, by: f64) -> Self {
        self.at(self.shown.0 + by, self.length())
    }

    /// Shows two instants at two places, each the share of the width from the left: where two fingers are
    /// that once touched these instants.
    pub(crate) fn pinched(self, instants: Span, places: (f64, f64)) -> Self {
        // The fingers may have touched in any order.
        let (between, apart) = (instants.1 - instants.0, places.1 - places.0);
        if between.abs() < 1.0 || apart.abs() < 0.01 || (between > 0.0) != (apart > 0.0) {
            return self;
        }
        let length = within(between / apart, self.shortest(), length(self.whole));
        let middle = f64::midpoint(instants.0, instants.1);
        self.at(f64::midpoint(places.0, places.1).mul_add(-length, middle), length)
    }

    /// Moves the first instant seen, the last one stays.
    pub(crate) fn from(self, from: Instant) -> Self {
        let latest = (self.shown.1 - self.shortest()).max(self.whole.0);
        self.of(within(from, self.whole.0, latest), self.shown.1)
    }

    /// Moves the last instant seen, the first one stays.
    pub(crate) fn to(self, to: Instant) -> Self {
        let earliest = (self.shown.0 + self.shortest()).min(self.whole.1);
        self.of(self.shown.0, within(to, earliest, self.whole.1))
    }

    /// Moves what is seen so that an instant is among it; not at all, if it is already.
    pub(crate) fn revealing(self, at: Instant) -> Self {
        let margin = self.length() * REVEALED_AT;
        if at < self.shown.0 {
            self.at(at - margin, self.length())
        } else if at > self.shown.1 {
            self.at(at + margin - self.length(), self.length())
        } else {
            self
        }
    }

    /// Length of what is seen, milliseconds.
    pub(crate) fn length(self) -> f64 {
        length(self.shown)
    }

    /// Where an instant lies in the whole period: 0 at its start, 1 at its end.
    pub(crate) fn share(self, at: Instant) -> f64 {
        (at - self.whole.0) / length(self.whole)
    }

    /// The instant at such a share of the whole period.
    pub(crate) fn instant(self, share: f64) -> Instant {
        share.mul_add(length(self.whole), self.whole.0)
    }

    fn shortest(self) -> f64 {
        SHORTEST.min(length(self.whole))
    }

    /// A window of a length, moved into the period.
    fn at(self, from: Instant, length: f64) -> Self {
        let from = from.min(self.whole.1 - length).max(self.whole.0);
        self.of(from, from + length)
    }

    /// What differs from the whole by less than a second is the whole.
    fn of(self, from: Instant, to: Instant) -> Self {
        let is_all = from - self.whole.0 < 1000.0 && self.whole.1 - to < 1000.0;
        Self {
            shown: if is_all { self.whole } else { (from, to) },
            ..self
        }
    }
}

fn length((from, to): Span) -> f64 {
    (to - from).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: f64 = 3_600_000.0;
    const DAY: f64 = 24.0 * HOUR;

    fn ninety_days() -> View {
        View::new((0.0, 90.0 * DAY))
    }

    /// In days.
    fn days(view: View) -> (f64, f64) {
        let (from, to) = view.shown();
        (from / DAY, to / DAY)
    }

    #[test]
    fn zooming_keeps_the_instant_under_the_pointer_in_its_place() {
        let view = ninety_days().zoomed(30.0 * DAY, 0.5);
        assert_eq!(days(view), (15.0, 60.0));
        assert_eq!(days(view.zoomed(15.0 * DAY, 0.5)), (15.0, 37.5));
        assert_eq!(days(view.zoomed(30.0 * DAY, 2.0)), (0.0, 90.0));
        assert_eq!(view.zoomed(30.0 * DAY, 2.0).part(), None, "all of it is no part");
    }

    #[test]
    fn zooming_stops_at_six_hours_and_at_the_whole_period() {
        let near = ninety_days().zoomed(30.0 * DAY, 1e-9);
        assert_eq!(near.length(), 6.0 * HOUR);
        assert_eq!(near.zoomed(30.0 * DAY, 0.5), near);
        assert_eq!(ninety_days().zoomed(30.0 * DAY, 7.0), ninety_days());
        let short = View::new((0.0, HOUR));
        assert_eq!(
            short.zoomed(0.0, 0.1),
            short,
            "nothing shorter than it is already"
        );
    }

    #[test]
    fn zooming_out_near_an_edge_stays_inside_the_period() {
        let view = ninety_days().zoomed(0.0, 0.1);
        assert_eq!(days(view), (0.0, 9.0));
        assert_eq!(days(view.zoomed(9.0 * DAY, 2.0)), (0.0, 18.0));
    }

    #[test]
    fn panning_goes_as_far_as_the_period_and_keeps_the_length() {
        let view = ninety_days().zoomed(45.0 * DAY, 0.2);
        assert_eq!(days(view), (36.0, 54.0));
        assert_eq!(days(view.panned(2.0 * DAY)), (38.0, 56.0));
        assert_eq!(days(view.panned(-400.0 * DAY)), (0.0, 18.0));
        assert_eq!(days(view.panned(400.0 * DAY)), (72.0, 90.0));
        assert_eq!(
            ninety_days().panned(DAY),
            ninety_days(),
            "the whole cannot be moved"
        );
    }

    #[test]
    fn two_fingers_keep_what_they_touch() {
        let view = ninety_days();
        let touched = (30.0 * DAY, 60.0 * DAY);
        assert_eq!(
            days(view.pinched(touched, (0.0, 1.0))),
            (30.0, 60.0),
            "spread to the edges"
        );
        assert_eq!(days(view.pinched(touched, (0.25, 0.75))), (15.0, 75.0));
        assert_eq!(
            view.pinched(touched, (0.4, 0.5)),
            view,
            "no further out than the whole"
        );
        assert_eq!(view.pinched(touched, (0.5, 0.5)), view, "on one spot");
        assert_eq!(view.pinched(touched, (0.7, 0.2)), view, "crossed");
        let swapped = (60.0 * DAY, 30.0 * DAY);
        assert_eq!(
            days(view.pinched(swapped, (0.75, 0.25))),
            (15.0, 75.0),
            "in any order"
        );
    }

    #[test]
    fn the_edges_of_the_brush_do_not_pass_each_other() {
        let view = ninety_days().from(30.0 * DAY).to(40.0 * DAY);
        assert_eq!(days(view), (30.0, 40.0));
        assert_eq!(days(view.from(60.0 * DAY)), (39.75, 40.0));
        assert_eq!(days(view.to(0.0)), (30.0, 30.25));
        assert_eq!(view.from(-DAY).to(91.0 * DAY).part(), None);
    }

    #[test]
    fn what_is_looked_for_comes_into_sight_and_what_is_seen_stays() {
        let view = ninety_days().from(30.0 * DAY).to(40.0 * DAY);
        assert_eq!(view.revealing(35.0 * DAY), view);
        assert_eq!(days(view.revealing(20.0 * DAY)), (19.0, 29.0));
        assert_eq!(days(view.revealing(60.0 * DAY)), (51.0, 61.0));
        assert_eq!(days(view.revealing(90.0 * DAY)), (80.0, 90.0));
    }

    #[test]
    fn a_share_of_the_period_is_an_instant_and_back() {
        let view = ninety_days();
        assert_eq!(view.instant(0.5), 45.0 * DAY);
        assert_eq!(view.share(45.0 * DAY), 0.5);
    }
}
