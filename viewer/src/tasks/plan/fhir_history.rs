//! The versions of a plan at a FHIR server, by the ladder of what servers offer: `_history`; else version by
//! version downwards; Provenance for who did it; the plans that this one replaced. What they say is
//! `fhir-read`'s.

use std::rc::Rc;

use chart_model::Finding;
use chart_model::care_plan::Version;
use fhir_read::care_plan::{cut_histories, read_history, unread_parts, unread_people, version_before};
use futures_util::future::{join, join_all};

use super::fhir_plans::FhirPlans;
use super::repository::Versions;
use crate::state::Problem;
use crate::state::plan::{HistoryKind, PlanVersion};

/// Versions read one by one at most.
const VERSIONS: usize = 60;
/// So many versions in a row that are not there end the reading of single ones.
const GONE: u32 = 2;
/// Earlier plans that are looked at.
const EARLIER: usize = 5;
/// Parts that are not parts of the plan any more whose versions are asked for.
const FORMER: usize = 30;

impl FhirPlans {
    pub(super) async fn read_versions(&self) -> Result<Versions, Rc<Problem>> {
        let Some(current) = self.stored() else {
            return Ok(Versions {
                kind: HistoryKind::NotGiven,
                ..Versions::default()
            });
        };
        let stored = &current.0;
        let name = format!("CarePlan/{}", stored.id());
        let mut pages = self.known.borrow().pages.clone();
        let traced = self.known.borrow().traced.clone();
        let zones = async {
            if self.offers.history {
                self.search(self.queries.zones(&name)).await
            } else {
                Ok(Vec::new())
            }
        };
        let (records, zones) = join(self.records_of(&traced), zones).await;
        pages.extend(records);
        // Without them, zones that have ended are not seen in earlier versions.
        pages.extend(zones.into_iter().flatten());
        let from_list = self.offers.history && self.add_histories(&traced, &mut pages).await;
        if !from_list {
            self.add_single_versions(&name, stored.version(), &mut pages)
                .await;
        } else {
            let lists: Vec<&[u8]> = pages.iter().map(Vec::as_slice).collect();
            // What comes before the oldest in a list that is cut may be read one by one.
            for (part, oldest) in cut_histories(&lists) {
                self.add_single_versions(&part, oldest, &mut pages).await;
            }
        }
        if from_list {
            self.add_former_parts(stored.id(), traced, &mut pages).await;
        }
        let lists: Vec<&[u8]> = pages.iter().map(Vec::as_slice).collect();
        let people = unread_people(&lists, &self.patient).unwrap_or_default();
        let people = self.read_people(people).await;
        // A suggestion made on an earlier version is read with whom that knew.
        self.known.borrow_mut().pages.extend(people.iter().cloned());
        pages.extend(people);
        let (mut versions, is_cut, findings) = self.versions_in(&pages, stored.id())?;
        let found = versions.len();
        for earlier in stored.replaces().into_iter().take(EARLIER) {
            versions.extend(self.earlier_plan(earlier).await);
        }
        let is_numbered = version_before(&stored.version()).is_some() || &*stored.version().id == "1";
        let kind = if versions.len() <= 1 && (is_cut || !(from_list || is_numbered)) {
            HistoryKind::NotGiven
        } else if is_cut || found < versions.len() || !(from_list || is_numbered) {
            HistoryKind::CutShort
        } else {
            HistoryKind::Complete
        };
        self.known.borrow_mut().versions.clone_from(&versions);
        Ok(Versions {
            versions,
            kind,
            findings,
        })
    }

    /// The versions in these answers, whether some are missing, and what could not be read.
    fn versions_in(
        &self,
        pages: &[Vec<u8>],
        plan: &str,
    ) -> Result<(Vec<PlanVersion>, bool, Vec<Finding>), Rc<Problem>> {
        let pages: Vec<&[u8]> = pages.iter().map(Vec::as_slice).collect();
        let read = read_history(&pages, plan, &self.patient).map_err(|error| self.unread(&error))?;
        let versions = read.versions.into_iter().map(|version| PlanVersion {
            version: version.version,
            plan: Rc::new(version.plan),
        });
        Ok((versions.collect(), read.is_cut, read.findings))
    }

    /// The records of who changed these; of the plan alone, where the server takes no more than one.
    async fn records_of(&self, parts: &[String]) -> Vec<Vec<u8>> {
        if !self.offers.records {
            return Vec::new();
        }
        let all = self.search(self.queries.records(parts)).await;
        match (all, parts.get(..1)) {
            (Err(_), Some(plan)) if parts.len() > 1 => {
                self.search(self.queries.records(plan)).await.unwrap_or_default()
            }
            (all, _) => all.unwrap_or_default(),
        }
    }

    /// The versions of what earlier versions of the plan name, and the plan in force no more.
    async fn add_former_parts(&self, plan: &str, traced: Vec<String>, pages: &mut Vec<Vec<u8>>) {
        let lists: Vec<&[u8]> = pages.iter().map(Vec::as_slice).collect();
        let mut former = unread_parts(&lists, plan, &self.patient, &traced).unwrap_or_default();
        former.truncate(FORMER);
        self.add_histories(&former, pages).await;
        self.known.borrow_mut().traced.extend(former);
    }

    /// The lists of versions of the plan and its parts; false if the first of them is not to be had.
    async fn add_histories(&self, traced: &[String], pages: &mut Vec<Vec<u8>>) -> bool {
        let lists = traced.iter().map(async |part| {
            let first = self.wire.read(&self.queries.history(part)).await?;
            self.all_pages(first).await
        });
        let mut lists = join_all(lists).await.into_iter();
        let first = lists.next();
        // A part without its history is shown as it is now.
        pages.extend(lists.flatten().flatten());
        let Some(Ok(first)) = first else {
            return false;
        };
        pages.extend(first);
        true
    }

    /// The plan's versions before this one, one by one, for as long as they are there.
    async fn add_single_versions(&self, name: &str, mut version: Version, pages: &mut Vec<Vec<u8>>) {
        let mut gone = 0;
        for _ in 0..VERSIONS {
            let Some(before) = version_before(&version) else {
                return;
            };
            version.id = before;
            match self.wire.read(&self.queries.version(name, &version)).await {
                Ok(page) => {
                    pages.push(page);
                    gone = 0;
                }
                Err(_) => gone += 1,
            }
            if gone == GONE {
                return;
            }
        }
    }

    /// A plan that this one came in the place of, as it was last.
    async fn earlier_plan(&self, reference: &str) -> Vec<PlanVersion> {
        let Some((_, id)) = reference.rsplit_once('/') else {
            return Vec::new();
        };
        let Ok(page) = self.wire.read(&self.queries.read(reference)).await else {
            return Vec::new();
        };
        self.versions_in(&[page], id)
            .map(|(versions, ..)| versions)
            .unwrap_or_default()
    }
}
