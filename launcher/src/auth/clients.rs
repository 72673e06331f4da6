//! The registered apps. Redirect URIs are compared whole.

use crate::app::Urls;

#[derive(Debug)]
pub(crate) struct Client {
    pub(crate) id: &'static str,
    pub(crate) redirect_uri: String,
}

/// The client of that id, if one is registered.
pub(crate) fn client(urls: &Urls, id: &str) -> Option<Client> {
    (id == "dho-viewer").then(|| Client {
        id: "dho-viewer",
        redirect_uri: format!("{}/", urls.viewer),
    })
}
