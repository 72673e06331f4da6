//! One reading with the zone that held for it when it was taken, and why. Knows no period and no other readings.

use std::rc::Rc;

use crate::Zone;
use crate::finding::FindingKind;
use crate::limit_history::{Held, LimitEra, LimitHistory};
use crate::limits::{self, LimitRange, RangeSet, Severity, Side};
use crate::reading::{Component, Reading};

/// A reading with the zone that held for it when it was taken, and why.
#[derive(Clone, Debug)]
pub struct Point {
    /// The reading.
    pub reading: Rc<Reading>,
    /// Its place on the time axis, milliseconds since 1970 UTC. This and what follows is of the reading too, but
    /// here a hundred thousand of them can be gone through quickly.
    pub at: i64,
    /// Its numbers as by [`numbers`]; NaN where there is none.
    pub numbers: [f64; 2],
    /// It cannot be right.
    pub implausible: bool,
    /// Its zone; of a blood pressure the more severe of the two.
    pub zone: Zone,
    /// The zone of each number that is there: one, or systolic and diastolic.
    pub zones: [Option<Zone>; 2],
    /// What gave it its zone.
    pub why: Why,
    /// Limits overlap at the value.
    pub overlap: bool,
    /// The zone the source gives itself, where it differs from ours.
    pub disagrees: Option<Zone>,
}

/// What gave a point its zone.
#[derive(Clone, Debug, PartialEq)]
pub struct Why {
    /// Whose limits.
    pub basis: Basis,
    /// Which number decided: 0, or 1 for diastolic.
    pub number: usize,
    /// Place of the range that decided among the limits of that number; `None` where no range holds the value.
    pub range: Option<usize>,
}

/// Whose limits gave a point its zone, or why none did.
#[derive(Clone, Debug, PartialEq)]
pub enum Basis {
    /// The reading's own.
    Reading,
    /// The plan's, in force at its time: since when, and set by whom.
    Plan(Rc<LimitEra>),
    /// The reading brings a laboratory's or device's normal range and no individual limits: no colour.
    Standard,
    /// There are no individual limits for it: no colour.
    None,
    /// The plan has limits, or may have, but which held at its time is not known: no colour.
    NotKnown,
}

impl Point {
    /// The number that decided its zone.
    pub fn number(&self) -> Option<&Component> {
        *self.reading.values.parts().get(self.why.number)?
    }

    /// The limits that the deciding number was classed by; its standard range where there was nothing else.
    pub fn set(&self) -> Option<&Rc<RangeSet>> {
        match &self.why.basis {
            Basis::Reading | Basis::Standard => self.number()?.ranges.as_ref(),
            Basis::Plan(era) => era.sets.get(self.why.number)?.as_ref(),
            Basis::None | Basis::NotKnown => None,
        }
    }

    /// The range that decided its zone, with bounds and severity.
    pub fn range(&self) -> Option<&LimitRange> {
        self.set()?.ranges.get(self.why.range?)
    }

    /// The zone that the source itself gives by its `interpretation`: one that differs from ours, else the most severe
    /// that it says of the numbers or of the whole.
    pub fn source_says(&self) -> Option<Zone> {
        let of_numbers = self
            .reading
            .values
            .components()
            .filter_map(|part| part.interpretation);
        let said = of_numbers.chain(self.reading.interpretation);
        self.disagrees
            .or_else(|| said.map(|said| said.zone(side_of(self.zone))).max())
    }

    /// True if it has a number that can stand on the axis: not in a unit that cannot be converted.
    pub fn is_drawn(&self) -> bool {
        self.numbers.iter().any(|number| !number.is_nan())
    }

    /// Whether anything is odd about it although it is shown; see [`Point::remarks`].
    pub fn has_remarks(&self) -> bool {
        self.overlap || self.implausible || self.disagrees.is_some() || !self.reading.remarks.is_empty()
    }

    /// What is odd about it although it is shown: while reading it, in its limits, in its value.
    pub fn remarks(&self) -> Vec<FindingKind> {
        let mut remarks = self.reading.remarks.clone();
        let found = [
            (self.overlap, FindingKind::LimitOverlap),
            (self.disagrees.is_some(), FindingKind::InterpretationDisagrees),
            (self.implausible, FindingKind::Implausible),
        ];
        remarks.extend(found.into_iter().filter(|(is, _)| *is).map(|(_, kind)| kind));
        remarks
    }

    /// Takes back that there is no limit, where the plan that could set one is not known.
    pub fn limits_unknown(&mut self) {
        if self.zone == Zone::NoLimit {
            self.zone = Zone::Unknown;
            self.why.basis = Basis::NotKnown;
        }
        for zone in self.zones.iter_mut().filter(|zone| **zone == Some(Zone::NoLimit)) {
            *zone = Some(Zone::Unknown);
        }
    }
}

/// The numbers to draw: one, or systolic and diastolic; `None` where a part is missing or came in a
/// unit that cannot stand on this axis.
pub fn numbers(reading: &Reading) -> [Option<f64>; 2] {
    let number = |component: &Component| {
        component
            .quantity
            .as_sent_unit
            .is_none()
            .then(|| component.quantity.shown.to_f64())
    };
    reading.values.parts().map(|part| number(part?))
}

/// Finds a reading's zone by the limits that were in force when it was taken: its own, whole; else
/// the plan's that held at its time; else none. `plan` is the history of its parameter.
pub fn assess(reading: &Rc<Reading>, plan: Option<&LimitHistory>) -> Point {
    let held = plan.map_or(Held::Nothing, |history| history.through(&reading.time));
    let mut point = Point {
        reading: Rc::clone(reading),
        at: reading.time.axis_ms(),
        numbers: numbers(reading).map(|number| number.unwrap_or(f64::NAN)),
        implausible: reading.is_implausible(),
        zone: Zone::Unknown,
        zones: [None; 2],
        why: Why {
            basis: Basis::None,
            number: 0,
            range: None,
        },
        overlap: false,
        disagrees: None,
    };
    for (number, part) in reading.values.parts().into_iter().enumerate() {
        let Some(component) = part else { continue };
        let basis = basis(component, number, held);
        let fallback = match &basis {
            Basis::Plan(era) => era.sets.get(number).and_then(Option::as_ref),
            _ => None,
        };
        let mut classed = limits::classify(component, fallback);
        if basis == Basis::NotKnown {
            classed.zone = Zone::Unknown;
        }
        let is_first = point.zones.iter().all(Option::is_none);
        if is_first || classed.zone > point.zone {
            point.zone = classed.zone;
            point.why = Why {
                basis,
                number,
                range: classed.range,
            };
        }
        if let Some(zone) = point.zones.get_mut(number) {
            *zone = Some(classed.zone);
        }
        point.overlap |= classed.overlap;
        let said = component.interpretation;
        point.disagrees = point.disagrees.or_else(|| disagreement(said?, classed.zone));
    }
    let said = reading.interpretation;
    point.disagrees = point.disagrees.or_else(|| disagreement(said?, point.zone));
    if point.why.basis == Basis::NotKnown {
        // Nobody can disagree with what is not known.
        point.disagrees = point.disagrees.filter(|said| *said != Zone::Green);
    }
    point
}

/// Whose limits one number is classed by.
fn basis(component: &Component, number: usize, held: Held<'_>) -> Basis {
    let own = component.ranges.as_ref();
    if own.is_some_and(|set| set.is_personal()) {
        return Basis::Reading;
    }
    match held {
        Held::Era(era) if era.sets.get(number).is_some_and(Option::is_some) => Basis::Plan(Rc::clone(era)),
        Held::NotKnown => Basis::NotKnown,
        Held::Era(_) | Held::Nothing if own.is_some() => Basis::Standard,
        Held::Era(_) | Held::Nothing => Basis::None,
    }
}

/// The zone that the source itself gives, where it differs from ours. A source that calls a reading normal does
/// not disagree with there being no limits.
fn disagreement(said: Severity, zone: Zone) -> Option<Zone> {
    let nothing_to_say = zone == Zone::NoLimit && said == Severity::Green;
    (!said.agrees_with(zone) && !nothing_to_say).then(|| said.zone(side_of(zone)))
}

/// The side that a severity without one is taken to mean.
const fn side_of(zone: Zone) -> Side {
    match zone {
        Zone::YellowLow | Zone::RedLow => Side::Low,
        _ => Side::High,
    }
}

/// The limits that a reading carries itself, one set per number.
pub fn own_sets(reading: &Reading) -> [Option<Rc<RangeSet>>; 2] {
    reading.values.parts().map(|part| part?.ranges.clone())
}
