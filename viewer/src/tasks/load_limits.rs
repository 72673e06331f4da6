//! Loads which limits of the plan held before the ones it has now, where readings on screen are older than
//! those. What a history means is `fhir-read`'s.

use std::rc::Rc;

use chart_model::accept::latest;
use chart_model::{Finding, FindingKind, Period, Reading, Readings};
use fhir_read::{PlanReading, UnreadHistory};
use futures_util::future::join_all;
use smart_launch::Access;

use super::session::Session;
use crate::state::{Action, Part, Problem};

/// The answers from which the plan was read, and what they leave open.
#[derive(Debug, Default)]
pub(super) struct PlanAnswers {
    pages: Vec<Vec<u8>>,
    unread: Vec<UnreadHistory>,
    /// Goals whose history is not asked for again.
    settled: Vec<String>,
    /// Why a part of the plan did not come. A history does not bring it.
    failed: Option<Rc<Problem>>,
}

impl PlanAnswers {
    /// Of a plan that was read from `pages`, and why a part of it did not come.
    pub(super) fn new(pages: Vec<Vec<u8>>, read: &PlanReading, failed: Option<Rc<Problem>>) -> Self {
        Self {
            pages,
            unread: read.unread_histories.clone(),
            settled: Vec::new(),
            failed,
        }
    }

    /// The goals whose history says how a reading on screen is to be coloured: one of the period, or the latest
    /// of its parameter, that brings no limits itself and was taken before the plan's.
    fn wanted(&self, readings: &Readings, period: Period) -> Vec<String> {
        let mut goals: Vec<String> = Vec::new();
        for unread in &self.unread {
            let known = goals.contains(&unread.goal) || self.settled.contains(&unread.goal);
            let is_wanted = || {
                let readings = readings.get(&unread.parameter)?;
                let newest = latest(readings).filter(|newest| is_uncoloured(newest, unread));
                let from = readings.partition_point(|reading| reading.time.axis_ms() < period.from);
                let mut shown = readings.iter().skip(from).take_while(|reading| {
                    let at = reading.time.axis_ms();
                    at <= period.to && at < unread.since
                });
                newest.or_else(|| shown.find(|reading| is_uncoloured(reading, unread)))
            };
            if !known && is_wanted().is_some() {
                goals.push(unread.goal.clone());
            }
        }
        goals
    }
}

fn is_uncoloured(reading: &Reading, unread: &UnreadHistory) -> bool {
    let is_own = |part: &chart_model::Component| part.ranges.as_ref().is_some_and(|set| set.is_personal());
    reading.time.start_ms() < unread.since && !reading.values.components().all(is_own)
}

impl Session {
    /// Fetches the history of limits that readings on screen lack. Where it cannot be had, they stay without
    /// colour, and a finding says so.
    pub(super) async fn load_limits(&self, round: u32) {
        let wanted = {
            let readings = self.sources.readings();
            let mut collected = self.collected.borrow_mut();
            let wanted = collected.plan.wanted(&readings, collected.period);
            collected.plan.settled.extend(wanted.iter().cloned());
            wanted
        };
        if wanted.is_empty() || !self.is_current(round) {
            return;
        }
        let context = self.client.context();
        let offered = context.history && context.granted.allows("Goal", Access::Read);
        let asked = if offered { &wanted[..] } else { &[] };
        let addresses: Vec<String> = asked
            .iter()
            .map(|goal| self.plan_queries.goal_history(goal))
            .collect();
        let answers = join_all(addresses.iter().map(|address| self.client.get(address))).await;
        if !self.is_current(round) {
            return;
        }
        let plan = self.with_histories(answers.into_iter().flatten().collect());
        if self.publish(round).await
            && let Some(plan) = plan
        {
            self.dispatch.emit(Action::Plan(plan.map(Rc::new)));
            let failed = self.collected.borrow().plan.failed.clone();
            self.report(round, Part::Plan, failed.map_or(Ok(()), Err));
        }
    }

    /// Reads the plan again together with the histories that came, and says of which goals none did.
    fn with_histories(&self, histories: Vec<Vec<u8>>) -> Option<Option<chart_model::PlanSummary>> {
        let mut collected = self.collected.borrow_mut();
        let patient = &self.client.context().patient_id;
        let mut plan = None;
        for history in histories {
            collected.plan.pages.push(history);
            let pages: Vec<&[u8]> = collected.plan.pages.iter().map(Vec::as_slice).collect();
            match fhir_read::read_plan(&pages, patient) {
                Ok(read) => {
                    collected.plan.unread = read.unread_histories;
                    collected.plan_findings = read.findings;
                    plan = Some(read.plan);
                }
                Err(_) => drop(collected.plan.pages.pop()),
            }
        }
        let missing = |unread: &UnreadHistory| Finding {
            kind: FindingKind::LimitsNotKnown,
            resource: format!("Goal/{}", unread.goal),
            detail: unread.parameter.id(),
        };
        let settled = |unread: &&UnreadHistory| collected.plan.settled.contains(&unread.goal);
        let findings: Vec<Finding> = collected
            .plan
            .unread
            .iter()
            .filter(settled)
            .map(missing)
            .collect();
        for finding in findings {
            if !collected.plan_findings.contains(&finding) {
                collected.plan_findings.push(finding);
            }
        }
        plan
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
