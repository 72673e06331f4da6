//! What can stand at a place of a plan.

use super::validate::clean_text;
use super::{Key, LimitSet};

/// Someone to turn to. Fields that are not known are empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// Name of the person, or of the service.
    pub name: String,
    /// What they are to the patient: "Kontaktperson på sykehuset".
    pub role: String,
    /// As it is dialled and shown.
    pub phone: String,
    /// Where they work.
    pub organisation: String,
}

/// Who follows the patient up now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FollowUp {
    /// The service, or the person.
    pub who: Contact,
    /// Last day, a FHIR date (`2026-12-31`) or dateTime as sent; empty if it is not said.
    pub until: String,
}

/// A value of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Words.
    Text(String),
    /// A contact.
    Contact(Contact),
    /// Who follows up.
    FollowUp(FollowUp),
    /// From one reading to the next, milliseconds.
    Interval(i64),
    /// Limits of a number.
    Limits(LimitSet),
    /// The order of a list; only in changes.
    Order(Vec<Key>),
}

impl Contact {
    /// Its fields, in the order shown.
    pub const fn fields(&self) -> [&String; 4] {
        [&self.name, &self.role, &self.phone, &self.organisation]
    }

    /// True if nothing is said.
    pub fn is_blank(&self) -> bool {
        self.fields().iter().all(|field| field.trim().is_empty())
    }

    fn fields_mut(&mut self) -> Vec<&mut String> {
        vec![
            &mut self.name,
            &mut self.role,
            &mut self.phone,
            &mut self.organisation,
        ]
    }

    pub(super) fn from_fields([name, role, phone, organisation]: [String; 4]) -> Self {
        Self {
            name,
            role,
            phone,
            organisation,
        }
    }
}

impl Value {
    /// A text as a value.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// True if nothing is said.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Text(text) => text.trim().is_empty(),
            Self::Contact(contact) => contact.is_blank(),
            Self::FollowUp(FollowUp { who, until }) => who.is_blank() && until.trim().is_empty(),
            Self::Interval(_) => false,
            Self::Limits(limits) => limits.is_empty(),
            Self::Order(keys) => keys.is_empty(),
        }
    }

    /// Takes out what no text may hold.
    pub(super) fn clean(&mut self) {
        let fields: Vec<&mut String> = match self {
            Self::Text(text) => vec![text],
            Self::Contact(contact) => contact.fields_mut(),
            Self::FollowUp(FollowUp { who, until }) => {
                let mut fields = who.fields_mut();
                fields.push(until);
                fields
            }
            Self::Interval(_) | Self::Limits(_) | Self::Order(_) => Vec::new(),
        };
        for field in fields {
            *field = clean_text(field).trim().to_owned();
        }
    }

    /// Its words in one line, to compare items by.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Contact(contact) => contact.fields().map(String::as_str).join(" "),
            _ => String::new(),
        }
    }
}
