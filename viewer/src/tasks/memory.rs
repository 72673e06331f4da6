//! What is remembered of one user's choices, and whether it is written in this browser. When that happens is decided in
//! `remember`, what a server keeps in `keep_at_server`.

use std::cell::RefCell;
use std::rc::Rc;

use chart_model::PeriodChoice;
use sha2::{Digest, Sha256};
use smart_launch::{Access, GrantedScopes, LaunchContext};

use crate::browser::{page, preferences as storage};
use crate::state::{Arrangement, Density, Keeper, Preferences, Role, Topic};
use crate::text::Lang;

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

    pub(super) fn density(&self) -> Density {
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

    /// The kinds of events that stand on the time axis.
    pub(super) fn events(&self) -> Vec<Topic> {
        self.kept.borrow().preferences.events.clone().unwrap_or_default()
    }

    /// Where something else of the same user in the same role is kept; `None` while it is not known who that is.
    pub(super) fn place(&self, what: &str) -> Option<String> {
        let kept = self.kept.borrow();
        let (start, place) = kept.key.as_deref()?.split_once("preferences")?;
        Some(format!("{start}{what}{place}"))
    }

    /// It is known where the choices are kept. What was chosen in this launch goes before what is there.
    pub(super) fn open(&self, key: String) {
        let remembered = storage::read(&key).map(|text| Preferences::parse(&text));
        let mut kept = self.kept.borrow_mut();
        kept.preferences = kept.chosen.clone().or(remembered.unwrap_or_default());
        if kept.chosen != Preferences::default() {
            storage::write(&key, &kept.preferences.to_text());
        }
        kept.key = Some(key);
    }

    /// The same where the server keeps them. Returns whether it is to be told something.
    pub(super) fn open_at_server(&self, key: String, remembered: Preferences) -> bool {
        let mut kept = self.kept.borrow_mut();
        kept.preferences = kept.chosen.clone().or(remembered);
        kept.key = Some(key);
        kept.is_at_server = true;
        kept.chosen != Preferences::default()
    }

    /// Somewhere else the same user has chosen this meanwhile. Who forgot everything wants none of it.
    pub(super) fn join(&self, meanwhile: Preferences) {
        let mut kept = self.kept.borrow_mut();
        if kept.preferences != Preferences::default() {
            kept.preferences = kept.chosen.clone().or(meanwhile);
        }
    }

    /// The server keeps them no longer: this browser does from now on.
    pub(super) fn leave_server(&self) {
        let mut kept = self.kept.borrow_mut();
        kept.is_at_server = false;
        kept.write();
    }

    /// Where the choices are kept.
    pub(super) fn keeper(&self) -> Keeper {
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
    pub(super) fn reset(&self) {
        let mut kept = self.kept.borrow_mut();
        kept.chosen = Preferences::default();
        kept.preferences = Preferences::default();
        if let Some(key) = &kept.key {
            storage::remove(key);
        }
    }

    pub(super) fn choose(&self, chosen: Preferences) {
        let mut kept = self.kept.borrow_mut();
        kept.chosen = chosen.clone().or(std::mem::take(&mut kept.chosen));
        kept.preferences = chosen.or(std::mem::take(&mut kept.preferences));
        if !kept.is_at_server {
            kept.write();
        }
    }
}

impl Kept {
    /// Keeps them in this browser, where there are any and it is known where.
    fn write(&self) {
        if let Some(key) = self
            .key
            .as_ref()
            .filter(|_| self.preferences != Preferences::default())
        {
            storage::write(key, &self.preferences.to_text());
        }
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
pub(super) fn key(role: Role, issuer: &str, user: Option<&str>) -> String {
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
