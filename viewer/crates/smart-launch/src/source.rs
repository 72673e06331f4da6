//! The FHIR bases that resources are read from beside the issuer, and which token may go where. How a source's own
//! token is had is in `entering`.

use crate::address::Address;
use crate::hosts::{SearchConfig, without_trailing_slash};
use crate::redacted::Redacted;
use crate::scopes::GrantedScopes;
use crate::tokens::Tokens;
use oauth2::url::form_urlencoded;
use oauth2::{AccessToken, ClientId, Scope};

/// A FHIR base beside the issuer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What it is called in the program; unique among the sources.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Without trailing slash.
    pub fhir_base: String,
    /// How it is entered.
    pub entry: Entry,
    /// Types of resources that it is asked for; empty: all that the issuer is asked for.
    pub kinds: Vec<String>,
    /// The plan is here; the issuer is asked only where the patient is not known here.
    pub plan_home: bool,
    /// How to search there.
    pub search: SearchConfig,
}

/// How a source is entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// With the launch's token.
    Launch,
    /// With a token that is given for the launch's (RFC 8693).
    Exchange {
        /// Absolute.
        token_endpoint: String,
        /// The viewer there.
        registration: Registration,
    },
    /// With an authorization of its own.
    Own(Registration),
}

/// The viewer's registration at a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    /// Public, as at the issuer.
    pub client_id: ClientId,
    /// To ask for.
    pub scopes: Vec<Scope>,
}

/// The profile's sources, and the issuer's associated endpoints that are not among them, nor the issuer itself, nor only
/// the place of the apps' settings.
pub(crate) fn joined(
    iss: &str,
    configured: Vec<Source>,
    associated: &[String],
    app_state: Option<&str>,
) -> Vec<Source> {
    let mut sources = configured;
    for base in associated {
        let base = without_trailing_slash(base);
        let Some(address) = Address::parse(base) else {
            continue;
        };
        let is_this = |other: &str| Address::parse(other).is_some_and(|other| is_at(&other, &address));
        let is_known = sources.iter().any(|source| is_this(&source.fhir_base))
            || std::iter::once(iss).chain(app_state).any(is_this);
        if is_known {
            continue;
        }
        // Of several at one server the path tells which is which.
        let is_at_host =
            |other: &str| Address::parse(other).is_some_and(|other| other.host() == address.host());
        let is_alone = !is_at_host(iss)
            && associated
                .iter()
                .map(String::as_str)
                .chain(sources.iter().map(|source| &*source.fhir_base))
                .filter(|other| without_trailing_slash(other) != base)
                .all(|other| !is_at_host(other));
        let whole = base.split_once("://").map_or(base, |(_, rest)| rest);
        sources.push(Source {
            id: base.to_owned(),
            name: if is_alone { address.host() } else { whole }.to_owned(),
            fhir_base: base.to_owned(),
            entry: Entry::Launch,
            kinds: Vec::new(),
            plan_home: false,
            search: SearchConfig::default(),
        });
    }
    sources
}

/// The same place, however it is written.
fn is_at(one: &Address, other: &Address) -> bool {
    without_trailing_slash(one.as_str()) == without_trailing_slash(other.as_str())
}

impl Source {
    /// Host name, with its port where it has one: for messages.
    pub fn host(&self) -> String {
        crate::error::host_of(&self.fhir_base)
    }

    /// Whether it is asked for this type of resource.
    pub fn has_kind(&self, resource_type: &str) -> bool {
        self.kinds.is_empty() || self.kinds.iter().any(|kind| kind == resource_type)
    }

    /// Whether an address lies at or below this base: then its token, and no other's, may go there.
    pub fn holds(&self, address: &str) -> bool {
        is_below(&self.fhir_base, address)
    }

    /// The search for whom the launch is about: patients have other ids at other sources.
    pub fn patient_search(&self, system: &str, number: &str) -> PatientSearch {
        let identifier = form_urlencoded::Serializer::new(String::new())
            .append_pair("identifier", &format!("{system}|{number}"))
            .finish();
        let base = &self.fhir_base;
        if self.search.post {
            PatientSearch {
                address: Redacted(format!("{base}/Patient/_search")),
                form: Some(Redacted(identifier)),
            }
        } else {
            PatientSearch {
                address: Redacted(format!("{base}/Patient?{identifier}")),
                form: None,
            }
        }
    }
}

/// A search for a patient by identity number, which may not stand in any log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatientSearch {
    /// Absolute.
    pub address: Redacted<String>,
    /// To be posted as a form, where the source wants no number in an address; else the address is fetched.
    pub form: Option<Redacted<String>>,
}

/// What a source has given: a token for its own base, and for nothing else.
#[derive(Debug, Clone)]
pub struct SourceGrant {
    pub(crate) fhir_base: String,
    pub(crate) tokens: Tokens,
    pub(crate) granted: GrantedScopes,
    pub(crate) patient_id: Option<String>,
}

impl SourceGrant {
    /// The token for an address, if it lies at or below the base that it was issued for.
    pub fn token_for(&self, address: &str) -> Option<&AccessToken> {
        is_below(&self.fhir_base, address).then(|| self.tokens.access())
    }

    /// The token over time; what was given in exchange is exchanged for anew instead of renewed.
    pub fn tokens(&self) -> &Tokens {
        &self.tokens
    }

    /// The token over time, for whoever renews it.
    pub fn into_tokens(self) -> Tokens {
        self.tokens
    }

    /// What the token allows.
    pub fn granted(&self) -> &GrantedScopes {
        &self.granted
    }

    /// Whom the source says the token is for, by its own id. Nobody has checked yet that this is the patient of the
    /// launch.
    pub fn patient_id(&self) -> Option<&str> {
        self.patient_id.as_deref()
    }
}

/// At a base, or below it: of the same origin, and the path goes on at a border.
pub(crate) fn is_below(base: &str, address: &str) -> bool {
    let (Some(base), Some(address)) = (Address::parse(base), Address::parse(address)) else {
        return false;
    };
    match address
        .as_str()
        .strip_prefix(without_trailing_slash(base.as_str()))
    {
        Some(rest) => rest.is_empty() || rest.starts_with(['/', '?', '#']),
        None => false,
    }
}

#[cfg(test)]
mod tests;
