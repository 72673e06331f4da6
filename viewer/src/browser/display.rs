//! The display: media queries, pixel ratio, the stylesheet's tokens, the size of an element. What follows
//! from them is decided by components.

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{CssStyleDeclaration, Element, MediaQueryList, ResizeObserver};

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
        let changed = Closure::<dyn FnMut()>::new(move || {
            let width = f64::from(measured.client_width());
            let height = f64::from(measured.client_height());
            changed((width > 0.0 && height > 0.0).then_some((width, height)));
        });
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
