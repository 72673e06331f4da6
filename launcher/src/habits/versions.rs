//! What becomes of versions at a server with habits: histories cut short, or no versions at all.

use axum::http::{HeaderValue, header};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::{Habit, Habits};
use crate::fhir::local::Answer;
use crate::fhir::query::Params;
use crate::fhir::raw::RawObject;

impl Habits {
    pub(super) fn keeps_no_old_versions(&self) -> bool {
        self.has(Habit::NoOldVersions) || self.has(Habit::NoVersions)
    }

    /// A list that is cut is cut whatever was asked for.
    pub(super) fn history(&self, params: &mut Params) {
        if let Some(most) = self.history_cut() {
            params.retain(|(name, _)| name != "_count");
            params.push(("_count".to_owned(), most.to_string()));
        }
    }

    pub(super) fn list_versions(&self, bundle: &mut RawObject<'_>) -> Option<()> {
        let entries = bundle.get("entry").unwrap_or("[]").to_owned();
        let mut entries: Vec<&RawValue> = serde_json::from_str(&entries).ok()?;
        entries.retain(|entry| !version_of(entry).is_some_and(|version| self.is_vanished(&version)));
        if self.has(Habit::TotalAbsent) {
            bundle.retain(|name| name != "total");
        } else if self.has(Habit::TotalWrong) {
            bundle.set("total", entries.len().to_string(), 2);
        }
        if self.history_cut().is_some() {
            let mut links: Vec<Value> = serde_json::from_str(bundle.get("link")?).ok()?;
            links.retain(|link| link.get("relation").is_none_or(|relation| relation != "next"));
            bundle.set("link", Value::from(links).to_string(), 3);
        }
        let entries: Vec<&str> = entries.iter().map(|entry| entry.get()).collect();
        let entries = format!("[{}]", entries.join(","));
        bundle.set("entry", entries, 9);
        Some(())
    }
}

#[derive(Deserialize)]
struct Entry {
    resource: Resource,
}

#[derive(Deserialize)]
struct Resource {
    meta: Meta,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Meta {
    version_id: String,
}

fn version_of(entry: &RawValue) -> Option<String> {
    let entry: Entry = serde_json::from_str(entry.get()).ok()?;
    Some(entry.resource.meta.version_id)
}

/// The answer as of a server that keeps no versions: in no place is one named.
pub(super) fn without_versions(mut answer: Answer) -> Answer {
    for name in [header::LOCATION, header::CONTENT_LOCATION] {
        let place = answer.headers.get(&name).and_then(|value| value.to_str().ok());
        let unversioned = place.and_then(|place| place.split("/_history/").next());
        if let Some(value) = unversioned.and_then(|place| HeaderValue::from_str(place).ok()) {
            answer.headers.insert(name, value);
        }
    }
    if let Some(body) = unversioned(&answer.body) {
        answer.body = body;
    }
    answer
}

/// A resource without its `versionId`; a Bundle with entries of that kind.
fn unversioned(text: &str) -> Option<String> {
    let mut resource = RawObject::parse(text).ok()?;
    if let Some(meta) = resource.get("meta") {
        let mut meta = RawObject::parse(meta).ok()?;
        meta.retain(|name| name != "versionId");
        let meta = meta.to_text();
        resource.set("meta", meta, 0);
    }
    let Some(entries) = resource.get("entry") else {
        return Some(resource.to_text());
    };
    let mut changed = Vec::new();
    for entry in serde_json::from_str::<Vec<&RawValue>>(entries).ok()? {
        let mut entry = RawObject::parse(entry.get()).ok()?;
        if let Some(inner) = entry.get("resource") {
            let inner = unversioned(inner)?;
            entry.set("resource", inner, 0);
        }
        if let Some(response) = entry.get("response") {
            let mut response: Value = serde_json::from_str(response).ok()?;
            let members = response.as_object_mut()?;
            members.remove("etag");
            if let Some(Value::String(place)) = members.get_mut("location") {
                *place = place.split("/_history/").next().unwrap_or_default().to_owned();
            }
            entry.set("response", response.to_string(), 0);
        }
        changed.push(entry.to_text());
    }
    let entries = format!("[{}]", changed.join(","));
    resource.set("entry", entries, 0);
    Some(resource.to_text())
}
