//! The zone of a reading, and where its source says another.

use super::*;

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
