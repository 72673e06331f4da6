//! Items of two versions recognised as the same although the source gave them no lasting ids.

use super::diff::lists;
use super::words::similarity;
use super::{CarePlan, Key, List, Place, Value};

/// Items with at least this share of their words in common are the same item, reworded.
const SAME: f64 = 0.5;

/// `newer` with the keys of `older` wherever an item is evidently the same: of what has no counterpart
/// by key in the same list, the pairs most alike, down to half of their words; and of what is told apart by its words
/// alone, the only text that is left in both. Nothing else is touched.
pub fn aligned(older: &CarePlan, mut newer: CarePlan) -> CarePlan {
    for list in lists(older, &newer) {
        let gone = alone(older, &newer, list);
        let come = alone(&newer, older, list);
        let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
        for (at, (_, was)) in gone.iter().enumerate() {
            for (to, (_, is)) in come.iter().enumerate() {
                let alike = similarity(was, is);
                if alike >= SAME {
                    pairs.push((alike, at, to));
                }
            }
        }
        // Most alike first; of equals the first in both lists.
        crate::order::by_key(&mut pairs, |(alike, ..)| -(alike * 1e9) as i64);
        let (mut used_old, mut used_new) = (vec![false; gone.len()], vec![false; come.len()]);
        for (_, at, to) in pairs {
            let (Some(old), Some(new)) = (used_old.get_mut(at), used_new.get_mut(to)) else {
                continue;
            };
            if !*old && !*new {
                (*old, *new) = (true, true);
                if let (Some((was, _)), Some((is, _))) = (gone.get(at), come.get(to)) {
                    newer.rename(list, is, was);
                }
            }
        }
        // Where the source gives no ids, the only one that is left on either side is the same, written anew.
        let left = |items: &[(Key, String)], used: &[bool]| {
            let mut left = items.iter().zip(used).filter(|(_, used)| !**used);
            let only = left.next().map(|((key, _), _)| key.clone());
            only.filter(|key| left.next().is_none() && key.is_of_content())
        };
        if let (Some(was), Some(is)) = (left(&gone, &used_old), left(&come, &used_new))
            && (list != List::Contacts || is_one_part(older, &was, &newer, &is))
        {
            newer.rename(list, &is, &was);
        }
    }
    newer
}

/// Two contacts are the same to the patient: one has taken the other's part.
fn is_one_part(older: &CarePlan, was: &Key, newer: &CarePlan, is: &Key) -> bool {
    let role = |plan: &CarePlan, key: &Key| match plan.get(&Place::Contact(key.clone())) {
        Some(Value::Contact(contact)) if !contact.role.is_empty() => Some(contact.role.clone()),
        _ => None,
    };
    role(older, was).is_some_and(|of| role(newer, is) == Some(of))
}

/// The items of `list` in `plan` that `other` has none of the same key of, with their words.
fn alone(plan: &CarePlan, other: &CarePlan, list: List) -> Vec<(Key, String)> {
    let keys = plan.keys(&list).into_iter();
    keys.map(|key| (key, Place::in_list(list, key.clone())))
        .filter(|(_, place)| other.get(place).is_none())
        .map(|(key, place)| {
            (
                key.clone(),
                plan.get(&place).map(Value::words).unwrap_or_default(),
            )
        })
        .collect()
}

impl CarePlan {
    fn rename(&mut self, list: List, from: &Key, to: &Key) {
        let place = Place::in_list(list, from.clone());
        if let Some((there, _)) = self.entries.iter_mut().find(|(there, _)| *there == place) {
            *there = Place::in_list(list, to.clone());
        }
    }
}
