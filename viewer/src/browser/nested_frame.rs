//! The nested frame of the authorization page. What its callback says is judged by `smart-launch`.

use super::callback::{CallbackOutcome, Listening};
use super::http::js_error_text;
use super::inbox::Inbox;
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlIFrameElement;

/// How long a page may stay in the frame after it has loaded, in milliseconds. A callback comes while its
/// page loads; pages that forward by script get this long for it.
const STAY_LIMIT_MS: u32 = 5_000;

/// A hidden frame that shows the authorization page until it calls back. Dropping it removes the frame, its
/// listeners and its timer.
#[derive(Debug)]
pub(crate) struct CallbackFrame {
    frame: HtmlIFrameElement,
    inbox: Rc<Inbox<CallbackOutcome>>,
    _listening: Listening,
    _on_load: EventListener,
}

impl CallbackFrame {
    /// Opens `address` in a hidden frame. Only a callback from that frame, and from the viewer's own origin,
    /// is taken.
    ///
    /// # Errors
    /// The browser's words, if the frame cannot be made.
    pub(crate) fn open(address: &str) -> Result<Self, String> {
        Self::try_open(address).map_err(|error| js_error_text(&error))
    }

    fn try_open(address: &str) -> Result<Self, JsValue> {
        let window = web_sys::window().ok_or("no window")?;
        let document = window.document().ok_or("no document")?;
        let frame: HtmlIFrameElement = document.create_element("iframe")?.dyn_into()?;
        frame.set_hidden(true);
        frame.set_title("SMART");
        frame.set_attribute("referrerpolicy", "no-referrer")?;

        let inbox = Rc::new(Inbox::default());
        let listening = Listening::new(&window, &inbox, {
            let frame = frame.clone();
            move || frame.content_window()
        })?;
        let stay_timer = RefCell::new(None);
        let on_load = EventListener::new(&frame, "load", {
            let inbox = Rc::downgrade(&inbox);
            move |_| {
                let inbox = inbox.clone();
                stay_timer.replace(Some(Timeout::new(STAY_LIMIT_MS, move || {
                    if let Some(inbox) = inbox.upgrade() {
                        inbox.put(CallbackOutcome::Stayed);
                    }
                })));
            }
        });

        let opened = Self {
            frame,
            inbox,
            _listening: listening,
            _on_load: on_load,
        };
        opened.frame.set_src(address);
        document.body().ok_or("no body")?.append_child(&opened.frame)?;
        Ok(opened)
    }

    /// Waits for the callback. Has no time limit for the page to load.
    pub(crate) async fn outcome(&self) -> CallbackOutcome {
        self.inbox.next().await
    }
}

impl Drop for CallbackFrame {
    fn drop(&mut self) {
        self.frame.remove();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

    wasm_bindgen_test_configure!(run_in_browser);

    /// The address of a page of the viewer's own origin that runs `script`.
    fn page(script: &str) -> String {
        let html = format!("<script>{script}</script>");
        let parts = js_sys::Array::of1(&JsValue::from_str(&html));
        let make = js_sys::Function::new_with_args(
            "parts",
            "return URL.createObjectURL(new Blob(parts, { type: 'text/html' }))",
        );
        make.call1(&JsValue::NULL, &parts).unwrap().as_string().unwrap()
    }

    fn elements() -> u32 {
        web_sys::window()
            .unwrap()
            .document()
            .unwrap()
            .body()
            .unwrap()
            .child_element_count()
    }

    #[wasm_bindgen_test]
    async fn the_callback_of_the_frame_is_taken_and_the_frame_removed() {
        let before = elements();
        let frame = CallbackFrame::open(&page(
            "parent.postMessage({ type: 'dho:callback', search: '?code=c' }, '*')",
        ))
        .unwrap();
        assert_eq!(
            frame.outcome().await,
            CallbackOutcome::Callback("?code=c".to_owned())
        );
        drop(frame);
        assert_eq!(elements(), before);
    }

    #[wasm_bindgen_test]
    async fn only_the_frame_itself_and_only_a_callback_is_heard() {
        let frame = CallbackFrame::open(&page(
            "parent.postMessage(null, '*');
             parent.postMessage({ type: 'other', search: '?code=other' }, '*');
             parent.postMessage({ type: 'dho:callback' }, '*');
             setTimeout(() => parent.postMessage({ type: 'dho:callback', search: '?code=own' }, '*'), 100);",
        ))
        .unwrap();
        let forged = js_sys::Function::new_no_args(
            "window.postMessage({ type: 'dho:callback', search: '?code=forged' }, '*')",
        );
        forged.call0(&JsValue::NULL).unwrap();
        assert_eq!(
            frame.outcome().await,
            CallbackOutcome::Callback("?code=own".to_owned())
        );
    }

    #[wasm_bindgen_test]
    async fn a_page_that_stays_is_noticed() {
        let frame = CallbackFrame::open(&page("document.write('Unknown client')")).unwrap();
        assert_eq!(frame.outcome().await, CallbackOutcome::Stayed);
    }
}
