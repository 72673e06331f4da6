//! Everything the viewer says: the languages, the catalogue of messages, and how numbers and times are
//! written. Pure text in, text out: no component, no browser.
//!
//! A message is a variant of [`Msg`]; each language answers all of them in one `match`, so a missing
//! translation does not compile. To add a language: a variant of [`Lang`], a module beside `nb`, and an
//! arm in [`Lang::say`]. To add a message: a variant of [`Msg`], and what the compiler then asks for.

mod dates;
#[cfg(test)]
pub(crate) mod fixtures;
mod limits;
mod msg;
mod nb;
mod numbers;
mod reading;
mod series;

use std::borrow::Cow;

pub(crate) use msg::{Msg, Source};
pub(crate) use reading::Readout;

/// A language of the viewer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Lang {
    /// Norwegian bokmål.
    #[default]
    Bokmal,
}

impl Lang {
    /// The message in this language.
    pub(crate) fn say(self, msg: Msg<'_>) -> Cow<'static, str> {
        match self {
            Self::Bokmal => nb::say(msg),
        }
    }
}

/// Joins the parts that are there with a comma, as in a sentence read aloud.
fn listed(parts: impl IntoIterator<Item = Option<String>>) -> String {
    let parts: Vec<String> = parts
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(", ")
}
