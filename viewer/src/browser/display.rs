//! The display: media queries, pixel ratio, the stylesheet's tokens, the size of an element. What follows
//! from them is decided by components.

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{CssStyleDeclaration, Element, HtmlCanvasElement, MediaQueryList, ResizeObserver};

/// A canvas that is not in the page.
pub(crate) fn new_canvas() -> Option<HtmlCanvasElement> {
    gloo::utils::document()
        .create_element("canvas")
        .ok()?
        .dyn_into()
        .ok()
}

/// Device pixels to a CSS pixel.
pub(crate) fn pixel_ratio() -> f64 {
    gloo::utils::window().device_pixel_ratio()
}

/// A media query, such as `(min-width: 900px)`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Media(Option<MediaQueryList>);

impl Media {
    /// A query that the browser does not understand never matches.
    pub(crate) fn new(query: &str) -> Self {
        Self(gloo::utils::window().match_media(query).ok().flatten())
    }

    /// Whether it matches now.
    pub(crate) fn matches(&self) -> bool {
        self.0.as_ref().is_some_and(MediaQueryList::matches)
    }

    /// Calls `changed` whenever it begins or ceases to match, until the listener is dropped.
    pub(crate) fn listen(&self, changed: impl Fn(bool) + 'static) -> Option<EventListener> {
        let list = self.0.clone()?;
        let target = list.clone();
        Some(EventListener::new(&target, "change", move |_| {
            changed(list.matches())
        }))
    }
}

/// Calls `changed` before the page is printed and after, until the listeners are dropped. In between, `<html>`
/// carries `data-print`: the stylesheet is light then, whatever the screen is.
pub(crate) fn on_print(changed: impl Fn(bool) + Clone + 'static) -> [EventListener; 2] {
    let listen = |event: &'static str, printing: bool| {
        let changed = changed.clone();
        EventListener::new(&gloo::utils::window(), event, move |_| {
            if let Some(root) = gloo::utils::document().document_element() {
                // Refused only for a name that is none.
                let _ = root.toggle_attribute_with_force("data-print", printing);
            }
            changed(printing);
        })
    };
    [listen("beforeprint", true), listen("afterprint", false)]
}

/// The custom properties of the stylesheet as they apply to the page now.
#[derive(Debug)]
pub(crate) struct Tokens(Option<CssStyleDeclaration>);

impl Tokens {
    /// Of the root element.
    pub(crate) fn read() -> Self {
        let root = gloo::utils::document().document_element();
        Self(root.and_then(|root| gloo::utils::window().get_computed_style(&root).ok().flatten()))
    }

    /// A property's value; empty if it is not set.
    pub(crate) fn get(&self, name: &str) -> String {
        let value = self
            .0
            .as_ref()
            .and_then(|styles| styles.get_property_value(name).ok());
        value.map(|value| value.trim().to_owned()).unwrap_or_default()
    }
}

/// Width and height of an element in CSS pixels; `None` while it is not laid out.
pub(crate) fn size_of(element: &Element) -> Option<(f64, f64)> {
    let (width, height) = (element.client_width(), element.client_height());
    (width > 0 && height > 0).then(|| (f64::from(width), f64::from(height)))
}

/// Watches the size of an element until dropped.
#[derive(Debug)]
pub(crate) struct SizeObserver {
    observer: ResizeObserver,
    _changed: Closure<dyn FnMut()>,
}

impl SizeObserver {
    /// Calls `changed` with width and height in CSS pixels, now and when they change; `None` while it is
    /// not laid out.
    pub(crate) fn new(element: &Element, changed: impl Fn(Option<(f64, f64)>) + 'static) -> Option<Self> {
        let measured = element.clone();
        let changed = Closure::<dyn FnMut()>::new(move || changed(size_of(&measured)));
        let observer = ResizeObserver::new(changed.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        Some(Self {
            observer,
            _changed: changed,
        })
    }
}

impl Drop for SizeObserver {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
