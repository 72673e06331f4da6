//! Resources written to the store: new ones, new versions, and those of files with their own versions.

use rusqlite::{Connection, params};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{Stored, history, read};
use crate::fhir::dates::{self, Span, instant_text};
use crate::fhir::index::Index;
use crate::fhir::outcome::Refusal;
use crate::fhir::raw::{RawObject, minified, quoted};
use crate::fhir::types::is_resource_type;
use crate::random;

#[derive(Debug, PartialEq)]
pub(crate) enum Imported {
    Stored,
    /// The same version of the same resource was there before and is kept.
    AlreadyThere,
    /// Another reading had the id: it was stored under this new one.
    Renamed(String),
    /// Another resource has the id and version: it is kept, this one is not stored.
    Taken,
}

/// Stores a new resource under a new id.
pub(crate) fn create(conn: &Connection, rtype: &str, id: &str, body: &str) -> Result<Stored, Refusal> {
    let stored = stamped(rtype, id, "1".to_owned(), dates::now(), body)?;
    insert(conn, &stored)?;
    Ok(stored)
}

/// Stores the next version; `current` is the version that it follows.
pub(crate) fn update(conn: &Connection, current: &Stored, body: &str) -> Result<Stored, Refusal> {
    let next = match current.version.parse::<u64>() {
        Ok(number) => number.saturating_add(1),
        Err(_) => history(conn, &current.rtype, &current.id)?.len() as u64 + 1,
    };
    let updated = dates::now().max(current.updated + 1);
    let stored = stamped(&current.rtype, &current.id, next.to_string(), updated, body)?;
    replace(conn, current, &stored)?;
    Ok(stored)
}

/// Stores a resource from a file as it is: its id, version and time are kept where it has them.
pub(crate) fn import(conn: &Connection, body: &str) -> Result<Imported, Refusal> {
    let body = minified(body);
    let mut object =
        RawObject::parse(&body).map_err(|e| Refusal::invalid(format!("not a JSON object: {e}")))?;
    let rtype = object
        .string("resourceType")
        .ok_or_else(|| Refusal::invalid("no resourceType"))?;
    if !is_resource_type(&rtype) {
        return Err(Refusal::unprocessable(format!(
            "{rtype} is not a resource type of R4"
        )));
    }
    let id = match object.get("id") {
        None => random::uuid(),
        Some(text) => match serde_json::from_str::<String>(text) {
            Ok(id) if is_id(&id) => id,
            _ => return Err(Refusal::unprocessable(format!("{text} is not a valid id"))),
        },
    };
    let meta: Value = object
        .get("meta")
        .and_then(|text| serde_json::from_str(text).ok())
        .unwrap_or(Value::Null);
    let version = meta
        .get("versionId")
        .and_then(Value::as_str)
        .unwrap_or("1")
        .to_owned();
    let updated = meta
        .get("lastUpdated")
        .and_then(Value::as_str)
        .and_then(Span::parse);
    if meta.get("versionId").is_none() || updated.is_none() {
        let now = instant_text(dates::now());
        let updated_text = updated
            .and(meta.get("lastUpdated"))
            .and_then(Value::as_str)
            .unwrap_or(&now);
        object.set("meta", meta_with(&meta, &version, updated_text), 2);
    }
    object.set("id", quoted(&id), 1);
    let json = object.to_text();
    let mut stored = Stored {
        patient: None,
        updated: updated.map_or_else(dates::now, |span| span.start),
        rtype,
        id,
        version,
        json,
    };
    match read(conn, &stored.rtype, &stored.id)? {
        None => insert(conn, &stored)?,
        Some(current) => {
            let known = history(conn, &stored.rtype, &stored.id)?;
            if let Some(old) = known.iter().find(|old| old.version == stored.version) {
                if content(&old.json) == content(&stored.json) {
                    return Ok(Imported::AlreadyThere);
                }
                if stored.rtype != "Observation" {
                    return Ok(Imported::Taken);
                }
                // Files of several patients often count their readings from one; none may be lost.
                stored.id = id_by_content(&stored);
                if read(conn, &stored.rtype, &stored.id)?.is_some() {
                    return Ok(Imported::AlreadyThere);
                }
                object.set("id", quoted(&stored.id), 1);
                stored.json = object.to_text();
                insert(conn, &stored)?;
                return Ok(Imported::Renamed(stored.id));
            }
            if stored.updated >= current.updated {
                replace(conn, &current, &stored)?;
            } else {
                keep_old(conn, &stored)?;
            }
        }
    }
    Ok(Imported::Stored)
}

/// An id that the same content always gets: its own, and a part of its hash.
fn id_by_content(stored: &Stored) -> String {
    let text = content(&stored.json)
        .map(|value| value.to_string())
        .unwrap_or_default();
    let hash = Sha256::digest(text.as_bytes());
    let hex: String = hash.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    format!("{}-{hex}", stored.id.get(..50).unwrap_or(&stored.id))
}

/// What a resource says, without what a server adds to it.
fn content(json: &str) -> Option<Value> {
    let mut value: Value = serde_json::from_str(json).ok()?;
    value.as_object_mut()?.remove("meta");
    Some(value)
}

/// Ids of R4: 1 to 64 letters, digits, `-` and `.`.
pub(crate) fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.')
}

fn meta_with(meta: &Value, version: &str, updated: &str) -> String {
    let mut members = meta.as_object().cloned().unwrap_or_default();
    members.insert("versionId".to_owned(), version.into());
    members.insert("lastUpdated".to_owned(), updated.into());
    Value::Object(members).to_string()
}

fn stamped(rtype: &str, id: &str, version: String, updated: i64, body: &str) -> Result<Stored, Refusal> {
    let body = minified(body);
    let mut object =
        RawObject::parse(&body).map_err(|e| Refusal::invalid(format!("not a JSON object: {e}")))?;
    let meta: Value = object
        .get("meta")
        .and_then(|text| serde_json::from_str(text).ok())
        .unwrap_or(Value::Null);
    object.set("id", quoted(id), 1);
    object.set("meta", meta_with(&meta, &version, &instant_text(updated)), 2);
    let json = object.to_text();
    Ok(Stored {
        rtype: rtype.to_owned(),
        id: id.to_owned(),
        version,
        updated,
        patient: None,
        json,
    })
}

fn index_of(stored: &Stored) -> Result<Index, Refusal> {
    let value = serde_json::from_str(&stored.json).map_err(|e| Refusal::invalid(e.to_string()))?;
    Ok(Index::of(&stored.rtype, &value))
}

fn insert(conn: &Connection, new: &Stored) -> Result<(), Refusal> {
    let index = index_of(new)?;
    conn.prepare_cached(
        "INSERT INTO resource (type, id, version, updated, patient, start, end, code_key, json)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        new.rtype,
        new.id,
        new.version,
        new.updated,
        index.patient,
        index.span.start,
        index.span.end,
        index.code_key,
        new.json
    ])?;
    insert_terms(conn, conn.last_insert_rowid(), &index)
}

fn replace(conn: &Connection, current: &Stored, new: &Stored) -> Result<(), Refusal> {
    keep_old(conn, current)?;
    let index = index_of(new)?;
    let pk: i64 = conn.query_row(
        "UPDATE resource SET version = ?, updated = ?, patient = ?, start = ?, end = ?, code_key = ?, json = ?
         WHERE type = ? AND id = ? RETURNING pk",
        params![
            new.version,
            new.updated,
            index.patient,
            index.span.start,
            index.span.end,
            index.code_key,
            new.json,
            new.rtype,
            new.id
        ],
        |row| row.get(0),
    )?;
    conn.execute("DELETE FROM term WHERE pk = ?", [pk])?;
    insert_terms(conn, pk, &index)
}

fn insert_terms(conn: &Connection, pk: i64, index: &Index) -> Result<(), Refusal> {
    let mut insert =
        conn.prepare_cached("INSERT OR IGNORE INTO term (pk, name, value, system) VALUES (?, ?, ?, ?)")?;
    for term in &index.terms {
        insert.execute(params![pk, term.name, term.value, term.system])?;
    }
    Ok(())
}

fn keep_old(conn: &Connection, old: &Stored) -> Result<(), Refusal> {
    let patient = index_of(old)?.patient;
    conn.execute(
        "INSERT INTO old_version (type, id, version, updated, patient, json) VALUES (?, ?, ?, ?, ?, ?)",
        params![old.rtype, old.id, old.version, old.updated, patient, old.json],
    )?;
    Ok(())
}
