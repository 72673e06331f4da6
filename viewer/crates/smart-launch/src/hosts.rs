//! `hosts.json`: the journals that may launch the viewer, and how each differs. Holds no secrets (the client
//! is public) and contacts nobody.

use crate::discovery::{Endpoints, web_address};
use oauth2::{ClientId, Scope};
use serde_json::{Map, Value};
use std::fmt;

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
    /// The scopes to ask for.
    pub scopes: Vec<Scope>,
    /// Endpoints for a host without a discovery document.
    pub endpoints: Option<Endpoints>,
    /// How to search at this host.
    pub search: SearchConfig,
}

/// What the host's FHIR search can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SearchConfig {
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
    /// Reads and validates `hosts.json`. Unknown fields are ignored.
    ///
    /// # Errors
    /// The first field that is missing or has a wrong value.
    pub fn parse(json: &[u8]) -> Result<Self, HostConfigError> {
        let file: Value = serde_json::from_slice(json)
            .map_err(|error| problem("(file)", format!("is not JSON: {error}")))?;
        let entries = file
            .get("hosts")
            .and_then(Value::as_array)
            .ok_or_else(|| problem("hosts", "must be a list of hosts"))?;
        let mut hosts: Vec<Host> = Vec::with_capacity(entries.len());
        for (index, entry) in entries.iter().enumerate() {
            let host = read_host(&Fields::of(entry, format!("hosts[{index}]"))?)?;
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
}

pub(crate) fn without_trailing_slash(address: &str) -> &str {
    address.strip_suffix('/').unwrap_or(address)
}

fn read_host(fields: &Fields<'_>) -> Result<Host, HostConfigError> {
    let iss = without_trailing_slash(fields.text("iss")?).to_owned();
    match web_address(&iss) {
        Ok(url) if url.query().is_none() && url.fragment().is_none() => {}
        _ => return Err(fields.problem("iss", "must be an http(s) address without query")),
    }
    let endpoints = match fields.object("endpoints")? {
        None => None,
        Some(endpoints) => Some(
            Endpoints::configured(&iss, endpoints.text("authorize")?, endpoints.text("token")?)
                .map_err(|(field, why)| endpoints.problem(field, why))?,
        ),
    };
    Ok(Host {
        name: fields.text("name")?.to_owned(),
        client_id: ClientId::new(fields.text("clientId")?.to_owned()),
        scopes: fields.scopes()?,
        endpoints,
        search: fields
            .object("search")?
            .map_or(Ok(SearchConfig::default()), |search| read_search(&search))?,
        iss,
    })
}

fn read_search(fields: &Fields<'_>) -> Result<SearchConfig, HostConfigError> {
    let default = SearchConfig::default();
    Ok(SearchConfig {
        lastn: fields.flag("lastn")?.unwrap_or(default.lastn),
        missing: fields.flag("missing")?.unwrap_or(default.missing),
        elements: fields.flag("elements")?.unwrap_or(default.elements),
        page_size: fields.number("pageSize", 10_000)?.unwrap_or(default.page_size),
        parallel: fields.number("parallel", 16)?.unwrap_or(default.parallel),
    })
}

/// The fields of one JSON object, with its path for error messages.
struct Fields<'a> {
    values: &'a Map<String, Value>,
    path: String,
}

impl<'a> Fields<'a> {
    fn of(value: &'a Value, path: String) -> Result<Self, HostConfigError> {
        match value.as_object() {
            Some(values) => Ok(Self { values, path }),
            None => Err(problem(&path, "must be an object")),
        }
    }

    fn problem(&self, field: &str, what: impl Into<String>) -> HostConfigError {
        problem(&format!("{}.{field}", self.path), what)
    }

    fn text(&self, field: &str) -> Result<&'a str, HostConfigError> {
        match self.values.get(field).and_then(Value::as_str) {
            Some(text) if !text.is_empty() => Ok(text),
            _ => Err(self.problem(field, "must be a text that is not empty")),
        }
    }

    fn scopes(&self) -> Result<Vec<Scope>, HostConfigError> {
        let scopes: Option<Vec<Scope>> =
            self.values
                .get("scopes")
                .and_then(Value::as_array)
                .and_then(|list| {
                    list.iter()
                        .map(|scope| scope.as_str().map(|text| Scope::new(text.to_owned())))
                        .collect()
                });
        match scopes {
            Some(scopes) if !scopes.is_empty() => Ok(scopes),
            _ => Err(self.problem("scopes", "must be a list of scopes that is not empty")),
        }
    }

    fn object(&self, field: &str) -> Result<Option<Fields<'a>>, HostConfigError> {
        match self.values.get(field) {
            None => Ok(None),
            Some(value) => Fields::of(value, format!("{}.{field}", self.path)).map(Some),
        }
    }

    fn flag(&self, field: &str) -> Result<Option<bool>, HostConfigError> {
        match self.values.get(field) {
            None => Ok(None),
            Some(value) => match value.as_bool() {
                Some(flag) => Ok(Some(flag)),
                None => Err(self.problem(field, "must be true or false")),
            },
        }
    }

    /// A whole number from 1 to `highest`.
    fn number(&self, field: &str, highest: u32) -> Result<Option<u32>, HostConfigError> {
        match self.values.get(field) {
            None => Ok(None),
            Some(value) => match value.as_u64().and_then(|number| u32::try_from(number).ok()) {
                Some(number) if (1..=highest).contains(&number) => Ok(Some(number)),
                _ => Err(self.problem(field, format!("must be a whole number from 1 to {highest}"))),
            },
        }
    }
}

fn problem(field: &str, what: impl Into<String>) -> HostConfigError {
    HostConfigError {
        field: field.to_owned(),
        problem: what.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn valid() -> Value {
        json!({ "hosts": [{
            "name": "Journal", "iss": "https://ehr.example/fhir", "clientId": "viewer",
            "scopes": ["launch", "patient/Observation.rs"], "somethingElse": [1]
        }]})
    }

    /// `hosts.json` with `value` at the JSON pointer `path` below the first host.
    fn with(path: &str, value: Value) -> Result<HostConfig, HostConfigError> {
        let mut file = valid();
        file["hosts"][0][path] = value;
        HostConfig::parse(file.to_string().as_bytes())
    }

    #[test]
    fn optional_fields_have_defaults() {
        let config = HostConfig::parse(valid().to_string().as_bytes()).unwrap();
        let host = config.host_for("https://ehr.example/fhir").unwrap();
        assert_eq!(
            host.search,
            SearchConfig {
                lastn: false,
                missing: false,
                elements: true,
                page_size: 500,
                parallel: 2
            }
        );
        assert_eq!(host.endpoints, None);
    }

    #[test]
    fn search_is_read() {
        let search = json!({ "lastn": true, "elements": false, "pageSize": 1000, "parallel": 4 });
        let config = with("search", search).unwrap();
        let host = config.host_for("https://ehr.example/fhir").unwrap();
        assert_eq!(
            host.search,
            SearchConfig {
                lastn: true,
                missing: false,
                elements: false,
                page_size: 1000,
                parallel: 4
            }
        );
    }

    #[test]
    fn an_issuer_matches_exactly_but_for_one_trailing_slash() {
        let check = |iss: &str, known: bool| {
            let config = HostConfig::parse(valid().to_string().as_bytes()).unwrap();
            assert_eq!(config.host_for(iss).is_some(), known, "{iss}");
        };
        check("https://ehr.example/fhir", true);
        check("https://ehr.example/fhir/", true);
        check("https://ehr.example/fhir//", false);
        check("https://ehr.example/FHIR", false);
        check("https://ehr.example/fhir2", false);
        check("https://ehr.example/fhir?x=1", false);
        check("http://ehr.example/fhir", false);
        check("https://ehr.example.evil.example/fhir", false);
        check("https://ehr.example@evil.example/fhir", false);
        check("", false);
    }

    #[test]
    fn a_wrong_field_is_named() {
        let check = |path: &str, value: Value, field: &str| {
            assert_eq!(with(path, value).unwrap_err().field, field);
        };
        check("name", json!(""), "hosts[0].name");
        check("iss", json!(null), "hosts[0].iss");
        check("iss", json!("ehr.example/fhir"), "hosts[0].iss");
        check("iss", json!("javascript:alert(1)"), "hosts[0].iss");
        check("iss", json!("https://ehr.example/fhir?a=b"), "hosts[0].iss");
        check("clientId", json!(7), "hosts[0].clientId");
        check("scopes", json!("launch"), "hosts[0].scopes");
        check("scopes", json!([]), "hosts[0].scopes");
        check("scopes", json!(["launch", 1]), "hosts[0].scopes");
        check("search", json!([]), "hosts[0].search");
        check("search", json!({ "lastn": "yes" }), "hosts[0].search.lastn");
        check("search", json!({ "pageSize": 0 }), "hosts[0].search.pageSize");
        check(
            "search",
            json!({ "pageSize": 10_001 }),
            "hosts[0].search.pageSize",
        );
        check("search", json!({ "parallel": -1 }), "hosts[0].search.parallel");
        check(
            "endpoints",
            json!({ "authorize": "/a" }),
            "hosts[0].endpoints.token",
        );
        check(
            "endpoints",
            json!({ "authorize": "ftp://h/a", "token": "/t" }),
            "hosts[0].endpoints.authorize",
        );
    }

    #[test]
    fn a_file_that_is_not_a_host_list_is_refused() {
        let field = |text: &str| HostConfig::parse(text.as_bytes()).unwrap_err().field;
        assert_eq!(field("<html>"), "(file)");
        assert_eq!(field("[]"), "hosts");
        assert_eq!(field(r#"{"hosts": {}}"#), "hosts");
        assert_eq!(field(r#"{"hosts": [3]}"#), "hosts[0]");
    }

    #[test]
    fn an_issuer_is_configured_once() {
        let mut file = valid();
        let mut twin = file["hosts"][0].clone();
        twin["iss"] = json!("https://ehr.example/fhir/");
        file["hosts"].as_array_mut().unwrap().push(twin);
        assert_eq!(
            HostConfig::parse(file.to_string().as_bytes()).unwrap_err().field,
            "hosts[1].iss"
        );
    }
}
