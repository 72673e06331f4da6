//! What the keyboard does between components: from row to row, from a row to its trend, chart or table.
//! Keys are heard only while the focus is inside the viewer. Inside a chart, `trend_chart` listens.

use chart_model::Parameter;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// ↑ and ↓ move from row to row, Escape closes the open row and returns to it.
#[hook]
pub(super) fn use_row_keys(
    open: Option<Parameter>,
    on_toggle: Callback<Parameter>,
) -> Callback<KeyboardEvent> {
    use_callback((open, on_toggle), |event: KeyboardEvent, (open, on_toggle)| {
        let Some(item) = enclosing(&event, "li") else {
            return;
        };
        let goal = match event.key().as_str() {
            "ArrowDown" => item.next_element_sibling(),
            "ArrowUp" => item.previous_element_sibling(),
            "Escape" => open.as_ref().map(|parameter| {
                on_toggle.emit(parameter.clone());
                item
            }),
            _ => None,
        };
        if let Some(row) = goal.and_then(|item| find(&item, "button")) {
            event.prevent_default();
            focus(&row);
        }
    })
}

/// T shows the trend that the focus is in, or the one of the row, as a table or as a curve.
pub(super) fn on_table_key(event: &KeyboardEvent) {
    let plain = !event.ctrl_key() && !event.alt_key() && !event.meta_key();
    if plain && event.key().eq_ignore_ascii_case("t") {
        // The chart or table that has the focus goes away, its button stays.
        if let Some(button) = enclosing(event, "li, figure").and_then(|part| find(&part, ".toggle-table")) {
            focus(&button).click();
        }
    }
}

/// Leads from a row to its trend beside the list.
pub(super) fn focus_trend(id: &str) {
    let trend = gloo::utils::document().get_element_by_id(id);
    if let Some(part) = trend.and_then(|trend| find(&trend, "canvas, button")) {
        focus(&part);
    }
}

/// The innermost element that matches and holds the focus.
fn enclosing(event: &KeyboardEvent, selector: &str) -> Option<Element> {
    event.target_dyn_into::<Element>()?.closest(selector).ok()?
}

fn find(within: &Element, selector: &str) -> Option<HtmlElement> {
    within.query_selector(selector).ok()??.dyn_into().ok()
}

fn focus(element: &HtmlElement) -> &HtmlElement {
    // Only an element that cannot have the focus refuses it.
    let _ = element.focus();
    element
}
