//! Sources of readings beside the journal, as other vendors' servers are: FHIR bases with their own data, habits and
//! tokens. Their FHIR API is the journal's (`fhir`); how a token for one is had is in the files below.

mod authorize;
mod exchange;
mod spec;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::extract::{Path as Segments, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

use self::spec::{Entry, Spec};
pub(crate) use self::spec::{SPECS, profiles};
use crate::app::{App, Backend, Urls};
use crate::auth::sessions::{Lifetimes, Sessions};
use crate::auth::users;
use crate::fhir::access::Access;
use crate::fhir::index::at_path;
use crate::fhir::outcome::Refusal;
use crate::fhir::store::Store;
use crate::fhir::{self, Served, access_in, access_of};
use crate::habits::Habits;
use crate::load::{self, Loaded};

#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) spec: &'static Spec,
    /// Of its FHIR base, below the journal's origin.
    path: String,
    /// The whole FHIR base.
    base: String,
    backend: Backend,
    habits: Habits,
    /// Its own tokens, which the journal knows nothing of.
    sessions: Sessions,
}

#[derive(Debug, Default)]
pub(crate) struct Sources {
    list: Vec<Source>,
    /// The journal tells apps of them. They are served all the same.
    pub(crate) is_told: bool,
}

/// Minutes that a source's own token lives, in milliseconds: shorter than the journal's.
const FIVE_MINUTES: i64 = 5 * 60_000;

impl Sources {
    /// In memory, or in files beside `db`.
    pub(crate) fn open(urls: &Urls, db: Option<&Path>, is_told: bool) -> Result<Self, String> {
        let list = SPECS.iter().map(|spec| Source::open(urls, db, spec));
        Ok(Self {
            list: list.collect::<Result<_, _>>()?,
            is_told,
        })
    }

    pub(crate) fn find(&self, id: &str) -> Option<&Source> {
        self.list.iter().find(|source| source.spec.id == id)
    }

    /// What the journal's discovery document says of those that take its token.
    pub(crate) fn associated(&self) -> impl Iterator<Item = Value> {
        let told = self
            .list
            .iter()
            .filter(|source| self.is_told && source.spec.entry == Entry::Launch);
        told.map(
            |source| json!({ "url": source.base, "capabilities": ["permission-patient", "permission-v2"] }),
        )
    }

    /// Puts resources into one source; `place` is for messages.
    pub(crate) fn fill(
        &self,
        id: &str,
        place: &str,
        resources: impl Iterator<Item = Value>,
    ) -> Result<Loaded, Refusal> {
        match self.find(id).map(|source| &source.backend) {
            Some(Backend::Store(store)) => load::load_resources(store, place, resources),
            _ => Err(Refusal::not_found(format!("there is no source {id}"))),
        }
    }

    pub(crate) fn fill_from(&self, id: &str, paths: &[PathBuf]) -> Result<Loaded, Refusal> {
        match self.find(id).map(|source| &source.backend) {
            Some(Backend::Store(store)) => load::load_paths(store, paths),
            _ => Err(Refusal::not_found(format!("there is no source {id}"))),
        }
    }
}

impl Source {
    fn open(urls: &Urls, db: Option<&Path>, spec: &'static Spec) -> Result<Self, String> {
        let mut habits = Habits::default();
        spec.habits.iter().try_for_each(|habit| habits.add(habit))?;
        let file = db.map(|db| {
            let mut name = db.as_os_str().to_owned();
            name.push(format!("-{}", spec.id));
            PathBuf::from(name)
        });
        let store = Store::open(file.as_deref(), habits.keeping()).map_err(|error| error.to_string())?;
        let clinicians = users::resources().into_iter();
        load::load_resources(&store, "clinicians", clinicians).map_err(|refusal| refusal.text)?;
        let path = spec.path();
        Ok(Self {
            base: format!("{}{path}", urls.journal),
            path,
            spec,
            backend: Backend::Store(Arc::new(store)),
            habits,
            sessions: Sessions::new(Lifetimes {
                access: FIVE_MINUTES,
                ..Lifetimes::default()
            }),
        })
    }

    /// What a request may do here. A token of the journal is one for the patient as he is known here.
    fn access(&self, app: &App, headers: &HeaderMap) -> Result<Access, Refusal> {
        if self.spec.entry != Entry::Launch {
            return access_in(&self.sessions, headers);
        }
        let mut access = access_of(app, headers)?;
        access.patient = self.patient_here(app, &access.patient)?.unwrap_or_default();
        Ok(access)
    }

    /// The id that a patient of the journal has here, who is known by an identifier that both have.
    fn patient_here(&self, app: &App, patient: &str) -> Result<Option<String>, Refusal> {
        let (Backend::Store(journal), Backend::Store(own)) = (&app.backend, &self.backend) else {
            return Ok(None);
        };
        let known = journal.resources_of("Patient", Some(patient))?;
        let known: Vec<Identifier<'_>> = known.iter().flat_map(identifiers).collect();
        let here = own.resources_of("Patient", None)?;
        let same = here.iter().find(|patient| {
            identifiers(patient)
                .iter()
                .any(|identifier| known.contains(identifier))
        });
        Ok(same.and_then(|patient| patient["id"].as_str()).map(str::to_owned))
    }
}

/// System and value.
type Identifier<'v> = (&'v str, &'v str);

fn identifiers(patient: &Value) -> Vec<Identifier<'_>> {
    let all = at_path(patient, "identifier").into_iter();
    all.filter_map(|identifier| Some((identifier["system"].as_str()?, identifier["value"].as_str()?)))
        .collect()
}

pub(crate) fn router() -> Router<Arc<App>> {
    Router::new()
        .route(
            "/sources/{source}/fhir/.well-known/smart-configuration",
            get(configuration),
        )
        .route("/sources/{source}/fhir", any(serve))
        .route("/sources/{source}/fhir/", any(serve))
        .route("/sources/{source}/fhir/{*path}", any(serve))
        .route("/sources/{source}/auth/authorize", get(authorize::authorize))
        .route("/sources/{source}/auth/token", post(exchange::token))
}

/// The first segment of a path below `/sources`.
pub(crate) fn id_in(path: &str) -> Option<(&str, &str)> {
    let (id, _) = path.strip_prefix("/sources/")?.split_once('/')?;
    let rest = path.get("/sources/".len() + id.len()..)?;
    Some((id, rest))
}

async fn serve(State(app): State<Arc<App>>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let Some(source) = id_in(&path).and_then(|(id, _)| app.sources.find(id)) else {
        return Refusal::not_found("there is no such source").into_response();
    };
    let served = Served {
        path: &source.path,
        base: &source.base,
        backend: &source.backend,
        habits: &source.habits,
    };
    fhir::respond(served, |headers| source.access(&app, headers), request).await
}

/// Only a source with an authorization of its own says how it is asked.
async fn configuration(State(app): State<Arc<App>>, Segments(id): Segments<String>) -> Response {
    let source = app
        .sources
        .find(&id)
        .filter(|source| source.spec.entry == Entry::Own);
    let Some(source) = source else {
        return (StatusCode::NOT_FOUND, "Not Found").into_response();
    };
    let endpoint = |name: &str| format!("{}{}/{name}", app.urls.journal, source.spec.auth_path());
    Json(json!({
        "issuer": source.base,
        "authorization_endpoint": endpoint("authorize"),
        "token_endpoint": endpoint("token"),
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "response_types_supported": ["code"],
        "token_endpoint_auth_methods_supported": ["none"],
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": true,
        "capabilities": ["launch-standalone", "client-public", "context-standalone-patient", "permission-v2",
            "permission-patient", "permission-user"],
    }))
    .into_response()
}
