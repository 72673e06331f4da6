//! Keeps a token usable: renews it when it is due or refused, once for all who wait. When that is and what an answer
//! means is decided in `smart_launch::Tokens`; how a source's token is had again is in `door`.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use smart_launch::{LaunchContext, Redacted, RenewalError, Tokens};

use super::door::{Door, NotGranted};
use super::fhir_client::ANSWER_LIMIT_MS;
use super::in_time;
use super::turn::Turn;
use crate::browser::clock;
use crate::browser::http::{self, HttpRequest};
use crate::chunks;
use crate::state::{Problem, ProblemKind};

/// The token of a launch, or of a source that has one of its own, over time.
#[derive(Debug)]
pub(super) struct Renewing {
    /// `None` once the token must not be used any more.
    tokens: RefCell<Option<Tokens>>,
    /// Whom it is for; empty while that is not known.
    patient_id: RefCell<String>,
    /// Of the FHIR server, for messages.
    host: String,
    /// How another token is had where this one cannot be renewed.
    door: Option<Door>,
    /// The source would have to ask the user for another token.
    asks_user: Cell<bool>,
    /// Goes up with each new token.
    number: Cell<u32>,
    /// The number of the last token whose renewal ahead of time failed: it is used until it is refused.
    not_ahead: Cell<Option<u32>>,
    turn: Turn,
}

/// A token for one request.
pub(super) struct CurrentToken {
    pub(super) secret: Redacted<String>,
    /// Which token it is.
    pub(super) number: u32,
}

impl Renewing {
    pub(super) fn new(context: &LaunchContext, door: Option<Door>) -> Self {
        Self {
            tokens: RefCell::new(Some(context.tokens.clone())),
            patient_id: RefCell::new(context.patient_id.clone()),
            host: context.host(),
            door,
            asks_user: Cell::new(false),
            number: Cell::new(0),
            not_ahead: Cell::new(None),
            turn: Turn::default(),
        }
    }

    /// It is known by now whom the token is for.
    pub(super) fn is_for(&self, patient_id: &str) {
        self.patient_id.replace(patient_id.to_owned());
    }

    /// The token for a request now, renewed before where that is due.
    ///
    /// # Errors
    /// There is none any more.
    pub(super) async fn current(&self) -> Result<CurrentToken, Rc<Problem>> {
        let number = self.number.get();
        let is_due = self
            .tokens
            .borrow()
            .as_ref()
            .is_some_and(|tokens| tokens.is_due(clock::now_ms()));
        if is_due && self.not_ahead.get() != Some(number) && self.renew(number).await.is_err() {
            self.not_ahead.set(Some(number));
        }
        match &*self.tokens.borrow() {
            Some(tokens) => Ok(CurrentToken {
                secret: Redacted(tokens.access().secret().clone()),
                number: self.number.get(),
            }),
            None => Err(self.over()),
        }
    }

    pub(super) fn renewable(&self) -> bool {
        self.tokens.borrow().as_ref().is_some_and(Tokens::renewable)
    }

    /// The server has said when the token ends, and that is past.
    pub(super) fn has_ended(&self) -> bool {
        let tokens = self.tokens.borrow();
        let end = tokens.as_ref().and_then(Tokens::expires_at_ms);
        end.is_some_and(|end| end <= clock::now_ms())
    }

    /// Nobody but the user can open the source again.
    pub(super) fn asks_user(&self) -> bool {
        self.asks_user.get()
    }

    /// What it means that this token is refused: the end of the session, or of the way to one source.
    pub(super) const fn refusal(&self) -> ProblemKind {
        if self.door.is_some() {
            ProblemKind::Forbidden
        } else {
            ProblemKind::Unauthorized
        }
    }

    /// Replaces token `number`, unless that has been done: of all who come with the same token, one asks.
    ///
    /// # Errors
    /// There is no other; the old one stays.
    pub(super) async fn renew(&self, number: u32) -> Result<(), Rc<Problem>> {
        let _turn = self.turn.take().await;
        if self.number.get() != number {
            return Ok(());
        }
        match (self.refresh().await, &self.door) {
            (Err(problem), Some(door)) if problem.kind != ProblemKind::Network => {
                self.enter_again(door).await
            }
            (refreshed, _) => refreshed,
        }
    }

    async fn refresh(&self) -> Result<(), Rc<Problem>> {
        let renewal = self.tokens.borrow().as_ref().and_then(Tokens::renewal);
        let (address, form) = renewal.ok_or_else(|| self.over())?;
        let request = HttpRequest::with_body("POST", address, "application/x-www-form-urlencoded", form.0)
            .header("Accept", "application/json");
        let answer = in_time(ANSWER_LIMIT_MS, http::send(request))
            .await
            .ok_or_else(|| self.problem(ProblemKind::Network, "no answer in a minute"))?
            .map_err(|error| self.problem(ProblemKind::Network, &error.detail))?;
        match answer.status {
            200..=299 => self.take(&answer.body),
            400 | 401 | 403 => {
                if let Some(tokens) = &mut *self.tokens.borrow_mut() {
                    tokens.not_renewable();
                }
                Err(self.over())
            }
            status => {
                let detail = format!("token renewal: HTTP {status}");
                Err(self.problem(ProblemKind::Server, &detail))
            }
        }
    }

    fn take(&self, body: &[u8]) -> Result<(), Rc<Problem>> {
        let mut tokens = self.tokens.borrow_mut();
        let renewed = match &*tokens {
            Some(tokens) => tokens.renewed(body, &self.patient_id.borrow(), clock::now_ms()),
            // Forgotten while the answer was on its way.
            None => return Err(self.over()),
        };
        match renewed {
            Ok(renewed) => {
                *tokens = Some(renewed);
                self.number.set(self.number.get() + 1);
                Ok(())
            }
            Err(RenewalError::Refused(detail)) => Err(self.problem(ProblemKind::Server, &detail)),
            Err(RenewalError::OtherPatient) => {
                *tokens = None;
                Err(self.other_patient())
            }
        }
    }

    /// Another token the way this one was had, without a word to the user.
    async fn enter_again(&self, door: &Door) -> Result<(), Rc<Problem>> {
        if self.tokens.borrow().is_none() {
            return Err(self.over());
        }
        // What it was had by the first time is here.
        let Some(way) = chunks::sources() else {
            return Err(self.over());
        };
        let grant = match (way.grant)(door.clone(), false).await {
            Ok(grant) => grant,
            Err(NotGranted::AsksUser) => {
                self.asks_user.set(true);
                return Err(self.over());
            }
            Err(NotGranted::Failed(problem)) => return Err(problem),
        };
        let is_other = {
            let known = self.patient_id.borrow();
            grant
                .patient_id()
                .is_some_and(|id| !known.is_empty() && *known != id)
        };
        if is_other {
            self.clear();
            return Err(self.other_patient());
        }
        self.replace(grant.into_tokens());
        Ok(())
    }

    /// Other tokens of the same launch or source, unless they must not be used any more.
    pub(super) fn replace(&self, tokens: Tokens) {
        if let Some(before) = &mut *self.tokens.borrow_mut() {
            *before = tokens;
            self.number.set(self.number.get() + 1);
        }
    }

    /// Drops all tokens.
    pub(super) fn clear(&self) {
        *self.tokens.borrow_mut() = None;
    }

    fn over(&self) -> Rc<Problem> {
        self.problem(self.refusal(), "the session is over")
    }

    fn other_patient(&self) -> Rc<Problem> {
        self.problem(self.refusal(), "the new token is for another patient")
    }

    fn problem(&self, kind: ProblemKind, detail: &str) -> Rc<Problem> {
        Rc::new(Problem {
            kind,
            host: self.host.clone(),
            detail: detail.to_owned(),
        })
    }
}
