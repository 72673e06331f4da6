//! The plan where its home is another source than the launch's own server: the same work, at that source. How a source is
//! entered is in `enter_source`.

use std::cell::RefCell;
use std::rc::Rc;

use fhir_read::Queries;
use smart_launch::Access;

use super::fhir_client::FhirClient;
use super::plan::PlanWork;
use super::remember::role_of;
use super::session::Session;
use super::sources::Entered;
use crate::state::{Action, Part, ProblemKind, Stand};

/// The source that has the plan, once it is open.
#[derive(Debug, Default)]
pub(super) struct PlanHome(RefCell<Option<Open>>);

#[derive(Clone, Debug)]
struct Open {
    client: FhirClient,
    queries: Rc<Queries>,
    plans: Rc<PlanWork>,
}

impl PlanHome {
    /// Nothing of it stays.
    pub(super) fn clear(&self) {
        self.0.take();
    }
}

impl Session {
    /// This session where the plan is.
    pub(super) fn planner(&self) -> Self {
        match self.plan_home.0.borrow().clone() {
            Some(open) => Self {
                client: open.client,
                plan_queries: open.queries,
                plans: open.plans,
                ..self.clone()
            },
            None => self.clone(),
        }
    }

    /// The plan from its home, which is entered first. Where nobody knows the patient
    /// there, the launch's own server is asked.
    pub(super) async fn load_plan_at(&self, round: u32, home: usize) {
        match self.open_source(home, false).await {
            Ok(entered) => {
                self.settle_in(entered);
                if self.is_current(round) {
                    self.planner().load_plan(round).await;
                }
            }
            Err(Stand::UnknownPatient) => self.load_plan(round).await,
            Err(stand) => {
                let problem = match stand {
                    Stand::Failed(problem) => problem,
                    _ => self
                        .client
                        .problem(ProblemKind::Forbidden, "the plan's home is not open"),
                };
                self.report(round, Part::Plan, Err(problem));
            }
        }
    }

    fn settle_in(&self, entered: Entered) {
        let granted = &entered.client.context().granted;
        let rights = Action::PlanRights(role_of(granted), granted.allows("CarePlan", Access::Search));
        let plans = PlanWork::new(&entered.client);
        if let Some(user) = self.plans.user() {
            plans.signed_in(&user);
        }
        self.plan_home.0.replace(Some(Open {
            plans: Rc::new(plans),
            queries: entered.queries,
            client: entered.client,
        }));
        self.dispatch.emit(rights);
    }
}
