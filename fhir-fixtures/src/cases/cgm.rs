//! A continuous glucose sensor: a value every five minutes for 365 days, 105,120 readings, with yellow and red
//! limits in the Danish codes (GAL, RAL). The Observations are built while they are read out.

use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};

use crate::Case;
use crate::calendar::{local, written};
use crate::expected::Zone::{self, Green, RedHigh, RedLow, YellowHigh, YellowLow};
use crate::expected::{Declared, Outcome, ReadingExpected};
use crate::limits::{DANISH, Limit, limit, limit_in, reference_ranges};
use crate::parameter::GLUCOSE;
use crate::person::Person;
use crate::plan::follow_up;
use crate::resource::{LOINC, UCUM, decimal, number, reference};
use crate::rng::Rng;
use crate::script::{Script, clock};

/// Days that the sensor has been worn.
const DAYS: i64 = 365;
const READINGS_A_DAY: i64 = 288;

static LIMITS: [Limit; 5] = [
    limit_in(DANISH, "RAL", "", "2.9"),
    limit_in(DANISH, "GAL", "3.0", "3.9"),
    limit("N", "4.0", "10.0"),
    limit_in(DANISH, "GAL", "10.1", "13.9"),
    limit_in(DANISH, "RAL", "14.0", ""),
];

/// A stretch of a day in one zone: the curve goes from the first value over the second to the third
/// (tenths of mmol/L), all of which the author means to lie in the zone.
struct Stretch {
    /// Minutes after midnight in Oslo; the stretch ends before it.
    ends: i32,
    zone: Zone,
    curve: [i64; 3],
}

const fn stretch(ends: i32, zone: Zone, curve: [i64; 3]) -> Stretch {
    Stretch { ends, zone, curve }
}

/// Three kinds of nights (00–07), one of days (07–18), three of evenings (18–24).
static NIGHTS: [&[Stretch]; 3] = [
    &[stretch(420, Green, [62, 55, 58])],
    &[
        stretch(120, Green, [62, 50, 41]),
        stretch(200, YellowLow, [39, 33, 39]),
        stretch(420, Green, [41, 60, 58]),
    ],
    &[
        stretch(120, Green, [62, 50, 40]),
        stretch(150, YellowLow, [39, 34, 30]),
        stretch(185, RedLow, [29, 25, 29]),
        stretch(215, YellowLow, [30, 36, 39]),
        stretch(420, Green, [41, 64, 58]),
    ],
];
static DAY: &[Stretch] = &[
    stretch(600, Green, [58, 92, 70]),
    stretch(780, Green, [70, 60, 66]),
    stretch(930, Green, [66, 96, 72]),
    stretch(1080, Green, [72, 58, 62]),
];
static EVENINGS: [&[Stretch]; 3] = [
    &[
        stretch(1260, Green, [62, 94, 75]),
        stretch(1440, Green, [75, 66, 62]),
    ],
    &[
        stretch(1125, Green, [62, 80, 100]),
        stretch(1215, YellowHigh, [101, 128, 102]),
        stretch(1440, Green, [99, 80, 62]),
    ],
    &[
        stretch(1110, Green, [62, 82, 100]),
        stretch(1135, YellowHigh, [101, 120, 139]),
        stretch(1190, RedHigh, [140, 156, 141]),
        stretch(1240, YellowHigh, [139, 118, 101]),
        stretch(1440, Green, [100, 75, 62]),
    ],
];

pub(crate) fn case(seed: u64, until: Date) -> Case {
    worn(DAYS, seed, until)
}

/// The same patient, with the sensor worn for so many days only.
pub(crate) fn worn(days: i64, seed: u64, until: Date) -> Case {
    let person = Person {
        given: "Jonas",
        family: "Sensorli",
        female: false,
        born: date(1996, 4, 17),
    };
    let mut script = Script::new("cgm", seed, until, &person);
    follow_up(&mut script, 400);
    let device = script.device("sensor", "Kontinuerlig glukosemåler", "Sensor på overarmen");
    let samples = samples(days, &mut script);
    let sensor = Sensor {
        patient: script.id,
        device,
        samples,
    };
    let declared = sensor
        .samples
        .iter()
        .enumerate()
        .map(|(index, sample)| sensor.declare(index, sample));
    script.declarations.entries.extend(declared);
    Case::new(
        script,
        "Kontinuerlig blodsukkermåler, ett år",
        "A sensor with 288 readings a day for a year without a break, with some low nights and high evenings. \
         Both nights on which the clock changes are in it. It is the patient that shows whether the viewer \
         stays quick.",
    )
    .with_sensor(sensor)
}

fn samples(days: i64, script: &mut Script) -> Vec<Sample> {
    let Some(last) = script.calendar.at(1, clock(23, 55)).instant else {
        return Vec::new();
    };
    let mut samples = Vec::new();
    let mut day = None;
    let mut night: &[Stretch] = NIGHTS[0];
    let mut evening: &[Stretch] = EVENINGS[0];
    for before_last in (0..days * READINGS_A_DAY).rev() {
        let at = last - (before_last * 5).minutes();
        let (date, minute) = local(at);
        if day != Some(date) {
            day = Some(date);
            night = kind(&NIGHTS, &mut script.rng);
            evening = kind(&EVENINGS, &mut script.rng);
        }
        let (tenths, zone) = value(night, evening, minute, &mut script.rng);
        samples.push(Sample { at, tenths, zone });
    }
    samples
}

/// The calm kind two times out of three.
fn kind(kinds: &'static [&'static [Stretch]; 3], rng: &mut Rng) -> &'static [Stretch] {
    if rng.chance(66) {
        kinds[0]
    } else {
        rng.pick(&kinds[1..])
    }
}

/// Tenths of mmol/L at a minute of the day, a little noisy but within the stretch's own values.
fn value(night: &[Stretch], evening: &[Stretch], minute: i32, rng: &mut Rng) -> (i64, Zone) {
    let mut starts = 0;
    for stretch in night.iter().chain(DAY).chain(evening) {
        if minute < stretch.ends {
            let [first, via, last] = stretch.curve;
            let (done, half) = (i64::from(minute - starts) * 2, i64::from(stretch.ends - starts));
            let on_curve = if done < half {
                first + (via - first) * done / half
            } else {
                via + (last - via) * (done - half) / half
            };
            let noisy = on_curve + rng.within(-1, 1);
            return (
                noisy.clamp(first.min(via).min(last), first.max(via).max(last)),
                stretch.zone,
            );
        }
        starts = stretch.ends;
    }
    (62, Green)
}

#[derive(Debug, Clone, Copy)]
struct Sample {
    at: Timestamp,
    tenths: i64,
    zone: Zone,
}

/// The year of a sensor in short form.
#[derive(Debug)]
pub(crate) struct Sensor {
    patient: &'static str,
    device: String,
    samples: Vec<Sample>,
}

impl Sensor {
    /// The Observations, oldest first, as lean as a source of this kind sends them.
    pub(crate) fn observations(&self) -> impl Iterator<Item = Value> + '_ {
        let ranges = lean_ranges();
        self.samples.iter().enumerate().map(move |(index, sample)| {
            json!({
                "resourceType": "Observation",
                "id": self.reading_id(index),
                "status": "final",
                "code": { "coding": [{ "system": LOINC, "code": GLUCOSE.loinc }], "text": GLUCOSE.text },
                "subject": reference(&format!("Patient/{}", self.patient)),
                "effectiveDateTime": written(sample.at).text,
                "valueQuantity": {
                    "value": number(&decimal(sample.tenths, 1)),
                    "unit": GLUCOSE.unit,
                    "system": UCUM,
                    "code": GLUCOSE.unit,
                },
                "device": reference(&format!("Device/{}", self.device)),
                "referenceRange": ranges,
            })
        })
    }

    fn reading_id(&self, index: usize) -> String {
        format!("{}-glucose-{:06}", self.patient, index + 1)
    }

    fn declare(&self, index: usize, sample: &Sample) -> Declared {
        let id = self.reading_id(index);
        let when = written(sample.at);
        let reading = ReadingExpected {
            id: id.clone(),
            parameter: GLUCOSE.id.to_owned(),
            time: when.text.clone(),
            or_time: None,
            value: decimal(sample.tenths, 1),
            unit: GLUCOSE.unit.to_owned(),
            comparator: None,
            zone: sample.zone,
            status: "final".to_owned(),
            notes: Vec::new(),
        };
        let outcome = Outcome::Reading { reading, drawn: true };
        Declared {
            id,
            parameter: GLUCOSE.id.to_owned(),
            when,
            outcome,
        }
    }
}

/// The limits with bounds that name no unit: they are in the reading's own.
fn lean_ranges() -> Value {
    let mut ranges = reference_ranges(&LIMITS, GLUCOSE.unit);
    for range in ranges.as_array_mut().into_iter().flatten() {
        for bound in ["low", "high"] {
            if let Some(value) = range.pointer(&format!("/{bound}/value")).cloned() {
                range[bound] = json!({ "value": value });
            }
        }
    }
    ranges
}
