//! Good answers made wrong: cut short, or with one value changed. What does not have the value stays as it was.

use axum::body::{Body, to_bytes};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::document::What;
use crate::app::App;
use crate::fhir::outcome::Refusal;
use crate::fhir::raw::{RawObject, quoted};
use crate::random;

/// Another server, that nobody runs.
const ELSEWHERE: &str = "https://elsewhere.example/fhir";
const SOMEONE_ELSE: &str = "noen-andre";

pub(super) async fn changed(app: &App, what: What, response: Response) -> Response {
    let (mut head, body) = response.into_parts();
    if matches!(
        what,
        What::WrongState | What::NoState | What::WrongIss | What::LoginRequired
    ) {
        if let Some(location) = head.headers.get_mut(header::LOCATION) {
            redirect_with(what, location);
        }
        return Response::from_parts(head, body);
    }
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        return Refusal::internal("the answer broke off").into_response();
    };
    head.headers.remove(header::CONTENT_LENGTH);
    if what == What::Truncated {
        let half = body.len() / 2;
        return Response::from_parts(head, Body::from(body.slice(..half)));
    }
    let text = String::from_utf8_lossy(&body);
    let changed = RawObject::parse(&text).ok().and_then(|mut answer| {
        match what {
            What::ForeignNext => lead_away(&mut answer)?,
            What::OtherPatient => give_to_someone_else(&mut answer)?,
            _ => {
                let token = forged(app, what, &answer.string("id_token")?)?;
                answer.set("id_token", quoted(&token), 0);
            }
        }
        Some(answer.to_text())
    });
    Response::from_parts(head, changed.map_or_else(|| Body::from(body.clone()), Body::from))
}

fn redirect_with(what: What, location: &mut HeaderValue) {
    let Some((place, query)) = location.to_str().ok().and_then(|text| text.split_once('?')) else {
        return;
    };
    let mut changed = form_urlencoded::Serializer::new(String::new());
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        match (what, name.as_ref()) {
            (What::NoState, "state") => {}
            (What::WrongState, "state") => drop(changed.append_pair("state", &random::opaque())),
            (What::LoginRequired, "code") => drop(changed.append_pair("error", "login_required")),
            (What::WrongIss, "iss") => drop(changed.append_pair("iss", ELSEWHERE)),
            (_, name) => drop(changed.append_pair(name, &value)),
        }
    }
    if let Ok(value) = HeaderValue::from_str(&format!("{place}?{}", changed.finish())) {
        *location = value;
    }
}

fn lead_away(bundle: &mut RawObject<'_>) -> Option<()> {
    if bundle.string("resourceType")? != "Bundle" {
        return None;
    }
    let mut links: Vec<Value> = bundle
        .get("link")
        .map_or(Some(Vec::new()), |links| serde_json::from_str(links).ok())?;
    links.retain(|link| link.get("relation").is_none_or(|relation| relation != "next"));
    links.push(json!({ "relation": "next", "url": format!("{ELSEWHERE}?_page=2") }));
    bundle.set("link", Value::from(links).to_string(), 2);
    Some(())
}

/// The first resource of a Bundle, or the resource itself.
fn give_to_someone_else(answer: &mut RawObject<'_>) -> Option<()> {
    let Some(entries) = answer.get("entry") else {
        return rename(answer);
    };
    let entries: Vec<&RawValue> = serde_json::from_str(entries).ok()?;
    let mut entries = entries.iter().map(|entry| entry.get());
    let mut first = RawObject::parse(entries.next()?).ok()?;
    let mut resource = RawObject::parse(first.get("resource")?).ok()?;
    rename(&mut resource)?;
    let renamed = resource.to_text();
    first.set("resource", renamed, 0);
    let first = first.to_text();
    let all: Vec<&str> = std::iter::once(first.as_str()).chain(entries).collect();
    let all = format!("[{}]", all.join(","));
    answer.set("entry", all, 0);
    Some(())
}

fn rename(resource: &mut RawObject<'_>) -> Option<()> {
    if resource.string("resourceType")? == "Patient" {
        resource.set("id", quoted(SOMEONE_ELSE), 1);
        return Some(());
    }
    let reference = json!({ "reference": format!("Patient/{SOMEONE_ELSE}") }).to_string();
    for name in ["subject", "patient"] {
        if resource.get(name).is_some() {
            resource.set(name, reference.clone(), 0);
        }
    }
    Some(())
}

fn forged(app: &App, what: What, token: &str) -> Option<String> {
    let algorithm = app.faults.tokens().algorithm;
    let mut parts = token.split('.');
    let (_, claims, signature) = (parts.next()?, parts.next()?, parts.next()?);
    let mut value: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()?;
    match what {
        What::AlgNone => {
            let head = URL_SAFE_NO_PAD.encode(json!({ "alg": "none", "typ": "JWT" }).to_string());
            return Some(format!("{head}.{claims}."));
        }
        What::BadSignature => {
            let signed = app.signer.sign(algorithm, &json!({ "sub": SOMEONE_ELSE }));
            let (head, other) = (token.split('.').next()?, signed.rsplit('.').next()?);
            return (other != signature).then(|| format!("{head}.{claims}.{other}"));
        }
        What::WrongNonce => *value.get_mut("nonce")? = random::opaque().into(),
        What::ExpiredIdToken => {
            for name in ["iat", "exp"] {
                let moment = value.get(name)?.as_i64()?;
                *value.get_mut(name)? = (moment - 86_400).into();
            }
        }
        _ => return None,
    }
    Some(app.signer.sign(algorithm, &value))
}
