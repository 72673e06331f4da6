//! Whether two readings are one.

use crate::ClinicalTime;
use crate::reading::{Reading, Values};
use crate::time::MINUTE_MS;

/// The instant at which the minute of an instant began.
pub(super) const fn whole_minute(at: i64) -> i64 {
    at - at.rem_euclid(MINUTE_MS)
}

/// The same instant and value by the same device; or by two sources, with a clock time, where at most one of them names
/// a device: a copy in another system's laboratory module often keeps neither device nor seconds. Everything else is two
/// readings, those of two devices above all.
pub(super) fn is_same(a: &Reading, b: &Reading) -> bool {
    let two_sources = !a.sources.iter().any(|source| b.sources.contains(source));
    let same_device = match (&a.device, &b.device) {
        (Some(one), Some(other)) => one == other,
        _ => two_sources && a.time.has_clock(),
    };
    same_device && same_time(&a.time, &b.time, two_sources) && same_numbers(&a.values, &b.values)
}

/// The same instant; of two sources also the same minute, where one of them has whole minutes only.
fn same_time(a: &ClinicalTime, b: &ClinicalTime, two_sources: bool) -> bool {
    let (one, other) = (a.start_ms(), b.start_ms());
    let minute = whole_minute(one);
    let cut = || {
        two_sources
            && a.has_clock()
            && b.has_clock()
            && minute == whole_minute(other)
            && (one == minute || other == minute)
    };
    a == b || cut()
}

fn same_numbers(a: &Values, b: &Values) -> bool {
    let numbers = |values: &Values| -> Vec<_> {
        values
            .components()
            .map(|c| {
                (
                    c.quantity.shown,
                    c.quantity.comparator,
                    c.quantity.as_sent_unit.clone(),
                )
            })
            .collect()
    };
    a.text() == b.text() || numbers(a) == numbers(b)
}
