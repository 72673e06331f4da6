//! FHIR R4 JSON to `chart-model` values and findings, and the queries and paging that fetch it, all
//! as plain data. Holds no browser, no clock and no HTTP: bytes come in, values go out.
//!
//! One bad entry never costs the others: every field is read leniently (`lenient-json`), a bundle is
//! walked entry by entry (`bundle`), and what cannot be used is a finding.

#![warn(missing_docs)]

use lenient_json as json;

mod bundle;
pub mod care_plan;
mod codes;
mod episode;
mod error;
mod goal;
mod intern;
mod limit_history;
mod limit_version;
mod links;
mod measurement;
mod observation;
mod patient;
mod plan;
mod provenance;
mod query;
mod ranges;
mod reader;
mod resource;
mod scan;
mod service_request;
mod value;

pub use episode::{Enrolment, read_enrolment};
pub use error::{PageError, outcome_text};
pub use links::{ForeignLink, next_link};
pub use patient::{NationalId, NationalIdKind, PatientRecord, read_patient};
pub use plan::{PlanReading, UnreadHistory, read_plan};
pub use query::{HostSearch, Queries, posted};
pub use reader::{ObservationPage, PageReading, Reader};
