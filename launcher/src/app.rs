//! What all handlers share: the addresses of the two sites, users, sessions and where the data comes from.

use std::collections::HashMap;
use std::sync::Arc;

use axum::http::{HeaderMap, header};

use crate::app_state::AppState;
use crate::auth::id_token::Signer;
use crate::auth::sessions::Sessions;
use crate::faults::Faults;
use crate::fhir::store::Store;
use crate::habits::{Habit, Habits};
use crate::hub::Hub;
use crate::log::RequestLog;
use crate::sources::Sources;
use crate::upstream::Upstream;

/// Addresses of this launcher, known once the ports are.
#[derive(Clone, Debug)]
pub(crate) struct Urls {
    /// Origin of the journal, such as `http://127.0.0.1:8480`.
    pub(crate) journal: String,
    /// Origin of the viewer, such as `http://localhost:8481`.
    pub(crate) viewer: String,
    /// The same journal as `localhost`: of one site with the viewer.
    pub(crate) same_site: String,
    /// The FHIR base, issuer and audience, without a slash at its end.
    pub(crate) fhir: String,
    /// What this server calls itself: the FHIR base, by habit with a slash.
    pub(crate) issuer: String,
}

impl Urls {
    pub(crate) fn new(port: u16, viewer_port: u16, habits: &Habits) -> Self {
        let journal = format!("http://127.0.0.1:{port}");
        let slash = if habits.has(Habit::IssSlash) { "/" } else { "" };
        Self {
            fhir: format!("{journal}/fhir"),
            issuer: format!("{journal}/fhir{slash}"),
            same_site: format!("http://localhost:{port}"),
            journal,
            viewer: format!("http://localhost:{viewer_port}"),
        }
    }
}

impl Urls {
    /// Under which of its origins the journal was asked.
    pub(crate) fn origin_asked(&self, headers: &HeaderMap) -> &str {
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
        match self.same_site.strip_prefix("http://") {
            Some(same_site) if host == Some(same_site) => &self.same_site,
            _ => &self.journal,
        }
    }

    /// For `frame-ancestors`: who may hold the viewer and what it opens.
    pub(crate) fn embedders(&self) -> String {
        format!("{} {}", self.journal, self.same_site)
    }
}

#[derive(Debug)]
pub(crate) enum Backend {
    Store(Arc<Store>),
    Upstream(Upstream),
}

#[derive(Debug)]
pub(crate) struct App {
    pub(crate) urls: Urls,
    pub(crate) sessions: Sessions,
    pub(crate) signer: Signer,
    pub(crate) backend: Backend,
    pub(crate) faults: Faults,
    pub(crate) habits: Habits,
    pub(crate) hub: Hub,
    pub(crate) sources: Sources,
    pub(crate) app_state: AppState,
    pub(crate) log: RequestLog,
    /// A few words on patients of whom more is known than their data says, by id.
    pub(crate) titles: HashMap<String, String>,
}
