//! Enters a source: its token, and the patient of the launch by the id that he has there. Which requests that takes, and
//! what answers mean, is decided in `smart_launch::Source`.

use std::rc::Rc;

use fhir_read::{PatientRecord, read_patient, read_patients};
use smart_launch::{
    Asked, Entry, LaunchError, LaunchErrorKind, NotEntered, Post, Redacted, Source, SourceGrant,
};

use super::fhir_client::{ANSWER_LIMIT_MS, FhirClient};
use super::in_time;
use super::run_launch::callback;
use super::session::Session;
use super::sources::Entered;
use crate::browser::http::{self, HttpRequest, HttpResponse};
use crate::browser::{clock, random};
use crate::state::{Problem, ProblemKind, Stand};

impl Session {
    /// # Errors
    /// Where the source stands instead.
    pub(super) async fn enter(&self, source: &Source, is_asked: bool) -> Result<Entered, Stand> {
        let Some(patient) = self.sources.patient.borrow().clone() else {
            return Err(self.patient_unknown());
        };
        let grant = match &source.entry {
            Entry::Launch => None,
            Entry::Exchange { .. } => Some(self.exchange(source).await?),
            Entry::Own(_) => Some(self.authorize(source, is_asked).await?),
        };
        let told = grant
            .as_ref()
            .and_then(|grant| grant.patient_id().map(str::to_owned));
        // Nobody's resources are asked for before it is known whose they are.
        let at = |id: &str| {
            let client = self.client.at_source(source, grant.as_ref(), id);
            client.ok_or_else(|| {
                Stand::Failed(
                    self.client
                        .problem(ProblemKind::Forbidden, "no token for the source"),
                )
            })
        };
        let looking = at("")?;
        let id = match told {
            Some(id) => is_this(&looking, source, &id, &patient).await?,
            None => find(&looking, source, &patient).await?,
        };
        Ok(Entered::new(at(&id)?))
    }

    async fn exchange(&self, source: &Source) -> Result<SourceGrant, Stand> {
        let token = self.client.current_token().await.map_err(Stand::Failed)?;
        let Some(post) = source.exchange(&token) else {
            return Err(Stand::Failed(
                self.client.problem(ProblemKind::Server, "nothing to exchange"),
            ));
        };
        let answer = send(source, form(&post)).await?;
        source
            .exchanged(answer.status, &answer.body, clock::now_ms())
            .map_err(failed)
    }

    /// Unseen; or in a window of its own, where that was clicked for.
    async fn authorize(&self, source: &Source, is_asked: bool) -> Result<SourceGrant, Stand> {
        let configuration = send(source, HttpRequest::get(source.configuration_address())).await?;
        let Some(random) = random::random_bytes().map(Redacted) else {
            return Err(Stand::Failed(
                self.client.problem(ProblemKind::Server, "no randomness"),
            ));
        };
        let user = self.plans.user();
        let asked = Asked {
            redirect_uri: &self.page.0.base,
            random: &random,
            login_hint: user.as_ref().map(|user| &*user.subject),
            silent: !is_asked,
        };
        let (address, pending) = source
            .authorization(configuration.status, &configuration.body, &asked)
            .map_err(failed)?;
        let query = callback(&address.0, is_asked).await;
        // A page that stays wants to talk to somebody.
        let Some(query) = query else {
            return Err(Stand::AsksUser);
        };
        let post = source
            .called_back(&pending, &query)
            .map_err(|error| match error {
                NotEntered::NeedsUser => Stand::AsksUser,
                NotEntered::Failed(error) => failed(error),
            })?;
        let answer = send(source, form(&post)).await?;
        source
            .entered(&pending, answer.status, &answer.body, clock::now_ms())
            .map_err(failed)
    }
}

fn form(post: &Post) -> HttpRequest {
    let kind = "application/x-www-form-urlencoded";
    HttpRequest::with_body("POST", &post.address, kind, post.form.0.clone())
}

async fn send(source: &Source, request: HttpRequest) -> Result<HttpResponse, Stand> {
    let problem = |detail: &str| {
        Stand::Failed(Rc::new(Problem {
            kind: ProblemKind::Network,
            host: source.host(),
            detail: detail.to_owned(),
        }))
    };
    let request = request.header("Accept", "application/json");
    in_time(ANSWER_LIMIT_MS, http::send(request))
        .await
        .ok_or_else(|| problem("no answer in a minute"))?
        .map_err(|error| problem(&error.detail))
}

fn failed(error: LaunchError) -> Stand {
    let kind = match error.kind {
        LaunchErrorKind::Unreachable | LaunchErrorKind::TimedOut => ProblemKind::Network,
        LaunchErrorKind::Status(401 | 403)
        | LaunchErrorKind::AuthorizationRefused
        | LaunchErrorKind::TokenRefused => ProblemKind::Forbidden,
        _ => ProblemKind::Server,
    };
    let detail = error.to_string();
    Stand::Failed(Rc::new(Problem {
        kind,
        host: error.host,
        detail,
    }))
}

/// The id that the source itself says its token is for, where that is the patient of the launch.
async fn is_this(
    looking: &FhirClient,
    source: &Source,
    id: &str,
    patient: &PatientRecord,
) -> Result<String, Stand> {
    let address = format!("{}/Patient/{id}", source.fhir_base);
    let bytes = looking.get(&address).await.map_err(Stand::Failed)?;
    let there = read_patient(&bytes).map_err(|error| unread(looking, &error.to_string()))?;
    let is_same = there.id == id && there.is_same_person(patient);
    if is_same {
        Ok(id.to_owned())
    } else {
        Err(Stand::UnknownPatient)
    }
}

/// The only patient there with a national number of the launch's.
async fn find(looking: &FhirClient, source: &Source, patient: &PatientRecord) -> Result<String, Stand> {
    let Some(national) = patient.national_ids.first() else {
        return Err(Stand::UnknownPatient);
    };
    let search = source.patient_search(&national.kind.system(), &national.number);
    let bytes = looking.find_patient(&search).await.map_err(Stand::Failed)?;
    let found = read_patients(&bytes).map_err(|error| unread(looking, &error.to_string()))?;
    let mut same = found.iter().filter(|there| there.is_same_person(patient));
    match (same.next(), same.next()) {
        (Some(there), None) => Ok(there.id.clone()),
        (Some(_), Some(_)) => Err(unread(looking, "two patients have the number")),
        (None, _) => Err(Stand::UnknownPatient),
    }
}

fn unread(looking: &FhirClient, detail: &str) -> Stand {
    Stand::Failed(looking.problem(ProblemKind::NotFhir, detail))
}
