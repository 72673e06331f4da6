//! Limits over time: which held when, and how they are drawn.

use super::*;

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
