//! What the doctor asks for, as far as it is more than another view of the same; and the whole first screen. Each answer is
//! shown as it comes, and what fails fails alone.

use chart_model::{Parameter, PeriodChoice};
use futures_util::future::{join, join3};

use super::collected::Newest;
use super::session::Session;
use crate::chunks;
use crate::state::{Action, Arrangement, Command, Part};

impl Session {
    /// Does what the doctor asks for, as far as it is more than another view of the same.
    pub(crate) async fn serve(self, command: Command) {
        if let Command::Language(lang) = command {
            self.asked_lang.set(lang);
        }
        if self.collected.borrow().over || !self.has_chunk_for(&command).await {
            return;
        }
        match command {
            Command::Refresh => self.refresh().await,
            Command::Retry(part) => self.retry(part).await,
            Command::RetryParameter(parameter) => self.retry_parameter(parameter).await,
            Command::RetrySource(at) => self.retry_source(at).await,
            Command::Period(choice) => {
                self.remember_period(choice);
                join(self.show_period(choice), self.load_marks()).await;
            }
            Command::Toggle(_) | Command::Touched => self.load_marks().await,
            Command::Compare(compared) => self.compare(compared).await,
            // Words of another one may have come after it.
            Command::Language(lang) if self.asked_lang.get() != lang => {}
            Command::Language(lang) => {
                self.dispatch.emit(Action::Language(lang));
                self.remember_language(lang);
            }
            Command::Arrange(newer) => self.arrange(self.memory.arrangement().renewed(newer)),
            Command::Density(density) => self.remember_density(density),
            Command::TakeChoices(text) => self.take_choices(&text).await,
            Command::ForgetChoices => self.forget_choices().await,
            Command::ArrangeDefault => self.arrange(Arrangement::default()),
            Command::Close | Command::CloseUnsaved(true) => self.ask_to_close(),
            Command::Plan(command) => {
                let desk = self.desk.borrow().clone();
                self.planner().serve_plan(command, desk).await;
            }
            Command::OnDemand(command) => self.serve_on_demand(command).await,
            Command::Record(command) => {
                if let Some(record) = chunks::record() {
                    (record.serve)(self.clone(), command).await;
                }
            }
            Command::FetchChunks => self.serve_again().await,
            Command::Details | Command::SignIn | Command::CloseUnsaved(false) | Command::Picker(_) => {}
        }
        self.tell_who_asks();
    }

    /// Fetches everything anew; what is on screen stays until answers come.
    async fn refresh(&self) {
        let choice = self.collected.borrow().choice;
        let period = self.want(choice, true);
        self.dispatch.emit(Action::Refreshing { period });
        self.load().await;
        self.load_opened().await;
    }

    /// Shows another period, fetching only what is not there yet. Of several choices the last one counts.
    pub(super) async fn show_period(&self, choice: PeriodChoice) {
        let period = self.want(choice, false);
        let (round, newest) = {
            let collected = self.collected.borrow();
            (collected.round, collected.newest)
        };
        self.dispatch.emit(Action::PeriodChosen { period, choice });
        // Where the newest page is still on its way, the period is fetched after it.
        let own = async {
            if newest != Newest::Awaited {
                self.load_period(round).await;
            }
        };
        join(own, self.load_period_elsewhere(round)).await;
        self.link_notes();
        if newest != Newest::Awaited {
            self.planner().load_limits(round).await;
        }
    }

    /// Fetches once more a part that failed, and nothing else.
    async fn retry(&self, part: Part) {
        let round = self.round();
        let newest_failed = self.collected.borrow().newest == Newest::Failed;
        match part {
            Part::Patient => {
                self.dispatch.emit(Action::Retrying(Part::Patient));
                self.load_patient(round).await;
                self.load_shut_sources(round).await;
            }
            Part::Plan => {
                self.dispatch.emit(Action::Retrying(Part::Plan));
                self.load_plan_where_it_is(round).await;
                self.planner().load_limits(round).await;
            }
            // Both rest on the newest page.
            Part::Latest | Part::Period if newest_failed => {
                self.dispatch.emit(Action::Retrying(Part::Latest));
                self.dispatch.emit(Action::Retrying(Part::Period));
                self.load_readings(round).await;
                self.load_enrolment(round).await;
            }
            Part::Latest => {
                self.dispatch.emit(Action::Retrying(Part::Latest));
                self.load_latest(round).await;
            }
            Part::Period => {
                self.dispatch.emit(Action::Retrying(Part::Period));
                self.load_period(round).await;
            }
            // It is asked for anew by what it is compared with.
            Part::Compared => {}
        }
    }

    /// Fetches once more one parameter that failed.
    async fn retry_parameter(&self, parameter: Parameter) {
        let round = self.round();
        self.dispatch.emit(Action::RetryingParameter(parameter.clone()));
        let outcome = self.load_alone(round, &parameter).await;
        if self.publish(round).await {
            self.dispatch.emit(Action::FetchedParameter(parameter, outcome));
        }
    }

    /// Fetches one source once more; it may ask the user.
    async fn retry_source(&self, at: usize) {
        let round = self.round();
        self.load_source(round, at, true).await;
        if self.sources.plan_home() == Some(at) {
            self.dispatch.emit(Action::Retrying(Part::Plan));
            self.load_plan_where_it_is(round).await;
        }
        self.planner().load_limits(round).await;
        self.load_opened().await;
    }

    /// Fetches everything of the first screen, each thing by itself: what is slow holds nothing else back.
    pub(super) async fn load(&self) {
        let round = self.round();
        let own = async {
            join(self.load_readings(round), self.load_plan_where_it_is(round)).await;
            self.planner().load_limits(round).await;
        };
        // First of all, since other sources need to know who it is.
        join3(self.load_patient(round), self.load_sources(round), own).await;
        self.planner().load_limits(round).await;
        self.load_enrolment(round).await;
        if self.is_current(round) {
            self.dispatch.emit(Action::Complete);
            self.link_notes();
        }
    }
}
