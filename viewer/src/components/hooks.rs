//! Hooks that several components use. Each owns what it listens to and lets go of it when dropped.

use gloo::events::EventListener;
use gloo::utils::window;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver};
use yew::prelude::*;

use crate::text::Lang;

/// The language of the screen.
#[hook]
pub(super) fn use_lang() -> Lang {
    use_context::<Lang>().unwrap_or_default()
}

/// Whether a media query matches, now and when it changes.
#[hook]
pub(super) fn use_media(query: &'static str) -> bool {
    let list = use_memo(query, |query| window().match_media(query).ok().flatten());
    let matches = use_state_eq(|| list.as_ref().as_ref().is_some_and(|list| list.matches()));
    use_effect_with(list, {
        let matches = matches.setter();
        move |list| {
            let listener = list.as_ref().clone().map(|list| {
                let target = list.clone();
                EventListener::new(&target, "change", move |_| matches.set(list.matches()))
            });
            move || drop(listener)
        }
    });
    *matches
}

/// Whether there is room for the charts beside the rows (the stylesheet's wide layout).
#[hook]
pub(super) fn use_wide() -> bool {
    use_media("(min-width: 900px)")
}

/// Width and height of an element in CSS pixels, now and when they change; `None` before it is laid out.
#[hook]
pub(super) fn use_size(node: NodeRef) -> Option<(f64, f64)> {
    let size = use_state_eq(|| None);
    use_effect_with(node, {
        let size = size.setter();
        move |node| {
            let observer = node
                .cast::<Element>()
                .and_then(|element| Observer::new(&element, size));
            move || drop(observer)
        }
    });
    *size
}

/// A `ResizeObserver` with the closure that it calls.
struct Observer {
    observer: ResizeObserver,
    _changed: Closure<dyn FnMut()>,
}

impl Observer {
    fn new(element: &Element, size: UseStateSetter<Option<(f64, f64)>>) -> Option<Self> {
        let measured = element.clone();
        let changed = Closure::<dyn FnMut()>::new(move || {
            let width = f64::from(measured.client_width());
            let height = f64::from(measured.client_height());
            size.set((width > 0.0 && height > 0.0).then_some((width, height)));
        });
        let observer = ResizeObserver::new(changed.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        Some(Self {
            observer,
            _changed: changed,
        })
    }
}

impl Drop for Observer {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
