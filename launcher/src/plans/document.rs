//! The documents of the plan service: what a client sends, checked, and the versions made of it. Stores nothing.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::fhir::dates::{instant_text, now};
use crate::fhir::index::split_reference;
use crate::fhir::outcome::Refusal;
use crate::random;

const STATUSES: [&str; 6] = [
    "draft",
    "active",
    "on-hold",
    "revoked",
    "completed",
    "entered-in-error",
];

/// What is sent to make a plan, or its next version.
#[derive(Debug, Deserialize)]
pub(super) struct Change {
    version: Option<Value>,
    status: Option<String>,
    comment: Option<String>,
    subject: Option<Value>,
    updated_by: Option<Map<String, Value>>,
    clinical_content: Content,
}

#[derive(Debug, Deserialize)]
struct Content {
    title: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    zones: Vec<Zone>,
}

#[derive(Debug, Deserialize)]
struct Zone {
    #[serde(default)]
    condition: String,
    #[serde(default)]
    action: String,
    level: Level,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Level {
    Green,
    Yellow,
    Red,
}

impl Change {
    /// 400 for what is no JSON, 422 for what is no plan.
    pub(super) fn parse(body: &[u8]) -> Result<Self, Refusal> {
        let value: Value = serde_json::from_slice(body)
            .map_err(|error| Refusal::invalid(format!("the body is not JSON: {error}")))?;
        let change: Self =
            serde_json::from_value(value).map_err(|error| Refusal::unprocessable(error.to_string()))?;
        match &change.status {
            Some(status) if !STATUSES.contains(&status.as_str()) => {
                Err(Refusal::unprocessable(format!("status cannot be {status}")))
            }
            _ => Ok(change),
        }
    }

    /// 422 if a text of a zone is longer than this, in characters.
    pub(super) fn within(self, most: usize) -> Result<Self, Refusal> {
        let is_long = |text: &String| text.chars().count() > most;
        let mut zones = self.clinical_content.zones.iter();
        if zones.any(|zone| is_long(&zone.condition) || is_long(&zone.action)) {
            let text = format!("a text of a zone has more than {most} characters");
            return Err(Refusal::unprocessable(text));
        }
        Ok(self)
    }

    /// The id of the patient in `subject`.
    pub(super) fn patient(&self) -> Result<String, Refusal> {
        let reference = self
            .subject
            .as_ref()
            .and_then(|subject| subject.get("reference")?.as_str());
        match reference.and_then(split_reference) {
            Some((rtype, id)) if rtype == "Patient" => Ok(id),
            _ => Err(Refusal::unprocessable("subject is not a patient")),
        }
    }

    /// The version that is changed.
    pub(super) fn version(&self) -> Result<u64, Refusal> {
        let version = self.version.as_ref().and_then(Value::as_u64);
        version.ok_or_else(|| Refusal::unprocessable("version is missing"))
    }

    pub(super) fn first_version(self) -> Value {
        let subject = self.subject.clone().unwrap_or_default();
        version(
            &random::uuid(),
            1,
            &instant_text(now()),
            &subject,
            self.parts(&Value::Null),
        )
    }

    pub(super) fn next_version(self, current: &Value) -> Value {
        let number = current["version"].as_u64().unwrap_or_default() + 1;
        let id = current["id"].as_str().unwrap_or_default();
        let parts = self.parts(current);
        version(id, number, &instant_text(now()), &current["subject"], parts)
    }

    fn parts(self, current: &Value) -> Parts {
        let content = &self.clinical_content;
        let zones: Vec<Value> = content.zones.iter().map(Zone::to_json).collect();
        let status = self
            .status
            .or_else(|| Some(current["status"].as_str()?.to_owned()));
        Parts {
            status: status.unwrap_or_else(|| "draft".to_owned()),
            comment: self.comment.unwrap_or_default(),
            updated_by: self.updated_by.map_or(Value::Null, Value::Object),
            content: numbered_content(
                json!({ "title": content.title, "description": content.description, "zones": zones }),
                &current["clinical_content"],
            ),
        }
    }
}

impl Zone {
    fn to_json(&self) -> Value {
        let level = match self.level {
            Level::Green => "green",
            Level::Yellow => "yellow",
            Level::Red => "red",
        };
        json!({ "condition": self.condition, "action": self.action, "level": level })
    }
}

/// What of a version is not given by its place.
pub(super) struct Parts {
    pub(super) status: String,
    pub(super) comment: String,
    pub(super) updated_by: Value,
    /// With its own version.
    pub(super) content: Value,
}

/// The content counted by itself: it gets the number of `before` where nothing in it has changed.
pub(super) fn numbered_content(mut content: Value, before: &Value) -> Value {
    let mut same = before.clone();
    let number = same.as_object_mut().and_then(|members| members.remove("version"));
    let number = number.and_then(|number| number.as_u64()).unwrap_or_default();
    let next = if content == same { number } else { number + 1 };
    content["version"] = next.into();
    content
}

pub(super) fn version(id: &str, number: u64, updated_at: &str, subject: &Value, parts: Parts) -> Value {
    json!({
        "id": id,
        "version": number,
        "status": parts.status,
        "updated_at": updated_at,
        "updated_by": parts.updated_by,
        "comment": parts.comment,
        "subject": subject,
        "clinical_content": parts.content,
    })
}

/// What a history says of a version.
pub(super) fn headline(plan: &Value) -> Value {
    let names = ["version", "status", "updated_at", "updated_by", "comment"];
    names
        .into_iter()
        .map(|name| (name.to_owned(), plan[name].clone()))
        .collect::<Map<_, _>>()
        .into()
}

pub(super) fn is_uuid(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let is_hex =
        |part: &str, length: usize| part.len() == length && part.bytes().all(|b| b.is_ascii_hexdigit());
    parts.len() == 5
        && parts
            .iter()
            .zip([8, 4, 4, 4, 12])
            .all(|(part, length)| is_hex(part, length))
}
