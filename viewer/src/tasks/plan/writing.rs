//! Writing at the source of plans: drafts and decisions, in the name of whoever is logged in. How it is written step by
//! step is in `saving`.

use fhir_read::care_plan::Signer;
use smart_launch::Access;

use super::fhir_saving;
use super::repository::Note;
use super::saving::{self, Consequences};
use crate::browser::clock;
use crate::state::plan::{SaveProblem, SaveProblemKind};
use crate::state::{DeskAction, PlanDesk, ProblemKind, Role};
use crate::tasks::memory::role_of;
use crate::tasks::session::Session;

impl Session {
    pub(super) async fn save_draft(&self, desk: &PlanDesk) {
        let Some(draft) = &desk.draft else { return };
        let suggests = desk.suggesting || role_of(&self.client.context().granted) != Role::Editor;
        self.write(&desk.comment, async |note: &Note| {
            let plans = self.plans.repository();
            if suggests {
                saving::suggest(plans, draft, note).await
            } else {
                saving::save(plans, draft, note).await
            }
        })
        .await;
    }

    pub(super) async fn save_decisions(&self, desk: &PlanDesk, proposal: usize) {
        let Some(stored) = desk.proposals.get(proposal) else {
            return;
        };
        self.write(&stored.comment, async |note: &Note| {
            saving::decide(self.plans.repository(), &stored.id, &stored.review, note).await
        })
        .await;
    }

    /// Writes once at a time. Where the session has ended it is begun anew, and the writing repeated.
    async fn write(&self, comment: &str, save: impl AsyncFn(&Note) -> Consequences) {
        if self.plans.is_writing.replace(true) {
            return;
        }
        self.tell(DeskAction::Saving);
        let mut done = self.signed(comment, &save).await;
        if is_session_over(&done) && self.sign_in_again().await {
            done = self.signed(comment, &save).await;
        }
        self.plans.is_writing.set(false);
        let is_saved = done
            .iter()
            .any(|action| matches!(action, DeskAction::Saved { .. } | DeskAction::Decided { .. }));
        // Where the journal has turned to another patient meanwhile, they are for the desk put aside.
        done.into_iter().for_each(|action| self.tell(action));
        if is_saved && !self.collected.borrow().over {
            self.show_saved().await;
        }
    }

    /// The limits are in force now. What was read back says it all.
    async fn show_saved(&self) {
        let (round, answers) = (self.round(), self.plans.repository().answers());
        self.plans.is_whole.set(true);
        if self.show_summary(round, answers).await {
            self.load_limits(round).await;
        }
    }

    async fn signed(&self, comment: &str, save: &impl AsyncFn(&Note) -> Consequences) -> Consequences {
        let Some(signer) = self.signer().await else {
            let detail = "the launch does not say who is logged in";
            let problem = self.client.problem(ProblemKind::Forbidden, detail);
            return vec![DeskAction::SaveFailed(SaveProblem {
                kind: SaveProblemKind::NotSaved,
                problem: Some(problem),
            })];
        };
        let note = Note {
            comment: comment.trim().to_owned(),
            signer,
            now: clock::now(),
        };
        save(&note).await
    }

    /// Who saves: nothing is saved in nobody's name.
    pub(in crate::tasks) async fn signer(&self) -> Option<Signer> {
        if let Some(signer) = &*self.plans.signer.borrow() {
            return Some(signer.clone());
        }
        let user = self.plans.user.borrow().clone()?;
        let reference = user.fhir_user.unwrap_or_default();
        let context = self.client.context();
        let is_searched = reference.starts_with("Practitioner/")
            && context.granted.allows("PractitionerRole", Access::Search);
        let mut found = None;
        if is_searched {
            found = fhir_saving::author(&self.client, &context.fhir_base, &reference).await;
        }
        let is_certain = found.is_some() || !is_searched;
        let mut author = found.unwrap_or_default();
        if let Some(name) = user.name {
            author.name = name;
        }
        let signer = Signer { reference, author };
        if signer.reference.is_empty() && signer.author.name.is_empty() {
            return None;
        }
        // What could not be asked now can be another time.
        if is_certain {
            *self.plans.signer.borrow_mut() = Some(signer.clone());
        }
        Some(signer)
    }
}

fn is_session_over(done: &Consequences) -> bool {
    done.iter().any(|action| {
        matches!(action, DeskAction::SaveFailed(problem) if problem.kind == SaveProblemKind::SessionOver)
    })
}
