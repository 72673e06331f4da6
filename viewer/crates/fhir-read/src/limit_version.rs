//! The versions of one resource that sets limits in order of time, and from when to when each one's limits held.
//! What is in a version is read in `goal` and `service_request`; several resources are put together in
//! `limit_history`.

use std::rc::Rc;

use chart_model::{Parameter, RangeSet, order};

/// One version of a resource, as far as it sets limits.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LimitVersion {
    /// `meta.versionId`.
    pub(crate) version: Option<Box<str>>,
    /// `meta.lastUpdated`, milliseconds since 1970 UTC, as all instants here.
    pub(crate) updated: Option<i64>,
    /// Since when it is meant to hold.
    pub(crate) started: Option<i64>,
    /// `statusDate`.
    pub(crate) status_since: Option<i64>,
    pub(crate) standing: Standing,
    pub(crate) author: Option<Rc<str>>,
    /// It was read together with all other versions.
    pub(crate) among_all: bool,
    /// By parameter and number (0, or 1 for diastolic).
    pub(crate) limits: Vec<(Parameter, usize, Rc<RangeSet>)>,
}

/// What the status makes of the limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    InForce,
    /// Not, or no longer.
    Ended,
    /// They should never have been there.
    Error,
}

/// The limits of one number while one version held.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Span {
    pub(crate) parameter: Parameter,
    /// Which number: 0, or 1 for diastolic.
    pub(crate) number: usize,
    /// In force from this instant; `i64::MAX` where the source gives no time.
    pub(crate) from: i64,
    /// Up to this instant; `i64::MAX`: still.
    pub(crate) to: i64,
    pub(crate) set: Rc<RangeSet>,
    pub(crate) author: Option<Rc<str>>,
    /// There were other limits of the same resource before, or may have been, that are not known.
    pub(crate) follows_unknown: bool,
}

impl Span {
    /// True if the limits still hold.
    pub(crate) fn is_open(&self) -> bool {
        self.to == i64::MAX
    }

    pub(crate) fn is_of_number(&self, other: &Self) -> bool {
        (&self.parameter, self.number) == (&other.parameter, other.number)
    }
}

/// The spans of one resource's versions, given in any order. A version holds until the next one does; limits that
/// were entered in error never held.
pub(crate) fn spans(mut versions: Vec<LimitVersion>) -> Vec<Span> {
    order::by_key(&mut versions, |version| version.number().map_or(-1, i64::from));
    order::by_key(&mut versions, |version| version.updated.unwrap_or(i64::MIN));
    versions.dedup_by(|later, earlier| later.is_same(earlier));
    if versions
        .last()
        .is_none_or(|newest| newest.standing == Standing::Error)
    {
        return Vec::new();
    }
    let begins: Vec<i64> = versions
        .iter()
        .enumerate()
        .map(|(index, version)| version.begins(index == 0))
        .collect();
    let mut spans = Vec::new();
    for (index, version) in versions.into_iter().enumerate() {
        let from = begins.get(index).copied().unwrap_or(i64::MAX);
        let to = begins.get(index + 1).copied().unwrap_or(i64::MAX);
        if version.standing != Standing::InForce {
            continue;
        }
        let follows_unknown = index == 0 && !version.is_first();
        let author = version.author;
        spans.extend(version.limits.into_iter().map(|(parameter, number, set)| Span {
            parameter,
            number,
            from,
            to,
            set,
            author: author.clone(),
            follows_unknown,
        }));
    }
    spans
}

impl LimitVersion {
    /// The limits that it sets; none unless it is in force.
    pub(crate) fn into_limits(self) -> Vec<(Parameter, usize, Rc<RangeSet>)> {
        self.limits
    }

    fn number(&self) -> Option<u32> {
        self.version.as_deref()?.parse().ok()
    }

    fn is_same(&self, other: &Self) -> bool {
        self.version == other.version && self.updated == other.updated
    }

    /// True if it is sure that there was no version before: it is numbered 1, stands first in a whole history,
    /// or is of a source that keeps no times.
    fn is_first(&self) -> bool {
        match self.number() {
            Some(number) => number == 1,
            None => self.among_all || self.updated.is_none(),
        }
    }

    /// When it came to hold, or to hold no longer: a first version on its start; a later one when it was
    /// written, or on a start that lies ahead of that; one that ends the limits on its `statusDate`, if that
    /// is earlier. Without any time: never.
    fn begins(&self, is_oldest: bool) -> i64 {
        let started = self.started.filter(|started| {
            (is_oldest && self.is_first()) || self.updated.is_none_or(|updated| *started > updated)
        });
        match self.standing {
            Standing::InForce => started.or(self.updated).unwrap_or(i64::MAX),
            Standing::Ended | Standing::Error => {
                let written = self.updated.unwrap_or(i64::MAX);
                self.status_since.map_or(written, |since| since.min(written))
            }
        }
    }
}
