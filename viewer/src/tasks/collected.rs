//! What a session has read by now, and how much of time that covers. Fetches nothing and shows nothing.

use std::cell::RefCell;
use std::rc::Rc;

use chart_model::accept::latest;
use chart_model::{
    Accepted, ClinicalTime, Finding, Known, Loaded, Parameter, Period, PeriodChoice, Readings, Together,
};
use fhir_read::{ObservationPage, Reader};

use super::load_limits::PlanAnswers;
use crate::state::{Action, Problem};

/// While pages stream in, the view is renewed this often at most, milliseconds.
const PUBLISH_EVERY_MS: i64 = 250;

/// Where the newest page of readings stands, which every fetch begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Newest {
    /// On its way. What is here is of an earlier fetch, or nothing.
    Awaited,
    /// It did not come.
    Failed,
    /// It is here.
    Here,
}

/// Everything read in one launch.
#[derive(Debug)]
pub(super) struct Collected {
    pub(super) reader: Rc<RefCell<Reader>>,
    accepted: Accepted,
    /// Findings of the plan: it is fetched, and fetched again, by itself.
    pub(super) plan_findings: Vec<Finding>,
    /// What the plan was read from.
    pub(super) plan: PlanAnswers,
    /// The instants whose readings are all here.
    pub(super) loaded: Loaded,
    /// How much of time one page holds, milliseconds.
    pub(super) page_span: Option<i64>,
    pub(super) newest: Newest,
    /// When the newest page came, epoch milliseconds.
    fetched_at: Option<i64>,
    /// When the screen was last renewed, epoch milliseconds, and with how many readings.
    published: (i64, usize),
    /// The period that is wanted, as chosen.
    pub(super) choice: PeriodChoice,
    /// The same, as instants.
    pub(super) period: Period,
    /// Goes up with every choice of a period: only the outcome of the last one is shown.
    pub(super) asked: u32,
    /// The earlier period that a parameter is compared with.
    pub(super) compared: Option<(Parameter, Period)>,
    /// Goes up with every refresh: answers to older questions are dropped.
    pub(super) round: u32,
    /// Nothing may be shown or asked any more.
    pub(super) over: bool,
    /// The server has told the latest of every parameter.
    pub(super) latest_told: bool,
    /// Parameters that were asked for by themselves.
    asked_alone: Vec<Parameter>,
    /// Those of them that failed, and why.
    pub(super) failed_alone: Vec<(Parameter, Rc<Problem>)>,
}

impl Collected {
    /// Nothing yet, for a patient at a host.
    pub(super) fn new(reader: Reader, choice: PeriodChoice, now: i64) -> Self {
        Self {
            reader: Rc::new(RefCell::new(reader)),
            accepted: Accepted::default(),
            plan_findings: Vec::new(),
            plan: PlanAnswers::default(),
            loaded: Loaded::default(),
            page_span: None,
            newest: Newest::Awaited,
            fetched_at: None,
            published: (0, 0),
            choice,
            period: choice.period(now),
            asked: 0,
            compared: None,
            round: 0,
            over: false,
            latest_told: false,
            asked_alone: Vec::new(),
            failed_alone: Vec::new(),
        }
    }

    /// Another period is wanted from now on; returns it.
    pub(super) fn want(&mut self, choice: PeriodChoice, now: i64) -> Period {
        self.choice = choice;
        self.period = choice.period(now);
        self.asked += 1;
        self.period
    }

    /// Puts the newest page of a fetch, read by a new reader, in place of all that was here before.
    pub(super) fn renew(&mut self, reader: Rc<RefCell<Reader>>, now: i64) {
        self.reader = reader;
        self.accepted = Accepted::default();
        self.loaded = Loaded::default();
        self.page_span = None;
        self.published.1 = 0;
        self.newest = Newest::Here;
        self.fetched_at = Some(now);
        self.latest_told = false;
        self.asked_alone.clear();
        self.failed_alone.clear();
    }

    /// Takes in what a page holds.
    pub(super) fn add(&mut self, page: ObservationPage, now: i64) {
        self.accepted
            .add(page.readings, page.excluded, page.findings, now);
    }

    /// The distinct readings.
    pub(super) fn readings(&self) -> Readings {
        self.accepted.readings()
    }

    /// Number of distinct readings.
    pub(super) fn count(&self) -> usize {
        self.accepted.count()
    }

    /// Whether the screen is to be renewed while readings stream in. Drawing takes longer the more there is, so
    /// it waits until there is something to see; and where it would mislead it waits until it does not.
    pub(super) fn is_due(&mut self, now: i64) -> bool {
        let (moment, shown) = self.published;
        let worth_it = self.count().saturating_sub(shown) * 8 >= shown;
        let due = worth_it && now - moment >= PUBLISH_EVERY_MS && !self.misleads();
        if due {
            // Nobody else is to renew it beside.
            self.published.0 = now;
        }
        due
    }

    /// Whether every reading that the server has is here.
    pub(super) fn has_everything(&self) -> bool {
        self.loaded == Loaded::everything()
    }

    /// The start of the stretch up to now that is here or being fetched.
    pub(super) fn reaches_back_to(&self) -> i64 {
        let always = Period {
            from: i64::MIN,
            to: i64::MAX,
        };
        let newest = match self.loaded.missing(always).last() {
            None => i64::MIN,
            Some(gap) if gap.to < i64::MAX => gap.to + 1,
            Some(_) => self.period.to.saturating_add(1),
        };
        if self.period.to >= newest.saturating_sub(1) {
            newest.min(self.period.from)
        } else {
            newest
        }
    }

    /// The parameters of which a newer reading may exist than any that is here, among those that can be asked
    /// for: without the latest value, or with one from before something that has not been fetched.
    pub(super) fn unsure(&self) -> Vec<Parameter> {
        if self.latest_told {
            return Vec::new();
        }
        let readings = self.accepted.readings();
        let known = Known::ALL.into_iter().map(Parameter::from);
        let others = readings
            .keys()
            .filter(|p| matches!(p, Parameter::Other(_)))
            .cloned();
        let is_unsure = |parameter: &Parameter| {
            let newest = readings.get(parameter).and_then(|readings| latest(readings));
            let since = Period {
                from: newest.map_or(i64::MIN, |reading| reading.time.axis_ms().saturating_add(1)),
                to: i64::MAX,
            };
            !self.asked_alone.contains(parameter) && !self.loaded.missing(since).is_empty()
        };
        known.chain(others).filter(is_unsure).collect()
    }

    /// Whether what is here would show an older reading as the latest.
    fn misleads(&self) -> bool {
        self.unsure()
            .iter()
            .any(|parameter| latest(&self.accepted.of(parameter)).is_some())
    }

    /// A parameter was asked for by itself.
    pub(super) fn answered_alone(&mut self, parameter: &Parameter, outcome: &Result<(), Rc<Problem>>) {
        self.failed_alone.retain(|(other, _)| other != parameter);
        match outcome {
            Ok(()) => self.asked_alone.push(parameter.clone()),
            Err(problem) => self.failed_alone.push((parameter.clone(), Rc::clone(problem))),
        }
    }

    /// When the newest page came, epoch milliseconds.
    pub(super) const fn fetched_at(&self) -> Option<i64> {
        self.fetched_at
    }

    /// When the newest reading was taken, of those that can be right.
    pub(super) fn newest_taken(&self) -> Option<ClinicalTime> {
        let readings = self.accepted.readings();
        let newest = readings.values().filter_map(|list| latest(list));
        let newest = newest.max_by_key(|reading| reading.time.axis_ms())?;
        Some(newest.time.clone())
    }

    /// All that was accepted by now.
    pub(super) const fn accepted(&self) -> &Accepted {
        &self.accepted
    }

    /// The screen shows all of it from `now` on.
    pub(super) fn published(&mut self, now: i64) {
        self.published = (now, self.count());
    }

    /// What is shown of all sources together, with the findings of the plan.
    pub(super) fn action(&self, together: &Together, fetched_at: i64) -> Action {
        let mut findings = Rc::clone(together.findings());
        if !self.plan_findings.is_empty() {
            Rc::make_mut(&mut findings).extend(self.plan_findings.iter().cloned());
        }
        Action::Readings {
            readings: together.readings(),
            excluded: Rc::clone(together.excluded()),
            findings,
            fetched_at,
        }
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
