//! One reading of one parameter, as the source sent it and as it is shown. Holds no zone: that
//! depends on limits in force, and is found in `series`.

use std::rc::Rc;

use crate::finding::FindingKind;
use crate::limits::{RangeSet, Severity};
use crate::time::ClinicalTime;
use crate::{Decimal, Parameter};

/// A measured number in the unit it is shown in.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// Converted to the parameter's unit and rounded by its rule, or exactly as sent when
    /// `as_sent_unit` is set. This is what is shown *and* classed.
    pub shown: Decimal,
    /// `<`, `<=`, `>` or `>=` when the device reports a bound and not a number.
    pub comparator: Option<Comparator>,
    /// The source's unit where it could not be converted (empty: it named none). The value is then
    /// uncoloured. `None`: `shown` is in the parameter's own unit.
    pub as_sent_unit: Option<Rc<str>>,
    /// What the source wrote, where that differs from `shown`: `"185.2 [lb_av]"`.
    pub source_text: Option<Box<str>>,
}

/// FHIR `Quantity.comparator`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparator {
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

impl Comparator {
    /// As FHIR writes it, and as it is shown.
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::LessOrEqual => "≤",
            Self::Greater => ">",
            Self::GreaterOrEqual => "≥",
        }
    }
}

/// A number with the limits that were in force for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Component {
    /// The number.
    pub quantity: Quantity,
    /// The reading's own limits (`referenceRange`), as a whole set; `None` if it carries none.
    pub ranges: Option<Rc<RangeSet>>,
    /// How severe the source itself calls it by `interpretation`, if it says so.
    pub interpretation: Option<Severity>,
}

/// What was measured.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// One number.
    Single(Component),
    /// A blood pressure; either part may be missing, never both.
    Pair {
        /// Systolic, mm\[Hg\].
        systolic: Option<Component>,
        /// Diastolic, mm\[Hg\].
        diastolic: Option<Component>,
    },
}

impl Values {
    /// The numbers by their place: one, or systolic and diastolic.
    pub const fn parts(&self) -> [Option<&Component>; 2] {
        match self {
            Self::Single(component) => [Some(component), None],
            Self::Pair { systolic, diastolic } => [systolic.as_ref(), diastolic.as_ref()],
        }
    }

    /// The components that are there, systolic first.
    pub fn components(&self) -> impl Iterator<Item = &Component> {
        self.parts().into_iter().flatten()
    }

    /// `91`, `<3.9`, or `132/84` (a missing part is `–`); decimal point, no unit.
    pub fn text(&self) -> String {
        fn number(component: &Component) -> String {
            let comparator = component.quantity.comparator.map_or("", Comparator::symbol);
            format!("{comparator}{}", component.quantity.shown)
        }
        match self {
            Self::Single(component) => number(component),
            Self::Pair { systolic, diastolic } => {
                let part = |c: &Option<Component>| c.as_ref().map_or_else(|| "–".to_owned(), number);
                format!("{}/{}", part(systolic), part(diastolic))
            }
        }
    }
}

/// FHIR `Observation.status`, as far as a reading can have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// `registered` (NHN sends its readings so).
    Registered,
    /// `preliminary`: shown dashed, with the word.
    Preliminary,
    /// `final`.
    Final,
    /// `amended`.
    Amended,
    /// `corrected`.
    Corrected,
    /// `unknown`, or left out (some servers drop it under `_elements`).
    Unstated,
}

impl Status {
    /// FHIR's own word; `unknown` where nothing was said.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::Preliminary => "preliminary",
            Self::Final => "final",
            Self::Amended => "amended",
            Self::Corrected => "corrected",
            Self::Unstated => "unknown",
        }
    }
}

/// How the number came into being.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Sent by an apparatus (filled dot).
    Device,
    /// Typed in by somebody (hollow dot).
    Manual,
    /// The source does not say.
    Unstated,
}

/// One reading. Cheap to share: keep it in an `Rc`.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The resource id, or empty if it has none.
    pub id: Box<str>,
    /// What was measured.
    pub parameter: Parameter,
    /// When it was measured (start, for a period).
    pub time: ClinicalTime,
    /// The end of `effectivePeriod`.
    pub end: Option<ClinicalTime>,
    /// The numbers, with their limits.
    pub values: Values,
    /// The status.
    pub status: Status,
    /// Apparatus or manual.
    pub method: Method,
    /// Systems that it came from: one, or several after duplicates were merged.
    pub sources: Vec<Rc<str>>,
    /// The device's own identity, as a reference or display text.
    pub device: Option<Rc<str>>,
    /// Business identifiers as `system|value`, used to recognise duplicates.
    pub identifiers: Vec<Box<str>>,
    /// The patient's or operator's comment.
    pub note: Option<Box<str>>,
    /// How severe the source itself calls a blood pressure as a whole, where it does not say it of the parts.
    pub interpretation: Option<Severity>,
    /// Remarks that came up while reading it (unit, limits); it is shown all the same.
    pub remarks: Vec<FindingKind>,
}

impl Reading {
    /// True if a number lies outside what a living patient can have (inclusive bounds in
    /// `parameter`); then it is kept off the axis, the summary and the latest value.
    pub fn is_implausible(&self) -> bool {
        let mut parts = self.values.parts().into_iter().enumerate();
        parts.any(|(number, part)| {
            part.filter(|component| component.quantity.as_sent_unit.is_none())
                .is_some_and(|component| !self.parameter.is_plausible(number, component.quantity.shown))
        })
    }

    /// The unit as UCUM where it is known, else as sent (may be empty); empty where two numbers are in two units.
    pub fn unit(&self) -> &str {
        let own = self.parameter.unit();
        let components = self.values.components();
        let mut units = components.map(|part| part.quantity.as_sent_unit.as_deref().unwrap_or(own));
        let first = units.next().unwrap_or(own);
        if units.all(|unit| unit == first) {
            first
        } else {
            ""
        }
    }
}

/// A reading that is counted but not used.
#[derive(Clone, Debug, PartialEq)]
pub struct Excluded {
    /// Why.
    pub kind: ExclusionKind,
    /// The resource id.
    pub id: Box<str>,
    /// What it would have measured, if it says.
    pub parameter: Option<Parameter>,
    /// When, if it says.
    pub time: Option<ClinicalTime>,
}

/// Why a reading is not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ExclusionKind {
    /// The source has taken it back.
    EnteredInError,
    /// It was never completed.
    Cancelled,
    /// The same reading came from another system as well; that one is shown, with both sources.
    Duplicate,
    /// The source says that there is no value, and why (`dataAbsentReason`).
    NoValue,
    /// It only holds other Observations together (`hasMember`), which are readings by themselves.
    Panel,
    /// One half of a blood pressure that came as two Observations: it is shown, together with the other half.
    Joined,
    /// A number that cannot be right: in the table, not in axis or summary.
    Implausible,
}

impl ExclusionKind {
    /// True if its value is seen nowhere; false for what is shown as a part of another reading.
    pub const fn is_left_out(self) -> bool {
        !matches!(self, Self::Joined)
    }

    /// The stable kebab-case name.
    pub const fn id(self) -> &'static str {
        match self {
            Self::EnteredInError => "entered-in-error",
            Self::Cancelled => "cancelled",
            Self::Duplicate => "duplicate",
            Self::NoValue => "no-value",
            Self::Panel => "panel",
            Self::Joined => "joined",
            Self::Implausible => "implausible",
        }
    }
}
