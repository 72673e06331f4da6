//! What the trends need of the self-treatment plan: its version, the limits in force now and since
//! when, and the planned interval between readings. The plan's texts, history and editing are not here.

use std::rc::Rc;

use crate::limits::RangeSet;
use crate::{ClinicalTime, Parameter};

/// The current plan, as far as the first screen uses it.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct PlanSummary {
    /// CarePlan id.
    pub id: String,
    /// `meta.versionId`, opaque; empty if the source gives none.
    pub version: String,
    /// `meta.lastUpdated`.
    pub updated: Option<ClinicalTime>,
    /// Who wrote it, as the source displays it.
    pub author: Option<String>,
    /// Limits in force now, one entry per parameter, in the plan's order.
    pub limits: Vec<CurrentLimits>,
    /// Planned interval between readings, milliseconds.
    pub intervals: Vec<(Parameter, i64)>,
}

/// The limits of one parameter that are in force now.
#[derive(Clone, Debug, PartialEq)]
pub struct CurrentLimits {
    /// Whose limits.
    pub parameter: Parameter,
    /// One set per number: one, or systolic and diastolic.
    pub sets: [Option<Rc<RangeSet>>; 2],
    /// In force from this instant, milliseconds since 1970 UTC; what held before is not known.
    pub since: i64,
}

impl PlanSummary {
    /// The limits in force now for a parameter.
    pub fn limits_of(&self, parameter: &Parameter) -> Option<&CurrentLimits> {
        self.limits.iter().find(|limits| limits.parameter == *parameter)
    }

    /// The planned interval between readings, milliseconds.
    pub fn interval_of(&self, parameter: &Parameter) -> Option<i64> {
        self.intervals
            .iter()
            .find(|(of, _)| of == parameter)
            .map(|(_, interval)| *interval)
    }
}
