//! Remembers the user's own choices: language, period, choice and order of parameters, density. At the launch's server
//! where it offers that (`keep_at_server`), else in the browser's storage where that is allowed, else for as long as the
//! page lives; losing them never matters.

use std::cell::RefCell;
use std::rc::Rc;

use chart_model::PeriodChoice;
use sha2::{Digest, Sha256};
use smart_launch::{Access, GrantedScopes, LaunchContext, User};
use wasm_bindgen_futures::spawn_local;

use super::in_time;
use super::session::Session;
use crate::browser::{page, preferences as storage};
use crate::state::{Action, Arrangement, Density, Keeper, Preferences, Role, Settings};
use crate::text::Lang;

/// How long a server may take to tell the choices, in milliseconds: rows are in their order by then.
const SERVER_LIMIT_MS: u32 = 2_000;

/// What is remembered of the launch's user.
#[derive(Debug)]
pub(crate) struct Memory {
    role: Role,
    kept: RefCell<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    /// Where it is kept; `None` until it is known who the user is.
    key: Option<String>,
    /// The server keeps it: nothing of it is written in this browser.
    is_at_server: bool,
    /// What was remembered, with what was chosen since on top.
    preferences: Preferences,
    /// What was chosen in this launch.
    chosen: Preferences,
}

/// What these rights let a user do with the plan.
pub(super) fn role_of(granted: &GrantedScopes) -> Role {
    if granted.allows("CarePlan", Access::Update) {
        Role::Editor
    } else if granted.allows("CarePlan", Access::Create) {
        Role::Suggester
    } else {
        Role::Reader
    }
}

impl Memory {
    /// What was remembered earlier of the user of this launch: nothing yet, while it is not known who that is.
    pub(super) fn of(context: &LaunchContext) -> Self {
        let role = role_of(&context.granted);
        let memory = Self {
            role,
            kept: RefCell::default(),
        };
        if context.identity.is_none() {
            memory.open(key(role, &context.fhir_base, None));
        }
        memory
    }

    /// What the user may do.
    pub(super) fn role(&self) -> Role {
        self.role
    }

    /// The stable name of what the user may do.
    pub(super) const fn role_id(&self) -> &'static str {
        id_of(self.role)
    }

    fn density(&self) -> Density {
        self.kept.borrow().preferences.density.unwrap_or_default()
    }

    /// The language: the user's own, else the launch's, else the browser's, else bokmål.
    pub(super) fn lang(&self, launch_locale: Option<&str>) -> Lang {
        let own = self.kept.borrow().preferences.lang;
        own.or_else(|| launch_locale.and_then(Lang::from_tag))
            .unwrap_or_else(|| first_spoken(&page::languages()))
    }

    /// The period to open with.
    pub(super) fn choice(&self) -> PeriodChoice {
        let days = self.kept.borrow().preferences.days;
        days.map_or_else(PeriodChoice::default, PeriodChoice::LastDays)
    }

    /// The user's choice and order of parameters.
    pub(super) fn arrangement(&self) -> Rc<Arrangement> {
        let arrangement = self.kept.borrow().preferences.arrangement.clone();
        Rc::new(arrangement.unwrap_or_default())
    }

    /// Where something else of the same user in the same role is kept; `None` while it is not known who that is.
    pub(super) fn place(&self, what: &str) -> Option<String> {
        let kept = self.kept.borrow();
        let (start, place) = kept.key.as_deref()?.split_once("preferences")?;
        Some(format!("{start}{what}{place}"))
    }

    /// It is known where the choices are kept. What was chosen in this launch goes before what is there.
    fn open(&self, key: String) {
        let remembered = storage::read(&key).map(|text| Preferences::parse(&text));
        let mut kept = self.kept.borrow_mut();
        kept.preferences = kept.chosen.clone().or(remembered.unwrap_or_default());
        if kept.chosen != Preferences::default() {
            storage::write(&key, &kept.preferences.to_text());
        }
        kept.key = Some(key);
    }

    /// The same where the server keeps them.
    fn open_at_server(&self, key: String, remembered: Preferences) {
        let mut kept = self.kept.borrow_mut();
        kept.preferences = kept.chosen.clone().or(remembered);
        kept.key = Some(key);
        kept.is_at_server = true;
    }

    /// Where the choices are kept.
    fn keeper(&self) -> Keeper {
        let kept = self.kept.borrow();
        match &kept.key {
            _ if kept.is_at_server => Keeper::Server,
            Some(_) if storage::works() => Keeper::Browser,
            _ => Keeper::Page,
        }
    }

    /// All choices as a text; `None` where nothing was chosen.
    pub(super) fn text(&self) -> Option<String> {
        let preferences = &self.kept.borrow().preferences;
        (*preferences != Preferences::default()).then(|| preferences.to_text())
    }

    /// Nothing is chosen.
    fn reset(&self) {
        let mut kept = self.kept.borrow_mut();
        kept.chosen = Preferences::default();
        kept.preferences = Preferences::default();
        if let Some(key) = &kept.key {
            storage::remove(key);
        }
    }

    fn choose(&self, chosen: Preferences) {
        let mut kept = self.kept.borrow_mut();
        kept.chosen = chosen.clone().or(std::mem::take(&mut kept.chosen));
        kept.preferences = chosen.or(std::mem::take(&mut kept.preferences));
        if let Some(key) = kept.key.as_ref().filter(|_| !kept.is_at_server) {
            storage::write(key, &kept.preferences.to_text());
        }
    }
}

impl Session {
    /// It is known who the user is, or that nobody says so: what was remembered of them is shown. Returns
    /// the period that is to be shown in place of the one on screen.
    pub(super) async fn recall(&self, user: Option<&User>) -> Option<PeriodChoice> {
        let context = self.client.context();
        let subject = user.map(|user| &*user.subject);
        let key = key(self.memory.role, &context.fhir_base, subject);
        let at_server = match user {
            Some(user) => in_time(SERVER_LIMIT_MS, self.recall_at_server(user))
                .await
                .flatten(),
            None => None,
        };
        match at_server {
            Some(kept) => self.memory.open_at_server(key, kept),
            None => self.memory.open(key),
        }
        self.show_choices();
        self.recall_seen();
        let (choice, shown) = (self.memory.choice(), self.collected.borrow().choice);
        let chosen_already = matches!(shown, PeriodChoice::Between { .. });
        (choice != shown && !chosen_already).then_some(choice)
    }

    fn show_choices(&self) {
        let lang = self.memory.lang(self.client.context().locale.as_deref());
        self.dispatch.emit(Action::Language(lang));
        self.dispatch.emit(Action::Arranged(self.memory.arrangement()));
        self.show_settings();
    }

    fn show_settings(&self) {
        self.dispatch.emit(Action::Settings(Settings {
            density: self.memory.density(),
            keeper: self.memory.keeper(),
            text: self.memory.text().unwrap_or_default().into(),
        }));
    }

    fn remember(&self, chosen: Preferences) {
        self.memory.choose(chosen);
        self.show_settings();
        spawn_local({
            let session = self.clone();
            async move { session.keep_at_server().await }
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

    /// Nothing is remembered any more.
    pub(super) fn forget_choices(&self) {
        self.memory.reset();
        self.remember(Preferences::default());
        self.show_choices();
    }
}

/// The first language that the viewer speaks.
pub(crate) fn first_spoken(tags: &[String]) -> Lang {
    tags.iter()
        .find_map(|tag| Lang::from_tag(tag))
        .unwrap_or_default()
}

const fn id_of(role: Role) -> &'static str {
    match role {
        Role::Reader => "reader",
        Role::Suggester => "suggester",
        Role::Editor => "editor",
    }
}

/// Where the choices of one user in one role are kept. Neither issuer nor user can be read from it.
fn key(role: Role, issuer: &str, user: Option<&str>) -> String {
    let role = id_of(role);
    let mut hash = Sha256::new();
    hash.update(issuer);
    hash.update([0]);
    hash.update(user.unwrap_or_default());
    let digest: String = hash
        .finalize()
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("dho:preferences:{role}:{digest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_user_at_each_host_in_each_role_has_a_place_of_their_own() {
        let keys = [
            key(Role::Reader, "https://a.example/fhir", None),
            key(Role::Editor, "https://a.example/fhir", None),
            key(Role::Reader, "https://b.example/fhir", None),
            key(Role::Reader, "https://a.example/fhir", Some("anna")),
            key(Role::Reader, "https://a.example/fhir", Some("berit")),
            key(Role::Reader, "https://a.example/fhiranna", None),
        ];
        for (index, one) in keys.iter().enumerate() {
            assert!(!keys.iter().skip(index + 1).any(|other| other == one), "{one}");
            assert!(!one.contains("example") && !one.contains("anna"), "{one}");
        }
    }

    #[test]
    fn the_first_language_that_is_spoken_counts() {
        for (tags, lang) in [
            (&[][..], Lang::Bokmal),
            (&["se", "nn-NO", "nb"][..], Lang::Nynorsk),
            (&["de", "en-US"][..], Lang::English),
            (&["fr"][..], Lang::Bokmal),
        ] {
            let tags: Vec<String> = tags.iter().map(|tag| (*tag).to_owned()).collect();
            assert_eq!(first_spoken(&tags), lang, "{tags:?}");
        }
    }
}
