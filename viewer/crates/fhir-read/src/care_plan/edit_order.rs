//! The order of a list written into the resource that it stands in.

use chart_model::care_plan::{Key, List};
use chart_model::order;

use super::activities::instructions;
use super::edit::{Editor, is_remark};
use super::edit_activities::give_ids;
use super::edit_people;
use super::remarks::notes;
use crate::json::Json;

/// Puts a list of the plan into the order of `keys`.
pub(super) fn write(editor: &mut Editor, list: &List, keys: &[Key]) {
    let main = editor.parts.main;
    match list {
        List::Cell(cell) => {
            let all = instructions(&editor.parts, &mut Vec::new());
            let in_cell: Vec<_> = all.iter().filter(|i| i.cell == *cell).collect();
            let mut parts: Vec<usize> = in_cell.iter().map(|i| i.part).collect();
            parts.dedup();
            for part in parts {
                give_ids(editor, part, &all);
                let of_part = in_cell.iter().filter(|i| i.part == part);
                let places = of_part.map(|i| (i.index, i.key.clone())).collect();
                editor.change(part, |json| {
                    json.edit_items("activity", |items| permute(items, places, keys))
                });
            }
        }
        List::Goals => {
            let goals = editor.parts.main().get("goal").items().iter().enumerate();
            let places = goals
                .filter_map(|(at, goal)| {
                    let goal = editor.parts.resolve(goal, main)?;
                    let key = keys.iter().find(|key| editor.is_item(goal, key))?;
                    Some((at, key.clone()))
                })
                .collect();
            editor.change(main, |json| {
                json.edit_items("goal", |items| permute(items, places, keys))
            });
        }
        List::Notes => {
            let known = notes(editor.parts.main()).into_iter().map(|(key, _)| key);
            let notes = editor.parts.main().get("note").items().iter().enumerate();
            let places = notes
                .filter(|(_, note)| is_remark(note))
                .map(|(at, _)| at)
                .zip(known)
                .collect();
            editor.change(main, |json| {
                json.edit_items("note", |items| permute(items, places, keys))
            });
        }
        List::Contacts => edit_people::write_order(editor, keys),
    }
}

/// Puts the items at `places` into the order of `keys`; all others stay where they are.
pub(crate) fn permute(items: &mut [Json], places: Vec<(usize, Key)>, keys: &[Key]) {
    let mut sorted = places.clone();
    order::by_key(&mut sorted, |(_, key)| {
        let at = keys.iter().position(|other| other == key);
        at.and_then(|at| i64::try_from(at).ok()).unwrap_or(-1)
    });
    let moved: Vec<Option<Json>> = sorted.iter().map(|(at, _)| items.get(*at).cloned()).collect();
    for ((at, _), item) in places.into_iter().zip(moved) {
        if let (Some(there), Some(item)) = (items.get_mut(at), item) {
            *there = item;
        }
    }
}
