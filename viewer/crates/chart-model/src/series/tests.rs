//! Trends: zones by the limits of their time, gaps, limit steps, each rule as a row.

use super::*;
use crate::accept;
use crate::limits::{LimitRange, Severity};
use crate::testing::{component, reading, spo2};
use crate::time::{ClinicalTime, DAY_MS, HOUR_MS};
use crate::{Decimal, Known};
use proptest::prelude::*;

fn instant(text: &str) -> i64 {
    ClinicalTime::parse(text).unwrap().start_ms()
}

fn now() -> i64 {
    instant("2026-11-22T09:14:00+01:00")
}

fn green_from(low: i64) -> Rc<RangeSet> {
    let bounds = Bounds {
        low: Some(Decimal::new(low, 0)),
        high: None,
    };
    Rc::new(RangeSet {
        ranges: vec![LimitRange {
            severity: Severity::Green,
            bounds,
        }],
        problem: None,
    })
}

fn with_limits(id: &str, time: &str, value: &str, ranges: &Rc<RangeSet>) -> Reading {
    Reading {
        values: Values::Single(component(value, Some(Rc::clone(ranges)))),
        ..reading(id, time, value)
    }
}

fn build(readings: Vec<Reading>, plan: Option<&PlanSummary>) -> Series {
    let accepted = accept(readings, now());
    Series::build(
        &spo2(),
        &accepted.of(&spo2()),
        accepted.excluded(),
        plan,
        Period::last_days(90, now()),
    )
}

fn daily(days: &[i64]) -> Vec<Reading> {
    let at = |day: &i64| oslo::to_fhir(now() - day * DAY_MS - HOUR_MS);
    days.iter()
        .map(|day| reading(&day.to_string(), &at(day), "91"))
        .collect()
}

fn plan(interval: Option<i64>, limits: Option<(Rc<RangeSet>, &str)>) -> PlanSummary {
    PlanSummary {
        intervals: interval.map(|interval| (spo2(), interval)).into_iter().collect(),
        limits: limits
            .map(|(set, since)| CurrentLimits {
                parameter: spo2(),
                sets: [Some(set), None],
                since: instant(since),
            })
            .into_iter()
            .collect(),
        ..PlanSummary::default()
    }
}

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
fn a_gap_lies_between_the_readings_around_it() {
    let series = build(daily(&[19, 18, 17, 8, 7]), None);
    let [gap] = series.gaps[..] else {
        panic!("one gap: {:?}", series.gaps)
    };
    assert_eq!(gap.to - gap.from, 9 * DAY_MS);
}

#[test]
fn old_readings_keep_the_limits_they_were_taken_under() {
    let (before, after) = (green_from(88), green_from(92));
    let series = build(
        vec![
            with_limits("a", "2026-11-10T08:00:00+01:00", "90", &before),
            with_limits("b", "2026-11-11T08:00:00+01:00", "90", &after),
        ],
        None,
    );
    let zones: Vec<_> = series.points.iter().map(|point| point.zone).collect();
    assert_eq!(zones, [Zone::Green, Zone::Unknown]);
    let starts: Vec<_> = series.steps.iter().map(|step| (step.from, step.to)).collect();
    let (first, second) = (
        instant("2026-11-10T08:00:00+01:00"),
        instant("2026-11-11T08:00:00+01:00"),
    );
    assert_eq!(starts, [(first, second), (second, now())]);
}

#[test]
fn the_plans_limits_hold_from_the_instant_they_were_set_and_not_before() {
    let plan = plan(None, Some((green_from(88), "2026-11-10T08:00:00+01:00")));
    let series = build(
        vec![
            reading("a", "2026-11-10T07:59:59+01:00", "90"),
            reading("b", "2026-11-10T08:00:00+01:00", "90"),
        ],
        Some(&plan),
    );
    let seen: Vec<_> = series
        .points
        .iter()
        .map(|point| (point.zone, point.basis))
        .collect();
    assert_eq!(seen, [(Zone::NoLimit, Basis::None), (Zone::Green, Basis::Plan)]);
}

#[test]
fn a_new_limit_is_drawn_from_its_own_day_even_before_the_first_reading_under_it() {
    let plan = plan(None, Some((green_from(92), "2026-11-20T12:00:00+01:00")));
    let series = build(
        vec![with_limits(
            "a",
            "2026-11-10T08:00:00+01:00",
            "90",
            &green_from(88),
        )],
        Some(&plan),
    );
    let starts: Vec<_> = series.steps.iter().map(|step| step.from).collect();
    assert_eq!(
        starts,
        [
            instant("2026-11-10T08:00:00+01:00"),
            instant("2026-11-20T12:00:00+01:00")
        ]
    );
    assert_eq!(series.value_range(), Some((88.0, 92.0)));
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

fn pressure(systolic: Option<&Rc<RangeSet>>, diastolic: Option<&Rc<RangeSet>>) -> Zone {
    let part = |value: &str, ranges: Option<&Rc<RangeSet>>| Some(component(value, ranges.cloned()));
    let values = Values::Pair {
        systolic: part("132", systolic),
        diastolic: part("84", diastolic),
    };
    let reading = Reading {
        parameter: Known::BloodPressure.into(),
        values,
        ..reading("a", "2026-11-10T08:00:00+01:00", "0")
    };
    assess(&Rc::new(reading), None).zone
}

#[test]
fn a_blood_pressure_has_the_more_severe_zone_and_unknown_is_never_green() {
    let green = green_from(50);
    let unknown = green_from(200);
    let red = Rc::new(RangeSet {
        ranges: vec![LimitRange {
            severity: Severity::Red(None),
            bounds: Bounds {
                low: Some(Decimal::new(80, 0)),
                high: None,
            },
        }],
        problem: None,
    });
    for (systolic, diastolic, zone) in [
        (Some(&green), Some(&green), Zone::Green),
        (Some(&green), None, Zone::NoLimit),
        (Some(&green), Some(&unknown), Zone::Unknown),
        (Some(&unknown), Some(&red), Zone::RedHigh),
        (None, None, Zone::NoLimit),
    ] {
        assert_eq!(pressure(systolic, diastolic), zone);
    }
}

#[test]
fn a_reading_in_an_unknown_unit_counts_but_cannot_be_drawn() {
    let mut in_stone = reading("a", "2026-11-10T08:00:00+01:00", "13");
    if let Values::Single(component) = &mut in_stone.values {
        component.quantity.as_sent_unit = Some("stone".into());
    }
    let series = build(
        vec![in_stone, reading("b", "2026-11-11T08:00:00+01:00", "91")],
        None,
    );
    assert_eq!((series.points.len(), series.drawn()), (2, 1));
    assert_eq!(series.value_range(), Some((91.0, 91.0)));
}

#[test]
fn the_sources_own_zone_is_kept_where_it_disagrees() {
    let mut reading = with_limits("a", "2026-11-10T08:00:00+01:00", "90", &green_from(88));
    if let Values::Single(component) = &mut reading.values {
        component.interpretation = Some(Zone::RedLow);
    }
    let point = assess(&Rc::new(reading), None);
    assert_eq!((point.zone, point.disagrees), (Zone::Green, Some(Zone::RedLow)));
    for (said, disagrees) in [(Zone::Green, None), (Zone::YellowLow, Some(Zone::YellowLow))] {
        let mut without_limits = crate::testing::reading("a", "2026-11-10T08:00:00+01:00", "90");
        if let Values::Single(component) = &mut without_limits.values {
            component.interpretation = Some(said);
        }
        assert_eq!(assess(&Rc::new(without_limits), None).disagrees, disagrees);
    }
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
