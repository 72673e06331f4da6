//! What becomes of an answer at a server with habits. Decimals come out as they went in.

use axum::http::{StatusCode, header};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::asked::{Asked, CURSOR, OFFSET};
use super::versions::without_versions;
use super::{Habit, Habits};
use crate::fhir::local::Answer;
use crate::fhir::outcome::{Refusal, Words};
use crate::fhir::raw::{RawObject, quoted};

impl Habits {
    pub(crate) fn refuse(&self, mut refusal: Refusal) -> Refusal {
        if self.has(Habit::Stale409) && refusal.status == StatusCode::PRECONDITION_FAILED {
            refusal.status = StatusCode::CONFLICT;
        }
        if self.has(Habit::DetailsOnly) {
            refusal.in_words(Words::Details)
        } else if self.has(Habit::DiagnosticsOnly) {
            refusal.in_words(Words::Diagnostics)
        } else {
            refusal
        }
    }

    /// `base` is the FHIR base without a slash at its end.
    pub(crate) fn answer(&self, base: &str, asked: &Asked, mut answer: Answer) -> Answer {
        if self.0.is_empty() {
            return answer;
        }
        if self.has(Habit::NoEtag) || self.has(Habit::NoVersions) {
            answer.headers.remove(header::ETAG);
        }
        if self.has(Habit::NoVersions) {
            answer = without_versions(answer);
        }
        let changed = RawObject::parse(&answer.body).ok().and_then(|mut body| {
            match body.string("resourceType")?.as_str() {
                "Bundle" if body.string("type")? == "searchset" => self.bundle(base, asked, &mut body)?,
                "Bundle" if body.string("type")? == "history" => self.list_versions(&mut body)?,
                "Observation" if self.has(Habit::Registered) => body.set("status", quoted("registered"), 1),
                "CapabilityStatement" if self.has(Habit::NoOauthUris) => without_oauth_uris(&mut body)?,
                _ => return None,
            }
            Some(body.to_text())
        });
        if let Some(changed) = changed {
            answer.body = changed;
        }
        answer
    }

    fn bundle(&self, base: &str, asked: &Asked, bundle: &mut RawObject<'_>) -> Option<()> {
        let entries = bundle.get("entry").unwrap_or("[]").to_owned();
        let mut entries: Vec<String> = serde_json::from_str::<Vec<&RawValue>>(&entries)
            .ok()?
            .into_iter()
            .map(|entry| entry.get().to_owned())
            .collect();
        let count = entries.len();
        if self.has(Habit::TotalAbsent) {
            bundle.retain(|name| name != "total");
        } else if self.has(Habit::TotalWrong) {
            bundle.set("total", count.to_string(), 2);
        }
        if let Some(links) = bundle.get("link") {
            let links = self.links(base, asked.before + count, serde_json::from_str(links).ok()?);
            bundle.set("link", Value::from(links).to_string(), 3);
        }
        if self.has(Habit::Registered) {
            for entry in &mut entries {
                *entry = registered(entry)?;
            }
        }
        if self.has(Habit::UnknownParameterOutcome) && !asked.ignored.is_empty() {
            entries.push(outcome(&asked.ignored));
        }
        if !entries.is_empty() {
            bundle.set("entry", format!("[{}]", entries.join(",")), 9);
        }
        Some(())
    }

    fn links(&self, base: &str, so_far: usize, mut links: Vec<Value>) -> Vec<Value> {
        for link in &mut links {
            if link.get("relation").is_none_or(|relation| relation != "next") {
                continue;
            }
            let Some(url) = link.get("url").and_then(Value::as_str) else {
                continue;
            };
            let mut url = url.to_owned();
            if self.page_limit().is_some() {
                url = format!("{url}&{OFFSET}={so_far}");
            }
            if self.has(Habit::OpaqueNext) {
                let below = url.strip_prefix(base).unwrap_or(&url).trim_start_matches('/');
                url = format!("{base}?{CURSOR}={}", URL_SAFE_NO_PAD.encode(below));
            }
            *link = json!({ "relation": "next", "url": url });
        }
        links
    }
}

fn registered(entry: &str) -> Option<String> {
    let mut entry = RawObject::parse(entry).ok()?;
    let mut resource = RawObject::parse(entry.get("resource")?).ok()?;
    if resource.string("resourceType")? == "Observation" {
        resource.set("status", quoted("registered"), 1);
    }
    let resource = resource.to_text();
    entry.set("resource", resource, 0);
    Some(entry.to_text())
}

fn outcome(ignored: &[String]) -> String {
    json!({
        "resource": {
            "resourceType": "OperationOutcome",
            "issue": [{
                "severity": "warning",
                "code": "not-supported",
                "details": { "text": format!("ignored: {}", ignored.join(", ")) },
            }],
        },
        "search": { "mode": "outcome" },
    })
    .to_string()
}

fn without_oauth_uris(statement: &mut RawObject<'_>) -> Option<()> {
    let mut rest: Value = serde_json::from_str(statement.get("rest")?).ok()?;
    rest.pointer_mut("/0/security")?
        .as_object_mut()?
        .remove("extension");
    statement.set("rest", rest.to_string(), 9);
    Some(())
}
