//! What holds for every case: it is reproducible, and its expectations add up.

use std::collections::BTreeMap;

use crate::common::{UNTIL, cases, sample};
use fhir_fixtures::{Case, DEFAULT_SEED, Expected, generate, generate_one};
use jiff::Timestamp;
use jiff::civil::date;

/// A hash of the bytes of a case.
fn fingerprint(case: &Case) -> u64 {
    let expected = serde_json::to_vec(&case.expected).expect("expected.json");
    let resources = sample(case).flat_map(|resource| resource.to_string().into_bytes());
    resources
        .chain(expected)
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
}

#[test]
fn same_seed_and_day_give_the_same_bytes_and_another_seed_does_not() {
    let [first, second, other] = [1, 1, 2].map(|seed| {
        let cases = generate(seed, UNTIL);
        cases
            .iter()
            .map(|case| (case.id, fingerprint(case)))
            .collect::<BTreeMap<_, _>>()
    });
    assert_eq!(first, second);
    assert_ne!(first, other);
}

#[test]
fn each_case_is_found_by_its_id_and_is_the_same_alone() {
    for case in cases() {
        let alone = generate_one(case.id, DEFAULT_SEED, UNTIL).expect("a case by that id");
        assert_eq!(fingerprint(&alone), fingerprint(case), "{}", case.id);
    }
    assert!(generate_one("nobody", DEFAULT_SEED, UNTIL).is_none());
}

#[test]
fn totals_do_not_depend_on_the_last_day() {
    let totals = |expected: &Expected| {
        (
            expected.entries,
            expected.readings,
            expected.excluded.clone(),
            expected.findings.clone(),
            expected.notes.clone(),
            expected.invalid_r4.clone(),
        )
    };
    let first: Vec<_> = cases().iter().map(|case| totals(&case.expected)).collect();
    // The days of both clock changes, the day after one, a leap day, the turn of the year.
    for until in [
        date(2026, 3, 29),
        date(2026, 10, 25),
        date(2026, 10, 26),
        date(2024, 2, 29),
        date(2027, 1, 1),
    ] {
        let shifted: Vec<_> = generate(DEFAULT_SEED, until)
            .iter()
            .map(|case| totals(&case.expected))
            .collect();
        assert_eq!(first, shifted, "{until}");
    }
}

#[test]
fn counts_of_the_period_do_not_depend_on_the_last_day() {
    // Continuous glucose has an hour more or less around clock changes; the messy patient has readings in
    // those nights.
    let steady = |until| {
        let cases = generate(DEFAULT_SEED, until).into_iter();
        let steady = cases.filter(|case| case.id != "cgm" && case.id != "messy");
        steady
            .flat_map(|case| {
                let counts = case.expected.parameters.into_iter();
                counts
                    .map(move |(name, p)| (case.id, name, p.readings, p.points, p.gaps, p.zones))
                    .collect::<Vec<_>>()
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(steady(UNTIL), steady(date(2026, 5, 3)));
}

#[test]
fn every_entry_ends_in_exactly_one_place() {
    for case in cases() {
        let expected = &case.expected;
        let excluded: usize = expected.excluded.values().sum();
        let findings: usize = expected.findings.values().sum();
        assert_eq!(
            expected.entries,
            expected.readings + excluded + findings,
            "{}",
            case.id
        );
        assert_eq!(expected.set_aside.len(), excluded + findings, "{}", case.id);
        let entries = case
            .resources()
            .filter(|resource| resource["resourceType"] == "Observation")
            .count();
        assert_eq!(expected.entries, entries, "{}", case.id);
        for (name, parameter) in &expected.parameters {
            assert!(parameter.points <= parameter.readings, "{} {name}", case.id);
            assert_eq!(
                parameter.zones.values().sum::<usize>(),
                parameter.readings,
                "{} {name}",
                case.id
            );
            let listed = expected
                .readings_in_period
                .iter()
                .filter(|reading| &reading.parameter == name)
                .count();
            assert!(
                listed == parameter.readings || case.id == "cgm",
                "{} {name}",
                case.id
            );
        }
    }
}

#[test]
fn no_reading_is_later_than_the_evening_before_the_last_day() {
    for case in cases() {
        let midnight: Timestamp = "2026-11-22T00:00:00+01:00".parse().expect("an instant");
        for reading in &case.expected.readings_in_period {
            let at: Timestamp = reading.time.parse().unwrap_or(Timestamp::MIN);
            assert!(at < midnight, "{} {}", reading.id, reading.time);
        }
    }
}

#[test]
fn expected_can_be_read_back() {
    for case in cases() {
        let text = serde_json::to_string(&case.expected).expect("expected.json");
        let back: Expected = serde_json::from_str(&text).expect("the same shape");
        assert_eq!(case.expected, back, "{}", case.id);
    }
}
