//! The authorization request and the check of its callback. Opens no page and stores nothing.

use crate::address::Address;
use crate::discovery::{Endpoints, web_address};
use crate::error::{Fault, LaunchErrorKind, clip, fault};
use crate::hosts::Host;
use crate::query::Query;
use crate::redacted::Redacted;
use crate::token::error_text;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use oauth2::url::form_urlencoded::Serializer;
use oauth2::{AuthorizationCode, ClientId, CsrfToken, PkceCodeChallenge, PkceCodeVerifier};

/// Random bytes of one launch: 256 bits each for the PKCE verifier, `state` and `nonce`.
pub const RANDOM_BYTES: usize = 96;

/// A launch between the authorization request and its callback. Made a text (`carried`) only to survive a redirect in
/// the same frame, and removed from storage at once on return.
#[derive(Debug)]
pub struct PendingLaunch {
    /// The issuer as the journal sent it: also `aud`.
    pub(crate) iss: String,
    pub(crate) endpoints: Endpoints,
    pub(crate) redirect_uri: String,
    pub(crate) state: CsrfToken,
    pub(crate) verifier: PkceCodeVerifier,
    /// Comes back in the id_token.
    pub(crate) nonce: Nonce,
    /// The journal's launch, for another authorization of the same once the token is over.
    pub(crate) launch: Option<Redacted<String>>,
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

/// Who asks, and for what.
#[derive(Debug)]
pub(crate) struct Asking<'a> {
    pub(crate) client_id: &'a ClientId,
    /// Separated by spaces.
    pub(crate) scopes: String,
    /// Further parameters.
    pub(crate) more: &'a [(&'a str, &'a str)],
}

impl<'a> Asking<'a> {
    /// The host's scopes; without a journal the host is asked to let the user choose the patient.
    pub(crate) fn of_host(host: &'a Host, is_standalone: bool) -> Self {
        let scopes = host.scopes.iter().map(|scope| scope.as_str());
        let asked = scopes.map(|scope| match scope {
            "launch" if is_standalone => "launch/patient",
            scope => scope,
        });
        Self {
            client_id: &host.client_id,
            scopes: asked.collect::<Vec<_>>().join(" "),
            more: &[],
        }
    }
}

/// The authorization page's address, and what must be remembered of it.
pub(crate) fn authorization_request(
    asking: &Asking<'_>,
    endpoints: Endpoints,
    request: LaunchRequest,
    random: &[u8; RANDOM_BYTES],
) -> Result<(Redacted<String>, PendingLaunch), Fault> {
    if web_address(&request.redirect_uri).is_err() {
        return Err(fault(
            LaunchErrorKind::FieldInvalid("redirect_uri"),
            clip(&request.redirect_uri),
        ));
    }
    let [verifier, state, nonce] = three_values(random);
    let verifier = PkceCodeVerifier::new(verifier);
    let challenge = PkceCodeChallenge::from_code_verifier_sha256(&verifier);
    // The endpoint's own query stays; a fragment has no place in it (RFC 6749, 3.1).
    let page = endpoints.authorize.as_str().split('#').next().unwrap_or_default();
    let mut address = format!("{page}{}", if page.contains('?') { '&' } else { '?' });
    let query_at = address.len();
    let mut query = Serializer::for_suffix(&mut address, query_at);
    query
        .append_pair("response_type", "code")
        .append_pair("client_id", asking.client_id)
        .append_pair("state", &state)
        .append_pair("code_challenge", challenge.as_str())
        .append_pair("code_challenge_method", challenge.method().as_str())
        .append_pair("redirect_uri", &request.redirect_uri)
        .append_pair("scope", &asking.scopes)
        .append_pair("aud", &request.iss)
        .append_pair("nonce", &nonce)
        .extend_pairs(asking.more);
    if let Some(launch) = &request.launch {
        query.append_pair("launch", &launch.0);
    }
    query.finish();
    let state = CsrfToken::new(state);
    let pending = PendingLaunch {
        iss: request.iss,
        endpoints,
        redirect_uri: request.redirect_uri,
        state,
        verifier,
        nonce: Redacted(nonce),
        launch: request.launch,
    };
    Ok((Redacted(address), pending))
}

/// Three values of 43 characters each, 256 bits of the randomness in each.
fn three_values(random: &[u8; RANDOM_BYTES]) -> [String; 3] {
    let third = RANDOM_BYTES / 3;
    let (first, rest) = random.split_at(third);
    let (second, last) = rest.split_at(third);
    [first, second, last].map(|bytes| BASE64_URL_SAFE_NO_PAD.encode(bytes))
}

impl PendingLaunch {
    /// The launch as one text without spaces.
    pub fn carried(&self) -> Redacted<String> {
        let mut text = Serializer::new(String::new());
        let Endpoints {
            authorize,
            token,
            issuer,
            callback_has_issuer,
            jwks,
            associated,
            app_state,
        } = &self.endpoints;
        text.append_pair("iss", &self.iss)
            .append_pair("redirect_uri", &self.redirect_uri)
            .append_pair("state", self.state.secret())
            .append_pair("verifier", self.verifier.secret())
            .append_pair("nonce", &self.nonce.0)
            .append_pair("authorize", authorize.as_str())
            .append_pair("token", token.as_str());
        let promised = callback_has_issuer.then_some("yes");
        for (name, value) in [
            ("launch", self.launch.as_ref().map(|launch| &*launch.0)),
            ("issuer", issuer.as_deref()),
            ("callback_has_issuer", promised),
            ("jwks", jwks.as_deref()),
            ("app_state", app_state.as_deref()),
        ] {
            text.extend_pairs(value.map(|value| (name, value)));
        }
        text.extend_pairs(associated.iter().map(|address| ("associated", address)));
        Redacted(text.finish())
    }

    /// The launch that a text carries, if it is one.
    pub fn from_carried(text: &str) -> Option<Self> {
        let fields = Query::parse(text);
        let field = |name| fields.get(name).map(str::to_owned);
        let address = |name| Address::parse(fields.get(name)?);
        Some(Self {
            iss: field("iss")?,
            redirect_uri: field("redirect_uri")?,
            state: CsrfToken::new(field("state")?),
            verifier: PkceCodeVerifier::new(field("verifier")?),
            nonce: Redacted(field("nonce")?),
            launch: field("launch").map(Redacted),
            endpoints: Endpoints {
                authorize: address("authorize")?,
                token: address("token")?,
                issuer: field("issuer"),
                callback_has_issuer: field("callback_has_issuer").is_some(),
                jwks: field("jwks"),
                associated: fields.all("associated").map(str::to_owned).collect(),
                app_state: field("app_state"),
            },
        })
    }

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
