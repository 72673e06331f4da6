//! From a page of Observations to readings, exclusions and findings. Every entry ends as exactly one
//! of them; further measurements in the components of one Observation count as entries of their own.

use std::rc::Rc;

use chart_model::{Excluded, Finding, FindingKind, Reading};

use crate::bundle::{self, Entry, Role, Walker};
use crate::error::PageError;
use crate::intern::Interner;
use crate::json;
use crate::measurement::Outcome;
use crate::observation::Observation;
use crate::resource;

/// Reads the Observations of one patient from one host, page by page. Readings of all pages share
/// their repeated texts and limit sets, and a resource that comes again (overlapping pages and
/// searches, older versions in a history) is read once: for fresh data make a new reader.
#[derive(Clone, Debug)]
pub struct Reader {
    pub(crate) patient: Box<str>,
    pub(crate) host: Rc<str>,
    pub(crate) interner: Interner,
}

/// What a page of Observations holds. `entries` = `readings` + `excluded` + those `findings` that
/// stand for an entry ([`FindingKind::replaces_reading`]).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ObservationPage {
    /// Observations not read before, entries that cannot be read at all, and further measurements
    /// in components. Other kinds of resources are not counted.
    pub entries: usize,
    /// Observations that this reader has read before: not read again, not among `entries`.
    pub repeated: usize,
    /// The readings in the order sent.
    pub readings: Vec<Reading>,
    /// Retracted, cancelled, or without a value and saying so.
    pub excluded: Vec<Excluded>,
    /// What could not be read, and what the server remarks on the search.
    pub findings: Vec<Finding>,
    /// The `next` link as sent: pass it through [`crate::next_link`] before following it.
    pub next: Option<String>,
}

impl Reader {
    /// For the patient of a launch (id without `Patient/`). `host` is the name shown as the source
    /// of readings that name none.
    pub fn new(patient: &str, host: &str) -> Self {
        Self {
            patient: patient.into(),
            host: Rc::from(host),
            interner: Interner::default(),
        }
    }

    /// Reads one answer to a search for Observations (searchset, collection or history).
    ///
    /// # Errors
    /// [`PageError`] if the answer is no Bundle. Anything wrong inside one is a finding.
    pub fn observations(&mut self, bytes: &[u8]) -> Result<ObservationPage, PageError> {
        let mut progress = Progress::default();
        while !progress.step(self, bytes, usize::MAX) {}
        progress.finish(bytes)
    }

    /// Begins to read an answer in steps, between which something else can happen.
    pub fn begin(bytes: Vec<u8>) -> PageReading {
        PageReading {
            bytes,
            progress: Progress::default(),
        }
    }
}

/// An answer that is being read. Made by [`Reader::begin`].
#[derive(Clone, Debug)]
pub struct PageReading {
    bytes: Vec<u8>,
    progress: Progress,
}

impl PageReading {
    /// Reads at most so many entries more. Gives the page, once it is read to its end; only that once.
    ///
    /// # Errors
    /// As of [`Reader::observations`].
    pub fn step(
        &mut self,
        reader: &mut Reader,
        most_entries: usize,
    ) -> Option<Result<ObservationPage, PageError>> {
        let is_read = self.progress.step(reader, &self.bytes, most_entries);
        is_read.then(|| std::mem::take(&mut self.progress).finish(&std::mem::take(&mut self.bytes)))
    }
}

/// How far an answer has been read, and what it has come to.
#[derive(Clone, Debug, Default)]
struct Progress {
    walker: Walker,
    page: ObservationPage,
}

impl Progress {
    /// Reads at most so many entries; true at the end.
    fn step(&mut self, reader: &mut Reader, bytes: &[u8], most: usize) -> bool {
        for _ in 0..most {
            let Some((entry, raw)) = self
                .walker
                .next(bytes, json::read_first::<Entry<'_, Observation<'_>>>)
            else {
                return true;
            };
            reader.entry(entry, raw, &mut self.page);
        }
        false
    }

    fn finish(self, bytes: &[u8]) -> Result<ObservationPage, PageError> {
        let frame = self.walker.finish(bytes)?;
        let mut page = self.page;
        if frame.broken {
            page.findings.push(bundle::broken_finding());
        }
        page.next = frame.next;
        Ok(page)
    }
}

impl Reader {
    fn entry(&mut self, entry: Option<Entry<'_, Observation<'_>>>, raw: &[u8], page: &mut ObservationPage) {
        let Some(entry) = entry else {
            return page.add(unreadable());
        };
        let observation = match (entry.role(), &entry.resource) {
            (Role::Outcome, _) => return page.findings.push(bundle::outcome_finding(raw)),
            (Role::Include | Role::Deletion, _) => return,
            (Role::Match, None) => return page.add(unreadable()),
            (Role::Match, Some(observation)) => observation,
        };
        match observation.resource_type.filled() {
            Some("Observation") if self.interner.is_repeated(observation.id.or_empty()) => {
                page.repeated += 1;
            }
            Some("Observation") => {
                for outcome in self.read(observation) {
                    page.add(outcome);
                }
            }
            Some("OperationOutcome") => page.findings.push(bundle::outcome_finding(raw)),
            Some(_) => {}
            None => page.add(unreadable()),
        }
    }
}

impl ObservationPage {
    /// The oldest instant on a page that came newest first, milliseconds since 1970 UTC: every reading
    /// later than it is on this page or one before. `None` if the page is in no such order. Dates and
    /// periods are left out, since servers sort them by their start or by their end.
    pub fn newest_first_down_to(&self) -> Option<i64> {
        let instants = self
            .readings
            .iter()
            .filter(|reading| reading.time.has_clock() && reading.end.is_none());
        let mut times = instants.map(|reading| reading.time.start_ms());
        let mut oldest = times.next()?;
        times
            .all(|time| std::mem::replace(&mut oldest, time) >= time)
            .then_some(oldest)
    }

    fn add(&mut self, outcome: Outcome) {
        self.entries += 1;
        match outcome {
            Outcome::Reading(reading) => self.readings.push(*reading),
            Outcome::Excluded(excluded) => self.excluded.push(excluded),
            Outcome::Finding(finding) => self.findings.push(finding),
        }
    }
}

fn unreadable() -> Outcome {
    Outcome::Finding(resource::finding(FindingKind::UnreadableResource, "", ""))
}

#[cfg(test)]
mod tests;
