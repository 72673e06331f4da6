//! The fields of one host profile: their names, what each may hold, and what stands in for one left out.

use super::asked::{self, Refresh, Role, Syntax};
use super::fields::Fields;
use super::sources;
use super::{
    DiscoveryRungs, Host, HostConfigError, PlanService, PlanServiceKind, SearchConfig, without_trailing_slash,
};
use crate::discovery::{Endpoints, web_address};
use lenient_json::Json;
use oauth2::{ClientId, Scope};

const HOST_FIELDS: [&str; 17] = [
    "name",
    "iss",
    "clientId",
    "scopes",
    "role",
    "scopeSyntax",
    "refresh",
    "standalone",
    "discovery",
    "endpoints",
    "headers",
    "patientPath",
    "history",
    "audit",
    "planService",
    "sources",
    "search",
];

pub(super) fn host(value: &Json, path: String) -> Result<Host, HostConfigError> {
    let fields = &Fields::of(value, path, &HOST_FIELDS)?;
    let iss = base_address(fields, "iss")?;
    let discovery = discovery(fields)?;
    let endpoints = endpoints(&iss, fields)?;
    if endpoints.is_none() && !discovery.well_known && !discovery.capability {
        return Err(fields.problem("endpoints", "must be given where nothing is discovered"));
    }
    let name = fields.text("name")?.to_owned();
    let client_id = ClientId::new(fields.text("clientId")?.to_owned());
    let audit = fields.flag("audit")?.unwrap_or(false);
    let sources = sources::sources(fields, &iss, &client_id)?;
    let (scopes, state_scopes) = scopes(fields, audit, !sources.is_empty())?;
    Ok(Host {
        name,
        scopes,
        state_scopes,
        client_id,
        audit,
        sources,
        standalone: fields.flag("standalone")?.unwrap_or(false),
        discovery,
        endpoints,
        headers: headers(fields)?,
        patient_path: patient_path(fields)?,
        history: fields.flag("history")?.unwrap_or(true),
        plan_service: plan_service(fields)?,
        search: search(fields)?,
        iss,
    })
}

/// An address that paths are put behind, without its last slash.
pub(super) fn base_address(fields: &Fields<'_>, field: &str) -> Result<String, HostConfigError> {
    let address = without_trailing_slash(fields.text(field)?);
    match web_address(address) {
        Ok(url) if !url.as_str().contains(['?', '#']) => Ok(address.to_owned()),
        _ => Err(fields.problem(field, "must be an http(s) address without query")),
    }
}

fn plan_service(fields: &Fields<'_>) -> Result<Option<PlanService>, HostConfigError> {
    let Some(service) = fields.object("planService", &["type", "url"])? else {
        return Ok(None);
    };
    let kinds = [("fhir", PlanServiceKind::Fhir), ("nhn", PlanServiceKind::Nhn)];
    Ok(Some(PlanService {
        kind: service.choice("type", &kinds)?,
        url: base_address(&service, "url")?,
    }))
}

/// Those of every launch, and those where the host keeps settings. Where they are written out nothing is added to them.
fn scopes(
    fields: &Fields<'_>,
    audit: bool,
    has_sources: bool,
) -> Result<(Vec<Scope>, Vec<Scope>), HostConfigError> {
    if let Some(written_out) = fields.texts("scopes")? {
        return match ["role", "scopeSyntax", "refresh"]
            .into_iter()
            .find(|field| fields.has(field))
        {
            Some(field) => Err(fields.problem(field, "has no effect beside scopes: leave out one of them")),
            None => Ok((written_out.into_iter().map(Scope::new).collect(), Vec::new())),
        };
    }
    let role = fields.choice("role", &[("reader", Role::Reader), ("editor", Role::Editor)])?;
    let syntax = fields.choice("scopeSyntax", &[("v2", Syntax::V2), ("v1", Syntax::V1)])?;
    let refresh = [
        ("none", Refresh::None),
        ("online", Refresh::Online),
        ("offline", Refresh::Offline),
    ];
    let needs = asked::needs(role, audit, has_sources);
    Ok((
        asked::scopes(&needs, syntax, fields.choice("refresh", &refresh)?),
        asked::written(&asked::SETTINGS, syntax),
    ))
}

fn discovery(fields: &Fields<'_>) -> Result<DiscoveryRungs, HostConfigError> {
    let rungs = fields.object("discovery", &["wellKnown", "capability"])?;
    let has = |rung| match &rungs {
        Some(rungs) => Ok(rungs.flag(rung)?.unwrap_or(true)),
        None => Ok(true),
    };
    Ok(DiscoveryRungs {
        well_known: has("wellKnown")?,
        capability: has("capability")?,
    })
}

fn endpoints(iss: &str, fields: &Fields<'_>) -> Result<Option<Endpoints>, HostConfigError> {
    let Some(endpoints) = fields.object("endpoints", &["authorize", "token", "jwks", "issuer"])? else {
        return Ok(None);
    };
    Endpoints::configured(
        iss,
        endpoints.text("authorize")?,
        endpoints.text("token")?,
        endpoints.optional_text("jwks")?,
        endpoints.optional_text("issuer")?,
    )
    .map(Some)
    .map_err(|(field, why)| endpoints.problem(field, why))
}

/// Headers that the browser or the viewer sets itself.
const RESERVED_HEADERS: [&str; 6] = [
    "accept",
    "authorization",
    "content-type",
    "cookie",
    "host",
    "origin",
];

fn headers(fields: &Fields<'_>) -> Result<Vec<(String, String)>, HostConfigError> {
    let headers = fields.pairs("headers")?;
    for (name, value) in &headers {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
        let what = if name.is_empty() || !name.chars().all(plain) {
            "is not a header name"
        } else if RESERVED_HEADERS.contains(&name.to_ascii_lowercase().as_str()) {
            "is set by the viewer itself"
        } else if value.is_empty() || !value.chars().all(|c| c == ' ' || c.is_ascii_graphic()) {
            "must be plain text that is not empty"
        } else {
            continue;
        };
        return Err(fields.problem(&format!("headers.{name}"), what));
    }
    Ok(headers)
}

fn patient_path(fields: &Fields<'_>) -> Result<String, HostConfigError> {
    match fields.optional_text("patientPath")? {
        None => Ok("/patient".to_owned()),
        Some(path) if path.starts_with('/') => Ok(path.to_owned()),
        Some(_) => Err(fields.problem("patientPath", "must be a JSON pointer such as /patient")),
    }
}

pub(super) const SEARCH_FIELDS: [&str; 9] = [
    "post",
    "dateParameter",
    "sort",
    "include",
    "lastn",
    "missing",
    "elements",
    "pageSize",
    "parallel",
];

fn search(fields: &Fields<'_>) -> Result<SearchConfig, HostConfigError> {
    match fields.object("search", &SEARCH_FIELDS)? {
        Some(fields) => search_of(&fields),
        None => Ok(SearchConfig::default()),
    }
}

pub(super) fn search_of(fields: &Fields<'_>) -> Result<SearchConfig, HostConfigError> {
    let default = SearchConfig::default();
    let date_parameter = fields.optional_text("dateParameter")?;
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    if date_parameter.is_some_and(|name| !name.chars().all(plain)) {
        return Err(fields.problem("dateParameter", "must be the name of a search parameter"));
    }
    Ok(SearchConfig {
        post: fields.flag("post")?.unwrap_or(default.post),
        date_parameter: date_parameter.map_or(default.date_parameter, str::to_owned),
        sort: fields.flag("sort")?.unwrap_or(default.sort),
        include: fields.flag("include")?.unwrap_or(default.include),
        lastn: fields.flag("lastn")?.unwrap_or(default.lastn),
        missing: fields.flag("missing")?.unwrap_or(default.missing),
        elements: fields.flag("elements")?.unwrap_or(default.elements),
        page_size: fields.number("pageSize", 10_000)?.unwrap_or(default.page_size),
        parallel: fields.number("parallel", 16)?.unwrap_or(default.parallel),
    })
}
