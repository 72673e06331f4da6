//! The limits that every page of the comparison draws, as a plan of a patient: red, yellow and green by parameter,
//! and the axis that each panel has.

use std::rc::Rc;

use chart_model::{
    Bounds, Decimal, Known, LimitEra, LimitHistory, LimitRange, PlanSummary, RangeSet, Severity,
};

/// A panel of the comparison: its parameter, the ends of its axis, the limits of each of its numbers.
pub(super) struct Panel {
    pub(super) known: Known,
    pub(super) axis: (f64, f64),
    limits: &'static [Limits],
}

/// Below the first and above the last is red, below the second and above the third yellow.
type Limits = [Option<&'static str>; 4];

/// In the order drawn.
pub(super) const PANELS: [Panel; 5] = [
    panel(
        Known::Spo2,
        (82.0, 101.0),
        &[[Some("90"), Some("94"), None, None]],
    ),
    panel(
        Known::BloodPressure,
        (40.0, 205.0),
        &[
            [Some("90"), Some("100"), Some("140"), Some("160")],
            [Some("50"), Some("60"), Some("90"), Some("100")],
        ],
    ),
    panel(
        Known::Pulse,
        (30.0, 180.0),
        &[[Some("45"), Some("55"), Some("100"), Some("120")]],
    ),
    panel(
        Known::Weight,
        (76.0, 92.0),
        &[[None, Some("82"), Some("86"), Some("88")]],
    ),
    panel(
        Known::Glucose,
        (2.0, 18.0),
        &[[Some("3.5"), Some("4"), Some("8.5"), Some("11")]],
    ),
];

const fn panel(known: Known, axis: (f64, f64), limits: &'static [Limits]) -> Panel {
    Panel { known, axis, limits }
}

impl Panel {
    /// What the axis must hold, so that with its padding it ends where it should.
    pub(super) fn range(&self) -> (f64, f64) {
        let (low, high) = self.axis;
        let padding = (high - low) * 0.08 / 1.16;
        (low + padding, high - padding)
    }

    /// The limits of its first number.
    pub(super) fn first_limits(&self) -> RangeSet {
        self.limits
            .first()
            .map(|limits| set(limits, self.known))
            .unwrap_or_default()
    }
}

/// A plan with the limits of all panels, which have always held.
pub(super) fn plan() -> PlanSummary {
    let history = |panel: &Panel| {
        let mut sets = panel
            .limits
            .iter()
            .map(|limits| Rc::new(set(limits, panel.known)));
        LimitHistory {
            parameter: panel.known.into(),
            is_complete: true,
            eras: vec![Rc::new(LimitEra {
                from: i64::MIN,
                to: i64::MAX,
                sets: [sets.next(), sets.next()],
                author: None,
            })],
        }
    };
    PlanSummary {
        limits: PANELS.iter().map(history).collect(),
        ..PlanSummary::default()
    }
}

fn set(limits: &Limits, known: Known) -> RangeSet {
    let [red_low, yellow_low, yellow_high, red_high] = limits.map(|text| text.and_then(Decimal::parse));
    // A bound belongs to the milder side; the step of one decimal beyond it to the more severe one.
    let step = Decimal::new(1, known.spec().decimals);
    let below = |bound: Option<Decimal>| bound.and_then(|bound| bound.minus(step));
    let above = |bound: Option<Decimal>| bound.and_then(|bound| bound.minus(Decimal::ZERO.minus(step)?));
    let range = |severity, low: Option<Decimal>, high: Option<Decimal>| {
        (low.is_some() || high.is_some()).then_some(LimitRange {
            severity,
            bounds: Bounds { low, high },
        })
    };
    let ranges = [
        range(Severity::Red(None), None, below(red_low)),
        yellow_low.and_then(|_| range(Severity::Yellow(None), red_low, below(yellow_low))),
        range(Severity::Green, yellow_low, yellow_high),
        yellow_high.and_then(|_| range(Severity::Yellow(None), above(yellow_high), red_high)),
        range(Severity::Red(None), above(red_high), None),
    ];
    RangeSet {
        ranges: ranges.into_iter().flatten().collect(),
        problem: None,
    }
}
