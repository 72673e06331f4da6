//! What `bootstrap.js` has ready for the viewer on the window, each to be taken once. Knows nothing of what it is.

use js_sys::Reflect;
use wasm_bindgen::JsValue;

/// What is there under a name, off the window; `undefined` where there is nothing.
pub(super) fn handed_over(name: &str) -> JsValue {
    let Some(window) = web_sys::window() else {
        return JsValue::UNDEFINED;
    };
    let name = JsValue::from_str(name);
    let value = Reflect::get(&window, &name).unwrap_or_default();
    // A plain property of the window can always be deleted.
    let _ = Reflect::delete_property(&window, &name);
    value
}
