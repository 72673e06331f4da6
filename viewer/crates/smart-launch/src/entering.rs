//! How a source's own token is had, step by step: given for the launch's token (RFC 8693), or by a second
//! authorization, silently where the host can. Sends nothing and opens no page.

use crate::authorize::{Asking, LaunchRequest, PendingLaunch, RANDOM_BYTES, authorization_request};
use crate::discovery::{Endpoints, well_known_address};
use crate::error::{Fault, LaunchError, LaunchErrorKind, Step, error_at, fault, host_of, success};
use crate::query::Query;
use crate::redacted::Redacted;
use crate::scopes::GrantedScopes;
use crate::source::{Entry, Registration, Source, SourceGrant};
use crate::token::{TokenAnswer, token_form};
use crate::tokens::{TokenSource, Tokens};
use oauth2::url::form_urlencoded;

const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";
const EXCHANGE: &str = "urn:ietf:params:oauth:grant-type:token-exchange";

/// Answers of an authorization server that may not ask the user, and would have to (OpenID Connect, 3.1.2.6).
const NEEDS_USER: [&str; 4] = [
    "login_required",
    "interaction_required",
    "consent_required",
    "account_selection_required",
];

/// A form to post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// Absolute.
    pub address: String,
    /// Encoded; holds a secret.
    pub form: Redacted<String>,
}

/// How the authorization page of a source is opened.
#[derive(Debug)]
pub struct Asked<'a> {
    /// The viewer's own address.
    pub redirect_uri: &'a str,
    /// From the cryptographic generator, used once.
    pub random: &'a Redacted<[u8; RANDOM_BYTES]>,
    /// Who is logged in to the journal, as its id_token's `sub` says.
    pub login_hint: Option<&'a str>,
    /// The user is not to be asked anything: the page is in a nested frame that nobody sees.
    pub silent: bool,
}

/// Why a source's own authorization gave no token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotEntered {
    /// The source wants to ask the user; to be tried again when he opens that source.
    NeedsUser,
    /// It failed.
    Failed(LaunchError),
}

impl Source {
    /// The request by which the launch's token is exchanged; `None` for a source that is entered otherwise.
    pub fn exchange(&self, subject: &Redacted<String>) -> Option<Post> {
        let Entry::Exchange {
            token_endpoint,
            registration,
        } = &self.entry
        else {
            return None;
        };
        let form = form_urlencoded::Serializer::new(String::new())
            .append_pair("grant_type", EXCHANGE)
            .append_pair("subject_token", &subject.0)
            .append_pair("subject_token_type", ACCESS_TOKEN)
            .append_pair("requested_token_type", ACCESS_TOKEN)
            .append_pair("resource", &self.fhir_base)
            .append_pair("client_id", &registration.client_id)
            .append_pair("scope", &words(registration))
            .finish();
        Some(Post {
            address: token_endpoint.clone(),
            form: Redacted(form),
        })
    }

    /// What the exchange gave.
    ///
    /// # Errors
    /// With the step `token` and the endpoint's host.
    pub fn exchanged(&self, status: u16, body: &[u8], now_ms: f64) -> Result<SourceGrant, LaunchError> {
        let endpoint = match &self.entry {
            Entry::Exchange { token_endpoint, .. } => token_endpoint.as_str(),
            Entry::Launch | Entry::Own(_) => "",
        };
        let mut grant = self.granted(endpoint, status, body, now_ms)?;
        // Another token is given for the launch's, as it is then.
        grant.tokens.not_renewable();
        Ok(grant)
    }

    /// Where a source with an authorization of its own says how it is asked.
    pub fn configuration_address(&self) -> String {
        well_known_address(&self.fhir_base)
    }

    /// The authorization page of a source, and what must be remembered until it calls back.
    ///
    /// # Errors
    /// With the step `discovery` where the configuration cannot be used.
    pub fn authorization(
        &self,
        status: u16,
        configuration: &[u8],
        asked: &Asked<'_>,
    ) -> Result<(Redacted<String>, PendingLaunch), LaunchError> {
        let at_base = |step, fault| error_at(step, host_of(&self.fhir_base), fault);
        let endpoints = success(status)
            .and_then(|()| Endpoints::from_well_known(&self.fhir_base, configuration))
            .map_err(|fault| at_base(Step::Discovery, fault))?;
        let registration = self
            .own_registration()
            .map_err(|fault| at_base(Step::Authorize, fault))?;
        let hint = asked.login_hint.map(|hint| ("login_hint", hint));
        let more: Vec<_> = asked
            .silent
            .then_some(("prompt", "none"))
            .into_iter()
            .chain(hint)
            .collect();
        let asking = Asking {
            client_id: &registration.client_id,
            scopes: words(registration),
            more: &more,
        };
        let request = LaunchRequest {
            iss: self.fhir_base.clone(),
            launch: None,
            redirect_uri: asked.redirect_uri.to_owned(),
        };
        authorization_request(&asking, endpoints, request, &asked.random.0)
            .map_err(|fault| at_base(Step::Authorize, fault))
    }

    /// The request for the token, when the page has called back with this query.
    ///
    /// # Errors
    /// [`NotEntered::NeedsUser`] where the page may not ask and would have to; else with the step `callback`.
    pub fn called_back(&self, pending: &PendingLaunch, query: &Redacted<String>) -> Result<Post, NotEntered> {
        let query = Query::parse(&query.0);
        let host = || host_of(pending.endpoints.authorize.as_str());
        let failed = |fault| NotEntered::Failed(error_at(Step::Callback, host(), fault));
        let accepted = pending.accept(&query);
        let needs_user = query
            .get("error")
            .is_some_and(|error| NEEDS_USER.contains(&error));
        let code = match accepted {
            Ok(code) => code,
            // Only an answer to this very request counts.
            Err((LaunchErrorKind::AuthorizationRefused, _)) if needs_user => {
                return Err(NotEntered::NeedsUser);
            }
            Err(fault) => return Err(failed(fault)),
        };
        let registration = self.own_registration().map_err(failed)?;
        Ok(Post {
            address: pending.endpoints.token.to_string(),
            form: Redacted(token_form(&registration.client_id, pending, &code)),
        })
    }

    /// What the source's token endpoint answered to [`Source::called_back`]'s request.
    ///
    /// # Errors
    /// With the step `token` and the endpoint's host.
    pub fn entered(
        &self,
        pending: &PendingLaunch,
        status: u16,
        body: &[u8],
        now_ms: f64,
    ) -> Result<SourceGrant, LaunchError> {
        self.granted(pending.endpoints.token.as_str(), status, body, now_ms)
    }

    fn granted(
        &self,
        endpoint: &str,
        status: u16,
        body: &[u8],
        now_ms: f64,
    ) -> Result<SourceGrant, LaunchError> {
        let failed = |fault| error_at(Step::Token, host_of(endpoint), fault);
        let not_entered = || {
            failed(fault(
                LaunchErrorKind::FieldMissing("token"),
                "has no token of its own",
            ))
        };
        let registration = self.registration().ok_or_else(not_entered)?;
        let answer = TokenAnswer::of_response(status, body, "/patient").map_err(failed)?;
        let source = TokenSource {
            endpoint: crate::address::Address::parse(endpoint).ok_or_else(not_entered)?,
            client_id: registration.client_id.clone(),
            patient_path: "/patient".to_owned(),
        };
        Ok(SourceGrant {
            fhir_base: self.fhir_base.clone(),
            granted: answer
                .granted
                .unwrap_or_else(|| GrantedScopes::new(registration.scopes.clone())),
            patient_id: answer.patient_id.filter(|id| crate::context::is_one_segment(id)),
            tokens: Tokens::new(
                source,
                answer.access_token,
                answer.refresh_token,
                answer.expires_in_s,
                now_ms,
            )
            .had_anew(),
        })
    }

    fn registration(&self) -> Option<&Registration> {
        match &self.entry {
            Entry::Launch => None,
            Entry::Exchange { registration, .. } | Entry::Own(registration) => Some(registration),
        }
    }

    fn own_registration(&self) -> Result<&Registration, Fault> {
        match &self.entry {
            Entry::Own(registration) => Ok(registration),
            Entry::Launch | Entry::Exchange { .. } => Err(fault(
                LaunchErrorKind::FieldMissing("authorization"),
                "is entered otherwise",
            )),
        }
    }
}

fn words(registration: &Registration) -> String {
    let scopes: Vec<&str> = registration.scopes.iter().map(|scope| scope.as_str()).collect();
    scopes.join(" ")
}

#[cfg(test)]
mod tests;
