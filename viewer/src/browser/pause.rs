//! A turn for the browser in the middle of long work. When one is due is decided by whoever works.

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::MessageChannel;

/// Lets the browser do what waits there: input, drawing, answers. Comes back in a task of its own, by a message
/// to oneself: a timer would take four milliseconds, or a second where the page is hidden.
pub(crate) async fn pause() {
    let Ok(channel) = MessageChannel::new() else {
        return;
    };
    let port = channel.port1();
    let come_back = Promise::new(&mut |back, _| port.set_onmessage(Some(&back)));
    if channel.port2().post_message(&JsValue::NULL).is_ok() {
        // It cannot be refused: nobody holds the other function.
        let _ = JsFuture::from(come_back).await;
    }
    port.close();
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;
    use std::rc::Rc;

    use gloo::timers::callback::Timeout;
    use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

    wasm_bindgen_test_configure!(run_in_browser);

    #[wasm_bindgen_test]
    async fn what_waits_has_its_turn() {
        let happened = Rc::new(Cell::new(false));
        let _timer = Timeout::new(0, {
            let happened = Rc::clone(&happened);
            move || happened.set(true)
        });
        for _ in 0..1000 {
            if happened.get() {
                return;
            }
            pause().await;
        }
        panic!("the browser never had a turn");
    }
}
