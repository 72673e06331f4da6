//! Randomness from the operating system: opaque values and ids. Also ids that look the same and are not random.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// The operating system always has randomness; were it not so, nothing here could go on safely.
#[allow(
    clippy::expect_used,
    reason = "a launcher without randomness must not hand out guessable secrets"
)]
pub(crate) fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("randomness from the operating system");
    bytes
}

/// 256 random bits, for use in a URL.
pub(crate) fn opaque() -> String {
    URL_SAFE_NO_PAD.encode(bytes::<32>())
}

/// A version 4 UUID.
pub(crate) fn uuid() -> String {
    uuid_with(bytes())
}

/// The UUID that the same text always gets.
pub(crate) fn uuid_for(text: &str) -> String {
    let mut bytes = [0; 16];
    let hash = Sha256::digest(text.as_bytes());
    bytes
        .iter_mut()
        .zip(hash)
        .for_each(|(byte, hashed)| *byte = hashed);
    uuid_with(bytes)
}

fn uuid_with(bytes: [u8; 16]) -> String {
    let bits = u128::from_be_bytes(bytes);
    let bits = (bits & !(0xf << 76) | (4 << 76)) & !(3 << 62) | (2 << 62);
    let hex = format!("{bits:032x}");
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    [part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_has_its_version_and_variant() {
        let uuid = uuid();
        assert_eq!(uuid.len(), 36);
        assert_eq!(uuid.as_bytes()[14], b'4');
        assert!(b"89ab".contains(&uuid.as_bytes()[19]), "{uuid}");
        assert_eq!(uuid_for("a"), uuid_for("a"));
        assert_ne!(uuid_for("a"), uuid_for("b"));
    }
}
