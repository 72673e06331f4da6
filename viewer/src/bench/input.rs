//! What the comparison hands over, as the plots that the viewer draws: from a Bundle by way of readings and series,
//! or from columns of numbers, for which there are neither.

use std::rc::Rc;

use chart_model::bands::Band;
use chart_model::{Accepted, Decimal, Method, Period, PlanSummary, RangeSet, Readings, Series, Values, Zone};
use fhir_read::Reader;
use js_sys::Float64Array;

use super::limits::{PANELS, Panel, plan};
use crate::components::bench::{Dot, Line, Look, Plot};

/// Numbers copied from JavaScript at a time.
const SLICE: u32 = 4096;

/// What a page keeps between loading and drawing.
pub(super) enum Model {
    /// From a Bundle.
    Readings(Readings, PlanSummary),
    /// From columns; drawn as it is.
    Columns(&'static Panel, Rc<Plot>),
}

/// Reads a Bundle as the viewer reads a page of an answer. Returns it with the number of numbers.
pub(super) fn readings(bundle: &[u8]) -> (Model, usize) {
    let mut accepted = Accepted::default();
    if let Ok(page) = Reader::new("synthetic-0001", "bench").observations(bundle) {
        accepted.add(page.readings, page.excluded, page.findings, i64::MAX / 2);
    }
    let readings = accepted.readings();
    let numbers = |values: &Values| values.components().count();
    let count = readings
        .values()
        .flat_map(|list| list.iter())
        .map(|reading| numbers(&reading.values));
    let count = count.sum();
    (Model::Readings(readings, plan()), count)
}

/// Takes one series in columns; NaN breaks the line.
pub(super) fn columns(code: &str, times: &Float64Array, values: &Float64Array) -> Option<(Model, usize)> {
    let known = chart_model::Known::from_code(chart_model::parameter::LOINC, code, "")?;
    let panel = PANELS.iter().find(|panel| panel.known == known)?;
    let limits = Rc::new(panel.first_limits());
    let mut zones = Zones::new(&limits);
    let look = Look {
        method: Method::Device,
        preliminary: false,
        whole_day: false,
    };
    let count = times.length().min(values.length());
    let (mut kept, mut numbers, mut dots) = (
        Vec::with_capacity(count as usize),
        Vec::with_capacity(count as usize),
        Vec::with_capacity(count as usize),
    );
    let mut gaps = Vec::new();
    let (mut instants, mut slice) = ([0.0_f64; SLICE as usize], [0.0_f64; SLICE as usize]);
    let mut missing = false;
    for from in (0..count).step_by(SLICE as usize) {
        let to = (from + SLICE).min(count);
        let length = (to - from) as usize;
        let (Some(instants), Some(slice)) = (instants.get_mut(..length), slice.get_mut(..length)) else {
            continue;
        };
        times.subarray(from, to).copy_to(instants);
        values.subarray(from, to).copy_to(slice);
        for (time, value) in instants.iter().zip(&*slice) {
            if value.is_nan() {
                missing = true;
                continue;
            }
            if missing && let Some(last) = kept.last() {
                gaps.push((*last, *time));
            }
            dots.push(Dot::new(zones.of(*value), look, missing));
            missing = false;
            kept.push(*time);
            numbers.push(*value as f32);
        }
    }
    let points = kept.len();
    let span = kept.first().copied().zip(kept.last().copied())?;
    let bands = Band::of(&limits, span);
    let plot = Plot::of_columns(kept, Line::new(numbers, dots), gaps, bands, panel.range());
    Some((Model::Columns(panel, Rc::new(plot)), points))
}

/// Zones of numbers in tenths, each classed once: measured values come from few.
struct Zones<'a> {
    limits: &'a RangeSet,
    known: Vec<Option<Zone>>,
}

impl<'a> Zones<'a> {
    fn new(limits: &'a RangeSet) -> Self {
        Self {
            limits,
            known: Vec::new(),
        }
    }

    fn of(&mut self, value: f64) -> Zone {
        let tenths = (value * 10.0).round();
        let at = tenths as usize;
        if let Some(Some(zone)) = self.known.get(at) {
            return *zone;
        }
        let zone = self.limits.classify(Decimal::new(tenths as i64, 1)).zone;
        if at < 100_000 {
            self.known.resize(self.known.len().max(at + 1), None);
            if let Some(known) = self.known.get_mut(at) {
                *known = Some(zone);
            }
        }
        zone
    }
}

impl Model {
    /// Each panel that there is something of, with what is drawn in it. From readings: built anew.
    pub(super) fn plots(&self) -> Vec<(&'static Panel, Rc<Plot>)> {
        match self {
            Self::Columns(panel, plot) => vec![(*panel, Rc::clone(plot))],
            Self::Readings(readings, plan) => {
                let panels = PANELS.iter().filter_map(|panel| {
                    let readings = readings.get(&panel.known.into())?;
                    let (first, last) = readings.first().zip(readings.last())?;
                    let period = Period {
                        from: first.time.axis_ms(),
                        to: last.time.axis_ms(),
                    };
                    let series = Series::build(&panel.known.into(), readings, &[], Some(plan), period);
                    let mut plot = Plot::new(&series);
                    plot.range = Some(panel.range());
                    plot.span = (period.from as f64, period.to as f64);
                    Some((panel, Rc::new(plot)))
                });
                panels.collect()
            }
        }
    }
}
