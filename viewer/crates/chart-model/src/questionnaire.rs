//! Questionnaires that patients have filled in: answers with the questions' own texts, scores, what changed from one
//! filling to the next. Reads no FHIR and fetches nothing.
//!
//! Rules: a score belongs to the instrument that it was calculated from, or else to the one that it names; never to one
//! by its code, which all scores share (data-model, "Questionnaires and notes"). Fillings that were retracted are
//! counted and not held here. Nothing is calculated from answers: a score is what a source says.

mod changes;
mod instrument;

use std::rc::Rc;

pub use changes::{Changed, changed_answers};
pub use instrument::{Instrument, Scale};

use crate::accept::{self, Readings};
use crate::parameter::{LOINC, QUESTIONNAIRE_SCORE};
use crate::reading::{Comparator, Reading};
use crate::wording::Wording;
use crate::{ClinicalTime, Decimal, Known, Parameter};

/// How far a filling came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FillingStatus {
    /// `completed`.
    Completed,
    /// `amended`: changed after it was completed.
    Amended,
    /// `in-progress`: not all may be answered yet.
    InProgress,
    /// `stopped`: given up half-way.
    Stopped,
    /// Nothing said, or nothing that FHIR defines (then a finding says so).
    Unstated,
}

impl FillingStatus {
    /// FHIR's own word; `unknown` where nothing was said.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Completed => "completed",
            Self::Amended => "amended",
            Self::InProgress => "in-progress",
            Self::Stopped => "stopped",
            Self::Unstated => "unknown",
        }
    }
}

/// One questionnaire, filled in once.
#[derive(Clone, Debug, PartialEq)]
pub struct Filling {
    /// Id of the QuestionnaireResponse; empty if only scores were sent.
    pub id: Box<str>,
    /// Which questionnaire.
    pub instrument: Rc<Instrument>,
    /// How far it came.
    pub status: FillingStatus,
    /// When it was filled in (of scores alone: what they are scores at).
    pub time: Option<ClinicalTime>,
    /// Who recorded the answers, as the source displays it; empty if it does not say.
    pub author: Box<str>,
    /// Who gave the answers, as the source displays it; empty if it does not say.
    pub answered_by: Box<str>,
    /// Its scores, as sources give them.
    pub scores: Vec<Score>,
    /// Questions, answers and headings in the order of the form; empty if only scores were sent.
    pub lines: Vec<Line>,
}

/// A score of a filling.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// On which scale.
    pub scale: Scale,
    /// The scale's own name, for one that is not in the table.
    pub name: Rc<str>,
    /// The number with its time, source and limits: what a curve is drawn of.
    pub reading: Rc<Reading>,
}

impl Score {
    /// The number; `None` only if the source sent several in one.
    pub fn value(&self) -> Option<Decimal> {
        match self.reading.values.parts() {
            [Some(component), None] => Some(component.quantity.shown),
            _ => None,
        }
    }

    /// True if the number lies outside of what its scale can give.
    pub fn is_off_scale(&self) -> bool {
        let ends = self.scale.ends();
        ends.zip(self.value())
            .is_some_and(|((low, high), value)| value < low || high < value)
    }
}

/// One line of a filled-in form: a question with its answers, or a heading.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// How deep it is nested; 0 for the form's own items.
    pub depth: u8,
    /// `linkId`; empty if there is none.
    pub link: Box<str>,
    /// The question's own text; its `linkId` where there is none.
    pub text: Wording,
    /// In the order given; empty for a heading, and for a question that was not answered.
    pub answers: Vec<Answer>,
    /// It holds others together and asks nothing itself.
    pub is_heading: bool,
}

/// One answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Yes or no.
    Flag(bool),
    /// A number with its unit as sent (may be empty).
    Number {
        /// The number.
        value: Decimal,
        /// A bound and no number.
        comparator: Option<Comparator>,
        /// As sent.
        unit: Box<str>,
    },
    /// A date or a time, with the precision given.
    Time(ClinicalTime),
    /// One of the answers that the question offers.
    Choice {
        /// `system|code`; empty if there is no code.
        code: Box<str>,
        /// In words; the code where there are none.
        text: Wording,
    },
    /// Words, a clock time, an address, or whom a reference names.
    Text(Box<str>),
    /// A file: its name, or its kind. It is not opened.
    File(Box<str>),
    /// Something else, or a value that is not of its type: as it was sent, shortened.
    Unread(Box<str>),
}

impl Answer {
    /// True if it says the same: of choices the code counts where both have one.
    pub fn agrees_with(&self, other: &Self) -> bool {
        match (self, other) {
            (
                Self::Choice { code, text },
                Self::Choice {
                    code: other_code,
                    text: other_text,
                },
            ) => {
                if code.is_empty() || other_code.is_empty() {
                    text.agrees_with(other_text)
                } else {
                    code == other_code
                }
            }
            _ => self == other,
        }
    }
}

/// All fillings of one questionnaire.
#[derive(Clone, Debug, PartialEq)]
pub struct Fillings {
    /// Which questionnaire.
    pub instrument: Rc<Instrument>,
    /// Newest first; those without a time last.
    pub list: Vec<Rc<Filling>>,
}

impl Fillings {
    /// The newest filling with a score, with its scores: what stands beside the name.
    pub fn latest_scored(&self) -> Option<&Rc<Filling>> {
        self.list.iter().find(|filling| !filling.scores.is_empty())
    }

    /// The parameters of the scores, each once, in the order of the newest filling that has them: one curve each.
    pub fn parameters(&self) -> Vec<Parameter> {
        let mut parameters: Vec<Parameter> = Vec::new();
        for score in self.list.iter().flat_map(|filling| &filling.scores) {
            if !parameters.contains(&score.reading.parameter) {
                parameters.push(score.reading.parameter.clone());
            }
        }
        parameters
    }

    /// The scores on one scale, oldest first, as `Series::build` takes them.
    pub fn curve(&self, parameter: &Parameter) -> Vec<Rc<Reading>> {
        let scores = self.list.iter().flat_map(|filling| &filling.scores);
        let mut readings: Vec<Rc<Reading>> = scores
            .filter(|score| score.reading.parameter == *parameter)
            .map(|score| Rc::clone(&score.reading))
            .collect();
        crate::order::by_key(&mut readings, |reading| reading.time.axis_ms());
        readings
    }
}

/// The newest score of each scale among readings that are there already, the newest first: what stands beside
/// "Questionnaires" before anything of them is fetched.
pub fn latest_scores(readings: &Readings) -> Vec<&Rc<Reading>> {
    let is_score = |parameter: &Parameter| match parameter {
        Parameter::Known(known) => *known == Known::Cat,
        Parameter::Other(other) => &*other.system == LOINC && &*other.code == QUESTIONNAIRE_SCORE,
    };
    let scores = readings.iter().filter(|(parameter, _)| is_score(parameter));
    let mut latest: Vec<&Rc<Reading>> = scores.filter_map(|(_, list)| accept::latest(list)).collect();
    crate::order::by_key(&mut latest, |reading| -reading.time.axis_ms());
    latest
}

/// Fillings by their questionnaires: the one filled in last comes first, and of each the newest filling.
pub fn by_instrument(mut fillings: Vec<Rc<Filling>>) -> Vec<Fillings> {
    crate::order::by_key(&mut fillings, |filling| {
        filling.time.as_ref().map_or(i64::MAX, |time| -time.axis_ms())
    });
    let mut all: Vec<Fillings> = Vec::new();
    for filling in fillings {
        match all
            .iter_mut()
            .find(|there| there.instrument.key == filling.instrument.key)
        {
            Some(there) => there.list.push(filling),
            None => all.push(Fillings {
                instrument: Rc::clone(&filling.instrument),
                list: vec![filling],
            }),
        }
    }
    all
}

#[cfg(test)]
mod tests;
