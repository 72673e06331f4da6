//! After the authorization page: its callback is exchanged for a token, and the token's answer is the context.

use super::{Launch, Next, error, failed};
use crate::authorize::PendingLaunch;
use crate::context::{LaunchContext, is_one_segment};
use crate::discovery::endpoint;
use crate::error::{LaunchError, LaunchErrorKind, Step, fault, host_of};
use crate::event::{Effect, Request};
use crate::hosts::{Host, without_trailing_slash};
use crate::identity::{Expected, Identity};
use crate::query::Query;
use crate::redacted::Redacted;
use crate::scopes::GrantedScopes;
use crate::source;
use crate::token::{TokenAnswer, token_form};
use crate::tokens::{TokenSource, Tokens};
use oauth2::url::form_urlencoded;

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
        let answer = TokenAnswer::of_response(status, body, &self.host.patient_path)
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
            sources: source::joined(
                &self.host.iss,
                self.host.sources,
                &endpoints.associated,
                endpoints.app_state.as_deref(),
            ),
            associated_endpoints: endpoints.associated,
            app_state: endpoints.app_state,
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
            audit: self.host.audit,
            plan_service: self.host.plan_service,
            search: self.host.search,
            host_name: self.host.name,
            is_at_source: false,
            again: self.pending.launch.map(|launch| {
                let pairs = [("iss", &self.pending.iss), ("launch", &launch.0)];
                Redacted(
                    form_urlencoded::Serializer::new(String::new())
                        .extend_pairs(pairs)
                        .finish(),
                )
            }),
        })
    }
}
