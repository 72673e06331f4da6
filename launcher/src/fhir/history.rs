//! The versions of one resource, listed page by page and read one by one. Writes nothing.

use rusqlite::Connection;

use super::access::Access;
use super::bundle::{BundleText, PAGE, PageToken};
use super::dates::Span;
use super::local;
use super::outcome::Refusal;
use super::query::{DEFAULT_COUNT, MAX_COUNT, Params, is_json};
use super::search::Place;
use super::store::{self, Stored};
use crate::auth::scopes::Op;

/// What is asked of a history.
#[derive(Debug)]
struct Asked {
    /// Entries on a page.
    count: usize,
    /// Only versions made from this instant on; milliseconds since 1970.
    since: i64,
}

impl Asked {
    fn parse(params: &Params) -> Result<Self, Refusal> {
        let mut asked = Self {
            count: DEFAULT_COUNT,
            since: i64::MIN,
        };
        for (name, text) in params {
            let wrong = |what| Refusal::invalid(format!("{name}={text} is not {what}"));
            match name.as_str() {
                "_count" => {
                    let count = text.parse::<usize>().ok().filter(|count| *count > 0);
                    asked.count = count.ok_or_else(|| wrong("a number from 1"))?.min(MAX_COUNT);
                }
                "_since" => {
                    // A plus sign that was not percent-encoded arrives as a space.
                    let span = Span::parse(&text.replace(' ', "+"));
                    asked.since = span.ok_or_else(|| wrong("an instant"))?.start;
                }
                "_format" if is_json(text) => {}
                "_pretty" => {}
                _ => {
                    let text = format!("unknown parameter {name} of a history");
                    return Err(Refusal::unknown_parameter(text));
                }
            }
        }
        Ok(asked)
    }
}

/// The Bundle of the versions, newest first. A page goes on below the last version of the one before, so that a
/// version made meanwhile moves nothing.
pub(crate) fn list(
    conn: &Connection,
    base: &str,
    access: &Access,
    (rtype, id): (&str, &str),
    params: &Params,
) -> Result<String, Refusal> {
    let token = params.iter().find(|(name, _)| name == PAGE);
    let token = token.map(|(_, text)| PageToken::parse(text)).transpose()?;
    let params = token.as_ref().map_or(params, |token| &token.params);
    let asked = Asked::parse(params)?;
    let versions = versions(conn, access, rtype, id)?;
    // Counted from the oldest, which is 1.
    let numbered = (1..=versions.len() as i64).rev().zip(&versions);
    let mut wanted: Vec<(i64, &Stored)> = numbered
        .filter(|(_, version)| version.updated >= asked.since)
        .collect();
    let total = u32::try_from(wanted.len()).unwrap_or(u32::MAX);
    if let Some(token) = &token {
        wanted.retain(|(number, _)| *number < token.after.key);
    }
    let place = format!("{base}/{rtype}/{id}/_history");
    let mut links = vec![("self", place.clone())];
    let has_more = wanted.len() > asked.count;
    wanted.truncate(asked.count);
    if let (true, Some((number, _))) = (has_more, wanted.last()) {
        let token = PageToken {
            params: params.clone(),
            after: Place { key: *number, pk: 0 },
            total,
        };
        links.push(("next", format!("{place}?{PAGE}={}", token.to_text())));
    }
    let mut bundle = BundleText::new("history", Some(total), &links);
    wanted
        .iter()
        .for_each(|(_, version)| bundle.version(base, version));
    Ok(bundle.finish())
}

pub(crate) fn version(
    conn: &Connection,
    access: &Access,
    (rtype, id): (&str, &str),
    version: &str,
) -> Result<Stored, Refusal> {
    let versions = versions(conn, access, rtype, id)?;
    let found = versions.into_iter().find(|stored| stored.version == version);
    found.ok_or_else(|| Refusal::not_found(format!("{rtype}/{id} has no version {version}")))
}

fn versions(conn: &Connection, access: &Access, rtype: &str, id: &str) -> Result<Vec<Stored>, Refusal> {
    local::read(conn, access, rtype, id)?;
    let versions = store::history(conn, rtype, id)?;
    for version in &versions {
        access.permit(Op::Read, rtype, version.patient.as_deref())?;
    }
    Ok(versions)
}
