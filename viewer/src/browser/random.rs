//! Randomness from the browser's cryptographic generator. No other source, no fallback.

/// `N` random bytes, or `None` where the browser has no `crypto`.
pub(crate) fn random_bytes<const N: usize>() -> Option<[u8; N]> {
    let mut bytes = [0; N];
    let crypto = web_sys::window()?.crypto().ok()?;
    crypto.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(bytes)
}

/// A number from 0 to 1 that need not be secret: it spreads waits.
pub(crate) fn fraction() -> f64 {
    js_sys::Math::random()
}
