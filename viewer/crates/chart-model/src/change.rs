//! How much a reading differs from the one before it, in the numbers that are shown. Says nothing of what
//! a change means.

use std::rc::Rc;

use crate::reading::{Component, Reading};
use crate::{ClinicalTime, Decimal, Parameter};

/// The change since the reading before.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The reading before.
    pub previous: Rc<Reading>,
    /// Latest minus previous, one per number, in the parameter's shown unit and with its decimals;
    /// `None` where the two cannot be compared.
    pub by: [Option<Decimal>; 2],
}

/// The change from the newest plausible reading that was surely taken before `latest`. `readings` are all of
/// its parameter, oldest first. `None` if there is no such reading, or none of its numbers can be compared:
/// a bound (`<3.9`), a unit that cannot be converted, a part that is missing, an implausible `latest`, or scores of which
/// nobody knows whether they are of one questionnaire.
pub fn change(readings: &[Rc<Reading>], latest: &Reading) -> Option<Change> {
    let is_nameless = matches!(&latest.parameter, Parameter::Other(other) if other.is_nameless_score());
    if latest.is_implausible() || is_nameless {
        return None;
    }
    let previous = readings
        .iter()
        .rev()
        .find(|reading| !reading.is_implausible() && is_before(&reading.time, &latest.time))?;
    let numbers = latest.values.parts().into_iter().zip(previous.values.parts());
    let mut by = numbers.map(|(now, then)| number(now?)?.minus(number(then?)?));
    let by = [by.next().flatten(), by.next().flatten()];
    by.iter().any(Option::is_some).then(|| Change {
        previous: Rc::clone(previous),
        by,
    })
}

/// Whether one time surely comes before another: a day without a clock time is before and after nothing
/// of the same day.
fn is_before(one: &ClinicalTime, other: &ClinicalTime) -> bool {
    if one.has_clock() && other.has_clock() {
        one.start_ms() < other.start_ms()
    } else {
        one.oslo_date() < other.oslo_date()
    }
}

/// A number that can be compared: a measured one in the parameter's own unit.
fn number(component: &Component) -> Option<Decimal> {
    let quantity = &component.quantity;
    (quantity.comparator.is_none() && quantity.as_sent_unit.is_none()).then_some(quantity.shown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameter::{LOINC, Other, QUESTIONNAIRE_SCORE};
    use crate::reading::{Comparator, Values};
    use crate::testing::{component, reading};

    const THEN: &str = "2026-11-20T08:00:00+01:00";
    const NOW: &str = "2026-11-21T08:00:00+01:00";

    fn by(readings: Vec<Reading>) -> Option<[Option<String>; 2]> {
        let readings: Vec<_> = readings.into_iter().map(Rc::new).collect();
        let change = change(&readings, readings.last()?)?;
        Some(change.by.map(|by| by.map(|by| by.to_string())))
    }

    #[track_caller]
    fn check(then: (&str, &str), now: (&str, &str), expected: Option<&str>) {
        let found = by(vec![reading("a", then.0, then.1), reading("b", now.0, now.1)]);
        let found = found.and_then(|[first, _]| first);
        assert_eq!(found.as_deref(), expected, "{then:?} {now:?}");
    }

    #[test]
    fn the_difference_is_exact_in_the_shown_digits() {
        for (then, now, expected) in [
            ("88", "91", "3"),
            ("91", "88", "-3"),
            ("91", "91", "0"),
            ("84", "83.5", "-0.5"),
            ("70.3", "70.1", "-0.2"),
            ("90.10", "90.3", "0.20"),
        ] {
            check((THEN, then), (NOW, now), Some(expected));
        }
    }

    #[test]
    fn scores_that_nothing_names_are_not_compared() {
        let score = |id: &str, time: &str, value: &str, text: &str| Reading {
            parameter: Parameter::Other(Rc::new(Other {
                system: LOINC.into(),
                code: QUESTIONNAIRE_SCORE.into(),
                text: text.into(),
                unit: "{score}".into(),
            })),
            ..reading(id, time, value)
        };
        for (text, expected) in [("PHQ-9", Some("48")), ("", None), ("74465-6", None)] {
            let found = by(vec![score("a", THEN, "7", text), score("b", NOW, "55", text)]);
            let found = found.and_then(|[first, _]| first);
            assert_eq!(found.as_deref(), expected, "{text:?}");
        }
    }

    #[test]
    fn the_reading_before_is_surely_earlier() {
        check((NOW, "88"), (NOW, "91"), None);
        check(("2026-11-21", "88"), (NOW, "91"), None);
        check((NOW, "88"), ("2026-11-21", "91"), None);
        check(("2026-11-20", "88"), (NOW, "91"), Some("3"));
        check(("2026-11-20", "88"), ("2026-11-21", "91"), Some("3"));
        // 23:30 UTC is past midnight in Oslo.
        check(("2026-11-20T23:30:00Z", "88"), ("2026-11-21", "91"), None);
    }

    #[test]
    fn an_implausible_reading_is_passed_over_and_has_no_change_itself() {
        let then = reading("a", THEN, "88");
        let wrong = reading("b", "2026-11-20T20:00:00+01:00", "9");
        let now = reading("c", NOW, "91");
        assert_eq!(
            by(vec![then.clone(), wrong.clone(), now]),
            Some([Some("3".to_owned()), None])
        );
        assert_eq!(by(vec![then.clone(), wrong]), None);
        assert_eq!(by(vec![then]), None, "there is none before it");
    }

    #[test]
    fn bounds_and_foreign_units_are_not_compared() {
        let changed = |change: fn(&mut Component)| {
            let mut now = reading("b", NOW, "91");
            if let Values::Single(component) = &mut now.values {
                change(component);
            }
            by(vec![reading("a", THEN, "88"), now])
        };
        assert!(changed(|_| ()).is_some());
        assert_eq!(changed(|c| c.quantity.comparator = Some(Comparator::Less)), None);
        assert_eq!(changed(|c| c.quantity.as_sent_unit = Some("x".into())), None);
    }

    #[test]
    fn of_a_pair_each_number_changes_by_itself() {
        let pair = |id, time, systolic: Option<&str>, diastolic: Option<&str>| Reading {
            parameter: crate::Known::BloodPressure.into(),
            values: Values::Pair {
                systolic: systolic.map(|value| component(value, None)),
                diastolic: diastolic.map(|value| component(value, None)),
            },
            ..reading(id, time, "1")
        };
        let then = pair("a", THEN, Some("132"), Some("84"));
        for (systolic, diastolic, expected) in [
            (
                Some("128"),
                Some("88"),
                Some([Some("-4".to_owned()), Some("4".to_owned())]),
            ),
            (None, Some("88"), Some([None, Some("4".to_owned())])),
            (Some("128"), None, Some([Some("-4".to_owned()), None])),
        ] {
            let now = pair("b", NOW, systolic, diastolic);
            assert_eq!(by(vec![then.clone(), now]), expected);
        }
        let only_diastolic = pair("a", THEN, None, Some("84"));
        let only_systolic = pair("b", NOW, Some("128"), None);
        assert_eq!(by(vec![only_diastolic, only_systolic]), None);
    }
}
