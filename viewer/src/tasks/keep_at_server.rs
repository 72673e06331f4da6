//! Keeps the user's own choices at the launch's server, where it offers that (SMART App State): then they are the same at
//! every workplace. What a state is, and how it is asked for and written, is `fhir_read`'s. Losing it never matters.

use std::cell::{Cell, RefCell};

use fhir_read::{AppState, read_state, state_search, write_state};
use smart_launch::{Access, User};

use super::session::Session;
use crate::browser::http::HttpRequest;
use crate::state::Preferences;

/// What is kept there of the user of this launch.
#[derive(Debug, Default)]
pub(super) struct AtServer {
    /// Base and user, once what is there has been read.
    place: RefCell<Option<(String, String)>>,
    there: RefCell<Option<AppState>>,
    is_writing: Cell<bool>,
    is_changed: Cell<bool>,
}

impl AtServer {
    /// The server keeps the choices: this browser need not.
    pub(super) fn is_open(&self) -> bool {
        self.place.borrow().is_some()
    }
}

impl Session {
    /// What the server has of this user's choices; `None` where it keeps none, or cannot be asked.
    pub(super) async fn recall_at_server(&self, user: &User) -> Option<Preferences> {
        let context = self.client.context();
        let base = context.app_state.clone()?;
        let granted = &context.granted;
        if !granted.allows("Basic", Access::Search) || !granted.allows("Basic", Access::Create) {
            return None;
        }
        let own = user.fhir_user.as_deref()?;
        let user = if own.contains("://") {
            own.to_owned()
        } else {
            format!("{}/{own}", context.fhir_base)
        };
        let page = self.client.get(&state_search(&base, &user)).await.ok()?;
        let there = read_state(&page, &user).ok()?;
        let text = there.as_ref().and_then(|there| there.text(self.memory.role_id()));
        let kept = text.map(Preferences::parse);
        *self.at_server.there.borrow_mut() = there;
        *self.at_server.place.borrow_mut() = Some((base, user));
        Some(kept.unwrap_or_default())
    }

    /// Keeps the choices as they are now; those that are made meanwhile are kept after these. `false` if the server, which
    /// kept them until now, does not do so any more.
    pub(super) async fn keep_at_server(&self) -> bool {
        let at = &self.at_server;
        at.is_changed.set(true);
        if !at.is_open() || at.is_writing.replace(true) {
            return true;
        }
        let mut is_kept = true;
        while is_kept && at.is_changed.replace(false) {
            is_kept = self.write_choices().await || self.write_over_newer().await;
        }
        at.is_writing.set(false);
        if !is_kept {
            at.place.take();
        }
        is_kept
    }

    /// The same user may have changed them at another workplace: what was chosen here goes before what is there now.
    async fn write_over_newer(&self) -> bool {
        if !self.read_again().await {
            return false;
        }
        let there = {
            let there = self.at_server.there.borrow();
            let text = there.as_ref().and_then(|there| there.text(self.memory.role_id()));
            text.map(Preferences::parse).unwrap_or_default()
        };
        self.take_along(there).await;
        self.write_choices().await
    }

    /// Whether they are kept now, or need not be.
    async fn write_choices(&self) -> bool {
        let Some((base, user)) = self.at_server.place.borrow().clone() else {
            return true;
        };
        let text = self.memory.text();
        let role = self.memory.role_id();
        let (request, is_there) = {
            let there = self.at_server.there.borrow();
            let kept = there.as_ref().and_then(|there| there.text(role));
            let is_there = kept == text.as_deref();
            (
                write_state(there.as_ref(), &user, role, text.as_deref()),
                is_there,
            )
        };
        let Some(request) = request else { return is_there };
        let address = format!("{base}/{}", request.path);
        let http = || {
            let body = request.body.clone();
            let sent = HttpRequest::with_body(request.method, &address, "application/fhir+json", body);
            match &request.if_match {
                Some(version) => sent.header("If-Match", version),
                None => sent,
            }
        };
        let answer = self.client.write_once(&http, &address).await;
        let is_kept = answer.is_ok_and(|answer| (200..300).contains(&answer.status));
        // The version that it has now is known only from the server.
        is_kept && self.read_again().await
    }

    async fn read_again(&self) -> bool {
        let Some((base, user)) = self.at_server.place.borrow().clone() else {
            return false;
        };
        let page = self.client.get(&state_search(&base, &user)).await;
        let Some(there) = page.ok().and_then(|page| read_state(&page, &user).ok()) else {
            return false;
        };
        *self.at_server.there.borrow_mut() = there;
        true
    }
}
