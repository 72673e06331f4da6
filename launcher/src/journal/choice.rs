//! The page on which a clinician chooses the patient for an app that was started outside the journal.

use axum::http::StatusCode;
use axum::response::Response;

use super::page::{document, escape};
use super::record::{self, Patient, norwegian_date};
use super::{html, page};
use crate::app::App;
use crate::auth::sessions::Launch;
use crate::auth::users::{Frame, default_user};

/// `asked` are the parameters of the authorization request, which each choice goes on with.
pub(crate) async fn choose_patient(app: &App, asked: &[(String, String)]) -> Response {
    match record::patients(app).await {
        Ok(patients) => html(app, StatusCode::OK, choices(app, asked, &patients)),
        Err(refusal) => {
            let page = page::message("Journalen er utilgjengelig", &refusal.text);
            html(app, refusal.status, page)
        }
    }
}

fn choices(app: &App, asked: &[(String, String)], patients: &[Patient]) -> String {
    let user = default_user(Frame::Hospital);
    let item = |patient: &Patient| {
        let launch = Launch::new(user, &patient.id, &app.urls.journal);
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(asked)
            .append_pair("launch", &app.sessions.start_launch(launch))
            .finish();
        let born = patient
            .birth_date
            .map_or_else(String::new, |day| format!(", født {}", norwegian_date(day)));
        format!(
            "<li><a href=\"{}\">{}{born}</a></li>",
            escape(&format!("/auth/authorize?{query}")),
            escape(&patient.name)
        )
    };
    let list: String = patients.iter().map(item).collect();
    let body = format!(
        "<main class=\"start\"><h1>Velg pasient</h1><p>Egenmåling åpnes for {}, {}.</p><ul>{list}</ul></main>",
        user.name(),
        user.workplace
    );
    document("Velg pasient", "start", &body)
}
