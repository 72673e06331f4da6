//! The line: where it breaks, and what stands on it.

use super::*;
use proptest::prelude::*;

fn check_gaps(days: &[i64], planned: Option<i64>, gaps: usize, why: &str) {
    let plan = plan(planned, None);
    assert_eq!(build(daily(days), Some(&plan)).gaps.len(), gaps, "{why}");
}

#[test]
fn the_line_breaks_strictly_beyond_the_cadence() {
    check_gaps(&[9, 8, 7, 6, 5], None, 0, "daily");
    check_gaps(&[9, 8, 7, 4, 3, 2], None, 0, "exactly three medians");
    check_gaps(&[19, 18, 17, 8, 7, 6], None, 1, "nine days without");
    check_gaps(&[30, 20, 10], None, 0, "two intervals are no cadence");
    check_gaps(
        &[19, 18, 17, 15, 14],
        Some(DAY_MS),
        1,
        "planned daily, one day missed",
    );
    check_gaps(&[9, 6, 3], Some(2 * DAY_MS), 0, "exactly 1.5 × the plan");
    check_gaps(&[], None, 0, "nothing");
}

#[test]
fn measuring_again_at_one_sitting_is_no_cadence() {
    let gaps = |minutes: &[i64]| {
        let at = |minute: &i64| now() - 20 * DAY_MS + minute * MINUTE_MS;
        let readings = minutes.iter().map(|minute| {
            let time = oslo::to_fhir(at(minute));
            reading(&minute.to_string(), &time, "91")
        });
        build(readings.collect(), None).gaps.len()
    };
    let sittings = |hours: &[i64], minutes: &[i64]| -> Vec<i64> {
        let all = hours
            .iter()
            .flat_map(|hour| minutes.iter().map(move |m| hour * 60 + m));
        all.collect()
    };
    let twice_a_day = [0, 12, 24, 36, 48, 60, 72, 84];
    for minutes in [&[0][..], &[0, 1], &[0, 2, 4]] {
        assert_eq!(gaps(&sittings(&twice_a_day, minutes)), 0, "{minutes:?}");
    }
    let days_without = [0, 12, 24, 36, 100, 112, 124];
    assert_eq!(gaps(&sittings(&days_without, &[0, 1])), 1);
    // A sensor's cadence is its own, however short.
    let sensor: Vec<i64> = (0..40)
        .map(|place| place * 5 + if place < 20 { 0 } else { 30 })
        .collect();
    assert_eq!(gaps(&sensor), 1);
}

#[test]
fn what_cannot_be_drawn_bridges_no_break() {
    let mut readings = daily(&[19, 18, 17, 12, 8, 7]);
    if let Values::Single(component) = &mut readings[3].values {
        component.quantity.as_sent_unit = Some("kPa".into());
    }
    let series = build(readings, None);
    let [gap] = series.gaps[..] else {
        panic!("one gap: {:?}", series.gaps)
    };
    assert_eq!((gap.to - gap.from, series.drawn()), (9 * DAY_MS, 5));
}

#[test]
fn a_gap_lies_between_the_readings_around_it() {
    let series = build(daily(&[19, 18, 17, 8, 7]), None);
    let [gap] = series.gaps[..] else {
        panic!("one gap: {:?}", series.gaps)
    };
    assert_eq!(gap.to - gap.from, 9 * DAY_MS);
}

#[test]
fn the_period_begins_at_midnight_and_ends_now() {
    let series = build(
        vec![
            reading("before", "2026-08-23T23:59:59+02:00", "91"),
            reading("first", "2026-08-24T00:00:00+02:00", "91"),
            reading("today", "2026-11-22", "91"),
        ],
        None,
    );
    let ids: Vec<_> = series.points.iter().map(|point| &*point.reading.id).collect();
    assert_eq!(ids, ["first", "today"]);
    assert_eq!(series.days_with_readings(), 2);
}

#[test]
fn an_implausible_value_is_off_axis_and_summary_and_zero_is_a_value() {
    let series = build(
        vec![
            reading("a", "2026-11-10T08:00:00+01:00", "9"),
            reading("b", "2026-11-11T08:00:00+01:00", "91"),
        ],
        None,
    );
    assert_eq!((series.points.len(), series.implausible.len()), (1, 1));
    assert_eq!(series.value_range(), Some((91.0, 91.0)));
    let steps = Parameter::from(Known::Steps);
    let zero = Reading {
        parameter: steps.clone(),
        ..reading("z", "2026-11-11T08:00:00+01:00", "0")
    };
    let accepted = accept(vec![zero], now());
    let series = Series::build(
        &steps,
        &accepted.of(&steps),
        &[],
        None,
        Period::last_days(90, now()),
    );
    assert_eq!((series.points.len(), series.value_range()), (1, Some((0.0, 0.0))));
}

proptest! {
    #[test]
    fn points_gaps_and_steps_stay_in_order_and_in_the_period(
        days in proptest::collection::vec((0_i64..130, 86_i64..96, 0_usize..3), 0..80),
    ) {
        let sets = [green_from(88), green_from(90), green_from(92)];
        let readings = days.iter().enumerate().map(|(index, (day, value, set))| {
            let time = oslo::to_fhir(now() - day * DAY_MS - HOUR_MS);
            with_limits(&index.to_string(), &time, &value.to_string(), &sets[*set])
        });
        let series = build(readings.collect(), None);
        let inside = days.iter().filter(|(day, ..)| series.period.contains(now() - day * DAY_MS - HOUR_MS)).count();
        prop_assert_eq!(series.points.len(), inside);
        prop_assert!(series.gaps.iter().all(|gap| gap.from < gap.to));
        prop_assert!(series.steps.windows(2).all(|pair| pair[0].to == pair[1].from));
        if let Some((low, high)) = series.value_range() {
            prop_assert!(series.points.iter().all(|p| numbers(&p.reading)[0].is_some_and(|v| low <= v && v <= high)));
        }
    }
}
