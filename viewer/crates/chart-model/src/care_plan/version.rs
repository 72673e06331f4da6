//! What is known of one version of a plan beside what it says: when, by whom, why.

use std::rc::Rc;

use crate::ClinicalTime;

/// One version.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// As the source numbers it; opaque, in no order.
    pub id: Rc<str>,
    /// When it was saved.
    pub time: Option<ClinicalTime>,
    /// Who saved it.
    pub author: Author,
    /// Why, in the editor's words; empty if nothing was said.
    pub comment: String,
    /// What says who and why.
    pub known_from: KnownFrom,
}

/// Who wrote something. Fields that are not known are empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Author {
    /// Name, as the source displays it.
    pub name: String,
    /// Their role, as the source words it.
    pub role: String,
    /// On whose behalf.
    pub organisation: String,
}

/// How the author of a version is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KnownFrom {
    /// A record of who did it (Provenance).
    Provenance,
    /// The plan names its author.
    Plan,
    /// Nothing says it.
    Nothing,
}
