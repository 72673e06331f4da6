//! What the trends need of the self-treatment plan: its version, the limits with what is known of
//! their history, and the planned interval between readings. The plan's texts, history and editing are not here.

use std::rc::Rc;

use crate::{ClinicalTime, LimitEra, LimitHistory, Parameter};

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
    /// Limits through time, one entry per parameter, in the plan's order.
    pub limits: Vec<LimitHistory>,
    /// Planned interval between readings, milliseconds.
    pub intervals: Vec<(Parameter, i64)>,
}

impl PlanSummary {
    /// What is known of the limits of a parameter.
    pub fn history(&self, parameter: &Parameter) -> Option<&LimitHistory> {
        self.limits.iter().find(|limits| limits.parameter == *parameter)
    }

    /// The limits in force now for a parameter.
    pub fn current(&self, parameter: &Parameter) -> Option<&LimitEra> {
        self.history(parameter)?.current()
    }

    /// The limits of a parameter that were in force at an instant, milliseconds since 1970 UTC.
    pub fn at(&self, parameter: &Parameter, instant: i64) -> Option<&LimitEra> {
        self.history(parameter)?.at(instant).map(Rc::as_ref)
    }

    /// The planned interval between readings, milliseconds.
    pub fn interval_of(&self, parameter: &Parameter) -> Option<i64> {
        self.intervals
            .iter()
            .find(|(of, _)| of == parameter)
            .map(|(_, interval)| *interval)
    }
}
