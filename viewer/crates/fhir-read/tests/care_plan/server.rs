//! A FHIR server as far as plans need one: versions, `If-Match`, transactions. Its clock goes on by an hour
//! with every write.

use std::collections::BTreeMap;

use fhir_read::care_plan::{Request, Save};
use serde_json::{Value as Json, json};

#[derive(Clone, Debug, Default)]
pub(crate) struct Server {
    /// All versions by type and id, oldest first.
    stored: BTreeMap<(String, String), Vec<Json>>,
    clock: u32,
    /// A part that writing fails at.
    pub(crate) broken: Option<String>,
}

impl Server {
    pub(crate) fn new(resources: Vec<Json>) -> Self {
        let mut server = Self::default();
        for resource in resources {
            server.store(resource);
        }
        server.clock = 100;
        server
    }

    fn store(&mut self, mut resource: Json) -> Json {
        let text = |field: &str| resource[field].as_str().unwrap_or_default().to_owned();
        let (kind, mut id) = (text("resourceType"), text("id"));
        if id.is_empty() {
            id = format!("new-{}", self.stored.len());
            resource["id"] = json!(id);
        }
        let versions = self.stored.entry((kind, id)).or_default();
        let time = i64::from(self.clock) * 3_600_000 + 1_790_000_000_000;
        resource["meta"]["versionId"] = json!((versions.len() + 1).to_string());
        resource["meta"]["lastUpdated"] = json!(chart_model::oslo::to_fhir(time));
        versions.push(resource.clone());
        resource
    }

    /// Puts a resource there as another system would.
    pub(crate) fn put(&mut self, resource: Json) {
        self.tick();
        self.store(resource);
    }

    pub(crate) fn tick(&mut self) {
        self.clock += 1;
    }

    pub(crate) fn get(&self, kind: &str, id: &str) -> Json {
        let versions = &self.stored[&(kind.to_owned(), id.to_owned())];
        versions.last().unwrap().clone()
    }

    /// The newest of each resource of a type.
    pub(crate) fn all(&self, kind: &str) -> Vec<Json> {
        let of_kind = self.stored.iter().filter(|((of, _), _)| of == kind);
        of_kind
            .map(|(_, versions)| versions.last().unwrap().clone())
            .collect()
    }

    /// One Bundle with the newest version of everything.
    pub(crate) fn everything(&self) -> String {
        let entries: Vec<Json> = self
            .stored
            .values()
            .map(|versions| json!({ "resource": versions.last() }))
            .collect();
        json!({ "resourceType": "Bundle", "type": "searchset", "entry": entries }).to_string()
    }

    /// One Bundle with every version of everything.
    pub(crate) fn history(&self) -> String {
        let entries: Vec<Json> = self
            .stored
            .values()
            .flat_map(|versions| versions.iter().rev())
            .map(|resource| json!({ "resource": resource }))
            .collect();
        json!({ "resourceType": "Bundle", "type": "history", "entry": entries }).to_string()
    }

    /// Status and body.
    pub(crate) fn send(&mut self, request: &Request) -> (u16, Json) {
        let body: Json = serde_json::from_str(&request.body).unwrap();
        if body["type"] == "transaction" {
            return self.transaction(&body);
        }
        let answer = self.write(request.method, &request.path, request.if_match.as_deref(), body);
        answer.map_or_else(|status| (status, json!({})), |stored| (200, stored))
    }

    fn write(&mut self, method: &str, path: &str, if_match: Option<&str>, body: Json) -> Result<Json, u16> {
        if self.broken.as_deref() == Some(path) {
            return Err(500);
        }
        if method == "PUT" {
            let (kind, id) = path.split_once('/').unwrap();
            assert_eq!((&body["resourceType"], &body["id"]), (&json!(kind), &json!(id)));
            let now = self.get(kind, id);
            let version = format!("W/\"{}\"", now["meta"]["versionId"].as_str().unwrap());
            if if_match != Some(version.as_str()) {
                return Err(412);
            }
        } else {
            assert_eq!(
                (body["resourceType"].as_str(), body.get("id")),
                (Some(path), None)
            );
        }
        Ok(self.store(body))
    }

    fn transaction(&mut self, bundle: &Json) -> (u16, Json) {
        let mut trial = self.clone();
        let mut text = bundle.to_string();
        let entries = bundle["entry"].as_array().unwrap();
        for (at, entry) in entries.iter().enumerate() {
            if entry["request"]["method"] == "POST" {
                let kind = entry["resource"]["resourceType"].as_str().unwrap();
                let id = format!("{kind}/in-{}-{at}", self.clock);
                text = text.replace(entry["fullUrl"].as_str().unwrap(), &id);
            }
        }
        let bundle: Json = serde_json::from_str(&text).unwrap();
        for entry in bundle["entry"].as_array().unwrap() {
            let request = &entry["request"];
            let mut body = entry["resource"].clone();
            let method = request["method"].as_str().unwrap();
            if method == "POST" {
                let (_, id) = entry["fullUrl"].as_str().unwrap().split_once('/').unwrap();
                body["id"] = json!(id);
                trial.store(body);
                continue;
            }
            let answer = trial.write(
                method,
                request["url"].as_str().unwrap(),
                request["ifMatch"].as_str(),
                body,
            );
            if let Err(status) = answer {
                return (status, json!({}));
            }
        }
        *self = trial;
        (
            200,
            json!({ "resourceType": "Bundle", "type": "transaction-response" }),
        )
    }

    /// Saves, in one transaction or step by step; the status of what failed.
    pub(crate) fn save(&mut self, save: Save, at_once: bool) -> Result<(), u16> {
        self.tick();
        if at_once {
            let (status, _) = self.send(&save.transaction());
            return if status == 200 { Ok(()) } else { Err(status) };
        }
        let mut steps = save.steps();
        while let Some(request) = steps.next() {
            let (status, stored) = self.send(&request);
            if status != 200 {
                return Err(status);
            }
            steps.answered(stored.to_string().as_bytes(), None);
        }
        Ok(())
    }
}
