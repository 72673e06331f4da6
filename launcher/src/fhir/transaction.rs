//! Transactions (all or nothing) and batches (each for itself), every entry through the same gate as a single
//! request.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::access::Access;
use super::bundle::BundleText;
use super::dates::instant_text;
use super::local;
use super::outcome::Refusal;
use super::query::Params;
use super::raw::{refer_to, rewrite_references};
use super::store::{Database, Store, Stored};
use super::writing;
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
    if_none_exist: Option<String>,
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
    /// For POST with `ifNoneExist`: what is there already.
    there: Option<Stored>,
    body: Option<String>,
}

pub(crate) fn run(store: &Store, base: &str, access: &Access, body: &str) -> Result<String, Refusal> {
    let posted = Posted::parse(body)?;
    let results = match posted.kind.as_str() {
        "transaction" => store.atomically(|db| transaction(db, base, access, &posted))?,
        "batch" => batch(store, base, access, &posted),
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

fn transaction(
    db: &Database,
    base: &str,
    access: &Access,
    posted: &Posted<'_>,
) -> Result<Vec<String>, Refusal> {
    let steps = steps(db, access, posted)?;
    let mut results: Vec<String> = vec![String::new(); steps.len()];
    for (place, step) in in_order(&steps) {
        let done = perform(db, base, access, step).map_err(|refusal| refusal.within(&entry(place)))?;
        if let Some(result) = results.get_mut(place) {
            *result = done;
        }
    }
    for (place, step) in steps.iter().enumerate() {
        step.check_references(db, base)
            .map_err(|refusal| refusal.within(&entry(place)))?;
    }
    Ok(results)
}

fn batch(store: &Store, base: &str, access: &Access, posted: &Posted<'_>) -> Vec<String> {
    let one = |(place, posted): (usize, &Entry<'_>)| {
        let done = store.atomically(|db| {
            let step = Step::of(db, access, posted)?;
            let done = perform(db, base, access, &step)?;
            step.check_references(db, base)?;
            Ok(done)
        });
        done.unwrap_or_else(|refusal| {
            let refusal = refusal.within(&entry(place));
            let status = refusal.status.as_str();
            json!({"response": {"status": status, "outcome": refusal.outcome()}}).to_string()
        })
    };
    posted.entry.iter().enumerate().map(one).collect()
}

/// How an entry is called in a refusal.
fn entry(place: usize) -> String {
    format!("entry {}", place + 1)
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

/// All entries, their references to each other resolved.
fn steps(db: &Database, access: &Access, posted: &Posted<'_>) -> Result<Vec<Step>, Refusal> {
    let mut steps = Vec::new();
    for (place, posted) in posted.entry.iter().enumerate() {
        let step = Step::of(db, access, posted);
        steps.push(step.map_err(|refusal| refusal.within(&entry(place)))?);
    }
    let named = posted.entry.iter().zip(&steps);
    let places: HashMap<String, String> = named
        .filter_map(|(posted, step)| Some((posted.full_url.clone()?, step.place())))
        .collect();
    for (place, step) in steps.iter_mut().enumerate() {
        let resolved = step.body.as_ref().map(|body| {
            rewrite_references(body, &|from| places.get(from).map(|to| refer_to(to)))
                .map_err(|_| Refusal::invalid(format!("{}: the resource is broken", entry(place))))
        });
        step.body = resolved.transpose()?;
    }
    Ok(steps)
}

impl Step {
    fn of(db: &Database, access: &Access, posted: &Entry<'_>) -> Result<Self, Refusal> {
        let request = posted
            .request
            .as_ref()
            .ok_or_else(|| Refusal::invalid("no request"))?;
        let there = match &request.if_none_exist {
            Some(search) => writing::existing(db, access, &request.url, search)?,
            None => None,
        };
        Ok(Self {
            method: request.method.clone(),
            url: request.url.clone(),
            if_match: request.if_match.clone(),
            new_id: random::uuid(),
            there,
            body: posted.resource.map(|resource| resource.get().to_owned()),
        })
    }

    /// Type and id of what the entry is about.
    fn place(&self) -> String {
        match &self.there {
            Some(there) => format!("{}/{}", there.rtype, there.id),
            None if self.method == "POST" => format!("{}/{}", self.url, self.new_id),
            None => self.url.clone(),
        }
    }

    fn check_references(&self, db: &Database, base: &str) -> Result<(), Refusal> {
        match &self.body {
            Some(body) if self.there.is_none() => {
                let rtype = self.url.split('/').next().unwrap_or_default();
                writing::check_references(db, base, rtype, body)
            }
            _ => Ok(()),
        }
    }
}

/// The entry of the response.
fn perform(db: &Database, base: &str, access: &Access, step: &Step) -> Result<String, Refusal> {
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
        ("POST", [rtype]) => match &step.there {
            Some(there) => Ok(written("200 OK", there)),
            None => {
                let stored = writing::create(db, access, rtype, &step.new_id, body()?)?;
                Ok(written("201 Created", &stored))
            }
        },
        ("PUT", [rtype, id]) => {
            let stored = writing::update(db, access, rtype, id, body()?, step.if_match.as_deref())?;
            Ok(written("200 OK", &stored))
        }
        ("GET", [rtype]) => {
            let params: Params = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
            let found = local::find(db, base, access, rtype, &params)?;
            Ok(format!(
                r#"{{"resource":{found},"response":{{"status":"200 OK"}}}}"#
            ))
        }
        ("GET", [rtype, id]) => {
            let stored = local::read(db, access, rtype, id)?;
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
