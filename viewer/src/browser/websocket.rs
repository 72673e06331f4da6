//! A web socket: text in, text out. Understands nothing of it.

use super::http::js_error_text;
use gloo::events::EventListener;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, WebSocket};

/// A socket. Dropping it closes it normally.
#[derive(Debug)]
pub(crate) struct Socket {
    socket: WebSocket,
    _listeners: [EventListener; 2],
}

/// What a socket tells.
#[derive(Debug)]
pub(crate) enum SocketEvent {
    /// A text message.
    Message(String),
    /// It is closed, or could not be opened.
    Closed,
}

impl Socket {
    /// # Errors
    /// The browser's words, if it refuses the address.
    pub(crate) fn open(address: &str, told: impl Fn(SocketEvent) + Clone + 'static) -> Result<Self, String> {
        let socket = WebSocket::new(address).map_err(|error| js_error_text(&error))?;
        let on_message = EventListener::new(&socket, "message", {
            let told = told.clone();
            move |event| {
                let data = event.dyn_ref::<MessageEvent>().map(MessageEvent::data);
                if let Some(text) = data.as_ref().and_then(JsValue::as_string) {
                    told(SocketEvent::Message(text));
                }
            }
        });
        let on_close = EventListener::once(&socket, "close", move |_| told(SocketEvent::Closed));
        Ok(Self {
            socket,
            _listeners: [on_message, on_close],
        })
    }

    /// Sends a text. One that cannot be sent is lost with the socket, whose end is told.
    pub(crate) fn send(&self, text: &str) {
        let _ = self.socket.send_with_str(text);
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        // One that is closed already stays closed.
        let _ = self.socket.close_with_code(1000);
    }
}
