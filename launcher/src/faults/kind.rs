//! The kinds of requests that faults are set for, as an address tells them.

use serde::{Deserialize, Serialize};

use crate::fhir::types::is_resource_type;
use crate::{app_state, plans, sources};

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) enum RequestKind {
    Authorize,
    Token,
    Jwks,
    Discovery,
    Metadata,
    /// A transaction or batch.
    Transaction,
    /// The plan service that is not FHIR.
    Plans,
    /// Everything below `/fhir/<type>`.
    Resource(String),
    Any,
}

const NAMED: [(&str, RequestKind); 8] = [
    ("authorize", RequestKind::Authorize),
    ("token", RequestKind::Token),
    ("jwks", RequestKind::Jwks),
    ("discovery", RequestKind::Discovery),
    ("metadata", RequestKind::Metadata),
    ("transaction", RequestKind::Transaction),
    ("plans", RequestKind::Plans),
    ("any", RequestKind::Any),
];

impl RequestKind {
    /// `None` for what no fault is set for. Of a source it is what it would be of the journal.
    pub(crate) fn of(path: &str) -> Option<Self> {
        let path = sources::id_in(path).map_or(path, |(_, rest)| rest);
        if let Some(rest) = path.strip_prefix(app_state::PATH) {
            let rtype = rest.trim_matches('/').split('/').next()?;
            return Some(Self::Resource(rtype.to_owned()));
        }
        if let Some(endpoint) = path.strip_prefix("/auth/") {
            return match endpoint {
                "authorize" => Some(Self::Authorize),
                "token" => Some(Self::Token),
                "jwks" => Some(Self::Jwks),
                _ => None,
            };
        }
        if path.starts_with(plans::PATH) {
            return Some(Self::Plans);
        }
        let below = path.strip_prefix("/fhir")?.trim_matches('/');
        match below.split('/').next().unwrap_or_default() {
            "" => Some(Self::Transaction),
            "metadata" => Some(Self::Metadata),
            ".well-known" => Some(Self::Discovery),
            rtype => Some(Self::Resource(rtype.to_owned())),
        }
    }
}

impl TryFrom<String> for RequestKind {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        match NAMED.iter().find(|(known, _)| *known == name) {
            Some((_, kind)) => Ok(kind.clone()),
            None if is_resource_type(&name) => Ok(Self::Resource(name)),
            None => Err(format!("{name} is neither a kind of request nor a resource type")),
        }
    }
}

impl From<RequestKind> for String {
    fn from(kind: RequestKind) -> Self {
        match kind {
            RequestKind::Resource(rtype) => rtype,
            kind => NAMED
                .iter()
                .find(|(_, known)| *known == kind)
                .map_or_else(Self::new, |(name, _)| (*name).to_owned()),
        }
    }
}
