//! A whole curve in words: what it shows, and how much of the period it covers.

use chart_model::time::HOUR_MS;
use chart_model::{Decimal, ExclusionKind, Period, Point, Series, Zone, oslo};

use super::{Lang, Msg, listed};

impl Lang {
    /// One sentence that sums up a curve: `SpO₂: 84–96 %, siste 91 %, 11 gule, 2 røde.`
    /// Empty where there is nothing to sum up.
    pub(crate) fn summary(self, series: &Series) -> String {
        let Some(newest) = series.points.last() else {
            return String::new();
        };
        let count = |matches: fn(Zone) -> bool| series.points.iter().filter(|p| matches(p.zone)).count();
        let some = |number: usize, msg: fn(usize) -> Msg<'static>| {
            (number > 0).then(|| self.say(msg(number)).into_owned())
        };
        // Of what stands on the axis: the newest reading may have come in another unit.
        let spread = self.spread(series);
        let sentence = listed([
            (!spread.is_empty()).then(|| self.with_unit(&spread, series.parameter.unit())),
            Some(
                self.say(Msg::Newest(&self.value_with_unit(&newest.reading)))
                    .into_owned(),
            ),
            some(
                count(|z| matches!(z, Zone::YellowLow | Zone::YellowHigh)),
                Msg::YellowCount,
            ),
            some(
                count(|z| matches!(z, Zone::RedLow | Zone::RedHigh)),
                Msg::RedCount,
            ),
            some(count(|z| z == Zone::Unknown), Msg::NoZoneCount),
        ]);
        format!("{}: {sentence}.", self.parameter(&series.parameter))
    }

    /// How much of the period is covered; a break is as long as the days without any reading: `62 målinger på 58 av 90 dager, ett opphold på 9 dager.`
    pub(crate) fn coverage(self, series: &Series) -> String {
        let days = days_to_cover(series.period);
        let covered = series
            .days_with_readings()
            .min(usize::try_from(days).unwrap_or(usize::MAX));
        let longest = series.gaps.iter().max_by_key(|gap| gap.to - gap.from);
        let gaps = longest.map(|gap| {
            let day = |instant| oslo::date_of(instant).days_since_epoch();
            let length = match day(gap.to) - day(gap.from) {
                ..=1 => Msg::Hours((gap.to - gap.from) / HOUR_MS),
                days => Msg::Days(days - 1),
            };
            self.say(Msg::Gaps(series.gaps.len(), &self.say(length)))
                .into_owned()
        });
        let withdrawn = series
            .excluded
            .iter()
            .filter(|e| e.kind != ExclusionKind::Implausible && e.kind.is_left_out())
            .count();
        let some = |number: usize, msg: fn(usize) -> Msg<'static>| {
            (number > 0).then(|| self.say(msg(number)).into_owned())
        };
        let sentence = listed([
            Some(
                self.say(Msg::Coverage(series.points.len(), covered, days))
                    .into_owned(),
            ),
            gaps,
            some(series.implausible.len(), Msg::ImplausibleCount),
            some(withdrawn, Msg::ExcludedCount),
        ]);
        format!("{sentence}.")
    }

    /// Lowest to highest, of a blood pressure for both numbers: `84–96`, `<3,9–14,4`, `104–151/62–95`.
    fn spread(self, series: &Series) -> String {
        let ends = [0, 1].map(|number| {
            let value = |point: &Point| point.numbers.get(number).copied().unwrap_or(f64::NAN);
            let shown = |point: &Point| {
                let part = point.reading.values.parts().get(number).copied().flatten();
                part.map(|component| self.quantity(&component.quantity))
            };
            let points = series.points.iter().filter(|point| !value(point).is_nan());
            let low = points.clone().min_by(|a, b| value(a).total_cmp(&value(b)))?;
            let high = points.max_by(|a, b| value(a).total_cmp(&value(b)))?;
            shown(low).zip(shown(high))
        });
        ends.into_iter()
            .flatten()
            .map(|(low, high)| {
                if low == high {
                    low
                } else {
                    format!("{low}–{high}")
                }
            })
            .collect::<Vec<_>>()
            .join("/")
    }

    /// `84–96`, or `84` where both are that.
    pub(super) fn low_to_high(self, low: Decimal, high: Decimal) -> String {
        if low == high {
            self.number(low)
        } else {
            format!("{}–{}", self.number(low), self.number(high))
        }
    }
}

/// How many days of a period there could be readings on. A day that is not over (today) counts as a day with
/// a reading, but not among those.
fn days_to_cover(period: Period) -> i64 {
    let last_is_over = oslo::date_of(period.to) < oslo::date_of(period.to + 1);
    let days = period.calendar_days() - i64::from(!last_is_over);
    days.max(1)
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::text::fixtures::{moment, reading, set};
    use chart_model::reading::Comparator;
    use chart_model::{Date, Known, PeriodChoice, Reading, Values};

    fn series(known: Known, values: &[(&str, &str)]) -> Series {
        let limits = [Some(set(&["N 88-", "A 85-87", "AA -84"])), None];
        let readings: Vec<_> = values
            .iter()
            .map(|(time, value)| Rc::new(reading(known, value, limits.clone(), time)))
            .collect();
        let period = Period::last_days(90, moment("2026-11-22T09:14:00+01:00"));
        Series::build(&known.into(), &readings, &[], None, period)
    }

    #[test]
    fn a_curve_is_summed_up_in_a_sentence() {
        let curve = series(
            Known::Spo2,
            &[
                ("2026-11-01T08:00:00+01:00", "91"),
                ("2026-11-02T08:00:00+01:00", "86"),
                ("2026-11-03T08:00:00+01:00", "84"),
                ("2026-11-04T08:00:00+01:00", "7"),
                ("2026-11-20T08:00:00+01:00", "90"),
                ("2026-11-21T08:00:00+01:00", "92"),
            ],
        );
        assert_eq!(
            Lang::ALL.map(|lang| lang.summary(&curve).replace('\u{a0}', " ")),
            [
                "SpO₂: 84–92 %, siste 92 %, 1 gul, 1 rød.",
                "SpO₂: 84–92 %, siste 92 %, 1 gul, 1 raud.",
                "SpO₂: 84–92%, latest 92%, 1 yellow, 1 red.",
            ]
        );
        assert_eq!(
            Lang::ALL.map(|lang| lang.coverage(&curve)),
            [
                "5 målinger på 5 av 90 dager, ett opphold på 16 dager, 1 usannsynlig måling er utelatt.",
                "5 målingar på 5 av 90 dagar, eitt opphald på 16 dagar, 1 usannsynleg måling er utelaten.",
                "5 readings on 5 of 90 days, one gap of 16 days, 1 implausible reading is left out.",
            ]
        );
    }

    #[test]
    fn a_spread_is_of_what_stands_on_the_axis_in_its_unit() {
        let mut percent = reading(Known::Fev1, "62", [None, None], "2026-11-20T08:00:00+01:00");
        let mut bound = reading(Known::Fev1, "0.9", [None, None], "2026-11-10T08:00:00+01:00");
        if let Values::Single(component) = &mut percent.values {
            component.quantity.as_sent_unit = Some("%".into());
        }
        if let Values::Single(component) = &mut bound.values {
            component.quantity.comparator = Some(Comparator::Less);
        }
        let litres = reading(Known::Fev1, "1.31", [None, None], "2026-11-01T08:00:00+01:00");
        let said = |readings: &[&Reading]| {
            let readings: Vec<_> = readings
                .iter()
                .map(|reading| Rc::new((*reading).clone()))
                .collect();
            let period = Period::last_days(90, moment("2026-11-22T09:14:00+01:00"));
            let curve = Series::build(&Known::Fev1.into(), &readings, &[], None, period);
            Lang::Bokmal.summary(&curve).replace('\u{a0}', " ")
        };
        assert_eq!(
            said(&[&litres, &bound, &percent]),
            "FEV1: <0,9–1,31 L, siste 62 %, 1 uten sone."
        );
        assert_eq!(said(&[&percent]), "FEV1: siste 62 %, 1 uten sone.");
    }

    #[test]
    fn an_empty_curve_has_nothing_to_sum_up() {
        let curve = series(Known::Spo2, &[]);
        assert_eq!(Lang::Bokmal.summary(&curve), "");
        assert_eq!(Lang::Bokmal.coverage(&curve), "0 målinger på 0 av 90 dager.");
    }

    #[test]
    fn only_the_days_that_are_over_can_be_covered() {
        let noon = moment("2026-11-22T12:00:00+01:00");
        assert_eq!(days_to_cover(Period::last_days(90, noon)), 90);
        let date = |text| Date::parse(text).unwrap();
        let days = |from, to| {
            let choice = PeriodChoice::between(date(from), date(to), date("2026-11-22")).unwrap();
            days_to_cover(choice.period(noon))
        };
        assert_eq!(days("2026-09-03", "2026-09-04"), 2);
        assert_eq!(days("2026-10-25", "2026-10-25"), 1, "a day of 25 hours");
        assert_eq!(days("2026-11-20", "2026-11-22"), 2, "today is not over");
        assert_eq!(days("2026-11-22", "2026-11-22"), 1);
    }

    #[test]
    fn a_blood_pressure_is_summed_up_as_a_pair() {
        let curve = series(
            Known::BloodPressure,
            &[
                ("2026-11-01T08:00:00+01:00", "132/84"),
                ("2026-11-02T08:00:00+01:00", "128/79"),
            ],
        );
        assert!(Lang::Bokmal.summary(&curve).contains("128–132/79–84\u{a0}mmHg"));
    }
}
