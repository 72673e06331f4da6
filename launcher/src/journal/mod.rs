//! The journal frames of the hospital and the GP, and the launches that they start.

mod page;
mod record;

use std::sync::Arc;

use axum::Router;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use serde::Deserialize;

use self::page::{Opened, Page};
use self::record::Patient;
use crate::app::App;
use crate::auth::sessions::Launch;
use crate::auth::users::{Frame, User, default_user, user};
use crate::fhir::outcome::Refusal;

#[derive(Debug, Deserialize)]
struct Params {
    patient: Option<String>,
    user: Option<String>,
    /// Launches for a patient that is not there.
    force: Option<String>,
}

pub(crate) fn router() -> Router<Arc<App>> {
    Router::new()
        .route(
            "/",
            get(|State(app): State<Arc<App>>| async move { html(&app, StatusCode::OK, page::start()) }),
        )
        .route(
            "/hospital",
            get(|app, params| frame(app, params, Frame::Hospital)),
        )
        .route("/gp", get(|app, params| frame(app, params, Frame::Gp)))
        .route("/open", get(open))
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
            get(|| {
                asset(
                    "text/javascript; charset=utf-8",
                    include_str!("assets/journal.js"),
                )
            }),
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
    params: Result<Query<Params>, QueryRejection>,
    frame: Frame,
) -> Response {
    let Ok(Query(params)) = params else {
        let page = page::message("Siden kan ikke åpnes", "Adressen er ikke gyldig.");
        return html(&app, StatusCode::BAD_REQUEST, page);
    };
    match build(&app, &params, frame).await {
        Ok((status, page)) => html(&app, status, page),
        Err(refusal) => html(
            &app,
            refusal.status,
            page::message("Journalen er utilgjengelig", &refusal.text),
        ),
    }
}

async fn build(app: &App, params: &Params, frame: Frame) -> Result<(StatusCode, String), Refusal> {
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
    };
    let Some(id) = &params.patient else {
        return Ok((StatusCode::OK, page.without_patient()));
    };
    let found = patients.iter().find(|patient| patient.id == *id).cloned();
    let patient = match found {
        Some(patient) => patient,
        None if params.force.is_some() => Patient::unknown(id, String::new()),
        None => return Ok((StatusCode::NOT_FOUND, page.patient_not_found(id))),
    };
    let opened = Opened {
        chart: record::chart(app, id).await,
        launch_url: launch_url(app, user, id),
        patient,
        forced: params.force.is_some(),
    };
    Ok((StatusCode::OK, page.with_patient(&opened)))
}

/// Opens the module in a window of its own, with a fresh launch.
async fn open(State(app): State<Arc<App>>, params: Result<Query<Params>, QueryRejection>) -> Response {
    let params = params.map(|Query(params)| (params.patient, params.user.as_deref().and_then(user)));
    match params {
        Ok((Some(patient), Some(user))) => Redirect::to(&launch_url(&app, user, &patient)).into_response(),
        _ => {
            let page = page::message("Modulen kan ikke åpnes", "Pasient eller bruker mangler.");
            html(&app, StatusCode::BAD_REQUEST, page)
        }
    }
}

/// Each call makes a new launch value.
fn launch_url(app: &App, user: &'static User, patient: &str) -> String {
    let launch = app.sessions.start_launch(Launch {
        user,
        patient: patient.to_owned(),
    });
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("iss", &app.urls.fhir)
        .append_pair("launch", &launch)
        .finish();
    format!("{}/?{query}", app.urls.viewer)
}

fn html(app: &App, status: StatusCode, page: String) -> Response {
    let policy = format!(
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; frame-src {}; \
         frame-ancestors 'self'; base-uri 'none'; form-action 'self'",
        app.urls.viewer
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
