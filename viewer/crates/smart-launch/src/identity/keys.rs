//! The one key of a server's JWKS by which a signature can be verified. Does not verify it.

use super::Algorithm;
use super::claims::Header;
use crate::discovery::{json_object, text};
use lenient_json::Json;

/// The key as JWK text with only what its use needs; `None` where none fits, or where several do and the
/// header does not say which.
pub(super) fn find(jwks: &[u8], header: &Header) -> Option<String> {
    let jwks = json_object(jwks).ok()?;
    let listed = jwks.get("keys").list()?;
    let mut fitting = listed.iter().filter_map(|key| fitting(key, header));
    fitting.next().filter(|_| fitting.next().is_none())
}

/// The key, if it is of the algorithm's kind and has the header's id.
fn fitting(key: &Json, header: &Header) -> Option<String> {
    let is = |field: &str, value: &str| text(key, field) == Some(value);
    let may_be = |field: &str, value: &str| key.field(field).is_none() || is(field, value);
    let has_id = match &header.key_id {
        Some(id) => is("kid", id),
        None => true,
    };
    let (algorithm, curve) = match header.algorithm {
        Algorithm::Rs256 => ("RS256", None),
        Algorithm::Rs384 => ("RS384", None),
        Algorithm::Es256 => ("ES256", Some("P-256")),
        Algorithm::Es384 => ("ES384", Some("P-384")),
    };
    if !has_id || !may_be("use", "sig") || !may_be("alg", algorithm) {
        return None;
    }
    let part = |name| Some((name, text(key, name)?.into()));
    let jwk = match curve {
        None if is("kty", "RSA") => Json::object([part("kty")?, part("n")?, part("e")?]),
        Some(curve) if is("kty", "EC") && is("crv", curve) => {
            Json::object([part("kty")?, part("crv")?, part("x")?, part("y")?])
        }
        _ => return None,
    };
    Some(jwk.to_string())
}
