//! Activities written into the plan and its zones.

use chart_model::care_plan::{Cell, Key};

use super::activities::{Instruction, instructions};
use super::edit::Editor;
use super::terms;
use crate::json::Json;

/// Writes an activity; no words take it out.
pub(super) fn write(editor: &mut Editor, cell: Cell, key: &Key, text: &str, follows: Option<&Key>) {
    let all = instructions(&editor.parts, &mut Vec::new());
    let in_cell = |key: &Key| all.iter().find(|i| i.cell == cell && i.key == *key);
    if let Some(Instruction { part, index, .. }) = in_cell(key).cloned() {
        give_ids(editor, part, &all);
        editor.change(part, |json| {
            json.edit_items("activity", |activities| {
                if text.is_empty() {
                    activities.remove(index);
                } else if let Some(activity) = activities.get_mut(index) {
                    reword(activity, cell, text);
                }
            });
        });
        return;
    }
    if text.is_empty() {
        return;
    }
    let part = match cell.zone {
        Some(zone) => editor.zone_part(zone),
        None => editor.parts.main,
    };
    give_ids(editor, part, &all);
    let behind = follows
        .and_then(in_cell)
        .filter(|i| i.part == part)
        .map(|i| i.index + 1);
    let before = all
        .iter()
        .find(|i| i.cell == cell && i.part == part)
        .map(|i| i.index);
    let mut activity = Json::object([("id", Json::Text(key.0.to_string()))]);
    reword(&mut activity, cell, text);
    editor.change(part, |json| {
        json.edit_items("activity", |activities| {
            let at = behind
                .or(before.filter(|_| follows.is_none()))
                .unwrap_or(activities.len());
            activities.insert(at.min(activities.len()), activity);
        });
    });
}

/// Gives the activities of a part the ids that they are known by.
pub(super) fn give_ids(editor: &mut Editor, part: usize, all: &[Instruction]) {
    editor.change(part, |json| {
        json.edit_items("activity", |activities| {
            for instruction in all.iter().filter(|instruction| instruction.part == part) {
                if let Some(activity) = activities.get_mut(instruction.index) {
                    activity.set("id", &*instruction.key.0);
                }
            }
        });
    });
}

/// Puts words into an activity; one that only referred to something elsewhere says them itself now, since
/// FHIR allows one of the two.
fn reword(activity: &mut Json, cell: Cell, text: &str) {
    activity.remove("reference");
    activity.edit("detail", |detail| {
        if detail.get("code").items().is_empty() {
            detail.set(
                "code",
                Json::object([("text", terms::area_text(cell.area).into())]),
            );
        }
        if detail.text("status").is_empty() {
            detail.set("status", "in-progress");
        }
        detail.set("description", text);
    });
}
