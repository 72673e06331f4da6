//! The nested frame of the authorization page and the callback it posts. Checks who sent a message; what the
//! callback says is judged by `smart-launch`.

use crate::browser::http::js_error_text;
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use std::cell::RefCell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlIFrameElement, MessageEvent, Window};

/// The `type` of the message that the callback page (`bootstrap.js`) posts to its parent.
const CALLBACK: &str = "dho:callback";

/// How long a page may stay in the frame after it has loaded, in milliseconds. A callback comes while its
/// page loads; pages that forward by script get this long for it.
const STAY_LIMIT_MS: u32 = 5_000;

/// A hidden frame that shows the authorization page until it calls back. Dropping it removes the frame, its
/// listeners and its timer.
#[derive(Debug)]
pub(crate) struct CallbackFrame {
    frame: HtmlIFrameElement,
    mailbox: Rc<Mailbox>,
    _listeners: [EventListener; 2],
}

/// What came of the authorization page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FrameOutcome {
    /// It called back with this query.
    Callback(String),
    /// It loaded and stayed.
    Stayed,
}

/// Where the frame's listeners leave the outcome.
#[derive(Debug, Default)]
struct Mailbox {
    outcome: RefCell<Option<FrameOutcome>>,
    waker: RefCell<Option<Waker>>,
    stay_timer: RefCell<Option<Timeout>>,
}

impl Mailbox {
    fn put(&self, outcome: FrameOutcome) {
        self.outcome.replace(Some(outcome));
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }
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
        let own_origin = window.location().origin()?;
        let frame: HtmlIFrameElement = document.create_element("iframe")?.dyn_into()?;
        frame.set_hidden(true);
        frame.set_title("SMART");
        frame.set_attribute("referrerpolicy", "no-referrer")?;

        let mailbox = Rc::new(Mailbox::default());
        let on_message = EventListener::new(&window, "message", {
            let (mailbox, frame) = (Rc::clone(&mailbox), frame.clone());
            move |event| {
                let message = event.dyn_ref::<MessageEvent>();
                if let Some(query) = message.and_then(|message| callback_query(message, &own_origin, &frame))
                {
                    mailbox.put(FrameOutcome::Callback(query));
                }
            }
        });
        let on_load = EventListener::new(&frame, "load", {
            let mailbox = Rc::downgrade(&mailbox);
            move |_| {
                let Some(loaded) = mailbox.upgrade() else { return };
                let mailbox = mailbox.clone();
                let timer = Timeout::new(STAY_LIMIT_MS, move || {
                    if let Some(mailbox) = mailbox.upgrade() {
                        mailbox.put(FrameOutcome::Stayed);
                    }
                });
                loaded.stay_timer.replace(Some(timer));
            }
        });

        let opened = Self {
            frame,
            mailbox,
            _listeners: [on_message, on_load],
        };
        opened.frame.set_src(address);
        document.body().ok_or("no body")?.append_child(&opened.frame)?;
        Ok(opened)
    }

    /// Waits for the callback. Has no time limit for the page to load.
    pub(crate) async fn outcome(&self) -> FrameOutcome {
        poll_fn(|context| match self.mailbox.outcome.take() {
            Some(outcome) => Poll::Ready(outcome),
            None => {
                self.mailbox.waker.replace(Some(context.waker().clone()));
                Poll::Pending
            }
        })
        .await
    }
}

impl Drop for CallbackFrame {
    fn drop(&mut self) {
        self.frame.remove();
    }
}

/// The query in a callback message from exactly this frame and origin; anything else is not for us.
fn callback_query(message: &MessageEvent, own_origin: &str, frame: &HtmlIFrameElement) -> Option<String> {
    let source = message.source()?;
    let frame_window: Window = frame.content_window()?;
    if message.origin() != own_origin || !js_sys::Object::is(source.as_ref(), frame_window.as_ref()) {
        return None;
    }
    let data = message.data();
    let field = |name: &str| {
        js_sys::Reflect::get(&data, &JsValue::from_str(name))
            .ok()?
            .as_string()
    };
    (field("type")? == CALLBACK).then(|| field("search"))?
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
            FrameOutcome::Callback("?code=c".to_owned())
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
            FrameOutcome::Callback("?code=own".to_owned())
        );
    }

    #[wasm_bindgen_test]
    async fn a_page_that_stays_is_noticed() {
        let frame = CallbackFrame::open(&page("document.write('Unknown client')")).unwrap();
        assert_eq!(frame.outcome().await, FrameOutcome::Stayed);
    }
}
