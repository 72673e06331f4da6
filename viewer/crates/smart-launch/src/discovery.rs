//! Where the authorization server is: the SMART configuration document, the older CapabilityStatement
//! extension, or the host's static configuration. Fetches nothing itself.

use crate::address::Address;
use crate::error::{Fault, LaunchErrorKind, fault};
use lenient_json::Json;

/// The authorization server's addresses, all absolute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoints {
    pub(crate) authorize: Address,
    pub(crate) token: Address,
    /// The server's own name for itself, which RFC 9207 callbacks repeat.
    pub(crate) issuer: Option<String>,
    /// The server promises `iss` in every callback.
    pub(crate) callback_has_issuer: bool,
    /// The server's public keys, by which an id_token is verified.
    pub(crate) jwks: Option<String>,
    /// Further FHIR bases that take the same token.
    pub(crate) associated: Vec<String>,
    /// The base at which apps keep their settings.
    pub(crate) app_state: Option<String>,
}

/// `{iss}/.well-known/smart-configuration`.
pub(crate) fn well_known_address(iss: &str) -> String {
    format!("{iss}/.well-known/smart-configuration")
}

/// `{iss}/metadata`: the CapabilityStatement.
pub(crate) fn capability_address(iss: &str) -> String {
    format!("{iss}/metadata")
}

impl Endpoints {
    /// Endpoints from the host's configuration; an error names the field and what is wrong with it.
    pub(crate) fn configured(
        iss: &str,
        authorize: &str,
        token: &str,
        jwks: Option<&str>,
        issuer: Option<&str>,
    ) -> Result<Self, (&'static str, &'static str)> {
        let resolve = |field, address| endpoint(iss, address).map_err(|why| (field, why));
        let jwks = jwks.map(|jwks| resolve("jwks", jwks)).transpose()?;
        Ok(Self {
            authorize: resolve("authorize", authorize)?,
            token: resolve("token", token)?,
            issuer: issuer.map(str::to_owned),
            callback_has_issuer: false,
            jwks: jwks.map(String::from),
            associated: Vec::new(),
            app_state: None,
        })
    }

    /// What was discovered, with the configured issuer and keys where it says nothing of them.
    pub(crate) fn completed(self, configured: &Self) -> Self {
        Self {
            issuer: self.issuer.or_else(|| configured.issuer.clone()),
            jwks: self.jwks.or_else(|| configured.jwks.clone()),
            ..self
        }
    }

    /// The SMART configuration document.
    pub(crate) fn from_well_known(iss: &str, body: &[u8]) -> Result<Self, Fault> {
        let document = json_object(body)?;
        Ok(Self {
            authorize: required(
                iss,
                "authorization_endpoint",
                text(&document, "authorization_endpoint"),
            )?,
            token: required(iss, "token_endpoint", text(&document, "token_endpoint"))?,
            issuer: text(&document, "issuer").map(str::to_owned),
            callback_has_issuer: document
                .get("authorization_response_iss_parameter_supported")
                .flag()
                == Some(true),
            // Without usable keys the launch goes on, without the user's name.
            jwks: text(&document, "jwks_uri")
                .and_then(|address| endpoint(iss, address).ok())
                .map(String::from),
            associated: associated_endpoints(iss, &document)
                .map(|(base, _)| base)
                .collect(),
            app_state: app_state(iss, &document),
        })
    }

    /// The `oauth-uris` extension of a CapabilityStatement.
    pub(crate) fn from_capability_statement(iss: &str, body: &[u8]) -> Result<Self, Fault> {
        const OAUTH_URIS: &str = "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris";
        let statement = json_object(body)?;
        let mut servers = statement.get("rest").items().iter();
        let uris = servers.find_map(|rest| extension(rest.get("security"), OAUTH_URIS));
        let uri = |name: &str| extension(uris?, name)?.get("valueUri").as_str();
        Ok(Self {
            authorize: required(iss, "oauth-uris.authorize", uri("authorize"))?,
            token: required(iss, "oauth-uris.token", uri("token"))?,
            issuer: None,
            callback_has_issuer: false,
            jwks: None,
            associated: Vec::new(),
            app_state: None,
        })
    }
}

/// The extension of a FHIR element that has this name.
fn extension<'a>(element: &'a Json, url: &str) -> Option<&'a Json> {
    let mut extensions = element.get("extension").items().iter();
    extensions.find(|extension| extension.get("url").as_str() == Some(url))
}

/// A JSON object, or why the bytes are none. The content is never quoted: it could hold a token.
pub(crate) fn json_object(body: &[u8]) -> Result<Json, Fault> {
    match Json::parse(body) {
        Some(object @ Json::Object(_)) => Ok(object),
        Some(_) => Err(fault(LaunchErrorKind::NotJson, "JSON, but not an object")),
        None if body.trim_ascii_start().starts_with(b"<") => {
            Err(fault(LaunchErrorKind::NotJson, "the answer is HTML or XML"))
        }
        None => Err(fault(
            LaunchErrorKind::NotJson,
            format!("{} bytes that are not JSON", body.len()),
        )),
    }
}

/// A text field that is there and not empty.
pub(crate) fn text<'a>(object: &'a Json, field: &str) -> Option<&'a str> {
    object.get(field).as_str().filter(|text| !text.is_empty())
}

/// An absolute http or https address with a host.
pub(crate) fn web_address(address: &str) -> Result<Address, &'static str> {
    Address::parse(address)
        .filter(|address| matches!(address.scheme(), "http" | "https"))
        .ok_or("must be an absolute http(s) address")
}

fn required(iss: &str, field: &'static str, address: Option<&str>) -> Result<Address, Fault> {
    let address = address.ok_or_else(|| fault(LaunchErrorKind::FieldMissing(field), ""))?;
    endpoint(iss, address).map_err(|why| fault(LaunchErrorKind::FieldInvalid(field), why))
}

/// An endpoint, relative ones taken from the FHIR base; its query is kept. An endpoint of an https host
/// must be https itself, and never another scheme: the viewer navigates to it.
pub(crate) fn endpoint(iss: &str, address: &str) -> Result<Address, &'static str> {
    let base = web_address(&format!("{iss}/"))?;
    let found = base.join(address).ok_or("is not an address")?;
    match (base.scheme(), found.scheme()) {
        (_, "https") | ("http", "http") => Ok(found),
        ("https", _) => Err("must be https as the FHIR base is"),
        _ => Err("must be an http(s) address"),
    }
}

/// Each with what is said of it.
fn associated_endpoints<'a>(iss: &str, document: &'a Json) -> impl Iterator<Item = (String, &'a Json)> {
    let listed = document.get("associated_endpoints").items().iter();
    listed.filter_map(move |entry| Some((base(iss, text(entry, "url")?)?, entry)))
}

fn base(iss: &str, address: &str) -> Option<String> {
    let address = endpoint(iss, address).ok()?;
    Some(address.as_str().trim_end_matches('/').to_owned())
}

/// SMART App State: at an associated endpoint, at the older field's, or at the FHIR base itself.
fn app_state(iss: &str, document: &Json) -> Option<String> {
    let is_capable = |place: &Json| {
        let mut capabilities = place.get("capabilities").items().iter();
        capabilities.any(|capability| capability.as_str() == Some("smart-app-state"))
    };
    let mut associated = associated_endpoints(iss, document);
    associated
        .find(|(_, entry)| is_capable(entry))
        .map(|(base, _)| base)
        .or_else(|| base(iss, text(document, "smart_app_state_endpoint")?))
        .or_else(|| is_capable(document).then(|| iss.to_owned()))
}
