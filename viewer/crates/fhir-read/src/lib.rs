//! FHIR R4 JSON to `chart-model` values and findings, and the queries and paging that fetch it, all
//! as plain data. Holds no browser, no clock and no HTTP: bytes come in, values go out.
//!
//! One bad entry never costs the others: every field is read leniently (`lenient-json`), a bundle is
//! walked entry by entry (`bundle`), and what cannot be used is a finding.

#![warn(missing_docs)]

use lenient_json as json;

mod app_state;
mod audit;
mod bundle;
pub mod care_plan;
mod codes;
mod document;
mod episode;
mod error;
mod events;
mod follow_up;
mod gather;
mod goal;
mod intern;
mod limit_history;
mod limit_version;
mod links;
mod measurement;
mod narrative;
mod notes;
mod observation;
mod on_demand;
mod patient;
mod plan;
mod provenance;
mod query;
mod questionnaire;
mod ranges;
mod reader;
mod resource;
mod scan;
mod service_request;
mod value;
mod who;

pub use app_state::{AppState, STATE_CODE, read_state, state_search, write_state};
pub use audit::view_opened;
pub use document::{
    DOCUMENT_SYSTEM, DocumentRequest, NewDocument, StoredDocument, Written, document_search, file_content,
    located, read_documents, write_document, written,
};
pub use episode::{Enrolment, read_enrolment};
pub use error::{PageError, outcome_text};
pub use events::{EventReading, read_events};
pub use follow_up::{FollowUpReading, read_follow_up};
pub use links::{ForeignLink, next_link};
pub use notes::{NotesReading, read_notes};
pub use on_demand::OnDemand;
pub use patient::{Found, NationalId, NationalIdKind, PatientRecord, read_patient, read_patients};
pub use plan::{PlanReading, UnreadHistory, read_plan};
pub use query::{HostSearch, Queries, posted};
pub use questionnaire::{QuestionnaireReading, read_questionnaires};
pub use reader::{ObservationPage, PageReading, Reader};
