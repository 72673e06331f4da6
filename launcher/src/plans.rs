//! NHN's plan service "Pasientens planer" as its public pages describe version 0.4: plain JSON, not FHIR. A plan has
//! a title, a description and zones; an update names the version that it changes. The pages leave some things open;
//! chosen here are the shape of people (`reference` and `display`), FHIR's words for the status, the order of a
//! history (newest first) and errors as `{"error": words}`. Rights are those of the token on CarePlan.

mod document;
mod seed;
mod store;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use self::document::Change;
use crate::app::{App, Backend};
use crate::auth::scopes::Op;
use crate::fhir;
use crate::fhir::access::Access;
use crate::fhir::index::split_reference;
use crate::fhir::outcome::Refusal;
use crate::fhir::store::Database;

/// Below the journal's origin.
pub(crate) const PATH: &str = "/planer";

pub(crate) fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/planer/plan", get(search).post(create))
        .route("/planer/plan/{id}", get(read).put(update))
        .route("/planer/plan/{id}/history", get(history))
        .route("/planer/plan/{id}/version/{version}", get(version))
}

type Site = State<Arc<App>>;

async fn search(State(app): Site, headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let patient = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "patient");
    let patient = patient.map(|(_, value)| value.into_owned());
    let found = answer(&app, &headers, move |db, access| {
        let patient = patient
            .filter(|patient| !patient.is_empty())
            .ok_or_else(|| Refusal::invalid("patient is missing"))?;
        let id = split_reference(&patient).map_or(patient, |(_, id)| id);
        access.permit(Op::Search, "CarePlan", Some(&id))?;
        Ok(Value::from(store::newest_of(db, &id)?))
    });
    done(found.await)
}

async fn read(State(app): Site, headers: HeaderMap, Path(id): Path<String>) -> Response {
    let found = answer(&app, &headers, move |db, access| {
        Ok(permitted(db, access, Op::Read, &id)?.swap_remove(0))
    });
    done(found.await)
}

async fn history(State(app): Site, headers: HeaderMap, Path(id): Path<String>) -> Response {
    let found = answer(&app, &headers, move |db, access| {
        let versions = permitted(db, access, Op::Read, &id)?;
        Ok(versions.iter().map(document::headline).collect())
    });
    done(found.await)
}

async fn version(
    State(app): Site,
    headers: HeaderMap,
    Path((id, version)): Path<(String, String)>,
) -> Response {
    let found = answer(&app, &headers, move |db, access| {
        let wanted: u32 = version
            .parse()
            .map_err(|_| Refusal::invalid(format!("{version} is not a version")))?;
        let versions = permitted(db, access, Op::Read, &id)?;
        let found = versions.into_iter().find(|plan| plan["version"] == wanted);
        found.ok_or_else(|| Refusal::not_found(format!("the plan has no version {wanted}")))
    });
    done(found.await)
}

async fn create(State(app): Site, headers: HeaderMap, body: Bytes) -> Response {
    let most = app.habits.zone_text();
    let created = answer(&app, &headers, move |db, access| {
        let change = Change::parse(&body)?.within(most)?;
        let patient = change.patient()?;
        access.permit(Op::Create, "CarePlan", Some(&patient))?;
        // Who may only suggest has nothing to suggest here: the service has no proposals.
        access.permit(Op::Update, "CarePlan", Some(&patient))?;
        let plan = change.first_version();
        store::add(db, &patient, &plan)?;
        Ok(plan)
    });
    match created.await {
        Ok(plan) => {
            let id = plan["id"].as_str().unwrap_or_default();
            let place = format!("{}{PATH}/plan/{id}", app.urls.journal);
            (StatusCode::CREATED, [(header::LOCATION, place)], Json(plan)).into_response()
        }
        refused => done(refused),
    }
}

async fn update(State(app): Site, headers: HeaderMap, Path(id): Path<String>, body: Bytes) -> Response {
    let most = app.habits.zone_text();
    let found = answer(&app, &headers, move |db, access| {
        let current = permitted(db, access, Op::Update, &id)?.swap_remove(0);
        let change = Change::parse(&body)?.within(most)?;
        let version = change.version()?;
        if current["version"] != version {
            let text = format!("the plan is at version {}, not {version}", current["version"]);
            return Err(Refusal::conflict(text));
        }
        let plan = change.next_version(&current);
        store::add(db, &access.patient, &plan)?;
        Ok(plan)
    });
    done(found.await)
}

/// Every version of a plan, newest first (there is at least one), if the token may do this with it.
fn permitted(db: &Database, access: &Access, op: Op, id: &str) -> Result<Vec<Value>, Refusal> {
    if !document::is_uuid(id) {
        return Err(Refusal::invalid(format!("{id} is not a UUID")));
    }
    access.reach(op, "CarePlan")?;
    let (patient, versions) =
        store::versions(db, id)?.ok_or_else(|| Refusal::not_found(format!("there is no plan {id}")))?;
    access.permit(op, "CarePlan", Some(&patient))?;
    Ok(versions)
}

/// Does `work` for the token of the request. The first time that a patient is asked about, his CarePlans of the FHIR
/// server are taken over.
async fn answer(
    app: &Arc<App>,
    headers: &HeaderMap,
    work: impl FnOnce(&Database, &Access) -> Result<Value, Refusal> + Send + 'static,
) -> Result<Value, Refusal> {
    let access = fhir::access_of(app, headers)?;
    let Backend::Store(store) = &app.backend else {
        return Err(Refusal::not_found(
            "there is no plan service beside another server",
        ));
    };
    let store = Arc::clone(store);
    let done = tokio::task::spawn_blocking(move || {
        store.atomically(|db| {
            seed::take_over(db, &access.patient)?;
            work(db, &access)
        })
    });
    done.await
        .unwrap_or_else(|error| Err(Refusal::internal(format!("the request failed: {error}"))))
}

fn done(result: Result<Value, Refusal>) -> Response {
    match result {
        Ok(value) => Json(value).into_response(),
        Err(refusal) => (refusal.status, Json(json!({ "error": refusal.text }))).into_response(),
    }
}
