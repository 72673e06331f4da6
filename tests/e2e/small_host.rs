//! A host of a few lines, SMART server and FHIR server in one, that answers whatever a test wants; with the viewer
//! served from another site that lists it. Strict about nothing.

use browser_tests::browser::Browser;
use browser_tests::launcher::FIXTURES;
use browser_tests::module::Module;
use browser_tests::stub::{Answer, Request, Stub};
use browser_tests::{Result, viewer_site};
use serde_json::{Value, json};

/// The patient of each launch: one of the fixtures.
pub(crate) const PATIENT: &str = "kols";

#[derive(Debug)]
pub(crate) struct SmallHost {
    pub(crate) host: Stub,
    viewer: Stub,
}

impl SmallHost {
    /// `observations` answers searches for readings; everything else is as in the fixture.
    pub(crate) fn start(observations: impl Fn(&Request) -> Answer + Send + Sync + 'static) -> Result<Self> {
        Self::answering(move |request, base| match request.path.strip_prefix("/fhir/") {
            Some(path) if path.starts_with("Observation") => observations(request),
            Some(path) if !path.starts_with('.') => fhir(request),
            _ => smart(request, base),
        })
    }

    /// `answer` gets each request and the host's own address.
    pub(crate) fn answering(
        answer: impl Fn(&Request, &str) -> Answer + Send + Sync + 'static,
    ) -> Result<Self> {
        let host = Stub::start_at(answer)?;
        let viewer = viewer_site::serve(&json!({ "hosts": [{
            "name": "Liten vert",
            "iss": format!("{}/fhir", host.address()),
            "clientId": "dho-viewer",
            "scopes": ["launch", "patient/Patient.r", "patient/Observation.rs"],
        }] }))?;
        Ok(Self { host, viewer })
    }

    /// Launches the viewer in the whole tab and waits until it is in `state`.
    pub(crate) async fn open(&self, browser: &Browser, state: &str) -> Result<Module> {
        let module = self.launch(browser).await?;
        module.wait_for_state(state).await?;
        Ok(module)
    }

    /// Launches the viewer and waits until nothing is under way any more, whether something failed or not.
    pub(crate) async fn open_to_the_end(&self, browser: &Browser) -> Result<Module> {
        let module = self.launch(browser).await?;
        let ended = || async {
            Ok(["ready", "error"]
                .contains(&module.state().await?.as_str())
                .then_some(()))
        };
        browser.wait_for("the state ready or error", 40, ended).await?;
        Ok(module)
    }

    /// The address that a journal opens.
    pub(crate) fn launch_address(&self) -> String {
        let (viewer, host) = (self.viewer.other_site(), self.host.address());
        format!("{viewer}/?iss={host}/fhir&launch=of-this-test")
    }

    async fn launch(&self, browser: &Browser) -> Result<Module> {
        browser.goto(&self.launch_address()).await?;
        Ok(Module::new(browser.clone()))
    }
}

/// The resources of the fixture that are of one type.
pub(crate) fn resources(kind: &str) -> Vec<Value> {
    let case = FIXTURES.iter().find(|case| case.id == PATIENT);
    case.into_iter()
        .flat_map(|case| case.resources())
        .filter(|it| it["resourceType"] == kind)
        .collect()
}

pub(crate) fn searchset(resources: &[Value]) -> Value {
    let entries: Vec<_> = resources
        .iter()
        .map(|it| json!({ "resource": it, "search": { "mode": "match" } }))
        .collect();
    json!({ "resourceType": "Bundle", "type": "searchset", "entry": entries })
}

/// A FHIR server under `/fhir/` that knows one patient and ignores all parameters.
pub(crate) fn fhir(request: &Request) -> Answer {
    let path = request.path.trim_start_matches("/fhir/");
    match path.split_once('/') {
        None => Answer::fhir(&searchset(&resources(path))),
        Some((kind, id)) => {
            let found = resources(kind).into_iter().find(|resource| resource["id"] == id);
            found.as_ref().map_or_else(Answer::not_found, Answer::fhir)
        }
    }
}

pub(crate) fn smart(request: &Request, base: &str) -> Answer {
    match request.path.as_str() {
        "/fhir/.well-known/smart-configuration" => Answer::fhir(&json!({
            "authorization_endpoint": format!("{base}/authorize"),
            "token_endpoint": format!("{base}/token"),
            "capabilities": ["launch-ehr", "client-public"],
            "code_challenge_methods_supported": ["S256"],
        })),
        "/authorize" => {
            let value = |name: &str| {
                let pair = request
                    .query
                    .split('&')
                    .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
                pair.unwrap_or_default().to_owned()
            };
            let redirect = value("redirect_uri").replace("%3A", ":").replace("%2F", "/");
            Answer::redirect(format!("{redirect}?code=of-this-test&state={}", value("state")))
        }
        "/token" => Answer::fhir(&json!({
            "access_token": "of-this-test",
            "token_type": "Bearer",
            "expires_in": 3600,
            "scope": "launch patient/Patient.r patient/Observation.rs",
            "patient": PATIENT,
        })),
        _ => Answer::not_found(),
    }
}
