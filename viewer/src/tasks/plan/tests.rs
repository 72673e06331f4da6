//! Saving, conflicts, suggestions and histories on the desk, against servers in memory with the habits of real
//! ones.

mod fhir;
mod histories;
mod nhn;
mod saving;
#[path = "../../../crates/fhir-read/tests/care_plan/server.rs"]
#[allow(dead_code, reason = "its other half is for the tests of `fhir-read`")]
mod server;
mod suggesting;

use std::future::Future;
use std::rc::Rc;

use chart_model::care_plan::{Area, Author, CarePlan, Cell, Key, Place, PlanZone, Value};
use fhir_read::care_plan::Signer;
use futures_util::FutureExt;

use super::repository::{Note, PlanRepository};
use super::saving::Consequences;
use crate::state::plan::{PlanPage, SaveProblemKind, Saving};
use crate::state::{DeskAction, PlanCommand, PlanDesk};

/// What is done at once: nothing in memory is waited for.
fn now<T>(work: impl Future<Output = T>) -> T {
    work.now_or_never().expect("nothing is waited for")
}

fn note(name: &str) -> Note {
    Note {
        comment: format!("{name} har vurdert"),
        signer: Signer {
            reference: format!("Practitioner/{name}"),
            author: Author {
                name: name.to_owned(),
                role: "Lungelege".to_owned(),
                organisation: "Prøvevik sykehus".to_owned(),
            },
        },
        now: 1_795_348_800_000,
    }
}

/// Somebody at a desk of their own.
struct Editor<R> {
    name: &'static str,
    desk: PlanDesk,
    plans: R,
}

impl<R: PlanRepository> Editor<R> {
    /// Opens the plan.
    fn opens(name: &'static str, plans: R) -> Self {
        let mut editor = Self {
            name,
            desk: PlanDesk::default(),
            plans,
        };
        editor.reads();
        editor
    }

    fn reads(&mut self) {
        let reading = now(self.plans.read()).unwrap();
        if reading.needs_history {
            now(self.plans.history()).unwrap();
            return self.reads();
        }
        self.follow(vec![
            DeskAction::Current(reading.current),
            DeskAction::Proposals(reading.proposals),
        ]);
    }

    fn asks(&mut self, command: PlanCommand) {
        self.desk.step(DeskAction::Asked(command), 0);
    }

    fn follow(&mut self, done: Consequences) {
        done.into_iter().for_each(|action| self.desk.step(action, 0));
    }

    /// Writes something anywhere.
    fn writes(&mut self, place: Place, text: &str) {
        self.asks(PlanCommand::Edit);
        self.asks(PlanCommand::Set(place, Some(Value::text(text))));
    }

    fn saves(&mut self) {
        let draft = self.desk.draft.clone().unwrap();
        self.follow(vec![DeskAction::Saving]);
        let done = now(super::saving::save(&self.plans, &draft, &note(self.name)));
        self.follow(done);
    }

    fn suggests(&mut self) {
        let draft = self.desk.draft.clone().unwrap();
        let done = now(super::saving::suggest(&self.plans, &draft, &note(self.name)));
        self.follow(done);
    }

    fn decides(&mut self, proposal: usize) {
        let stored = self.desk.proposals[proposal].clone();
        let note = note(self.name);
        let done = now(super::saving::decide(
            &self.plans,
            &stored.id,
            &stored.review,
            &note,
        ));
        self.follow(done);
    }

    fn plan(&self) -> &CarePlan {
        &self.desk.current.as_ref().unwrap().plan
    }

    fn version(&self) -> &str {
        &self.desk.current.as_ref().unwrap().version.id
    }

    fn failed(&self) -> Option<SaveProblemKind> {
        match &self.desk.saving {
            Saving::Failed(problem) => Some(problem.kind),
            _ => None,
        }
    }

    /// Saved, and whether the source keeps something else.
    fn saved(&self) -> Option<bool> {
        match &self.desk.saving {
            Saving::Saved { differs, .. } => Some(*differs),
            _ => None,
        }
    }
}

const YELLOW: Cell = Cell {
    zone: Some(PlanZone::Yellow),
    area: Area::Medication,
};

fn activity(key: &str) -> Place {
    Place::Activity(YELLOW, Key::from(key))
}

fn texts(plan: &CarePlan) -> Vec<&str> {
    plan.activities(YELLOW).map(|(_, text)| text).collect()
}

fn reviewing(desk: &PlanDesk) -> bool {
    desk.page == PlanPage::Reviewing
}

fn rc<T>(value: T) -> Rc<T> {
    Rc::new(value)
}
