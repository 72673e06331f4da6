//! The versions of plans in SQLite, each as the document that is answered. Checks nothing.

use serde_json::Value;

use crate::fhir::outcome::Refusal;
use crate::fhir::store::Database;

pub(super) fn prepare(db: &Database) -> Result<(), Refusal> {
    db.execute_batch(
        "CREATE TABLE IF NOT EXISTS plan_version (
             id TEXT NOT NULL, version INTEGER NOT NULL, patient TEXT NOT NULL, document TEXT NOT NULL,
             PRIMARY KEY (id, version))",
    )?;
    Ok(())
}

pub(super) fn add(db: &Database, patient: &str, plan: &Value) -> Result<(), Refusal> {
    db.execute(
        "INSERT INTO plan_version (id, version, patient, document) VALUES (?, ?, ?, ?)",
        (
            plan["id"].as_str(),
            plan["version"].as_i64(),
            patient,
            plan.to_string(),
        ),
    )?;
    Ok(())
}

/// The newest version of each plan of a patient.
pub(super) fn newest_of(db: &Database, patient: &str) -> Result<Vec<Value>, Refusal> {
    let mut select = db.prepare_cached(
        "SELECT document, MAX(version) FROM plan_version WHERE patient = ? GROUP BY id ORDER BY id",
    )?;
    let texts = select.query_map([patient], |row| row.get::<_, String>(0))?;
    documents(texts)
}

/// The patient and every version, newest first; `None` where there is no such plan.
pub(super) fn versions(db: &Database, id: &str) -> Result<Option<(String, Vec<Value>)>, Refusal> {
    let mut select =
        db.prepare_cached("SELECT patient, document FROM plan_version WHERE id = ? ORDER BY version DESC")?;
    let mut patient = None;
    let texts = select.query_map([id], |row| {
        patient = Some(row.get::<_, String>(0)?);
        row.get::<_, String>(1)
    })?;
    let documents = documents(texts)?;
    Ok(patient.map(|patient| (patient, documents)))
}

fn documents(texts: impl Iterator<Item = rusqlite::Result<String>>) -> Result<Vec<Value>, Refusal> {
    let broken = |error| Refusal::internal(format!("a stored plan is broken: {error}"));
    texts
        .map(|text| serde_json::from_str(&text?).map_err(broken))
        .collect()
}
