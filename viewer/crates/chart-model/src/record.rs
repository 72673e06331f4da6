//! What is written to the journal: the readings and limits that were on the screen, and the stamp that says what they
//! are. Independent of language and of how it is drawn; reads and writes no FHIR.

use std::rc::Rc;

use crate::care_plan::Author;
use crate::reading::ExclusionKind;
use crate::series::{LimitStep, Point, Series};
use crate::statistics::{self, Statistics};
use crate::{ClinicalTime, Date, Parameter, Period, PlanSummary, order, oslo};

/// The content of a document.
#[derive(Clone, Debug)]
pub struct Record {
    /// What it is, of whom, and how it came about.
    pub stamp: Stamp,
    /// One for each parameter that was on the screen, in its order.
    pub sections: Vec<Section>,
}

/// One parameter.
#[derive(Clone, Debug)]
pub struct Section {
    /// Its trend, as it was drawn.
    pub series: Rc<Series>,
    /// Its figures.
    pub figures: Statistics,
}

/// What a document says of itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Stamp {
    /// Whose readings.
    pub patient: Identity,
    /// Of which period.
    pub period: Period,
    /// Plausible readings in it, of all sections.
    pub readings: usize,
    /// What was left out, by kind; implausible ones among it, although they stand in the table.
    pub excluded: Vec<(ExclusionKind, usize)>,
    /// Entries that could not be understood and are not in it.
    pub not_understood: usize,
    /// Parameters with readings in the period that are not in it, because they were not on the screen.
    pub not_shown: Vec<Parameter>,
    /// Where the readings come from.
    pub sources: Vec<SourceStamp>,
    /// The plan that was in force.
    pub plan: Option<PlanStamp>,
    /// Who made it.
    pub by: Author,
    /// When it was made, milliseconds since 1970 UTC.
    pub made: i64,
}

/// Whose readings they are, as the first screen says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// Logical id at the server of the launch.
    pub id: Box<str>,
    /// Full name.
    pub name: Box<str>,
    /// Day of birth.
    pub born: Option<Date>,
    /// National identity number; empty if it is not known.
    pub number: Box<str>,
}

/// A source, and when it was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceStamp {
    /// Its name.
    pub name: Rc<str>,
    /// When it was asked, milliseconds since 1970 UTC; `None` if it could not be.
    pub fetched: Option<i64>,
}

/// Which version of the plan was in force.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanStamp {
    /// CarePlan id.
    pub id: Box<str>,
    /// `meta.versionId`; empty if the source gives none.
    pub version: Box<str>,
    /// When it was saved.
    pub updated: Option<ClinicalTime>,
}

impl PlanStamp {
    /// Of the plan as the first screen has it.
    pub fn of(plan: &PlanSummary) -> Self {
        Self {
            id: plan.id.as_str().into(),
            version: plan.version.as_str().into(),
            updated: plan.updated.clone(),
        }
    }
}

/// What the stamp cannot find in the series.
#[derive(Clone, Debug)]
pub struct Made {
    /// Whose readings.
    pub patient: Identity,
    /// Entries that could not be understood.
    pub not_understood: usize,
    /// Parameters with readings in the period that were not on the screen.
    pub not_shown: Vec<Parameter>,
    /// Where the readings come from.
    pub sources: Vec<SourceStamp>,
    /// The plan that was in force.
    pub plan: Option<PlanStamp>,
    /// Who makes it.
    pub by: Author,
    /// When, milliseconds since 1970 UTC.
    pub at: i64,
}

impl Record {
    /// Of the trends that were on the screen, all of one period.
    pub fn new(series: Vec<Rc<Series>>, period: Period, made: Made) -> Self {
        let sections: Vec<Section> = series
            .into_iter()
            .map(|series| Section {
                figures: statistics::of(&series),
                series,
            })
            .collect();
        let mut excluded: Vec<(ExclusionKind, usize)> = Vec::new();
        for (kind, count) in sections.iter().flat_map(|section| &section.figures.excluded) {
            match excluded.iter_mut().find(|(there, _)| there == kind) {
                Some((_, sum)) => *sum += count,
                None => excluded.push((*kind, *count)),
            }
        }
        order::by_key(&mut excluded, |(kind, _)| *kind as i64);
        Self {
            stamp: Stamp {
                patient: made.patient,
                period,
                readings: sections.iter().map(|section| section.figures.n).sum(),
                excluded,
                not_understood: made.not_understood,
                not_shown: made.not_shown,
                sources: made.sources,
                plan: made.plan,
                by: made.by,
                made: made.at,
            },
            sections,
        }
    }

    /// The same for the same content by the same user of the same days, whenever it was fetched or made: what a server
    /// knows by it, it has already. 32 hexadecimal digits.
    pub fn fingerprint(&self) -> String {
        let mut print = Print::default();
        let stamp = &self.stamp;
        let days = [stamp.period.from, stamp.period.to].map(|at| oslo::date_of(at).days_since_epoch());
        print.numbers(&days);
        let plan = stamp.plan.as_ref();
        let by = &stamp.by;
        for text in [
            &*stamp.patient.id,
            &stamp.patient.number,
            &by.name,
            &by.organisation,
            plan.map_or("", |plan| &plan.id),
            plan.map_or("", |plan| &plan.version),
        ] {
            print.text(text);
        }
        for section in &self.sections {
            print.text(&section.series.parameter.id());
            for row in section.rows() {
                print.text(row.reading.time.text());
                print.text(&row.reading.values.text());
                print.text(row.reading.unit());
                print.text(row.reading.status.id());
                print.text(row.zone.id());
            }
            for step in section.limits() {
                for set in step.sets.iter().flatten() {
                    for range in &set.ranges {
                        for bound in [range.bounds.low, range.bounds.high] {
                            print.text(&bound.map_or_else(String::new, |bound| bound.to_string()));
                        }
                    }
                }
            }
        }
        print.digits()
    }
}

impl Section {
    /// The rows of the table, newest first; implausible readings among them.
    pub fn rows(&self) -> Vec<&Point> {
        let mut rows: Vec<&Point> = self
            .series
            .points
            .iter()
            .chain(&self.series.implausible)
            .collect();
        order::by_key(&mut rows, |point| -point.at);
        rows
    }

    /// The limits in force through the period, oldest first.
    pub fn limits(&self) -> &[LimitStep] {
        &self.series.steps
    }
}

/// FNV-1a twice, from two beginnings: the same on every machine and in every version of this program.
struct Print([u64; 2]);

impl Default for Print {
    fn default() -> Self {
        Self([0xcbf2_9ce4_8422_2325, 0x6c62_272e_07bb_0142])
    }
}

impl Print {
    fn bytes(&mut self, bytes: &[u8]) {
        for hash in &mut self.0 {
            for byte in bytes {
                *hash = (*hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
    }

    /// With its length, so that what stands in two texts is not the same in one.
    fn text(&mut self, text: &str) {
        self.bytes(&text.len().to_le_bytes());
        self.bytes(text.as_bytes());
    }

    fn numbers(&mut self, numbers: &[i64]) {
        for number in numbers {
            self.bytes(&number.to_le_bytes());
        }
    }

    fn digits(&self) -> String {
        self.0.iter().map(|hash| format!("{hash:016x}")).collect()
    }
}

#[cfg(test)]
mod tests;
