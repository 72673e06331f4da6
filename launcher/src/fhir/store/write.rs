//! Resources written to the store: new ones, new versions, and those of files with their own versions.

use rusqlite::{Connection, params};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{Database, Stored, history, read};
use crate::fhir::dates::{Span, instant_text};
use crate::fhir::index::{Index, split_reference};
use crate::fhir::outcome::Refusal;
use crate::fhir::raw::{RawObject, minified, quoted, refer_to, rewrite_references};
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
pub(crate) fn create(db: &Database, rtype: &str, id: &str, body: &str) -> Result<Stored, Refusal> {
    let version = db.version_name(rtype, id, "1");
    let beside = match rtype {
        "DocumentReference" if db.keeping.files_beside => Some(with_files_beside(db, body)?),
        _ => None,
    };
    let stored = stamped(
        rtype,
        id,
        version,
        db.now.get(),
        beside.as_deref().unwrap_or(body),
    )?;
    insert(db, &stored)?;
    Ok(stored)
}

/// The document with the `url` of a new Binary in the place of each content.
fn with_files_beside(db: &Database, body: &str) -> Result<String, Refusal> {
    let invalid = |error: serde_json::Error| Refusal::invalid(error.to_string());
    let mut document: Value = serde_json::from_str(body).map_err(invalid)?;
    let subject = document.get("subject").cloned().unwrap_or_default();
    let contents = document.get_mut("content").and_then(Value::as_array_mut);
    let attachments = contents.into_iter().flatten();
    for attachment in attachments.filter_map(|content| content.get_mut("attachment")?.as_object_mut()) {
        let Some(data) = attachment.remove("data") else {
            continue;
        };
        let binary = json!({ "resourceType": "Binary", "contentType": attachment.get("contentType"),
            "securityContext": subject, "data": data });
        let id = random::uuid();
        create(db, "Binary", &id, &binary.to_string())?;
        attachment.insert("url".to_owned(), format!("Binary/{id}").into());
    }
    Ok(document.to_string())
}

/// Stores the next version; `current` is the version that it follows.
pub(crate) fn update(db: &Database, current: &Stored, body: &str) -> Result<Stored, Refusal> {
    if db.keeping.only_changes && content(&current.json) == content(body) {
        return Ok(current.clone());
    }
    let next = match current.version.parse::<u64>() {
        Ok(number) => number.saturating_add(1),
        Err(_) => history(db, &current.rtype, &current.id)?.len() as u64 + 1,
    };
    let version = db.version_name(&current.rtype, &current.id, &next.to_string());
    let updated = db.now.get().max(current.updated + 1);
    let stored = stamped(&current.rtype, &current.id, version, updated, body)?;
    replace(db, current, &stored)?;
    Ok(stored)
}

impl Database {
    /// What a version is called that a server which counts them gives this number.
    fn version_name(&self, rtype: &str, id: &str, number: &str) -> String {
        if !self.keeping.opaque_versions {
            return number.to_owned();
        }
        random::uuid_for(&format!("{rtype}/{id}/{number}"))
    }

    /// A file's reference to a version becomes one to what that version is called here.
    fn with_version_names(&self, body: String) -> String {
        if !self.keeping.opaque_versions {
            return body;
        }
        let renamed = |reference: &str| {
            let (place, number) = reference.split_once("/_history/")?;
            let (rtype, id) = split_reference(place)?;
            let version = self.version_name(&rtype, &id, number);
            Some(refer_to(&format!("{place}/_history/{version}")))
        };
        rewrite_references(&body, &renamed).unwrap_or(body)
    }
}

/// Stores a resource from a file as it is: its id, version and time are kept where it has them.
pub(crate) fn import(db: &Database, body: &str) -> Result<Imported, Refusal> {
    let body = db.with_version_names(minified(body));
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
    let given = meta.get("versionId").and_then(Value::as_str);
    let version = db.version_name(&rtype, &id, given.unwrap_or("1"));
    let updated = meta
        .get("lastUpdated")
        .and_then(Value::as_str)
        .and_then(Span::parse);
    if given != Some(&version) || updated.is_none() {
        let now = instant_text(db.now.get());
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
        updated: updated.map_or_else(|| db.now.get(), |span| span.start),
        rtype,
        id,
        version,
        json,
    };
    match read(db, &stored.rtype, &stored.id)? {
        None => insert(db, &stored)?,
        Some(current) => {
            let known = history(db, &stored.rtype, &stored.id)?;
            if let Some(old) = known.iter().find(|old| old.version == stored.version) {
                if content(&old.json) == content(&stored.json) {
                    return Ok(Imported::AlreadyThere);
                }
                if stored.rtype != "Observation" {
                    return Ok(Imported::Taken);
                }
                // Files of several patients often count their readings from one; none may be lost.
                stored.id = id_by_content(&stored);
                if read(db, &stored.rtype, &stored.id)?.is_some() {
                    return Ok(Imported::AlreadyThere);
                }
                object.set("id", quoted(&stored.id), 1);
                stored.json = object.to_text();
                insert(db, &stored)?;
                return Ok(Imported::Renamed(stored.id));
            }
            if stored.follows(&current) {
                replace(db, &current, &stored)?;
            } else {
                keep_old(db, &stored)?;
            }
        }
    }
    Ok(Imported::Stored)
}

impl Stored {
    /// By time; of the same time, by number.
    fn follows(&self, other: &Self) -> bool {
        let number = |stored: &Self| stored.version.parse::<u64>().ok();
        (self.updated, number(self)) >= (other.updated, number(other))
    }
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
