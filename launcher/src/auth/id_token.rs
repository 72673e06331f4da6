//! The keys that sign id_tokens, made new at each start, and their public halves as a JWKS. Knows no claims.

use std::fmt;
use std::sync::OnceLock;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::ecdsa::signature::Signer as _;
use rsa::signature::{SignatureEncoding, Signer as _};
use rsa::traits::PublicKeyParts;
use rsa::{RsaPrivateKey, pkcs1v15};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Sha256, Sha384};

use crate::random;

#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Serialize)]
pub(crate) enum Algorithm {
    #[default]
    ES256,
    ES384,
    RS256,
    RS384,
}

pub(crate) struct Signer {
    p256: p256::ecdsa::SigningKey,
    p384: p384::ecdsa::SigningKey,
    /// Takes a second or more to find: only made when it is asked for.
    rsa: OnceLock<Option<RsaPrivateKey>>,
    /// Leads the id of each key.
    id: String,
}

impl fmt::Debug for Signer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Signer({})", self.id)
    }
}

impl Signer {
    pub(crate) fn new() -> Self {
        Self {
            p256: first_key(|| p256::ecdsa::SigningKey::from_slice(&random::bytes::<32>()).ok()),
            p384: first_key(|| p384::ecdsa::SigningKey::from_slice(&random::bytes::<48>()).ok()),
            rsa: OnceLock::new(),
            id: random::uuid(),
        }
    }

    /// Makes the key of an algorithm, if that is still to be done.
    pub(crate) fn prepare(&self, algorithm: Algorithm) {
        if matches!(algorithm, Algorithm::RS256 | Algorithm::RS384) {
            self.rsa();
        }
    }

    fn rsa(&self) -> Option<&RsaPrivateKey> {
        let make = || RsaPrivateKey::new(&mut rsa::rand_core::OsRng, 2048).ok();
        self.rsa.get_or_init(make).as_ref()
    }

    /// All keys made so far, as a server that has changed its algorithm has.
    pub(crate) fn jwks(&self) -> Value {
        let (p256, p384) = (
            self.p256.verifying_key().to_sec1_point(false),
            self.p384.verifying_key().to_sec1_point(false),
        );
        let mut keys = vec![
            self.curve_key(Algorithm::ES256, "P-256", p256.as_bytes()),
            self.curve_key(Algorithm::ES384, "P-384", p384.as_bytes()),
        ];
        if let Some(Some(key)) = self.rsa.get() {
            keys.push(json!({
                "kty": "RSA", "use": "sig", "kid": self.kid(Algorithm::RS256),
                "n": URL_SAFE_NO_PAD.encode(key.n().to_bytes_be()),
                "e": URL_SAFE_NO_PAD.encode(key.e().to_bytes_be()),
            }));
        }
        json!({ "keys": keys })
    }

    /// An uncompressed point is one byte 4, then x and y of equal length.
    fn curve_key(&self, algorithm: Algorithm, curve: &str, point: &[u8]) -> Value {
        let (x, y) = point.get(1..).unwrap_or_default().split_at(point.len() / 2);
        json!({
            "kty": "EC", "crv": curve, "alg": algorithm, "use": "sig", "kid": self.kid(algorithm),
            "x": URL_SAFE_NO_PAD.encode(x), "y": URL_SAFE_NO_PAD.encode(y),
        })
    }

    fn kid(&self, algorithm: Algorithm) -> String {
        let key = match algorithm {
            Algorithm::ES256 => "p256",
            Algorithm::ES384 => "p384",
            Algorithm::RS256 | Algorithm::RS384 => "rsa",
        };
        format!("{}-{key}", self.id)
    }

    /// The claims as a signed JWT.
    pub(crate) fn sign(&self, algorithm: Algorithm, claims: &Value) -> String {
        let header = json!({ "alg": algorithm, "typ": "JWT", "kid": self.kid(algorithm) });
        let encode = |part: &Value| URL_SAFE_NO_PAD.encode(part.to_string());
        let signed = format!("{}.{}", encode(&header), encode(claims));
        let signature = self.signature(algorithm, signed.as_bytes());
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    fn signature(&self, algorithm: Algorithm, signed: &[u8]) -> Vec<u8> {
        match (algorithm, self.rsa.get()) {
            (Algorithm::ES256, _) => {
                let signature: p256::ecdsa::Signature = self.p256.sign(signed);
                signature.to_bytes().to_vec()
            }
            (Algorithm::ES384, _) => {
                let signature: p384::ecdsa::Signature = self.p384.sign(signed);
                signature.to_bytes().to_vec()
            }
            (Algorithm::RS256, Some(Some(key))) => pkcs1v15::SigningKey::<Sha256>::new(key.clone())
                .sign(signed)
                .to_vec(),
            (Algorithm::RS384, Some(Some(key))) => pkcs1v15::SigningKey::<Sha384>::new(key.clone())
                .sign(signed)
                .to_vec(),
            // Not prepared: a signature that nobody accepts.
            (Algorithm::RS256 | Algorithm::RS384, _) => Vec::new(),
        }
    }
}

/// Nearly every number of the right length is a key of the curve; zero and the few beyond its order are not.
fn first_key<K>(mut make: impl FnMut() -> Option<K>) -> K {
    loop {
        if let Some(key) = make() {
            return key;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use p256::ecdsa::signature::Verifier as _;
    use rsa::BigUint;
    use rsa::signature::Verifier as _;

    /// Verifies as an app does: by the key of the JWKS that has the token's `kid`.
    fn is_valid(jwks: &Value, token: &str, signed: &[u8]) -> bool {
        let mut parts = token.split('.').map(|part| URL_SAFE_NO_PAD.decode(part).unwrap());
        let head: Value = serde_json::from_slice(&parts.next().unwrap()).unwrap();
        let signature = parts.nth(1).unwrap();
        let keys = jwks["keys"].as_array().unwrap();
        let key = keys.iter().find(|key| key["kid"] == head["kid"]).unwrap();
        let number = |name: &str| URL_SAFE_NO_PAD.decode(key[name].as_str().unwrap()).unwrap();
        let point = || [vec![4], number("x"), number("y")].concat();
        let rsa = || {
            let (n, e) = (
                BigUint::from_bytes_be(&number("n")),
                BigUint::from_bytes_be(&number("e")),
            );
            rsa::RsaPublicKey::new(n, e).unwrap()
        };
        match head["alg"].as_str().unwrap() {
            "ES256" => {
                let signature = p256::ecdsa::Signature::from_slice(&signature).unwrap();
                let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(&point()).unwrap();
                key.verify(signed, &signature).is_ok()
            }
            "ES384" => {
                let signature = p384::ecdsa::Signature::from_slice(&signature).unwrap();
                let key = p384::ecdsa::VerifyingKey::from_sec1_bytes(&point()).unwrap();
                key.verify(signed, &signature).is_ok()
            }
            "RS256" => {
                let signature = pkcs1v15::Signature::try_from(signature.as_slice()).unwrap();
                pkcs1v15::VerifyingKey::<Sha256>::new(rsa())
                    .verify(signed, &signature)
                    .is_ok()
            }
            "RS384" => {
                let signature = pkcs1v15::Signature::try_from(signature.as_slice()).unwrap();
                pkcs1v15::VerifyingKey::<Sha384>::new(rsa())
                    .verify(signed, &signature)
                    .is_ok()
            }
            other => panic!("{other}"),
        }
    }

    #[test]
    fn a_token_of_every_algorithm_verifies_against_the_published_key() {
        let signer = Signer::new();
        assert_eq!(signer.jwks()["keys"].as_array().unwrap().len(), 2);
        for algorithm in [
            Algorithm::ES256,
            Algorithm::ES384,
            Algorithm::RS256,
            Algorithm::RS384,
        ] {
            signer.prepare(algorithm);
            let token = signer.sign(algorithm, &json!({ "sub": "x" }));
            let (signed, _) = token.rsplit_once('.').unwrap();
            assert!(
                is_valid(&signer.jwks(), &token, signed.as_bytes()),
                "{algorithm:?}"
            );
            assert!(
                !is_valid(&signer.jwks(), &token, b"something else"),
                "{algorithm:?}"
            );
        }
    }
}
