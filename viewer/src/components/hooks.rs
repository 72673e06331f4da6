//! Hooks that several components use. Each owns what it listens to and lets go of it when dropped.

use web_sys::Element;
use yew::prelude::*;

use crate::browser::display::{Media, SizeObserver};
use crate::text::Lang;

/// The language of the screen.
#[hook]
pub(super) fn use_lang() -> Lang {
    use_context::<Lang>().unwrap_or_default()
}

/// Whether a media query matches, now and when it changes.
#[hook]
pub(super) fn use_media(query: &'static str) -> bool {
    let media = use_memo(query, |query| Media::new(query));
    let matches = use_state_eq(|| media.matches());
    use_effect_with(media, {
        let matches = matches.setter();
        move |media| {
            let listener = media.listen(move |now| matches.set(now));
            move || drop(listener)
        }
    });
    *matches
}

/// Whether there is room for the charts beside the rows (the stylesheet's wide layout).
#[hook]
pub(super) fn use_wide() -> bool {
    use_media("(min-width: 820px)")
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
                .and_then(|element| SizeObserver::new(&element, move |now| size.set(now)));
            move || drop(observer)
        }
    });
    *size
}
