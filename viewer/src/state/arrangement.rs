//! The doctor's own choice and order of parameters. Knows parameters by their keys only; the default order
//! is in `selectors`.

use chart_model::order;

/// Which parameters are shown, and in which order. It is kept per user and role, not per patient: a key that
/// this patient does not have stays in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Arrangement {
    /// Parameter keys in the order wanted. Those not mentioned come after these, in the default order.
    pub(crate) order: Vec<String>,
    /// Keys of parameters that are not shown; all others are.
    pub(crate) hidden: Vec<String>,
}

impl Arrangement {
    /// Whether a parameter is shown.
    pub(crate) fn shows(&self, id: &str) -> bool {
        !self.hidden.iter().any(|hidden| hidden == id)
    }

    /// Puts things in the doctor's order. Each comes out exactly once, hidden or not; what is not mentioned
    /// keeps its order, after the rest.
    pub(crate) fn sort<T>(&self, things: &mut Vec<T>, id: impl Fn(&T) -> String) {
        order::by_key(things, |thing| {
            let id = id(thing);
            let place = self.order.iter().position(|other| *other == id);
            place.map_or(i64::MAX, |place| place as i64)
        });
    }

    /// The arrangement after the doctor made a `newer` one from what this patient has: ids that it does not
    /// mention stay hidden if they were, and stay behind the id that they stood behind.
    pub(crate) fn renewed(&self, newer: Self) -> Self {
        let mentioned = |id: &String| newer.order.contains(id) || newer.hidden.contains(id);
        let hidden = newer
            .hidden
            .iter()
            .chain(self.hidden.iter().filter(|id| !mentioned(id)))
            .cloned();
        let mut order = newer.order.clone();
        let mut before: Option<&String> = None;
        for id in &self.order {
            if !mentioned(id) {
                let place = before.and_then(|before| order.iter().position(|other| other == before));
                order.insert(place.map_or(0, |place| place + 1), id.clone());
            }
            before = Some(id);
        }
        Self {
            order: distinct(order),
            hidden: distinct(hidden.collect()),
        }
    }
}

/// Each id once, where it stands first.
fn distinct(ids: Vec<String>) -> Vec<String> {
    let mut seen: Vec<String> = Vec::with_capacity(ids.len());
    for id in ids {
        if !seen.contains(&id) {
            seen.push(id);
        }
    }
    seen
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ids(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    fn arrangement(order: &str, hidden: &str) -> Arrangement {
        Arrangement {
            order: ids(order),
            hidden: ids(hidden),
        }
    }

    #[test]
    fn what_is_not_mentioned_comes_last_in_its_own_order() {
        for (order, things, expected) in [
            ("", "spo2 pulse weight", "spo2 pulse weight"),
            ("weight spo2", "spo2 pulse weight", "weight spo2 pulse"),
            ("steps weight", "spo2 pulse weight", "weight spo2 pulse"),
        ] {
            let mut things = ids(things);
            arrangement(order, "").sort(&mut things, Clone::clone);
            assert_eq!(things, ids(expected), "{order}");
        }
    }

    #[test]
    fn what_another_patient_has_keeps_its_place_and_stays_hidden() {
        let old = arrangement("steps spo2 cat weight", "cat steps");
        let new = old.renewed(arrangement("weight spo2", "spo2"));
        assert_eq!(new, arrangement("steps weight spo2 cat", "spo2 cat steps"));
        let shown_again = new.renewed(arrangement("cat spo2 weight steps", ""));
        assert_eq!(shown_again, arrangement("cat spo2 weight steps", ""));
    }

    const IDS: &str = "[a-f]";

    fn any_arrangement() -> impl Strategy<Value = Arrangement> {
        let list = || prop::collection::vec(IDS, 0..8);
        (list(), list()).prop_map(|(order, hidden)| Arrangement { order, hidden })
    }

    proptest! {
        #[test]
        fn every_parameter_comes_out_exactly_once(old in any_arrangement(), things in prop::collection::vec(IDS, 0..8)) {
            let mut sorted = things.clone();
            old.sort(&mut sorted, Clone::clone);
            let (mut before, mut after) = (things, sorted);
            before.sort();
            after.sort();
            prop_assert_eq!(before, after);
        }

        #[test]
        fn nothing_that_was_hidden_or_placed_is_lost(old in any_arrangement(), new in any_arrangement()) {
            let renewed = old.renewed(new.clone());
            for id in old.order.iter().chain(&new.order) {
                let times = renewed.order.iter().filter(|other| *other == id).count();
                let is_there = new.order.contains(id) || !new.hidden.contains(id);
                prop_assert_eq!(times, usize::from(is_there), "{}", id);
            }
            for id in &old.hidden {
                let mentioned = new.order.contains(id) || new.hidden.contains(id);
                prop_assert_eq!(renewed.shows(id), mentioned && !new.hidden.contains(id), "{}", id);
            }
            prop_assert_eq!(renewed.renewed(new), renewed.clone(), "once is enough");
        }

        #[test]
        fn the_new_order_holds_among_what_it_mentions(old in any_arrangement(), new in any_arrangement()) {
            let renewed = old.renewed(new.clone());
            let among: Vec<_> = renewed.order.iter().filter(|id| new.order.contains(id)).cloned().collect();
            prop_assert_eq!(among, distinct(new.order));
        }
    }
}
