//! The authorization page in a window of its own, where a nested frame is refused; and the click that browsers
//! want for it. What its callback says is judged by `smart-launch`.

use super::callback::{CallbackOutcome, Listening};
use super::http::js_error_text;
use super::inbox::Inbox;
use gloo::timers::callback::Interval;
use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};
use wasm_bindgen::JsValue;
use web_sys::Window;

/// Large enough for a log-in page.
const FEATURES: &str = "popup,width=560,height=720";

/// How often the window is looked at, in milliseconds: a browser does not tell when it is closed.
const LOOK_EVERY_MS: u32 = 400;

/// A window that shows the authorization page until it calls back. Dropping it closes the window.
#[derive(Debug)]
pub(crate) struct CallbackWindow {
    window: Window,
    inbox: Rc<Inbox<CallbackOutcome>>,
    _listening: Listening,
    _looking: Interval,
}

impl CallbackWindow {
    /// Opens `address` in a window; only within a moment of a click. Only a callback from that window, and
    /// from the viewer's own origin, is taken.
    ///
    /// # Errors
    /// The browser's words, or that it blocks the window.
    pub(crate) fn open(address: &str) -> Result<Self, String> {
        Self::try_open(address).map_err(|error| js_error_text(&error))
    }

    fn try_open(address: &str) -> Result<Self, JsValue> {
        let own = web_sys::window().ok_or("no window")?;
        // Empty at first: a browser that blocks a window writes its address to the console.
        let window = own
            .open_with_url_and_target_and_features("", "_blank", FEATURES)?
            .ok_or("the window was blocked")?;
        window.location().replace(address)?;
        let inbox = Rc::new(Inbox::default());
        let listening = Listening::new(&own, &inbox, {
            let window = window.clone();
            move || Some(window.clone())
        })?;
        let looking = Interval::new(LOOK_EVERY_MS, {
            let (window, inbox) = (window.clone(), Rc::clone(&inbox));
            let was_closed = Cell::new(false);
            // Closed for a whole round: a callback posted just before has come by then.
            move || {
                if was_closed.replace(window.closed().unwrap_or(true)) {
                    inbox.put(CallbackOutcome::Stayed);
                }
            }
        });
        Ok(Self {
            window,
            inbox,
            _listening: listening,
            _looking: looking,
        })
    }

    /// Waits for the callback, or until the window is closed.
    pub(crate) async fn outcome(&self) -> CallbackOutcome {
        self.inbox.next().await
    }
}

impl Drop for CallbackWindow {
    fn drop(&mut self) {
        // One that is closed already stays closed.
        let _ = self.window.close();
    }
}

/// A click that a task waits for. Clones are the same click.
#[derive(Clone, Debug, Default)]
pub(crate) struct Click(Rc<RefCell<Option<Waker>>>);

impl Click {
    /// It has happened. Of no effect while nobody waits.
    pub(crate) fn happened(&self) {
        if let Some(waker) = self.0.take() {
            waker.wake();
        }
    }

    /// Waits for the next one.
    pub(crate) async fn wait(&self) {
        let mut asked = false;
        poll_fn(|context| {
            // Polled again, but not by a click: goes on waiting.
            if asked && self.0.borrow().is_none() {
                return Poll::Ready(());
            }
            asked = true;
            self.0.replace(Some(context.waker().clone()));
            Poll::Pending
        })
        .await;
    }
}
