//! Loads readings: the newest page first, then what the period still lacks in slices side by side. Each
//! thing is asked for once. The latest value of what is measured seldom is in `load_latest`; what readings
//! mean is `chart-model`'s.

use std::cell::RefCell;
use std::collections::HashSet;
use std::rc::Rc;

use chart_model::time::DAY_MS;
use chart_model::{FindingKind, Loaded, Period};
use fhir_read::{ObservationPage, Reader};
use futures_util::future::join;
use futures_util::stream::{self, StreamExt};

use super::collected::Newest;
use super::session::{Outcome, Session};
use super::slices::in_slices;
use crate::browser::clock;
use crate::browser::pause::pause;
use crate::state::{Part, Problem, ProblemKind};

/// So many entries are read between two looks at the clock: under a millisecond.
const ENTRIES_A_STEP: usize = 50;

/// So much of time one page is expected to hold before one has been seen.
const USUAL_PAGE_SPAN_MS: i64 = 90 * DAY_MS;

impl Session {
    /// The newest page of readings; where that is not everything, the rest of the period beside the
    /// latest values of what is measured more seldom.
    pub(super) async fn load_readings(&self, round: u32) {
        self.collected.borrow_mut().newest = Newest::Awaited;
        let first = self.load_newest(round).await;
        if !self.publish(round).await {
            return;
        }
        match first {
            Ok(rest) => {
                // A list that is read to its end has the latest of everything.
                let by_dates = rest.is_none();
                let latest = async {
                    let seldom = if by_dates {
                        self.load_seldom(round).await
                    } else {
                        Ok(())
                    };
                    // Latest values that are sure do not wait for the period.
                    if self.is_sure() {
                        self.finish_latest(round, seldom).await;
                        None
                    } else {
                        Some(seldom)
                    }
                };
                let ((), unfinished) = join(self.load_rest(round, rest), latest).await;
                if let Some(seldom) = unfinished {
                    self.finish_latest(round, seldom).await;
                }
            }
            Err(problem) => {
                // Also where the page itself came and only its end, or its `next` link, is of no use: to try
                // again is to ask for it again.
                self.collected.borrow_mut().newest = Newest::Failed;
                self.report(round, Part::Period, Err(Rc::clone(&problem)));
                self.report(round, Part::Latest, Err(problem));
            }
        }
    }

    /// What the period wanted lacks of what was loaded before.
    pub(super) async fn load_period(&self, round: u32) {
        self.load_rest(round, None).await;
        if let Err(problem) = self.make_sure(round).await {
            self.report(round, Part::Latest, Err(problem));
        }
    }

    /// The newest page takes the place of all that was there before, since its readings may have changed.
    /// Returns where a list goes on that is in no order of time, so that it must be read to its end.
    async fn load_newest(&self, round: u32) -> Result<Option<String>, Rc<Problem>> {
        let address = self.queries.newest();
        let bytes = self.client.search(&address).await?;
        let reader = Rc::new(RefCell::new(self.new_reader()));
        let Some(page) = self.read_page(round, &reader, bytes).await? else {
            return Ok(None);
        };
        let newest = page.readings.iter().map(|reading| reading.time.start_ms()).max();
        self.collected.borrow_mut().renew(reader, clock::now());
        let next = self.take(round, page).await?;
        if !self.is_current(round) {
            return Ok(None);
        }
        let mut collected = self.collected.borrow_mut();
        match next {
            None => collected.loaded = Loaded::everything(),
            Some(Next {
                down_to: Some(oldest),
                ..
            }) => {
                // Readings of that very instant may stand on either side of the page's end.
                collected.loaded.add(Period {
                    from: oldest.saturating_add(1),
                    to: i64::MAX,
                });
                collected.page_span = newest.map(|newest| newest.saturating_sub(oldest));
            }
            Some(Next { address, .. }) => return Ok(Some(address)),
        }
        Ok(None)
    }

    /// What the period wanted still lacks; `list` is where a list without order goes on.
    async fn load_rest(&self, round: u32, list: Option<String>) {
        let (asked, missing) = {
            let collected = self.collected.borrow();
            (collected.asked, collected.loaded.missing(collected.period))
        };
        let outcome = match list {
            Some(address) => self.load_list(round, address).await,
            None => self.load_slices(round, &missing).await,
        };
        if !self.publish(round).await {
            return;
        }
        // Of several periods chosen one after the other, the last one's outcome counts.
        let is_last = self.collected.borrow().asked == asked;
        if is_last {
            self.report(round, Part::Period, outcome);
        }
    }

    async fn load_list(&self, round: u32, address: String) -> Outcome {
        self.load_pages(round, address, usize::MAX).await?;
        if self.is_current(round) {
            self.collected.borrow_mut().loaded = Loaded::everything();
        }
        Ok(())
    }

    /// Periods in slices side by side, newest first; no more at once than the host allows. Each is as long as a
    /// number of whole pages is expected to reach.
    pub(super) async fn load_slices(&self, round: u32, missing: &[Period]) -> Outcome {
        let span = self.collected.borrow().page_span.unwrap_or(USUAL_PAGE_SPAN_MS);
        let parallel = u32::try_from(self.parallel()).unwrap_or(u32::MAX);
        let slices = missing.iter().rev().flat_map(|period| period.cut(parallel, span));
        let load = |slice: Period| async move {
            let address = self.queries.period(slice.from, Some(end_of_second(slice.to)));
            self.load_pages(round, address, usize::MAX).await?;
            if self.is_current(round) {
                self.collected.borrow_mut().loaded.add(slice);
            }
            Ok(())
        };
        let loads = stream::iter(slices.map(load));
        let outcomes: Vec<Outcome> = loads.buffer_unordered(self.parallel()).collect().await;
        outcomes.into_iter().collect()
    }

    /// Searches, and follows `next` links for at most `most` pages. Returns where it would go on.
    pub(super) async fn load_pages(
        &self,
        round: u32,
        address: String,
        most: usize,
    ) -> Result<Option<Next>, Rc<Problem>> {
        let mut address = address;
        let mut visited = HashSet::new();
        loop {
            let bytes = if visited.is_empty() {
                self.client.search(&address).await?
            } else {
                self.client.get(&address).await?
            };
            let reader = Rc::clone(&self.collected.borrow().reader);
            let Some(page) = self.read_page(round, &reader, bytes).await? else {
                return Ok(None);
            };
            let Some(next) = self.take(round, page).await? else {
                return Ok(None);
            };
            if !self.is_current(round) {
                return Ok(None);
            }
            visited.insert(std::mem::replace(&mut address, next.address.clone()));
            if visited.contains(&address) {
                return Err(self
                    .client
                    .problem(ProblemKind::Server, "the server's pages go round in a circle"));
            }
            if visited.len() >= most {
                return Ok(Some(next));
            }
        }
    }

    /// Reads a page, giving the browser its turn now and then. `None` where the round was over before the end of
    /// the page: then nothing of it is to be used.
    async fn read_page(
        &self,
        round: u32,
        reader: &RefCell<Reader>,
        bytes: Vec<u8>,
    ) -> Result<Option<ObservationPage>, Rc<Problem>> {
        let mut reading = Reader::begin(bytes);
        let page = in_slices(clock::now_ms, pause, || {
            if !self.is_current(round) {
                return Some(Ok(None));
            }
            let page = reading.step(&mut reader.borrow_mut(), ENTRIES_A_STEP)?;
            Some(page.map(Some))
        });
        page.await.map_err(|error| self.unread(&error))
    }

    /// Takes in a page, and shows it where that is due. Returns where the list goes on.
    ///
    /// # Errors
    /// When the page is cut off, or goes on at another server. What it holds is taken in all the same.
    async fn take(&self, round: u32, page: ObservationPage) -> Result<Option<Next>, Rc<Problem>> {
        let is_cut_off = page
            .findings
            .iter()
            .any(|finding| finding.kind == FindingKind::BrokenBundle);
        let (link, down_to) = (page.next.clone(), page.newest_first_down_to());
        let due = {
            let now = clock::now();
            let mut collected = self.collected.borrow_mut();
            collected.add(page, now);
            collected.is_due(now)
        };
        if due {
            self.publish(round).await;
        }
        if is_cut_off {
            return Err(self
                .client
                .problem(ProblemKind::NotFhir, "the answer is cut off or broken"));
        }
        let Some(link) = link else {
            return Ok(None);
        };
        let address = fhir_read::next_link(&self.client.context().fhir_base, &link)
            .map_err(|error| self.client.problem(ProblemKind::ForeignLink, &error.to_string()))?;
        Ok(Some(Next { address, down_to }))
    }

    pub(super) fn parallel(&self) -> usize {
        usize::try_from(self.client.context().search.parallel)
            .unwrap_or(1)
            .max(1)
    }
}

/// The first whole second after an instant: addresses have whole seconds, and their ends are exclusive.
pub(super) const fn end_of_second(instant: i64) -> i64 {
    (instant.div_euclid(1000) + 1) * 1000
}

/// Where a list of pages goes on, and how far back its last page goes.
pub(super) struct Next {
    pub(super) address: String,
    /// See [`ObservationPage::newest_first_down_to`].
    pub(super) down_to: Option<i64>,
}
