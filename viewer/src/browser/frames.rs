//! Drawing before the browser's next frame, once however often it is asked for. What is drawn is decided by
//! the charts.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// One drawing that can be asked for until this is dropped.
#[derive(Debug)]
pub(crate) struct Frames {
    draw: Closure<dyn FnMut()>,
    asked: Rc<Cell<Option<i32>>>,
}

impl Frames {
    /// Nothing is drawn before it is asked for.
    pub(crate) fn new(draw: impl Fn() + 'static) -> Self {
        let asked = Rc::new(Cell::new(None));
        let done = Rc::clone(&asked);
        Self {
            draw: Closure::new(move || {
                done.set(None);
                draw();
            }),
            asked,
        }
    }

    /// Draws before the next frame.
    pub(crate) fn ask(&self) {
        if self.asked.get().is_none() {
            let draw = self.draw.as_ref().unchecked_ref();
            self.asked
                .set(gloo::utils::window().request_animation_frame(draw).ok());
        }
    }
}

impl Drop for Frames {
    fn drop(&mut self) {
        if let Some(asked) = self.asked.get() {
            // Refused only for a page that is gone.
            let _ = gloo::utils::window().cancel_animation_frame(asked);
        }
    }
}
