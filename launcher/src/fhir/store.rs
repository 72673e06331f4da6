//! Resources in SQLite: the current version with its index, and every version before it. Knows nothing of who
//! asks; searching is in `search`.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{CachedStatement, Connection, OptionalExtension, Row, params};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::dates::{self, Span, instant_text};
use super::index::Index;
use super::outcome::Refusal;
use super::raw::{RawObject, minified, quoted};
use super::types::is_resource_type;
use crate::random;

const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS resource (
        pk INTEGER PRIMARY KEY, type TEXT NOT NULL, id TEXT NOT NULL, version TEXT NOT NULL,
        updated INTEGER NOT NULL, patient TEXT, start INTEGER NOT NULL, end INTEGER NOT NULL,
        code_key TEXT, json TEXT NOT NULL);
    CREATE UNIQUE INDEX IF NOT EXISTS by_id ON resource (type, id);
    CREATE INDEX IF NOT EXISTS by_date ON resource (type, patient, start);
    CREATE INDEX IF NOT EXISTS by_update ON resource (type, patient, updated);
    CREATE INDEX IF NOT EXISTS by_code ON resource (type, patient, code_key, start)
        WHERE code_key IS NOT NULL;
    CREATE TABLE IF NOT EXISTS old_version (
        type TEXT NOT NULL, id TEXT NOT NULL, version TEXT NOT NULL, updated INTEGER NOT NULL,
        patient TEXT, json TEXT NOT NULL, PRIMARY KEY (type, id, version));
    CREATE TABLE IF NOT EXISTS term (
        pk INTEGER NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, system TEXT NOT NULL,
        PRIMARY KEY (pk, name, value, system)) WITHOUT ROWID;
";

#[derive(Debug)]
pub(crate) struct Store(Mutex<Connection>);

/// One version of one resource.
#[derive(Clone, Debug)]
pub(crate) struct Stored {
    pub(crate) rtype: String,
    pub(crate) id: String,
    pub(crate) version: String,
    /// Milliseconds since 1970.
    pub(crate) updated: i64,
    pub(crate) patient: Option<String>,
    pub(crate) json: String,
}

impl Stored {
    pub(crate) const COLUMNS: &'static str = "type, id, version, updated, patient, json";

    pub(crate) fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            rtype: row.get(0)?,
            id: row.get(1)?,
            version: row.get(2)?,
            updated: row.get(3)?,
            patient: row.get(4)?,
            json: row.get(5)?,
        })
    }

    pub(crate) fn etag(&self) -> String {
        format!("W/\"{}\"", self.version)
    }
}

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

impl Store {
    /// In memory without a path.
    pub(crate) fn open(path: Option<&Path>) -> rusqlite::Result<Self> {
        let conn = match path {
            Some(path) => Connection::open(path)?,
            None => Connection::open_in_memory()?,
        };
        conn.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;")?;
        conn.execute_batch(SCHEMA)?;
        conn.set_prepared_statement_cache_capacity(64);
        Ok(Self(Mutex::new(conn)))
    }

    pub(crate) fn connection(&self) -> MutexGuard<'_, Connection> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs all of `work` or, when it fails, nothing of it.
    pub(crate) fn atomically<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        let mut conn = self.connection();
        let transaction = conn.transaction()?;
        let done = work(&transaction)?;
        transaction.commit()?;
        Ok(done)
    }

    /// For the journal's own pages: the newest resources of a type, of one patient or of all.
    pub(crate) fn resources_of(&self, rtype: &str, patient: Option<&str>) -> Result<Vec<Value>, Refusal> {
        let conn = self.connection();
        let mut select = conn.prepare_cached(
            "SELECT json FROM resource WHERE type = ?1 AND (?2 IS NULL OR patient = ?2)
             ORDER BY start DESC LIMIT 1000",
        )?;
        let texts = select.query_map((rtype, patient), |row| row.get::<_, String>(0))?;
        let texts = texts.collect::<Result<Vec<_>, _>>()?;
        Ok(texts
            .iter()
            .filter_map(|text| serde_json::from_str(text).ok())
            .collect())
    }

    /// Everyone there is any data of, with the number of their Observations.
    pub(crate) fn patients_with_readings(&self) -> Result<Vec<(String, u32)>, Refusal> {
        let conn = self.connection();
        let mut select = conn.prepare_cached(
            "SELECT patient, SUM(type = 'Observation') FROM resource WHERE patient IS NOT NULL GROUP BY patient",
        )?;
        let counts = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(counts.collect::<Result<_, _>>()?)
    }
}

pub(crate) fn read(conn: &Connection, rtype: &str, id: &str) -> Result<Option<Stored>, Refusal> {
    let mut select = cached(conn, "SELECT {} FROM resource WHERE type = ? AND id = ?")?;
    Ok(select.query_row([rtype, id], Stored::from_row).optional()?)
}

/// Every version, newest first.
pub(crate) fn history(conn: &Connection, rtype: &str, id: &str) -> Result<Vec<Stored>, Refusal> {
    let mut versions: Vec<Stored> = read(conn, rtype, id)?.into_iter().collect();
    let mut select = cached(
        conn,
        "SELECT {} FROM old_version WHERE type = ? AND id = ? ORDER BY updated DESC, rowid DESC",
    )?;
    for old in select.query_map([rtype, id], Stored::from_row)? {
        versions.push(old?);
    }
    Ok(versions)
}

fn cached<'c>(conn: &'c Connection, sql: &str) -> rusqlite::Result<CachedStatement<'c>> {
    conn.prepare_cached(&sql.replace("{}", Stored::COLUMNS))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn import_all(bodies: &[&str]) -> Store {
        let store = Store::open(None).unwrap();
        for body in bodies {
            import(&store.connection(), body).unwrap();
        }
        store
    }

    #[test]
    fn what_a_file_says_of_id_version_and_time_is_kept() {
        let body = r#"{"resourceType":"Goal","id":"g","meta":{"versionId":"a7","lastUpdated":"2026-01-01T10:00:00+01:00"}}"#;
        let store = import_all(&[body]);
        let stored = read(&store.connection(), "Goal", "g").unwrap().unwrap();
        assert_eq!((stored.json.as_str(), stored.version.as_str()), (body, "a7"));
        assert_eq!(instant_text(stored.updated), "2026-01-01T09:00:00.000Z");
    }

    #[test]
    fn what_a_file_leaves_out_is_given() {
        let store = import_all(&[r#"{"resourceType":"Goal","meta":{"source":"s"}}"#]);
        let json: String = store
            .connection()
            .query_row("SELECT json FROM resource", [], |row| row.get(0))
            .unwrap();
        let value: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(
            (&value["meta"]["versionId"], &value["meta"]["source"]),
            (&"1".into(), &"s".into())
        );
        assert!(value["id"].is_string() && value["meta"]["lastUpdated"].is_string());
    }

    #[test]
    fn older_versions_in_a_file_become_history() {
        let version = |n: u8| {
            format!(
                r#"{{"resourceType":"CarePlan","id":"c","meta":{{"versionId":"{n}","lastUpdated":"2026-01-0{n}T00:00:00Z"}}}}"#
            )
        };
        let store = import_all(&[&version(2), &version(3), &version(1)]);
        let conn = store.connection();
        let versions: Vec<_> = history(&conn, "CarePlan", "c")
            .unwrap()
            .into_iter()
            .map(|stored| stored.version)
            .collect();
        assert_eq!(versions, ["3", "2", "1"]);
        assert_eq!(import(&conn, &version(2)).unwrap(), Imported::AlreadyThere);
    }

    #[test]
    fn two_readings_with_one_id_are_both_kept() {
        let reading = |patient: &str, value: u8| {
            format!(
                r#"{{"resourceType":"Observation","id":"1","subject":{{"reference":"Patient/{patient}"}},"valueQuantity":{{"value":{value}}}}}"#
            )
        };
        let store = import_all(&[&reading("a", 91)]);
        let conn = store.connection();
        assert_eq!(import(&conn, &reading("a", 91)).unwrap(), Imported::AlreadyThere);
        let Imported::Renamed(id) = import(&conn, &reading("b", 88)).unwrap() else {
            panic!("the id is taken");
        };
        assert!(
            read(&conn, "Observation", &id)
                .unwrap()
                .unwrap()
                .json
                .contains("Patient/b")
        );
        assert_eq!(import(&conn, &reading("b", 88)).unwrap(), Imported::AlreadyThere);
        let plan = |title: &str| format!(r#"{{"resourceType":"CarePlan","id":"c","title":"{title}"}}"#);
        import(&conn, &plan("one")).unwrap();
        assert_eq!(import(&conn, &plan("other")).unwrap(), Imported::Taken);
    }

    #[test]
    fn bad_resources_are_refused_by_name() {
        let store = Store::open(None).unwrap();
        for (body, named) in [
            ("[]", "object"),
            (r#"{"id":"a"}"#, "resourceType"),
            (r#"{"resourceType":"Nonsense"}"#, "Nonsense"),
            (r#"{"resourceType":"Goal","id":"a b"}"#, "a b"),
            (r#"{"resourceType":"Goal","id":7}"#, "7"),
        ] {
            let refusal = import(&store.connection(), body).unwrap_err();
            assert!(refusal.text.contains(named), "{body}: {}", refusal.text);
        }
    }
}
