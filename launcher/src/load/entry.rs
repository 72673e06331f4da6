//! An entry of a Bundle as far as loading needs it. Stores nothing.

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::fhir::raw::RawObject;
use crate::fhir::store::is_id;
use crate::random;

#[derive(Debug)]
pub(super) struct Entry<'a> {
    full_url: Option<String>,
    rtype: Option<String>,
    /// `None` where a history says that the resource was deleted.
    pub(super) resource: Option<&'a str>,
    id: Option<String>,
    /// For a resource without an id.
    pub(super) new_id: Option<String>,
    response: Option<Response>,
}

/// What a history says beside a version.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Response {
    etag: Option<String>,
    last_modified: Option<String>,
}

#[derive(Deserialize)]
struct Request {
    method: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Parts<'a> {
    full_url: Option<String>,
    #[serde(borrow)]
    resource: Option<&'a RawValue>,
    request: Option<Request>,
    response: Option<Response>,
}

impl<'a> Entry<'a> {
    pub(super) fn parse(text: &'a str) -> Result<Self, String> {
        let parts: Parts<'a> =
            serde_json::from_str(text).map_err(|error| format!("not an entry: {error}"))?;
        let mut entry = Self {
            full_url: parts.full_url,
            rtype: None,
            resource: None,
            id: None,
            new_id: None,
            response: parts.response,
        };
        let Some(resource) = parts.resource else {
            return match parts.request {
                Some(request) if request.method == "DELETE" => Ok(entry),
                _ => Err("no resource".to_owned()),
            };
        };
        let object = RawObject::parse(resource.get()).map_err(|error| format!("not a resource: {error}"))?;
        entry.new_id = match (&entry.full_url, object.get("id")) {
            (_, Some(_)) => None,
            (Some(url), None) => Some(id_of_url(url)),
            (None, None) => Some(random::uuid()),
        };
        entry.id = object.string("id");
        entry.rtype = object.string("resourceType");
        entry.resource = Some(resource.get());
        Ok(entry)
    }

    /// The full URL and the relative reference that it becomes here.
    pub(super) fn renamed(&self) -> Option<(String, String)> {
        let id = self.id.as_ref().or(self.new_id.as_ref())?;
        Some((self.full_url.clone()?, format!("{}/{id}", self.rtype.as_ref()?)))
    }

    /// The resource with the version and time that stand beside it, where it does not say them itself.
    pub(super) fn versioned(&self) -> Option<String> {
        let response = self.response.as_ref()?;
        let mut object = RawObject::parse(self.resource?).ok()?;
        let meta = object
            .get("meta")
            .and_then(|meta| serde_json::from_str::<Value>(meta).ok());
        let mut members = meta
            .and_then(|meta| meta.as_object().cloned())
            .unwrap_or_default();
        let version = response
            .etag
            .as_ref()
            .map(|etag| etag.trim_start_matches("W/").trim_matches('"'));
        for (name, value) in [
            ("versionId", version),
            ("lastUpdated", response.last_modified.as_deref()),
        ] {
            if let (Some(value), false) = (value, members.contains_key(name)) {
                members.insert(name.to_owned(), value.into());
            }
        }
        if !members.is_empty() {
            object.set("meta", Value::from(members).to_string(), 2);
        }
        Some(object.to_text())
    }
}

fn id_of_url(url: &str) -> String {
    let last = url.rsplit(['/', ':']).next().unwrap_or_default();
    if is_id(last) {
        last.to_owned()
    } else {
        random::uuid()
    }
}
