//! What becomes of a save at a server with habits: what is stored differs from what was sent, or its condition is
//! not heeded.

use axum::http::StatusCode;
use serde_json::value::RawValue;

use super::asked::Asked;
use super::{Habit, Habits};
use crate::fhir::outcome::Refusal;
use crate::fhir::raw::{RawObject, change_strings};

impl Habits {
    /// `body` is a resource, or a Bundle of them.
    pub(super) fn save(&self, body: &mut String) {
        let Some(most) = self.longest_text() else { return };
        let cut = |text: &str| {
            let (end, _) = text.char_indices().nth(most)?;
            text.get(..end).map(str::to_owned)
        };
        // What is no JSON is refused later.
        if let Ok(changed) = change_strings(body, &cut) {
            *body = changed;
        }
    }

    pub(super) fn save_all(&self, body: &mut String) {
        self.save(body);
        if self.has(Habit::IgnoreIfMatch)
            && let Some(changed) = without_conditions(body)
        {
            *body = changed;
        }
    }

    /// What a call is refused with; how refusals are worded is in `refuse`.
    pub(crate) fn refuse_call(&self, asked: &Asked, refusal: Refusal) -> Refusal {
        let is_stale = refusal.status == StatusCode::PRECONDITION_FAILED;
        if is_stale && asked.is_bundle && self.has(Habit::Stale400) {
            Refusal::processing("Entry failed with status 412")
        } else {
            refusal
        }
    }
}

/// The Bundle with no `ifMatch` in its entries.
fn without_conditions(bundle: &str) -> Option<String> {
    let mut bundle = RawObject::parse(bundle).ok()?;
    let entries = bundle.get("entry")?.to_owned();
    let mut changed = Vec::new();
    for entry in serde_json::from_str::<Vec<&RawValue>>(&entries).ok()? {
        let mut entry = RawObject::parse(entry.get()).ok()?;
        let mut request = RawObject::parse(entry.get("request")?).ok()?;
        request.retain(|name| name != "ifMatch");
        let request = request.to_text();
        entry.set("request", request, 0);
        changed.push(entry.to_text());
    }
    bundle.set("entry", format!("[{}]", changed.join(",")), 0);
    Some(bundle.to_text())
}
