//! The browser's own question before the page is left. Its words are the browser's.

use gloo::events::{EventListener, EventListenerOptions};

/// Has the browser ask before the page is left, until it is dropped.
#[derive(Debug)]
pub(crate) struct AskBeforeLeaving {
    _listener: EventListener,
}

impl AskBeforeLeaving {
    /// From now on.
    pub(crate) fn begin() -> Self {
        let window = gloo::utils::window();
        let options = EventListenerOptions::enable_prevent_default();
        let listener = EventListener::new_with_options(&window, "beforeunload", options, |event| {
            event.prevent_default();
        });
        Self { _listener: listener }
    }
}
