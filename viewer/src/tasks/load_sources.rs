//! Goes to the further sources of a launch: each is entered, fetched and fails by itself. How a source is entered is in
//! `enter_source`; how readings are fetched, the same everywhere, in `load_readings`.

use std::rc::Rc;

use chart_model::{Period, PeriodChoice};
use fhir_read::PatientRecord;
use futures_util::future::{join, join_all};

use super::collected::{Collected, Newest};
use super::session::{Outcome, Session};
use super::sources::{Entered, OWN};
use crate::browser::chunks::fetch;
use crate::browser::clock;
use crate::chunks::{self, Chunk};
use crate::state::{Lacking, ProblemKind, Stand};

impl Session {
    /// This session at another of its sources, as soon as that is open.
    pub(super) fn at(&self, at: usize) -> Option<Self> {
        let place = self.sources.place(at)?;
        let entered = place.entered.borrow().clone()?;
        Some(Self {
            client: entered.client,
            queries: entered.queries,
            collected: Rc::clone(&place.collected),
            place: at,
            ..self.clone()
        })
    }

    /// This session at each of its other sources that is open.
    pub(super) fn others(&self) -> Vec<Self> {
        (1..self.sources.places().len())
            .filter_map(|at| self.at(at))
            .collect()
    }

    /// Goes to each source, side by side, and loads its readings as those of the launch's own server.
    pub(super) async fn load_sources(&self, round: u32) {
        let all = (1..self.sources.places().len()).map(|at| self.load_source(round, at, false));
        join_all(all).await;
    }

    /// The same for those that could not be entered, as where it was not known who the patient is.
    pub(super) async fn load_shut_sources(&self, round: u32) {
        let is_shut = |at: &usize| {
            self.sources
                .place(*at)
                .is_some_and(|place| place.entered.borrow().is_none())
        };
        let shut = (1..self.sources.places().len()).filter(is_shut);
        join_all(shut.map(|at| self.load_source(round, at, false))).await;
    }

    /// One source more, or once more. It may ask the user where that was clicked for.
    pub(super) async fn load_source(&self, round: u32, at: usize, is_asked: bool) {
        let Some(source) = self.sources.source(at) else {
            return;
        };
        if !self.is_current(round) {
            return;
        }
        self.stand(at, Stand::Waiting);
        if let Err(stand) = self.open_source(at, is_asked).await {
            return self.stand(at, stand);
        }
        self.offer();
        if let Some(there) = self.at(at).filter(|there| there.is_current(round)) {
            if source.has_kind("Observation") {
                there.load_readings(round).await;
            }
            there.settle();
        }
    }

    /// The way to a source; where that was asked for by a click, it is found anew.
    ///
    /// # Errors
    /// Where the source stands instead.
    pub(super) async fn open_source(&self, at: usize, is_asked: bool) -> Result<Entered, Stand> {
        let place = self.sources.place(at).ok_or_else(|| self.patient_unknown())?;
        let _turn = place.turn.take().await;
        let known = place.entered.borrow().clone().filter(|_| !is_asked);
        if let Some(entered) = known {
            return Ok(entered);
        }
        // Said where the source stands, and nowhere else.
        fetch(Chunk::Sources).await.map_err(|_| {
            let problem = self.client.problem(ProblemKind::Network, Chunk::Sources.name());
            Stand::Failed(Lacking::Entry, problem)
        })?;
        let way = chunks::sources().ok_or_else(|| self.patient_unknown())?;
        let entered = (way.enter)(self.clone(), at, is_asked).await?;
        *place.entered.borrow_mut() = Some(entered.clone());
        Ok(entered)
    }

    /// Whom the launch is about, once that has been read.
    pub(super) async fn patient(&self) -> Option<Rc<PatientRecord>> {
        drop(self.sources.patient_turn.take().await);
        self.sources.patient.borrow().clone()
    }

    /// What is not said to have failed is here.
    fn settle(&self) {
        if self.sources.stand_of(self.place) == Some(Stand::Waiting) {
            self.stand(self.place, Stand::Here);
        }
    }

    fn stand(&self, at: usize, stand: Stand) {
        if !self.collected.borrow().over
            && let Some(told) = self.sources.set_stand(at, stand)
        {
            self.dispatch.emit(told);
        }
    }

    /// How fetching a part at a source ended: its failure is told as the source's.
    pub(super) fn report_source(&self, outcome: Outcome) {
        if let Err(problem) = outcome {
            let stand = if self.client.asks_user() {
                Stand::AsksUser
            } else {
                Stand::Failed(Lacking::Readings, problem)
            };
            self.stand(self.place, stand);
        }
    }

    /// A source whose token could not be had anew without the user says so, whatever was asked of it.
    pub(super) fn tell_who_asks(&self) {
        for there in self.others() {
            let is_told = self.sources.stand_of(there.place) == Some(Stand::AsksUser);
            if there.client.asks_user() && !is_told {
                self.stand(there.place, Stand::AsksUser);
            }
        }
    }

    /// The launch's own server has answered, or not.
    pub(super) fn settle_own(&self, outcome: &Outcome) {
        self.stand(
            OWN,
            outcome.as_ref().map_or_else(
                |problem| Stand::Failed(Lacking::Readings, Rc::clone(problem)),
                |()| Stand::Here,
            ),
        );
    }

    /// Another period is wanted, or the same up to now.
    pub(super) fn want(&self, choice: PeriodChoice, is_new_round: bool) -> Period {
        let now = clock::now();
        self.sources.each(|collected| {
            collected.round += u32::from(is_new_round);
            collected.want(choice, now);
        });
        self.collected.borrow().period
    }

    /// What the period lacks at every other source.
    pub(super) async fn load_period_elsewhere(&self, round: u32) {
        let loads = self.others().into_iter().map(|there| async move {
            if there.collected.borrow().newest != Newest::Awaited {
                there.load_period(round).await;
                there.settle();
            }
        });
        join_all(loads).await;
    }

    /// What a period lacks, at every source.
    pub(super) async fn load_everywhere(&self, round: u32, period: Period) -> Outcome {
        let elsewhere = self.others().into_iter().map(|there| async move {
            let missing = there.collected.borrow().loaded.missing(period);
            let outcome = there.load_slices(round, &missing).await;
            there.report_source(outcome);
        });
        let missing = self.collected.borrow().loaded.missing(period);
        let (outcome, _) = join(self.load_slices(round, &missing), join_all(elsewhere)).await;
        outcome
    }

    /// Nothing that was read stays.
    pub(super) fn forget_sources(&self) {
        let choice = self.memory.choice();
        self.sources.each(|collected| {
            let round = collected.round + 1;
            *collected = Collected::new(self.new_reader(), choice, clock::now());
            collected.round = round;
            collected.over = true;
        });
        self.sources.clear();
        self.plan_home.clear();
        self.on_demand.clear();
        self.record.clear();
    }

    /// No request is answered from now on, anywhere: the user has logged out of the journal.
    pub(super) fn forget_tokens(&self) {
        self.launch.forget_token();
        self.sources.forget_tokens();
    }

    /// Whose readings there are is known only where the patient was read.
    pub(super) fn patient_unknown(&self) -> Stand {
        Stand::Failed(
            Lacking::Identity,
            self.client
                .problem(ProblemKind::NotFound, "the launch's patient was not read"),
        )
    }
}
