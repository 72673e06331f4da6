//! Walks a Bundle entry by entry. An entry that is broken costs only itself; a bundle that is cut
//! off gives every entry before the cut. What an entry holds is the caller's business.

use chart_model::{Finding, FindingKind};

use crate::error::{OperationOutcome, PageError};
use crate::json::{self, Fields, Fill, Input, List, Object, Raw, Text, fields};
use crate::resource::{Head, finding};
use crate::scan::Cursor;

/// An entry with its resource read as `R`.
#[derive(Debug)]
pub(crate) struct Entry<'a, R: Default> {
    search: Option<Object<Search<'a>>>,
    request: Option<Object<Request<'a>>>,
    pub(crate) resource: Option<Object<R>>,
}

impl<'a, R: Fields<'a>> Fields<'a> for Entry<'a, R> {
    fn field(&mut self, key: &[u8], json: &mut Input<'a>) -> Option<()> {
        match key {
            b"search" => self.search.fill(json),
            b"request" => self.request.fill(json),
            b"resource" => self.resource.fill(json),
            _ => json.skip(),
        }
    }
}

fields!(Search { b"mode": mode });
fields!(Request { b"method": method });

impl<R: Default> Default for Entry<'_, R> {
    fn default() -> Self {
        Self {
            search: None,
            request: None,
            resource: None,
        }
    }
}

#[derive(Debug, Default)]
struct Search<'a> {
    mode: Text<'a>,
}

#[derive(Debug, Default)]
struct Request<'a> {
    method: Text<'a>,
}

#[derive(Debug, Default)]
struct Link<'a> {
    relation: Text<'a>,
    url: Text<'a>,
}

fields!(Link { b"relation": relation, b"url": url });

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
    /// It has an array of entries, however many.
    has_entries: bool,
    /// It lists versions, and not what a search found.
    pub(crate) history: bool,
}

/// Walks a bundle from entry to entry, and can rest between two.
#[derive(Clone, Debug, Default)]
pub(crate) struct Walker {
    at: usize,
    stage: Stage,
    resource_type: Option<String>,
    frame: Frame,
}

/// Where the walk is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Stage {
    #[default]
    Start,
    /// Between the fields of the bundle.
    Fields,
    /// Among its entries.
    Entries,
    End,
}

/// How an entry is read from where it begins: what it is, and its length.
pub(crate) type ReadEntry<'a, E> = fn(&'a [u8]) -> Option<(E, usize)>;

impl Walker {
    /// The next entry, or nothing in its place if it cannot be read, and its bytes; `None` at the end of the
    /// bundle. `bytes` are the same every time.
    pub(crate) fn next<'a, E>(
        &mut self,
        bytes: &'a [u8],
        read: ReadEntry<'a, E>,
    ) -> Option<(Option<E>, &'a [u8])> {
        let mut cursor = if self.at == 0 {
            Cursor::new(bytes)
        } else {
            Cursor::at(bytes, self.at)
        };
        let entry = loop {
            match self.stage {
                Stage::Start if cursor.take(b'{') => self.stage = Stage::Fields,
                Stage::Start => self.stage = Stage::End,
                Stage::Fields => self.field(&mut cursor),
                Stage::Entries if cursor.take(b']') => self.stage = Stage::Fields,
                Stage::Entries => match next_entry(&mut cursor, read) {
                    Some(entry) => break Some(entry),
                    None => self.break_off(),
                },
                Stage::End => break None,
            }
        };
        self.at = cursor.passed();
        entry
    }

    /// Passes one field of the bundle itself.
    fn field(&mut self, cursor: &mut Cursor<'_>) {
        if cursor.take(b'}') {
            self.stage = Stage::End;
            return;
        }
        let Some(key) = cursor.key() else {
            return self.break_off();
        };
        if key == b"entry" && cursor.peek() == Some(b'[') {
            cursor.take(b'[');
            self.frame.has_entries = true;
            self.stage = Stage::Entries;
            return;
        }
        let Some(value) = cursor.value() else {
            return self.break_off();
        };
        match key {
            b"resourceType" => self.resource_type = json::read_text(value),
            b"link" => self.frame.next = next_of(value),
            b"type" => self.frame.history = value == b"\"history\"",
            // No array of entries: there is something that cannot be read.
            b"entry" if value != b"null" => self.break_off(),
            _ => {}
        }
    }

    fn break_off(&mut self) {
        self.frame.broken = true;
        self.stage = Stage::End;
    }

    /// What stands around the entries, once they are walked.
    ///
    /// # Errors
    /// If it was no bundle.
    pub(crate) fn finish(self, bytes: &[u8]) -> Result<Frame, PageError> {
        match self.resource_type.as_deref() {
            Some("Bundle") => Ok(self.frame),
            None if self.frame.has_entries => Ok(self.frame),
            other => Err(PageError::unexpected(bytes, other)),
        }
    }
}

/// Most entries are sound: reading finds their end by itself. Else the brackets tell. `None` if the array breaks off.
fn next_entry<'a, E>(cursor: &mut Cursor<'a>, read: ReadEntry<'a, E>) -> Option<(Option<E>, &'a [u8])> {
    cursor.peek();
    let rest = cursor.rest();
    match read(rest) {
        Some((entry, length)) => {
            cursor.advance(length);
            Some((Some(entry), rest.get(..length).unwrap_or_default()))
        }
        None => Some((None, cursor.value()?)),
    }
}

/// Walks all entries in the order sent. `each` gets the entry, or nothing if it cannot be read, and its bytes.
fn walk<'a, E: Fields<'a>>(
    bytes: &'a [u8],
    mut each: impl FnMut(Option<E>, &'a [u8]),
) -> Result<Frame, PageError> {
    let mut walker = Walker::default();
    while let Some((entry, raw)) = walker.next(bytes, json::read_first::<E>) {
        each(entry, raw);
    }
    walker.finish(bytes)
}

fn next_of(links: &[u8]) -> Option<String> {
    let links: List<Link<'_>> = json::read_list(links)?;
    let next = links.iter().find(|link| link.relation.filled() == Some("next"))?;
    next.url.filled().map(str::to_owned)
}

/// What a server says about the search in an entry of its own.
pub(crate) fn outcome_finding(raw: &[u8]) -> Finding {
    let entry = json::read::<Entry<'_, OperationOutcome<'_>>>(raw);
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
    /// It came in a bundle with all of its versions.
    pub(crate) among_all_versions: bool,
}

/// Servers that cut a history without saying so do it at twenty versions or more.
const SURELY_UNCUT: usize = 20;

/// All resources of a small bundle, and what could not be read of it.
pub(crate) fn resources<'a>(
    bytes: &'a [u8],
    findings: &mut Vec<Finding>,
) -> Result<Vec<RawResource<'a>>, PageError> {
    #[derive(Default)]
    struct Mixed<'a> {
        resource: Raw<'a>,
        search: Option<Object<Search<'a>>>,
    }
    fields!(Mixed { b"resource": resource, b"search": search });
    let mut found = Vec::new();
    let frame = walk::<Mixed<'_>>(bytes, |entry, raw| {
        let mode = entry
            .as_ref()
            .and_then(|entry| entry.search.as_ref()?.mode.filled());
        if mode == Some("outcome") {
            findings.push(outcome_finding(raw));
            return;
        }
        match entry.map(|entry| entry.resource.json().map(str::as_bytes)) {
            // A deletion in a history has no resource.
            Some(None) => {}
            Some(Some(json)) => {
                let head: Head<'_> = json::read(json).unwrap_or_default();
                found.push(RawResource {
                    kind: head.resource_type.or_empty().to_owned(),
                    id: head.id.or_empty().to_owned(),
                    json,
                    among_all_versions: false,
                });
            }
            None => findings.push(finding(FindingKind::UnreadableResource, "", "")),
        }
    })?;
    if frame.broken {
        findings.push(broken_finding());
    } else if frame.history && frame.next.is_none() && found.len() < SURELY_UNCUT {
        found
            .iter_mut()
            .for_each(|resource| resource.among_all_versions = true);
    }
    Ok(found)
}

#[cfg(test)]
mod tests;
