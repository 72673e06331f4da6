//! The page of `cargo xtask bench`: what the viewer does with readings, from bytes to canvas, called step by step by
//! a program that does the same with chart libraries. The shipped viewer is built without it.

mod input;
mod limits;
mod page;

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Float64Array, Function, JsString, Object, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

use crate::warm_up::warm_up;
use page::Page;

/// Leaves what the page's script calls in `window.viewerBench`.
pub(crate) fn start() {
    warm_up();
    let page = Rc::new(RefCell::new(Page::new()));
    let calls = Object::new();
    let add = |name: &str, call: JsValue| {
        // Refused only by an object that is frozen.
        let _ = Reflect::set(&calls, &name.into(), &call);
    };
    let read = Rc::clone(&page);
    add(
        "read",
        call(move |bundle: Uint8Array| pair(read.borrow_mut().read(&bundle.to_vec()))),
    );
    let take = Rc::clone(&page);
    let columns = Closure::<dyn Fn(JsString, Float64Array, Float64Array) -> Array>::new(
        move |code: JsString, times: Float64Array, values: Float64Array| {
            pair(take.borrow_mut().take(&String::from(code), &times, &values))
        },
    );
    add("take", columns.into_js_value());
    let draw = Rc::clone(&page);
    let drawn = Closure::<dyn Fn() -> u32>::new(move || draw.borrow_mut().draw());
    add("draw", drawn.into_js_value());
    let show = Rc::clone(&page);
    let shown = Closure::<dyn Fn(f64, f64)>::new(move |from, to| show.borrow().show((from, to)));
    add("show", shown.into_js_value());
    let span = Rc::clone(&page);
    let spanned = Closure::<dyn Fn() -> Array>::new(move || numbers(&span.borrow().span()));
    add("span", spanned.into_js_value());
    let area = Closure::<dyn Fn() -> Array>::new(move || numbers(&page.borrow().area()));
    add("area", area.into_js_value());
    // As above.
    let _ = Reflect::set(&gloo::utils::window(), &"viewerBench".into(), &calls);
}

fn call(work: impl Fn(Uint8Array) -> Array + 'static) -> JsValue {
    let work: Function = Closure::<dyn Fn(Uint8Array) -> Array>::new(work)
        .into_js_value()
        .unchecked_into();
    work.into()
}

fn pair((one, other): (usize, usize)) -> Array {
    numbers(&[one as f64, other as f64])
}

fn numbers(numbers: &[f64]) -> Array {
    numbers.iter().copied().map(JsValue::from_f64).collect()
}
