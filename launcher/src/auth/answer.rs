//! What the token endpoint answers: the tokens, the context of the launch, and who is signed in.

use serde_json::{Map, Value, json};

use super::sessions::{Grant, Issued};
use crate::app::App;
use crate::faults::document::LaunchSettings;
use crate::fhir::dates::now;
use crate::habits::Habit;

pub(super) fn answer(app: &App, issued: Issued) -> Value {
    let grant = &issued.grant;
    let settings = app.faults.launch();
    let mut answer = Map::new();
    let mut add = |name: &str, value: Value| {
        answer.insert(name.to_owned(), value);
    };
    add("access_token", issued.access.into());
    add("token_type", "Bearer".into());
    add("expires_in", issued.expires_in.into());
    add("scope", grant.scopes.text.as_str().into());
    if let Some(refresh) = issued.refresh {
        add("refresh_token", refresh.into());
    }
    if app.habits.has(Habit::NestedPatient) {
        add("context", json!({ "patient": { "id": grant.launch.patient } }));
        add("legekontor", grant.launch.user.workplace.into());
    } else {
        add("patient", grant.launch.patient.as_str().into());
    }
    add("need_patient_banner", settings.need_patient_banner.into());
    if let Some(address) = &settings.smart_style_url {
        add("smart_style_url", style_url(app, address).into());
    }
    if let Some(locale) = &settings.locale {
        add("locale", locale.as_str().into());
    }
    if settings.messaging {
        add("smart_web_messaging_handle", grant.launch.handle.as_str().into());
        add("smart_web_messaging_origin", grant.launch.origin.as_str().into());
    }
    if settings.fhircast {
        add("hub.url", format!("{}/hub", app.urls.journal).into());
        add("hub.topic", app.hub.topic(grant.launch.user).into());
    }
    if grant.scopes.has("openid") {
        let algorithm = app.faults.tokens().algorithm;
        let claims = claims(app, grant, &settings);
        add("id_token", app.signer.sign(algorithm, &claims).into());
    }
    answer.extend(settings.context);
    // Null in the settings takes a member out.
    answer.retain(|_, value| !value.is_null());
    answer.into()
}

/// Absolute, or below the journal's origin.
fn style_url(app: &App, address: &str) -> String {
    if address.contains("://") {
        address.to_owned()
    } else {
        format!("{}/{}", app.urls.journal, address.trim_start_matches('/'))
    }
}

fn claims(app: &App, grant: &Grant, settings: &LaunchSettings) -> Value {
    let user = grant.launch.user;
    let issued_at = now() / 1000;
    let mut claims = Map::new();
    let mut add = |name: &str, value: Value| {
        claims.insert(name.to_owned(), value);
    };
    add("iss", app.urls.issuer.as_str().into());
    add("sub", user.id.into());
    add("aud", grant.client.into());
    add("iat", issued_at.into());
    add("exp", (issued_at + 300).into());
    if let Some(nonce) = &grant.nonce {
        add("nonce", nonce.as_str().into());
    }
    if let Some(locale) = &settings.locale {
        add("locale", locale.as_str().into());
    }
    if grant.scopes.has("fhirUser") || grant.scopes.has("profile") {
        let place = if settings.relative_fhir_user {
            String::new()
        } else {
            format!("{}/", app.urls.fhir)
        };
        add("fhirUser", format!("{place}Practitioner/{}", user.id).into());
        add("name", user.name().into());
    }
    claims.into()
}
