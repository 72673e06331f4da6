//! Writing in the plan: the editor, what will be saved, what clashes with somebody else's save, and the decision
//! on a suggestion. Knows no requests: what is saved and how is the tasks'.

mod bar;
mod deciding;
mod fields;
mod items;
mod keys;
mod merging;
mod outcome;
mod page;
mod reviewing;
mod saving;
mod sheet;

pub(super) use keys::{on_edit_key, review};
pub(super) use outcome::outcome;
pub(super) use page::{PlanWriting, title};
pub(super) use sheet::reason;
