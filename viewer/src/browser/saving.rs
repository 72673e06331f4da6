//! Bytes that are given to the browser to be shown or kept: an address for them, and a download.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// The address of bytes within this page. It ends when dropped.
#[derive(Debug)]
pub(crate) struct ObjectUrl(String);

impl ObjectUrl {
    /// Of bytes of a media type. `None` only where the page is gone.
    pub(crate) fn new(bytes: &[u8], kind: &str) -> Option<Self> {
        let bag = BlobPropertyBag::new();
        bag.set_type(kind);
        let parts = Array::of1(&Uint8Array::from(bytes));
        let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &bag).ok()?;
        Url::create_object_url_with_blob(&blob).ok().map(Self)
    }

    /// The address.
    pub(crate) fn address(&self) -> &str {
        &self.0
    }

    /// Has the browser download it under a name. A frame that may not download does nothing, and nobody is told.
    pub(crate) fn download(&self, name: &str) {
        let link = gloo::utils::document().create_element("a").ok();
        if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) {
            link.set_href(&self.0);
            link.set_download(name);
            link.click();
        }
    }
}

impl Drop for ObjectUrl {
    fn drop(&mut self) {
        // Refused only for what is no address of this page.
        let _ = Url::revoke_object_url(&self.0);
    }
}
