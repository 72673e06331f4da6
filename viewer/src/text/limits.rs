//! How limits are written, and which of them explains a zone. Classing itself is done in `chart-model`.

use std::rc::Rc;

use chart_model::{Bounds, RangeSet, Severity, Zone};

use super::{Lang, Msg};

/// The limits of one row: one set per number.
type Sets = [Option<Rc<RangeSet>>; 2];

impl Lang {
    /// `88–`, `–83,5`, `50–100`.
    pub(crate) fn bounds(self, bounds: Bounds) -> String {
        let end = |bound: Option<_>| bound.map(|bound| self.number(bound)).unwrap_or_default();
        format!("{}–{}", end(bounds.low), end(bounds.high))
    }

    /// What a row says about its limits, the green range first of all: `88–`, `100–140 / 60–90`,
    /// `Ingen grense`.
    pub(crate) fn limits(self, sets: &Sets) -> String {
        match sets {
            [None, None] => self.say(Msg::NoLimit).into_owned(),
            [Some(set), None] => self.limits_of(set),
            [first, second] => {
                let part = |set: &Option<Rc<RangeSet>>| {
                    set.as_ref().map_or_else(|| "–".to_owned(), |s| self.limits_of(s))
                };
                format!("{} / {}", part(first), part(second))
            }
        }
    }

    fn limits_of(self, set: &RangeSet) -> String {
        if set.problem.is_some() {
            return self.say(Msg::UnusableLimits).into_owned();
        }
        if let Some(green) = set.green() {
            return self.bounds(green);
        }
        let mut zones = self.zones_of(set).into_iter();
        match (zones.next(), set.standard()) {
            (Some((zone, range)), _) => format!("{} {range}", self.say(Msg::Zone(zone))),
            (None, Some(standard)) => self.bounds(standard),
            (None, None) => self.say(Msg::NoLimit).into_owned(),
        }
    }

    /// The individual limits of a set, green first, then yellow, then red; each zone with its range.
    pub(crate) fn zones_of(self, set: &RangeSet) -> Vec<(Zone, String)> {
        let typed = set
            .ranges
            .iter()
            .filter(|range| range.severity != Severity::Standard);
        let mut zones: Vec<_> = typed
            .map(|range| (set.zone_of(range), self.bounds(range.bounds)))
            .collect();
        zones.sort_by_key(|(zone, _)| *zone);
        zones
    }

    /// Why a value lies in a zone: `under 88`, or the range itself where no neighbour names the border.
    /// `decided` is the range that the value lies in.
    pub(super) fn reason(self, zone: Zone, decided: Bounds, set: &RangeSet) -> String {
        let border = match zone {
            Zone::YellowLow => set.green().and_then(|green| green.low),
            Zone::YellowHigh => set.green().and_then(|green| green.high),
            Zone::RedLow => inner(set, Zone::YellowLow).and_then(|yellow| yellow.low),
            Zone::RedHigh => inner(set, Zone::YellowHigh).and_then(|yellow| yellow.high),
            Zone::Green | Zone::NoLimit | Zone::Unknown => None,
        };
        match (zone, border) {
            (Zone::YellowLow | Zone::RedLow, Some(bound)) => self.say(Msg::Under(&self.number(bound))),
            (Zone::YellowHigh | Zone::RedHigh, Some(bound)) => self.say(Msg::Over(&self.number(bound))),
            _ => self.say(Msg::LimitsAre(&self.bounds(decided))),
        }
        .into_owned()
    }
}

/// The range next to a red one: the yellow on its side, else the green.
fn inner(set: &RangeSet, yellow: Zone) -> Option<Bounds> {
    let beside = set.ranges.iter().find(|range| set.zone_of(range) == yellow);
    beside.map(|range| range.bounds).or_else(|| set.green())
}

/// True if a row has general ranges only, none of them the patient's own.
pub(super) fn only_standard(sets: &Sets) -> bool {
    let mut sets = sets.iter().flatten().peekable();
    sets.peek().is_some() && sets.all(|set| !set.is_personal())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fixtures::set;
    use chart_model::Decimal;

    #[test]
    fn limits_of_a_row_are_written_short() {
        for (sets, text) in [
            ([Some(set(&["N 88-", "A 85-87", "AA -84"])), None], "88–"),
            ([Some(set(&["N -83.5"])), None], "–83,5"),
            ([Some(set(&["N 50-100"])), None], "50–100"),
            (
                [Some(set(&["N 100-140"])), Some(set(&["N 60-90"]))],
                "100–140 / 60–90",
            ),
            ([Some(set(&["N 100-140"])), None], "100–140"),
            ([None, Some(set(&["N 60-90"]))], "– / 60–90"),
            ([Some(set(&["A 38-39", "AA 39.1-"])), None], "Gul 38–39"),
            ([Some(set(&["S 50-100"])), None], "50–100"),
            ([None, None], "Ingen grense"),
        ] {
            assert_eq!(Lang::Bokmal.limits(&sets), text);
        }
        let broken = RangeSet {
            problem: Some(chart_model::FindingKind::LimitReversed),
            ..RangeSet::default()
        };
        assert_eq!(
            Lang::Bokmal.limits(&[Some(Rc::new(broken)), None]),
            "Uklar grense"
        );
    }

    #[test]
    fn the_border_that_was_crossed_explains_a_zone() {
        let limits = set(&["N 88-95", "A 85-87", "A 96-98", "AA -84", "AA 99-"]);
        let check = |value: &str, why: &str| {
            let classed = limits.classify(Decimal::parse(value).unwrap());
            let bounds = classed.bounds.unwrap();
            assert_eq!(Lang::Bokmal.reason(classed.zone, bounds, &limits), why, "{value}");
        };
        check("86", "under 88");
        check("84", "under 85");
        check("97", "over 95");
        check("99", "over 98");
        check("90", "grense 88–95");
        let without_green = set(&["A 85-87"]);
        let bounds = without_green.classify(Decimal::new(86, 0)).bounds.unwrap();
        assert_eq!(
            Lang::Bokmal.reason(Zone::YellowLow, bounds, &without_green),
            "grense 85–87"
        );
    }
}
