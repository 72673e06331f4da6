//! The whole plan in FHIR: read from the resources that it is made of, saved onto them, its versions and
//! who made them, suggestions; and NHN's plan interface, which is no FHIR. What a plan is, and how two of
//! it differ, is `chart_model::care_plan`; what the trends need of a plan is in `plan`.

mod activities;
mod answer;
mod collect;
mod edit;
mod edit_activities;
mod edit_goals;
mod edit_order;
mod edit_people;
mod history;
mod nhn;
mod nhn_lines;
mod pages;
pub(crate) mod parts;
pub(crate) mod people;
mod proposal;
mod queries;
mod read;
mod remarks;
mod requests;
mod save;
mod steps;
mod stored;
pub(crate) mod terms;

pub use answer::{Answer, answer};
pub use history::{
    HistoryReading, PlanVersion, cut_histories, read_history, unread_parts, unread_people, version_before,
};
pub use nhn::{NhnPlan, create_nhn_plan, nhn_answer, nhn_locks, read_nhn_history, read_nhn_plans};
pub use pages::{next_page, read_author};
pub use proposal::{StoredProposal, propose};
pub use queries::{Included, PlanQueries};
pub use read::{CarePlanReading, read_care_plans};
pub use save::{Request, Save, SaveError, Signer, save};
pub use steps::Steps;
pub use stored::StoredPlan;
