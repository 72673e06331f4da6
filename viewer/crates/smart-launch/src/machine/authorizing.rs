//! After the authorization page: its callback is exchanged for a token, and the token's answer is the context.

use super::{Launch, Next, error, failed, success};
use crate::authorize::PendingLaunch;
use crate::context::LaunchContext;
use crate::discovery::endpoint;
use crate::error::{LaunchError, LaunchErrorKind, Step, fault, host_of};
use crate::event::{Effect, Request};
use crate::hosts::{Host, without_trailing_slash};
use crate::identity::{Expected, Identity};
use crate::query::Query;
use crate::redacted::Redacted;
use crate::scopes::GrantedScopes;
use crate::token::{TokenAnswer, oauth_error, token_form};
use crate::tokens::{TokenSource, Tokens};

/// A launch that has been sent to the authorization server.
#[derive(Debug)]
pub struct Authorizing {
    pub(super) host: Host,
    pub(super) pending: PendingLaunch,
}

impl Authorizing {
    pub(super) fn authorize_host(&self) -> String {
        host_of(self.pending.endpoints.authorize.as_str())
    }

    pub(super) fn token_host(&self) -> String {
        host_of(self.pending.endpoints.token.as_str())
    }

    pub(super) fn called_back(self, query: &Query) -> Next {
        match self.pending.accept(query) {
            Err(fault) => failed(error(Step::Callback, self.authorize_host(), fault)),
            Ok(code) => {
                let form = Redacted(token_form(&self.host.client_id, &self.pending, &code));
                let address = self.pending.endpoints.token.to_string();
                let post = Effect::PostForm {
                    request: Request::Token,
                    address,
                    form,
                };
                (Launch::Exchanging(Box::new(self)), Some(post))
            }
        }
    }

    pub(super) fn finish(self, status: u16, body: &[u8], now_ms: f64) -> Result<LaunchContext, LaunchError> {
        let answer = match (success(status), oauth_error(body)) {
            (Err(_), Some(refusal)) => Err(fault(LaunchErrorKind::TokenRefused, refusal)),
            (Err(fault), None) => Err(fault),
            (Ok(()), _) => TokenAnswer::parse(body, &self.host.patient_path),
        }
        .map_err(|fault| error(Step::Token, self.token_host(), fault))?;
        let patient = |fault| error(Step::Context, self.token_host(), fault);
        let patient_id = answer
            .patient_id
            .ok_or_else(|| patient(fault(LaunchErrorKind::PatientMissing, "")))?;
        if !is_one_segment(&patient_id) {
            return Err(patient(fault(
                LaunchErrorKind::FieldInvalid("patient"),
                "is not a logical id",
            )));
        }
        let endpoints = self.pending.endpoints;
        let identity = answer.id_token.map(|token| {
            let expected = Expected {
                issuer: endpoints.issuer.unwrap_or_else(|| self.pending.iss.clone()),
                client_id: self.host.client_id.clone(),
                nonce: self.pending.nonce,
                fhir_base: self.host.iss.clone(),
            };
            Identity::new(token, expected, endpoints.jwks)
        });
        let source = TokenSource {
            endpoint: endpoints.token,
            client_id: self.host.client_id,
            patient_path: self.host.patient_path,
        };
        Ok(LaunchContext {
            fhir_base: without_trailing_slash(&self.pending.iss).to_owned(),
            associated_endpoints: endpoints.associated,
            tokens: Tokens::new(
                source,
                answer.access_token,
                answer.refresh_token,
                answer.expires_in_s,
                now_ms,
            ),
            headers: self.host.headers,
            granted: answer
                .granted
                .unwrap_or_else(|| GrantedScopes::new(self.host.scopes.clone())),
            patient_id,
            encounter_id: answer.encounter_id,
            intent: answer.intent,
            fhir_context: answer.fhir_context,
            need_patient_banner: answer.need_patient_banner,
            smart_style_url: answer.smart_style_url,
            tenant: answer.tenant,
            // Not verified yet, but it chooses no more than one of the viewer's languages.
            locale: answer.locale.or_else(|| identity.as_ref()?.claimed("locale")),
            identity,
            messaging: answer.messaging,
            // The token goes there: encrypted, if the FHIR base is.
            hub: answer
                .hub
                .filter(|hub| endpoint(&self.host.iss, &hub.url).is_ok()),
            history: self.host.history,
            plan_service: self.host.plan_service,
            search: self.host.search,
            host_name: self.host.name,
        })
    }
}

/// An id that can stand as one segment of an address without changing it. Wider than FHIR's own rule, as
/// real servers are.
fn is_one_segment(id: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~:".contains(c);
    id.chars().all(plain) && id != "." && id != ".."
}
