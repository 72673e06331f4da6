//! The authorization request and the check of its callback. Opens no page and stores nothing.

use crate::discovery::Endpoints;
use crate::error::{Fault, LaunchErrorKind, fault};
use crate::hosts::Host;
use crate::query::Query;
use crate::redacted::Redacted;
use crate::token::error_text;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use oauth2::basic::BasicClient;
use oauth2::{AuthorizationCode, CsrfToken, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope};
use serde::{Deserialize, Serialize};

/// Random bytes of one launch: 256 bits each for the PKCE verifier, `state` and `nonce`.
pub const RANDOM_BYTES: usize = 96;

/// A launch between the authorization request and its callback. Serialised only to survive a redirect in the
/// same frame, and removed from storage at once on return.
#[derive(Debug, Serialize, Deserialize)]
pub struct PendingLaunch {
    /// The issuer as the journal sent it: also `aud`.
    pub(crate) iss: String,
    pub(crate) endpoints: Endpoints,
    pub(crate) redirect_uri: String,
    pub(crate) state: CsrfToken,
    pub(crate) verifier: PkceCodeVerifier,
    /// Comes back in the id_token.
    pub(crate) nonce: Nonce,
}

/// The value that ties an id_token to this launch; its `Debug` is redacted.
pub(crate) type Nonce = Redacted<String>;

/// What the journal asked for, and the viewer's own address.
#[derive(Debug)]
pub(crate) struct LaunchRequest {
    /// The issuer as the journal sent it.
    pub(crate) iss: String,
    /// The journal's launch; `None` when the viewer was opened without one.
    pub(crate) launch: Option<Redacted<String>>,
    pub(crate) redirect_uri: String,
}

/// The authorization page's address, and what must be remembered of it.
pub(crate) fn authorization_request(
    host: &Host,
    endpoints: Endpoints,
    request: LaunchRequest,
    random: &[u8; RANDOM_BYTES],
) -> Result<(Redacted<String>, PendingLaunch), Fault> {
    let redirect = RedirectUrl::new(request.redirect_uri.clone())
        .map_err(|error| fault(LaunchErrorKind::FieldInvalid("redirect_uri"), error.to_string()))?;
    let [verifier, state, nonce] = three_values(random);
    let verifier = PkceCodeVerifier::new(verifier);
    let state = CsrfToken::new(state);
    let client = BasicClient::new(host.client_id.clone())
        .set_auth_uri(endpoints.authorize.clone())
        .set_redirect_uri(redirect);
    let sent_state = state.clone();
    let mut address = client
        .authorize_url(move || sent_state)
        .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
        .add_scopes(scopes(host, request.launch.is_none()))
        .add_extra_param("aud", request.iss.clone())
        .add_extra_param("nonce", nonce.clone());
    if let Some(launch) = request.launch {
        address = address.add_extra_param("launch", launch.0);
    }
    let (address, _) = address.url();
    let pending = PendingLaunch {
        iss: request.iss,
        endpoints,
        redirect_uri: request.redirect_uri,
        state,
        verifier,
        nonce: Redacted(nonce),
    };
    Ok((Redacted(address.into()), pending))
}

/// The host's scopes; without a journal the host is asked to let the user choose the patient.
fn scopes(host: &Host, standalone: bool) -> Vec<Scope> {
    let asked = |scope: &Scope| match scope.as_str() {
        "launch" if standalone => Scope::new("launch/patient".to_owned()),
        _ => scope.clone(),
    };
    host.scopes.iter().map(asked).collect()
}

/// Three values of 43 characters each, 256 bits of the randomness in each.
fn three_values(random: &[u8; RANDOM_BYTES]) -> [String; 3] {
    let third = RANDOM_BYTES / 3;
    let (first, rest) = random.split_at(third);
    let (second, last) = rest.split_at(third);
    [first, second, last].map(|bytes| BASE64_URL_SAFE_NO_PAD.encode(bytes))
}

impl PendingLaunch {
    /// The code of a callback that belongs to this launch.
    pub(crate) fn accept(&self, callback: &Query) -> Result<AuthorizationCode, Fault> {
        if callback.get("state") != Some(self.state.secret()) {
            let detail = if callback.get("state").is_some() {
                "another state"
            } else {
                "no state"
            };
            return Err(fault(LaunchErrorKind::StateMismatch, detail));
        }
        self.check_issuer(callback.get("iss"))?;
        if let Some(error) = callback.get("error") {
            let detail = error_text(error, callback.get("error_description"));
            return Err(fault(LaunchErrorKind::AuthorizationRefused, detail));
        }
        match callback.get("code") {
            Some(code) => Ok(AuthorizationCode::new(code.to_owned())),
            None => Err(fault(LaunchErrorKind::FieldMissing("code"), "")),
        }
    }

    /// RFC 9207: the callback's `iss` is the server's issuer. A server that declares none may only use its
    /// FHIR base.
    fn check_issuer(&self, iss: Option<&str>) -> Result<(), Fault> {
        let expected = self.endpoints.issuer.as_deref().unwrap_or(&self.iss);
        match iss {
            Some(iss) if iss == expected => Ok(()),
            Some(_) => Err(fault(
                LaunchErrorKind::IssuerMismatch,
                format!("expected {expected}"),
            )),
            None if self.endpoints.callback_has_issuer => Err(fault(
                LaunchErrorKind::IssuerMismatch,
                format!("none sent, expected {expected}"),
            )),
            None => Ok(()),
        }
    }
}
