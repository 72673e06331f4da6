//! One launch's session: what was fetched in it, and the verbs that fetch (first screen, refresh, another
//! period). Each answer is shown as it comes, and what fails fails alone. How readings are paged is in
//! `load_readings`, the patient and the plan are in `load_record`.

use std::cell::RefCell;
use std::rc::Rc;

use chart_model::{Accepted, Period};
use fhir_read::{HostSearch, PageError, Queries, Reader};
use futures_util::future::join3;
use smart_launch::LaunchContext;
use yew::Callback;

use super::fhir_client::FhirClient;
use crate::browser::clock;
use crate::state::{Action, Part, Problem, ProblemKind};

/// Everything fetched in one launch. Cheap to clone; all clones share what was read.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub(super) client: FhirClient,
    pub(super) queries: Rc<Queries>,
    pub(super) dispatch: Callback<Action>,
    pub(super) collected: Rc<RefCell<Collected>>,
}

/// What was read by now.
#[derive(Debug)]
pub(super) struct Collected {
    pub(super) reader: Reader,
    pub(super) accepted: Accepted,
    /// Readings from this instant on are all there (or failed); `None` before the first period.
    pub(super) loaded_from: Option<i64>,
    /// A page of readings has come: from then on what is collected may replace what is on screen.
    pub(super) has_answer: bool,
    /// When the screen was last renewed, epoch milliseconds.
    pub(super) published: i64,
    /// Goes up with every refresh: answers to older questions are dropped.
    round: u32,
}

impl Collected {
    fn new(context: &LaunchContext, round: u32) -> Self {
        Self {
            reader: Reader::new(&context.patient_id, &context.host_name),
            accepted: Accepted::default(),
            loaded_from: None,
            has_answer: false,
            published: 0,
            round,
        }
    }
}

/// How fetching a part of the screen ended.
pub(super) type Outcome = Result<(), Rc<Problem>>;

impl Session {
    pub(crate) fn new(context: LaunchContext, dispatch: Callback<Action>) -> Self {
        let collected = Rc::new(RefCell::new(Collected::new(&context, 0)));
        let search = HostSearch {
            elements: context.search.elements,
            page_size: context.search.page_size,
        };
        let queries = Rc::new(Queries::new(&context.fhir_base, &context.patient_id, search));
        Self {
            client: FhirClient::new(context),
            queries,
            dispatch,
            collected,
        }
    }

    /// Loads all of the first screen for a period of `days` up to now.
    pub(crate) async fn load_first_screen(self, days: i64) {
        let period = Period::last_days(days, clock::now());
        self.dispatch.emit(Action::Started { period, days });
        self.load(period).await;
    }

    /// Fetches everything anew; what is on screen stays until answers come.
    pub(crate) async fn refresh(self, days: i64) {
        let period = Period::last_days(days, clock::now());
        {
            let mut collected = self.collected.borrow_mut();
            *collected = Collected::new(self.client.context(), collected.round + 1);
        }
        self.dispatch.emit(Action::Refreshing { period });
        self.load(period).await;
    }

    /// Shows another period, fetching only what is not there yet.
    pub(crate) async fn show_period(self, days: i64) {
        let round = self.round();
        let period = Period::last_days(days, clock::now());
        self.dispatch.emit(Action::PeriodChosen { period, days });
        let outcome = self.load_missing(period).await;
        if self.is_current(round) {
            self.publish();
            self.dispatch.emit(Action::Fetched(Part::Period, outcome));
        }
    }

    async fn load(&self, period: Period) {
        let round = self.round();
        join3(
            self.load_patient(round),
            self.load_readings(period, round),
            self.load_plan(round),
        )
        .await;
        if !self.is_current(round) {
            return;
        }
        if self.collected.borrow().accepted.count() == 0 {
            self.load_enrolment(round).await;
        }
        if self.is_current(round) {
            self.dispatch.emit(Action::Complete(clock::now()));
        }
    }

    /// Shows what there is by now. Until readings have come, what an earlier fetch showed stays.
    pub(super) fn publish(&self) {
        let action = {
            let mut collected = self.collected.borrow_mut();
            if !collected.has_answer {
                return;
            }
            collected.published = clock::now();
            Action::Readings {
                readings: collected.accepted.readings(),
                excluded: Rc::new(collected.accepted.excluded().to_vec()),
                findings: Rc::new(collected.accepted.findings().to_vec()),
            }
        };
        self.dispatch.emit(action);
    }

    /// Drops everything and lets no answer that is still on its way be shown.
    pub(super) fn abandon(&self) {
        let mut collected = self.collected.borrow_mut();
        *collected = Collected::new(self.client.context(), collected.round + 1);
        drop(collected);
        self.dispatch.emit(Action::OtherPatient);
    }

    pub(super) fn report(&self, round: u32, part: Part, outcome: Outcome) {
        if self.is_current(round) {
            self.dispatch.emit(Action::Fetched(part, outcome));
        }
    }

    pub(super) fn unread(&self, error: &PageError) -> Rc<Problem> {
        self.client.problem(ProblemKind::NotFhir, &error.to_string())
    }

    pub(super) fn round(&self) -> u32 {
        self.collected.borrow().round
    }

    pub(super) fn is_current(&self, round: u32) -> bool {
        self.round() == round
    }
}
