//! What holds for every merge beside `laws`: nothing is doubled or made up, what stands in an order stays in it, and
//! what is merged once is merged.

use proptest::prelude::*;

use super::generated::{LISTS, three, words};
use super::*;
use crate::care_plan::order::reordered;

fn all_words(plan: &CarePlan) -> Vec<String> {
    let values = plan.entries().iter();
    values.flat_map(|(_, value)| words(Some(value))).collect()
}

/// True if these stand in that order, with whatever between them.
fn is_among<T: PartialEq>(few: &[T], all: &[T]) -> bool {
    let mut all = all.iter();
    few.iter().all(|one| all.any(|other| one == other))
}

/// The same plan from a source that gives no lasting ids: each item is told by its content.
fn without_ids(plan: &CarePlan) -> CarePlan {
    let mut bare = CarePlan::default();
    for (place, value) in plan.entries() {
        let place = match place.list() {
            Some(list) => Place::in_list(list, Key::of_content(&words(Some(value)).join(" "), 0)),
            None => place.clone(),
        };
        bare.set(place, Some(value.clone()));
    }
    bare
}

fn is_number(word: &str) -> bool {
    word.contains('=') || word.parse::<i64>().is_ok()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    /// Every word of the generated plans is there once: put together wrongly, one would be there twice, or at two places.
    #[test]
    fn a_merge_makes_up_no_word_and_doubles_none((base, mine, theirs) in three()) {
        let merged = merge(&base, &mine, &theirs).plan;
        let sources = [&base, &mine, &theirs].map(all_words);
        let mut seen = Vec::new();
        for word in all_words(&merged) {
            prop_assert!(sources.iter().any(|words| words.contains(&word)), "{word} is nobody's");
            prop_assert!(is_number(&word) || !seen.contains(&word), "{word} is there twice");
            seen.push(word);
        }
    }

    #[test]
    fn what_both_left_alone_stays((base, mine, theirs) in three()) {
        let merged = merge(&base, &mine, &theirs);
        let (mine, theirs, after) = (all_words(&mine), all_words(&theirs), all_words(&merged.plan));
        let both = all_words(&base).into_iter().filter(|word| mine.contains(word) && theirs.contains(word));
        let clashing: Vec<String> = merged.clashes.iter().flat_map(|clash| words(clash.base.as_ref())).collect();
        for word in both.filter(|word| !is_number(word) && !clashing.contains(word)) {
            prop_assert!(after.contains(&word), "{word} is gone, and nobody took it out");
        }
    }

    #[test]
    fn the_words_of_a_text_stay_in_the_order_of_either_editor((base, mine, theirs) in three()) {
        let merged = merge(&base, &mine, &theirs);
        for (place, value) in merged.plan.entries() {
            let after = words(Some(value));
            for editor in [&mine, &theirs] {
                let his: Vec<String> = words(editor.get(place));
                let kept: Vec<String> = his.into_iter().filter(|word| after.contains(word)).collect();
                prop_assert!(is_among(&kept, &after), "{kept:?} of {after:?} at {place:?}");
            }
        }
    }

    #[test]
    fn items_stay_in_the_order_of_whoever_alone_has_moved_some((base, mine, theirs) in three()) {
        let merged = merge(&base, &mine, &theirs).plan;
        for list in LISTS {
            let [b, m, t, after] = [&base, &mine, &theirs, &merged].map(|plan| plan.keys(&list));
            for (editor, other) in [(&m, &t), (&t, &m)] {
                if reordered(&b, other) {
                    continue;
                }
                let kept: Vec<&Key> = editor.iter().copied().filter(|key| after.contains(key)).collect();
                prop_assert!(is_among(&kept, &after), "{kept:?} of {after:?} in {list:?}");
            }
        }
    }

    /// Beside a change of its own a text may clash with the same change in another: then a reader decides.
    #[test]
    fn what_is_merged_is_merged((base, mine, theirs) in three()) {
        let once = merge(&base, &mine, &theirs);
        prop_assume!(once.clashes.is_empty());
        for side in [&mine, &theirs] {
            let again = merge(&base, &once.plan, side);
            prop_assert!(again.clashes.iter().all(|clash| matches!(clash.mine, Some(Value::Text(_)))));
            if again.clashes.is_empty() {
                prop_assert_eq!(&again.plan, &once.plan);
            }
            prop_assert_eq!(&merge(side, &once.plan, side).plan, &once.plan);
        }
    }

    #[test]
    fn a_change_done_twice_is_done_once_and_there_and_back_are_the_same_places((_, mine, theirs) in three()) {
        let changes = diff(&mine, &theirs);
        let once = apply(&changes, &mine);
        prop_assert_eq!(apply(&changes, &once), once);
        let places = |changes: &[Change]| {
            let mut places: Vec<Place> = changes.iter().map(|change| change.place.clone()).collect();
            places.sort();
            places
        };
        prop_assert_eq!(places(&changes), places(&diff(&theirs, &mine)));
    }

    #[test]
    fn versions_without_lasting_ids_differ_by_what_they_say((base, mine, _) in three()) {
        let (older, newer) = (without_ids(&base), without_ids(&mine));
        let said = |plan: &CarePlan| -> Vec<Value> {
            plan.entries().iter().map(|(_, value)| value.clone()).collect()
        };
        let changed = apply(&compare(&older, &newer), &older);
        prop_assert_eq!(said(&changed), said(&newer));
        prop_assert_eq!(compare(&newer, &newer), vec![]);
    }
}
