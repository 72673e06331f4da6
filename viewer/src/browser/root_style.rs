//! Custom properties set on `<html>` over those of the stylesheet. Which ones, and whether they may be set,
//! is decided by `state::host_style`.

use wasm_bindgen::JsCast;
use web_sys::{CssStyleDeclaration, HtmlElement};

/// Sets a custom property; `None` leaves it to the stylesheet again.
pub(crate) fn set_property(name: &str, value: Option<&str>) {
    let Some(style) = root_style() else {
        return;
    };
    // The browser refuses nothing here: a custom property takes any value.
    match value {
        Some(value) => drop(style.set_property(name, value)),
        None => drop(style.remove_property(name)),
    }
}

fn root_style() -> Option<CssStyleDeclaration> {
    let root = web_sys::window()?.document()?.document_element()?;
    Some(root.dyn_into::<HtmlElement>().ok()?.style())
}
