//! HTTP by `fetch`: bytes out, bytes in. No retries, no tokens of its own, no reading of the content.

use super::handover::handed_over;
use js_sys::{Promise, Reflect, Uint8Array};
use std::fmt;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, Headers, ReferrerPolicy, RequestCache, RequestCredentials, RequestInit, RequestRedirect,
    Response,
};

/// A request that is sent once.
#[derive(Debug)]
pub(crate) struct HttpRequest {
    method: &'static str,
    address: String,
    headers: Vec<(String, String)>,
    body: Option<String>,
    outlives_page: bool,
    under_way_as: Option<&'static str>,
}

impl HttpRequest {
    /// GET: nothing of it is cached, no cookies, no referrer, no redirects.
    pub(crate) fn get(address: impl Into<String>) -> Self {
        Self::new("GET", address.into())
    }

    /// Any method with a body, as [`HttpRequest::get`] otherwise.
    pub(crate) fn with_body(
        method: &'static str,
        address: impl Into<String>,
        content_type: &str,
        body: String,
    ) -> Self {
        let request = Self {
            body: Some(body),
            ..Self::new(method, address.into())
        };
        request.header("Content-Type", content_type)
    }

    /// Adds a header.
    #[must_use]
    pub(crate) fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// It is sent to its end although the user leaves the page meanwhile.
    #[must_use]
    pub(crate) fn outliving_the_page(mut self) -> Self {
        self.outlives_page = true;
        self
    }

    /// `bootstrap.js` has sent it already, and left what comes of it under this name; where it has not, it is sent now.
    #[must_use]
    pub(crate) fn under_way_as(mut self, name: &'static str) -> Self {
        self.under_way_as = Some(name);
        self
    }

    fn new(method: &'static str, address: String) -> Self {
        Self {
            method,
            address,
            headers: Vec::new(),
            body: None,
            outlives_page: false,
            under_way_as: None,
        }
    }

    fn init(&self) -> Result<RequestInit, JsValue> {
        let headers = Headers::new()?;
        for (name, value) in &self.headers {
            headers.set(name, value)?;
        }
        let init = RequestInit::new();
        init.set_method(self.method);
        init.set_headers(&headers);
        init.set_redirect(RequestRedirect::Error);
        init.set_referrer_policy(ReferrerPolicy::NoReferrer);
        init.set_credentials(RequestCredentials::Omit);
        init.set_cache(RequestCache::NoStore);
        if self.outlives_page {
            Reflect::set(&init, &JsValue::from_str("keepalive"), &JsValue::TRUE)?;
        }
        if let Some(body) = &self.body {
            init.set_body(&JsValue::from_str(body));
        }
        Ok(init)
    }
}

/// An answer, whatever its status.
pub(crate) struct HttpResponse {
    /// HTTP status.
    pub(crate) status: u16,
    /// The header `Retry-After`, if the server lets other origins see it.
    pub(crate) retry_after: Option<String>,
    /// The header `Location`, likewise.
    pub(crate) location: Option<String>,
    /// The content, decompressed.
    pub(crate) body: Vec<u8>,
}

impl fmt::Debug for HttpResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HttpResponse({}, {} bytes)", self.status, self.body.len())
    }
}

/// No answer. The browser does not say whether the network, a certificate, CORS, a redirect or the content
/// security policy stood in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unreachable {
    /// The browser's own words, for support.
    pub(crate) detail: String,
}

/// Sends the request and reads the whole answer. Dropping the future before it is done aborts the request.
///
/// # Errors
/// [`Unreachable`] when no complete answer came.
pub(crate) async fn send(request: HttpRequest) -> Result<HttpResponse, Unreachable> {
    exchange(&request).await.map_err(|error| Unreachable {
        detail: js_error_text(&error),
    })
}

async fn exchange(request: &HttpRequest) -> Result<HttpResponse, JsValue> {
    let window = web_sys::window().ok_or_else(|| JsValue::from_str("no window"))?;
    let abort = AbortOnDrop(AbortController::new()?);
    let init = request.init()?;
    init.set_signal(Some(&abort.0.signal()));
    let under_way = request.under_way_as.map(handed_over);
    let under_way = under_way.and_then(|answer| answer.dyn_into::<Promise>().ok());
    let answer = under_way.unwrap_or_else(|| window.fetch_with_str_and_init(&request.address, &init));
    let answer = JsFuture::from(answer).await?;
    let response: Response = answer.dyn_into()?;
    let content = JsFuture::from(response.array_buffer()?).await?;
    Ok(HttpResponse {
        status: response.status(),
        retry_after: response.headers().get("Retry-After")?,
        location: response.headers().get("Location")?,
        body: Uint8Array::new(&content).to_vec(),
    })
}

/// Aborts the request when dropped; of no effect once the answer has been read.
struct AbortOnDrop(AbortController);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// The message of a JavaScript error.
pub(super) fn js_error_text(error: &JsValue) -> String {
    match error.dyn_ref::<js_sys::Error>() {
        Some(error) => String::from(error.message()),
        None => error.as_string().unwrap_or_else(|| "unknown error".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

    wasm_bindgen_test_configure!(run_in_browser);

    #[wasm_bindgen_test]
    async fn an_answer_has_status_and_bytes() {
        let answer = send(HttpRequest::get("/")).await.unwrap();
        assert_eq!(answer.status, 200);
        assert!(!answer.body.is_empty());
    }

    #[wasm_bindgen_test]
    async fn a_status_is_not_a_network_failure() {
        assert_eq!(send(HttpRequest::get("/not-there")).await.unwrap().status, 404);
        assert!(send(HttpRequest::get("http://127.0.0.1:9/")).await.is_err());
    }
}
