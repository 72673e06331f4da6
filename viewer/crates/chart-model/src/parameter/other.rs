//! A parameter outside the table, and when two of them are the same.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use super::{LOINC, QUESTIONNAIRE_SCORE};

/// A parameter that is not in the table: listed under its own text, in the unit it came in.
/// Two are the same by code and unit; the text counts only where the code cannot tell.
#[derive(Clone, Debug)]
pub struct Other {
    /// Code system, may be empty.
    pub system: Box<str>,
    /// Code, may be empty.
    pub code: Box<str>,
    /// The source's own name for it, never empty (the code, if there is nothing else).
    pub text: Box<str>,
    /// Unit as sent, may be empty. Readings of one code in two units are two parameters: they cannot
    /// stand on one axis.
    pub unit: Box<str>,
}

impl Other {
    /// The score of a questionnaire that nothing names: two of them may be of two questionnaires.
    pub fn is_nameless_score(&self) -> bool {
        *self.system == *LOINC
            && *self.code == *QUESTIONNAIRE_SCORE
            && (self.text.is_empty() || self.text == self.code)
    }

    /// What makes it one parameter: sources spell the text of one code in several ways.
    fn identity(&self) -> (&str, &str, &str, &str) {
        let text_counts = self.code.is_empty() || *self.code == *QUESTIONNAIRE_SCORE;
        let text: &str = if text_counts { &self.text } else { "" };
        (&self.system, &self.code, &self.unit, text)
    }

    /// The same as a text.
    pub(super) fn key(&self) -> String {
        let (system, code, unit, text) = self.identity();
        [system, code, unit, text].join("|")
    }
}

impl PartialEq for Other {
    fn eq(&self, other: &Self) -> bool {
        self.identity() == other.identity()
    }
}

impl Eq for Other {}

impl PartialOrd for Other {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Other {
    fn cmp(&self, other: &Self) -> Ordering {
        self.identity().cmp(&other.identity())
    }
}

impl Hash for Other {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.identity().hash(state);
    }
}
