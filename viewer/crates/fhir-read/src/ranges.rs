//! Limits as FHIR carries them (`referenceRange`, a Goal's target) to a [`RangeSet`] in the unit
//! shown. A set is used whole or not at all, so anything in it that cannot be read makes it unusable.
//!
//! A bound without a unit is in that of the range's other bound, else in that of the value beside it. A bound with a
//! comparator is none: FHIR allows no such thing, and bounds are inclusive.

use std::rc::Rc;

use chart_model::limits::{Bounds, LimitRange, RangeSet, Severity};
use chart_model::{Decimal, FindingKind, Known, Parameter};

use crate::codes::{self, Measured};
use crate::intern::Interner;
use crate::json::{self, List, Object, Present, Raw, Text, fields};
use crate::resource::{Concept, Quantity};
use crate::value::to_shown;

#[derive(Debug, Default)]
pub(crate) struct ReferenceRange<'a> {
    low: Option<Object<Quantity<'a>>>,
    high: Option<Object<Quantity<'a>>>,
    kind: Option<Object<Concept<'a>>>,
    text: Text<'a>,
    age: Present,
    applies_to: Present,
}

fields!(ReferenceRange {
    b"low": low,
    b"high": high,
    b"type": kind,
    b"text": text,
    b"age": age,
    b"appliesTo": applies_to,
});

impl ReferenceRange<'_> {
    /// What the range's type says; without a type, or for people of some age or kind, it is a general range and
    /// no limit of this patient's. `None` for a type that is in no table, or has no code.
    fn severity(&self) -> Option<Severity> {
        let Some(kind) = self.kind.as_ref().filter(|_| !self.age.0 && !self.applies_to.0) else {
            return Some(Severity::Standard);
        };
        codes::agreed(kind.coding.iter())
    }

    /// A laboratory's words without numbers: shown by nobody, but no broken limit either.
    fn is_only_text(&self) -> bool {
        self.kind.is_none() && self.low.is_none() && self.high.is_none() && self.text.filled().is_some()
    }
}

/// Collects ranges and what is wrong with them.
#[derive(Debug, Default)]
pub(crate) struct SetBuilder {
    ranges: Vec<LimitRange>,
    pub(crate) problems: Vec<FindingKind>,
    /// A range that cannot be compared with values, or contradicts itself: nothing is classed then.
    unusable: bool,
    /// Not all of them are general ranges.
    individual: bool,
}

impl SetBuilder {
    /// Adds a range. `unit` is that of bounds of which neither names one.
    pub(crate) fn add(
        &mut self,
        parameter: &Parameter,
        severity: Option<Severity>,
        low: Option<&Quantity<'_>>,
        high: Option<&Quantity<'_>>,
        unit: &str,
    ) {
        self.individual |= severity != Some(Severity::Standard);
        if severity.is_none() {
            self.report(FindingKind::UnknownLimitType);
        }
        if low.is_none() && high.is_none() {
            self.report(FindingKind::LimitWithoutBounds);
            return;
        }
        match bounds(parameter, low, high, unit) {
            Ok(bounds) => {
                let severity = severity.unwrap_or(Severity::Unreadable);
                self.ranges.push(LimitRange { severity, bounds });
            }
            Err(problem) => {
                self.unusable = true;
                self.report(problem);
            }
        }
    }

    fn report(&mut self, problem: FindingKind) {
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    /// The set, if anything was added. Where nothing of the individual limits is left to class by,
    /// the set says so: that there were some is not forgotten.
    pub(crate) fn finish(self, interner: &mut Interner) -> Option<Rc<RangeSet>> {
        let is_general = |range: &LimitRange| range.severity == Severity::Standard;
        let nothing_left = self.ranges.iter().all(is_general);
        let problem = self
            .problems
            .last()
            .copied()
            .filter(|_| self.unusable || nothing_left);
        let ranges = match problem {
            None => self.ranges,
            Some(_) if self.individual => Vec::new(),
            Some(_) => vec![LimitRange {
                severity: Severity::Standard,
                bounds: Bounds::default(),
            }],
        };
        (problem.is_some() || !ranges.is_empty()).then(|| interner.set(RangeSet { ranges, problem }))
    }
}

/// The limits of one resource: a set for each number that its codes measure, in the order in which they come.
#[derive(Debug, Default)]
pub(crate) struct LimitSets(Vec<(Parameter, usize, SetBuilder)>);

impl LimitSets {
    /// Adds a range, low and high, for what a code measures.
    pub(crate) fn add(
        &mut self,
        code: Option<&Concept<'_>>,
        severity: Option<Severity>,
        ends: [Option<&Quantity<'_>>; 2],
        interner: &mut Interner,
        mut report: impl FnMut(FindingKind),
    ) {
        let measured = code.and_then(|code| codes::measured(code, &[]));
        let number = match measured {
            Some(Measured::Pressure(part)) => part,
            // Which part of the pressure it limits, or what at all, is not said.
            Some(Measured::Known(Known::BloodPressure)) | None => {
                return report(FindingKind::UnknownLimitType);
            }
            Some(_) => 0,
        };
        let Some(measured) = measured else { return };
        let unit = unit_of(ends).map_or("", Quantity::unit);
        let parameter = measured.parameter(unit, interner);
        let known = self
            .0
            .iter_mut()
            .find(|(of, part, _)| (of, *part) == (&parameter, number));
        let (_, _, set) = match known {
            Some(set) => set,
            None => self
                .0
                .push_mut((parameter.clone(), number, SetBuilder::default())),
        };
        let [low, high] = ends;
        set.add(&parameter, severity, low, high, unit);
    }

    /// The sets by parameter and number (0, or 1 for diastolic).
    pub(crate) fn finish(
        self,
        interner: &mut Interner,
        mut report: impl FnMut(FindingKind),
    ) -> Vec<(Parameter, usize, Rc<RangeSet>)> {
        let sets = self.0.into_iter().filter_map(|(parameter, number, set)| {
            set.problems.iter().for_each(|problem| report(*problem));
            Some((parameter, number, set.finish(interner)?))
        });
        sets.collect()
    }
}

fn bounds(
    parameter: &Parameter,
    low: Option<&Quantity<'_>>,
    high: Option<&Quantity<'_>>,
    unit: &str,
) -> Result<Bounds, FindingKind> {
    let unit = unit_of([low, high]).map_or((unit, ""), |named| (named.unit(), named.unit_words()));
    let bound = |quantity: Option<&Quantity<'_>>| {
        quantity
            .map(|quantity| bound(parameter, quantity, unit))
            .transpose()
    };
    let bounds = Bounds {
        low: bound(low)?,
        high: bound(high)?,
    };
    match bounds.low.zip(bounds.high) {
        Some((low, high)) if low > high => Err(FindingKind::LimitReversed),
        _ => Ok(bounds),
    }
}

/// The first bound that names a unit.
fn unit_of<'q, 'a>(ends: [Option<&'q Quantity<'a>>; 2]) -> Option<&'q Quantity<'a>> {
    let mut there = ends.into_iter().flatten();
    there.find(|quantity| !quantity.unit().is_empty())
}

/// A bound that is there but holds no number would leave the range open where it is not. `unit`, and in words, is
/// that of a bound which names none.
fn bound(parameter: &Parameter, quantity: &Quantity<'_>, unit: (&str, &str)) -> Result<Decimal, FindingKind> {
    let number = quantity.number().filter(|_| quantity.comparator.sent().is_none());
    let number = number.ok_or(FindingKind::LimitWithoutBounds)?;
    let (unit, words) = match quantity.unit() {
        "" => unit,
        own => (own, quantity.unit_words()),
    };
    to_shown(parameter, number, unit, words).map_err(|_| FindingKind::LimitUnit)
}

/// The limits that a reading carries for one number: its `referenceRange` as sent. `unit` is the unit
/// its value came in. Problems are added to `remarks`.
pub(crate) fn of_reading(
    ranges: &Raw<'_>,
    parameter: &Parameter,
    unit: &str,
    interner: &mut Interner,
    remarks: &mut Vec<FindingKind>,
) -> Option<Rc<RangeSet>> {
    let json = ranges.json()?;
    if interner.limits(json, parameter, unit).is_none() {
        let mut set = SetBuilder::default();
        for range in parsed(json).iter().filter(|range| !range.is_only_text()) {
            set.add(
                parameter,
                range.severity(),
                range.low.as_deref(),
                range.high.as_deref(),
                unit,
            );
        }
        let problems = set.problems.clone();
        let set = set.finish(interner);
        interner.remember_limits(json, parameter, unit, set, problems);
    }
    let read = interner.limits(json, parameter, unit)?;
    let value_is_in_no_known_unit =
        remarks.contains(&FindingKind::UnknownUnit) || remarks.contains(&FindingKind::MissingUnit);
    for problem in &read.problems {
        // That is then said of the value already.
        let said = *problem == FindingKind::LimitUnit && value_is_in_no_known_unit;
        if !said && !remarks.contains(problem) {
            remarks.push(*problem);
        }
    }
    read.set.clone()
}

/// For limits on a blood pressure as a whole: which part they are for is not known. Untyped ones
/// colour nothing anyway.
pub(crate) fn of_no_part(
    ranges: &Raw<'_>,
    interner: &mut Interner,
    remarks: &mut Vec<FindingKind>,
) -> Option<Rc<RangeSet>> {
    let ranges = parsed(ranges.json()?);
    let typed = ranges
        .iter()
        .any(|range| range.severity() != Some(Severity::Standard));
    typed.then(|| {
        remarks.push(FindingKind::UnknownLimitType);
        interner.set(RangeSet {
            ranges: Vec::new(),
            problem: Some(FindingKind::UnknownLimitType),
        })
    })
}

/// Limits with a text that breaks JSON's rules count as one range without bounds: that there were some is not
/// forgotten.
fn parsed(json: &str) -> List<ReferenceRange<'_>> {
    json::read_list(json.as_bytes()).unwrap_or_else(|| {
        let mut list = List::default();
        list.push(ReferenceRange::default());
        list
    })
}

#[cfg(test)]
mod tests;
