//! Figures worked out by hand, each rule as a row.

use super::*;
use crate::reading::{Comparator, Excluded, Reading, Values};
use crate::testing::{component, reading, spo2};
use crate::time::{ClinicalTime, DAY_MS, HOUR_MS};
use crate::{Period, accept};
use proptest::prelude::*;

fn now() -> i64 {
    ClinicalTime::parse("2026-11-22T09:14:00+01:00")
        .unwrap()
        .start_ms()
}

fn days_ago(days: i64) -> String {
    oslo::to_fhir(now() - days * DAY_MS - HOUR_MS)
}

fn figures(parameter: &Parameter, readings: Vec<Reading>, excluded: Vec<Excluded>) -> Statistics {
    let mut accepted = accept(readings, now());
    accepted.add(Vec::new(), excluded, Vec::new(), now());
    let period = Period::last_days(90, now());
    of(&Series::build(
        parameter,
        &accepted.of(parameter),
        accepted.excluded(),
        None,
        period,
    ))
}

/// `n mean min max` of values of a parameter.
#[track_caller]
fn check(known: Known, values: &[&str], expected: Option<&str>) {
    let readings = values.iter().enumerate().map(|(day, value)| Reading {
        parameter: known.into(),
        ..reading(&day.to_string(), &days_ago(day as i64), value)
    });
    let figures = figures(&known.into(), readings.collect(), Vec::new());
    let said = figures.numbers[0].map(|s| format!("{} {} {} {}", s.n, s.mean, s.min, s.max));
    assert_eq!(said.as_deref(), expected, "{values:?}");
}

#[test]
fn mean_lowest_and_highest_are_of_the_digits_shown() {
    check(Known::Spo2, &[], None);
    check(Known::Spo2, &["91"], Some("1 91 91 91"));
    check(Known::Spo2, &["91", "92"], Some("2 92 91 92"));
    check(Known::Spo2, &["91", "92", "91"], Some("3 91 91 92"));
    check(Known::Glucose, &["5.5", "6"], Some("2 5.8 5.5 6"));
    check(Known::Fev1, &["1.1", "1.12", "1.14"], Some("3 1.12 1.1 1.14"));
    check(Known::Steps, &["0", "1"], Some("2 1 0 1"));
    check(Known::Steps, &["0", "0"], Some("2 0 0 0"));
}

#[test]
fn what_is_left_out_is_counted_by_kind() {
    let mut bound = reading("bound", &days_ago(3), "91");
    let mut stone = reading("stone", &days_ago(4), "13");
    for (reading, comparator, unit) in [(&mut bound, true, None), (&mut stone, false, Some("stone"))] {
        if let Values::Single(component) = &mut reading.values {
            component.quantity.comparator = comparator.then_some(Comparator::Less);
            component.quantity.as_sent_unit = unit.map(Into::into);
        }
    }
    let retracted = |days| Excluded {
        kind: ExclusionKind::EnteredInError,
        id: "x".into(),
        parameter: Some(spo2()),
        time: ClinicalTime::parse(&days_ago(days)).ok(),
    };
    let readings = vec![
        reading("a", &days_ago(1), "90"),
        reading("b", &days_ago(2), "94"),
        bound,
        stone,
        reading("implausible", &days_ago(5), "9"),
        reading("before the period", &days_ago(120), "50"),
    ];
    let figures = figures(
        &spo2(),
        readings,
        vec![retracted(2), retracted(3), retracted(200)],
    );
    assert_eq!(figures.n, 4);
    let summary = figures.numbers[0].unwrap();
    assert_eq!((summary.n, summary.mean.to_string()), (2, "92".to_owned()));
    assert_eq!((figures.other_unit, figures.bounds), (1, 1));
    assert_eq!(
        figures.excluded,
        [
            (ExclusionKind::EnteredInError, 2),
            (ExclusionKind::Implausible, 1)
        ]
    );
    assert_eq!(figures.zones, [(Zone::NoLimit, 3), (Zone::Unknown, 1)]);
    assert_eq!(figures.percent(Zone::NoLimit), Some(75));
    assert_eq!(figures.percent(Zone::RedLow), Some(0));
    assert_eq!(
        self::figures(&spo2(), Vec::new(), Vec::new()).percent(Zone::Green),
        None
    );
}

fn pressure(id: &str, time: &str, systolic: Option<&str>, diastolic: Option<&str>) -> Reading {
    Reading {
        parameter: Known::BloodPressure.into(),
        values: Values::Pair {
            systolic: systolic.map(|value| component(value, None)),
            diastolic: diastolic.map(|value| component(value, None)),
        },
        ..reading(id, time, "0")
    }
}

#[test]
fn a_blood_pressure_has_a_mean_of_every_seven_days_up_to_the_last_day() {
    let readings = vec![
        pressure("a", "2026-11-22T08:00:00+01:00", Some("131"), Some("80")),
        pressure("b", "2026-11-16T00:00:00+01:00", Some("134"), Some("83")),
        pressure("c", "2026-11-18", Some("140"), None),
        pressure("d", "2026-11-15T23:59:59+01:00", Some("150"), Some("90")),
        pressure("e", "2026-10-25T08:00:00+01:00", Some("160"), Some("100")),
    ];
    let figures = figures(&Known::BloodPressure.into(), readings, Vec::new());
    let weeks = figures.weeks.iter().map(|week| {
        let mean = week.numbers.map(|n| n.map(|n| (n.n, n.mean.to_string())));
        (week.from.day, week.to.day, mean)
    });
    let mean = |n: usize, mean: &str| Some((n, mean.to_owned()));
    assert_eq!(
        weeks.collect::<Vec<_>>(),
        [
            (19, 25, [mean(1, "160"), mean(1, "100")]),
            (9, 15, [mean(1, "150"), mean(1, "90")]),
            (16, 22, [mean(3, "135"), mean(2, "82")]),
        ]
    );
    assert_eq!(figures.numbers[1].map(|n| n.n), Some(4));
}

proptest! {
    #[test]
    fn the_mean_lies_between_the_lowest_and_the_highest_and_zones_add_up(
        values in proptest::collection::vec((0_i64..90, 500_i64..1000), 1..60),
    ) {
        let readings = values.iter().enumerate().map(|(index, (day, tenths))| {
            let value = Decimal::new(*tenths, 1).round(0).to_string();
            reading(&index.to_string(), &days_ago(*day), &value)
        });
        let figures = figures(&spo2(), readings.collect(), Vec::new());
        let summary = figures.numbers[0].unwrap();
        prop_assert!(summary.min <= summary.mean && summary.mean <= summary.max);
        prop_assert_eq!(figures.n, values.len());
        prop_assert_eq!(figures.zones.iter().map(|(_, count)| count).sum::<usize>(), figures.n);
        let sum: f64 = values.iter().map(|(_, tenths)| Decimal::new(*tenths, 1).round(0).to_f64()).sum();
        prop_assert!((summary.mean.to_f64() - sum / figures.n as f64).abs() <= 0.5 + 1e-9);
    }

    #[test]
    fn a_mean_is_exact_to_half_a_digit_whatever_the_scales(
        numbers in proptest::collection::vec((-999_999_i64..999_999, 0_u8..9), 1..50), decimals in 0_u8..4,
    ) {
        let numbers: Vec<Decimal> = numbers.into_iter().map(|(m, s)| Decimal::new(m, s)).collect();
        let mean = Decimal::mean(numbers.iter().copied(), decimals).unwrap();
        let plain = numbers.iter().map(|n| n.to_f64()).sum::<f64>() / numbers.len() as f64;
        prop_assert!((mean.to_f64() - plain).abs() <= 0.5 / 10_f64.powi(i32::from(decimals)) + 1e-6);
    }
}
