//! Loads the latest value of what is measured so seldom that neither the newest page nor the period holds
//! it, and makes sure that what is shown as the latest is the latest.

use std::rc::Rc;

use chart_model::{Parameter, Period};
use futures_util::future::{join, join_all};

use super::load_readings::end_of_second;
use super::session::{Outcome, Session};
use crate::state::{Action, Part};

impl Session {
    /// The latest values once more.
    pub(super) async fn load_latest(&self, round: u32) {
        let seldom = self.load_seldom(round).await;
        self.finish_latest(round, seldom).await;
    }

    /// What a newest page and a period may not hold: the latest value of a parameter that is
    /// measured seldom, and readings without a usable time, which no search by date finds.
    pub(super) async fn load_seldom(&self, round: u32) -> Outcome {
        if self.collected.borrow().has_everything() {
            return Ok(());
        }
        let search = &self.client.context().search;
        let undated = async {
            if search.missing {
                self.load_pages(round, self.queries.undated(), usize::MAX)
                    .await
                    .map(drop)
            } else {
                Ok(())
            }
        };
        let latest = async {
            if search.lastn
                && self
                    .load_pages(round, self.queries.lastn(), usize::MAX)
                    .await
                    .is_ok()
            {
                if self.is_current(round) {
                    self.collected.borrow_mut().latest_told = true;
                }
                return Ok(());
            }
            self.load_older(round).await
        };
        let (undated, latest) = join(undated, latest).await;
        undated.and(latest)
    }

    /// Whether what is here has the latest value of everything.
    pub(super) fn is_sure(&self) -> bool {
        self.collected.borrow().unsure().is_empty()
    }

    /// Ends the fetch of the latest values.
    pub(super) async fn finish_latest(&self, round: u32, seldom: Outcome) {
        let sure = self.make_sure(round).await;
        if self.publish(round).await {
            self.report(round, Part::Latest, seldom.and(sure));
        }
    }

    /// Asks by itself for each parameter of which there may be a newer reading than any that is here. What
    /// fails is told parameter by parameter, but where all of several fail it is the service that fails.
    pub(super) async fn make_sure(&self, round: u32) -> Outcome {
        let unsure = self.collected.borrow().unsure();
        let mut failed = Vec::new();
        for some in unsure.chunks(self.parallel()) {
            let asked = some.iter().map(|parameter| self.load_alone(round, parameter));
            failed.extend(join_all(asked).await.into_iter().filter_map(Result::err));
        }
        if unsure.is_empty() || !self.publish(round).await {
            return Ok(());
        }
        // Of a further source it is told as its failure: its parameters have no rows of their own.
        let fails_as_one = self.place > 0 || (unsure.len() > 1 && failed.len() == unsure.len());
        let outcome = match failed.first() {
            Some(problem) if fails_as_one => {
                let mut collected = self.collected.borrow_mut();
                collected
                    .failed_alone
                    .retain(|(parameter, _)| !unsure.contains(parameter));
                Err(Rc::clone(problem))
            }
            _ => Ok(()),
        };
        if self.place == 0 {
            let failed = self.collected.borrow().failed_alone.clone();
            self.dispatch.emit(Action::MissingParameters(failed));
        }
        outcome
    }

    /// The newest readings of one parameter.
    pub(super) async fn load_alone(&self, round: u32, parameter: &Parameter) -> Outcome {
        let Some(address) = self.queries.latest_of(parameter) else {
            return Ok(());
        };
        let outcome = self.load_pages(round, address, 1).await.map(drop);
        if self.is_current(round) {
            self.collected.borrow_mut().answered_alone(parameter, &outcome);
        }
        outcome
    }

    /// Without `$lastn`: one page of what is older than anything that is here or being fetched.
    async fn load_older(&self, round: u32) -> Outcome {
        let from = self.collected.borrow().reaches_back_to();
        let address = self.queries.before(end_of_second(from.saturating_sub(1)));
        let next = self.load_pages(round, address, 1).await?;
        if !self.is_current(round) {
            return Ok(());
        }
        let down_to = match next {
            None => Some(i64::MIN),
            Some(next) => next.down_to.map(|oldest| oldest.saturating_add(1)),
        };
        if let Some(down_to) = down_to {
            self.collected.borrow_mut().loaded.add(Period {
                from: down_to,
                to: from.saturating_sub(1),
            });
        }
        Ok(())
    }
}
