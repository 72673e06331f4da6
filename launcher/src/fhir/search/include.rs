//! What comes along with the matches of a search: what they refer to, what refers to them, and so on from there. Who may
//! see it is decided after.

use rusqlite::Connection;

use crate::fhir::outcome::Refusal;
use crate::fhir::query::{Include, Way};
use crate::fhir::store::{self, Stored};

/// What is included with the matches, each once, in the order of the includes. Those that go onwards are tried again as
/// long as they find more.
pub(crate) fn included(
    conn: &Connection,
    includes: &[Include],
    matches: &[Stored],
) -> Result<Vec<Stored>, Refusal> {
    let mut found: Vec<Stored> = Vec::new();
    let is_new = |stored: &Stored, found: &[Stored]| {
        let same = |other: &Stored| (&other.rtype, &other.id) == (&stored.rtype, &stored.id);
        !found.iter().any(same) && !matches.iter().any(same)
    };
    for include in includes.iter().filter(|include| include.way != Way::Onwards) {
        let more = match include.way {
            Way::Backwards => referring(conn, include, matches)?,
            Way::Forwards | Way::Onwards => referred_to(conn, include, matches)?,
        };
        for stored in more {
            if is_new(&stored, &found) {
                found.push(stored);
            }
        }
    }
    loop {
        let before = found.len();
        for include in includes.iter().filter(|include| include.way == Way::Onwards) {
            let mut more = referred_to(conn, include, matches)?;
            more.extend(referred_to(conn, include, &found)?);
            for stored in more {
                if is_new(&stored, &found) {
                    found.push(stored);
                }
            }
        }
        if found.len() == before {
            return Ok(found);
        }
    }
}

fn referring(conn: &Connection, include: &Include, matches: &[Stored]) -> Result<Vec<Stored>, Refusal> {
    let sql = format!(
        "SELECT {} FROM resource WHERE type = ? AND EXISTS (SELECT 1 FROM term WHERE term.pk = resource.pk
         AND name = ? AND system = ? AND value = ?) ORDER BY updated DESC, pk DESC",
        Stored::COLUMNS
    );
    let mut sources = conn.prepare_cached(&sql)?;
    let mut found = Vec::new();
    for target in matches {
        let values = [include.source.as_str(), include.name, &target.rtype, &target.id];
        for source in sources.query_map(values, Stored::from_row)? {
            found.push(source?);
        }
    }
    Ok(found)
}

fn referred_to(conn: &Connection, include: &Include, sources: &[Stored]) -> Result<Vec<Stored>, Refusal> {
    let mut targets = conn.prepare_cached(
        "SELECT term.system, term.value FROM term JOIN resource ON resource.pk = term.pk
         WHERE resource.type = ? AND resource.id = ? AND term.name = ?",
    )?;
    let mut found = Vec::new();
    for source in sources.iter().filter(|source| source.rtype == include.source) {
        let values = [source.rtype.as_str(), &source.id, include.name];
        let references = targets.query_map(values, |row| Ok((row.get(0)?, row.get(1)?)))?;
        for reference in references {
            let (rtype, id): (String, String) = reference?;
            if include.target.as_ref().is_none_or(|wanted| *wanted == rtype) {
                found.extend(store::read(conn, &rtype, &id)?);
            }
        }
    }
    Ok(found)
}
