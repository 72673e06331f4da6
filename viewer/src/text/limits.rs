//! How limits are written, and which of them explains a zone. Classing itself is done in `chart-model`.

use std::rc::Rc;

use chart_model::{Bounds, Decimal, RangeSet, Severity, Zone, lowercase, order};

use super::{Lang, Msg, listed};

/// The limits of one row: one set per number.
type Sets = [Option<Rc<RangeSet>>; 2];

impl Lang {
    /// `88–`, `–83,5`, `50–100`.
    pub(crate) fn bounds(self, bounds: Bounds) -> String {
        let end = |bound: Option<_>| bound.map(|bound| self.number(bound)).unwrap_or_default();
        format!("{}–{}", end(bounds.low), end(bounds.high))
    }

    /// The same in words: `fra 88`, `opp til 83,5`, `50 til 100`.
    fn bounds_in_words(self, bounds: Bounds) -> String {
        let (low, high) = (
            bounds.low.map(|low| self.number(low)),
            bounds.high.map(|high| self.number(high)),
        );
        let msg = match (&low, &high) {
            (Some(low), Some(high)) => Msg::Between(low, high),
            (Some(low), None) => Msg::AtLeast(low),
            (None, Some(high)) => Msg::AtMost(high),
            (None, None) => Msg::NoLimit,
        };
        self.say(msg).into_owned()
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
        match shown(set) {
            Shown::Range(None, bounds) => self.bounds(bounds),
            Shown::Range(Some(zone), bounds) => {
                format!("{} {}", self.say(Msg::Zone(zone)), self.bounds(bounds))
            }
            Shown::Unusable => self.say(Msg::UnusableLimits).into_owned(),
            Shown::Nothing => self.say(Msg::NoLimit).into_owned(),
        }
    }

    /// The limits of a row read aloud, in the middle of a sentence: `grense fra 88`, `systolisk grense 100 til
    /// 140, diastolisk grense 60 til 90`. Empty where there are none.
    pub(super) fn limits_in_words(self, sets: &Sets) -> String {
        let part = |set: &Option<Rc<RangeSet>>| set.as_ref().and_then(|set| self.limits_of_in_words(set));
        match sets {
            [first, None] => part(first).unwrap_or_default(),
            [first, second] => {
                let named =
                    |number: Msg<'_>, set| part(set).map(|text| format!("{} {text}", self.say(number)));
                listed([named(Msg::Systolic, first), named(Msg::Diastolic, second)])
            }
        }
    }

    fn limits_of_in_words(self, set: &RangeSet) -> Option<String> {
        let said = |bounds| {
            let range = self.bounds_in_words(bounds);
            self.say(Msg::LimitsAre(&range)).into_owned()
        };
        match shown(set) {
            Shown::Range(None, bounds) => Some(said(bounds)),
            Shown::Range(Some(zone), bounds) => Some(format!("{} {}", self.zone_in_text(zone), said(bounds))),
            Shown::Unusable => Some(lowercase(&self.say(Msg::UnusableLimits))),
            Shown::Nothing => None,
        }
    }

    /// The individual limits of a set, green first, then yellow, then red; each zone with its range.
    pub(crate) fn zones_of(self, set: &RangeSet) -> Vec<(Zone, String)> {
        let zones = individual(set).into_iter();
        zones.map(|(zone, bounds)| (zone, self.bounds(bounds))).collect()
    }

    /// Why a value lies in a zone: `under 88`, or the range itself where no neighbour names the border, or the value
    /// does not lie beyond it (limits that overlap). `decided` is the range that the value lies in.
    pub(super) fn reason(self, zone: Zone, value: Decimal, decided: Bounds, set: &RangeSet) -> String {
        let border = match zone {
            Zone::YellowLow => set.green().and_then(|green| green.low),
            Zone::YellowHigh => set.green().and_then(|green| green.high),
            Zone::RedLow => inner(set, Zone::YellowLow).and_then(|yellow| yellow.low),
            Zone::RedHigh => inner(set, Zone::YellowHigh).and_then(|yellow| yellow.high),
            Zone::Green | Zone::NoLimit | Zone::Unknown => None,
        };
        match (zone, border) {
            (Zone::YellowLow | Zone::RedLow, Some(bound)) if value < bound => {
                self.say(Msg::Under(&self.number(bound)))
            }
            (Zone::YellowHigh | Zone::RedHigh, Some(bound)) if value > bound => {
                self.say(Msg::Over(&self.number(bound)))
            }
            _ => self.say(Msg::LimitsAre(&self.bounds_in_words(decided))),
        }
        .into_owned()
    }
}

/// What is shown of one set of limits in a row.
enum Shown {
    /// A range; with its zone where it is not the green one.
    Range(Option<Zone>, Bounds),
    /// There are limits, but they contradict each other or cannot be read.
    Unusable,
    /// No limit.
    Nothing,
}

fn shown(set: &RangeSet) -> Shown {
    if set.problem.is_some() {
        return Shown::Unusable;
    }
    if let Some(green) = set.green() {
        return Shown::Range(None, green);
    }
    match (individual(set).first(), set.standard()) {
        (Some((zone, bounds)), _) => Shown::Range(Some(*zone), *bounds),
        (None, Some(standard)) => Shown::Range(None, standard),
        (None, None) => Shown::Nothing,
    }
}

/// The individual limits of a set by their zones, green first, then yellow, then red.
fn individual(set: &RangeSet) -> Vec<(Zone, Bounds)> {
    let mut zones: Vec<_> = set
        .ranges
        .iter()
        .filter(|range| range.severity != Severity::Standard)
        .map(|range| (set.zone_of(range), range.bounds))
        .collect();
    order::by_key(&mut zones, |(zone, _)| *zone as i64);
    zones
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
    fn limits_of_a_row_are_said_in_words() {
        for (sets, words) in [
            (
                [Some(set(&["N 88-", "A 85-87"])), None],
                ["grense fra 88", "grense frå 88", "limit from 88"],
            ),
            (
                [Some(set(&["N -83.5"])), None],
                ["grense opp til 83,5", "grense opp til 83,5", "limit up to 83.5"],
            ),
            (
                [Some(set(&["A 38-39"])), None],
                [
                    "gul grense 38 til 39",
                    "gul grense 38 til 39",
                    "yellow limit 38 to 39",
                ],
            ),
            (
                [None, Some(set(&["N 60-90"]))],
                [
                    "diastolisk grense 60 til 90",
                    "diastolisk grense 60 til 90",
                    "diastolic limit 60 to 90",
                ],
            ),
            ([None, None], [""; 3]),
        ] {
            assert_eq!(Lang::ALL.map(|lang| lang.limits_in_words(&sets)), words);
        }
    }

    #[test]
    fn the_border_that_was_crossed_explains_a_zone() {
        let limits = set(&["N 88-95", "A 85-87", "A 96-98", "AA -84", "AA 99-"]);
        let check = |value: &str, why: &str| {
            reason(&limits, value, why);
        };
        check("86", "under 88");
        check("84", "under 85");
        check("97", "over 95");
        check("99", "over 98");
        check("90", "grense 88 til 95");
        reason(&set(&["A 85-87"]), "86", "grense 85 til 87");
    }

    #[track_caller]
    fn reason(limits: &RangeSet, value: &str, why: &str) {
        let value = Decimal::parse(value).unwrap();
        let classed = limits.classify(value);
        let bounds = limits.ranges[classed.range.unwrap()].bounds;
        assert_eq!(
            Lang::Bokmal.reason(classed.zone, value, bounds, limits),
            why,
            "{value}"
        );
    }

    #[test]
    fn a_value_on_the_border_of_two_limits_is_not_beyond_it() {
        let touching = set(&["N 88-140", "A 140-160", "AA 160-"]);
        reason(&touching, "140", "grense 140 til 160");
        reason(&touching, "141", "over 140");
        reason(&touching, "160", "grense fra 160");
    }
}
