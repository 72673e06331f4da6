//! Signatures verified and hashes made by WebCrypto. Which signature must be verified with which key is `smart-launch`'s.

use js_sys::{Array, JSON, Object, Reflect, Uint8Array};
use smart_launch::{Algorithm, Verification};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::CryptoKey;

/// Whether the signature fits; `None` where the browser cannot tell: it has no WebCrypto (a page that is not
/// secure), or refuses the key.
pub(crate) async fn verify(verification: &Verification) -> Option<bool> {
    try_verify(verification).await.ok()
}

async fn try_verify(verification: &Verification) -> Result<bool, JsValue> {
    let window = web_sys::window().ok_or("no window")?;
    let subtle = window.crypto()?.subtle();
    let algorithm = algorithm(verification.algorithm)?;
    let jwk: Object = JSON::parse(&verification.key)?.dyn_into()?;
    let use_for = Array::of1(&JsValue::from_str("verify"));
    let key = subtle.import_key_with_object("jwk", &jwk, &algorithm, false, &use_for)?;
    let key: CryptoKey = JsFuture::from(key).await?.dyn_into()?;
    let fits = subtle.verify_with_object_and_u8_array_and_u8_array(
        &algorithm,
        &key,
        &verification.signature,
        &verification.input,
    )?;
    Ok(JsFuture::from(fits).await?.is_truthy())
}

/// The SHA-1 of a file, by which FHIR names its content; `None` where the browser has no WebCrypto.
pub(crate) async fn sha1(bytes: &[u8]) -> Option<Vec<u8>> {
    let subtle = web_sys::window()?.crypto().ok()?.subtle();
    let hash = subtle.digest_with_str_and_u8_array("SHA-1", bytes).ok()?;
    let hash = JsFuture::from(hash).await.ok()?;
    Some(Uint8Array::new(&hash).to_vec())
}

/// The algorithm as WebCrypto names it, for the key and for the signature at once.
fn algorithm(algorithm: Algorithm) -> Result<Object, JsValue> {
    let (name, hash, curve) = match algorithm {
        Algorithm::Rs256 => ("RSASSA-PKCS1-v1_5", "SHA-256", None),
        Algorithm::Rs384 => ("RSASSA-PKCS1-v1_5", "SHA-384", None),
        Algorithm::Es256 => ("ECDSA", "SHA-256", Some("P-256")),
        Algorithm::Es384 => ("ECDSA", "SHA-384", Some("P-384")),
    };
    let parameters = Object::new();
    for (field, value) in [("name", Some(name)), ("hash", Some(hash)), ("namedCurve", curve)] {
        if let Some(value) = value {
            Reflect::set(&parameters, &JsValue::from_str(field), &JsValue::from_str(value))?;
        }
    }
    Ok(parameters)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

    wasm_bindgen_test_configure!(run_in_browser);

    /// A key of the algorithm made here, as JWK text, and a signature of `input` with it.
    async fn signed(algorithm: Algorithm, input: &str) -> (String, Vec<u8>) {
        let make = js_sys::Function::new_with_args(
            "parameters, input",
            "return (async () => {
                const rsa = { modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) };
                const keys = await crypto.subtle.generateKey({ ...rsa, ...parameters }, true, ['sign', 'verify']);
                const { kty, crv, x, y, n, e } = await crypto.subtle.exportKey('jwk', keys.publicKey);
                const data = new TextEncoder().encode(input);
                const signature = await crypto.subtle.sign(parameters, keys.privateKey, data);
                return [JSON.stringify({ kty, crv, x, y, n, e }), new Uint8Array(signature)];
            })()",
        );
        let parameters = super::algorithm(algorithm).unwrap();
        let promise = make
            .call2(&JsValue::NULL, &parameters, &JsValue::from_str(input))
            .unwrap();
        let made: Array = JsFuture::from(js_sys::Promise::from(promise))
            .await
            .unwrap()
            .dyn_into()
            .unwrap();
        (
            made.get(0).as_string().unwrap(),
            Uint8Array::new(&made.get(1)).to_vec(),
        )
    }

    #[wasm_bindgen_test]
    async fn a_file_has_the_hash_that_fhir_names_it_by() {
        let hash = sha1(b"abc").await.unwrap();
        let digits: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(digits, "a9993e364706816aba3e25717850c26c9cd0d89d");
    }

    #[wasm_bindgen_test]
    async fn each_algorithm_verifies_its_signature_and_no_other() {
        for algorithm in [
            Algorithm::Rs256,
            Algorithm::Rs384,
            Algorithm::Es256,
            Algorithm::Es384,
        ] {
            let (key, signature) = signed(algorithm, "header.claims").await;
            let mut verification = Verification {
                algorithm,
                key,
                input: b"header.claims".to_vec(),
                signature,
            };
            assert_eq!(verify(&verification).await, Some(true), "{algorithm:?}");
            verification.input = b"header.other".to_vec();
            assert_eq!(verify(&verification).await, Some(false), "{algorithm:?}");
            verification.key = "{}".to_owned();
            assert_eq!(verify(&verification).await, None, "{algorithm:?}");
        }
    }
}
