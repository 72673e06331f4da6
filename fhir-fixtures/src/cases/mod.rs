//! The patients, one module each: who they are, what they measured and what a right reading gives.

pub(crate) mod cgm;
pub(crate) mod diabetes;
pub(crate) mod events;
pub(crate) mod every_zone;
pub(crate) mod handover;
pub(crate) mod heart_failure;
pub(crate) mod kols;
pub(crate) mod limits_changed;
pub(crate) mod messy;
pub(crate) mod no_monitoring;
pub(crate) mod notes;
pub(crate) mod plan_history;
pub(crate) mod plan_limits;
pub(crate) mod plan_shapes;
pub(crate) mod plan_texts;
pub(crate) mod questionnaires;
pub(crate) mod single_no_limits;
pub(crate) mod two_plans;
