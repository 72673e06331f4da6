//! A save sent request by request, each built when the ones before it are answered. The order, and why,
//! is in `save`.

use std::collections::VecDeque;

use super::save::{Request, Write, entity};
use crate::json::Json;

/// A save in single requests: send [`Steps::next`], hand the answer to [`Steps::answered`], until there is
/// none left.
#[derive(Clone, Debug, PartialEq)]
pub struct Steps {
    left: VecDeque<Write>,
    provenance: Option<Json>,
    /// What resources were referred to by before they were stored, and are now.
    stored: Vec<(String, String)>,
}

impl Steps {
    pub(crate) fn new(writes: Vec<Write>, provenance: Json) -> Self {
        Self {
            left: writes.into(),
            provenance: Some(provenance),
            stored: Vec::new(),
        }
    }

    /// The request that comes next; `None` when all is saved.
    pub fn next(&self) -> Option<Request> {
        let Some(write) = self.left.front() else {
            let mut json = self.provenance.clone()?;
            self.replace(&mut json);
            return Some(Request {
                method: "POST",
                path: "Provenance".to_owned(),
                if_match: None,
                body: json.to_string(),
            });
        };
        let mut json = write.json.clone();
        self.replace(&mut json);
        let (kind, id) = (json.text("resourceType"), json.text("id"));
        let (method, path) = match write.fresh {
            Some(_) => ("POST", kind.to_owned()),
            None => ("PUT", format!("{kind}/{id}")),
        };
        Some(Request {
            method,
            path,
            if_match: write.if_match.clone(),
            body: json.to_string(),
        })
    }

    /// True if the request that comes next only records who did it: the plan is saved even if it fails.
    pub fn is_record(&self) -> bool {
        self.left.is_empty()
    }

    /// True if nothing that anybody sees has been saved yet.
    pub fn is_before_gate(&self) -> bool {
        self.left.iter().any(|write| write.is_plan)
    }

    /// The request was answered well: with the resource, or its place in the header `Location`.
    pub fn answered(&mut self, body: &[u8], location: Option<&str>) {
        let Some(write) = self.left.pop_front() else {
            self.provenance = None;
            return;
        };
        let kind = write.json.text("resourceType");
        let json = Json::parse(body).filter(|json| json.text("resourceType") == kind);
        let (in_location, version) = split(location.unwrap_or_default());
        let id = json.as_ref().map_or(in_location, |json| json.text("id"));
        let version = json
            .as_ref()
            .map_or(version, |json| json.get("meta").text("versionId"));
        let id = if write.fresh.is_some() {
            id
        } else {
            write.json.text("id")
        };
        let reference = format!("{kind}/{id}");
        if write.is_plan && !version.is_empty() {
            let now = format!("{reference}/_history/{version}");
            if let Some(provenance) = &mut self.provenance {
                provenance.edit_items("entity", |entities| entities.insert(0, entity("source", now)));
            }
        }
        if let Some(fresh) = write.fresh {
            self.stored.push((fresh, reference));
        }
    }

    /// What is not saved yet, as `CarePlan/7` or the kind of a new resource.
    pub fn left(&self) -> Vec<String> {
        let names = self.left.iter().map(|write| match write.fresh {
            Some(_) => write.json.text("resourceType").to_owned(),
            None => format!("{}/{}", write.json.text("resourceType"), write.json.text("id")),
        });
        names
            .chain(self.provenance.as_ref().map(|_| "Provenance".to_owned()))
            .collect()
    }

    /// Puts the ids that new resources got in the place of what they were referred to by.
    fn replace(&self, json: &mut Json) {
        match json {
            Json::Text(text) => {
                if let Some((_, now)) = self.stored.iter().find(|(fresh, _)| fresh == text) {
                    text.clone_from(now);
                }
            }
            Json::List(items) => items.iter_mut().for_each(|item| self.replace(item)),
            Json::Object(fields) => fields.iter_mut().for_each(|(_, value)| self.replace(value)),
            Json::Atom(_) => {}
        }
    }
}

/// Id and version of `…/Goal/7/_history/3`.
fn split(location: &str) -> (&str, &str) {
    let (resource, version) = location.split_once("/_history/").unwrap_or((location, ""));
    (resource.rsplit('/').next().unwrap_or_default(), version)
}
