//! Whether two readings are one, or two halves of one.

use crate::ClinicalTime;
use crate::reading::{Reading, Status, Values};
use crate::time::MINUTE_MS;

/// How far two readings that are one may be apart in time: a system may keep whole minutes only.
pub(super) const REACH_MS: i64 = MINUTE_MS;

#[cfg(test)]
thread_local! {
    /// How often two readings were compared.
    pub(super) static LOOKED_AT: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// By what two readings are one, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    Identifier,
    Instant,
    Second,
    Minute,
    /// A systolic and a diastolic pressure that belong together.
    Half,
}

/// Where two readings come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// One server's answers; it may pass on what several systems have.
    OneServer,
    /// The answers of two servers, whatever system they say it is from.
    TwoServers,
}

/// Two readings are one that share an identifier; or the same instant and value by the same device; or by two sources,
/// with a clock time, where at most one of them names a device: a copy in another system's laboratory module often keeps
/// neither device nor seconds. Everything else is two readings, those of two devices above all.
pub(super) fn likeness(a: &Reading, b: &Reading, from: Origin) -> Option<Likeness> {
    #[cfg(test)]
    LOOKED_AT.set(LOOKED_AT.get() + 1);
    let two_sources =
        from == Origin::TwoServers || !a.sources.iter().any(|source| b.sources.contains(source));
    let devices = (device(a, from), device(b, from));
    if are_halves(&a.values, &b.values) {
        let two_devices = matches!(devices, (Some(one), Some(other)) if one != other);
        let together = !two_sources && !two_devices && a.time.has_clock() && a.time == b.time;
        return together.then_some(Likeness::Half);
    }
    if a.identifiers.iter().any(|id| b.identifiers.contains(id)) && (two_sources || could_be_one(a, b)) {
        return Some(Likeness::Identifier);
    }
    let same_device = match devices {
        // In one source a date does not tell the morning's reading from the evening's.
        (Some(one), Some(other)) => one == other && (two_sources || a.time.has_clock()),
        _ => two_sources && a.time.has_clock(),
    };
    if !same_device || !same_numbers(&a.values, &b.values) {
        return None;
    }
    nearness(&a.time, &b.time, two_sources)
}

/// One of them has only what the other lacks: they came as two Observations.
pub(super) fn are_halves(a: &Values, b: &Values) -> bool {
    let [one, other] = [a, b].map(|values| values.parts().map(|part| part.is_some()));
    matches!(
        (one, other),
        ([true, false], [false, true]) | ([false, true], [true, false])
    )
}

/// Whether an identifier that two readings of one source have can be believed: some sources give all that they send the
/// same one, and then the times differ too. Of a correction or what was preliminary the time may have been put right.
fn could_be_one(a: &Reading, b: &Reading) -> bool {
    let is_version = |reading: &Reading| {
        matches!(
            reading.status,
            Status::Preliminary | Status::Amended | Status::Corrected
        )
    };
    let one_day = !(a.time.has_clock() && b.time.has_clock()) && a.time.oslo_date() == b.time.oslo_date();
    one_day
        || (a.time.axis_ms() - b.time.axis_ms()).abs() <= REACH_MS
        || (a.status != b.status && (is_version(a) || is_version(b)))
}

/// What a device is known by. A reference means nothing at another server: there it is known by its name.
fn device(reading: &Reading, from: Origin) -> Option<&str> {
    let device = reading.device.as_deref()?;
    match from {
        Origin::OneServer => Some(device),
        Origin::TwoServers => match device.rsplit_once(" (") {
            Some((name, _)) if device.ends_with(')') => Some(name),
            _ => Some(device).filter(|device| device.contains(' ') || !device.contains('/')),
        },
    }
}

/// The same instant; of two sources also where one of them has whole seconds only, or has cut the seconds off.
/// One that rounds to the next minute is not told from another reading, and stays one of its own.
fn nearness(a: &ClinicalTime, b: &ClinicalTime, two_sources: bool) -> Option<Likeness> {
    if a == b {
        return Some(Likeness::Instant);
    }
    if !two_sources || !a.has_clock() || !b.has_clock() {
        return None;
    }
    let (one, other) = (a.start_ms(), b.start_ms());
    let apart = (one - other).abs();
    let is_whole = |unit: i64| one.rem_euclid(unit) == 0 || other.rem_euclid(unit) == 0;
    if apart < 1000 && is_whole(1000) {
        return Some(Likeness::Second);
    }
    if !is_whole(MINUTE_MS) {
        return None;
    }
    (one.div_euclid(MINUTE_MS) == other.div_euclid(MINUTE_MS)).then_some(Likeness::Minute)
}

pub(super) fn same_numbers(a: &Values, b: &Values) -> bool {
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
