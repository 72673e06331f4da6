//! Discovery: the ladder of places where the endpoints may stand, and the way to the authorization page.

use super::{Authorizing, Launch, Next, error, failed, success};
use crate::authorize::{LaunchRequest, RANDOM_BYTES, authorization_request};
use crate::discovery::{Endpoints, capability_address};
use crate::error::{Fault, Step, host_of};
use crate::event::{Effect, Environment, Request};
use crate::hosts::Host;
use crate::redacted::Redacted;

/// A launch whose endpoints are being looked for.
#[derive(Debug)]
pub struct Discovering {
    pub(super) host: Host,
    pub(super) request: LaunchRequest,
    pub(super) environment: Environment,
    pub(super) random: Redacted<[u8; RANDOM_BYTES]>,
    pub(super) waiting_for: Request,
    /// Why the SMART configuration document could not be used.
    pub(super) well_known_fault: Option<Fault>,
}

impl Discovering {
    pub(super) fn issuer_host(&self) -> String {
        host_of(&self.request.iss)
    }

    pub(super) fn read(&self, status: u16, body: &[u8]) -> Result<Endpoints, Fault> {
        success(status)?;
        match self.waiting_for {
            Request::Capability => Endpoints::from_capability_statement(&self.host.iss, body),
            _ => Endpoints::from_well_known(&self.host.iss, body),
        }
    }

    /// The ladder: configuration document, CapabilityStatement, static endpoints. If none holds, the fault
    /// reported is the document's: it is what the host should mend.
    pub(super) fn found(mut self: Box<Self>, endpoints: Result<Endpoints, Fault>) -> Next {
        match (endpoints, self.waiting_for) {
            (Ok(endpoints), _) => self.authorize(endpoints),
            (Err(fault), Request::WellKnown) => {
                self.well_known_fault = Some(fault);
                self.waiting_for = Request::Capability;
                let address = capability_address(&self.host.iss);
                (
                    Launch::Discovering(self),
                    Some(Effect::Get {
                        request: Request::Capability,
                        address,
                    }),
                )
            }
            (Err(fault), _) => match self.host.endpoints.clone() {
                Some(endpoints) => self.authorize(endpoints),
                None => {
                    let host = self.issuer_host();
                    failed(error(
                        Step::Discovery,
                        host,
                        self.well_known_fault.unwrap_or(fault),
                    ))
                }
            },
        }
    }

    /// Same frame where storage can carry the launch over, else a nested frame.
    fn authorize(self: Box<Self>, endpoints: Endpoints) -> Next {
        let Self {
            host,
            request,
            environment,
            random,
            ..
        } = *self;
        let authorize_host = host_of(endpoints.authorize.as_str());
        match authorization_request(&host, endpoints, request, &random.0) {
            Err(fault) => failed(error(Step::Authorize, authorize_host, fault)),
            Ok((address, pending)) if environment.storage && !environment.framed => {
                let pending = Box::new(pending);
                (
                    Launch::Leaving(authorize_host),
                    Some(Effect::Redirect { address, pending }),
                )
            }
            Ok((address, pending)) => {
                let authorizing = Box::new(Authorizing { host, pending });
                (
                    Launch::Authorizing(authorizing),
                    Some(Effect::OpenFrame { address }),
                )
            }
        }
    }
}
