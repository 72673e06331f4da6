//! Transactions (all or nothing) and batches (each for itself), every entry through the same gate as a single
//! request.

use std::collections::HashMap;

use rusqlite::Connection;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::access::Access;
use super::bundle::BundleText;
use super::dates::instant_text;
use super::local;
use super::outcome::Refusal;
use super::query::Params;
use super::raw::rewrite_references;
use super::store::{Store, Stored};
use crate::random;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Posted<'a> {
    resource_type: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(borrow, default)]
    pub(crate) entry: Vec<Entry<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Entry<'a> {
    full_url: Option<String>,
    #[serde(borrow)]
    pub(crate) resource: Option<&'a RawValue>,
    pub(crate) request: Option<EntryRequest>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EntryRequest {
    pub(crate) method: String,
    pub(crate) url: String,
    if_match: Option<String>,
}

impl<'a> Posted<'a> {
    pub(crate) fn parse(body: &'a str) -> Result<Self, Refusal> {
        let posted: Self = serde_json::from_str(body)
            .map_err(|error| Refusal::invalid(format!("not a Bundle of requests: {error}")))?;
        if posted.resource_type != "Bundle" {
            let text = format!("a {} was sent where a Bundle belongs", posted.resource_type);
            return Err(Refusal::invalid(text));
        }
        Ok(posted)
    }
}

/// One entry made ready: the method, where to, and the body with its references resolved.
struct Step {
    method: String,
    url: String,
    if_match: Option<String>,
    /// For POST: the id that the new resource gets.
    new_id: String,
    body: Option<String>,
}

pub(crate) fn run(store: &Store, base: &str, access: &Access, body: &str) -> Result<String, Refusal> {
    let posted: Posted<'_> =
        serde_json::from_str(body).map_err(|e| Refusal::invalid(format!("not a Bundle of requests: {e}")))?;
    if posted.resource_type != "Bundle" {
        return Err(Refusal::invalid(format!(
            "a {} was sent where a Bundle belongs",
            posted.resource_type
        )));
    }
    let steps = steps(&posted)?;
    let results = match posted.kind.as_str() {
        "transaction" => store.atomically(|conn| {
            let mut results: Vec<String> = vec![String::new(); steps.len()];
            for (place, step) in in_order(&steps) {
                let done = perform(conn, base, access, step);
                let done = done.map_err(|refusal| refusal.within(&format!("entry {}", place + 1)))?;
                if let Some(result) = results.get_mut(place) {
                    *result = done;
                }
            }
            Ok(results)
        })?,
        "batch" => steps
            .iter()
            .map(|step| {
                store
                    .atomically(|conn| perform(conn, base, access, step))
                    .unwrap_or_else(|refusal| {
                        let status = refusal.status.as_str();
                        json!({"response": {"status": status, "outcome": refusal.outcome()}}).to_string()
                    })
            })
            .collect(),
        other => {
            return Err(Refusal::invalid(format!(
                "a Bundle of type {other} cannot be posted"
            )));
        }
    };
    let mut bundle = BundleText::new(&format!("{}-response", posted.kind), None, &[]);
    results.iter().for_each(|result| bundle.push(result));
    Ok(bundle.finish())
}

/// FHIR's order: POST before PUT before GET.
fn in_order(steps: &[Step]) -> Vec<(usize, &Step)> {
    let mut ordered: Vec<_> = steps.iter().enumerate().collect();
    ordered.sort_by_key(|(_, step)| match step.method.as_str() {
        "POST" => 0,
        "PUT" => 1,
        _ => 2,
    });
    ordered
}

fn steps(posted: &Posted<'_>) -> Result<Vec<Step>, Refusal> {
    let ids: Vec<String> = posted.entry.iter().map(|_| random::uuid()).collect();
    let mut references = HashMap::new();
    for (entry, id) in posted.entry.iter().zip(&ids) {
        if let (Some(from), Some(request)) = (&entry.full_url, &entry.request) {
            let to = if request.method == "POST" {
                format!("{}/{id}", request.url)
            } else {
                request.url.clone()
            };
            references.insert(from.clone(), to);
        }
    }
    let step = |(place, (entry, id)): (usize, (&Entry<'_>, String))| {
        let broken = |what: &str| Refusal::invalid(format!("entry {}: {what}", place + 1));
        let request = entry.request.as_ref().ok_or_else(|| broken("no request"))?;
        let body = entry
            .resource
            .map(|resource| rewrite_references(resource.get(), &references));
        Ok(Step {
            method: request.method.clone(),
            url: request.url.clone(),
            if_match: request.if_match.clone(),
            new_id: id,
            body: body.transpose().map_err(|_| broken("the resource is broken"))?,
        })
    };
    posted.entry.iter().zip(ids).enumerate().map(step).collect()
}

/// The entry of the response.
fn perform(conn: &Connection, base: &str, access: &Access, step: &Step) -> Result<String, Refusal> {
    let body = || {
        step.body
            .as_deref()
            .ok_or_else(|| Refusal::invalid("no resource"))
    };
    let (path, query) = step.url.split_once('?').unwrap_or((&step.url, ""));
    match (
        step.method.as_str(),
        path.split('/').collect::<Vec<_>>().as_slice(),
    ) {
        ("POST", [rtype]) => {
            let stored = local::create(conn, access, rtype, &step.new_id, body()?)?;
            Ok(written("201 Created", &stored))
        }
        ("PUT", [rtype, id]) => {
            let stored = local::update(conn, access, rtype, id, body()?, step.if_match.as_deref())?;
            Ok(written("200 OK", &stored))
        }
        ("GET", [rtype]) => {
            let params: Params = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
            let found = local::find(conn, base, access, rtype, &params)?;
            Ok(format!(
                r#"{{"resource":{found},"response":{{"status":"200 OK"}}}}"#
            ))
        }
        ("GET", [rtype, id]) => {
            let stored = local::read(conn, access, rtype, id)?;
            let response = response("200 OK", &stored);
            Ok(format!(r#"{{"resource":{},"response":{response}}}"#, stored.json))
        }
        (method, _) => Err(Refusal::invalid(format!(
            "{method} {} is not supported",
            step.url
        ))),
    }
}

fn written(status: &str, stored: &Stored) -> String {
    format!(r#"{{"response":{}}}"#, response(status, stored))
}

fn response(status: &str, stored: &Stored) -> Value {
    json!({
        "status": status,
        "location": format!("{}/{}/_history/{}", stored.rtype, stored.id, stored.version),
        "etag": stored.etag(),
        "lastModified": instant_text(stored.updated),
    })
}
