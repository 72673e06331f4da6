//! Saves and new resources: through the gate of `access`, checked, then stored. Reads nothing for the client.

use std::collections::BTreeSet;

use rusqlite::Connection;
use serde_json::Value;

use super::access::Access;
use super::call::version_of_etag;
use super::check::check_content;
use super::index::{patient_of, split_reference};
use super::outcome::Refusal;
use super::query::{Filter, Operation, Params, Query};
use super::search;
use super::store::{self, Database, Stored};
use crate::auth::scopes::Op;

pub(crate) fn create(
    db: &Database,
    access: &Access,
    rtype: &str,
    id: &str,
    body: &str,
) -> Result<Stored, Refusal> {
    let content = check_content(rtype, body)?;
    access.permit_write(Op::Create, rtype, &content)?;
    store::create(db, rtype, id, body)
}

pub(crate) fn update(
    db: &Database,
    access: &Access,
    rtype: &str,
    id: &str,
    body: &str,
    if_match: Option<&str>,
) -> Result<Stored, Refusal> {
    let content = check_content(rtype, body)?;
    if content.get("id").and_then(Value::as_str) != Some(id) {
        return Err(Refusal::invalid(format!("the id in the body is not {id}")));
    }
    access.reach(Op::Update, rtype)?;
    let current = store::read(db, rtype, id)?
        .ok_or_else(|| Refusal::method(format!("there is no {rtype}/{id}; ids are given here"), "GET"))?;
    access.permit(Op::Update, rtype, current.patient.as_deref())?;
    access.permit_write(Op::Update, rtype, &content)?;
    if let Some(etag) = if_match {
        let wanted = version_of_etag(etag)?;
        if wanted != current.version {
            let text = format!("{rtype}/{id} is at version {}, not {wanted}", current.version);
            return Err(Refusal::stale(text));
        }
    }
    store::update(db, &current, body)
}

/// What `If-None-Exist` finds among the resources that the token may see: then nothing is to be created.
pub(crate) fn existing(
    conn: &Connection,
    access: &Access,
    rtype: &str,
    if_none_exist: &str,
) -> Result<Option<Stored>, Refusal> {
    let params: Params = form_urlencoded::parse(if_none_exist.trim_start_matches('?').as_bytes())
        .into_owned()
        .collect();
    if params.is_empty() {
        return Err(Refusal::invalid("If-None-Exist is empty"));
    }
    access.reach(Op::Create, rtype)?;
    let reach = access.reach(Op::Search, rtype)?;
    let query = Query::parse(rtype, &params, Operation::Search)?;
    for filter in &query.filters {
        if let Filter::Patient(ids) = filter {
            Access::permit_patients(&reach, ids)?;
        }
    }
    let found = search::page(conn, rtype, &query, &reach, None)?.matches;
    match found.len() {
        0 | 1 => Ok(found.into_iter().next()),
        n => Err(Refusal::stale(format!("If-None-Exist finds {n} of {rtype}"))),
    }
}

/// What a resource refers to on this server must be there, and be nobody else's than its own patient's. Asked
/// when all of a transaction is stored, whose resources may refer to each other.
pub(crate) fn check_references(
    conn: &Connection,
    base: &str,
    rtype: &str,
    body: &str,
) -> Result<(), Refusal> {
    let content: Value = serde_json::from_str(body).map_err(|error| Refusal::invalid(error.to_string()))?;
    let own = patient_of(rtype, &content);
    let mut references = BTreeSet::new();
    collect(&content, &mut references);
    for reference in references {
        let local = reference
            .strip_prefix(base)
            .map_or(reference, |rest| rest.trim_start_matches('/'));
        if local.starts_with('#') || local.contains("://") {
            continue;
        }
        let target = match split_reference(local) {
            Some((target, id)) => store::read(conn, &target, &id)?,
            None => None,
        };
        let is_fit =
            target.is_some_and(|target| target.patient.is_none() || own.is_none() || target.patient == own);
        if !is_fit {
            // The same words for what is not there and for what is another's.
            let text = format!("{rtype} refers to {reference}, which this patient does not have");
            return Err(Refusal::unprocessable(text));
        }
    }
    Ok(())
}

fn collect<'v>(value: &'v Value, found: &mut BTreeSet<&'v str>) {
    match value {
        Value::Object(members) => {
            found.extend(members.get("reference").and_then(Value::as_str));
            members.values().for_each(|value| collect(value, found));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        _ => {}
    }
}
