//! Readings for the tables of the tests.

use std::rc::Rc;

use crate::reading::{Component, Method, Quantity, Reading, Status, Values};
use crate::{ClinicalTime, Decimal, Known, Parameter, RangeSet};

pub(crate) fn spo2() -> Parameter {
    Known::Spo2.into()
}

pub(crate) fn component(value: &str, ranges: Option<Rc<RangeSet>>) -> Component {
    let shown = Decimal::parse(value).unwrap();
    let quantity = Quantity {
        shown,
        comparator: None,
        as_sent_unit: None,
        source_text: None,
    };
    Component {
        quantity,
        ranges,
        interpretation: None,
    }
}

/// An SpO₂ reading by an unnamed apparatus, without limits.
pub(crate) fn reading(id: &str, time: &str, value: &str) -> Reading {
    Reading {
        id: id.into(),
        parameter: spo2(),
        time: ClinicalTime::parse(time).unwrap(),
        end: None,
        values: Values::Single(component(value, None)),
        status: Status::Final,
        method: Method::Device,
        sources: vec!["vkp".into()],
        device: None,
        identifiers: Vec::new(),
        note: None,
        interpretation: None,
        remarks: Vec::new(),
    }
}
