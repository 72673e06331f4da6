//! Which questionnaire it is, and on which scale a score counts.

use std::rc::Rc;

use crate::parameter::{LOINC, Other, QUESTIONNAIRE_SCORE};
use crate::wording::Wording;
use crate::{Decimal, Known, Parameter, lowercase};

/// A questionnaire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instrument {
    /// Two fillings with the same key are of the same questionnaire: `cat`, `eq-5d-5l`, else its canonical address, else
    /// its name in small letters.
    pub key: Rc<str>,
    /// Its own name; empty if nothing names it.
    pub name: Wording,
    /// Canonical address without its version; empty if none was given.
    pub canonical: Box<str>,
}

impl Instrument {
    /// From its name and its canonical address (with or without `|version`); either may be empty. Without a name it is
    /// called by the last part of its address.
    pub fn new(mut name: Wording, canonical: &str) -> Self {
        let canonical = canonical.split(['|', '#']).next().unwrap_or(canonical);
        let last = last_part(canonical);
        name.add(last, "");
        let sent = name.as_sent();
        let key = match known(sent).or_else(|| known(last)) {
            Some(known) => known,
            None if canonical.is_empty() => lowercase(sent.trim()),
            None => canonical.to_owned(),
        };
        Self {
            key: key.into(),
            name,
            canonical: canonical.into(),
        }
    }

    /// True if something else than its address names it.
    pub fn is_named(&self) -> bool {
        !self.name.is_empty() && self.name.as_sent() != last_part(&self.canonical)
    }

    /// From what a score calls itself: that of a questionnaire of the table may say more than the questionnaire's name.
    pub fn of_score(name: &str, canonical: &str) -> Self {
        let name = known(name).map_or_else(|| name.to_owned(), |key| key.to_ascii_uppercase());
        Self::new(Wording::new(&name, ""), canonical)
    }

    /// True if a score that names only `other` may be of this questionnaire: the names are the same, or the other says
    /// less exactly which one of a family it is (EQ-5D, and this one EQ-5D-5L).
    pub fn may_be(&self, other: &Self) -> bool {
        let is_family = || {
            self.key
                .strip_prefix(&*other.key)
                .is_some_and(|rest| rest.starts_with('-'))
        };
        let same_name = || lowercase(self.name.as_sent()) == lowercase(other.name.as_sent());
        self.key == other.key
            || (other.canonical.is_empty() && !other.key.is_empty() && (is_family() || same_name()))
    }
}

fn last_part(canonical: &str) -> &str {
    let mut parts = canonical.rsplit(['/', ':']);
    parts.find(|part| !part.is_empty()).unwrap_or_default()
}

/// The key of a questionnaire of the table that a text names.
fn known(text: &str) -> Option<String> {
    let small = lowercase(text);
    let words = || small.split(|c: char| !c.is_ascii_alphanumeric());
    if names_cat(text) || (small.len() <= 40 && !small.contains(' ') && words().any(|word| word == "cat")) {
        return Some("cat".to_owned());
    }
    if small.contains("eq-5d") || small.contains("eq5d") || small.contains("euroqol") {
        let is_level = |level: &&str| {
            words().any(|word| word == *level || (word.len() > 2 && *level != "y" && word.ends_with(*level)))
        };
        let level = ["5l", "3l", "y"].into_iter().find(is_level);
        return Some(level.map_or_else(|| "eq-5d".to_owned(), |level| format!("eq-5d-{level}")));
    }
    None
}

/// `CAT` in capitals, or its full name.
fn names_cat(text: &str) -> bool {
    Known::from_code(LOINC, QUESTIONNAIRE_SCORE, text).is_some()
}

/// What a score counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// COPD Assessment Test, 0–40, higher is worse.
    Cat,
    /// EQ-5D's visual scale, 0–100, higher is better.
    Eq5dVas,
    /// EQ-5D's index, at most 1, higher is better; below 0 is worse than death.
    Eq5dIndex,
    /// Any other, by its own name.
    Other,
}

impl Scale {
    /// By the name that a score of a questionnaire has. `is_part`: it is of a part of it, such as a question, unless its
    /// name says otherwise.
    pub fn of(name: &str, instrument: &Instrument, is_part: bool) -> Self {
        let small = lowercase(name);
        let has = |stems: &[&str]| stems.iter().any(|stem| small.contains(stem));
        if instrument.key.starts_with("eq-5d") {
            let mut words = small.split(|c: char| !c.is_alphanumeric());
            return if words.any(|word| word == "vas" || word == "eqvas")
                || has(&["visual", "visuell", "termometer"])
            {
                Self::Eq5dVas
            } else if has(&["index", "indeks", "utility", "nytte"]) {
                Self::Eq5dIndex
            } else {
                Self::Other
            };
        }
        match &*instrument.key {
            "cat" if !is_part || names_cat(name) => Self::Cat,
            _ => Self::Other,
        }
    }

    /// Lowest and highest that it can give, both included; `None` where that is not known.
    pub const fn ends(self) -> Option<(Decimal, Decimal)> {
        match self {
            Self::Cat => Some((Decimal::ZERO, Decimal::new(40, 0))),
            Self::Eq5dVas => Some((Decimal::ZERO, Decimal::new(100, 0))),
            Self::Eq5dIndex => Some((Decimal::new(-1, 0), Decimal::new(1, 0))),
            Self::Other => None,
        }
    }

    /// The parameter that its curve is drawn of. `name` is the scale's own.
    pub fn parameter(self, name: &str, unit: &str) -> Parameter {
        let name = match self {
            Self::Cat => return Known::Cat.into(),
            Self::Eq5dVas => "EQ-5D VAS",
            Self::Eq5dIndex => "EQ-5D index",
            Self::Other => name,
        };
        Parameter::Other(Rc::new(Other {
            system: LOINC.into(),
            code: QUESTIONNAIRE_SCORE.into(),
            text: name.into(),
            unit: unit.into(),
        }))
    }
}
