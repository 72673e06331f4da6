//! Limits as they stand on a reading (`referenceRange`) and in a plan (Goal). Says how limits are written,
//! never which zone a value is in: that is what the author of a case declares beside each reading.

use serde_json::{Value, json};

use crate::resource::{INTERPRETATION, coding, quantity};

/// The Danish codes for a yellow (GAL) and a red (RAL) limit.
pub(crate) const DANISH: &str = "urn:oid:1.2.208.184.100.1";

/// One range of a set of limits. An empty bound is an open one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limit {
    system: &'static str,
    /// Code of the range's severity; empty for a range without a type, as a laboratory gives it.
    code: &'static str,
    low: &'static str,
    high: &'static str,
}

/// A range typed with a code of HL7's interpretation codes (N, A, L, H, AA, LL, HH).
pub(crate) const fn limit(code: &'static str, low: &'static str, high: &'static str) -> Limit {
    Limit {
        system: INTERPRETATION,
        code,
        low,
        high,
    }
}

/// A range typed with a code of another system.
pub(crate) const fn limit_in(
    system: &'static str,
    code: &'static str,
    low: &'static str,
    high: &'static str,
) -> Limit {
    Limit {
        system,
        code,
        low,
        high,
    }
}

/// A range without a type.
pub(crate) const fn untyped(low: &'static str, high: &'static str) -> Limit {
    Limit {
        system: "",
        code: "",
        low,
        high,
    }
}

impl Limit {
    /// The type's CodeableConcept, if the range has one.
    pub(crate) fn severity(&self) -> Option<Value> {
        (!self.code.is_empty()).then(|| json!({ "coding": [coding(self.system, self.code)] }))
    }

    /// `low` and `high` in `unit`, those that are given.
    pub(crate) fn bounds(&self, unit: &str) -> Value {
        let mut range = json!({});
        if !self.low.is_empty() {
            range["low"] = quantity(self.low, unit);
        }
        if !self.high.is_empty() {
            range["high"] = quantity(self.high, unit);
        }
        range
    }
}

/// `referenceRange` with all of `limits`, the bounds in `unit` (UCUM).
pub(crate) fn reference_ranges(limits: &[Limit], unit: &str) -> Value {
    let ranges = limits.iter().map(|limit| {
        let mut range = limit.bounds(unit);
        if let Some(severity) = limit.severity() {
            range["type"] = severity;
        }
        range
    });
    ranges.collect()
}
