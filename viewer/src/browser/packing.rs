//! Bytes compressed by the browser itself, which has that already: nothing is fetched for it.

use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

#[wasm_bindgen]
extern "C" {
    type CompressionStream;
    #[wasm_bindgen(catch, constructor)]
    fn new(format: &str) -> Result<CompressionStream, JsValue>;

    /// A Blob that is read, and what it is read through.
    type Reading;
    #[wasm_bindgen(catch, method)]
    fn stream(this: &Reading) -> Result<Reading, JsValue>;
    #[wasm_bindgen(catch, method, js_name = pipeThrough)]
    fn pipe_through(this: &Reading, through: &CompressionStream) -> Result<Reading, JsValue>;

    /// What comes out of it.
    #[wasm_bindgen(js_name = Response)]
    type Outcome;
    #[wasm_bindgen(catch, constructor, js_class = "Response")]
    fn of(stream: &Reading) -> Result<Outcome, JsValue>;
    #[wasm_bindgen(catch, method, js_class = "Response", js_name = arrayBuffer)]
    fn array_buffer(this: &Outcome) -> Result<Promise, JsValue>;
}

/// In zlib's format; `None` where the browser cannot do that.
pub(crate) async fn deflated(bytes: &[u8]) -> Option<Vec<u8>> {
    let parts = Array::of1(&Uint8Array::from(bytes));
    let blob = Blob::new_with_u8_array_sequence(&parts).ok()?;
    let plain = blob.unchecked_into::<Reading>().stream().ok()?;
    let packed = plain
        .pipe_through(&CompressionStream::new("deflate").ok()?)
        .ok()?;
    let whole = Outcome::of(&packed).ok()?.array_buffer().ok()?;
    Some(Uint8Array::new(&JsFuture::from(whole).await.ok()?).to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

    wasm_bindgen_test_configure!(run_in_browser);

    #[wasm_bindgen_test]
    async fn bytes_are_compressed_in_the_format_of_zlib() {
        let packed = deflated(&[b'a'; 10_000]).await.unwrap();
        assert!(packed.len() < 100, "{} bytes", packed.len());
        // Its two first bytes say so: deflate, and a multiple of 31 together.
        let [method, flags, ..] = *packed else {
            panic!("{packed:?}")
        };
        assert_eq!(
            (method & 15, (u16::from(method) << 8 | u16::from(flags)) % 31),
            (8, 0)
        );
    }
}
