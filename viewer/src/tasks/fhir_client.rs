//! FHIR requests with the launch's token, which goes to the launch's servers and nowhere else; repeated where
//! `smart_launch::Attempts` says so. Knows no resource. The token's renewal is in `renew_token`.

use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use smart_launch::{Attempts, LaunchContext, Outcome, PatientSearch, Source, SourceGrant, Then};

use super::door::Door;
use super::renew_token::{CurrentToken, Renewing};
use super::{in_time, whole_ms};
use crate::browser::http::{self, HttpRequest, HttpResponse, Unreachable};
use crate::browser::{clock, online, random};
use crate::state::{Problem, ProblemKind};

/// How long a whole answer may take, in milliseconds.
pub(super) const ANSWER_LIMIT_MS: u32 = 60_000;

/// One launch's way to its FHIR server. Cheap to clone; all clones share the token.
#[derive(Clone, Debug)]
pub(crate) struct FhirClient {
    context: Rc<LaunchContext>,
    tokens: Rc<Renewing>,
    /// It is not the server that launched.
    is_elsewhere: bool,
}

impl FhirClient {
    pub(crate) fn new(context: LaunchContext) -> Self {
        Self {
            tokens: Rc::new(Renewing::new(&context, None)),
            context: Rc::new(context),
            is_elsewhere: false,
        }
    }

    /// The same launch at a further source, where it is not known yet who its patient is: with the token that the source
    /// gave, and the way to another, else with the launch's; `None` where that is not for this source.
    pub(super) fn at_source(&self, source: &Source, granted: Option<(&SourceGrant, Door)>) -> Option<Self> {
        let grant = granted.as_ref().map(|(grant, _)| *grant);
        let context = self.context.at_source(source, grant, String::new())?;
        let tokens = match granted {
            Some((_, door)) => Rc::new(Renewing::new(&context, Some(door))),
            None => Rc::clone(&self.tokens),
        };
        Some(Self {
            tokens,
            context: Rc::new(context),
            is_elsewhere: true,
        })
    }

    /// The same at a source, once it is known by which id it has the patient.
    pub(super) fn with_patient(self, id: &str) -> Self {
        let mut context = LaunchContext::clone(&self.context);
        id.clone_into(&mut context.patient_id);
        if self.has_own_token() {
            self.tokens.is_for(id);
        }
        Self {
            context: Rc::new(context),
            ..self
        }
    }

    /// The token is not the launch's.
    fn has_own_token(&self) -> bool {
        self.tokens.refusal() == ProblemKind::Forbidden
    }

    /// Nobody but the user can open this source again.
    pub(super) fn asks_user(&self) -> bool {
        self.tokens.asks_user()
    }

    /// What it means that the token is refused. A source that does not take the launch's is closed, and nothing else
    /// ends by that; where the token has ended, so has the session.
    fn refusal(&self) -> ProblemKind {
        if self.is_elsewhere && !self.tokens.has_ended() {
            ProblemKind::Forbidden
        } else {
            self.tokens.refusal()
        }
    }

    /// The launch that it speaks for.
    pub(crate) fn context(&self) -> &LaunchContext {
        &self.context
    }

    /// The body of a read, or of a page that a `next` link names.
    ///
    /// # Errors
    /// A [`Problem`] that names the host: foreign address, no connection, or the server's refusal.
    pub(crate) async fn get(&self, address: &str) -> Result<Vec<u8>, Rc<Problem>> {
        self.ask(&|| HttpRequest::get(address), address).await
    }

    /// A file that a resource names, as itself or as a Binary.
    ///
    /// # Errors
    /// As for [`FhirClient::get`].
    pub(super) async fn file(&self, address: &str) -> Result<Vec<u8>, Rc<Problem>> {
        let accepted = "application/pdf, application/fhir+json;q=0.5";
        let request = || HttpRequest::get(address).header("Accept", accepted);
        let answer = self.exchange(&request, address, false).await?;
        self.taken(answer)
    }

    /// The body of a search's first page, sent as the host wants searches: in the address, or as a form.
    ///
    /// # Errors
    /// As for [`FhirClient::get`].
    pub(crate) async fn search(&self, search: &str) -> Result<Vec<u8>, Rc<Problem>> {
        match fhir_read::posted(search).filter(|_| self.context.search.post) {
            Some((address, form)) => self.post_search(&address, form).await,
            None => self.get(search).await,
        }
    }

    /// The answer to a search for a patient by national number.
    ///
    /// # Errors
    /// As for [`FhirClient::get`].
    pub(super) async fn find_patient(&self, search: &PatientSearch) -> Result<Vec<u8>, Rc<Problem>> {
        match &search.form {
            Some(form) => self.post_search(&search.address.0, &form.0).await,
            None => self.get(&search.address.0).await,
        }
    }

    async fn post_search(&self, address: &str, form: &str) -> Result<Vec<u8>, Rc<Problem>> {
        let request = || {
            let form = form.to_owned();
            HttpRequest::with_body("POST", address, "application/x-www-form-urlencoded", form)
        };
        self.ask(&request, address).await
    }

    /// The launch's token as it is now, to be exchanged for another.
    ///
    /// # Errors
    /// There is none any more.
    pub(super) async fn current_token(&self) -> Result<CurrentToken, Rc<Problem>> {
        self.tokens.current().await
    }

    /// Another token in the place of one that was refused.
    ///
    /// # Errors
    /// There is no other.
    pub(super) async fn renew_token(&self, refused: &CurrentToken) -> Result<(), Rc<Problem>> {
        self.tokens.renew(refused.number).await
    }

    /// The token has ended by what the server said, and there is no other.
    pub(super) fn is_over(&self) -> bool {
        self.tokens.has_ended() && !self.tokens.renewable()
    }

    /// No request of this launch is answered from now on: the user has logged out of the journal.
    pub(crate) fn forget_token(&self) {
        self.tokens.clear();
    }

    /// Posts a form to the hub that this launch named, with its token; nowhere else. `None` without an answer.
    pub(super) async fn post_to_hub(&self, address: &str, form: String) -> Option<HttpResponse> {
        self.context.hub.as_ref().filter(|hub| hub.url == address)?;
        let token = self.tokens.current().await.ok()?;
        let request = HttpRequest::with_body("POST", address, "application/x-www-form-urlencoded", form)
            .header("Accept", "application/json")
            .header("Authorization", format!("Bearer {}", token.secret.0))
            .outliving_the_page();
        http::send(request).await.ok()
    }

    /// A problem with this launch's server.
    pub(crate) fn problem(&self, kind: ProblemKind, detail: &str) -> Rc<Problem> {
        Rc::new(Problem {
            kind,
            host: self.context.host(),
            detail: detail.to_owned(),
        })
    }

    /// Tokens of another launch of the same patient take the place of those that are no longer accepted.
    pub(super) fn use_tokens_of(&self, context: LaunchContext) {
        self.tokens.replace(context.tokens);
    }

    /// The answer to a request that writes, whatever its status but for 401. It is sent a second time only where
    /// the token was refused, and so nothing was done.
    ///
    /// # Errors
    /// As for [`FhirClient::get`]; with [`ProblemKind::Network`] it is not known what was done.
    pub(super) async fn write_once(
        &self,
        request: &dyn Fn() -> HttpRequest,
        address: &str,
    ) -> Result<HttpResponse, Rc<Problem>> {
        let accepted = || request().header("Accept", "application/fhir+json, application/json");
        let answer = self.exchange(&accepted, address, true).await?;
        match answer.status {
            401 => Err(self.problem(self.refusal(), "HTTP 401")),
            _ => Ok(answer),
        }
    }

    async fn ask(&self, request: &dyn Fn() -> HttpRequest, address: &str) -> Result<Vec<u8>, Rc<Problem>> {
        let accepted = || request().header("Accept", "application/fhir+json");
        let answer = self.exchange(&accepted, address, false).await?;
        self.taken(answer)
    }

    async fn exchange(
        &self,
        request: &dyn Fn() -> HttpRequest,
        address: &str,
        writes: bool,
    ) -> Result<HttpResponse, Rc<Problem>> {
        if !self.context.may_receive_token(address) {
            return Err(self.problem(
                ProblemKind::ForeignLink,
                "address outside the FHIR server of this launch",
            ));
        }
        let mut attempts = Attempts::default();
        loop {
            let token = self.tokens.current().await?;
            let mut request = request().header("Authorization", format!("Bearer {}", token.secret.0));
            for (name, value) in self.context.headers_for(address) {
                request = request.header(name, value);
            }
            let Some(answer) = in_time(ANSWER_LIMIT_MS, http::send(request)).await else {
                return Err(self.problem(ProblemKind::Network, "no answer in a minute"));
            };
            let outcome = match &answer {
                Ok(answer) => Outcome::Status {
                    status: answer.status,
                    retry_after: answer.retry_after.as_deref(),
                },
                // Without a network there is nobody to ask again.
                Err(error) if !online::is_online() => {
                    return Err(self.problem(ProblemKind::Network, &error.detail));
                }
                Err(_) => Outcome::NoAnswer,
            };
            let then = attempts.after(
                outcome,
                self.tokens.renewable(),
                clock::now_ms(),
                random::fraction(),
            );
            match then {
                // Twice would be one change too many.
                Then::Wait(_) if writes => return self.answered(answer),
                Then::Wait(ms) => TimeoutFuture::new(whole_ms(ms)).await,
                Then::Renew => self.tokens.renew(token.number).await?,
                Then::Take => return self.answered(answer),
            }
        }
    }

    fn answered(&self, answer: Result<HttpResponse, Unreachable>) -> Result<HttpResponse, Rc<Problem>> {
        answer.map_err(|error| self.problem(ProblemKind::Network, &error.detail))
    }

    fn taken(&self, answer: HttpResponse) -> Result<Vec<u8>, Rc<Problem>> {
        let kind = match answer.status {
            200..=299 => return Ok(answer.body),
            401 => self.refusal(),
            403 => ProblemKind::Forbidden,
            404 | 410 => ProblemKind::NotFound,
            _ => ProblemKind::Server,
        };
        let said = fhir_read::outcome_text(&answer.body).unwrap_or_default();
        Err(self.problem(kind, format!("HTTP {} {said}", answer.status).trim_end()))
    }
}
