//! Synthetic patients for the viewer and the simulated journal, made by a deterministic generator, each with
//! what a right reading of it gives. Holds no reader and no classifier: the author of a case says beside each
//! reading which zone it is in, and totals are counts of what he said.
//!
//! The same seed and last day give the same bytes on every machine.

mod calendar;
mod cases;
mod expected;
mod limits;
mod observation;
mod on_demand;
mod output;
mod parameter;
mod person;
mod plan;
mod plan_expected;
mod questionnaire;
mod resource;
mod rng;
mod script;
mod versions;
mod written_plan;

use jiff::Timestamp;
use serde_json::{Value, json};

pub use expected::{
    Exclusion, Expected, Fate, Finding, Note, ParameterExpected, ReadingExpected, SetAside, Zone,
};
pub use on_demand::{
    AnswerExpected, EventExpected, EventKind, FillingExpected, InstrumentExpected, NoteExpected,
    OnDemandExpected, ResponsibleExpected, ScoreExpected,
};
pub use output::write_case;
pub use plan_expected::{
    ActionExpected, ContactExpected, FollowUpExpected, PlanExpected, ProposalExpected, RangeExpected,
    VersionExpected,
};

/// The days that cases are made for.
pub use jiff::civil::{Date, date};

use cases::cgm::Sensor;
use script::Script;

/// The seed used where nobody asks for another.
pub const DEFAULT_SEED: u64 = 1;

/// One synthetic patient: resources, and what a right reading of them gives.
#[derive(Debug)]
pub struct Case {
    /// Name in kebab case; also the id of the Patient.
    pub id: &'static str,
    /// A few words in bokmål.
    pub title: &'static str,
    /// What the case is about, in English.
    pub description: &'static str,
    pub expected: Expected,
    /// What other servers have of the patient.
    pub elsewhere: Vec<Elsewhere>,
    /// What a right reading of all places together gives, for a patient of several.
    pub together: Option<Expected>,
    built: Vec<Value>,
    sensor: Option<Sensor>,
}

/// What a source beside the journal has of a patient.
#[derive(Debug)]
pub struct Elsewhere {
    /// Id of the source.
    pub source: &'static str,
    /// Id of the patient there.
    pub patient: &'static str,
    pub resources: Vec<Value>,
}

impl Case {
    pub(crate) fn new(script: Script, title: &'static str, description: &'static str) -> Self {
        let id = script.id;
        let (built, expected) = script.finish();
        Self {
            id,
            title,
            description,
            expected,
            elsewhere: Vec::new(),
            together: None,
            built,
            sensor: None,
        }
    }

    pub(crate) fn beside(self, elsewhere: Vec<Elsewhere>, together: Expected) -> Self {
        Self {
            elsewhere,
            together: Some(together),
            ..self
        }
    }

    /// Adds the readings of a continuous sensor, which are built one by one when asked for.
    pub(crate) fn with_sensor(self, sensor: Sensor) -> Self {
        Self {
            sensor: Some(sensor),
            ..self
        }
    }

    /// All resources of the case, the Patient first. A year of continuous glucose is 105,120 of them, so they
    /// are made as the iterator advances.
    pub fn resources(&self) -> impl Iterator<Item = Value> + '_ {
        let streamed = self.sensor.iter().flat_map(Sensor::observations);
        self.built.iter().cloned().chain(streamed)
    }

    /// The resources as one Bundle of type `collection`.
    #[must_use]
    pub fn bundle(&self) -> Value {
        let entries: Value = self.resources().map(entry).collect();
        json!({ "resourceType": "Bundle", "type": "collection", "entry": entries })
    }
}

/// A Bundle's entry.
pub(crate) fn entry(resource: Value) -> Value {
    let kind = resource["resourceType"].as_str().unwrap_or_default();
    let id = resource["id"].as_str().unwrap_or_default();
    json!({ "fullUrl": format!("https://fixtures.example/fhir/{kind}/{id}"), "resource": resource })
}

/// What makes a case, from a seed and the last day.
type Maker = fn(u64, Date) -> Case;

/// All cases by id, in the order in which they are listed.
const CASES: [(&str, Maker); 18] = {
    use cases::{
        cgm, diabetes, events, every_zone, handover, heart_failure, kols, limits_changed, messy,
        no_monitoring, notes, plan_history, plan_limits, plan_shapes, plan_texts, questionnaires,
        single_no_limits, two_plans,
    };
    [
        ("kols", kols::case),
        ("heart-failure", heart_failure::case),
        ("diabetes", diabetes::case),
        ("cgm", cgm::case),
        ("messy", messy::case),
        ("plan-limits", plan_limits::case),
        ("limits-changed", limits_changed::case),
        ("plan-history", plan_history::case),
        ("plan-shapes", plan_shapes::case),
        ("two-plans", two_plans::case),
        ("plan-texts", plan_texts::case),
        ("questionnaires", questionnaires::case),
        ("notes", notes::case),
        ("events", events::case),
        ("handover", handover::case),
        ("every-zone", every_zone::case),
        ("single-no-limits", single_no_limits::case),
        ("no-monitoring", no_monitoring::case),
    ]
};

/// All cases. `until` is "today": the last readings are of the day before, so that none of them is in the
/// future whatever the clock says (save those that are meant to be). Meant for years that FHIR can write
/// (four digits).
#[must_use]
pub fn generate(seed: u64, until: Date) -> Vec<Case> {
    CASES.into_iter().map(|(_, make)| make(seed, until)).collect()
}

/// One case, the same as among all; `None` if there is none of that id.
#[must_use]
pub fn generate_one(id: &str, seed: u64, until: Date) -> Option<Case> {
    let (_, make) = CASES.into_iter().find(|(name, _)| *name == id)?;
    Some(make(seed, until))
}

/// The case `cgm` with its sensor worn for `days` days instead of a year, where a year takes too long to make.
#[must_use]
pub fn generate_sensor(days: u16, seed: u64, until: Date) -> Case {
    cases::cgm::worn(days.into(), seed, until)
}

/// Today's date in Oslo: the usual `until`.
#[must_use]
pub fn today() -> Date {
    calendar::date_in_oslo(Timestamp::now())
}
