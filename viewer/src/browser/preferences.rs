//! `localStorage` for the user's own choices. Never holds a token, a name or a reading. Where it is full,
//! blocked or absent, nothing is kept and nobody is told: losing a choice never matters.

use web_sys::Storage;

/// The text kept under a key.
pub(crate) fn read(key: &str) -> Option<String> {
    local_storage()?.get_item(key).ok()?
}

/// Keeps a text under a key, if that is allowed.
pub(crate) fn write(key: &str, text: &str) {
    if let Some(storage) = local_storage() {
        // Full or blocked: then it is remembered for as long as the page lives, by who called.
        let _ = storage.set_item(key, text);
    }
}

/// Keeps nothing under a key.
pub(crate) fn remove(key: &str) {
    if let Some(storage) = local_storage() {
        // Blocked: then there is nothing.
        let _ = storage.remove_item(key);
    }
}

/// Whether anything can be kept.
pub(crate) fn works() -> bool {
    local_storage().is_some()
}

fn local_storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

    wasm_bindgen_test_configure!(run_in_browser);

    #[wasm_bindgen_test]
    fn what_is_kept_can_be_read_again() {
        write("dho:preferences:test", "{}");
        assert_eq!(read("dho:preferences:test").as_deref(), Some("{}"));
        assert!(works());
        remove("dho:preferences:test");
        assert_eq!(read("dho:preferences:test"), None);
    }
}
