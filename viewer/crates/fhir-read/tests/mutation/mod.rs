//! Changes that may befall any place of a JSON tree on its way.

#![allow(clippy::unwrap_used, reason = "helpers of a test may fail it")]

use proptest::prelude::*;
use serde_json::{Value, json};

/// What becomes of a value.
#[derive(Clone, Debug)]
pub(crate) enum Change {
    Drop,
    Double,
    /// An array backwards, an object without its order meaning anything.
    Reorder,
    /// The first half of a text, an array or an object.
    Truncate,
    Retype(Value),
}

pub(crate) fn changes() -> impl Strategy<Value = Change> {
    let shapes = [
        "null",
        "5",
        "0",
        "-0.5e3",
        "1e300",
        "true",
        "\"\"",
        "\"x\"",
        "\"2026-11-20\"",
        "\"2999\"",
        "\"Patient/8\"",
        "[]",
        "[[]]",
        "{}",
        "{\"a\":[1]}",
    ];
    prop_oneof![
        2 => Just(Change::Drop),
        1 => Just(Change::Double),
        1 => Just(Change::Reorder),
        2 => Just(Change::Truncate),
        4 => prop::sample::select(shapes.to_vec())
            .prop_map(|json| Change::Retype(serde_json::from_str(json).unwrap())),
    ]
}

/// Number of values in a JSON tree, itself included.
pub(crate) fn size(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(size).sum(),
        Value::Object(fields) => fields.values().map(size).sum(),
        _ => 0,
    }
}

/// Changes the `at`-th value of the tree, counted depth first.
pub(crate) fn mutate(value: &mut Value, at: usize, how: &Change) {
    let mut before = 1;
    let within = |child: &Value, before: usize| at >= before && at < before + size(child);
    match value {
        Value::Array(items) => {
            for index in 0..items.len() {
                if at == before {
                    match how {
                        Change::Drop => drop(items.remove(index)),
                        Change::Double => items.insert(index, items[index].clone()),
                        _ => changed(&mut items[index], how),
                    }
                    return;
                }
                if within(&items[index], before) {
                    return mutate(&mut items[index], at - before, how);
                }
                before += size(&items[index]);
            }
        }
        Value::Object(fields) => {
            let names: Vec<String> = fields.keys().cloned().collect();
            for name in names {
                let child = fields.get_mut(&name).unwrap();
                if at == before {
                    match how {
                        Change::Drop => drop(fields.remove(&name)),
                        Change::Double => *child = json!([child, child]),
                        _ => changed(child, how),
                    }
                    return;
                }
                if within(child, before) {
                    return mutate(child, at - before, how);
                }
                before += size(child);
            }
        }
        _ => {}
    }
}

fn changed(value: &mut Value, how: &Change) {
    match (how, &mut *value) {
        (Change::Retype(other), _) => *value = other.clone(),
        (Change::Reorder, Value::Array(items)) => items.reverse(),
        (Change::Truncate, Value::Array(items)) => items.truncate(items.len() / 2),
        (Change::Truncate, Value::Object(fields)) => {
            let kept = fields.len() / 2;
            let names: Vec<String> = fields.keys().skip(kept).cloned().collect();
            names.iter().for_each(|name| drop(fields.remove(name)));
        }
        (Change::Truncate, Value::String(text)) => {
            *text = text.chars().take(text.chars().count() / 2).collect();
        }
        _ => {}
    }
}
