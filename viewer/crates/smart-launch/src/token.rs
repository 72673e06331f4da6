//! The token request's form and the token answer, read leniently: only what the viewer cannot do without
//! is required. Does not verify the id_token and does not judge the patient.

use crate::authorize::PendingLaunch;
use crate::context::{FhirContextItem, HubOffer, MessagingOffer};
use crate::discovery::{json_object, text, web_address};
use crate::error::{Fault, LaunchErrorKind, clip, fault, success};
use crate::redacted::Redacted;
use crate::scopes::GrantedScopes;
use lenient_json::Json;
use oauth2::url::form_urlencoded;
use oauth2::{AccessToken, AuthorizationCode, ClientId, RefreshToken};

/// The token answer's fields.
#[derive(Debug)]
pub(crate) struct TokenAnswer {
    pub(crate) access_token: AccessToken,
    /// Seconds the token lives.
    pub(crate) expires_in_s: Option<f64>,
    pub(crate) refresh_token: Option<RefreshToken>,
    /// As the server says; `None` means "as asked" (RFC 6749, 5.1).
    pub(crate) granted: Option<GrantedScopes>,
    pub(crate) patient_id: Option<String>,
    pub(crate) encounter_id: Option<String>,
    pub(crate) intent: Option<String>,
    pub(crate) fhir_context: Vec<FhirContextItem>,
    pub(crate) need_patient_banner: bool,
    pub(crate) smart_style_url: Option<String>,
    pub(crate) tenant: Option<String>,
    pub(crate) locale: Option<String>,
    pub(crate) id_token: Option<Redacted<String>>,
    pub(crate) messaging: Option<MessagingOffer>,
    pub(crate) hub: Option<HubOffer>,
}

/// The form of a public client's token request, every value encoded.
pub(crate) fn token_form(client_id: &ClientId, pending: &PendingLaunch, code: &AuthorizationCode) -> String {
    form_urlencoded::Serializer::new(String::new())
        .append_pair("grant_type", "authorization_code")
        .append_pair("code", code.secret())
        .append_pair("redirect_uri", &pending.redirect_uri)
        .append_pair("client_id", client_id)
        .append_pair("code_verifier", pending.verifier.secret())
        .finish()
}

impl TokenAnswer {
    /// The answer of a token endpoint, with its own words where it refused.
    pub(crate) fn of_response(status: u16, body: &[u8], patient_path: &str) -> Result<Self, Fault> {
        match (success(status), oauth_error(body)) {
            (Err(_), Some(refusal)) => Err(fault(LaunchErrorKind::TokenRefused, refusal)),
            (Err(fault), None) => Err(fault),
            (Ok(()), _) => Self::parse(body, patient_path),
        }
    }

    /// `patient_path` is the JSON pointer at which this host puts the patient's id.
    pub(crate) fn parse(body: &[u8], patient_path: &str) -> Result<Self, Fault> {
        let answer = json_object(body)?;
        let access_token = text(&answer, "access_token")
            .ok_or_else(|| fault(LaunchErrorKind::FieldMissing("access_token"), ""))?;
        if let Some(token_type) =
            text(&answer, "token_type").filter(|kind| !kind.eq_ignore_ascii_case("bearer"))
        {
            return Err(fault(
                LaunchErrorKind::FieldInvalid("token_type"),
                clip(token_type),
            ));
        }
        Ok(Self {
            access_token: AccessToken::new(access_token.to_owned()),
            expires_in_s: seconds(answer.field("expires_in")),
            refresh_token: text(&answer, "refresh_token").map(|token| RefreshToken::new(token.to_owned())),
            granted: text(&answer, "scope").map(GrantedScopes::parse),
            patient_id: answer.pointer(patient_path).and_then(logical_id),
            encounter_id: answer.field("encounter").and_then(logical_id),
            intent: owned(&answer, "intent"),
            fhir_context: fhir_context(&answer),
            need_patient_banner: answer.get("need_patient_banner").flag() == Some(true),
            smart_style_url: owned(&answer, "smart_style_url"),
            tenant: owned(&answer, "tenant"),
            locale: owned(&answer, "locale"),
            id_token: owned(&answer, "id_token").map(Redacted),
            messaging: messaging(&answer),
            hub: hub(&answer),
        })
    }
}

/// What an OAuth error answer says (`error: error_description`), as text; `None` when it is none.
pub(crate) fn oauth_error(body: &[u8]) -> Option<String> {
    let answer = json_object(body).ok()?;
    Some(error_text(
        text(&answer, "error")?,
        text(&answer, "error_description"),
    ))
}

/// `error` and `error_description` as one line of plain text.
pub(crate) fn error_text(error: &str, description: Option<&str>) -> String {
    match description {
        Some(description) => clip(&format!("{error}: {description}")),
        None => clip(error),
    }
}

fn owned(answer: &Json, field: &str) -> Option<String> {
    text(answer, field).map(str::to_owned)
}

/// A number, also when sent as text; a text's whole seconds.
fn seconds(value: Option<&Json>) -> Option<f64> {
    let value = value?;
    let whole = |text: &str| text.split('.').next()?.parse::<i32>().ok();
    value.number().or_else(|| whole(value.as_str()?).map(f64::from))
}

/// A logical id, with or without the type before it (`Patient/123`), also when sent as a number.
fn logical_id(value: &Json) -> Option<String> {
    let id = match value {
        Json::Text(id) => id.rsplit('/').next().unwrap_or_default().to_owned(),
        Json::Atom(id) if value.number().is_some() => id.to_string(),
        _ => return None,
    };
    (!id.is_empty()).then_some(id)
}

fn fhir_context(answer: &Json) -> Vec<FhirContextItem> {
    let entries = answer.get("fhirContext").list();
    entries
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            Some(FhirContextItem {
                reference: owned(entry, "reference")?,
                resource_type: owned(entry, "type"),
                role: owned(entry, "role"),
            })
        })
        .collect()
}

/// SMART Web Messaging, if both of its fields are there and the origin is one.
fn messaging(answer: &Json) -> Option<MessagingOffer> {
    let journal = web_address(text(answer, "smart_web_messaging_origin")?).ok()?;
    Some(MessagingOffer {
        handle: Redacted(owned(answer, "smart_web_messaging_handle")?),
        origin: journal.origin().to_owned(),
    })
}

/// The FHIRcast hub, if both of its fields are there.
fn hub(answer: &Json) -> Option<HubOffer> {
    Some(HubOffer {
        url: web_address(text(answer, "hub.url")?).ok()?.into(),
        topic: Redacted(owned(answer, "hub.topic")?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn parse(answer: &Value) -> Result<TokenAnswer, Fault> {
        TokenAnswer::parse(answer.to_string().as_bytes(), "/patient")
    }

    #[test]
    fn every_field_is_read() {
        let answer = parse(&json!({
            "access_token": "t", "token_type": "bearer", "expires_in": 300, "refresh_token": "r",
            "scope": "launch patient/Observation.rs", "patient": "p1", "encounter": "e1", "intent": "review",
            "fhirContext": [
                { "reference": "CarePlan/7", "role": "https://ehr.example/role" },
                { "canonical": "http://x" }, 3
            ],
            "need_patient_banner": true, "smart_style_url": "https://ehr.example/style.json",
            "tenant": "north", "locale": "nn-NO", "id_token": "a.b.c", "vendor": { "x": [1] },
            "smart_web_messaging_handle": "h-1", "smart_web_messaging_origin": "https://ehr.example/app",
            "hub.url": "https://hub.example/hub", "hub.topic": "t-1"
        }))
        .unwrap();
        assert_eq!(answer.access_token.secret(), "t");
        assert_eq!(answer.expires_in_s, Some(300.0));
        assert_eq!(answer.refresh_token.unwrap().secret(), "r");
        assert_eq!(answer.granted.unwrap().iter().count(), 2);
        assert_eq!(answer.patient_id.as_deref(), Some("p1"));
        assert_eq!(answer.encounter_id.as_deref(), Some("e1"));
        assert_eq!(answer.intent.as_deref(), Some("review"));
        assert_eq!(
            answer.fhir_context,
            [FhirContextItem {
                reference: "CarePlan/7".into(),
                resource_type: None,
                role: Some("https://ehr.example/role".into())
            }]
        );
        assert!(answer.need_patient_banner);
        assert_eq!(
            answer.smart_style_url.as_deref(),
            Some("https://ehr.example/style.json")
        );
        assert_eq!(answer.tenant.as_deref(), Some("north"));
        assert_eq!(answer.locale.as_deref(), Some("nn-NO"));
        assert_eq!(answer.id_token, Some(Redacted("a.b.c".into())));
        let (handle, origin) = (Redacted("h-1".into()), "https://ehr.example".into());
        assert_eq!(answer.messaging, Some(MessagingOffer { handle, origin }));
        let (url, topic) = ("https://hub.example/hub".into(), Redacted("t-1".into()));
        assert_eq!(answer.hub, Some(HubOffer { url, topic }));
    }

    #[test]
    fn only_the_token_is_required() {
        let answer = parse(&json!({ "access_token": "t" })).unwrap();
        assert_eq!(answer.expires_in_s, None);
        assert_eq!(answer.granted, None);
        assert_eq!(answer.patient_id, None);
        assert!(!answer.need_patient_banner);
    }

    #[test]
    fn token_type_is_bearer_in_any_case() {
        let check = |token_type: &str, fine: bool| {
            assert_eq!(
                parse(&json!({ "access_token": "t", "token_type": token_type })).is_ok(),
                fine
            );
        };
        check("Bearer", true);
        check("bearer", true);
        check("BEARER", true);
        check("mac", false);
    }

    #[test]
    fn numbers_and_references_are_taken_in_the_forms_servers_send() {
        let answer = parse(&json!({ "access_token": "t", "expires_in": "60", "patient": 42 })).unwrap();
        assert_eq!(
            (answer.expires_in_s, answer.patient_id.as_deref()),
            (Some(60.0), Some("42"))
        );
        let answer = parse(&json!({ "access_token": "t", "patient": "Patient/p-1" })).unwrap();
        assert_eq!(answer.patient_id.as_deref(), Some("p-1"));
    }

    #[test]
    fn the_patient_stands_where_the_host_puts_it() {
        let at = |path: &str| {
            let answer = json!({ "access_token": "t", "patient": "flat",
                                 "context": { "patient": { "id": "Patient/nested" } } });
            TokenAnswer::parse(answer.to_string().as_bytes(), path)
                .unwrap()
                .patient_id
        };
        assert_eq!(at("/patient").as_deref(), Some("flat"));
        assert_eq!(at("/context/patient/id").as_deref(), Some("nested"));
        assert_eq!(at("/context/patient"), None);
        assert_eq!(at("/elsewhere"), None);
    }

    #[test]
    fn half_an_offer_is_none() {
        let answer = parse(&json!({ "access_token": "t", "hub.url": "https://hub.example",
            "smart_web_messaging_handle": "h", "smart_web_messaging_origin": "*" }))
        .unwrap();
        assert_eq!((answer.hub, answer.messaging), (None, None));
    }

    #[test]
    fn secrets_do_not_show_in_debug() {
        let answer =
            parse(&json!({ "access_token": "s3cret", "refresh_token": "s3cret", "id_token": "s3cret" }))
                .unwrap();
        assert!(!format!("{answer:?}").contains("s3cret"));
    }

    #[test]
    fn an_answer_without_token_is_refused() {
        let kind = |body: &[u8]| TokenAnswer::parse(body, "/patient").unwrap_err().0;
        assert_eq!(kind(b"{}"), LaunchErrorKind::FieldMissing("access_token"));
        assert_eq!(
            kind(br#"{"access_token": ""}"#),
            LaunchErrorKind::FieldMissing("access_token")
        );
        assert_eq!(kind(b"<html>"), LaunchErrorKind::NotJson);
        assert_eq!(kind(br#"{"access_token": "t"#), LaunchErrorKind::NotJson);
        assert_eq!(kind(b"[]"), LaunchErrorKind::NotJson);
    }
}
