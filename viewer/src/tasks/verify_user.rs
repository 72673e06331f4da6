//! Finds out who is logged in: carries out the effects of `smart_launch::Identity`. No rule of it is decided
//! here, and nothing waits for it.

use std::rc::Rc;

use futures_util::future::join;
use smart_launch::{Identity, IdentityEffect, IdentityEvent, IdentityProblem, User};

use super::session::Session;
use crate::browser::http::{self, HttpRequest};
use crate::browser::{clock, crypto};
use crate::state::Action;

impl Session {
    /// Tells who is logged in, where the launch says so.
    pub(super) async fn load_user(&self) {
        if let Some(identity) = self.client.context().identity.clone() {
            let user = verify_user(identity).await.map(Rc::new);
            if !self.collected.borrow().over {
                if let Ok(user) = &user {
                    self.plans.signed_in(user);
                    self.planner().plans.signed_in(user);
                }
                let own_period = self.recall(user.as_deref().ok()).await;
                self.dispatch.emit(Action::User(user.clone()));
                let logged = async {
                    if let Ok(user) = &user {
                        self.log_access(user).await;
                    }
                };
                let period = async {
                    if let Some(choice) = own_period {
                        self.show_period(choice).await;
                    }
                };
                join(logged, period).await;
            }
        }
    }
}

/// The user whom the launch's id_token names, or why nobody is to be shown.
pub(super) async fn verify_user(identity: Identity) -> Result<User, IdentityProblem> {
    let mut identity = identity;
    let mut event = IdentityEvent::Started {
        now_ms: clock::now_ms(),
    };
    loop {
        let (next, effect) = identity.step(event);
        identity = next;
        event = match effect {
            Some(IdentityEffect::GetKeys { address }) => keys(address).await,
            Some(IdentityEffect::Verify(verification)) => {
                IdentityEvent::Verified(crypto::verify(&verification).await)
            }
            Some(IdentityEffect::Known(user)) => return Ok(user),
            Some(IdentityEffect::Unknown(problem)) => return Err(problem),
            // Nothing is under way, so nothing more would come.
            None => return Err(IdentityProblem::CannotVerify),
        };
    }
}

async fn keys(address: String) -> IdentityEvent {
    match http::send(HttpRequest::get(address).header("Accept", "application/json")).await {
        Ok(answer) => IdentityEvent::KeysAnswered {
            status: answer.status,
            body: answer.body,
        },
        Err(_) => IdentityEvent::KeysUnreachable,
    }
}
