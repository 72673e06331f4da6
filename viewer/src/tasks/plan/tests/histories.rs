//! The ladder of histories.

use super::fhir::{Fake, Habit};
use super::*;
use crate::state::plan::HistoryKind;

#[test]
fn the_versions_are_found_by_whatever_the_server_offers() {
    for (habit, kind, count) in [
        (Habit::None, HistoryKind::Complete, 3),
        (Habit::SingleVersions, HistoryKind::Complete, 3),
        (Habit::NoHistory, HistoryKind::NotGiven, 1),
        (Habit::NoVersions, HistoryKind::NotGiven, 1),
    ] {
        let fake = Fake::new();
        for text in ["Ta tre inhalasjoner", "Ta fire inhalasjoner"] {
            let mut editor = fake.opens("dahl");
            editor.writes(activity("a"), text);
            editor.saves();
            assert_eq!(editor.saved(), Some(false));
        }
        fake.habit.set(habit);
        let plans = fake.plans();
        now(plans.read()).unwrap();
        let (versions, found) = now(plans.history()).unwrap();
        assert_eq!((found, versions.len()), (kind, count), "{habit:?}");
        assert_eq!(texts(&versions[0].plan)[0], "Ta fire inhalasjoner", "{habit:?}");
        assert_eq!(versions[0].version.author.name, "dahl", "{habit:?}");
    }
}
