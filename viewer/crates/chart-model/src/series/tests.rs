//! Trends: zones by the limits of their time, gaps, limit steps, each rule as a row.

use super::*;
use crate::accept;
use crate::limits::{Bounds, LimitRange};
use crate::reading::Values;
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
            .map(|(set, since)| history(&[(since, "", set)]))
            .into_iter()
            .collect(),
        ..PlanSummary::default()
    }
}

/// Limits of the plan, each from one time to another (none: still), set by `Lege <number>`.
fn history(eras: &[(&str, &str, Rc<RangeSet>)]) -> LimitHistory {
    let eras = eras.iter().enumerate().map(|(index, (from, to, set))| {
        Rc::new(LimitEra {
            from: instant(from),
            to: if to.is_empty() { i64::MAX } else { instant(to) },
            sets: [Some(Rc::clone(set)), None],
            author: Some(format!("Lege {}", index + 1).into()),
        })
    });
    LimitHistory {
        parameter: spo2(),
        eras: eras.collect(),
        is_complete: false,
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
        .map(|point| (point.zone, point.why.basis.clone()))
        .collect();
    let era = Rc::clone(&plan.limits[0].eras[0]);
    assert_eq!(
        seen,
        [(Zone::Unknown, Basis::NotKnown), (Zone::Green, Basis::Plan(era))]
    );
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

fn check_steps(readings: Vec<Reading>, eras: &[(&str, &str, Rc<RangeSet>)], expected: &[(&str, &str, i64)]) {
    let plan = PlanSummary {
        limits: vec![history(eras)],
        ..PlanSummary::default()
    };
    let series = build(readings, Some(&plan));
    let steps = series.steps.iter().map(|step| {
        let low = step.sets[0].as_ref().and_then(|set| set.green()?.low);
        (oslo::to_fhir(step.from), oslo::to_fhir(step.to), low)
    });
    let time = |text: &str| oslo::to_fhir(if text.is_empty() { now() } else { instant(text) });
    let expected = expected
        .iter()
        .map(|(from, to, low)| (time(from), time(to), Some(Decimal::new(*low, 0))));
    assert_eq!(steps.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
}

#[test]
fn steps_follow_the_eras_of_the_plan_with_or_without_readings() {
    let (first, second, third) = ("2026-07-01", "2026-09-10T08:00:00+02:00", "2026-10-20");
    let eras = [
        (first, second, green_from(88)),
        (second, third, green_from(90)),
        (third, "", green_from(92)),
    ];
    let expected = [("2026-08-24", second, 88), (second, third, 90), (third, "", 92)];
    check_steps(Vec::new(), &eras, &expected);
    let plain = |id, time| reading(id, time, "91");
    let readings = vec![
        plain("a", "2026-08-30T08:00:00+02:00"),
        plain("b", "2026-09-10T08:00:00+02:00"),
        plain("c", "2026-11-01T08:00:00+01:00"),
    ];
    check_steps(readings, &eras, &expected);
    // Ended, and never set again.
    let ended = [(first, second, green_from(88))];
    check_steps(
        vec![plain("a", "2026-11-01T08:00:00+01:00")],
        &ended,
        &[("2026-08-24", second, 88)],
    );
    // A hole between two.
    let twice = [(first, second, green_from(88)), (third, "", green_from(88))];
    check_steps(Vec::new(), &twice, &[("2026-08-24", second, 88), (third, "", 88)]);
    // Before or after the period there is nothing to draw.
    check_steps(Vec::new(), &[("2026-01-01", "2026-08-24", green_from(88))], &[]);
}

#[test]
fn a_readings_own_limits_come_before_the_eras() {
    let era = [("2026-07-01", "", green_from(88))];
    let own = with_limits("a", "2026-09-10T08:00:00+02:00", "91", &green_from(90));
    let plain = |id, time| reading(id, time, "91");
    check_steps(vec![own.clone()], &era, &[("2026-09-10T08:00:00+02:00", "", 90)]);
    let readings = vec![
        plain("p", "2026-09-01T08:00:00+02:00"),
        own,
        plain("q", "2026-10-01T08:00:00+02:00"),
    ];
    check_steps(
        readings,
        &era,
        &[
            ("2026-08-24", "2026-09-10T08:00:00+02:00", 88),
            ("2026-09-10T08:00:00+02:00", "2026-10-01T08:00:00+02:00", 90),
            ("2026-10-01T08:00:00+02:00", "", 88),
        ],
    );
    // The same limits, said by the plan and by the reading, are one step.
    let same = with_limits("a", "2026-09-10T08:00:00+02:00", "91", &green_from(88));
    check_steps(vec![same], &era, &[("2026-08-24", "", 88)]);
}

#[test]
fn every_point_says_which_limit_whose_and_since_when() {
    let plan = PlanSummary {
        limits: vec![history(&[
            ("2026-09-01", "2026-10-01", green_from(88)),
            ("2026-10-01", "", green_from(92)),
        ])],
        ..PlanSummary::default()
    };
    let standard = Rc::new(RangeSet {
        ranges: vec![LimitRange {
            severity: Severity::Standard,
            bounds: Bounds {
                low: Some(Decimal::new(95, 0)),
                high: None,
            },
        }],
        problem: None,
    });
    let readings = vec![
        reading("before", "2026-08-30T08:00:00+02:00", "91"),
        reading("first", "2026-09-01T00:00:00+02:00", "91"),
        reading("second", "2026-10-01T00:00:00+02:00", "91"),
        with_limits("own", "2026-10-02T08:00:00+02:00", "91", &green_from(85)),
        with_limits("standard", "2026-10-03T08:00:00+02:00", "93", &standard),
    ];
    let series = build(readings.clone(), Some(&plan));
    let said = series.points.iter().map(|point| {
        let low = point
            .range()
            .and_then(|range| range.bounds.low)
            .map(|low| low.to_string());
        let basis = match &point.why.basis {
            Basis::Plan(era) => era.author.as_deref().unwrap_or_default().to_owned(),
            other => format!("{other:?}"),
        };
        (point.zone, basis, low)
    });
    let low = |low: &str| Some(low.to_owned());
    assert_eq!(
        said.collect::<Vec<_>>(),
        [
            (Zone::Unknown, "NotKnown".to_owned(), None),
            (Zone::Green, "Lege 1".to_owned(), low("88")),
            (Zone::Unknown, "Lege 2".to_owned(), None),
            (Zone::Green, "Reading".to_owned(), low("85")),
            (Zone::Green, "Lege 2".to_owned(), low("92")),
        ]
    );
    let without_plan = build(readings, None);
    let last = without_plan.points.last().unwrap();
    assert_eq!((last.zone, &last.why.basis), (Zone::NoLimit, &Basis::Standard));
    assert!(
        last.set().is_some_and(|set| !set.is_personal()),
        "its standard range is told"
    );
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
    let (yellow, red) = (Severity::Yellow, Severity::Red);
    let low = Some(Side::Low);
    for (limits, said, disagrees) in [
        (Some(88), red(low), Some(Zone::RedLow)),
        (Some(88), yellow(None), Some(Zone::YellowHigh)),
        (Some(88), Severity::Green, None),
        (None, Severity::Green, None),
        (None, yellow(low), Some(Zone::YellowLow)),
        (None, red(None), Some(Zone::RedHigh)),
    ] {
        let mut reading = reading("a", "2026-11-10T08:00:00+01:00", "90");
        if let Values::Single(component) = &mut reading.values {
            component.interpretation = Some(said);
            component.ranges = limits.map(green_from);
        }
        let point = assess(&Rc::new(reading), None);
        assert_eq!(point.disagrees, disagrees, "{limits:?} {said:?}");
    }
}

#[test]
fn what_a_source_says_without_a_side_agrees_with_either_side() {
    for (said, zone, agrees) in [
        (Severity::Yellow(None), Zone::YellowLow, true),
        (Severity::Yellow(None), Zone::YellowHigh, true),
        (Severity::Yellow(None), Zone::RedHigh, false),
        (Severity::Yellow(Some(Side::Low)), Zone::YellowHigh, false),
        (Severity::Red(Some(Side::High)), Zone::RedHigh, true),
        (Severity::Red(None), Zone::Green, false),
        (Severity::Green, Zone::Green, true),
        (Severity::Green, Zone::NoLimit, false),
    ] {
        assert_eq!(said.agrees_with(zone), agrees, "{said:?} {zone:?}");
    }
}

#[test]
fn what_a_source_says_of_a_blood_pressure_is_compared_with_the_whole() {
    let part = |value: &str, ranges| Some(component(value, Some(ranges)));
    let mut whole = Reading {
        parameter: Known::BloodPressure.into(),
        values: Values::Pair {
            systolic: part("132", green_from(100)),
            diastolic: part("84", green_from(90)),
        },
        interpretation: Some(Severity::Green),
        ..reading("a", "2026-11-10T08:00:00+01:00", "0")
    };
    let disagrees = |whole: &Reading| assess(&Rc::new(whole.clone()), None).disagrees;
    assert_eq!(
        disagrees(&whole),
        Some(Zone::Green),
        "the diastolic is not covered"
    );
    if let Values::Pair { diastolic, .. } = &mut whole.values {
        *diastolic = part("84", green_from(60));
    }
    assert_eq!(disagrees(&whole), None);
    whole.interpretation = Some(Severity::Yellow(None));
    assert_eq!(disagrees(&whole), Some(Zone::YellowHigh));
}

#[test]
fn the_axis_holds_the_limits_and_not_the_ends_of_a_scale() {
    let range = |severity, low, high| LimitRange {
        severity,
        bounds: Bounds {
            low: Some(Decimal::new(low, 0)),
            high: Some(Decimal::new(high, 0)),
        },
    };
    let set = Rc::new(RangeSet {
        ranges: vec![range(Severity::Red(None), 0, 84), range(Severity::Green, 88, 120)],
        problem: None,
    });
    let series = build(
        vec![with_limits("a", "2026-11-10T08:00:00+01:00", "91", &set)],
        None,
    );
    assert_eq!(series.value_range(), Some((84.0, 91.0)));
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
