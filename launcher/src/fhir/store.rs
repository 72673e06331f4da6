//! Resources in SQLite: the current version with its index, and every version before it. Knows nothing of who
//! asks; searching is in `search`.

mod write;

#[cfg(test)]
mod tests;

pub(crate) use self::write::{Imported, create, import, is_id, update};

use std::cell::Cell;
use std::ops::Deref;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{CachedStatement, Connection, OptionalExtension, Row};
use serde_json::Value;

use super::dates::now;
use super::outcome::Refusal;

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
pub(crate) struct Store(Mutex<Database>);

/// The connection, and how versions are kept in it.
#[derive(Debug)]
pub(crate) struct Database {
    conn: Connection,
    keeping: Keeping,
    /// When the transaction under way began: all that it writes is of this instant.
    now: Cell<i64>,
}

impl Deref for Database {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.conn
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Keeping {
    /// Versions have UUIDs, not numbers.
    pub(crate) opaque_versions: bool,
    /// A save that changes nothing makes no version.
    pub(crate) only_changes: bool,
    /// What is attached to a document is kept as a Binary beside it.
    pub(crate) files_beside: bool,
}

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

impl Store {
    /// In memory without a path.
    pub(crate) fn open(path: Option<&Path>, keeping: Keeping) -> rusqlite::Result<Self> {
        let conn = match path {
            Some(path) => Connection::open(path)?,
            None => Connection::open_in_memory()?,
        };
        conn.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;")?;
        conn.execute_batch(SCHEMA)?;
        conn.set_prepared_statement_cache_capacity(64);
        let now = Cell::new(now());
        Ok(Self(Mutex::new(Database { conn, keeping, now })))
    }

    pub(crate) fn connection(&self) -> MutexGuard<'_, Database> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs all of `work` or, when it fails, nothing of it.
    pub(crate) fn atomically<T>(
        &self,
        work: impl FnOnce(&Database) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        let database = self.connection();
        // The lock is held: no other transaction is under way.
        let transaction = database.unchecked_transaction()?;
        database.now.set(now());
        let done = work(&database)?;
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

/// Every resource of a type that a patient has.
pub(crate) fn of_patient(conn: &Connection, rtype: &str, patient: &str) -> Result<Vec<Value>, Refusal> {
    let mut select =
        conn.prepare_cached("SELECT json FROM resource WHERE type = ? AND patient = ? ORDER BY pk")?;
    let texts = select.query_map([rtype, patient], |row| row.get::<_, String>(0))?;
    let broken = |error| Refusal::internal(format!("a stored resource is broken: {error}"));
    texts
        .map(|text| serde_json::from_str(&text?).map_err(broken))
        .collect()
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
        "SELECT {} FROM old_version WHERE type = ? AND id = ? ORDER BY updated DESC, CAST(version AS INTEGER) DESC, rowid DESC",
    )?;
    for old in select.query_map([rtype, id], Stored::from_row)? {
        versions.push(old?);
    }
    Ok(versions)
}

fn cached<'c>(conn: &'c Connection, sql: &str) -> rusqlite::Result<CachedStatement<'c>> {
    conn.prepare_cached(&sql.replace("{}", Stored::COLUMNS))
}
