//! The patients, one module each: who they are, what they measured and what a right reading gives.

pub(crate) mod cgm;
pub(crate) mod diabetes;
pub(crate) mod every_zone;
pub(crate) mod heart_failure;
pub(crate) mod kols;
pub(crate) mod messy;
pub(crate) mod no_monitoring;
pub(crate) mod plan_limits;
pub(crate) mod single_no_limits;
