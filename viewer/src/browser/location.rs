//! The page's address and its place among frames. Interprets no parameters.

use crate::browser::handover::handed_over;
use crate::browser::http::js_error_text;

/// The page's address: what came after it, and the address without it.
#[derive(Clone, Default)]
pub(crate) struct PageAddress {
    /// The query with its `?`, or empty.
    pub(crate) query: String,
    /// The viewer's own address, up to and without the query: `https://viewer.example/`.
    pub(crate) base: String,
}

/// The page's address. Its query is the one that `bootstrap.js` took off it before anything else was loaded,
/// and can be taken once.
pub(crate) fn take_address() -> PageAddress {
    let Some(window) = web_sys::window() else {
        return PageAddress::default();
    };
    let query = handed_over("dhoQuery").as_string().unwrap_or_default();
    let location = window.location();
    let base = match (location.origin(), location.pathname()) {
        (Ok(origin), Ok(path)) => origin + &path,
        _ => String::new(),
    };
    PageAddress { query, base }
}

/// The page is inside another page.
pub(crate) fn is_framed() -> bool {
    let Some(window) = web_sys::window() else {
        return false;
    };
    match window.parent() {
        Ok(Some(parent)) => !js_sys::Object::is(parent.as_ref(), window.as_ref()),
        Ok(None) => false,
        Err(_) => true,
    }
}

/// Leaves the viewer for `address` in this frame, without a step back to the launch in the history.
///
/// # Errors
/// The browser's words, if it refuses the address.
pub(crate) fn leave_for(address: &str) -> Result<(), String> {
    let window = web_sys::window().ok_or("no window")?;
    window
        .location()
        .replace(address)
        .map_err(|error| js_error_text(&error))
}
