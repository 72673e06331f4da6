//! The sources of a launch, its own server first: what was read at each, where each stands, and all of them as one view.
//! Fetches nothing: that is in `load_sources`.

use std::cell::RefCell;
use std::rc::Rc;

use chart_model::{PeriodChoice, Readings, Together};
use fhir_read::{PatientRecord, Queries};
use smart_launch::{LaunchContext, Source};

use super::collected::Collected;
use super::fhir_client::FhirClient;
use super::session::{host_search, reader};
use super::turn::Turn;
use crate::browser::clock;
use crate::state::{Action, SourceState, Stand};

/// The place of the launch's own server among the sources.
pub(super) const OWN: usize = 0;

/// The sources of a launch: its own server first, the others in the order of the host profile.
#[derive(Debug)]
pub(super) struct Sources {
    places: Vec<Place>,
    states: RefCell<Vec<SourceState>>,
    together: RefCell<Together>,
    /// Whom the launch is about: at other sources he is found by his identifiers.
    pub(super) patient: RefCell<Option<Rc<PatientRecord>>>,
    /// Held while the patient is read.
    pub(super) patient_turn: Turn,
}

/// A source, and what was read there.
#[derive(Debug)]
pub(super) struct Place {
    name: Rc<str>,
    /// `None` for the launch's own server.
    pub(super) source: Option<Source>,
    pub(super) entered: RefCell<Option<Entered>>,
    /// Held while it is entered.
    pub(super) turn: Turn,
    pub(super) collected: Rc<RefCell<Collected>>,
}

/// The way to a source, once it is open.
#[derive(Clone, Debug)]
pub(crate) struct Entered {
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
            name: source.name.as_str().into(),
            source: Some(source.clone()),
            entered: RefCell::default(),
            turn: Turn::default(),
            collected: Rc::new(RefCell::new(Collected::new(
                reader(context),
                choice,
                clock::now(),
            ))),
        };
        let own = Place {
            name: context.host_name.as_str().into(),
            source: None,
            entered: RefCell::default(),
            turn: Turn::default(),
            collected: Rc::clone(own),
        };
        let places: Vec<Place> = std::iter::once(own)
            .chain(context.sources.iter().map(place))
            .collect();
        let state = |place: &Place| {
            let source = place.source.as_ref();
            SourceState {
                has_readings: source.is_none_or(|source| source.has_kind("Observation")),
                ..SourceState::new(&place.name)
            }
        };
        let states = places.iter().map(state);
        Self {
            states: RefCell::new(states.collect()),
            places,
            together: RefCell::default(),
            patient: RefCell::default(),
            patient_turn: Turn::default(),
        }
    }

    /// There is no other than the launch's own server.
    pub(super) fn is_one(&self) -> bool {
        self.places.len() == 1
    }

    /// Where the plan is, if it is not at the launch's own server.
    pub(super) fn plan_home(&self) -> Option<usize> {
        let is_home = |place: &Place| place.source.as_ref().is_some_and(|source| source.plan_home);
        self.places.iter().position(is_home)
    }

    pub(super) fn places(&self) -> &[Place] {
        &self.places
    }

    pub(super) fn place(&self, at: usize) -> Option<&Place> {
        self.places.get(at)
    }

    pub(super) fn name(&self, at: usize) -> Rc<str> {
        self.places
            .get(at)
            .map(|place| Rc::clone(&place.name))
            .unwrap_or_default()
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

    /// The readings of all of them, as they were shown last.
    pub(super) fn readings(&self) -> Readings {
        self.together.borrow().readings()
    }

    /// Where one of them stands.
    pub(super) fn stand_of(&self, at: usize) -> Option<Stand> {
        let states = self.states.borrow();
        states.get(at).map(|state| state.stand.clone())
    }

    /// One of them stands elsewhere now; returns where all of them stand. Nothing, where there is only one.
    pub(super) fn set_stand(&self, at: usize, stand: Stand) -> Option<Action> {
        if self.is_one() {
            return None;
        }
        let mut states = self.states.borrow_mut();
        if let (Some(state), Some(place)) = (states.get_mut(at), self.places.get(at)) {
            let collected = place.collected.borrow();
            state.fetched_at = collected.fetched_at();
            state.newest = collected.newest_taken();
            state.stand = stand;
        }
        Some(Action::Sources(Rc::new(states.clone())))
    }

    /// All that is known by now, of all of them: what several have is there once.
    pub(super) fn everything(&self) -> Option<Action> {
        let now = clock::now();
        let mut fetched_at = None;
        self.each(|collected| collected.published(now));
        let all: Vec<_> = self.places.iter().map(|place| place.collected.borrow()).collect();
        let mut together = self.together.borrow_mut();
        let places: Vec<_> = self
            .places
            .iter()
            .zip(&all)
            .map(|(place, collected)| {
                fetched_at = fetched_at.max(collected.fetched_at());
                chart_model::Place {
                    name: &place.name,
                    accepted: collected.accepted(),
                }
            })
            .collect();
        together.renew(&places);
        Some(all.first()?.action(&together, fetched_at?))
    }

    /// Nothing that was read stays, nor a way to another source.
    pub(super) fn clear(&self) {
        self.together.take();
        self.patient.take();
        for place in &self.places {
            place.entered.take();
        }
    }

    /// No other source is asked any more.
    pub(super) fn forget_tokens(&self) {
        for place in &self.places {
            if let Some(entered) = &*place.entered.borrow() {
                entered.client.forget_token();
            }
        }
    }
}
