//! What is seen of a curve, in words: the part of the period, and where its limits changed.

use chart_model::series::{Basis, LimitStep};
use chart_model::time::DAY_MS;
use chart_model::{Date, oslo};

use super::{Lang, Msg};

/// A part of the period this short is told with its clock times, milliseconds.
const SHORT_MS: f64 = 4.0 * DAY_MS as f64;

/// First and last instant, milliseconds since 1970 UTC.
type Span = (f64, f64);

/// Changes of limits that are told one by one below a curve.
const MOST_TOLD: usize = 5;

impl Lang {
    /// An edge of what is seen: `3. sep.`, with the clock where only some days are seen: `3. sep. 08.00`. An edge at
    /// midnight that ends what is seen is the day before.
    pub(crate) fn edge(self, at: f64, seen: Span, today: Date) -> String {
        let instant = if at >= seen.1 { at as i64 - 1 } else { at as i64 };
        let day = self.day(oslo::date_of(instant), today);
        if seen.1 - seen.0 < SHORT_MS {
            format!("{day} {}", self.clock(at as i64))
        } else {
            day
        }
    }

    /// A part of the period: `3. sep.–12. sep.`
    pub(crate) fn part(self, seen: Span, today: Date) -> String {
        let (from, to) = (self.edge(seen.0, seen, today), self.edge(seen.1, seen, today));
        if from == to {
            return from;
        }
        self.say(Msg::FromTo(&from, &to)).into_owned()
    }

    /// What changed at the step at a place, and by whom: `Grense endret 3. sep. av N.N.: 88– → 90–`.
    pub(crate) fn limit_change(self, steps: &[LimitStep], place: usize, today: Date) -> Option<String> {
        let step = steps.get(place)?;
        let before = steps.get(place.checked_sub(1)?)?;
        Some(format!(
            "{}: {} → {}",
            self.limits_changed(step, today),
            self.limits(&before.sets),
            self.limits(&step.sets)
        ))
    }

    /// Every change of limits in a sentence of its own: `Grense endret 3. sep. av N.N.` Empty where nothing changed; of
    /// many only how many there were, since the chart marks and the table tells each.
    pub(crate) fn limit_changes(self, steps: &[LimitStep], today: Date) -> String {
        if let Some(last) = steps.last().filter(|_| steps.len() > 1 + MOST_TOLD) {
            let day = self.day(oslo::date_of(last.from), today);
            return self
                .say(Msg::LimitsChangedOften(steps.len() - 1, &day))
                .into_owned();
        }
        let changes = steps.iter().skip(1).map(|step| {
            let changed = self.limits_changed(step, today);
            // An abbreviated month or name brings the full stop along.
            format!("{}.", changed.trim_end_matches('.'))
        });
        changes.collect::<Vec<_>>().join(" ")
    }

    fn limits_changed(self, step: &LimitStep, today: Date) -> String {
        let day = self.day(oslo::date_of(step.from), today);
        let changed = capitalised(&self.say(Msg::LimitsChanged(&day)));
        let author = match &step.basis {
            Basis::Plan(era) => era.author.as_deref(),
            _ => None,
        };
        match author {
            Some(author) => format!("{changed} {}", self.say(Msg::PlanAuthor(author))),
            None => changed,
        }
    }
}

/// With its first letter large.
pub(crate) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::text::fixtures::{moment, set};
    use chart_model::LimitEra;

    fn today() -> Date {
        Date::parse("2026-11-22").unwrap()
    }

    fn seen(from: &str, to: &str) -> String {
        let seen = (moment(from) as f64, moment(to) as f64);
        Lang::Bokmal.part(seen, today()).replace('\u{a0}', " ")
    }

    #[test]
    fn a_part_of_the_period_is_said_in_days_and_a_short_one_with_clock_times() {
        assert_eq!(
            seen("2026-09-03T00:00:00+02:00", "2026-09-13T00:00:00+02:00"),
            "3. sep.–12. sep."
        );
        assert_eq!(
            seen("2026-09-03T06:00:00+02:00", "2026-09-03T12:00:00+02:00"),
            "3. sep. 06.00–3. sep. 12.00"
        );
        assert_eq!(
            seen("2025-12-03T00:00:00+01:00", "2026-01-13T00:00:00+01:00"),
            "3. des. 2025–12. jan."
        );
    }

    #[test]
    fn a_change_of_limits_is_told_with_its_author_and_both_limits() {
        let from = moment("2026-09-03T08:00:00+02:00");
        let step = |from, green, basis| LimitStep {
            from,
            to: i64::MAX,
            sets: [Some(set(&[green])), None],
            basis,
        };
        let era = LimitEra {
            from,
            to: i64::MAX,
            sets: [None, None],
            author: Some("N.N.".into()),
        };
        let steps = [
            step(0, "N 90-", Basis::Reading),
            step(from, "N 88-", Basis::Plan(Rc::new(era))),
        ];
        let lang = Lang::Bokmal;
        let said = |place| {
            lang.limit_change(&steps, place, today())
                .map(|said| said.replace('\u{a0}', " "))
        };
        assert_eq!(said(0), None, "the first limits are no change");
        assert_eq!(
            said(1).as_deref(),
            Some("Grense endret 3. sep. av N.N.: 90– → 88–")
        );
        assert_eq!(
            lang.limit_changes(&steps, today()).replace('\u{a0}', " "),
            "Grense endret 3. sep. av N.N."
        );
        assert_eq!(lang.limit_changes(&steps[..1], today()), "");
        let often: Vec<_> = (0..7)
            .map(|count| step(from + count, "N 90-", Basis::Reading))
            .collect();
        assert_eq!(
            Lang::ALL.map(|lang| lang.limit_changes(&often, today()).replace('\u{a0}', " ")),
            [
                "Grensen er endret 6 ganger, sist 3. sep.",
                "Grensa er endra 6 gonger, sist 3. sep.",
                "The limit has changed 6 times, last 3 Sep.",
            ]
        );
    }
}
