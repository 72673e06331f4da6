//! Whether a plan can be saved, and if not, which field has to change. No wording.

use crate::{Decimal, Parameter, time::ClinicalTime};

use super::{Bound, CarePlan, Contact, FollowUp, LimitSet, Place, Value};

/// Longest text of one place, in characters.
pub const MAX_TEXT: usize = 10_000;
/// Longest name, role, organisation or phone number, in characters.
pub(super) const MAX_LINE: usize = 200;

/// Something that has to change before the plan can be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// Where.
    pub place: Place,
    /// In which field of the place.
    pub field: Field,
    /// What is wrong.
    pub problem: Problem,
}

/// A field of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The text itself.
    Text,
    /// A contact's name, or who follows up.
    Name,
    /// A contact's role.
    Role,
    /// A contact's phone number.
    Phone,
    /// A contact's organisation.
    Organisation,
    /// Until when somebody follows up.
    Until,
    /// One of the limits.
    Bound(Bound),
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// More characters than [`Problem::TooLong::most`].
    TooLong {
        /// Most characters allowed.
        most: usize,
    },
    /// Nothing that can be dialled.
    NoPhoneNumber,
    /// No date.
    NoDate,
    /// A contact that is neither named nor has a role.
    Nameless,
    /// Does not lie above the bound named, as it must.
    NotAbove(Bound),
    /// Outside of what a living patient can have; both ends inclusive, in the parameter's shown unit.
    Implausible {
        /// Lowest.
        low: Decimal,
        /// Highest.
        high: Decimal,
    },
}

/// What keeps a plan from being saved, in the order of the plan; empty if nothing does. No part is
/// required, and limits may be set on one side only.
pub fn validate(plan: &CarePlan) -> Vec<Issue> {
    let mut issues = Vec::new();
    for (place, value) in plan.entries() {
        let mut report = |field, problem| {
            issues.push(Issue {
                place: place.clone(),
                field,
                problem,
            });
        };
        let mut check_length = |field, text: &str, most| {
            if text.chars().count() > most {
                report(field, Problem::TooLong { most });
            }
        };
        match value {
            Value::Text(text) => check_length(Field::Text, text, MAX_TEXT),
            Value::Contact(contact) => {
                let fields = [Field::Name, Field::Role, Field::Phone, Field::Organisation];
                for (field, text) in fields.into_iter().zip(contact.fields()) {
                    check_length(field, text, MAX_LINE);
                }
                check_contact(contact, &mut report);
            }
            Value::FollowUp(FollowUp { who, until }) => {
                let fields = [Field::Name, Field::Role, Field::Phone, Field::Organisation];
                for (field, text) in fields.into_iter().zip(who.fields()) {
                    check_length(field, text, MAX_LINE);
                }
                check_contact(who, &mut report);
                if !until.is_empty() && ClinicalTime::parse(until).is_err() {
                    report(Field::Until, Problem::NoDate);
                }
            }
            Value::Limits(limits) => {
                if let Place::Limits(parameter, number) = place {
                    check_limits(parameter, *number, limits, &mut report);
                }
            }
            Value::Interval(_) | Value::Order(_) => {}
        }
    }
    issues
}

fn check_contact(contact: &Contact, report: &mut impl FnMut(Field, Problem)) {
    if !contact.is_blank() && contact.name.trim().is_empty() && contact.role.trim().is_empty() {
        report(Field::Name, Problem::Nameless);
    }
    let phone = contact.phone.trim();
    if !phone.is_empty() && !can_be_dialled(phone) {
        report(Field::Phone, Problem::NoPhoneNumber);
    }
}

/// Three digits or more, however they are written, with words around them if need be ("113", "linje 2").
fn can_be_dialled(phone: &str) -> bool {
    phone.chars().filter(char::is_ascii_digit).count() >= 3 && !phone.contains(['<', '>', '@'])
}

fn check_limits(
    parameter: &Parameter,
    number: usize,
    limits: &LimitSet,
    report: &mut impl FnMut(Field, Problem),
) {
    if limits.as_sent.is_some() {
        // Not edited: the source's own, whatever they are.
        return;
    }
    if let Some((below, above)) = limits.disorder() {
        report(Field::Bound(above), Problem::NotAbove(below));
    }
    let Parameter::Known(known) = parameter else {
        return;
    };
    let Some(plausible) = known.spec().numbers.get(number).map(|number| number.plausible) else {
        return;
    };
    for bound in Bound::ALL {
        let outside = |value: &Decimal| *value < plausible.0 || plausible.1 < *value;
        if limits.bound(bound).as_ref().is_some_and(outside) {
            let (low, high) = plausible;
            report(Field::Bound(bound), Problem::Implausible { low, high });
        }
    }
}

/// A text without what FHIR's strings may not hold (control characters other than tab and line break),
/// line breaks as `\n`. Everything else stays, markup too: it is shown as text.
pub fn clean_text(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars()
        .filter(|c| matches!(c, '\n' | '\t') || !c.is_control())
        .collect()
}
