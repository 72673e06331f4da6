//! The versions of one goal in order of time, and from when to when each one's limits held. What is in a
//! version is read in `goal`; several goals are put together in `limit_history`.

use std::rc::Rc;

use chart_model::{Parameter, RangeSet, order};

use super::{GoalVersion, Standing};

/// The limits of one number while one version of a goal held.
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
    /// There were other limits of the same goal before, or may have been, that are not known.
    pub(crate) follows_unknown: bool,
}

/// The spans of one goal's versions, given in any order. A version holds until the next one does; limits that
/// were entered in error never held.
pub(crate) fn spans(mut versions: Vec<GoalVersion>) -> Vec<Span> {
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

impl GoalVersion {
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

    /// When it came to hold, or to hold no longer: a first version on its `startDate`; a later one when it was
    /// written, or on a `startDate` that lies ahead of that; one that ends the goal on its `statusDate`, if that
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
