//! Which limits held when: the limits of a plan through time, one era after the other. Reads no FHIR and
//! classes nothing.
//!
//! Rule (data-model, "Limits in force"): a reading is classed by the limits of its own time or not at all.
//! Before the first era, between two, and after one that was ended, no limit held, or it is not known which did.

use std::rc::Rc;

use crate::limits::RangeSet;
use crate::{ClinicalTime, Parameter};

/// Limits that held from one instant to another.
#[derive(Clone, Debug, PartialEq)]
pub struct LimitEra {
    /// First instant, milliseconds since 1970 UTC; `i64::MAX` where the source gives no time: the limits hold
    /// now, and for no reading that is already there.
    pub from: i64,
    /// The instant at which they no longer hold; `i64::MAX` while they still do.
    pub to: i64,
    /// One set per number: one, or systolic and diastolic.
    pub sets: [Option<Rc<RangeSet>>; 2],
    /// Who set them, as the source displays it.
    pub author: Option<Rc<str>>,
}

/// All that is known of one parameter's limits in the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct LimitHistory {
    /// Whose limits.
    pub parameter: Parameter,
    /// Oldest first, without overlap.
    pub eras: Vec<Rc<LimitEra>>,
    /// Outside the eras there were no limits. False: there may have been, and they are not known.
    pub is_complete: bool,
}

/// What is known of the limits at a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Held<'a> {
    /// These limits held.
    Era(&'a Rc<LimitEra>),
    /// No limit held: none had been set, or it had been ended.
    Nothing,
    /// What held is not known: it lies in no era of a history that is not complete, or a day is all that is known
    /// of the time and the limits changed on it.
    NotKnown,
}

impl LimitEra {
    /// True if the limits still hold.
    pub const fn is_open(&self) -> bool {
        self.to == i64::MAX
    }
}

impl LimitHistory {
    /// The limits that hold now.
    pub fn current(&self) -> Option<&LimitEra> {
        self.eras.last().map(Rc::as_ref).filter(|era| era.is_open())
    }

    /// The limits that held at an instant, milliseconds since 1970 UTC.
    pub fn at(&self, instant: i64) -> Option<&Rc<LimitEra>> {
        match self.held_at(instant) {
            Held::Era(era) => Some(era),
            Held::Nothing | Held::NotKnown => None,
        }
    }

    /// What held through all that a time can mean: an instant, or a whole day, month or year.
    pub fn through(&self, time: &ClinicalTime) -> Held<'_> {
        let held = self.held_at(time.start_ms());
        if time.has_clock() || self.held_at(time.last_ms()) == held {
            held
        } else {
            Held::NotKnown
        }
    }

    fn held_at(&self, instant: i64) -> Held<'_> {
        let begun = self.eras.partition_point(|era| era.from <= instant);
        match begun.checked_sub(1).and_then(|last| self.eras.get(last)) {
            Some(era) if instant < era.to => Held::Era(era),
            _ if self.is_complete => Held::Nothing,
            _ => Held::NotKnown,
        }
    }
}

#[cfg(test)]
mod tests;
