//! What holds for every plan and every two editors.

use proptest::prelude::*;

use super::generated::{Editor, edit, three, words};
use super::*;

/// Every change from `base` to `edited` is in `merged`, or its place is among the clashes: words put in
/// are there, words taken out are not.
fn check_nothing_lost(base: &CarePlan, edited: &CarePlan, merged: &Merged) -> Result<(), TestCaseError> {
    for change in diff(base, edited) {
        if merged.clashes.iter().any(|clash| clash.place == change.place) {
            continue;
        }
        if matches!(change.place, Place::Order(_)) {
            continue;
        }
        let (before, after) = (words(change.before.as_ref()), words(change.after.as_ref()));
        let there = words(merged.plan.get(&change.place));
        for word in after.iter().filter(|word| !before.contains(word)) {
            prop_assert!(
                there.contains(word),
                "{word} lost at {:?}: {there:?}",
                change.place
            );
        }
        for word in before.iter().filter(|word| !after.contains(word)) {
            prop_assert!(
                !there.contains(word),
                "{word} back at {:?}: {there:?}",
                change.place
            );
        }
        prop_assert_eq!(
            merged.plan.get(&change.place).is_none() && !words(change.after.as_ref()).is_empty(),
            false
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn a_plan_does_not_differ_from_itself((a, b, _) in three()) {
        prop_assert_eq!(diff(&a, &a), vec![]);
        prop_assert_eq!(diff(&b, &b), vec![]);
        prop_assert_eq!(compare(&a, &a), vec![]);
    }

    #[test]
    fn the_changes_from_one_plan_done_to_it_give_the_other((a, b, c) in three()) {
        for (from, to) in [(&a, &b), (&b, &a), (&b, &c), (&c, &CarePlan::default())] {
            prop_assert_eq!(&apply(&diff(from, to), from), to);
        }
    }

    #[test]
    fn changes_taken_back_give_the_plan_before((_, b, c) in three()) {
        let back: Vec<Change> = diff(&b, &c).into_iter().map(Change::inverse).collect();
        prop_assert_eq!(apply(&back, &c), b);
    }

    #[test]
    fn a_merge_is_the_same_from_either_side((base, mine, theirs) in three()) {
        let one = merge(&base, &mine, &theirs);
        let other = merge(&base, &theirs, &mine);
        let places = |merged: &Merged| merged.clashes.iter().map(|clash| clash.place.clone()).collect::<Vec<_>>();
        prop_assert_eq!(places(&one), places(&other));
        if one.clashes.is_empty() {
            prop_assert_eq!(one.plan, other.plan);
        }
    }

    #[test]
    fn whoever_changed_nothing_changes_nothing((base, mine, _) in three()) {
        for merged in [merge(&base, &mine, &base), merge(&base, &base, &mine), merge(&base, &mine, &mine)] {
            prop_assert_eq!(merged.clashes, vec![]);
            prop_assert_eq!(&merged.plan, &mine);
        }
    }

    #[test]
    fn nobodys_change_is_lost((base, mine, theirs) in three()) {
        let merged = merge(&base, &mine, &theirs);
        check_nothing_lost(&base, &mine, &merged)?;
        check_nothing_lost(&base, &theirs, &merged)?;
    }

    #[test]
    fn merged_limits_are_in_order((base, mine, theirs) in three()) {
        let merged = merge(&base, &mine, &theirs);
        let limits = merged.plan.limits(&Known::Spo2.into(), 0);
        prop_assert!(limits.is_none_or(|limits| limits.disorder().is_none()));
    }

    #[test]
    fn clashes_decided_for_me_leave_all_of_my_changes((base, mine, theirs) in three()) {
        let mut merged = merge(&base, &mine, &theirs);
        let places: Vec<Place> = merged.clashes.iter().map(|clash| clash.place.clone()).collect();
        for place in places {
            merged.resolve(&place, Choice::Mine);
        }
        prop_assert_eq!(&merged.clashes, &vec![]);
        check_nothing_lost(&base, &mine, &merged)?;
    }

    /// Two editors with the plan open all the time, saving by turns: who finds the plan changed merges,
    /// and decides clashes for or against himself. At the end every word that either put in is in the plan,
    /// unless a decision or a later edit took it out.
    #[test]
    fn two_editors_saving_by_turns_lose_nothing(
        sizes in prop::collection::vec(1_usize..9, 1..6),
        turns in prop::collection::vec((prop::bool::ANY, prop::collection::vec(edit(), 1..5), prop::bool::ANY), 1..14),
    ) {
        let mut stored = Editor::new('b').write(&sizes);
        let mut editors = [Editor::new('m'), Editor::new('t')];
        let mut open = [stored.clone(), stored.clone()];
        let mut given_up: Vec<String> = Vec::new();
        for (who, edits, mine_first) in turns {
            let who = usize::from(who);
            let base = open[who].clone();
            let draft = editors[who].edited(&base, &edits);
            let mut merged = merge(&base, &draft, &stored);
            check_nothing_lost(&base, &draft, &merged)?;
            check_nothing_lost(&base, &stored, &merged)?;
            for clash in merged.clashes.clone() {
                let (choice, dropped) = if mine_first {
                    (Choice::Mine, &clash.theirs)
                } else {
                    (Choice::Theirs, &clash.mine)
                };
                given_up.extend(words(dropped.as_ref()));
                merged.resolve(&clash.place, choice);
            }
            // What an editor takes out himself is given up too.
            for change in diff(&base, &draft) {
                given_up.extend(words(change.before.as_ref()));
            }
            let before: Vec<String> = stored.entries().iter().flat_map(|(_, value)| words(Some(value))).collect();
            stored = merged.plan;
            let after: Vec<String> = stored.entries().iter().flat_map(|(_, value)| words(Some(value))).collect();
            let limits_aside = |word: &&String| !word.contains('=');
            for word in before.iter().filter(limits_aside) {
                prop_assert!(after.contains(word) || given_up.contains(word), "{word} lost");
            }
            // Who has saved sees what is stored; the other still has the plan open as it was.
            open[who] = stored.clone();
        }
    }

    #[test]
    fn any_edits_undone_give_the_plan_back_and_redone_the_edits((base, mine, _) in three(), pause in 0_i64..4000) {
        let mut draft = Draft::new(base.clone());
        for (step, change) in (0_i64..).zip(diff(&base, &mine)) {
            draft.set(change.place, change.after, step * pause);
        }
        let edited = draft.current().clone();
        while draft.undo().is_some() {}
        prop_assert_eq!(draft.current(), &base);
        prop_assert!(draft.is_unchanged());
        while draft.redo().is_some() {}
        prop_assert_eq!(draft.current(), &edited);
    }

    #[test]
    fn any_two_texts_give_pieces_that_are_both_texts(a in "\\PC{0,60}", b in "\\PC{0,60}") {
        let pieces = pieces(&a, &b);
        let joined = |not: PieceKind| -> String {
            pieces.iter().filter(|piece| piece.kind != not).map(|piece| piece.text).collect()
        };
        prop_assert_eq!(joined(PieceKind::Inserted), &*a);
        prop_assert_eq!(joined(PieceKind::Deleted), &*b);
    }

    #[test]
    fn any_three_texts_merge_the_same_from_either_side(
        base in "([ab,] ?){0,12}", mine in "([abc,] ?){0,12}", theirs in "([abd,] ?){0,12}",
    ) {
        prop_assert_eq!(merge_text(&base, &mine, &theirs), merge_text(&base, &theirs, &mine));
        prop_assert_eq!(merge_text(&base, &mine, &base), Some(mine.clone()));
        prop_assert_eq!(merge_text(&base, &mine, &mine), Some(mine));
    }
}
