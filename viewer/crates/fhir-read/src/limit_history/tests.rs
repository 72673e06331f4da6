//! Eras from the goals of several numbers and times, each rule as a row.

use super::*;
use chart_model::{Bounds, Decimal, Known, LimitRange, RangeSet, Severity};

/// `(number, from, to, low)`; no end is `None`.
type Row = (usize, i64, Option<i64>, i64);

fn span((number, from, to, low): Row) -> Span {
    let range = LimitRange {
        severity: Severity::Green,
        bounds: Bounds {
            low: Some(Decimal::new(low, 0)),
            high: None,
        },
    };
    Span {
        parameter: Known::BloodPressure.into(),
        number,
        from,
        to: to.unwrap_or(i64::MAX),
        set: Rc::new(RangeSet {
            ranges: vec![range],
            problem: None,
        }),
        author: Some(low.to_string().into()),
        follows_unknown: false,
    }
}

/// Eras as `from–to systolic/diastolic by author`.
#[track_caller]
fn check(rows: &[Row], expected: &[&str]) {
    let spans: Vec<Span> = rows.iter().copied().map(span).collect();
    let histories = histories(&spans);
    let eras = histories.iter().flat_map(|history| &history.eras).map(|era| {
        let time = |at: i64| {
            if at == i64::MAX {
                String::new()
            } else {
                at.to_string()
            }
        };
        let low = |set: &Option<Rc<RangeSet>>| {
            let green = set.as_ref().and_then(|set| set.green());
            green
                .and_then(|green| green.low)
                .map_or_else(|| "–".to_owned(), |low| low.to_string())
        };
        let [systolic, diastolic] = era.sets.each_ref().map(low);
        let by = era.author.as_deref().unwrap_or_default();
        format!(
            "{}–{} {systolic}/{diastolic} by {by}",
            time(era.from),
            time(era.to)
        )
    });
    assert_eq!(eras.collect::<Vec<_>>(), expected, "{rows:?}");
}

#[test]
fn eras_follow_one_another_and_the_newest_limits_count_whole() {
    check(&[], &[]);
    check(&[(0, 10, None, 90)], &["10– 90/– by 90"]);
    check(
        &[(0, 10, Some(20), 90), (0, 20, None, 95)],
        &["10–20 90/– by 90", "20– 95/– by 95"],
    );
    check(
        &[(0, 10, Some(20), 90), (0, 30, None, 95)],
        &["10–20 90/– by 90", "30– 95/– by 95"],
    );
    // Two goals at once: the one that began last.
    check(
        &[(0, 20, None, 95), (0, 10, None, 90)],
        &["10–20 90/– by 90", "20– 95/– by 95"],
    );
    check(
        &[(0, 10, None, 90), (0, 20, Some(30), 95)],
        &["10–20 90/– by 90", "20–30 95/– by 95", "30– 90/– by 90"],
    );
    check(&[(0, 10, None, 90), (0, 10, None, 95)], &["10– 90/– by 90"]);
}

#[test]
fn a_new_version_with_the_same_limits_is_no_new_era() {
    check(&[(0, 10, Some(20), 90), (0, 20, None, 90)], &["10– 90/– by 90"]);
    check(
        &[(0, 10, Some(20), 90), (0, 25, None, 90)],
        &["10–20 90/– by 90", "25– 90/– by 90"],
    );
}

#[test]
fn both_numbers_of_a_blood_pressure_change_in_their_own_time() {
    check(
        &[(0, 10, None, 90), (1, 20, None, 60)],
        &["10–20 90/– by 90", "20– 90/60 by 60"],
    );
    check(
        &[(0, 10, Some(20), 90), (1, 5, None, 60)],
        &["5–10 –/60 by 60", "10–20 90/60 by 90", "20– –/60 by 60"],
    );
}

#[test]
fn limits_without_a_time_hold_now_only() {
    check(&[(0, i64::MAX, None, 90)], &["– 90/– by 90"]);
    check(
        &[(0, i64::MAX, None, 90), (1, 10, None, 60)],
        &["10– –/60 by 60", "– 90/60 by 90"],
    );
    let spans = [span((0, i64::MAX, None, 90))];
    assert!(!histories(&spans)[0].is_complete);
}

#[test]
fn what_lies_before_a_version_that_is_not_the_first_is_not_known() {
    let mut later = span((0, 10, None, 90));
    assert!(histories(std::slice::from_ref(&later))[0].is_complete);
    later.follows_unknown = true;
    assert!(!histories(&[later])[0].is_complete);
}
