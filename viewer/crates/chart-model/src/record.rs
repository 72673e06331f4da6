//! What is written to the journal: the readings and limits that were on the screen, and the stamp that says what they
//! are. Independent of language and of how it is drawn; reads and writes no FHIR.

mod fingerprint;
mod section;

use std::rc::Rc;

use crate::care_plan::Author;
use crate::reading::ExclusionKind;
use crate::series::Series;
use crate::statistics;
use crate::{ClinicalTime, Parameter, Period, PlanSummary, order};

pub use section::{MOST_ROWS, Section, Table};

/// The content of a document.
#[derive(Clone, Debug)]
pub struct Record {
    /// What it is, of whom, and how it came about.
    pub stamp: Stamp,
    /// One for each parameter that was on the screen, in its order.
    pub sections: Vec<Section>,
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
    /// What else was on the screen, and is not in it.
    pub beside: Vec<Beside>,
    /// Parameters in it whose readings did not all come.
    pub incomplete: Vec<Parameter>,
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
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Identity {
    /// Logical id at the server of the launch.
    pub id: Box<str>,
    /// Full name.
    pub name: Box<str>,
    /// Birth, as exactly as it is known.
    pub born: Option<ClinicalTime>,
    /// National identity number; empty if it is not known.
    pub number: Box<str>,
}

/// A source, and when it was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceStamp {
    /// Its name.
    pub name: Rc<str>,
    /// When it was asked, milliseconds since 1970 UTC; `None` if it did not give all that it has.
    pub fetched: Option<i64>,
}

/// What stands on the screen beside the readings and never in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    /// The words of the plan; its version is in the stamp.
    Plan,
    /// Questionnaires with their answers.
    Questionnaires,
    /// Follow-up notes.
    Notes,
    /// Admissions, medicines and the like on the time axis.
    Events,
    /// Who follows the patient up.
    FollowUp,
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
    /// What was on the screen beside the readings.
    pub beside: Vec<Beside>,
    /// Parameters on the screen whose readings did not all come.
    pub incomplete: Vec<Parameter>,
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
                beside: made.beside,
                incomplete: made.incomplete,
                sources: made.sources,
                plan: made.plan,
                by: made.by,
                made: made.at,
            },
            sections,
        }
    }
}

#[cfg(test)]
mod tests;
