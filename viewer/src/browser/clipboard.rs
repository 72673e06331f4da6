//! Copying a text. Frames of other sites may be refused the clipboard: then the older way by a selection is tried, and
//! where that is refused too, the text stays selected for the user to copy.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlDocument, HtmlTextAreaElement};

/// Copies a text that stands in the field with this id; within a moment of a click. Returns whether it was copied: if
/// not, it is selected.
pub(crate) async fn copy(text: &str, field_id: &str) -> bool {
    let clipboard = gloo::utils::window().navigator().clipboard();
    // Missing on pages that are not served securely.
    if !clipboard.is_undefined() && JsFuture::from(clipboard.write_text(text)).await.is_ok() {
        return true;
    }
    let document = gloo::utils::document();
    let field = document.get_element_by_id(field_id);
    let Some(field) = field.and_then(|field| field.dyn_into::<HtmlTextAreaElement>().ok()) else {
        return false;
    };
    // Refused only for an element that is gone.
    let _ = field.focus();
    field.select();
    let document = document.dyn_into::<HtmlDocument>();
    document.is_ok_and(|document| document.exec_command("copy").unwrap_or(false))
}
