//! Keeps the launch's token usable: renews it when it is due or refused, once for all who wait. When that is
//! and what an answer means is decided in `smart_launch::Tokens`.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::task::{Poll, Waker};

use smart_launch::{LaunchContext, Redacted, RenewalError, Tokens};

use super::fhir_client::ANSWER_LIMIT_MS;
use super::in_time;
use crate::browser::clock;
use crate::browser::http::{self, HttpRequest};
use crate::state::ProblemKind;

/// The token of a launch over time.
#[derive(Debug)]
pub(super) struct Renewing {
    /// `None` once the token must not be used any more.
    tokens: RefCell<Option<Tokens>>,
    patient_id: String,
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

/// Why there is no token: kind and detail of the problem.
type NoToken = (ProblemKind, String);

impl Renewing {
    pub(super) fn new(context: &LaunchContext) -> Self {
        Self {
            tokens: RefCell::new(Some(context.tokens.clone())),
            patient_id: context.patient_id.clone(),
            number: Cell::new(0),
            not_ahead: Cell::new(None),
            turn: Turn::default(),
        }
    }

    /// The token for a request now, renewed before where that is due.
    pub(super) async fn current(&self) -> Result<CurrentToken, NoToken> {
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
            None => Err(over()),
        }
    }

    pub(super) fn renewable(&self) -> bool {
        self.tokens.borrow().as_ref().is_some_and(Tokens::renewable)
    }

    /// Replaces token `number`, unless that has been done: of all who come with the same token, one asks.
    pub(super) async fn renew(&self, number: u32) -> Result<(), NoToken> {
        let _turn = self.turn.take().await;
        if self.number.get() != number {
            return Ok(());
        }
        let renewal = self.tokens.borrow().as_ref().and_then(Tokens::renewal);
        let (address, form) = renewal.ok_or_else(over)?;
        let request = HttpRequest::with_body("POST", address, "application/x-www-form-urlencoded", form.0)
            .header("Accept", "application/json");
        let answer = in_time(ANSWER_LIMIT_MS, http::send(request))
            .await
            .ok_or_else(|| (ProblemKind::Network, "no answer in a minute".to_owned()))?
            .map_err(|error| (ProblemKind::Network, error.detail))?;
        match answer.status {
            200..=299 => self.take(&answer.body),
            400 | 401 | 403 => {
                if let Some(tokens) = &mut *self.tokens.borrow_mut() {
                    tokens.not_renewable();
                }
                Err(over())
            }
            status => Err((ProblemKind::Server, format!("token renewal: HTTP {status}"))),
        }
    }

    fn take(&self, body: &[u8]) -> Result<(), NoToken> {
        let mut tokens = self.tokens.borrow_mut();
        let renewed = match &*tokens {
            Some(tokens) => tokens.renewed(body, &self.patient_id, clock::now_ms()),
            // Forgotten while the answer was on its way.
            None => return Err(over()),
        };
        match renewed {
            Ok(renewed) => {
                *tokens = Some(renewed);
                self.number.set(self.number.get() + 1);
                Ok(())
            }
            Err(RenewalError::Refused(detail)) => Err((ProblemKind::Server, detail)),
            Err(RenewalError::OtherPatient) => {
                *tokens = None;
                let detail = "the new token is for another patient";
                Err((ProblemKind::Unauthorized, detail.to_owned()))
            }
        }
    }

    /// Other tokens of the same launch, unless they must not be used any more.
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
}

fn over() -> NoToken {
    (ProblemKind::Unauthorized, "the session is over".to_owned())
}

/// One at a time, in no particular order.
#[derive(Debug, Default)]
struct Turn {
    taken: Cell<bool>,
    waiting: RefCell<Vec<Waker>>,
}

impl Turn {
    async fn take(&self) -> Taken<'_> {
        poll_fn(|context| {
            if self.taken.replace(true) {
                self.waiting.borrow_mut().push(context.waker().clone());
                return Poll::Pending;
            }
            Poll::Ready(Taken(self))
        })
        .await
    }
}

/// Held while it is one's turn.
struct Taken<'a>(&'a Turn);

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        self.0.taken.set(false);
        for waker in self.0.waiting.take() {
            waker.wake();
        }
    }
}

#[cfg(all(test, target_arch = "wasm32"))]
mod tests {
    use super::*;
    use futures_util::future::join;
    use gloo_timers::future::TimeoutFuture;
    use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

    wasm_bindgen_test_configure!(run_in_browser);

    #[wasm_bindgen_test]
    async fn s10_of_all_who_wait_for_a_token_one_asks_at_a_time() {
        let turn = Turn::default();
        let (inside, most) = (Cell::new(0), Cell::new(0));
        let work = || async {
            let _turn = turn.take().await;
            inside.set(inside.get() + 1);
            most.set(most.get().max(inside.get()));
            TimeoutFuture::new(5).await;
            inside.set(inside.get() - 1);
        };
        join(join(work(), work()), join(work(), work())).await;
        assert_eq!((inside.get(), most.get()), (0, 1));
    }
}
