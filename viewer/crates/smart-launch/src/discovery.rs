//! Where the authorization server is: the SMART configuration document, the older CapabilityStatement
//! extension, or the host's static configuration. Fetches nothing itself.

use crate::error::{Fault, LaunchErrorKind, fault};
use oauth2::url::Url;
use oauth2::{AuthUrl, TokenUrl};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The authorization server's addresses, all absolute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Endpoints {
    pub(crate) authorize: AuthUrl,
    pub(crate) token: TokenUrl,
    /// The server's own name for itself, which RFC 9207 callbacks repeat.
    pub(crate) issuer: Option<String>,
    /// The server promises `iss` in every callback.
    pub(crate) callback_has_issuer: bool,
    /// The server's public keys, by which an id_token is verified.
    pub(crate) jwks: Option<String>,
    /// Further FHIR bases that take the same token.
    pub(crate) associated: Vec<String>,
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
            authorize: AuthUrl::from_url(resolve("authorize", authorize)?),
            token: TokenUrl::from_url(resolve("token", token)?),
            issuer: issuer.map(str::to_owned),
            callback_has_issuer: false,
            jwks: jwks.map(String::from),
            associated: Vec::new(),
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
            authorize: AuthUrl::from_url(required(
                iss,
                "authorization_endpoint",
                text(&document, "authorization_endpoint"),
            )?),
            token: TokenUrl::from_url(required(
                iss,
                "token_endpoint",
                text(&document, "token_endpoint"),
            )?),
            issuer: text(&document, "issuer").map(str::to_owned),
            callback_has_issuer: document.get("authorization_response_iss_parameter_supported")
                == Some(&Value::Bool(true)),
            // Without usable keys the launch goes on, without the user's name.
            jwks: text(&document, "jwks_uri")
                .and_then(|address| endpoint(iss, address).ok())
                .map(String::from),
            associated: associated_endpoints(iss, &document),
        })
    }

    /// The `oauth-uris` extension of a CapabilityStatement.
    pub(crate) fn from_capability_statement(iss: &str, body: &[u8]) -> Result<Self, Fault> {
        const OAUTH_URIS: &str = "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris";
        let statement = json_object(body)?;
        let extensions = |value: &Value| value.get("extension").and_then(Value::as_array).cloned();
        let uris: Vec<Value> = statement
            .get("rest")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(|rest| extensions(rest.get("security")?))
            .flatten()
            .filter(|extension| extension.get("url").and_then(Value::as_str) == Some(OAUTH_URIS))
            .filter_map(|extension| extensions(&extension))
            .flatten()
            .collect();
        let uri = |name: &str| {
            let found = uris
                .iter()
                .find(|uri| uri.get("url").and_then(Value::as_str) == Some(name))?;
            found.get("valueUri").and_then(Value::as_str)
        };
        Ok(Self {
            authorize: AuthUrl::from_url(required(iss, "oauth-uris.authorize", uri("authorize"))?),
            token: TokenUrl::from_url(required(iss, "oauth-uris.token", uri("token"))?),
            issuer: None,
            callback_has_issuer: false,
            jwks: None,
            associated: Vec::new(),
        })
    }
}

/// A JSON object, or why the bytes are none. The content is never quoted: it could hold a token.
pub(crate) fn json_object(body: &[u8]) -> Result<Value, Fault> {
    match serde_json::from_slice(body) {
        Ok(object @ Value::Object(_)) => Ok(object),
        Ok(_) => Err(fault(LaunchErrorKind::NotJson, "JSON, but not an object")),
        Err(_) if body.trim_ascii_start().starts_with(b"<") => {
            Err(fault(LaunchErrorKind::NotJson, "the answer is HTML or XML"))
        }
        Err(error) => Err(fault(
            LaunchErrorKind::NotJson,
            format!("{} bytes: {error}", body.len()),
        )),
    }
}

/// A text field that is there and not empty.
pub(crate) fn text<'a>(object: &'a Value, field: &str) -> Option<&'a str> {
    object
        .get(field)
        .and_then(Value::as_str)
        .filter(|text| !text.is_empty())
}

/// An absolute http or https address with a host.
pub(crate) fn web_address(address: &str) -> Result<Url, &'static str> {
    let url = Url::parse(address).map_err(|_| "must be an absolute address")?;
    match url.scheme() {
        "http" | "https" => Ok(url),
        _ => Err("must be an http(s) address"),
    }
}

fn required(iss: &str, field: &'static str, address: Option<&str>) -> Result<Url, Fault> {
    let address = address.ok_or_else(|| fault(LaunchErrorKind::FieldMissing(field), ""))?;
    endpoint(iss, address).map_err(|why| fault(LaunchErrorKind::FieldInvalid(field), why))
}

/// An endpoint, relative ones taken from the FHIR base; its query is kept. An endpoint of an https host
/// must be https itself, and never another scheme: the viewer navigates to it.
pub(crate) fn endpoint(iss: &str, address: &str) -> Result<Url, &'static str> {
    let base = web_address(&format!("{iss}/"))?;
    let url = base.join(address).map_err(|_| "is not an address")?;
    let url = web_address(url.as_str())?;
    if base.scheme() == "https" && url.scheme() != "https" {
        return Err("must be https as the FHIR base is");
    }
    Ok(url)
}

fn associated_endpoints(iss: &str, document: &Value) -> Vec<String> {
    let listed = document.get("associated_endpoints").and_then(Value::as_array);
    listed
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.get("url")?.as_str())
        .filter_map(|address| endpoint(iss, address).ok())
        .map(|url| url.as_str().trim_end_matches('/').to_owned())
        .collect()
}
