//! Fetches what is opened on demand, at every source that is open and has it: nothing of it before it is asked for. How
//! one source is asked is in `asking`.

mod asking;

pub(crate) use asking::ask_source;

use std::cell::RefCell;
use std::rc::Rc;

use chart_model::Reading;
use chart_model::notes::Note;
use futures_util::future::join_all;
use smart_launch::Access;

use super::session::Session;
use crate::chunks;
use crate::state::on_demand::{Answer, FromSource, NoteHere, NotesHere};
use crate::state::{Action, Command, OnDemandAction, OnDemandCommand, PlanCommand, Topic};

/// What was asked for in this launch.
#[derive(Debug, Default)]
pub(super) struct OnDemandWork {
    asked: RefCell<Vec<Topic>>,
    /// The notes that came, each with the place of its source.
    notes: RefCell<Vec<(usize, FromSource)>>,
}

impl OnDemandWork {
    /// Nothing was.
    pub(super) fn clear(&self) {
        self.asked.take();
        self.notes.take();
    }
}

impl Session {
    /// Tells what may be opened, here and at the other sources that are open.
    pub(super) fn offer(&self) {
        let offered = Topic::ALL.into_iter().filter(|topic| self.is_offered(*topic));
        let offered = offered.collect();
        self.tell_on_demand(OnDemandAction::Offered(offered));
        self.tell_on_demand(OnDemandAction::Chosen(self.memory.events()));
    }

    fn is_offered(&self, topic: Topic) -> bool {
        self.may_open(topic) || self.others().iter().any(|there| there.may_open(topic))
    }

    /// Does what the doctor asks for: what was fetched before is not fetched again.
    pub(super) async fn serve_on_demand(&self, command: OnDemandCommand) {
        let (topic, is_retry) = match command {
            OnDemandCommand::Toggle(topic) => {
                self.remember_event(topic);
                (topic, false)
            }
            OnDemandCommand::Retry(topic) => (topic, true),
            OnDemandCommand::Point(_) => return,
        };
        let is_known = {
            let mut asked = self.on_demand.asked.borrow_mut();
            let is_known = asked.contains(&topic);
            if !is_known {
                asked.push(topic);
            }
            is_known
        };
        if is_retry || !is_known {
            self.load_topic(topic).await;
        }
    }

    /// Fetches anew what was opened before.
    pub(super) async fn load_opened(&self) {
        self.ask_for_chosen();
        let asked = self.on_demand.asked.borrow().clone();
        join_all(asked.into_iter().map(|topic| self.load_topic(topic))).await;
    }

    /// Fetches the events that the user chose at an earlier launch, unless they are here.
    pub(super) async fn load_chosen(&self) {
        if !self.collected.borrow().over {
            let new = self.ask_for_chosen().into_iter();
            join_all(new.map(|topic| self.load_topic(topic))).await;
        }
    }

    /// The kinds of events that the user has on the time axis, and nobody has asked for in this launch. They count as
    /// asked for.
    fn ask_for_chosen(&self) -> Vec<Topic> {
        let mut new = self.memory.events();
        let mut asked = self.on_demand.asked.borrow_mut();
        new.retain(|topic| !asked.contains(topic) && self.is_offered(*topic));
        asked.extend(&new);
        new
    }

    async fn load_topic(&self, topic: Topic) {
        // It may not have come by a click: what was chosen at an earlier launch, or a refresh.
        let needs = Command::OnDemand(OnDemandCommand::Retry(topic));
        if !self.has_chunk_for(&needs).await {
            return;
        }
        if topic == Topic::Changes {
            // They are those of the change log.
            let desk = self.desk.borrow().clone();
            self.planner().serve_plan(PlanCommand::AskHistory, desk).await;
            return;
        }
        let Some(chunk) = chunks::on_demand() else { return };
        let round = self.round();
        self.tell_on_demand(OnDemandAction::Awaited(topic));
        let asked = self
            .places()
            .map(|there| async move { Some((there.place, (chunk.ask)(there, topic).await?)) });
        let came: Vec<(usize, FromSource)> = join_all(asked).await.into_iter().flatten().collect();
        if !self.is_current(round) {
            return;
        }
        let sources = came.iter().map(|(_, source)| source.clone()).collect();
        if topic == Topic::Notes {
            *self.on_demand.notes.borrow_mut() = came;
        }
        self.tell_on_demand(OnDemandAction::Came(topic, sources));
    }

    /// This session at every source that is open.
    fn places(&self) -> impl Iterator<Item = Self> {
        std::iter::once(self.clone()).chain(self.others())
    }

    /// Other readings are here than when the notes came: finds anew which of them the notes are about.
    pub(super) fn link_notes(&self) {
        let notes = self.on_demand.notes.borrow();
        if notes.is_empty() {
            return;
        }
        let places: Vec<Self> = self.places().collect();
        let linked = notes.iter().map(|(place, source)| {
            let there = places.iter().find(|there| there.place == *place);
            let answer = match (there, source.answer.as_deref()) {
                (Some(there), Some(Answer::Notes(here))) => {
                    let notes = here.notes.iter().map(|here| here.note.clone()).collect();
                    Some(Rc::new(Answer::Notes(NotesHere {
                        notes: there.linked(notes),
                        ..here.clone()
                    })))
                }
                _ => source.answer.clone(),
            };
            FromSource {
                answer,
                ..source.clone()
            }
        });
        self.tell_on_demand(OnDemandAction::Came(Topic::Notes, linked.collect()));
    }

    /// Each note with those of its source's readings that it is about.
    fn linked(&self, notes: Vec<Note>) -> Vec<NoteHere> {
        let readings: Vec<Rc<Reading>> = self.readings_here().collect();
        let here = |note: Note| NoteHere {
            about: readings
                .iter()
                .filter(|reading| note.is_about(reading))
                .cloned()
                .collect(),
            note,
        };
        notes.into_iter().map(here).collect()
    }

    fn tell_on_demand(&self, action: OnDemandAction) {
        self.dispatch.emit(Action::OnDemand(action));
    }

    fn may_open(&self, topic: Topic) -> bool {
        let kinds: &[&str] = match topic {
            Topic::Questionnaires => &["QuestionnaireResponse"],
            Topic::Notes => &["Composition", "DetectedIssue", "Communication"],
            Topic::FollowUp => &["EpisodeOfCare", "CareTeam"],
            Topic::Admissions => &["Encounter"],
            Topic::Medicines => &["MedicationStatement", "MedicationRequest"],
            Topic::Changes => &["CarePlan"],
            Topic::Monitoring => &["EpisodeOfCare"],
        };
        kinds.iter().any(|kind| self.may_ask(kind, Access::Search))
    }

    /// The token allows it, and the source has it.
    pub(super) fn may_ask(&self, kind: &str, access: Access) -> bool {
        let source = self.sources.source(self.place);
        self.client.context().granted.allows(kind, access)
            && source.is_none_or(|source| source.has_kind(kind))
    }
}
