//! Whether a history is whole, and where it is cut off. Reads no version.

use chart_model::care_plan::Version;
use chart_model::order;

use super::super::parts::Part;
use super::super::remarks;
use crate::json::Json;

/// Whether numbered versions go back to the first without a gap. Opaque numbers tell nothing, nor do those of a server
/// that numbers whatever it stores in one row: they leap from version to version.
pub(super) fn goes_back_to_the_first<'a>(versions: impl Iterator<Item = &'a Part>) -> Option<bool> {
    let numbers: Option<Vec<i64>> = versions.map(|part| part.version().parse().ok()).collect();
    let mut numbers = numbers?;
    order::by_key(&mut numbers, |number| *number);
    let steps = numbers.iter().zip(numbers.iter().skip(1));
    let leaps = steps.filter(|(before, after)| *after - *before > 1).count();
    let is_one_row = numbers.first() != Some(&1) && leaps * 2 > numbers.len().saturating_sub(1);
    let goes_back = || (1..).zip(numbers).all(|(expected, number)| expected == number);
    (!is_one_row).then(goes_back)
}

/// What each history holds that counts more versions than that, and has no next page.
pub(super) fn cut_lists(pages: &[&[u8]]) -> Vec<Vec<Part>> {
    let bundles = pages.iter().filter_map(|page| Json::parse(page));
    let histories = bundles.filter(|bundle| bundle.text("type") == "history");
    let cut = histories.filter_map(|bundle| {
        let entries = bundle.get("entry").items();
        let total = match bundle.get("total") {
            Json::Atom(total) => total.parse().unwrap_or(0),
            _ => 0,
        };
        let mut links = bundle.get("link").items().iter();
        let has_next = links.any(|link| link.text("relation") == "next");
        let parts = entries
            .iter()
            .map(|entry| Part::new(entry.get("resource").clone()));
        (!has_next && total > entries.len()).then(|| parts.collect())
    });
    cut.collect()
}

/// The oldest that each cut history holds, as `CarePlan/7` and its version: what was before it may be had one by one.
pub fn cut_histories(pages: &[&[u8]]) -> Vec<(String, Version)> {
    let oldest = |list: Vec<Part>| {
        let oldest = list
            .iter()
            .min_by_key(|part| part.version().parse().unwrap_or(u64::MAX))?;
        Some((oldest.name(), remarks::version(&oldest.json)))
    };
    cut_lists(pages).into_iter().filter_map(oldest).collect()
}
