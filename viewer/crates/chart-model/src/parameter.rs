//! What a reading measures: a parameter of the table in `known`, or any other code.

mod known;
mod other;

use std::rc::Rc;

pub use known::{DK_MCS, DK_NPU, Known, LOINC, MDC, NLK, Number, QUESTIONNAIRE_SCORE, SNOMED, Spec};
pub use other::Other;

use crate::Decimal;

/// What a reading measures.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Parameter {
    /// One of the table.
    Known(Known),
    /// Any other code.
    Other(Rc<Other>),
}

impl Parameter {
    /// `spo2` …, else `system|code` (the text, where there is no code).
    pub fn id(&self) -> String {
        match self {
            Self::Known(known) => known.spec().id.to_owned(),
            Self::Other(other) if other.code.is_empty() => other.text.to_string(),
            Self::Other(other) => format!("{}|{}", other.system, other.code),
        }
    }

    /// What it is chosen and remembered by: two parameters have the same key only if they are the same, also where
    /// [`Self::id`] is the one code that all questionnaire scores share, or one code in two units.
    pub fn key(&self) -> String {
        match self {
            Self::Known(_) => self.id(),
            Self::Other(other) => other.key(),
        }
    }

    /// The unit shown: UCUM, or as sent for a code that is not in the table.
    pub fn unit(&self) -> &str {
        match self {
            Self::Known(known) => known.spec().unit,
            Self::Other(other) => &other.unit,
        }
    }

    /// Decimals shown at most; a code that is not in the table keeps all that were sent.
    pub const fn decimals(&self) -> u8 {
        match self {
            Self::Known(known) => known.spec().decimals,
            Self::Other(_) => 12,
        }
    }

    /// False for one that its source names by a text alone: nothing can be planned for it.
    pub fn has_code(&self) -> bool {
        match self {
            Self::Known(_) => true,
            Self::Other(other) => !other.code.is_empty(),
        }
    }

    /// False outside the plausible range (inclusive) of number `index`; nothing is known of other codes.
    pub fn is_plausible(&self, index: usize, shown: Decimal) -> bool {
        match self {
            Self::Known(known) => known
                .spec()
                .numbers
                .get(index)
                .is_none_or(|number| number.plausible.0 <= shown && shown <= number.plausible.1),
            Self::Other(_) => true,
        }
    }
}

impl From<Known> for Parameter {
    fn from(known: Known) -> Self {
        Self::Known(known)
    }
}

#[cfg(test)]
mod tests;
