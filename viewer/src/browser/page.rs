//! What the page as a whole says of itself to the outside: `data-app-state`, language and title. And which
//! languages its reader prefers.

use web_sys::Element;

/// Sets `data-app-state`, one of the ids of [`crate::state::Phase`].
pub(crate) fn set_app_state(id: &str) {
    set_on_root("data-app-state", id);
}

/// Sets the language of the page (a tag of BCP 47) and its title.
pub(crate) fn set_language(tag: &str, title: &str) {
    set_on_root("lang", tag);
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        document.set_title(title);
    }
}

/// The languages that the browser's user prefers, the best first, as tags of BCP 47.
pub(crate) fn languages() -> Vec<String> {
    let Some(window) = web_sys::window() else {
        return Vec::new();
    };
    let tags = window.navigator().languages();
    tags.iter().filter_map(|tag| tag.as_string()).collect()
}

/// How much room there is between lines, one of the ids of [`crate::state::Density`].
pub(crate) fn set_density(id: &str) {
    set_on_root("data-density", id);
}

/// Has the browser print the page. A frame that may not ask its user does nothing.
pub(crate) fn print() {
    // Refused only where printing is switched off altogether.
    let _ = gloo::utils::window().print();
}

/// The page stands in a frame.
pub(crate) fn is_framed() -> bool {
    let window = gloo::utils::window();
    // Another site's window may be compared, not looked into.
    window
        .parent()
        .ok()
        .flatten()
        .is_some_and(|parent| parent != window)
}

fn set_on_root(name: &str, value: &str) {
    if let Some(root) = root() {
        // Refused only for a name that is none.
        let _ = root.set_attribute(name, value);
    }
}

fn root() -> Option<Element> {
    web_sys::window()?.document()?.document_element()
}
