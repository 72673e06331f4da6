//! Further sources of readings beside the launch's own server: each is entered, fetched and fails by itself. How a
//! source is entered is in `enter_source`; how readings are fetched, the same everywhere, in `load_readings`.

use std::cell::RefCell;
use std::rc::Rc;

use chart_model::{Accepted, Period, PeriodChoice};
use fhir_read::{PatientRecord, Queries};
use futures_util::future::{join, join_all};
use smart_launch::{LaunchContext, Source};

use super::collected::{Collected, Newest};
use super::fhir_client::FhirClient;
use super::session::{Outcome, Session, host_search, reader};
use crate::browser::clock;
use crate::state::{Action, ProblemKind, SourceState, Stand};

/// The place of the launch's own server among the sources.
const OWN: usize = 0;

/// The sources of a launch: its own server first, the others in the order of the host profile.
#[derive(Debug)]
pub(super) struct Sources {
    places: Vec<Place>,
    states: RefCell<Vec<SourceState>>,
    /// Whom the launch is about: at other sources he is found by his national number.
    pub(super) patient: RefCell<Option<Rc<PatientRecord>>>,
}

/// A source, and what was read there.
#[derive(Debug)]
pub(super) struct Place {
    /// `None` for the launch's own server.
    source: Option<Source>,
    entered: RefCell<Option<Entered>>,
    collected: Rc<RefCell<Collected>>,
}

/// The way to a source, once it is open.
#[derive(Clone, Debug)]
pub(super) struct Entered {
    pub(super) client: FhirClient,
    pub(super) queries: Rc<Queries>,
}

impl Entered {
    pub(super) fn new(client: FhirClient) -> Self {
        let context = client.context();
        let queries = Queries::new(&context.fhir_base, &context.patient_id, host_search(context));
        Self {
            queries: Rc::new(queries),
            client,
        }
    }
}

impl Sources {
    pub(super) fn new(context: &LaunchContext, own: &Rc<RefCell<Collected>>, choice: PeriodChoice) -> Self {
        let place = |source: &Source| Place {
            source: Some(source.clone()),
            entered: RefCell::default(),
            collected: Rc::new(RefCell::new(Collected::new(
                reader(context),
                choice,
                clock::now(),
            ))),
        };
        let own = Place {
            source: None,
            entered: RefCell::default(),
            collected: Rc::clone(own),
        };
        let names = context.sources.iter().map(|source| &*source.name);
        let names = std::iter::once(&*context.host_name).chain(names);
        Self {
            states: RefCell::new(names.map(SourceState::new).collect()),
            places: std::iter::once(own)
                .chain(context.sources.iter().map(place))
                .collect(),
            patient: RefCell::default(),
        }
    }

    /// There is no other than the launch's own server.
    fn is_one(&self) -> bool {
        self.places.len() == 1
    }

    /// Where the plan is, if it is not at the launch's own server.
    pub(super) fn plan_home(&self) -> Option<usize> {
        let is_home = |place: &Place| place.source.as_ref().is_some_and(|source| source.plan_home);
        self.places.iter().position(is_home)
    }

    pub(super) fn source(&self, at: usize) -> Option<&Source> {
        self.places.get(at)?.source.as_ref()
    }

    /// Does something to what was read at each of them.
    pub(super) fn each(&self, change: impl Fn(&mut Collected)) {
        for place in &self.places {
            change(&mut place.collected.borrow_mut());
        }
    }

    /// Readings there are by now, counted at each.
    pub(super) fn count(&self) -> usize {
        self.places
            .iter()
            .map(|place| place.collected.borrow().count())
            .sum()
    }
}

impl Session {
    /// This session at another of its sources, as soon as that is open.
    fn at(&self, at: usize) -> Option<Self> {
        let place = self.sources.places.get(at)?;
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
        (1..self.sources.places.len())
            .filter_map(|at| self.at(at))
            .collect()
    }

    /// Goes to each source that has readings, side by side, and loads them as those of the launch's own server.
    pub(super) async fn load_sources(&self, round: u32) {
        let all = (1..self.sources.places.len()).map(|at| self.load_source(round, at, false));
        join_all(all).await;
        self.offer();
    }

    /// One source more, or once more. It may ask the user where that was clicked for.
    pub(super) async fn load_source(&self, round: u32, at: usize, is_asked: bool) {
        let Some(source) = self.sources.source(at) else {
            return;
        };
        if !source.has_kind("Observation") || !self.is_current(round) {
            return;
        }
        self.stand(at, Stand::Waiting);
        if let Err(stand) = self.open_source(at, is_asked).await {
            return self.stand(at, stand);
        }
        if let Some(there) = self.at(at).filter(|there| there.is_current(round)) {
            there.load_readings(round).await;
            there.settle();
        }
    }

    /// The way to a source; where that was asked for by a click, it is found anew.
    ///
    /// # Errors
    /// Where the source stands instead.
    pub(super) async fn open_source(&self, at: usize, is_asked: bool) -> Result<Entered, Stand> {
        let found = self
            .sources
            .places
            .get(at)
            .and_then(|place| Some((place, place.source.as_ref()?)));
        let (place, source) = found.ok_or_else(|| self.patient_unknown())?;
        let known = place.entered.borrow().clone().filter(|_| !is_asked);
        if let Some(entered) = known {
            return Ok(entered);
        }
        let entered = self.enter(source, is_asked).await?;
        *place.entered.borrow_mut() = Some(entered.clone());
        Ok(entered)
    }

    /// What is not said to have failed is here.
    fn settle(&self) {
        let is_waiting = {
            let states = self.sources.states.borrow();
            states
                .get(self.place)
                .is_some_and(|state| state.stand == Stand::Waiting)
        };
        if is_waiting {
            self.stand(self.place, Stand::Here);
        }
    }

    fn stand(&self, at: usize, stand: Stand) {
        if self.sources.is_one() || self.collected.borrow().over {
            return;
        }
        let mut states = self.sources.states.borrow_mut();
        if let (Some(state), Some(place)) = (states.get_mut(at), self.sources.places.get(at)) {
            let collected = place.collected.borrow();
            state.fetched_at = collected.fetched_at();
            state.newest = collected.newest_taken();
            state.stand = stand;
        }
        let told = Action::Sources(Rc::new(states.clone()));
        drop(states);
        self.dispatch.emit(told);
    }

    /// How fetching a part at a source ended: its failure is told as the source's.
    pub(super) fn report_source(&self, outcome: Outcome) {
        if let Err(problem) = outcome {
            self.stand(self.place, Stand::Failed(problem));
        }
    }

    /// The launch's own server has answered, or not.
    pub(super) fn settle_own(&self, outcome: &Outcome) {
        self.stand(
            OWN,
            outcome
                .as_ref()
                .map_or_else(|problem| Stand::Failed(Rc::clone(problem)), |()| Stand::Here),
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
        self.sources.patient.take();
        self.plan_home.clear();
        self.on_demand.clear();
        for place in &self.sources.places {
            place.entered.take();
        }
    }

    /// All that is known by now, of all sources: what several have is there once.
    pub(super) fn everything(&self) -> Option<Action> {
        let now = clock::now();
        if self.sources.is_one() {
            return self.collected.borrow_mut().publish(now);
        }
        let mut together = Accepted::default();
        let mut fetched_at = None;
        for place in &self.sources.places {
            let mut collected = place.collected.borrow_mut();
            collected.published(now);
            together.join(collected.accepted());
            fetched_at = fetched_at.max(collected.fetched_at());
        }
        let own = self.sources.places.first()?.collected.borrow();
        Some(own.action(&together, fetched_at?))
    }

    /// Whose readings there are is known only where the patient was read.
    pub(super) fn patient_unknown(&self) -> Stand {
        Stand::Failed(
            self.client
                .problem(ProblemKind::NotFound, "the launch's patient was not read"),
        )
    }
}
