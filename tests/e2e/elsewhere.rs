//! A launch whose readings are at other servers, each of a few lines and as odd as a test wants. Holds no tests.

use browser_tests::browser::Browser;
use browser_tests::module::Module;
use browser_tests::stub::{Answer, Request, Stub};
use browser_tests::{Result, viewer_site};
use fhir_fixtures::today;
use serde_json::{Value, json};

use crate::small_host::{PATIENT, searchset, smart};

/// Where the FHIR base of each of them is: not at the top.
pub(crate) const BASE: &str = "/r4/tenant-7";
/// The patient's id there.
pub(crate) const THERE: &str = "there-77";

const NATIONAL: &str = "urn:oid:2.16.578.1.12.4.1.4.1";

pub(crate) fn patient(id: &str) -> Value {
    json!({ "resourceType": "Patient", "id": id, "name": [{ "family": "Annensteds", "given": ["Anna"] }],
        "birthDate": "1953-03-12", "identifier": [{ "system": NATIONAL, "value": "12835300240" }] })
}

/// An SpO₂ reading of yesterday; `time` is of the clock, with its offset.
pub(crate) fn reading(id: &str, patient: &str, time: &str, value: &str) -> Result<Value> {
    let day = today().yesterday()?;
    Ok(json!({
        "resourceType": "Observation", "id": id, "status": "final",
        "subject": { "reference": format!("Patient/{patient}") },
        "code": { "coding": [{ "system": "http://loinc.org", "code": "2708-6" }] },
        "effectiveDateTime": format!("{day}T{time}"),
        "valueQuantity": { "value": value.parse::<f64>()?, "system": "http://unitsofmeasure.org", "code": "%" },
    }))
}

/// A server of readings. What `answer` leaves is answered as usual: it knows the patient, and has nothing.
pub(crate) fn vendor(
    answer: impl Fn(&Request, &str) -> Option<Answer> + Send + Sync + 'static,
) -> Result<Stub> {
    Stub::start_at(move |request, base| answer(request, base).unwrap_or_else(|| usual(request)))
}

/// A server that has these readings and nothing else.
pub(crate) fn having(readings: Vec<Value>) -> Result<Stub> {
    let page = searchset(&readings);
    vendor(move |request, _| (kind(request) == "Observation").then(|| Answer::fhir(&page)))
}

/// The type of resource that is asked for.
pub(crate) fn kind(request: &Request) -> &str {
    let path = request.path.strip_prefix(BASE).unwrap_or_default();
    path.trim_start_matches('/').split('/').next().unwrap_or_default()
}

fn usual(request: &Request) -> Answer {
    match request.path.strip_prefix(BASE) {
        Some("/Patient") => Answer::fhir(&searchset(&[patient(THERE)])),
        Some(path) if path.starts_with("/Patient/") => Answer::fhir(&patient(THERE)),
        Some(path) if !path.contains("/.") => Answer::fhir(&searchset(&[])),
        _ => Answer::not_found(),
    }
}

/// What a host profile says of a source that takes the launch's token.
pub(crate) fn profile(name: &str, vendor: &Stub) -> Value {
    json!({ "id": name, "name": name, "fhirBase": format!("{}{BASE}", vendor.address()), "token": "launch" })
}

/// The host that launches, which has the patient and, but for what `answer` says, nothing else.
pub(crate) struct Elsewhere {
    pub(crate) host: Stub,
    viewer: Stub,
}

impl Elsewhere {
    pub(crate) fn with(sources: &[Value]) -> Result<Self> {
        Self::answering(sources, |_, _| None)
    }

    pub(crate) fn answering(
        sources: &[Value],
        answer: impl Fn(&Request, &str) -> Option<Answer> + Send + Sync + 'static,
    ) -> Result<Self> {
        let host = Stub::start_at(move |request, base| {
            if let Some(answer) = answer(request, base) {
                return answer;
            }
            match request.path.strip_prefix("/fhir/") {
                Some(path) if path.starts_with("Patient/") => Answer::fhir(&patient(PATIENT)),
                Some(path) if !path.starts_with('.') => Answer::fhir(&searchset(&[])),
                _ => smart(request, base),
            }
        })?;
        let viewer = viewer_site::serve(&json!({ "hosts": [{
            "name": "Liten vert",
            "iss": format!("{}/fhir", host.address()),
            "clientId": "dho-viewer",
            "scopes": ["launch", "patient/Patient.r", "patient/Observation.rs"],
            "sources": sources,
        }] }))?;
        Ok(Self { host, viewer })
    }

    pub(crate) async fn open(&self, browser: &Browser) -> Result<Module> {
        let (viewer, host) = (self.viewer.other_site(), self.host.address());
        browser
            .goto(&format!("{viewer}/?iss={host}/fhir&launch=of-this-test"))
            .await?;
        Ok(Module::new(browser.clone()))
    }
}

/// Where each source stands, the host itself first.
pub(crate) async fn stands(browser: &Browser) -> Result<Vec<String>> {
    browser
        .script("return [...document.querySelectorAll('[data-testid=source]')].map(source => source.dataset.stand)")
        .await
}

pub(crate) async fn wait_for_stands(browser: &Browser, wanted: &[&str]) -> Result<()> {
    let are_so = || async { Ok((stands(browser).await? == wanted).then_some(())) };
    match browser.wait_for(&format!("{wanted:?}"), 25, are_so).await {
        Ok(()) => Ok(()),
        Err(error) => {
            let text: String = browser.script("return document.body.innerText").await?;
            Err(format!("{error}; they are {:?}\n{text}", stands(browser).await?).into())
        }
    }
}
