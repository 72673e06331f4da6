//! Loads readings: the newest page first, then what the period still lacks in slices side by side, and the
//! latest values of what is measured seldom. Each thing is asked for once. What the readings mean is
//! `chart-model`'s.

use std::collections::HashSet;
use std::rc::Rc;

use chart_model::time::DAY_MS;
use chart_model::{Known, Parameter, Period};
use fhir_read::ObservationPage;
use futures_util::future::{join, join_all};

use super::session::{Outcome, Session};
use crate::browser::clock;
use crate::state::{Action, Part, Problem, ProblemKind};

/// While pages stream in, the view is renewed this often at most, milliseconds.
const PUBLISH_EVERY_MS: i64 = 250;

/// A longer period is fetched in slices of 90 days or more.
const SLICE_MS: i64 = 90 * DAY_MS;

impl Session {
    /// The newest page of readings; where that is not everything, the rest of the period beside the
    /// latest values of what is measured more seldom.
    pub(super) async fn load_readings(&self, period: Period, round: u32) {
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

    /// What a period still lacks of what was loaded before.
    pub(super) async fn load_missing(&self, period: Period) -> Outcome {
        let to = self.collected.borrow().loaded_from.unwrap_or(period.to);
        if to <= period.from {
            return Ok(());
        }
        let missing = Period {
            from: period.from,
            to,
        };
        let outcome = self
            .load_slices(&missing.split(slices(self.parallel(), missing.length() / SLICE_MS)))
            .await;
        if outcome.is_ok() {
            self.loaded_from(missing.from);
        }
        outcome
    }

    /// The readings of a period older than a first page, in slices side by side where the page came
    /// newest first, else page by page.
    async fn load_rest(&self, period: Period, first: Next) -> Outcome {
        let outcome = match first.down_to {
            Some(oldest) if oldest < period.from => Ok(()),
            Some(oldest) => {
                // Readings of the same second may stand on either side of the page's end. Addresses
                // have whole seconds, so the slice ends with the next one.
                let rest = Period {
                    from: period.from,
                    to: oldest + 1000,
                };
                let pages = rest.length() / (period.to - oldest).max(1) + 1;
                self.load_slices(&rest.split(slices(self.parallel(), pages)))
                    .await
            }
            None => self.load_pages(first.address, usize::MAX).await.map(drop),
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
                down_to: page.newest_first_down_to(),
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
            collected.has_answer = true;
            collected
                .accepted
                .add(page.readings, page.excluded, page.findings, now);
            now - collected.published >= PUBLISH_EVERY_MS
        };
        if due {
            self.publish();
        }
    }

    fn loaded_from(&self, instant: i64) {
        self.collected.borrow_mut().loaded_from = Some(instant);
    }

    fn parallel(&self) -> usize {
        usize::try_from(self.client.context().search.parallel)
            .unwrap_or(1)
            .max(1)
    }
}

/// Where a list of pages goes on, and how far back its last page goes.
struct Next {
    address: String,
    /// See [`ObservationPage::newest_first_down_to`].
    down_to: Option<i64>,
}

/// Slices to fetch side by side: no more than are allowed, and no more than there are pages left.
fn slices(parallel: usize, pages: i64) -> u32 {
    let pages = usize::try_from(pages).unwrap_or(1);
    u32::try_from(parallel.min(pages)).unwrap_or(1).max(1)
}
