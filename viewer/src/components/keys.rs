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

/// T shows the trend that the focus is in, or the one of the row, as a table or as a curve. Escape leads from a
/// trend that stands beside the rows back to its row.
pub(super) fn on_trend_key(event: &KeyboardEvent) {
    let plain = !event.ctrl_key() && !event.alt_key() && !event.meta_key();
    if plain && event.key().eq_ignore_ascii_case("t") {
        // The chart or table that has the focus goes away, its button stays.
        if let Some(button) = enclosing(event, "li, figure").and_then(|part| find(&part, ".toggle-table")) {
            focus(&button).click();
        }
    }
    if event.key() == "Escape" && !event.default_prevented() {
        let parameter = enclosing(event, "figure").and_then(|trend| trend.get_attribute("data-parameter"));
        if let Some(row) = parameter.and_then(|parameter| row_of(&parameter)) {
            focus(&row);
        }
    }
}

fn row_of(parameter: &str) -> Option<HtmlElement> {
    let rows = gloo::utils::document().query_selector_all(".row").ok()?;
    let rows = (0..rows.length()).filter_map(|index| rows.item(index)?.dyn_into::<HtmlElement>().ok());
    let mut rows = rows.filter(|row| row.get_attribute("data-parameter").as_deref() == Some(parameter));
    rows.next()
}

/// Leads from a row to its trend beside the list.
pub(super) fn focus_trend(id: &str) {
    let trend = gloo::utils::document().get_element_by_id(id);
    if let Some(part) = trend.and_then(|trend| find(&trend, "canvas").or_else(|| find(&trend, "button"))) {
        focus(&part);
    }
}

/// Gives an element the focus.
pub(super) fn focus_node(node: &NodeRef) {
    if let Some(element) = node.cast::<HtmlElement>() {
        focus(&element);
    }
}

/// Gives the first element inside that matches the focus.
pub(super) fn focus_first(within: &Element, selector: &str) {
    if let Some(element) = find(within, selector) {
        focus(&element);
    }
}

/// What was pressed may go away with what follows: the focus moves to the part of the screen around it
/// (`data-home`), so that it is not lost.
pub(super) fn keep_focus(event: &MouseEvent) {
    let pressed = event.target_dyn_into::<Element>();
    let home = pressed.and_then(|element| element.closest("[data-home]").ok()?);
    if let Some(home) = home.and_then(|home| home.dyn_into::<HtmlElement>().ok()) {
        focus(&home);
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
