//! The few pictures on buttons. They say nothing that the button's name does not say.

use yew::prelude::*;

/// A picture of 16 × 16 pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Glyph {
    /// Fetch anew.
    Refresh,
    /// Move up.
    Up,
    /// Move down.
    Down,
    /// Take hold here to drag.
    Grip,
}

/// Draws it in the colour of the text around it.
pub(super) fn glyph(glyph: Glyph) -> Html {
    let path = match glyph {
        Glyph::Refresh => "M13 8a5 5 0 1 1-1.6-3.7M13.2 1.8v3.4H9.8",
        Glyph::Up => "M8 13V3M4 7l4-4 4 4",
        Glyph::Down => "M8 3v10M4 9l4 4 4-4",
        Glyph::Grip => "M3 5h10M3 8h10M3 11h10",
    };
    html! {
        <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true"><path d={path} /></svg>
    }
}
