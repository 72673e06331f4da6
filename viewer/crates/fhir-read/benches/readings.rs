//! What a year of continuous glucose costs, step by step, in readings per second: from bytes to readings, to those
//! that are accepted, to a series with its zones, to the columns of a chart. Run by `cargo xtask bench`; the numbers
//! that count are those of the browser.

#![allow(clippy::unwrap_used, reason = "a bench may fail")]

use std::rc::Rc;

use chart_model::decimate::{Blocks, Curve};
use chart_model::series::{assess, numbers};
use chart_model::{Accepted, ClinicalTime, Known, Parameter, Period, PlanSummary, Reading, Series, Zone};
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use fhir_read::{ObservationPage, Reader, read_plan};
use jiff::civil::date;

fn main() {
    divan::main();
}

/// Ninety days of a glucose sensor, a reading every five minutes, as one Bundle.
struct Sensor {
    bundle: String,
    patient: &'static str,
    now: i64,
}

const DAYS: u16 = 90;
const GLUCOSE: Parameter = Parameter::Known(Known::Glucose);

impl Sensor {
    fn new() -> Self {
        let case = fhir_fixtures::generate_sensor(DAYS, fhir_fixtures::DEFAULT_SEED, date(2026, 11, 22));
        let entries: Vec<String> = case
            .resources()
            .map(|resource| format!(r#"{{"resource":{resource}}}"#))
            .collect();
        Self {
            bundle: format!(r#"{{"resourceType":"Bundle","entry":[{}]}}"#, entries.join(",")),
            patient: case.id,
            now: ClinicalTime::parse(&case.expected.generated_at)
                .unwrap()
                .start_ms(),
        }
    }

    fn read(&self) -> ObservationPage {
        Reader::new(self.patient, "host")
            .observations(self.bundle.as_bytes())
            .unwrap()
    }

    fn accept(&self, page: ObservationPage) -> Accepted {
        let mut accepted = Accepted::default();
        accepted.add(page.readings, page.excluded, page.findings, self.now);
        accepted
    }

    fn readings(&self) -> Rc<Vec<Rc<Reading>>> {
        self.accept(self.read()).of(&GLUCOSE)
    }

    fn plan(&self) -> Option<PlanSummary> {
        read_plan(&[self.bundle.as_bytes()], self.patient).unwrap().plan
    }

    fn period(&self) -> Period {
        Period::last_days(DAYS.into(), self.now)
    }
}

#[divan::bench]
fn bytes_to_readings(bencher: Bencher<'_, '_>) {
    let sensor = Sensor::new();
    let count = sensor.read().entries;
    bencher
        .counter(ItemsCount::new(count))
        .counter(BytesCount::of_str(&sensor.bundle))
        .bench_local(|| sensor.read());
}

#[divan::bench]
fn readings_to_accepted(bencher: Bencher<'_, '_>) {
    let sensor = Sensor::new();
    let page = sensor.read();
    bencher
        .counter(ItemsCount::new(page.readings.len()))
        .with_inputs(|| page.clone())
        .bench_local_values(|page| sensor.accept(page));
}

#[divan::bench]
fn zones(bencher: Bencher<'_, '_>) {
    let sensor = Sensor::new();
    let (readings, plan) = (sensor.readings(), sensor.plan());
    let history = plan.as_ref().and_then(|plan| plan.history(&GLUCOSE));
    bencher.counter(ItemsCount::new(readings.len())).bench_local(|| {
        let outside = readings
            .iter()
            .filter(|reading| assess(reading, history).zone.is_outside());
        outside.count()
    });
}

#[divan::bench]
fn accepted_to_series(bencher: Bencher<'_, '_>) {
    let sensor = Sensor::new();
    let (readings, plan, period) = (sensor.readings(), sensor.plan(), sensor.period());
    bencher
        .counter(ItemsCount::new(readings.len()))
        .bench_local(|| Series::build(&GLUCOSE, &readings, &[], plan.as_ref(), period));
}

/// Numbers of a curve as a chart has them.
fn columns(sensor: &Sensor) -> (Vec<f64>, Vec<f32>, Vec<Zone>) {
    let series = Series::build(
        &GLUCOSE,
        &sensor.readings(),
        &[],
        sensor.plan().as_ref(),
        sensor.period(),
    );
    let points = series.points.iter();
    points
        .map(|point| {
            let number = numbers(&point.reading)[0].unwrap_or(f64::NAN);
            (point.reading.time.axis_ms() as f64, number as f32, point.zone)
        })
        .collect()
}

#[divan::bench]
fn extremes_of_blocks(bencher: Bencher<'_, '_>) {
    let (_, values, zones) = columns(&Sensor::new());
    bencher
        .counter(ItemsCount::new(values.len()))
        .bench_local(|| Blocks::new(&values, &zones));
}

#[divan::bench]
fn columns_of_a_chart(bencher: Bencher<'_, '_>) {
    let (times, values, zones) = columns(&Sensor::new());
    let blocks = Blocks::new(&values, &zones);
    let curve = Curve {
        times: &times,
        values: &values,
        marks: &zones,
        blocks: &blocks,
    };
    let width = (times[times.len() - 1] - times[0]) / 1146.0;
    bencher.counter(ItemsCount::new(values.len())).bench_local(|| {
        let mut highest = f32::MIN;
        curve.columns(times[0], width, 1146, |column| {
            highest = highest.max(column.all.high)
        });
        highest
    });
}
