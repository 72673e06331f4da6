//! The order of the items of a list when two editors have changed it. Knows keys only.

use super::Key;

/// True if the items that both lists have stand in another order.
pub(super) fn reordered(a: &[&Key], b: &[&Key]) -> bool {
    let of_both = |one: &[&Key], other: &[&Key]| -> Vec<Key> {
        one.iter()
            .filter(|key| other.contains(key))
            .map(|key| (*key).clone())
            .collect()
    };
    of_both(a, b) != of_both(b, a)
}

/// The merged order of `kept`, and whether the two editors put the items of `base` into different orders
/// (then theirs counts). A new item stands after the one that it was put after; where both put one at the
/// same place, the smaller key comes first, so that it is the same from either side.
pub(super) fn merged(base: &[&Key], mine: &[&Key], theirs: &[&Key], kept: &[Key]) -> (Vec<Key>, bool) {
    let (i_moved, they_moved) = (reordered(base, mine), reordered(base, theirs));
    let clash = i_moved && they_moved && reordered(mine, theirs);
    let old = |key: &&Key| base.contains(key) && kept.contains(key);
    let skeleton_of = if i_moved && !they_moved { mine } else { theirs };
    let mut order: Vec<Key> = skeleton_of
        .iter()
        .filter(|key| old(key))
        .map(|key| (*key).clone())
        .collect();
    // What one side alone has kept of the base (the other took it out, in a clash) follows.
    let rest = mine.iter().chain(base).filter(|key| old(key));
    for key in rest {
        if !order.contains(key) {
            order.push((*key).clone());
        }
    }
    let mut runs: Vec<(Option<Key>, Vec<Key>)> = Vec::new();
    for side in [mine, theirs] {
        let mut anchor: Option<Key> = None;
        let mut run: Vec<Key> = Vec::new();
        for key in side.iter().filter(|key| kept.contains(key)) {
            if old(key) {
                runs.push((anchor.replace((*key).clone()), std::mem::take(&mut run)));
            } else {
                run.push((*key).clone());
            }
        }
        runs.push((anchor, run));
    }
    runs.retain(|(_, run)| !run.is_empty());
    // Put in from the last to the first, each directly behind its anchor: the smaller key ends in front.
    crate::order::few(&mut runs, |(_, a), (_, b)| b.cmp(a));
    for (anchor, run) in runs {
        let at = anchor
            .and_then(|anchor| order.iter().position(|key| *key == anchor))
            .map_or(0, |at| at + 1);
        let fresh: Vec<Key> = run.into_iter().filter(|key| !order.contains(key)).collect();
        order.splice(at..at, fresh);
    }
    (order, clash)
}
