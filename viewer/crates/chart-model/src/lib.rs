//! The clinical domain, pure: quantities and units, clinical time, readings, limits, zones and
//! trend series. Holds no FHIR, no browser, no clock: outside facts (now, JSON) are passed in by
//! the crates around it.

#![warn(missing_docs)]

pub mod accept;
pub mod age;
pub mod axis;
pub mod bands;
pub mod by_parameter;
pub mod cadence;
pub mod care_plan;
pub mod change;
pub mod comparison;
pub mod coverage;
pub mod decimal;
pub mod decimate;
pub mod events;
pub mod finding;
pub mod follow_up;
pub mod limit_history;
pub mod limits;
pub mod lowercase;
pub mod notes;
pub mod order;
pub mod oslo;
pub mod parameter;
pub mod period;
pub mod plan;
pub mod questionnaire;
pub mod reading;
pub mod record;
pub mod series;
pub mod sources;
pub mod statistics;
#[cfg(test)]
mod testing;
pub mod time;
pub mod units;
pub mod wording;
pub mod zone;

pub use accept::{Accepted, Place, Readings, Together, accept};
pub use age::age_in_years;
pub use by_parameter::ByParameter;
pub use change::{Change, change};
pub use coverage::Loaded;
pub use decimal::Decimal;
pub use finding::{Finding, FindingKind};
pub use limit_history::{Held, LimitEra, LimitHistory};
pub use limits::{Bounds, LimitRange, RangeSet, Severity, Side};
pub use lowercase::lowercase;
pub use parameter::{Known, Other, Parameter};
pub use period::{Period, PeriodChoice, PeriodError};
pub use plan::PlanSummary;
pub use reading::{Component, Excluded, ExclusionKind, Method, Quantity, Reading, Status, Values};
pub use series::{Basis, Gap, LimitStep, Point, Series, Why};
pub use time::{ClinicalTime, Date, Precision};
pub use wording::Wording;
pub use zone::Zone;
