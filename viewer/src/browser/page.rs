//! What the page as a whole says of itself to the outside: `data-app-state` on `<html>`.

/// Sets `data-app-state`, one of the ids of [`crate::state::Phase`].
pub(crate) fn set_app_state(id: &str) {
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.document_element());
    if let Some(root) = root {
        // The attribute is for tests and styles; a page without a root element has neither.
        let _ = root.set_attribute("data-app-state", id);
    }
}
