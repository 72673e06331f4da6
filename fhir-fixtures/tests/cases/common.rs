//! The cases, made once, and ways to look into them.

use std::sync::LazyLock;

use fhir_fixtures::{Case, DEFAULT_SEED, generate};
use jiff::civil::{Date, date};
use serde_json::Value;

pub(crate) const UNTIL: Date = date(2026, 11, 22);

static CASES: LazyLock<Vec<Case>> = LazyLock::new(|| generate(DEFAULT_SEED, UNTIL));

pub(crate) fn cases() -> &'static [Case] {
    &CASES
}

/// The resources of a case; of the year of continuous glucose, every fiftieth is as good as all.
pub(crate) fn sample(case: &Case) -> impl Iterator<Item = Value> + '_ {
    let every = if case.id == "cgm" { 50 } else { 1 };
    let numbered = case.resources().enumerate();
    numbered
        .filter(move |(number, _)| *number < 100 || number % every == 0)
        .map(|(_, resource)| resource)
}
