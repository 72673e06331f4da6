//! Remembers the user's own choices: language, period, choice and order of parameters, density, kinds of events. At the
//! launch's server where it offers that (`keep_at_server`), else in the browser's storage where that is allowed, else for as
//! long as the page lives; losing them never matters. What is remembered is in `memory`.

use chart_model::PeriodChoice;
use smart_launch::User;
use wasm_bindgen_futures::spawn_local;

use super::in_time;
use super::memory::key;
use super::session::Session;
use crate::state::{Action, Arrangement, Density, OnDemandAction, Preferences, Settings, Topic};
use crate::text::Lang;

/// How long a server may take to tell the choices, in milliseconds: rows are in their order by then.
const SERVER_LIMIT_MS: u32 = 2_000;

impl Session {
    /// It is known who the user is, or that nobody says so: what was remembered of them is shown. Returns
    /// the period that is to be shown in place of the one on screen.
    pub(super) async fn recall(&self, user: Option<&User>) -> Option<PeriodChoice> {
        let context = self.client.context();
        let subject = user.map(|user| &*user.subject);
        let key = key(self.memory.role(), &context.fhir_base, subject);
        let at_server = match user {
            Some(user) => in_time(SERVER_LIMIT_MS, self.recall_at_server(user))
                .await
                .flatten(),
            None => None,
        };
        match at_server {
            Some(kept) => {
                if self.memory.open_at_server(key, kept) {
                    self.keep();
                }
            }
            None => self.memory.open(key),
        }
        self.show_choices().await;
        self.recall_seen();
        self.other_period()
    }

    /// The period that the user has chosen, where another one is shown.
    fn other_period(&self) -> Option<PeriodChoice> {
        let (choice, shown) = (self.memory.choice(), self.collected.borrow().choice);
        let chosen_already = matches!(shown, PeriodChoice::Between { .. });
        (choice != shown && !chosen_already).then_some(choice)
    }

    async fn show_choices(&self) {
        let lang = self.memory.lang(self.client.context().locale.as_deref());
        let lang = self.spoken(lang).await;
        self.dispatch.emit(Action::Language(lang));
        self.dispatch.emit(Action::Arranged(self.memory.arrangement()));
        self.dispatch
            .emit(Action::OnDemand(OnDemandAction::Chosen(self.memory.events())));
        self.show_settings(false);
    }

    fn show_settings(&self, is_refused: bool) {
        self.dispatch.emit(Action::Settings(Settings {
            density: self.memory.density(),
            keeper: self.memory.keeper(),
            text: self.memory.text().unwrap_or_default().into(),
            is_refused,
        }));
    }

    /// Shows what the same user has chosen at another workplace meanwhile, where nothing was chosen here.
    pub(super) async fn take_along(&self, meanwhile: Preferences) {
        self.memory.join(meanwhile);
        self.show_choices().await;
    }

    fn remember(&self, chosen: Preferences) {
        self.memory.choose(chosen);
        self.show_settings(false);
        self.keep();
    }

    /// Has the server keep the choices, where it does that.
    fn keep(&self) {
        spawn_local({
            let session = self.clone();
            async move {
                if !session.keep_at_server().await {
                    session.memory.leave_server();
                    session.show_settings(false);
                }
            }
        });
    }

    /// Speaks another language from now on.
    pub(super) fn remember_language(&self, lang: Lang) {
        self.remember(Preferences {
            lang: Some(lang),
            ..Preferences::default()
        });
    }

    /// Opens with this period from now on, if it is one of those offered up to today.
    pub(super) fn remember_period(&self, choice: PeriodChoice) {
        if let PeriodChoice::LastDays(days) = choice
            && PeriodChoice::OFFERED_DAYS.contains(&days)
        {
            self.remember(Preferences {
                days: Some(days),
                ..Preferences::default()
            });
        }
    }

    /// Shows these parameters in this order from now on; an empty arrangement is the default one.
    pub(super) fn arrange(&self, arrangement: Arrangement) {
        self.remember(Preferences {
            arrangement: Some(arrangement),
            ..Preferences::default()
        });
        self.dispatch.emit(Action::Arranged(self.memory.arrangement()));
    }

    /// Leaves so much room between lines from now on.
    pub(super) fn remember_density(&self, density: Density) {
        self.remember(Preferences {
            density: Some(density),
            ..Preferences::default()
        });
    }

    /// Puts a kind of events on the time axis from now on, or takes it away.
    pub(super) fn remember_event(&self, topic: Topic) {
        if !topic.is_on_axis() {
            return;
        }
        let mut events = self.memory.events();
        let before = events.len();
        events.retain(|other| *other != topic);
        if events.len() == before {
            events.push(topic);
        }
        self.remember(Preferences {
            events: Some(events),
            ..Preferences::default()
        });
    }

    /// Chooses what a text from another browser says, in place of all that was chosen here. A text without choices
    /// changes nothing.
    pub(super) async fn take_choices(&self, text: &str) {
        let taken = Preferences::parse(text);
        if taken == Preferences::default() {
            self.show_settings(true);
            return;
        }
        self.memory.reset();
        self.remember(taken);
        self.show_choices().await;
        self.load_chosen().await;
        if let Some(choice) = self.other_period() {
            self.show_period(choice).await;
        }
    }

    /// Nothing is remembered any more.
    pub(super) async fn forget_choices(&self) {
        self.memory.reset();
        self.remember(Preferences::default());
        self.show_choices().await;
    }
}
