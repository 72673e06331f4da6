//! Where the plan is: at its home, which may be another source than the launch's own server; else the first place that has
//! one. The same work is done there. How a source is entered is in `enter_source`.

use std::cell::RefCell;
use std::rc::Rc;

use fhir_read::Queries;
use futures_util::future::join_all;
use smart_launch::{Access, Source};

use super::fhir_client::FhirClient;
use super::memory::role_of;
use super::plan::PlanWork;
use super::session::Session;
use super::sources::OWN;
use crate::state::{Action, Part, PlanPlace, Problem, ProblemKind, Stand};

/// The source that has the plan, once it is open; nothing where it is the launch's own server.
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
            Some(open) => self.planning_at(open),
            None => self.clone(),
        }
    }

    fn planning_at(&self, open: Open) -> Self {
        Self {
            client: open.client,
            plan_queries: open.queries,
            plans: open.plans,
            ..self.clone()
        }
    }

    /// The plan: from its home; where that has none, or does not know the patient, from the launch's own server; where
    /// that has none either, from the first of the other sources. Where the home or the launch's server has failed, no
    /// other is asked: an older plan must not take the place of the one in force.
    pub(super) async fn load_plan_where_it_is(&self, round: u32) {
        if self.sources.is_one() {
            return self.load_plan(round).await;
        }
        let home = self.sources.plan_home();
        let first = match home {
            Some(home) => self.look_at(home).await,
            None => Ok(None),
        };
        match first {
            Err(problem) => return self.report(round, Part::Plan, Err(problem)),
            Ok(Some(Looked { open, has_plan: true })) => {
                return self.show_plan_of(round, open, Vec::new()).await;
            }
            Ok(_) => {}
        }
        let own = match self.look_at(OWN).await {
            Err(problem) => return self.report(round, Part::Plan, Err(problem)),
            Ok(own) => own,
        };
        if own.as_ref().is_some_and(|own| own.has_plan) {
            return self.show_plan_of(round, None, Vec::new()).await;
        }
        let others = (OWN + 1..self.sources.places().len()).filter(|at| Some(*at) != home);
        let looked = join_all(others.map(|at| async move { (at, self.look_at(at).await) })).await;
        let mut having = Vec::new();
        let mut failed = None;
        for (at, looked) in looked {
            match looked {
                Ok(Some(Looked { open, has_plan: true })) => having.push((at, open)),
                Err(problem) if problem.kind != ProblemKind::Forbidden => failed = Some(problem),
                _ => {}
            }
        }
        let mut having = having.into_iter();
        match (having.next(), failed) {
            (Some((_, open)), _) => {
                let also = having.map(|(at, _)| self.sources.name(at)).collect();
                self.show_plan_of(round, open, also).await;
            }
            // Where the launch has to do with plans at all, a place that did not answer may have one.
            (None, Some(problem)) if own.is_some() => self.report(round, Part::Plan, Err(problem)),
            // There is none. The first one would be written at its home.
            (None, _) => {
                let open = first.ok().flatten().and_then(|looked| looked.open);
                self.show_plan_of(round, open, Vec::new()).await;
            }
        }
    }

    /// Whether a place has a plan; nothing where it may not be asked, or does not know the patient.
    ///
    /// # Errors
    /// It is not known.
    async fn look_at(&self, at: usize) -> Result<Option<Looked>, Rc<Problem>> {
        let open = if at == OWN {
            None
        } else {
            let has_plans = |source: &Source| source.plan_home || source.has_kind("CarePlan");
            if !self.sources.source(at).is_some_and(has_plans) {
                return Ok(None);
            }
            match self.open_source(at, false).await {
                Ok(entered) => Some(self.opened(entered.client, entered.queries)),
                Err(Stand::UnknownPatient) => return Ok(None),
                Err(Stand::Failed(_, problem)) => return Err(problem),
                Err(_) => {
                    let detail = "the plan's home is not open";
                    return Err(self.client.problem(ProblemKind::Forbidden, detail));
                }
            }
        };
        let there = match open.clone() {
            Some(open) => self.planning_at(open),
            None => self.clone(),
        };
        if !there.client.context().granted.allows("CarePlan", Access::Search) {
            return Ok(None);
        }
        let has_plan = there.plans.has_plan(&there.client).await?;
        Ok(Some(Looked { open, has_plan }))
    }

    /// The way to the plan at a source: the same as before, if it is the same source.
    fn opened(&self, client: FhirClient, queries: Rc<Queries>) -> Open {
        let known = self.plan_home.0.borrow().clone();
        if let Some(known) = known.filter(|known| Rc::ptr_eq(&known.queries, &queries)) {
            return known;
        }
        let plans = PlanWork::new(&client);
        if let Some(user) = self.plans.user() {
            plans.signed_in(&user);
        }
        Open {
            client,
            queries,
            plans: Rc::new(plans),
        }
    }

    /// The plan is here, or would be; others have one `also`, which is not shown.
    async fn show_plan_of(&self, round: u32, open: Option<Open>, also: Vec<Rc<str>>) {
        if !self.is_current(round) {
            return;
        }
        self.plan_home.0.replace(open);
        let planner = self.planner();
        let context = planner.client.context();
        self.dispatch.emit(Action::PlanPlace(PlanPlace {
            role: role_of(&context.granted),
            reads_plan: context.granted.allows("CarePlan", Access::Search),
            name: context.host_name.as_str().into(),
            also,
        }));
        planner.load_plan(round).await;
    }
}

/// What a look at a place has shown.
struct Looked {
    /// `None` for the launch's own server.
    open: Option<Open>,
    has_plan: bool,
}
