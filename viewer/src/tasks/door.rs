//! How a token for a source is had, and had again once it has ended: given for the launch's, or by an authorization of
//! the source's own. Which requests that takes, and what answers mean, is decided in `smart_launch::Source`.

use std::rc::Rc;

use smart_launch::{
    Asked, Entry, LaunchError, LaunchErrorKind, NotEntered, Post, Redacted, Source, SourceGrant,
};

use super::fhir_client::{ANSWER_LIMIT_MS, FhirClient};
use super::in_time;
use super::plan::Later;
use super::run_launch::callback;
use crate::browser::http::{self, HttpRequest, HttpResponse};
use crate::browser::location::PageAddress;
use crate::browser::{clock, random};
use crate::state::{Problem, ProblemKind};

/// The way to the tokens of one source that does not take the launch's.
#[derive(Clone, Debug)]
pub(crate) struct Door {
    pub(super) source: Source,
    /// The launch that it is opened from.
    pub(super) launch: FhirClient,
    /// The address that the launch came with.
    pub(super) page: Rc<Redacted<PageAddress>>,
}

/// Why there is no token.
#[derive(Debug)]
pub(crate) enum NotGranted {
    /// The source wants to ask the user.
    AsksUser,
    /// It failed.
    Failed(Rc<Problem>),
}

impl From<Rc<Problem>> for NotGranted {
    fn from(problem: Rc<Problem>) -> Self {
        Self::Failed(problem)
    }
}

/// See [`SourcesChunk::grant`](crate::chunks::SourcesChunk).
pub(crate) fn grant(door: Door, is_asked: bool) -> Later<'static, Result<SourceGrant, NotGranted>> {
    Box::pin(async move { door.grant(is_asked).await })
}

impl Door {
    /// A token: unseen, or in a window of its own where that was clicked for.
    ///
    /// # Errors
    /// Why there is none.
    async fn grant(&self, is_asked: bool) -> Result<SourceGrant, NotGranted> {
        match self.source.entry {
            Entry::Own(_) => self.authorize(is_asked).await,
            Entry::Exchange { .. } | Entry::Launch => Ok(self.exchange().await?),
        }
    }

    async fn exchange(&self) -> Result<SourceGrant, Rc<Problem>> {
        let token = self.launch.current_token().await?;
        let refused = match self.exchanged(&token.secret).await {
            Err(problem) if problem.kind == ProblemKind::Forbidden => problem,
            done => return done,
        };
        // The launch's token may have ended without a word.
        if self.launch.is_over() {
            return Err(self.launch.problem(ProblemKind::Unauthorized, &refused.detail));
        }
        if self.launch.renew_token(&token).await.is_err() {
            return Err(refused);
        }
        let token = self.launch.current_token().await?;
        self.exchanged(&token.secret).await
    }

    async fn exchanged(&self, token: &Redacted<String>) -> Result<SourceGrant, Rc<Problem>> {
        let source = &self.source;
        let post = source
            .exchange(token)
            .ok_or_else(|| self.launch.problem(ProblemKind::Server, "nothing to exchange"))?;
        let answer = send(source, form(&post)).await?;
        source
            .exchanged(answer.status, &answer.body, clock::now_ms())
            .map_err(failed)
    }

    async fn authorize(&self, is_asked: bool) -> Result<SourceGrant, NotGranted> {
        let source = &self.source;
        let configuration = send(source, HttpRequest::get(source.configuration_address())).await?;
        let random = random::random_bytes()
            .map(Redacted)
            .ok_or_else(|| self.launch.problem(ProblemKind::Server, "no randomness"))?;
        let hint = self.launch.context().login_hint();
        let asked = Asked {
            redirect_uri: &self.page.0.base,
            random: &random,
            login_hint: hint.as_deref(),
            silent: !is_asked,
        };
        let (address, pending) = source
            .authorization(configuration.status, &configuration.body, &asked)
            .map_err(failed)?;
        // A page that stays wants to talk to somebody.
        let query = callback(&address.0, is_asked).await.ok_or(NotGranted::AsksUser)?;
        let post = source
            .called_back(&pending, &query)
            .map_err(|error| match error {
                NotEntered::NeedsUser => NotGranted::AsksUser,
                NotEntered::Failed(error) => NotGranted::Failed(failed(error)),
            })?;
        let answer = send(source, form(&post)).await?;
        Ok(source
            .entered(&pending, answer.status, &answer.body, clock::now_ms())
            .map_err(failed)?)
    }
}

fn form(post: &Post) -> HttpRequest {
    let kind = "application/x-www-form-urlencoded";
    HttpRequest::with_body("POST", &post.address, kind, post.form.0.clone())
}

async fn send(source: &Source, request: HttpRequest) -> Result<HttpResponse, Rc<Problem>> {
    let problem = |detail: &str| {
        Rc::new(Problem {
            kind: ProblemKind::Network,
            host: source.host(),
            detail: detail.to_owned(),
        })
    };
    let request = request.header("Accept", "application/json");
    in_time(ANSWER_LIMIT_MS, http::send(request))
        .await
        .ok_or_else(|| problem("no answer in a minute"))?
        .map_err(|error| problem(&error.detail))
}

fn failed(error: LaunchError) -> Rc<Problem> {
    let kind = match error.kind {
        LaunchErrorKind::Unreachable | LaunchErrorKind::TimedOut => ProblemKind::Network,
        LaunchErrorKind::Status(401 | 403)
        | LaunchErrorKind::AuthorizationRefused
        | LaunchErrorKind::TokenRefused => ProblemKind::Forbidden,
        _ => ProblemKind::Server,
    };
    let detail = error.to_string();
    Rc::new(Problem {
        kind,
        host: error.host,
        detail,
    })
}
