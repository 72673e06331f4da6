//! What keys and buttons do in the editor beside typing.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::state::{Command, PlanCommand};

/// Ctrl+Z and Ctrl+Y (or Ctrl+Shift+Z) take steps of the whole draft back and forth. In a field they are the
/// browser's own.
pub(in super::super) fn on_edit_key(event: &KeyboardEvent, commands: &Callback<Command>) {
    if !(event.ctrl_key() || event.meta_key()) || event.alt_key() {
        return;
    }
    let in_field = event
        .target_dyn_into::<Element>()
        .is_some_and(|element| ["INPUT", "TEXTAREA", "SELECT"].contains(&&*element.tag_name()));
    let step = match (&*event.key(), event.shift_key()) {
        ("z" | "Z", false) => PlanCommand::Undo,
        ("z" | "Z", true) | ("y" | "Y", false) => PlanCommand::Redo,
        _ => return,
    };
    if !in_field {
        event.prevent_default();
        commands.emit(Command::Plan(step));
    }
}

/// Shows what will be saved, or leads to the first field that has to be put right.
pub(in super::super) fn review(commands: &Callback<Command>) {
    let wrong = gloo::utils::document().query_selector("[aria-invalid='true']");
    match wrong.ok().flatten() {
        Some(field) => focus(field),
        None => commands.emit(Command::Plan(PlanCommand::Review)),
    }
}

/// Gives an element the focus, by its id.
pub(super) fn focus_id(id: &str) {
    if let Some(element) = gloo::utils::document().get_element_by_id(id) {
        focus(element);
    }
}

fn focus(element: Element) {
    if let Ok(element) = element.dyn_into::<HtmlElement>() {
        // Only an element that cannot have the focus refuses it.
        let _ = element.focus();
    }
}
