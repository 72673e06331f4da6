//! Discovery: the ladder of places where the endpoints may stand, and the way on: to the authorization page,
//! or from it where the launch came back with endpoints that cannot be trusted.

use super::{Authorizing, Launch, Next, error, failed, success};
use crate::authorize::{Asking, LaunchRequest, PendingLaunch, RANDOM_BYTES, authorization_request};
use crate::discovery::{Endpoints, capability_address, well_known_address};
use crate::error::{Fault, LaunchErrorKind, Step, fault, host_of};
use crate::event::{Carrier, Effect, Environment, Request};
use crate::hosts::Host;
use crate::query::Query;
use crate::redacted::Redacted;

/// A launch whose endpoints are being looked for.
#[derive(Debug)]
pub struct Discovering {
    host: Host,
    goal: Goal,
    pub(super) waiting_for: Request,
    /// Why the first place asked could not be used: it is what the host should mend.
    first_fault: Option<Fault>,
}

/// What the endpoints are for.
#[derive(Debug)]
pub(super) enum Goal {
    /// A new launch goes to the authorization page.
    Authorize {
        request: LaunchRequest,
        environment: Environment,
        random: Redacted<[u8; RANDOM_BYTES]>,
    },
    /// A launch has come back by a carrier that others can write to.
    CalledBack {
        pending: Box<PendingLaunch>,
        query: Query,
    },
}

impl Discovering {
    /// The first rung of the ladder that this host has.
    pub(super) fn begin(host: Host, goal: Goal) -> Next {
        let (well_known, capability) = (host.discovery.well_known, host.discovery.capability);
        let discovering = Box::new(Self {
            host,
            goal,
            waiting_for: Request::WellKnown,
            first_fault: None,
        });
        match (well_known, capability) {
            (true, _) => discovering.ask(Request::WellKnown),
            (false, true) => discovering.ask(Request::Capability),
            (false, false) => discovering.use_static(),
        }
    }

    pub(super) fn issuer_host(&self) -> String {
        host_of(&self.host.iss)
    }

    pub(super) fn read(&self, status: u16, body: &[u8]) -> Result<Endpoints, Fault> {
        success(status)?;
        match self.waiting_for {
            Request::Capability => Endpoints::from_capability_statement(&self.host.iss, body),
            _ => Endpoints::from_well_known(&self.host.iss, body),
        }
    }

    /// The ladder: configuration document, CapabilityStatement, static endpoints.
    pub(super) fn found(mut self: Box<Self>, endpoints: Result<Endpoints, Fault>) -> Next {
        match endpoints {
            Ok(endpoints) => self.go_on(endpoints),
            Err(fault) => {
                self.first_fault.get_or_insert(fault);
                match self.waiting_for {
                    Request::WellKnown if self.host.discovery.capability => self.ask(Request::Capability),
                    _ => self.use_static(),
                }
            }
        }
    }

    fn ask(mut self: Box<Self>, request: Request) -> Next {
        self.waiting_for = request;
        let address = match request {
            Request::Capability => capability_address(&self.host.iss),
            _ => well_known_address(&self.host.iss),
        };
        let get = Effect::Get {
            request,
            address,
            headers: self.host.headers.clone(),
        };
        (Launch::Discovering(self), Some(get))
    }

    fn use_static(self: Box<Self>) -> Next {
        match self.host.endpoints.clone() {
            Some(endpoints) => self.go_on(endpoints),
            None => {
                let none = || fault(LaunchErrorKind::FieldMissing("endpoints"), "");
                let host = self.issuer_host();
                failed(error(
                    Step::Discovery,
                    host,
                    self.first_fault.unwrap_or_else(none),
                ))
            }
        }
    }

    fn go_on(self: Box<Self>, endpoints: Endpoints) -> Next {
        let Self { mut host, goal, .. } = *self;
        if endpoints.app_state.is_some() {
            host.scopes.append(&mut host.state_scopes);
        }
        let endpoints = match &host.endpoints {
            Some(configured) => endpoints.completed(configured),
            None => endpoints,
        };
        match goal {
            Goal::Authorize {
                request,
                environment,
                random,
            } => authorize(host, endpoints, request, environment, &random),
            Goal::CalledBack { pending, query } => {
                let pending = PendingLaunch {
                    endpoints,
                    ..*pending
                };
                Authorizing { host, pending }.called_back(&query)
            }
        }
    }
}

/// The same frame where the launch can be carried over, else a nested frame. In a frame that shares the
/// viewer's storage the nested one is chosen all the same: a page that refuses to be framed would end the
/// viewer there, while from the nested frame the way on is a window.
fn authorize(
    host: Host,
    endpoints: Endpoints,
    request: LaunchRequest,
    environment: Environment,
    random: &Redacted<[u8; RANDOM_BYTES]>,
) -> Next {
    let authorize_host = host_of(endpoints.authorize.as_str());
    let asking = Asking::of_host(&host, request.launch.is_none());
    let (address, pending) = match authorization_request(&asking, endpoints, request, &random.0) {
        Ok(request) => request,
        Err(fault) => return failed(error(Step::Authorize, authorize_host, fault)),
    };
    match (environment.carrier, environment.framed) {
        (Carrier::FrameName, _) | (Carrier::SessionStorage, false) => {
            let pending = Box::new(pending);
            (
                Launch::Leaving(authorize_host),
                Some(Effect::Redirect { address, pending }),
            )
        }
        (Carrier::SessionStorage, true) | (Carrier::None, _) => {
            let authorizing = Box::new(Authorizing { host, pending });
            (
                Launch::Authorizing(authorizing, address.clone()),
                Some(Effect::OpenFrame { address }),
            )
        }
    }
}
