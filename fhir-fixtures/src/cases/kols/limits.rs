//! The sets of limits of the COPD patient, in the order in which they were in force.

use crate::limits::{Limit, limit};

pub(super) static SPO2_FIRST: [Limit; 3] = [
    limit("N", "92", ""),
    limit("A", "88", "91"),
    limit("AA", "", "87"),
];
pub(super) static SPO2_SECOND: [Limit; 3] = [
    limit("N", "90", ""),
    limit("A", "86", "89"),
    limit("AA", "", "85"),
];
pub(super) static SPO2_THIRD: [Limit; 3] = [
    limit("N", "88", ""),
    limit("A", "85", "87"),
    limit("AA", "", "84"),
];
pub(super) static PULSE_FIRST: [Limit; 5] = [
    limit("AA", "", "44"),
    limit("A", "45", "49"),
    limit("N", "50", "95"),
    limit("A", "96", "110"),
    limit("AA", "111", ""),
];
/// In force from the same day as the second set for SpO₂.
pub(super) static PULSE_SECOND: [Limit; 5] = [
    limit("AA", "", "44"),
    limit("A", "45", "49"),
    limit("N", "50", "100"),
    limit("A", "101", "115"),
    limit("AA", "116", ""),
];
pub(super) static TEMPERATURE_LIMITS: [Limit; 3] = [
    limit("N", "35.5", "37.7"),
    limit("A", "37.8", "38.4"),
    limit("AA", "38.5", ""),
];
pub(super) static CAT_LIMITS: [Limit; 3] = [
    limit("N", "0", "20"),
    limit("A", "21", "30"),
    limit("AA", "31", "40"),
];
