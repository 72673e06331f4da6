//! Which limits held at a time, at every edge of an era.

use super::*;
use crate::testing::spo2;

fn time(text: &str) -> ClinicalTime {
    ClinicalTime::parse(text).unwrap()
}

/// Limits from one time to another (none: still); told apart by their author.
fn history(eras: &[(&str, &str)]) -> LimitHistory {
    let eras = eras.iter().enumerate().map(|(index, (from, to))| {
        Rc::new(LimitEra {
            from: time(from).start_ms(),
            to: if to.is_empty() {
                i64::MAX
            } else {
                time(to).start_ms()
            },
            sets: [Some(Rc::default()), None],
            author: Some(index.to_string().into()),
        })
    });
    LimitHistory {
        parameter: spo2(),
        eras: eras.collect(),
        is_complete: false,
    }
}

#[track_caller]
fn check(history: &LimitHistory, at: &str, expected: &str) {
    let held = match history.through(&time(at)) {
        Held::Era(era) => era.author.as_deref().unwrap_or_default(),
        Held::Nothing => "nothing",
        Held::NotKnown => "not known",
    };
    assert_eq!(held, expected, "{at}");
}

#[test]
fn an_era_holds_from_its_first_instant_up_to_the_next_one() {
    let limits = history(&[
        ("2026-09-01T08:00:00+02:00", "2026-09-10T08:00:00+02:00"),
        ("2026-09-10T08:00:00+02:00", "2026-09-20T08:00:00+02:00"),
        ("2026-10-01", ""),
    ]);
    let limits = LimitHistory {
        is_complete: true,
        ..limits
    };
    for (at, held) in [
        ("2026-09-01T07:59:59+02:00", "nothing"),
        ("2026-09-01T08:00:00+02:00", "0"),
        ("2026-09-10T07:59:59+02:00", "0"),
        ("2026-09-10T08:00:00+02:00", "1"),
        ("2026-09-20T08:00:00+02:00", "nothing"),
        ("2026-09-30T23:59:59+02:00", "nothing"),
        ("2026-10-01T00:00:00+02:00", "2"),
        ("2027-01-01T00:00:00+01:00", "2"),
    ] {
        check(&limits, at, held);
    }
    assert_eq!(limits.current().and_then(|era| era.author.as_deref()), Some("2"));
    check(&history(&[]), "2026-09-01T08:00:00+02:00", "not known");
}

#[test]
fn a_day_on_which_the_limits_changed_has_no_limits_that_are_known() {
    let limits = history(&[
        ("2026-09-01", "2026-09-10T08:00:00+02:00"),
        ("2026-09-10T08:00:00+02:00", ""),
    ]);
    for (at, held) in [
        ("2026-08-31", "not known"),
        ("2026-09-01", "0"),
        ("2026-09-09", "0"),
        ("2026-09-10", "not known"),
        ("2026-09-11", "1"),
        ("2026-09", "not known"),
        ("2026-10", "1"),
        ("2026", "not known"),
        ("2027", "1"),
    ] {
        check(&limits, at, held);
    }
}

#[test]
fn before_the_first_limits_of_a_whole_history_there_were_none() {
    let limits = LimitHistory {
        is_complete: true,
        ..history(&[("2026-09-01T08:00:00+02:00", "")])
    };
    check(&limits, "2026-09-01T07:59:59+02:00", "nothing");
    check(&limits, "2026-08-31", "nothing");
    check(&limits, "2026-09-01", "not known");
}

#[test]
fn limits_without_a_time_hold_now_and_for_no_reading() {
    let mut limits = history(&[("2026-09-01", "")]);
    Rc::make_mut(&mut limits.eras[0]).from = i64::MAX;
    assert!(limits.current().is_some());
    check(&limits, "2026-11-22T08:00:00+01:00", "not known");
}

#[test]
fn limits_that_were_ended_are_not_current() {
    assert!(history(&[("2026-09-01", "2026-09-10")]).current().is_none());
}
