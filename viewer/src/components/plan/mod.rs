//! The plan as it is read: in short beside the trends, as a whole, and what changed from one version to another.
//! How it is written is in `plan_edit`.

mod column;
mod compared;
mod history;
mod marks;
mod panel;
mod reading;
mod suggestions;
mod tracked;
mod values;
mod ways;

pub(super) use column::PlanColumn;
pub(crate) use marks::PlanMark;
pub(super) use marks::plan_marks;
pub(crate) use panel::plan_page;
pub(super) use panel::use_panel_focus;
pub(super) use reading::{COLUMNS, MAIN, zone, zone_name};
pub(super) use suggestions::suggestion;
pub(super) use tracked::{Signature, change, lines, place_id};
pub(super) use values::{Sheet, contact, zones};
