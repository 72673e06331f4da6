//! What a right reading of a case gives, counted from what its author declared beside each entry.
//! Nothing here looks at a resource: no value is compared with a limit, no time is read from JSON.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::calendar::{Calendar, Moment, PERIOD_DAYS};
use crate::on_demand::OnDemandExpected;
use crate::plan_expected::PlanExpected;

/// The contents of `expected.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expected {
    pub case: String,
    /// "Today" of the case, `YYYY-MM-DD`.
    pub until: String,
    /// The instant to be taken as "now": `until` at 12:00 in Oslo.
    pub generated_at: String,
    /// Length of the default period: from midnight in Oslo this many days before `until`.
    pub period_days: i32,
    /// The period's first instant; it is part of the period.
    pub period_from: String,
    /// Observation entries of the bundle: `readings` + all `excluded` + all `findings`.
    pub entries: usize,
    /// Readings of any age.
    pub readings: usize,
    /// Entries of any age that are set aside on purpose.
    pub excluded: BTreeMap<Exclusion, usize>,
    /// Entries of any age that cannot be used as a reading of this patient.
    pub findings: BTreeMap<Finding, usize>,
    /// Remarks on entries that are listed all the same (readings and implausible ones).
    pub notes: BTreeMap<Note, usize>,
    /// By parameter (`spo2`, …, else `system|code`).
    pub parameters: BTreeMap<String, ParameterExpected>,
    /// Readings of the period by time; empty for a case with more than a few thousand.
    pub readings_in_period: Vec<ReadingExpected>,
    /// Every entry that is excluded or a finding.
    pub set_aside: Vec<SetAside>,
    /// Ids of resources that are not valid R4, on purpose.
    pub invalid_r4: Vec<String>,
    /// For a case whose plan matters.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub plan: Option<PlanExpected>,
    /// For a case with something that is opened on demand.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub on_demand: Option<OnDemandExpected>,
    /// The name that several parameters of the case share: they are counted, and not among `parameters`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub shared_id: Option<String>,
}

/// What is expected of one parameter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParameterExpected {
    /// Newest reading of any age.
    pub latest: Option<ReadingExpected>,
    /// Readings in the period.
    pub readings: usize,
    /// Readings in the period that have a place on the parameter's axis (before any thinning for the screen).
    pub points: usize,
    /// Excluded entries in the period.
    pub excluded: BTreeMap<Exclusion, usize>,
    /// Breaks in the line in the period.
    pub gaps: usize,
    /// Readings in the period by zone.
    pub zones: BTreeMap<Zone, usize>,
}

/// One reading as it is to be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingExpected {
    /// Id of the Observation.
    pub id: String,
    pub parameter: String,
    /// As the source wrote it.
    pub time: String,
    /// Another time that is as right: a duplicate's own text, or the end of a period.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub or_time: Option<String>,
    /// With a decimal point, converted and rounded; blood pressure `132/84`.
    pub value: String,
    /// UCUM; the source's text where the unit is not known; empty where it gave none.
    pub unit: String,
    /// `>`, `<`, `>=` or `<=` where the source says that the value is a bound.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub comparator: Option<String>,
    pub zone: Zone,
    /// `Observation.status`.
    pub status: String,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub notes: Vec<Note>,
}

/// One entry that is not among the readings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAside {
    pub id: String,
    pub parameter: String,
    /// As the source wrote it; empty where it wrote none.
    pub time: String,
    pub fate: Fate,
    /// For a duplicate: the entry that it doubles. Which of the two is kept is free.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub same_as: Option<String>,
    /// For an implausible value, which is still in the table: the value as shown.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub value: Option<String>,
}

/// Why an entry is not among the readings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    Excluded(Exclusion),
    Finding(Finding),
}

/// Kinds of entries that are set aside on purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Exclusion {
    EnteredInError,
    Cancelled,
    Duplicate,
    /// The source says that there is no value (`dataAbsentReason`).
    NoValue,
    /// In the table and at the chart's edge, outside axis, summary and latest value.
    Implausible,
}

/// Kinds of entries that could not be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Finding {
    UnreadableResource,
    MissingCode,
    MissingTime,
    TimeWithoutZone,
    MalformedTime,
    MissingValue,
    ValueNotANumber,
    OtherPatient,
    FutureReading,
    UnknownStatus,
}

/// Kinds of remarks on an entry that is listed all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Note {
    LimitOverlap,
    LimitReversed,
    LimitWithoutBounds,
    UnknownUnit,
    MissingUnit,
    /// A limit's unit cannot be converted to the parameter's.
    LimitUnit,
    UnknownLimitType,
    InterpretationDisagrees,
    Implausible,
}

/// Where a value lies among the limits in force when it was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Zone {
    Green,
    YellowLow,
    YellowHigh,
    RedLow,
    RedHigh,
    /// No individual limits.
    NoLimit,
    /// There are limits, but they do not cover the value or cannot be used.
    Unknown,
}

/// One entry with what its author says about it.
#[derive(Debug, Clone)]
pub(crate) struct Declared {
    pub(crate) id: String,
    pub(crate) parameter: String,
    pub(crate) when: Moment,
    pub(crate) outcome: Outcome,
}

/// What is to become of an entry.
#[derive(Debug, Clone)]
pub(crate) enum Outcome {
    /// `drawn` is false where the value has no place on the parameter's axis.
    Reading {
        reading: ReadingExpected,
        drawn: bool,
    },
    SetAside(SetAside),
}

/// What the author declares beside the entries.
#[derive(Debug, Clone, Default)]
pub(crate) struct Declarations {
    pub(crate) entries: Vec<Declared>,
    /// Breaks in the line by parameter; not named means none.
    pub(crate) gaps: BTreeMap<&'static str, usize>,
    pub(crate) invalid_r4: Vec<String>,
    pub(crate) plan: Option<PlanExpected>,
    pub(crate) on_demand: Option<OnDemandExpected>,
    pub(crate) shared_id: Option<&'static str>,
}

/// More readings than this in the period are not listed one by one.
const LISTED_AT_MOST: usize = 5_000;

impl Expected {
    /// Counts the declarations of a case.
    pub(crate) fn count(case: &str, calendar: Calendar, declarations: Declarations) -> Self {
        let Declarations {
            mut entries,
            gaps,
            mut invalid_r4,
            plan,
            on_demand,
            shared_id,
        } = declarations;
        entries.sort_by(|a, b| (a.when.instant, &a.id).cmp(&(b.when.instant, &b.id)));
        invalid_r4.sort();
        let from = calendar.period_from();
        let mut expected = Self {
            case: case.to_owned(),
            until: calendar.day(0).to_string(),
            generated_at: calendar.now().text,
            period_days: PERIOD_DAYS,
            period_from: from.text,
            entries: entries.len(),
            readings: 0,
            excluded: BTreeMap::new(),
            findings: BTreeMap::new(),
            notes: BTreeMap::new(),
            parameters: BTreeMap::new(),
            readings_in_period: Vec::new(),
            set_aside: Vec::new(),
            invalid_r4,
            plan,
            on_demand,
            shared_id: shared_id.map(str::to_owned),
        };
        for entry in entries {
            let in_period = is_in_period(entry.when.instant, from.instant, calendar.now().instant);
            expected.add(entry, in_period);
        }
        expected
            .parameters
            .retain(|id, _| expected.shared_id.as_ref() != Some(id));
        for (parameter, count) in gaps {
            if let Some(parameter) = expected.parameters.get_mut(parameter) {
                parameter.gaps = count;
            }
        }
        if expected.readings_in_period.len() > LISTED_AT_MOST {
            expected.readings_in_period.clear();
        }
        expected
    }

    fn add(&mut self, entry: Declared, in_period: bool) {
        match entry.outcome {
            Outcome::Reading { reading, drawn } => {
                self.readings += 1;
                for note in &reading.notes {
                    *self.notes.entry(*note).or_default() += 1;
                }
                let parameter = self.parameters.entry(entry.parameter).or_default();
                if in_period {
                    parameter.readings += 1;
                    parameter.points += usize::from(drawn);
                    *parameter.zones.entry(reading.zone).or_default() += 1;
                    self.readings_in_period.push(reading.clone());
                }
                // Entries come oldest first, so the last one stays.
                parameter.latest = Some(reading);
            }
            Outcome::SetAside(entry_aside) => {
                match entry_aside.fate {
                    Fate::Excluded(kind) => {
                        *self.excluded.entry(kind).or_default() += 1;
                        let parameter = self.parameters.entry(entry.parameter).or_default();
                        if in_period {
                            *parameter.excluded.entry(kind).or_default() += 1;
                        }
                        if kind == Exclusion::Implausible {
                            *self.notes.entry(Note::Implausible).or_default() += 1;
                        }
                    }
                    Fate::Finding(kind) => *self.findings.entry(kind).or_default() += 1,
                }
                self.set_aside.push(entry_aside);
            }
        }
    }
}

fn is_in_period(instant: Option<Timestamp>, from: Option<Timestamp>, now: Option<Timestamp>) -> bool {
    instant.is_some() && instant >= from && instant <= now
}
