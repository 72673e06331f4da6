//! What is opened on demand: questionnaires, follow-up notes, events, who follows up. Nothing of it is here before it is
//! asked for. How it is fetched is in `tasks`; what it means is `chart-model`'s.

mod selectors;

use std::rc::Rc;

use chart_model::notes::{NotANote, Note};
use chart_model::{Finding, Reading};
use fhir_read::{EventReading, FollowUpReading, QuestionnaireReading};

use super::{Phase, Problem, State};

pub(crate) use selectors::{OnAxis, axis, latest_score, notes, questionnaires};

/// Something that is opened, and fetched, by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Topic {
    /// Filled-in questionnaires with their scores.
    Questionnaires,
    /// What clinicians wrote.
    Notes,
    /// Who follows the patient up.
    FollowUp,
    /// On the time axis: stays in hospital.
    Admissions,
    /// On the time axis: medicines begun and stopped.
    Medicines,
    /// On the time axis: changes of the plan and of limits.
    Changes,
    /// On the time axis: periods of home monitoring.
    Monitoring,
}

impl Topic {
    /// Every topic.
    pub(crate) const ALL: [Self; 7] = [
        Self::Questionnaires,
        Self::Notes,
        Self::FollowUp,
        Self::Admissions,
        Self::Medicines,
        Self::Changes,
        Self::Monitoring,
    ];

    /// The stable kebab-case name.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::Questionnaires => "questionnaires",
            Self::Notes => "notes",
            Self::FollowUp => "follow-up",
            Self::Admissions => "admissions",
            Self::Medicines => "medicines",
            Self::Changes => "changes",
            Self::Monitoring => "monitoring",
        }
    }

    /// It stands on the time axis of the charts.
    pub(crate) const fn is_on_axis(self) -> bool {
        matches!(
            self,
            Self::Admissions | Self::Medicines | Self::Changes | Self::Monitoring
        )
    }
}

/// What the doctor asks for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum OnDemandCommand {
    /// Open it, or close it again; events are put on the time axis, or taken away.
    Toggle(Topic),
    /// Fetch it once more.
    Retry(Topic),
    /// Lead to a reading in its chart.
    Point(Rc<Reading>),
}

/// What happens to it.
#[derive(Clone, Debug)]
pub(crate) enum OnDemandAction {
    /// What this launch may open.
    Offered(Vec<Topic>),
    /// The kinds of events that the user has on the time axis.
    Chosen(Vec<Topic>),
    /// The doctor asked for something.
    Asked(OnDemandCommand),
    /// It is being fetched.
    Awaited(Topic),
    /// The sources have answered, or failed.
    Came(Topic, Vec<FromSource>),
}

/// What one source gave.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FromSource {
    /// What people call the source.
    pub(crate) source: Rc<str>,
    /// What came; `None` if nothing did.
    pub(crate) answer: Option<Rc<Answer>>,
    /// Why not all of it came.
    pub(crate) problem: Option<Rc<Problem>>,
}

/// An answer, read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Answer {
    /// To [`Topic::Questionnaires`].
    Questionnaires(QuestionnaireReading),
    /// To [`Topic::Notes`].
    Notes(NotesHere),
    /// To [`Topic::FollowUp`].
    FollowUp(FollowUpReading),
    /// To any topic of the time axis.
    Events(EventReading),
}

/// Notes of one source.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NotesHere {
    /// Newest first.
    pub(crate) notes: Vec<NoteHere>,
    /// What was sent along and is no note, by reason.
    pub(crate) left_out: Vec<(NotANote, usize)>,
    /// What could not be read.
    pub(crate) findings: Vec<Finding>,
}

/// A note with the readings that it is about.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NoteHere {
    /// As the source has it.
    pub(crate) note: Note,
    /// Those of the source's readings that are here. Other sources' readings may have the same ids.
    pub(crate) about: Vec<Rc<Reading>>,
}

impl Answer {
    /// What of it could not be read.
    pub(crate) fn findings(&self) -> &[Finding] {
        match self {
            Self::Questionnaires(reading) => &reading.findings,
            Self::Notes(notes) => &notes.findings,
            Self::FollowUp(reading) => &reading.findings,
            Self::Events(reading) => &reading.findings,
        }
    }
}

/// All that is opened on demand, as far as it has been.
#[derive(Clone, Debug, Default)]
pub(crate) struct OnDemand {
    /// What this launch may open.
    pub(crate) offered: Vec<Topic>,
    /// What is open.
    pub(crate) open: Vec<Topic>,
    /// What is being fetched.
    pub(crate) awaited: Vec<Topic>,
    came: Vec<(Topic, Rc<Vec<FromSource>>)>,
    /// The reading that was last led to, and how often that was asked for.
    pub(crate) pointed: Option<(Rc<Reading>, u32)>,
}

impl OnDemand {
    /// What came of a topic.
    pub(crate) fn came(&self, topic: Topic) -> Rc<Vec<FromSource>> {
        let there = self.came.iter().find(|(other, _)| *other == topic);
        there.map(|(_, came)| Rc::clone(came)).unwrap_or_default()
    }

    /// It is open.
    pub(crate) fn is_open(&self, topic: Topic) -> bool {
        self.open.contains(&topic)
    }
}

impl State {
    /// One step, decided by nothing but what is here.
    pub(super) fn at_on_demand(&mut self, action: OnDemandAction) {
        if !matches!(self.phase, Phase::Loading | Phase::Ready | Phase::Expired) {
            return;
        }
        match action {
            OnDemandAction::Offered(offered) => self.on_demand.offered = offered,
            OnDemandAction::Chosen(chosen) => {
                let open = &mut self.on_demand.open;
                open.retain(|topic| !topic.is_on_axis());
                open.extend(chosen);
            }
            OnDemandAction::Asked(OnDemandCommand::Toggle(topic)) => {
                let open = &mut self.on_demand.open;
                match open.iter().position(|other| *other == topic) {
                    Some(place) => {
                        open.remove(place);
                    }
                    None => open.push(topic),
                }
            }
            OnDemandAction::Asked(OnDemandCommand::Point(reading)) => {
                let times = self.on_demand.pointed.as_ref().map_or(0, |(_, times)| *times);
                self.open = Some(reading.parameter.clone());
                self.on_demand.pointed = Some((reading, times + 1));
            }
            OnDemandAction::Asked(OnDemandCommand::Retry(_)) => {}
            OnDemandAction::Awaited(topic) => {
                if !self.on_demand.awaited.contains(&topic) {
                    self.on_demand.awaited.push(topic);
                }
            }
            OnDemandAction::Came(topic, sources) => {
                for problem in sources.iter().filter_map(|source| source.problem.as_ref()) {
                    self.heed(problem);
                }
                let here = &mut self.on_demand;
                here.awaited.retain(|other| *other != topic);
                here.came.retain(|(other, _)| *other != topic);
                here.came.push((topic, Rc::new(sources)));
            }
        }
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
