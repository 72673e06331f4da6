//! Whether the browser has a connection at all. That it has one says nothing about any server.

use gloo::events::EventListener;

/// False only where the browser knows that there is no connection.
pub(crate) fn is_online() -> bool {
    gloo::utils::window().navigator().on_line()
}

/// Calls `changed` with whether there is a connection, whenever that changes, until the listeners are dropped.
pub(crate) fn listen(changed: impl Fn(bool) + Clone + 'static) -> [EventListener; 2] {
    let listen = |event: &'static str, online: bool| {
        let changed = changed.clone();
        EventListener::new(&gloo::utils::window(), event, move |_| changed(online))
    };
    [listen("online", true), listen("offline", false)]
}
