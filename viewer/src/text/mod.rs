//! Everything the viewer says: the languages, the catalogue of messages, and how numbers and times are
//! written. Pure text in, text out: no component, no browser.
//!
//! A message is a variant of [`Msg`]; each language answers all of them in one `match` without a wildcard, so
//! a missing translation does not compile. What is put together from messages and values stands in a method
//! of [`Lang`]: `numbers`, `dates`, `limits`, `change`; of these, `reading`, `row`, `series` and `seen` make
//! sentences.
//!
//! To add a message: a variant of [`Msg`] that says what it means, its words in every language where the
//! compiler asks for them, and its line in `tests/samples.rs`, without which the tests do not compile. A count
//! goes through the language's `count`, which knows its plurals. Values are put in as text that is already
//! written in the language; a sentence never takes its meaning from the order in which components put
//! messages side by side.
//!
//! To add a language: a variant of [`Lang`] and in [`Lang::ALL`]; a module beside `nb` with the words (`say`),
//! the clinical terms, the errors and the marks of its numbers; then what the compiler asks for in `lang`. The
//! tests walk through [`Lang::ALL`]. `bootstrap.js` and `index.html` have one sentence each for the case that
//! the viewer does not load.

mod change;
mod dates;
mod edit;
mod edit_msg;
mod en;
#[cfg(test)]
pub(crate) mod fixtures;
mod lang;
mod limits;
mod msg;
mod nb;
mod nn;
mod numbers;
mod on_demand;
mod on_demand_msg;
mod origin;
mod plan;
mod plan_msg;
mod reading;
mod record;
mod record_msg;
mod row;
mod seen;
mod series;
#[cfg(test)]
mod tests;

pub(crate) use edit_msg::{EditMsg, Typed};
pub(crate) use en::say as say_english;
pub(crate) use lang::Lang;
pub(crate) use msg::{Msg, Source};
pub(crate) use nn::say as say_nynorsk;
pub(crate) use on_demand_msg::OnDemandMsg;
pub(crate) use plan::{Line, Marked};
pub(crate) use plan_msg::PlanMsg;
pub(crate) use reading::Readout;
pub(crate) use record::grouped;
pub(crate) use record_msg::RecordMsg;
pub(crate) use seen::capitalised;

/// Joins the parts that are there with a comma, as in a sentence read aloud.
fn listed(parts: impl IntoIterator<Item = Option<String>>) -> String {
    let parts: Vec<String> = parts
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(", ")
}
