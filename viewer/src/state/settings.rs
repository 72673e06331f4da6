//! What the user has chosen of how the view looks, and where that is remembered.

use std::rc::Rc;

/// How much room there is between lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Density {
    /// As much as fits.
    #[default]
    Dense,
    /// Easier to touch.
    Roomy,
}

impl Density {
    /// The stable name.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::Dense => "dense",
            Self::Roomy => "roomy",
        }
    }

    /// By its name.
    pub(crate) fn from_id(id: &str) -> Option<Self> {
        [Self::Dense, Self::Roomy]
            .into_iter()
            .find(|density| density.id() == id)
    }
}

/// Where choices are remembered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Keeper {
    /// At the launch's server.
    Server,
    /// In this browser.
    Browser,
    /// For as long as the page lives.
    #[default]
    Page,
}

impl Keeper {
    /// The stable name.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::Server => "server",
            Self::Browser => "browser",
            Self::Page => "page",
        }
    }
}

/// What the screen shows of the choices.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Settings {
    /// How much room there is between lines.
    pub(crate) density: Density,
    /// Where choices are remembered.
    pub(crate) keeper: Keeper,
    /// All of them as they are kept, to be taken along; empty where nothing was chosen.
    pub(crate) text: Rc<str>,
    /// A text that was to be taken over holds no choices.
    pub(crate) is_refused: bool,
}
