//! The script of one case: each entry is put down together with what its author expects of it.
//! Decides nothing by itself.

use jiff::civil::{Date, Time, time};
use serde_json::Value;

use crate::calendar::{Calendar, Moment};
use crate::expected::{
    Declarations, Declared, Exclusion, Expected, Fate, Finding, Note, Outcome, ReadingExpected, SetAside,
    Zone,
};
use crate::observation::Observation;
use crate::parameter::Parameter;
use crate::person::{Person, patient};
use crate::resource::device;
use crate::rng::Rng;

/// Everything that a case says, in the order in which it says it.
#[derive(Debug)]
pub(crate) struct Script {
    pub(crate) id: &'static str,
    pub(crate) calendar: Calendar,
    pub(crate) rng: Rng,
    pub(crate) resources: Vec<Value>,
    pub(crate) declarations: Declarations,
}

impl Script {
    /// Begins a case with its patient, whose id is the case's.
    pub(crate) fn new(id: &'static str, seed: u64, until: Date, person: &Person) -> Self {
        let mut rng = Rng::for_case(seed, id);
        let patient = patient(id, person, &mut rng);
        Self {
            id,
            calendar: Calendar::new(until),
            rng,
            resources: vec![patient],
            declarations: Declarations::default(),
        }
    }

    /// Adds a resource that is no reading.
    pub(crate) fn resource(&mut self, resource: Value) {
        self.resources.push(resource);
    }

    /// Adds one of the patient's devices and gives its id.
    pub(crate) fn device(&mut self, name: &str, kind: &str, label: &str) -> String {
        let id = format!("{}-{name}", self.id);
        self.resource(device(&id, self.id, kind, label));
        id
    }

    /// About `hour:minute` in Oslo, give or take `minutes` (which must not lead past the hour's ends).
    pub(crate) fn about(&mut self, days_before: i32, (hour, minute): (i8, i8), minutes: i8) -> Moment {
        let minute = i64::from(minute) + self.rng.within(-i64::from(minutes), i64::from(minutes));
        let minute = i8::try_from(minute.clamp(0, 59)).unwrap_or(0);
        self.calendar.at(days_before, clock(hour, minute))
    }

    /// An Observation of the patient, numbered within its parameter.
    pub(crate) fn observation(&self, parameter: &Parameter, when: &Moment) -> Observation {
        let number = self
            .declarations
            .entries
            .iter()
            .filter(|entry| entry.parameter == parameter.id)
            .count()
            + 1;
        self.named(&format!("{}-{number:03}", parameter.id), parameter, when)
    }

    /// An Observation of the patient with a name of its own.
    pub(crate) fn named(&self, name: &str, parameter: &Parameter, when: &Moment) -> Observation {
        Observation::new(&format!("{}-{name}", self.id), self.id, parameter, when)
    }

    /// Adds a reading that is to be shown as `value`, in the parameter's unit, in `zone`.
    pub(crate) fn reading(&mut self, observation: Observation, value: &str, zone: Zone) {
        self.reading_with(observation, value, zone, |_| {});
    }

    /// Adds a reading with remarks.
    pub(crate) fn noted(&mut self, observation: Observation, value: &str, zone: Zone, notes: &[Note]) {
        self.reading_with(observation, value, zone, |reading| reading.notes = notes.to_vec());
    }

    /// Adds a reading whose expectation differs from the plain one in more than its zone.
    pub(crate) fn reading_with(
        &mut self,
        observation: Observation,
        value: &str,
        zone: Zone,
        differ: impl FnOnce(&mut ReadingExpected),
    ) {
        let mut reading = expected_reading(&observation, value, zone);
        differ(&mut reading);
        self.declare(observation, Outcome::Reading { reading, drawn: true });
    }

    /// Adds a reading that is listed as sent and has no place on the parameter's axis.
    pub(crate) fn undrawn(&mut self, observation: Observation, value: &str, unit: &str, note: Note) {
        let mut reading = expected_reading(&observation, value, Zone::Unknown);
        unit.clone_into(&mut reading.unit);
        reading.notes.push(note);
        self.declare(
            observation,
            Outcome::Reading {
                reading,
                drawn: false,
            },
        );
    }

    /// Adds an entry that is to be counted as excluded.
    pub(crate) fn excluded(&mut self, observation: Observation, kind: Exclusion) {
        self.set_aside(observation, Fate::Excluded(kind), None, None);
    }

    /// Adds an entry that says the same as the one named `of`.
    pub(crate) fn duplicate(&mut self, observation: Observation, of: &str) {
        self.duplicate_of(observation, format!("{}-{of}", self.id));
    }

    /// Adds an entry that says the same as the one with this whole id.
    pub(crate) fn duplicate_of(&mut self, observation: Observation, same_as: String) {
        self.set_aside(
            observation,
            Fate::Excluded(Exclusion::Duplicate),
            Some(same_as),
            None,
        );
    }

    /// Adds an entry whose value, shown as `value`, cannot be right.
    pub(crate) fn implausible(&mut self, observation: Observation, value: &str) {
        self.set_aside(
            observation,
            Fate::Excluded(Exclusion::Implausible),
            None,
            Some(value.to_owned()),
        );
    }

    /// Adds an entry that is to be reported instead of read.
    pub(crate) fn finding(&mut self, observation: Observation, kind: Finding) {
        self.set_aside(observation, Fate::Finding(kind), None, None);
    }

    /// Adds an entry that is to be reported instead of read and that breaks R4 itself.
    pub(crate) fn invalid(&mut self, observation: Observation, kind: Finding) {
        self.not_r4(&observation);
        self.finding(observation, kind);
    }

    /// Says that an entry is not valid R4, on purpose.
    pub(crate) fn not_r4(&mut self, observation: &Observation) {
        self.declarations.invalid_r4.push(observation.id.clone());
    }

    /// Declares how often the line of `parameter` is broken in the period.
    pub(crate) fn gaps(&mut self, parameter: &Parameter, count: usize) {
        self.declarations.gaps.insert(parameter.id, count);
    }

    /// Puts all resources but the Patient in another order.
    pub(crate) fn shuffle(&mut self) {
        if let Some((_, rest)) = self.resources.split_first_mut() {
            self.rng.shuffle(rest);
        }
    }

    /// Ends the case.
    pub(crate) fn finish(self) -> (Vec<Value>, Expected) {
        let expected = Expected::count(self.id, self.calendar, self.declarations);
        (self.resources, expected)
    }

    fn set_aside(
        &mut self,
        observation: Observation,
        fate: Fate,
        same_as: Option<String>,
        value: Option<String>,
    ) {
        let aside = SetAside {
            id: observation.id.clone(),
            parameter: observation.parameter.clone(),
            time: observation.when.text.clone(),
            fate,
            same_as,
            value,
        };
        self.declare(observation, Outcome::SetAside(aside));
    }

    fn declare(&mut self, observation: Observation, outcome: Outcome) {
        let Observation {
            id,
            parameter,
            when,
            json,
            ..
        } = observation;
        self.resources.push(json);
        self.declarations.entries.push(Declared {
            id,
            parameter,
            when,
            outcome,
        });
    }
}

/// A clock time of the script; all of them are written out in the cases and exist.
pub(crate) fn clock(hour: i8, minute: i8) -> Time {
    time(hour, minute, 0, 0)
}

fn expected_reading(observation: &Observation, value: &str, zone: Zone) -> ReadingExpected {
    ReadingExpected {
        id: observation.id.clone(),
        parameter: observation.parameter.clone(),
        time: observation.when.text.clone(),
        or_time: None,
        value: value.to_owned(),
        unit: observation.unit.clone(),
        comparator: None,
        zone,
        status: observation.json["status"].as_str().unwrap_or_default().to_owned(),
        notes: Vec::new(),
    }
}
