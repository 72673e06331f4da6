//! What is asked of a FHIR server for a whole plan: the plans with what they include, all pages of it, and what they name
//! and no answer held. What the answers say is `fhir-read`'s.

use std::rc::Rc;

use fhir_read::care_plan::{CarePlanReading, Included, next_page};
use futures_util::future::{join_all, try_join_all};

use super::fhir_plans::FhirPlans;
use super::repository::PlanReading;
use crate::state::{Problem, ProblemKind};

/// More pages of one answer than this are not followed.
const PAGES: usize = 50;
/// So many people and organisations are asked for one by one.
const PEOPLE: usize = 10;

impl FhirPlans {
    /// The first page of the plans, with who is in their teams and who changed them when; from a server that does not know
    /// how to add that, without.
    pub(super) async fn first_answer(&self) -> Result<Vec<u8>, Rc<Problem>> {
        let with_members = self.offers.include && !self.no_members.get();
        if with_members {
            let included = if self.offers.records {
                Included::Records
            } else {
                Included::Members
            };
            let answer = self.wire.search(&self.queries.plans(included)).await;
            match answer {
                Err(problem) if is_refusal(&problem) => self.no_members.set(true),
                answer => return answer,
            }
        }
        let included = if self.offers.include {
            Included::Parts
        } else {
            Included::Nothing
        };
        self.wire.search(&self.queries.plans(included)).await
    }

    /// All pages from the first one on.
    pub(super) async fn all_pages(&self, first: Vec<u8>) -> Result<Vec<Vec<u8>>, Rc<Problem>> {
        let mut pages = vec![first];
        while let Some(next) = pages.last().and_then(|page| next_page(page)) {
            let foreign =
                |link: fhir_read::ForeignLink| self.wire.problem(ProblemKind::ForeignLink, &link.to_string());
            let address = fhir_read::next_link(&self.base, &next).map_err(foreign)?;
            pages.push(self.wire.read(&address).await?);
            if pages.len() == PAGES {
                break;
            }
        }
        Ok(pages)
    }

    pub(super) async fn search(&self, address: String) -> Result<Vec<Vec<u8>>, Rc<Problem>> {
        self.all_pages(self.wire.search(&address).await?).await
    }

    /// The searches for what the plan names and the first answer did not bring.
    fn further(&self, read: &CarePlanReading) -> Vec<String> {
        let Some((_, plan)) = &read.current else {
            return Vec::new();
        };
        let lacks = |kind: &str| read.missing.iter().any(|reference| reference.starts_with(kind));
        let (goals_missing, team_missing) = (lacks("Goal/"), lacks("CareTeam/"));
        [
            (self.offers.goals && goals_missing, self.queries.goals()),
            (
                self.offers.requests && read.may_have_requests,
                self.queries.requests(),
            ),
            // Together with the members: it is they who have phones.
            (
                self.offers.teams && team_missing,
                self.queries.teams(self.offers.include),
            ),
            (
                self.offers.episodes && plan.follow_up().is_none(),
                self.queries.episodes(),
            ),
        ]
        .into_iter()
        .filter_map(|(is_wanted, search)| is_wanted.then_some(search))
        .collect()
    }

    /// The plan of these answers and of those to what they leave open.
    pub(super) async fn whole(&self, mut pages: Vec<Vec<u8>>) -> Result<PlanReading, Rc<Problem>> {
        let mut read = self.parse(&pages).map_err(|error| self.unread(&error))?;
        let further = self.further(&read);
        if !further.is_empty() {
            let answers = further.into_iter().map(|address| self.search(address));
            pages.extend(try_join_all(answers).await?.into_iter().flatten());
            read = self.parse(&pages).map_err(|error| self.unread(&error))?;
        }
        let people = self.missing_people(&read).await;
        if !people.is_empty() {
            pages.extend(people);
            read = self.parse(&pages).map_err(|error| self.unread(&error))?;
        }
        Ok(self.keep(pages, read))
    }

    /// Those whom the plan names and no answer held, one by one: no search finds on whose behalf somebody acts. Each is
    /// asked for once; without an answer the plan is shown all the same.
    async fn missing_people(&self, read: &CarePlanReading) -> Vec<Vec<u8>> {
        let Some((stored, _)) = &read.current else {
            return Vec::new();
        };
        self.read_people(stored.missing_people()).await
    }

    /// People and organisations, as `Practitioner/7`.
    pub(super) async fn read_people(&self, mut named: Vec<String>) -> Vec<Vec<u8>> {
        named.retain(|name| {
            let kind = name.split('/').next().unwrap_or_default();
            self.offers.people.contains(&kind)
        });
        named.truncate(PEOPLE);
        let answers = named.iter().map(async |name| {
            let known = self.people.borrow().iter().find(|(of, _)| of == name).cloned();
            if let Some((_, page)) = known {
                return page;
            }
            let page = self.wire.read(&self.queries.read(name)).await.ok();
            self.people.borrow_mut().push((name.clone(), page.clone()));
            page
        });
        join_all(answers).await.into_iter().flatten().collect()
    }
}

/// The server understood, and will not: asked for less it may.
fn is_refusal(problem: &Problem) -> bool {
    problem.kind == ProblemKind::Server && problem.detail.starts_with("HTTP 4")
}
