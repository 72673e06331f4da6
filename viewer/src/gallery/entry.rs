//! What an entry of the gallery is. The entries themselves are in `screens` and `parts`.

use yew::Html;

use crate::state::State;
use crate::text::Lang;

/// One thing to look at.
pub(super) struct Entry {
    /// Stable name: part of addresses and of the names of pictures.
    pub(super) id: &'static str,
    /// What it is.
    pub(super) title: &'static str,
    /// What to look for.
    pub(super) look_for: &'static str,
    /// How it is made.
    pub(super) show: Show,
    /// A button that is pressed at once, as a selector of CSS.
    pub(super) press: Option<&'static str>,
}

/// How an entry is made; `None` where a fixture is missing that it needs.
pub(super) enum Show {
    /// The whole screen in this state.
    Screen(fn() -> Option<State>),
    /// One component by itself.
    Part(fn(Lang) -> Option<Html>),
}

/// A state of the whole screen.
pub(super) const fn screen(
    id: &'static str,
    title: &'static str,
    look_for: &'static str,
    state: fn() -> Option<State>,
) -> Entry {
    Entry {
        id,
        title,
        look_for,
        show: Show::Screen(state),
        press: None,
    }
}

/// A component by itself.
pub(super) const fn part(
    id: &'static str,
    title: &'static str,
    look_for: &'static str,
    html: fn(Lang) -> Option<Html>,
) -> Entry {
    Entry {
        id,
        title,
        look_for,
        show: Show::Part(html),
        press: None,
    }
}

impl Entry {
    /// The same after a button was pressed.
    pub(super) const fn pressed(self, selector: &'static str) -> Self {
        Self {
            press: Some(selector),
            ..self
        }
    }

    /// True for a state of the whole screen.
    pub(super) const fn is_screen(&self) -> bool {
        matches!(self.show, Show::Screen(_))
    }
}

/// There is one of each id.
impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}
