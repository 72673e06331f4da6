//! Loads what the first screen shows: the patient, the latest values, the period's readings, the plan.
//! Asks only for that, each thing once, several side by side; what comes is shown at once and what
//! fails fails alone. How answers are read is `fhir-read`'s, what they mean `chart-model`'s.

use std::cell::RefCell;
use std::collections::HashSet;
use std::rc::Rc;

use chart_model::{Accepted, Known, Parameter, Period};
use fhir_read::{Enrolment, HostSearch, ObservationPage, PageError, Queries, Reader};
use futures_util::future::{join, join_all, join3};
use smart_launch::{Access, LaunchContext};
use yew::Callback;

use super::fhir_client::FhirClient;
use crate::browser::clock;
use crate::state::{Action, Part, Problem, ProblemKind};

/// While pages stream in, the view is renewed this often at most, milliseconds.
const PUBLISH_EVERY_MS: i64 = 250;

/// A longer period is fetched in slices of about this many days or more.
const DAYS_PER_SLICE: i64 = 90;

/// Everything fetched in one launch. Cheap to clone; all clones share what was read.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    client: FhirClient,
    queries: Rc<Queries>,
    dispatch: Callback<Action>,
    collected: Rc<RefCell<Collected>>,
}

#[derive(Debug)]
struct Collected {
    reader: Reader,
    accepted: Accepted,
    /// Readings from this instant on are all there (or failed); `None` before the first period.
    loaded_from: Option<i64>,
    published: i64,
    /// Goes up with every refresh: answers to older questions are dropped.
    round: u32,
}

impl Collected {
    fn new(context: &LaunchContext, round: u32) -> Self {
        Self {
            reader: Reader::new(&context.patient_id, &context.host_name),
            accepted: Accepted::default(),
            loaded_from: None,
            published: 0,
            round,
        }
    }
}

type Outcome = Result<(), Rc<Problem>>;

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
        let missing = match self.collected.borrow().loaded_from {
            Some(loaded_from) => (period.from < loaded_from).then_some(Period {
                from: period.from,
                to: loaded_from,
            }),
            None => Some(period),
        };
        let outcome = match missing {
            Some(missing) => {
                let outcome = self
                    .load_slices(&missing.split(slices(self.parallel(), days / DAYS_PER_SLICE)))
                    .await;
                if outcome.is_ok() {
                    self.loaded_from(missing.from);
                }
                outcome
            }
            None => Ok(()),
        };
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

    async fn load_patient(&self, round: u32) {
        let context = self.client.context();
        let outcome = async {
            let bytes = self.client.get(&self.queries.patient()).await?;
            let patient = fhir_read::read_patient(&bytes).map_err(|error| self.unread(&error))?;
            if patient.id != context.patient_id {
                self.abandon();
                return Ok(());
            }
            if self.is_current(round) {
                self.dispatch.emit(Action::Patient(Rc::new(patient)));
            }
            Ok(())
        };
        let outcome = outcome.await;
        self.report(round, Part::Patient, outcome);
    }

    async fn load_plan(&self, round: u32) {
        let context = self.client.context();
        if !context.granted.allows("CarePlan", Access::Search) {
            return;
        }
        let outcome = async {
            let patient = &context.patient_id;
            let bytes = self.client.get(&self.queries.plan()).await?;
            let mut read = fhir_read::read_plan(&[&bytes], patient).map_err(|error| self.unread(&error))?;
            if !read.missing_goals.is_empty() && context.granted.allows("Goal", Access::Search) {
                let goals = self.client.get(&self.queries.goals()).await?;
                read =
                    fhir_read::read_plan(&[&bytes, &goals], patient).map_err(|error| self.unread(&error))?;
            }
            if self.is_current(round) {
                self.collected
                    .borrow_mut()
                    .accepted
                    .add(Vec::new(), Vec::new(), read.findings, clock::now());
                self.publish();
                self.dispatch.emit(Action::Plan(read.plan.map(Rc::new)));
            }
            Ok(())
        };
        let outcome = outcome.await;
        self.report(round, Part::Plan, outcome);
    }

    /// Whether the patient is followed up at home at all: asked only where there is no reading.
    async fn load_enrolment(&self, round: u32) {
        let context = self.client.context();
        if !context.granted.allows("EpisodeOfCare", Access::Search) {
            return;
        }
        let answer = self.client.get(&self.queries.episodes()).await;
        let enrolment = answer
            .ok()
            .and_then(|bytes| fhir_read::read_enrolment(&bytes, &context.patient_id).ok());
        if let Some(enrolment) = enrolment.filter(|_| self.is_current(round)) {
            self.dispatch
                .emit(Action::Enrolled(enrolment == Enrolment::Enrolled));
        }
    }

    /// The newest page of readings; where that is not everything, the rest of the period beside the
    /// latest values of what is measured more seldom.
    async fn load_readings(&self, period: Period, round: u32) {
        let first = self.load_pages(self.queries.newest(), 1).await;
        if !self.is_current(round) {
            return;
        }
        self.publish();
        let (of_period, latest) = match first {
            Ok(None) => {
                self.loaded_from(i64::MIN);
                (Ok(()), Ok(()))
            }
            Ok(Some(next)) => {
                let of_period = async {
                    let outcome = self.load_rest(period, next).await;
                    self.publish();
                    outcome
                };
                join(of_period, self.load_seldom(period)).await
            }
            Err(problem) => (Err(Rc::clone(&problem)), Err(problem)),
        };
        if self.is_current(round) {
            self.publish();
            self.dispatch.emit(Action::Fetched(Part::Period, of_period));
            self.dispatch.emit(Action::Fetched(Part::Latest, latest));
        }
    }

    /// The readings of a period older than a first page, in slices side by side where the page came
    /// newest first, else page by page.
    async fn load_rest(&self, period: Period, first: Next) -> Outcome {
        let outcome = match first.oldest {
            Some(oldest) if first.newest_first && oldest < period.from => Ok(()),
            Some(oldest) if first.newest_first => {
                // The end belongs to the slice, so readings of one instant are never cut apart.
                let rest = Period {
                    from: period.from,
                    to: oldest + 1,
                };
                let pages = rest.length() / (period.to - oldest).max(1) + 1;
                let slices = rest.split(slices(self.parallel(), pages));
                self.load_slices(&slices).await
            }
            _ => self.load_pages(first.address, usize::MAX).await.map(drop),
        };
        if outcome.is_ok() {
            self.loaded_from(period.from);
        }
        outcome
    }

    /// Slices of time side by side, newest first.
    async fn load_slices(&self, slices: &[Period]) -> Outcome {
        let address = |slice: &Period| self.queries.period(slice.from, Some(slice.to));
        let slices = slices
            .iter()
            .rev()
            .map(|slice| self.load_pages(address(slice), usize::MAX));
        join_all(slices)
            .await
            .into_iter()
            .try_for_each(|outcome| outcome.map(drop))
    }

    /// What a newest page and a period may not hold: the latest value of a parameter that is
    /// measured seldom, and readings without a usable time, which no search by date finds.
    async fn load_seldom(&self, period: Period) -> Outcome {
        let search = self.client.context().search;
        let undated = async {
            if search.missing {
                self.load_pages(self.queries.undated(), usize::MAX)
                    .await
                    .map(drop)
            } else {
                Ok(())
            }
        };
        let latest = async {
            if search.lastn && self.load_pages(self.queries.lastn(), usize::MAX).await.is_ok() {
                return Ok(());
            }
            self.load_older(period).await
        };
        let (undated, latest) = join(undated, latest).await;
        undated.and(latest)
    }

    /// Without `$lastn`: the newest readings before the period, and if there are still more, one
    /// question for each parameter that has no value yet.
    async fn load_older(&self, period: Period) -> Outcome {
        if self
            .load_pages(self.queries.before(period.from), 1)
            .await?
            .is_none()
        {
            return Ok(());
        }
        let is_missing = |known: &Known| {
            let readings = self.collected.borrow().accepted.of(&Parameter::from(*known));
            chart_model::accept::latest(&readings).is_none()
        };
        let missing: Vec<Known> = Known::ALL.into_iter().filter(is_missing).collect();
        for some in missing.chunks(self.parallel()) {
            let asked = some
                .iter()
                .map(|known| self.load_pages(self.queries.latest_of(*known), 1));
            for outcome in join_all(asked).await {
                outcome?;
            }
        }
        Ok(())
    }

    /// Follows `next` links from `address` for at most `most` pages. Returns where it would go on.
    async fn load_pages(&self, address: String, most: usize) -> Result<Option<Next>, Rc<Problem>> {
        let round = self.round();
        let mut address = address;
        let mut visited = HashSet::new();
        let mut pages = 0;
        loop {
            let bytes = self.client.get(&address).await?;
            if !self.is_current(round) {
                return Ok(None);
            }
            let page = self.read(&bytes)?;
            let Some(link) = page.next.clone() else {
                self.take(page);
                return Ok(None);
            };
            let next = Next {
                address: String::new(),
                oldest: oldest(&page),
                newest_first: is_newest_first(&page),
            };
            self.take(page);
            let link = fhir_read::next_link(&self.client.context().fhir_base, &link)
                .map_err(|error| self.client.problem(ProblemKind::ForeignLink, &error.to_string()))?;
            visited.insert(std::mem::replace(&mut address, link));
            if visited.contains(&address) {
                return Err(self
                    .client
                    .problem(ProblemKind::Server, "the server's pages go round in a circle"));
            }
            pages += 1;
            if pages >= most {
                return Ok(Some(Next { address, ..next }));
            }
        }
    }

    fn read(&self, bytes: &[u8]) -> Result<ObservationPage, Rc<Problem>> {
        self.collected
            .borrow_mut()
            .reader
            .observations(bytes)
            .map_err(|error| self.unread(&error))
    }

    fn take(&self, page: ObservationPage) {
        let now = clock::now();
        let due = {
            let mut collected = self.collected.borrow_mut();
            collected
                .accepted
                .add(page.readings, page.excluded, page.findings, now);
            now - collected.published >= PUBLISH_EVERY_MS
        };
        if due {
            self.publish();
        }
    }

    /// Shows what there is by now.
    fn publish(&self) {
        let action = {
            let mut collected = self.collected.borrow_mut();
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
    fn abandon(&self) {
        let mut collected = self.collected.borrow_mut();
        *collected = Collected::new(self.client.context(), collected.round + 1);
        drop(collected);
        self.dispatch.emit(Action::OtherPatient);
    }

    fn report(&self, round: u32, part: Part, outcome: Outcome) {
        if self.is_current(round) {
            self.dispatch.emit(Action::Fetched(part, outcome));
        }
    }

    fn unread(&self, error: &PageError) -> Rc<Problem> {
        self.client.problem(ProblemKind::NotFhir, &error.to_string())
    }

    fn loaded_from(&self, instant: i64) {
        self.collected.borrow_mut().loaded_from = Some(instant);
    }

    fn round(&self) -> u32 {
        self.collected.borrow().round
    }

    fn is_current(&self, round: u32) -> bool {
        self.round() == round
    }

    fn parallel(&self) -> usize {
        usize::try_from(self.client.context().search.parallel)
            .unwrap_or(1)
            .max(1)
    }
}

/// Where a list of pages goes on, and what its last page was like.
struct Next {
    address: String,
    /// The oldest instant on the page.
    oldest: Option<i64>,
    /// The page came newest first, as asked.
    newest_first: bool,
}

/// Slices to fetch side by side: no more than are allowed, and no more than there are pages left.
fn slices(parallel: usize, pages: i64) -> u32 {
    let pages = usize::try_from(pages).unwrap_or(1);
    u32::try_from(parallel.min(pages)).unwrap_or(1).max(1)
}

fn oldest(page: &ObservationPage) -> Option<i64> {
    page.readings.iter().map(|reading| reading.time.start_ms()).min()
}

/// Dates without a clock time are left out: servers sort them differently.
fn is_newest_first(page: &ObservationPage) -> bool {
    let mut times = page
        .readings
        .iter()
        .filter(|reading| reading.time.has_clock())
        .map(|reading| reading.time.start_ms());
    let Some(mut last) = times.next() else {
        return false;
    };
    times.all(|time| std::mem::replace(&mut last, time) >= time)
}
