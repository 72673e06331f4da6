//! `hosts.json`: the journals that may launch the viewer, and how each differs. Holds no secrets (the client
//! is public) and contacts nobody. `docs/integrating.md` explains every field to the integrator.

mod asked;
mod fields;
mod read;
mod sources;

use crate::discovery::Endpoints;
use crate::source::Source;
use fields::problem;
use lenient_json::Json;
use oauth2::{ClientId, Scope};
use std::fmt;

pub use asked::Role;

/// The configured hosts: the allowlist of issuers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostConfig {
    hosts: Vec<Host>,
}

/// One journal (an issuer) and what the viewer must know of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Host {
    /// The host's name for people.
    pub name: String,
    /// FHIR base address without trailing slash.
    pub iss: String,
    /// The viewer's registration at this host.
    pub client_id: ClientId,
    /// The scopes to ask for when the journal launches the viewer.
    pub scopes: Vec<Scope>,
    /// Asked for beside them where the host keeps users' settings (SMART App State), which its discovery document says.
    pub(crate) state_scopes: Vec<Scope>,
    /// The viewer may also be opened without the journal; the host then asks for the patient. Default no.
    pub standalone: bool,
    /// Where the endpoints are looked for.
    pub discovery: DiscoveryRungs,
    /// Endpoints for a host whose discovery gives none.
    pub endpoints: Option<Endpoints>,
    /// Sent with every request to the FHIR base and below it, and to nothing else.
    pub headers: Vec<(String, String)>,
    /// JSON pointer of the patient's id in the token answer; default `/patient`.
    pub patient_path: String,
    /// The versions of a resource can be asked for (`_history`); default yes.
    pub history: bool,
    /// It is told who has looked (AuditEvent); default no.
    pub audit: bool,
    /// Where the plans are; `None` where they are among the resources of `iss`.
    pub plan_service: Option<PlanService>,
    /// Further FHIR bases that resources are read from.
    pub sources: Vec<Source>,
    /// How to search at this host.
    pub search: SearchConfig,
}

/// Where plans are that are not at the issuer. It takes the same token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanService {
    /// What it speaks.
    pub kind: PlanServiceKind,
    /// Its base address without trailing slash.
    pub url: String,
}

/// What a plan service speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanServiceKind {
    /// FHIR R4: CarePlan and what it refers to.
    Fhir,
    /// NHN's "Pasientens planer", plain JSON.
    Nhn,
}

/// The places of the discovery ladder that a host has; both by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DiscoveryRungs {
    /// The SMART configuration document.
    pub well_known: bool,
    /// The `oauth-uris` of its CapabilityStatement.
    pub capability: bool,
}

/// What the host's FHIR search can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchConfig {
    /// Searches are sent as POST to `_search`, so that nothing about the patient is in an address; default no.
    pub post: bool,
    /// Name of Observation's search parameter for its time; default `date`.
    pub date_parameter: String,
    /// `_sort` is offered; default yes.
    pub sort: bool,
    /// `_include` is offered; default yes.
    pub include: bool,
    /// `Observation/$lastn` is offered; default no.
    pub lastn: bool,
    /// The search modifier `:missing` is offered, by which readings without a time are found; default no.
    pub missing: bool,
    /// `_elements` is offered; default yes.
    pub elements: bool,
    /// Resources asked for in a page (`_count`), 1–10,000; default 500.
    pub page_size: u32,
    /// Requests under way at once, 1–16; default 2.
    pub parallel: u32,
}

impl Default for SearchConfig {
    fn default() -> Self {
        Self {
            post: false,
            date_parameter: "date".to_owned(),
            sort: true,
            include: true,
            lastn: false,
            missing: false,
            elements: true,
            page_size: 500,
            parallel: 2,
        }
    }
}

/// Why `hosts.json` cannot be used: the field (`hosts[0].clientId`) and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostConfigError {
    /// Path of the field from the top of the file.
    pub field: String,
    /// What the field must be.
    pub problem: String,
}

impl fmt::Display for HostConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.problem)
    }
}

impl std::error::Error for HostConfigError {}

impl HostConfig {
    /// Reads and validates `hosts.json`.
    ///
    /// # Errors
    /// The first field that is missing, unknown or has a wrong value.
    pub fn parse(json: &[u8]) -> Result<Self, HostConfigError> {
        let file = Json::parse(json).ok_or_else(|| problem("(file)", "is not JSON"))?;
        let entries = file
            .field("hosts")
            .and_then(Json::list)
            .ok_or_else(|| problem("hosts", "must be a list of hosts"))?;
        let mut hosts: Vec<Host> = Vec::with_capacity(entries.len());
        for (index, entry) in entries.iter().enumerate() {
            let host = read::host(entry, format!("hosts[{index}]"))?;
            if hosts.iter().any(|earlier| earlier.iss == host.iss) {
                return Err(problem(&format!("hosts[{index}].iss"), "is already configured"));
            }
            hosts.push(host);
        }
        Ok(Self { hosts })
    }

    /// The host whose issuer is exactly `iss`, but for one trailing slash.
    pub fn host_for(&self, iss: &str) -> Option<&Host> {
        let iss = without_trailing_slash(iss);
        self.hosts.iter().find(|host| host.iss == iss)
    }

    /// The one host that may be opened without a journal; `None` where there are several to choose from.
    pub(crate) fn only_standalone(&self) -> Option<&Host> {
        let mut offering = self.hosts.iter().filter(|host| host.standalone);
        offering.next().filter(|_| offering.next().is_none())
    }
}

pub(crate) fn without_trailing_slash(address: &str) -> &str {
    address.strip_suffix('/').unwrap_or(address)
}

#[cfg(test)]
mod tests;
