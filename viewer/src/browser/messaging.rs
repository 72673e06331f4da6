//! Messages to and from the journal's window: the one around the viewer, or the one that opened it. What they
//! say, and whom to believe, is `smart-launch`'s.

use super::http::js_error_text;
use gloo::events::EventListener;
use js_sys::JSON;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Window};

/// The journal's window. Dropping it ends the listening.
#[derive(Debug)]
pub(crate) struct JournalWindow {
    window: Window,
    _listener: EventListener,
}

/// A message that some window sent to the viewer.
#[derive(Debug)]
pub(crate) struct WindowMessage {
    /// The sender's origin.
    pub(crate) origin: String,
    /// It is the journal's window that sent it.
    pub(crate) from_journal: bool,
    /// As JSON text; empty where it is nothing that JSON can say.
    pub(crate) message: String,
}

impl JournalWindow {
    /// `None` where no other window is around the viewer or has opened it.
    pub(crate) fn listen(heard: impl Fn(WindowMessage) + 'static) -> Option<Self> {
        let own = web_sys::window()?;
        let is_own = |window: &Window| js_sys::Object::is(window.as_ref(), own.as_ref());
        // A window of another origin is no `Window` of ours, though it can be asked like one.
        let opener = || {
            own.opener()
                .ok()
                .filter(|it| it.is_object())
                .map(JsCast::unchecked_into::<Window>)
        };
        let window = own
            .parent()
            .ok()?
            .filter(|parent| !is_own(parent))
            .or_else(opener)?;
        let listener = EventListener::new(&own, "message", {
            let journal = window.clone();
            move |event| {
                if let Some(event) = event.dyn_ref::<MessageEvent>() {
                    heard(WindowMessage {
                        origin: event.origin(),
                        from_journal: event
                            .source()
                            .is_some_and(|source| js_sys::Object::is(source.as_ref(), journal.as_ref())),
                        message: JSON::stringify(&event.data())
                            .map(String::from)
                            .unwrap_or_default(),
                    });
                }
            }
        });
        Some(Self {
            window,
            _listener: listener,
        })
    }

    /// Posts JSON text as a message, to a window of exactly this origin.
    ///
    /// # Errors
    /// The browser's words, if it refuses.
    pub(crate) fn post(&self, origin: &str, message: &str) -> Result<(), String> {
        let post = || {
            let message: JsValue = JSON::parse(message)?;
            self.window.post_message(&message, origin)
        };
        post().map_err(|error| js_error_text(&error))
    }
}
