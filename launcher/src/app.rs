//! What all handlers share: the addresses of the two sites, users, sessions and where the data comes from.

use std::collections::HashMap;
use std::sync::Arc;

use crate::auth::id_token::Signer;
use crate::auth::sessions::Sessions;
use crate::fhir::store::Store;
use crate::upstream::Upstream;

/// Addresses of this launcher, known once the ports are.
#[derive(Clone, Debug)]
pub(crate) struct Urls {
    /// Origin of the journal, such as `http://127.0.0.1:8480`.
    pub(crate) journal: String,
    /// Origin of the viewer, such as `http://localhost:8481`.
    pub(crate) viewer: String,
    /// The FHIR base, issuer and audience, without a slash at its end.
    pub(crate) fhir: String,
}

impl Urls {
    pub(crate) fn new(port: u16, viewer_port: u16) -> Self {
        let journal = format!("http://127.0.0.1:{port}");
        Self {
            fhir: format!("{journal}/fhir"),
            journal,
            viewer: format!("http://localhost:{viewer_port}"),
        }
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
    /// A few words on patients of whom more is known than their data says, by id.
    pub(crate) titles: HashMap<String, String>,
}
