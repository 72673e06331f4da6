//! The launch's states, and how each event moves them. Every rule of the protocol is decided here or in the
//! modules it calls; nothing is carried out here.

mod authorizing;
mod discovering;
mod start;

use crate::error::{LaunchError, LaunchErrorKind, Step, error_at as error, fault, host_of, success};
use crate::event::{Effect, Event, Request, Start};
use crate::query::Query;
use crate::redacted::Redacted;

pub use authorizing::Authorizing;
pub use discovering::Discovering;

/// The state of one launch.
#[derive(Debug, Default)]
pub enum Launch {
    /// Nothing has happened.
    #[default]
    Idle,
    /// Waits for `hosts.json`.
    LoadingHosts(Box<Start>),
    /// Waits for the authorization server's endpoints.
    Discovering(Box<Discovering>),
    /// Waits for the callback in the nested frame.
    Authorizing(Box<Authorizing>, Redacted<String>),
    /// Waits for the user to open the authorization page in a window, and for its callback.
    Offering(Box<Authorizing>),
    /// The page is on its way to the authorization server (its host is kept for errors).
    Leaving(String),
    /// Waits for the token.
    Exchanging(Box<Authorizing>),
    /// Has given a context.
    Finished,
    /// Has given an error.
    Failed,
}

/// A state and what to do in it.
type Next = (Launch, Option<Effect>);

impl Launch {
    /// The next state and the effect to carry out, whose outcome is the next event. An event that the state
    /// does not wait for (a late answer) changes nothing and asks for nothing.
    #[must_use]
    pub fn step(self, event: Event) -> Next {
        match (self, event) {
            (Launch::Idle, Event::Started(start)) => {
                let load = Effect::Get {
                    request: Request::Hosts,
                    address: "hosts.json".to_owned(),
                    headers: Vec::new(),
                };
                (Launch::LoadingHosts(start), Some(load))
            }
            (
                Launch::LoadingHosts(start),
                Event::Answered {
                    request: Request::Hosts,
                    status,
                    body,
                    ..
                },
            ) => {
                let viewer = host_of(&start.viewer_address);
                start::read_hosts(status, &body.0)
                    .map_err(|fault| error(Step::Start, viewer, fault))
                    .and_then(|hosts| start::begin(*start, &hosts))
                    .unwrap_or_else(failed)
            }
            (
                Launch::Discovering(discovering),
                Event::Answered {
                    request,
                    status,
                    body,
                    ..
                },
            ) if request == discovering.waiting_for => {
                let found = discovering.read(status, &body.0);
                discovering.found(found)
            }
            (Launch::Discovering(discovering), Event::Unreachable { request, detail })
                if request == discovering.waiting_for =>
            {
                discovering.found(Err(fault(LaunchErrorKind::Unreachable, detail)))
            }
            (
                Launch::Authorizing(authorizing, _) | Launch::Offering(authorizing),
                Event::CallbackReceived(query),
            ) => authorizing.called_back(&Query::parse(&query.0)),
            (
                Launch::Authorizing(authorizing, address),
                Event::AuthorizationStayed | Event::NavigationBlocked { .. },
            ) => (
                Launch::Offering(authorizing),
                Some(Effect::OfferWindow { address }),
            ),
            (Launch::Exchanging(authorizing), Event::CallbackReceived(_)) => {
                let host = authorizing.authorize_host();
                failed(error(
                    Step::Callback,
                    host,
                    fault(LaunchErrorKind::CallbackRepeated, ""),
                ))
            }
            (
                Launch::Exchanging(authorizing),
                Event::Answered {
                    request: Request::Token,
                    status,
                    body,
                    now_ms,
                },
            ) => match authorizing.finish(status, &body.0, now_ms) {
                Ok(context) => (Launch::Finished, Some(Effect::Finished(Box::new(context)))),
                Err(error) => failed(error),
            },
            (state, Event::Unreachable { request, detail }) if state.waits_for(request) => {
                state.fail(fault(LaunchErrorKind::Unreachable, detail))
            }
            (state @ (Launch::Offering(_) | Launch::Leaving(_)), Event::NavigationBlocked { detail }) => {
                state.fail(fault(LaunchErrorKind::NavigationBlocked, detail))
            }
            (state @ Launch::Offering(_), Event::AuthorizationStayed) => {
                state.fail(fault(LaunchErrorKind::AuthorizationStayed, ""))
            }
            (state, Event::TimedOut) => state.fail(fault(LaunchErrorKind::TimedOut, "")),
            (state, _) => (state, None),
        }
    }

    fn waits_for(&self, request: Request) -> bool {
        match self {
            Launch::LoadingHosts(_) => request == Request::Hosts,
            Launch::Discovering(discovering) => request == discovering.waiting_for,
            Launch::Exchanging(_) => request == Request::Token,
            Launch::Idle
            | Launch::Authorizing(..)
            | Launch::Offering(_)
            | Launch::Leaving(_)
            | Launch::Finished
            | Launch::Failed => false,
        }
    }

    /// Ends a launch that waits for something; any other state stays as it is.
    fn fail(self, fault: crate::error::Fault) -> Next {
        let (step, host) = match &self {
            Launch::Idle | Launch::Finished | Launch::Failed => return (self, None),
            Launch::LoadingHosts(start) => (Step::Start, host_of(&start.viewer_address)),
            Launch::Discovering(discovering) => (Step::Discovery, discovering.issuer_host()),
            Launch::Authorizing(authorizing, _) | Launch::Offering(authorizing) => {
                (Step::Authorize, authorizing.authorize_host())
            }
            Launch::Leaving(host) => (Step::Authorize, host.clone()),
            Launch::Exchanging(authorizing) => (Step::Token, authorizing.token_host()),
        };
        failed(error(step, host, fault))
    }
}

fn failed(error: LaunchError) -> Next {
    (Launch::Failed, Some(Effect::Failed(error)))
}

#[cfg(test)]
mod tests;
