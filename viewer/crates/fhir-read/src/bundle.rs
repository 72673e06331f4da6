//! Walks a Bundle entry by entry. An entry that is broken costs only itself; a bundle that is cut
//! off gives every entry before the cut. What an entry holds is the caller's business.

use serde::Deserialize;
use serde_json::value::RawValue;

use chart_model::{Finding, FindingKind};

use crate::error::{OperationOutcome, PageError};
use crate::lenient::{List, Object, Text};
use crate::resource::{Head, finding};
use crate::scan::Cursor;

/// An entry with its resource read as `R`.
#[derive(Debug, Deserialize)]
#[serde(default)]
pub(crate) struct Entry<'a, R: Default> {
    #[serde(borrow)]
    search: Option<Object<Search<'a>>>,
    #[serde(borrow)]
    request: Option<Object<Request<'a>>>,
    #[serde(bound(deserialize = "R: Deserialize<'de> + Default"))]
    pub(crate) resource: Option<Object<R>>,
}

impl<R: Default> Default for Entry<'_, R> {
    fn default() -> Self {
        Self {
            search: None,
            request: None,
            resource: None,
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Search<'a> {
    #[serde(borrow)]
    mode: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Request<'a> {
    #[serde(borrow)]
    method: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Link<'a> {
    #[serde(borrow)]
    relation: Text<'a>,
    #[serde(borrow)]
    url: Text<'a>,
}

/// What an entry is to the search that it answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Found by the search, or part of a bundle that no search made.
    Match,
    /// Came along with what was found.
    Include,
    /// The server's remark on the search.
    Outcome,
    /// A deletion in a history: nothing to read.
    Deletion,
}

impl<R: Default> Entry<'_, R> {
    /// From `search.mode`, or the request of a history.
    pub(crate) fn role(&self) -> Role {
        let mode = self.search.as_ref().and_then(|search| search.mode.filled());
        let method = self.request.as_ref().and_then(|request| request.method.filled());
        match (mode, method) {
            (Some("outcome"), _) => Role::Outcome,
            (Some("include"), _) => Role::Include,
            (_, Some("DELETE")) if self.resource.is_none() => Role::Deletion,
            _ => Role::Match,
        }
    }
}

/// What stands around the entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Frame {
    /// The `next` link as sent.
    pub(crate) next: Option<String>,
    /// The bundle breaks off or is broken between its entries: what came after is lost.
    pub(crate) broken: bool,
}

/// Walks the entries in the order sent. `each` gets the entry, or nothing if it cannot be read,
/// and its bytes.
pub(crate) fn walk<'a, E: Deserialize<'a>>(
    bytes: &'a [u8],
    mut each: impl FnMut(Option<E>, &'a [u8]),
) -> Result<Frame, PageError> {
    let mut frame = Frame::default();
    let mut resource_type: Option<String> = None;
    let mut entries_seen = false;
    let mut cursor = Cursor::new(bytes);
    if !cursor.take(b'{') {
        return Err(PageError::unexpected(bytes, None));
    }
    frame.broken = loop {
        if cursor.take(b'}') {
            break false;
        }
        let Some(key) = cursor.key() else { break true };
        if key == b"entry" && cursor.peek() == Some(b'[') {
            entries_seen = true;
            if !walk_entries(&mut cursor, &mut each) {
                break true;
            }
            continue;
        }
        let Some(value) = cursor.value() else { break true };
        match key {
            b"resourceType" => resource_type = serde_json::from_slice(value).ok(),
            b"link" => frame.next = next_of(value),
            // No array of entries: there is something that cannot be read.
            b"entry" if value != b"null" => break true,
            _ => {}
        }
    };
    match resource_type.as_deref() {
        Some("Bundle") => Ok(frame),
        None if entries_seen => Ok(frame),
        other => Err(PageError::unexpected(bytes, other)),
    }
}

/// False if the array breaks off.
fn walk_entries<'a, E: Deserialize<'a>>(
    cursor: &mut Cursor<'a>,
    each: &mut impl FnMut(Option<E>, &'a [u8]),
) -> bool {
    cursor.take(b'[');
    while !cursor.take(b']') {
        let rest = cursor.rest();
        // Most entries are sound: reading finds their end by itself. Else the brackets tell.
        let mut stream = serde_json::Deserializer::from_slice(rest).into_iter::<E>();
        if let Some(Ok(entry)) = stream.next() {
            let length = stream.byte_offset();
            cursor.advance(length);
            each(Some(entry), rest.get(..length).unwrap_or_default());
        } else {
            match cursor.value() {
                Some(raw) => each(None, raw),
                None => return false,
            }
        }
    }
    true
}

fn next_of(links: &[u8]) -> Option<String> {
    let links: List<Link<'_>> = serde_json::from_slice(links).ok()?;
    let next = links.iter().find(|link| link.relation.filled() == Some("next"))?;
    next.url.filled().map(str::to_owned)
}

/// What a server says about the search in an entry of its own.
pub(crate) fn outcome_finding(raw: &[u8]) -> Finding {
    let entry = serde_json::from_slice::<Entry<'_, OperationOutcome<'_>>>(raw).ok();
    let text = entry
        .and_then(|entry| entry.resource.map(|outcome| outcome.text()))
        .unwrap_or_default();
    finding(FindingKind::ServerOutcome, "", &text)
}

/// The finding of a bundle that breaks off.
pub(crate) fn broken_finding() -> Finding {
    finding(FindingKind::BrokenBundle, "Bundle", "")
}

/// A resource of a bundle with several kinds of them: its type, its id and its JSON.
#[derive(Clone, Debug)]
pub(crate) struct RawResource<'a> {
    pub(crate) kind: String,
    pub(crate) id: String,
    pub(crate) json: &'a [u8],
}

/// All resources of a small bundle, and what could not be read of it.
pub(crate) fn resources<'a>(
    bytes: &'a [u8],
    findings: &mut Vec<Finding>,
) -> Result<Vec<RawResource<'a>>, PageError> {
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Mixed<'a> {
        #[serde(borrow)]
        resource: Option<&'a RawValue>,
        #[serde(borrow)]
        search: Option<Object<Search<'a>>>,
    }
    let mut found = Vec::new();
    let frame = walk::<Mixed<'_>>(bytes, |entry, raw| {
        let mode = entry
            .as_ref()
            .and_then(|entry| entry.search.as_ref()?.mode.filled());
        if mode == Some("outcome") {
            findings.push(outcome_finding(raw));
            return;
        }
        match entry.map(|entry| entry.resource.map(|resource| resource.get().as_bytes())) {
            // A deletion in a history has no resource.
            Some(None) => {}
            Some(Some(json)) => {
                let head: Head<'_> = serde_json::from_slice(json).unwrap_or_default();
                found.push(RawResource {
                    kind: head.resource_type.or_empty().to_owned(),
                    id: head.id.or_empty().to_owned(),
                    json,
                });
            }
            None => findings.push(finding(FindingKind::UnreadableResource, "", "")),
        }
    })?;
    if frame.broken {
        findings.push(broken_finding());
    }
    Ok(found)
}

#[cfg(test)]
mod tests;
