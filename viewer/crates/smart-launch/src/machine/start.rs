//! The start: which hosts there are, and whether the page was launched, called back, or neither.

use super::{Authorizing, Discovering, Launch, Next, error, success};
use crate::authorize::LaunchRequest;
use crate::discovery::well_known_address;
use crate::error::{Fault, LaunchError, LaunchErrorKind, Step, fault, host_of};
use crate::event::{Effect, Request, Start};
use crate::hosts::{Host, HostConfig};
use crate::query::Query;
use crate::redacted::Redacted;

pub(super) fn read_hosts(status: u16, body: &[u8]) -> Result<HostConfig, Fault> {
    success(status)?;
    HostConfig::parse(body).map_err(|error| fault(LaunchErrorKind::HostsInvalid, error.to_string()))
}

/// The page's query decides: a callback of the launch that left by redirect, or a new launch.
pub(super) fn begin(start: Start, hosts: &HostConfig) -> Result<Next, LaunchError> {
    let query = Query::parse(&start.query.0);
    let viewer = host_of(&start.viewer_address);
    if query.is_callback() {
        let unexpected = || {
            fault(
                LaunchErrorKind::CallbackUnexpected,
                "no launch waits for this callback",
            )
        };
        let pending = start
            .pending
            .ok_or_else(|| error(Step::Callback, viewer.clone(), unexpected()))?;
        let host = known_host(hosts, &pending.iss)?;
        return Ok(Authorizing { host, pending }.called_back(&query));
    }
    let refused = |kind| error(Step::Start, viewer.clone(), fault(kind, ""));
    let (iss, launch) = match (query.get("iss"), query.get("launch")) {
        (Some(iss), Some(launch)) => (iss.to_owned(), launch.to_owned()),
        (Some(_), None) => return Err(refused(LaunchErrorKind::LaunchMissing)),
        (None, Some(_)) => return Err(refused(LaunchErrorKind::IssuerMissing)),
        (None, None) => return Err(refused(LaunchErrorKind::NotLaunched)),
    };
    let host = known_host(hosts, &iss)?;
    let random = start
        .random
        .ok_or_else(|| refused(LaunchErrorKind::NoRandomness))?;
    let address = well_known_address(&host.iss);
    let discovering = Discovering {
        host,
        request: LaunchRequest {
            iss,
            launch: Redacted(launch),
            redirect_uri: start.viewer_address,
        },
        environment: start.environment,
        random,
        waiting_for: Request::WellKnown,
        well_known_fault: None,
    };
    let get = Effect::Get {
        request: Request::WellKnown,
        address,
    };
    Ok((Launch::Discovering(Box::new(discovering)), Some(get)))
}

fn known_host(hosts: &HostConfig, iss: &str) -> Result<Host, LaunchError> {
    hosts.host_for(iss).cloned().ok_or_else(|| {
        let detail = "the issuer is not in hosts.json";
        error(
            Step::Start,
            host_of(iss),
            fault(LaunchErrorKind::IssuerNotAllowed, detail),
        )
    })
}
