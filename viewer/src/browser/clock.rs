//! The time of day and performance marks. Reads no time zone and formats nothing.

/// Milliseconds since 1970-01-01T00:00Z by the browser's clock.
pub(crate) fn now_ms() -> f64 {
    js_sys::Date::now()
}

/// The same in whole milliseconds, as the clinical model counts.
#[allow(
    clippy::cast_possible_truncation,
    reason = "milliseconds since 1970 fit in 53 bits"
)]
pub(crate) fn now() -> i64 {
    now_ms() as i64
}

/// Sets a performance mark, such as `dho:token`. A browser that cannot is left alone.
pub(crate) fn mark(name: &str) {
    if let Some(performance) = web_sys::window().and_then(|window| window.performance()) {
        // A mark is for measuring only: nothing depends on it.
        let _ = performance.mark(name);
    }
}
