//! Limits as FHIR carries them (`referenceRange`, a Goal's target) to a [`RangeSet`] in the unit
//! shown. A set is used whole or not at all, so anything in it that cannot be read makes it unusable.

use std::rc::Rc;

use chart_model::limits::{Bounds, LimitRange, RangeSet, Severity};
use chart_model::{Decimal, FindingKind, Parameter};
use serde::Deserialize;

use crate::codes;
use crate::intern::Interner;
use crate::lenient::{Object, Text};
use crate::resource::{Concept, Quantity};
use crate::value::to_shown;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ReferenceRange<'a> {
    #[serde(borrow)]
    low: Option<Object<Quantity<'a>>>,
    #[serde(borrow)]
    high: Option<Object<Quantity<'a>>>,
    #[serde(borrow, rename = "type")]
    kind: Option<Object<Concept<'a>>>,
    #[serde(borrow)]
    text: Text<'a>,
}

impl ReferenceRange<'_> {
    /// What the range's type says; no type is a general normal range. `None` for
    /// a type that is in no table, or has no code.
    fn severity(&self) -> Option<Severity> {
        let Some(kind) = &self.kind else {
            return Some(Severity::Standard);
        };
        kind.coding.iter().find_map(codes::severity)
    }

    /// A laboratory's words without numbers: shown by nobody, but no broken limit either.
    fn is_only_text(&self) -> bool {
        self.kind.is_none() && self.low.is_none() && self.high.is_none() && self.text.filled().is_some()
    }
}

/// Collects ranges; what cannot be read is kept as a problem.
#[derive(Debug, Default)]
pub(crate) struct SetBuilder {
    ranges: Vec<LimitRange>,
    pub(crate) problems: Vec<FindingKind>,
}

impl SetBuilder {
    /// Adds a range. `unit` is that of bounds which name none.
    pub(crate) fn add(
        &mut self,
        parameter: &Parameter,
        severity: Option<Severity>,
        low: Option<&Quantity<'_>>,
        high: Option<&Quantity<'_>>,
        unit: &str,
    ) {
        match range(parameter, severity, low, high, unit) {
            Ok(range) => self.ranges.push(range),
            Err(problem) if self.problems.contains(&problem) => {}
            Err(problem) => self.problems.push(problem),
        }
    }

    /// The set, if anything was added.
    pub(crate) fn finish(self, interner: &mut Interner) -> Option<Rc<RangeSet>> {
        let problem = self.problems.first().copied();
        (problem.is_some() || !self.ranges.is_empty()).then(|| {
            interner.set(RangeSet {
                ranges: self.ranges,
                problem,
            })
        })
    }
}

fn range(
    parameter: &Parameter,
    severity: Option<Severity>,
    low: Option<&Quantity<'_>>,
    high: Option<&Quantity<'_>>,
    unit: &str,
) -> Result<LimitRange, FindingKind> {
    let severity = severity.ok_or(FindingKind::UnknownLimitType)?;
    let bound = |quantity: Option<&Quantity<'_>>| {
        quantity
            .map(|quantity| bound(parameter, quantity, unit))
            .transpose()
    };
    let bounds = Bounds {
        low: bound(low)?,
        high: bound(high)?,
    };
    match (bounds.low, bounds.high) {
        (None, None) => Err(FindingKind::LimitWithoutBounds),
        (Some(low), Some(high)) if low > high => Err(FindingKind::LimitReversed),
        _ => Ok(LimitRange { severity, bounds }),
    }
}

/// A bound that is there but holds no number would leave the range open where it is not.
fn bound(parameter: &Parameter, quantity: &Quantity<'_>, unit: &str) -> Result<Decimal, FindingKind> {
    let number = quantity.number().ok_or(FindingKind::LimitWithoutBounds)?;
    let own = quantity.unit();
    let unit = if own.is_empty() { unit } else { own };
    to_shown(parameter, number, unit).map_err(|_| FindingKind::LimitUnit)
}

/// The limits that a reading carries for one number. `unit` is the unit its value came in.
/// Problems are added to `remarks`.
pub(crate) fn of_reading(
    ranges: &[ReferenceRange<'_>],
    parameter: &Parameter,
    unit: &str,
    interner: &mut Interner,
    remarks: &mut Vec<FindingKind>,
) -> Option<Rc<RangeSet>> {
    let mut set = SetBuilder::default();
    for range in ranges.iter().filter(|range| !range.is_only_text()) {
        set.add(
            parameter,
            range.severity(),
            range.low.as_deref(),
            range.high.as_deref(),
            unit,
        );
    }
    let value_is_in_no_known_unit =
        remarks.contains(&FindingKind::UnknownUnit) || remarks.contains(&FindingKind::MissingUnit);
    for problem in &set.problems {
        // That is then said of the value already.
        let said = *problem == FindingKind::LimitUnit && value_is_in_no_known_unit;
        if !said && !remarks.contains(problem) {
            remarks.push(*problem);
        }
    }
    set.finish(interner)
}

/// For limits on a blood pressure as a whole: which part they are for is not known. Untyped ones
/// colour nothing anyway.
pub(crate) fn of_no_part(
    ranges: &[ReferenceRange<'_>],
    interner: &mut Interner,
    remarks: &mut Vec<FindingKind>,
) -> Option<Rc<RangeSet>> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lenient::List;
    use chart_model::{Known, Zone};
    use serde_json::{Value, json};

    const V3: &str = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";

    fn typed(system: &str, code: &str, low: Option<f64>, high: Option<f64>, unit: &str) -> Value {
        let mut range = json!({ "type": { "coding": [{ "system": system, "code": code }] } });
        let quantity = |value: f64| json!({ "value": value, "unit": unit });
        if let Some(low) = low {
            range["low"] = quantity(low);
        }
        if let Some(high) = high {
            range["high"] = quantity(high);
        }
        range
    }

    fn read(known: Known, ranges: &Value, unit: &str) -> (Option<Rc<RangeSet>>, Vec<FindingKind>) {
        let text = ranges.to_string();
        let ranges: List<ReferenceRange<'_>> = serde_json::from_str(&text).unwrap();
        let mut remarks = Vec::new();
        let set = of_reading(
            &ranges,
            &known.into(),
            unit,
            &mut Interner::default(),
            &mut remarks,
        );
        (set, remarks)
    }

    fn check(known: Known, ranges: &Value, value: &str, zone: Zone, remarks: &[FindingKind]) {
        let (set, said) = read(known, ranges, known.spec().unit);
        let zone_read = set.map(|set| set.classify(Decimal::parse(value).unwrap()).zone);
        assert_eq!(zone_read, Some(zone), "{ranges} {value}");
        assert_eq!(said, remarks, "{ranges}");
    }

    #[test]
    fn every_type_of_the_table_gives_its_zone() {
        let danish = "urn:oid:1.2.208.184.100.1";
        let ehealth = "http://ehealth.sundhed.dk/cs/reference-range-type";
        let meaning = "http://terminology.hl7.org/CodeSystem/referencerange-meaning";
        for (system, code, zone) in [
            (V3, "N", Zone::Green),
            (V3, "L", Zone::YellowLow),
            (V3, "H", Zone::YellowHigh),
            (V3, "A", Zone::YellowHigh),
            (V3, "LL", Zone::RedLow),
            (V3, "HH", Zone::RedHigh),
            (V3, "AA", Zone::RedHigh),
            (danish, "GAL", Zone::YellowHigh),
            (danish, "RAL", Zone::RedHigh),
            (ehealth, "GAL", Zone::YellowHigh),
            (ehealth, "RAL", Zone::RedHigh),
            (meaning, "normal", Zone::NoLimit),
        ] {
            let ranges = json!([typed(system, code, Some(80.0), None, "/min")]);
            check(Known::Pulse, &ranges, "90", zone, &[]);
        }
        check(
            Known::Pulse,
            &json!([{ "low": { "value": 50 } }]),
            "90",
            Zone::NoLimit,
            &[],
        );
    }

    #[test]
    fn limits_are_converted_and_rounded_like_the_value() {
        let ranges = json!([typed(V3, "N", Some(70.0), Some(180.0), "mg/dL")]);
        for (value, zone) in [
            ("3.8", Zone::Unknown),
            ("3.9", Zone::Green),
            ("10.0", Zone::Green),
            ("10.1", Zone::Unknown),
        ] {
            check(Known::Glucose, &ranges, value, zone, &[]);
        }
    }

    #[test]
    fn a_bound_without_a_unit_is_in_the_unit_of_the_reading() {
        let ranges = json!([{ "low": { "value": 100 }, "high": { "value": 200 } }]);
        let (set, remarks) = read(Known::Weight, &ranges, "[lb_av]");
        let bounds = set.unwrap().ranges[0].bounds;
        assert_eq!(
            (bounds.low.unwrap().to_string(), bounds.high.unwrap().to_string()),
            ("45.4".to_owned(), "90.7".to_owned())
        );
        assert!(remarks.is_empty());
    }

    #[test]
    fn a_set_with_anything_unreadable_gives_no_zone_and_a_remark() {
        let green = typed(V3, "N", Some(88.0), None, "%");
        for (broken, remark) in [
            (
                typed(V3, "N", Some(95.0), Some(90.0), "%"),
                FindingKind::LimitReversed,
            ),
            (typed(V3, "H", None, None, "%"), FindingKind::LimitWithoutBounds),
            (typed(V3, "H", Some(9.0), None, "kPa"), FindingKind::LimitUnit),
            (
                typed(V3, "XX", Some(95.0), None, "%"),
                FindingKind::UnknownLimitType,
            ),
            (
                typed("urn:x", "N", Some(95.0), None, "%"),
                FindingKind::UnknownLimitType,
            ),
            (
                json!({ "type": { "text": "gul" }, "low": { "value": 9 } }),
                FindingKind::UnknownLimitType,
            ),
            (
                json!({ "low": { "value": "88" }, "high": { "value": 90 } }),
                FindingKind::LimitWithoutBounds,
            ),
            (json!("88-90"), FindingKind::LimitWithoutBounds),
            (json!({}), FindingKind::LimitWithoutBounds),
        ] {
            check(
                Known::Spo2,
                &json!([green, broken]),
                "91",
                Zone::Unknown,
                &[remark],
            );
        }
    }

    #[test]
    fn no_ranges_and_ranges_in_words_are_no_limits() {
        assert_eq!(read(Known::Spo2, &json!([]), "%"), (None, vec![]));
        assert_eq!(
            read(Known::Spo2, &json!([{ "text": "negativ" }]), "%"),
            (None, vec![])
        );
    }

    #[test]
    fn a_limit_in_the_same_unknown_unit_as_the_value_is_said_once() {
        let text = json!([{ "low": { "value": 13 } }]).to_string();
        let ranges: Vec<ReferenceRange<'_>> = serde_json::from_str(&text).unwrap();
        let mut remarks = vec![FindingKind::UnknownUnit];
        let weight = Known::Weight.into();
        let set = of_reading(&ranges, &weight, "stone", &mut Interner::default(), &mut remarks);
        assert_eq!(set.unwrap().problem, Some(FindingKind::LimitUnit));
        assert_eq!(remarks, [FindingKind::UnknownUnit]);
    }
}
