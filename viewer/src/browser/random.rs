//! Randomness from the browser's cryptographic generator. No other source, no fallback.

/// `N` random bytes, or `None` where the browser has no `crypto`.
pub(crate) fn random_bytes<const N: usize>() -> Option<[u8; N]> {
    let mut bytes = [0; N];
    let crypto = web_sys::window()?.crypto().ok()?;
    crypto.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(bytes)
}
