//! The authorize endpoint of a source with an authorization of its own. Journal and source have one log-in, as health
//! organisations do: whoever has an app open from the journal is known here by `login_hint`, and is not asked.

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::Source;
use super::spec::Entry;
use crate::app::App;
use crate::auth::authorize::{Checked, Query, back_with, page, page_with};
use crate::auth::scopes::{ResourceScope, Scopes, allowed};
use crate::auth::sessions::{Grant, Launch};
use crate::auth::token::Denied;
use crate::auth::users::{USERS, User, user};
use crate::journal::{escape, name_of};

/// What everyone may do at a source.
const READS: &str = "patient/*.rs user/*.rs";

/// By which this page knows that its own link was followed.
const CONFIRMED: &str = "confirmed";

impl Source {
    pub(super) fn allowed(&self) -> Vec<ResourceScope> {
        allowed(READS)
    }
}

/// What is to be done with a request that has nothing wrong.
enum Way {
    Back(Box<Grant>),
    Ask,
}

pub(super) async fn authorize(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let source = app
        .sources
        .find(&id)
        .filter(|source| source.spec.entry == Entry::Own);
    let Some(source) = source else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let query = Query::parse(query.as_deref().unwrap_or_default());
    let redirect_uri = format!("{}/", app.urls.viewer);
    if query.get("client_id") != Some(source.spec.client) {
        let words = "client_id mangler eller er ukjent (unknown client).";
        return page(&app.urls, "Appen er ikke registrert", words);
    }
    if query.get("redirect_uri") != Some(&redirect_uri) {
        let words = "redirect_uri er ikke nøyaktig den som er registrert for appen (redirect URI mismatch).";
        return page(&app.urls, "Appen kan ikke åpnes", words);
    }
    let answer = match way(&app, source, &query, &redirect_uri) {
        Ok(Way::Ask) => return ask(&app, source, &query),
        Ok(Way::Back(grant)) => Ok(source.sessions.issue_code(*grant)),
        Err(denied) => Err(denied),
    };
    back_with(&app.urls, &redirect_uri, &source.base, query.get("state"), answer)
}

fn way(app: &App, source: &Source, query: &Query, redirect_uri: &str) -> Result<Way, Denied> {
    let checked = Checked::of(query, &source.base)?;
    let scopes = Scopes::grant(query.get("scope").unwrap_or_default(), &source.allowed());
    if scopes.text.is_empty() {
        return Err(("invalid_scope", "none of the scopes asked for can be granted"));
    }
    let confirmed = query
        .get(CONFIRMED)
        .and_then(|value| source.sessions.launch(value));
    let is_silent = query.get("prompt") == Some("none");
    let chooses_patient = scopes.has("launch/patient");
    let hinted = query
        .get("login_hint")
        .and_then(|hint| user(hint.rsplit('/').next()?));
    let known = hinted.filter(|user| app.sessions.is_present(user));
    let launch = match (confirmed, known) {
        (Some(launch), _) => launch,
        (None, Some(user)) if !chooses_patient => Launch::new(user, "", &app.urls.journal),
        (None, Some(_)) if is_silent => {
            return Err(("interaction_required", "the patient is to be chosen"));
        }
        (None, None) if is_silent => return Err(("login_required", "nobody is known to be logged in")),
        (None, _) => return Ok(Way::Ask),
    };
    Ok(Way::Back(Box::new(Grant {
        client: source.spec.client,
        redirect_uri: redirect_uri.to_owned(),
        challenge: checked.challenge,
        nonce: None,
        scopes,
        launch,
    })))
}

/// Whom the page offers to go on as, and for whom where the patient is to be chosen.
fn ask(app: &App, source: &Source, query: &Query) -> Response {
    let chooses_patient = query
        .get("scope")
        .is_some_and(|asked| asked.split(' ').any(|it| it == "launch/patient"));
    let patients = match (&source.backend, chooses_patient) {
        (crate::app::Backend::Store(store), true) => store.resources_of("Patient", None).unwrap_or_default(),
        _ => Vec::new(),
    };
    let link = |user: &'static User, patient: &str, words: &str| {
        let launch = Launch::new(user, patient, &app.urls.journal);
        let address = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(query.pairs())
            .append_pair(CONFIRMED, &source.sessions.start_launch(launch))
            .finish();
        let address = format!("{}/authorize?{address}", source.spec.auth_path());
        format!("<li><a href=\"{}\">{}</a></li>", escape(&address), escape(words))
    };
    let links: String = USERS
        .iter()
        .flat_map(|user| {
            if !chooses_patient {
                return vec![link(user, "", &format!("Fortsett som {}", user.name()))];
            }
            let of_patient = |patient: &serde_json::Value| {
                let id = patient["id"].as_str().unwrap_or_default();
                let name = name_of(patient).unwrap_or_else(|| id.to_owned());
                link(user, id, &format!("{} åpner for {name}", user.name()))
            };
            patients.iter().map(of_patient).collect()
        })
        .collect();
    let words = "Tjenesten vet ikke hvem du er, og spør derfor.";
    let body = format!(
        "<h1>{}</h1><p>{words}</p><ul>{links}</ul>",
        escape(source.spec.name)
    );
    page_with(&app.urls, StatusCode::OK, source.spec.name, &body)
}
