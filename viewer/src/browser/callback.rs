//! The message with which the callback page (`bootstrap.js`) hands its query to the viewer that opened it, in
//! a nested frame or a window. Checks who sent it; what it says is judged by `smart-launch`.

use super::inbox::Inbox;
use gloo::events::EventListener;
use js_sys::Reflect;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Window};

/// The `type` of the message.
const CALLBACK: &str = "dho:callback";

/// What came of the authorization page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum CallbackOutcome {
    /// It called back with this query.
    Callback(String),
    /// It loaded and stayed, or was closed.
    Stayed,
}

/// The property of the viewer's window by which the callback page knows that the viewer waits for it.
const AWAITS: &str = "dhoAwaitsCallback";

/// Listens while it lives.
#[derive(Debug)]
pub(super) struct Listening {
    window: Window,
    _listener: EventListener,
}

impl Listening {
    /// Listens for the callback from exactly the window that `sender` names, and from the viewer's own origin.
    pub(super) fn new(
        window: &Window,
        inbox: &Rc<Inbox<CallbackOutcome>>,
        sender: impl Fn() -> Option<Window> + 'static,
    ) -> Result<Self, JsValue> {
        let own_origin = window.location().origin()?;
        let inbox = Rc::clone(inbox);
        let listener = EventListener::new(window, "message", move |event| {
            let message = event.dyn_ref::<MessageEvent>();
            if let Some(query) = message.and_then(|message| query(message, &own_origin, sender().as_ref())) {
                inbox.put(CallbackOutcome::Callback(query));
            }
        });
        Reflect::set(window, &JsValue::from_str(AWAITS), &JsValue::TRUE)?;
        Ok(Self {
            window: window.clone(),
            _listener: listener,
        })
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        // A plain property of the window can always be deleted.
        let _ = Reflect::delete_property(&self.window, &JsValue::from_str(AWAITS));
    }
}

/// The query of a callback message; anything else is not for us.
fn query(message: &MessageEvent, own_origin: &str, sender: Option<&Window>) -> Option<String> {
    let source = message.source()?;
    if message.origin() != own_origin || !js_sys::Object::is(source.as_ref(), sender?.as_ref()) {
        return None;
    }
    let data = message.data();
    let field = |name: &str| Reflect::get(&data, &JsValue::from_str(name)).ok()?.as_string();
    (field("type")? == CALLBACK).then(|| field("search"))?
}
