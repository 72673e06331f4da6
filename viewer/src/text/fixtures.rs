//! Readings and limits written short, for the tests of texts and drawings.

use std::rc::Rc;

use chart_model::{
    Bounds, ClinicalTime, Component, Decimal, Known, LimitRange, Method, Quantity, RangeSet, Reading,
    Severity, Status, Values,
};

/// Limits from `N 88-` (green), `A 85-87` (yellow), `AA -84` (red), `S 50-100` (standard).
pub(crate) fn set(ranges: &[&str]) -> Rc<RangeSet> {
    let range = |text: &&str| {
        let (code, bounds) = text.split_once(' ').unwrap();
        let (low, high) = bounds.split_once('-').unwrap();
        LimitRange {
            severity: match code {
                "N" => Severity::Green,
                "A" => Severity::Yellow(None),
                "AA" => Severity::Red(None),
                _ => Severity::Standard,
            },
            bounds: Bounds {
                low: Decimal::parse(low),
                high: Decimal::parse(high),
            },
        }
    };
    Rc::new(RangeSet {
        ranges: ranges.iter().map(range).collect(),
        problem: None,
    })
}

/// A final reading of a device, `91` or `132/84`, with its own limits.
pub(crate) fn reading(known: Known, values: &str, ranges: [Option<Rc<RangeSet>>; 2], time: &str) -> Reading {
    let [first, second] = ranges;
    Reading {
        id: "1".into(),
        parameter: known.into(),
        time: ClinicalTime::parse(time).unwrap(),
        end: None,
        values: match values.split_once('/') {
            None => Values::Single(component(values, first)),
            Some((systolic, diastolic)) => Values::Pair {
                systolic: Some(component(systolic, first)),
                diastolic: Some(component(diastolic, second)),
            },
        },
        status: Status::Final,
        method: Method::Device,
        sources: Vec::new(),
        device: None,
        identifiers: Vec::new(),
        note: None,
        interpretation: None,
        remarks: Vec::new(),
    }
}

fn component(value: &str, ranges: Option<Rc<RangeSet>>) -> Component {
    Component {
        quantity: Quantity {
            shown: Decimal::parse(value).unwrap(),
            comparator: None,
            as_sent_unit: None,
            source_text: None,
        },
        ranges,
        interpretation: None,
    }
}

/// Milliseconds since 1970 UTC of a time in FHIR's form.
pub(crate) fn moment(time: &str) -> i64 {
    ClinicalTime::parse(time).unwrap().start_ms()
}
