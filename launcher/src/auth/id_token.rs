//! The key that signs id_tokens (ES256), made new at each start, and its public half as a JWKS.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};

use crate::random;

pub(crate) struct Signer {
    key: SigningKey,
    kid: String,
}

impl fmt::Debug for Signer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Signer({})", self.kid)
    }
}

impl Signer {
    pub(crate) fn new() -> Self {
        loop {
            // Nearly every 256-bit number is a key of the curve; zero and the few beyond its order are not.
            if let Ok(key) = SigningKey::from_slice(&random::bytes::<32>()) {
                return Self {
                    key,
                    kid: random::uuid(),
                };
            }
        }
    }

    pub(crate) fn jwks(&self) -> Value {
        let point = self.key.verifying_key().to_sec1_point(false);
        // An uncompressed point: one byte 4, then x and y of 32 bytes each.
        let coordinate =
            |from: usize| URL_SAFE_NO_PAD.encode(point.as_bytes().get(from..from + 32).unwrap_or_default());
        json!({ "keys": [{
            "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": self.kid,
            "x": coordinate(1), "y": coordinate(33),
        }] })
    }

    /// The claims as a signed JWT.
    pub(crate) fn sign(&self, claims: &Value) -> String {
        let header = json!({ "alg": "ES256", "typ": "JWT", "kid": self.kid });
        let encode = |part: &Value| URL_SAFE_NO_PAD.encode(part.to_string());
        let signed = format!("{}.{}", encode(&header), encode(claims));
        let signature: Signature = self.key.sign(signed.as_bytes());
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use p256::ecdsa::VerifyingKey;
    use p256::ecdsa::signature::Verifier;

    #[test]
    fn a_token_verifies_against_the_published_key() {
        let signer = Signer::new();
        let token = signer.sign(&json!({ "sub": "x" }));
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let key = &signer.jwks()["keys"][0];
        let mut point = vec![4u8];
        for name in ["x", "y"] {
            point.extend(URL_SAFE_NO_PAD.decode(key[name].as_str().unwrap()).unwrap());
        }
        let key = VerifyingKey::from_sec1_bytes(&point).unwrap();
        let signature = Signature::from_slice(&URL_SAFE_NO_PAD.decode(signature).unwrap()).unwrap();
        assert!(key.verify(signed.as_bytes(), &signature).is_ok());
        assert!(key.verify(b"something else", &signature).is_err());
    }
}
