//! The journal frames of the hospital and the GP, and the launches that they start.

mod choice;
mod documents;
mod module;
mod page;
mod panel;
pub(crate) mod record;

use std::sync::Arc;

use axum::Router;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use serde::Deserialize;

pub(crate) use self::choice::choose_patient;
use self::module::View;
pub(crate) use self::page::escape;
use self::page::{Opened, Page};
use self::record::Patient;
pub(crate) use self::record::name_of;
use crate::app::App;
use crate::auth::sessions::Launch;
use crate::auth::users::{Frame, default_user, user};
use crate::fhir::outcome::Refusal;

#[derive(Debug, Deserialize)]
struct Params {
    patient: Option<String>,
    user: Option<String>,
    /// Launches for a patient that is not there.
    force: Option<String>,
    sandbox: Option<String>,
    open: Option<String>,
}

const SCRIPT: &str = "text/javascript; charset=utf-8";

pub(crate) fn router() -> Router<Arc<App>> {
    Router::new()
        .route(
            "/",
            get(|State(app): State<Arc<App>>| async move { html(&app, StatusCode::OK, page::start()) }),
        )
        .route(
            "/hospital",
            get(|app, headers, params| frame(app, headers, params, Frame::Hospital)),
        )
        .route(
            "/gp",
            get(|app, headers, params| frame(app, headers, params, Frame::Gp)),
        )
        .route("/open", get(open))
        .route("/documents", get(documents::list))
        .route("/documents/{id}", get(documents::open))
        .route("/audit", get(documents::audit))
        .route(
            "/favicon.svg",
            get(|| asset("image/svg+xml", include_str!("assets/favicon.svg"))),
        )
        .route(
            "/journal.css",
            get(|| asset("text/css; charset=utf-8", include_str!("assets/journal.css"))),
        )
        .route(
            "/journal.js",
            get(|| asset(SCRIPT, include_str!("assets/journal.js"))),
        )
        .route(
            "/panel.js",
            get(|| asset(SCRIPT, include_str!("assets/panel.js"))),
        )
        .route(
            "/messages.js",
            get(|| asset(SCRIPT, include_str!("assets/messages.js"))),
        )
        .fallback(|State(app): State<Arc<App>>| async move {
            html(
                &app,
                StatusCode::NOT_FOUND,
                page::message("Siden finnes ikke", "Gå til journalens forside."),
            )
        })
}

async fn frame(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    params: Result<Query<Params>, QueryRejection>,
    frame: Frame,
) -> Response {
    let Ok(Query(params)) = params else {
        let page = page::message("Siden kan ikke åpnes", "Adressen er ikke gyldig.");
        return html(&app, StatusCode::BAD_REQUEST, page);
    };
    match build(&app, app.urls.origin_asked(&headers), &params, frame).await {
        Ok((status, page)) => html(&app, status, page),
        Err(refusal) => html(
            &app,
            refusal.status,
            page::message("Journalen er utilgjengelig", &refusal.text),
        ),
    }
}

async fn build(
    app: &App,
    origin: &str,
    params: &Params,
    frame: Frame,
) -> Result<(StatusCode, String), Refusal> {
    let patients = record::patients(app).await?;
    let user = match &params.user {
        None => default_user(frame),
        Some(id) => match user(id) {
            Some(user) => user,
            None => {
                let words = format!("Det finnes ingen bruker med id «{id}» i journalen.");
                return Ok((StatusCode::NOT_FOUND, page::message("Ukjent bruker", &words)));
            }
        },
    };
    let page = Page {
        frame,
        user,
        patients: &patients,
        today: fhir_fixtures::today(),
        shows_patient: !app.faults.launch().need_patient_banner,
        view: View {
            sandbox: params.sandbox.is_some(),
            popup: params.open.as_deref() == Some("popup"),
        },
        journal: &app.urls.journal,
        same_site: &app.urls.same_site,
    };
    let Some(id) = &params.patient else {
        app.hub.show(user, None);
        return Ok((StatusCode::OK, page.without_patient()));
    };
    let found = patients.iter().find(|patient| patient.id == *id).cloned();
    let patient = match found {
        Some(patient) => patient,
        None if params.force.is_some() => Patient::unknown(id, String::new()),
        None => return Ok((StatusCode::NOT_FOUND, page.patient_not_found(id))),
    };
    app.hub.show(user, Some(id));
    let launch = Launch::new(user, id, origin);
    let opened = Opened {
        chart: record::chart(app, id).await,
        documents: documents::items(app, id).await,
        handle: launch.handle.clone(),
        launch_url: launch_url(app, launch),
        patient,
        forced: params.force.is_some(),
    };
    Ok((StatusCode::OK, page.with_patient(&opened)))
}

/// Opens the module in a window of its own, with a fresh launch.
async fn open(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    params: Result<Query<Params>, QueryRejection>,
) -> Response {
    let params = params.map(|Query(params)| (params.patient, params.user.as_deref().and_then(user)));
    match params {
        Ok((Some(patient), Some(user))) => {
            let launch = Launch::new(user, &patient, app.urls.origin_asked(&headers));
            Redirect::to(&launch_url(&app, launch)).into_response()
        }
        _ => {
            let page = page::message("Modulen kan ikke åpnes", "Pasient eller bruker mangler.");
            html(&app, StatusCode::BAD_REQUEST, page)
        }
    }
}

/// Each call makes a new launch value.
fn launch_url(app: &App, launch: Launch) -> String {
    let launch = app.sessions.start_launch(launch);
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("iss", &app.urls.issuer)
        .append_pair("launch", &launch)
        .finish();
    format!("{}/?{query}", app.urls.viewer)
}

/// What SMART lets a journal say of its looks.
pub(crate) async fn style() -> Response {
    asset("application/json", include_str!("assets/style.json")).await
}

fn html(app: &App, status: StatusCode, page: String) -> Response {
    let policy = format!(
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; frame-src {} {}; \
         frame-ancestors 'self'; base-uri 'none'; form-action 'self'",
        app.urls.viewer, app.urls.journal
    );
    let headers: [(HeaderName, &str); 3] = [
        (header::CONTENT_SECURITY_POLICY, &policy),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (status, headers, Html(page)).into_response()
}

async fn asset(kind: &'static str, text: &'static str) -> Response {
    (
        [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache")],
        text,
    )
        .into_response()
}

#[cfg(test)]
mod tests;
