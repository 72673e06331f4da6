//! The start: which hosts there are, and whether the page was launched, called back, or neither.

use super::discovering::Goal;
use super::{Authorizing, Discovering, Next, error, success};
use crate::authorize::LaunchRequest;
use crate::error::{Fault, LaunchError, LaunchErrorKind, Step, fault, host_of};
use crate::event::{Carrier, Start};
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
        return Ok(match start.environment.carrier {
            Carrier::FrameName => {
                let pending = Box::new(pending);
                Discovering::begin(host, Goal::CalledBack { pending, query })
            }
            Carrier::SessionStorage | Carrier::None => Authorizing { host, pending }.called_back(&query),
        });
    }
    let refused = |kind| error(Step::Start, viewer.clone(), fault(kind, ""));
    let (iss, launch) = asked_for(&query, start.environment.framed, hosts).map_err(refused)?;
    let host = known_host(hosts, &iss)?;
    if launch.is_none() && !host.standalone {
        return Err(refused(LaunchErrorKind::LaunchMissing));
    }
    let random = start
        .random
        .ok_or_else(|| refused(LaunchErrorKind::NoRandomness))?;
    let request = LaunchRequest {
        iss,
        launch: launch.map(Redacted),
        redirect_uri: start.viewer_address,
    };
    let environment = start.environment;
    Ok(Discovering::begin(
        host,
        Goal::Authorize {
            request,
            environment,
            random,
        },
    ))
}

/// The issuer, and the journal's launch where there is one. Without one only a page of its own may start: in a
/// frame the journal has chosen a patient, and the viewer must not let another be chosen beside it.
fn asked_for(
    query: &Query,
    framed: bool,
    hosts: &HostConfig,
) -> Result<(String, Option<String>), LaunchErrorKind> {
    match (query.get("iss"), query.get("launch")) {
        (Some(iss), Some(launch)) => Ok((iss.to_owned(), Some(launch.to_owned()))),
        (Some(iss), None) if !framed => Ok((iss.to_owned(), None)),
        (Some(_), None) => Err(LaunchErrorKind::LaunchMissing),
        (None, Some(_)) => Err(LaunchErrorKind::IssuerMissing),
        (None, None) => match hosts.only_standalone().filter(|_| !framed) {
            Some(host) => Ok((host.iss.clone(), None)),
            None => Err(LaunchErrorKind::NotLaunched),
        },
    }
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
