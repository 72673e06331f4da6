//! A FHIR server in memory, behind a wire that can be made to misbehave.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use fhir_read::care_plan::Request;
use serde_json::{Value as Json, json};

use super::server::Server;
use super::{Editor, rc};
use crate::state::{Problem, ProblemKind};
use crate::tasks::plan::fhir_plans::{FhirPlans, Offers};
use crate::tasks::plan::wire::{Answered, Later, Wire};

pub(super) const PATIENT: &str = "p";
const BASE: &str = "http://h/fhir";

/// How a server misbehaves.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Habit {
    #[default]
    None,
    /// It takes no transactions.
    NoTransactions,
    /// A conflict is this status.
    Conflict(u16),
    /// `If-Match` is not looked at.
    IgnoresIfMatch,
    /// It names no versions.
    NoVersions,
    /// It has neither `_history` nor single versions.
    NoHistory,
    /// It has single versions only.
    SingleVersions,
    /// Texts are cut at ten characters.
    CutsTexts,
    /// Provenance is refused, and transactions.
    NoRecords,
}

/// The wire of all who edit the same plan.
#[derive(Default)]
pub(super) struct Fake {
    pub(super) server: RefCell<Server>,
    pub(super) habit: Cell<Habit>,
    /// Done once before the next write.
    pub(super) meanwhile: RefCell<Option<Box<dyn FnOnce()>>>,
    /// The next write is done, and its answer lost.
    pub(super) loses_answer: Cell<bool>,
    /// The next write never arrives.
    pub(super) is_cut_off: Cell<bool>,
    /// The token is no longer accepted.
    pub(super) is_over: Cell<bool>,
    pub(super) writes: Cell<u32>,
    /// How often it was asked for the plans.
    pub(super) plans_read: Cell<u32>,
    /// It does not know how to add who is in a team.
    pub(super) no_members: Cell<bool>,
    /// A history is that of the one resource that it is asked for.
    pub(super) histories_apart: Cell<bool>,
}

impl Fake {
    pub(super) fn new() -> Rc<Self> {
        let fake = Self::default();
        *fake.server.borrow_mut() = Server::new(plan());
        rc(fake)
    }

    /// A server with no plan of the patient.
    pub(super) fn without_a_plan() -> Rc<Self> {
        rc(Self::default())
    }

    pub(super) fn opens(self: &Rc<Self>, name: &'static str) -> Editor<FhirPlans> {
        Editor::opens(name, self.plans())
    }

    pub(super) fn plans(self: &Rc<Self>) -> FhirPlans {
        let offers = Offers {
            include: true,
            history: !matches!(
                self.habit.get(),
                Habit::SingleVersions | Habit::NoHistory | Habit::NoVersions
            ),
            goals: true,
            requests: true,
            teams: true,
            episodes: true,
            records: true,
            people: Vec::new(),
        };
        FhirPlans::new(Rc::clone(self) as Rc<dyn Wire>, BASE, PATIENT, offers)
    }

    fn answer(&self, address: &str) -> Result<Vec<u8>, Rc<Problem>> {
        if self.is_over.get() {
            return Err(self.problem(ProblemKind::Unauthorized, "HTTP 401"));
        }
        if address.contains("/CarePlan?") {
            self.plans_read.set(self.plans_read.get() + 1);
        }
        if self.no_members.get() && address.contains(":iterate") {
            return Err(self.problem(ProblemKind::Server, "HTTP 400 unknown parameter"));
        }
        let server = self.server.borrow();
        let has_single = !matches!(self.habit.get(), Habit::NoHistory | Habit::NoVersions);
        let text = match address.strip_prefix(BASE).unwrap().split_once("/_history/") {
            Some((reference, version)) if has_single => {
                let history: Json = serde_json::from_str(&server.history()).unwrap();
                let entries = history["entry"].as_array().unwrap().iter();
                let mut resources = entries.map(|entry| &entry["resource"]);
                let (kind, id) = reference.trim_start_matches('/').split_once('/').unwrap();
                let wanted = |json: &&Json| {
                    json["resourceType"] == kind && json["id"] == id && json["meta"]["versionId"] == version
                };
                resources.find(wanted).map(Json::to_string)
            }
            Some(_) => None,
            None if address.contains("/_history") => {
                let asked = address
                    .split("/_history")
                    .next()
                    .filter(|_| self.histories_apart.get());
                Some(asked.map_or_else(|| server.history(), |asked| of_one(&server, asked)))
            }
            None => Some(server.everything()),
        };
        let text = text.ok_or_else(|| self.problem(ProblemKind::NotFound, "HTTP 404"))?;
        let mut json: Json = serde_json::from_str(&text).unwrap();
        if self.habit.get() == Habit::NoVersions {
            for entry in json["entry"].as_array_mut().unwrap() {
                entry["resource"]["meta"]
                    .as_object_mut()
                    .unwrap()
                    .remove("versionId");
            }
        }
        Ok(json.to_string().into_bytes())
    }

    fn sent(&self, request: &Request) -> Result<Answered, Rc<Problem>> {
        let meanwhile = self.meanwhile.borrow_mut().take();
        if let Some(meanwhile) = meanwhile {
            meanwhile();
        }
        if self.is_over.get() {
            return Err(self.problem(ProblemKind::Unauthorized, "HTTP 401"));
        }
        if self.is_cut_off.take() {
            return Err(self.problem(ProblemKind::Network, "cut off"));
        }
        let is_transaction = request.path.is_empty();
        let habit = self.habit.get();
        let no_transactions = matches!(habit, Habit::NoTransactions | Habit::NoRecords);
        let is_refused = (is_transaction && no_transactions)
            || (habit == Habit::NoRecords && request.path == "Provenance");
        let (status, body) = if is_refused {
            (403, json!({}))
        } else {
            let mut server = self.server.borrow_mut();
            server.tick();
            let mut request = request.clone();
            match habit {
                Habit::CutsTexts => request.body = cut(&request.body),
                Habit::IgnoresIfMatch => request.body = matching(&request.body, &server),
                _ => {}
            }
            server.send(&request)
        };
        self.writes.set(self.writes.get() + 1);
        let (status, body) = match (status, habit) {
            (412, Habit::Conflict(status)) => {
                let words = "Entry failed with status 412";
                let issue = json!({ "code": "processing", "details": { "text": words } });
                (
                    status,
                    json!({ "resourceType": "OperationOutcome", "issue": [issue] }),
                )
            }
            other => (other.0, body),
        };
        if self.loses_answer.take() {
            return Err(self.problem(ProblemKind::Network, "no answer"));
        }
        Ok(Answered {
            status,
            body: body.to_string().into_bytes(),
            location: None,
        })
    }
}

/// The history of one resource, by its address.
fn of_one(server: &Server, address: &str) -> String {
    let mut history: Json = serde_json::from_str(&server.history()).unwrap();
    let is_it = |entry: &Json| {
        let [kind, id] = ["resourceType", "id"].map(|field| entry["resource"][field].as_str().unwrap());
        address.ends_with(&format!("/{kind}/{id}"))
    };
    history["entry"].as_array_mut().unwrap().retain(is_it);
    history.to_string()
}

/// Every description of an activity cut short.
fn cut(body: &str) -> String {
    fn walk(json: &mut Json) {
        match json {
            Json::Object(fields) => {
                if let Some(Json::String(text)) = fields.get_mut("description") {
                    *text = text.chars().take(10).collect();
                }
                fields.values_mut().for_each(walk);
            }
            Json::Array(items) => items.iter_mut().for_each(walk),
            _ => {}
        }
    }
    let mut json = serde_json::from_str(body).unwrap();
    walk(&mut json);
    json.to_string()
}

/// Every condition of a transaction made to hold.
fn matching(body: &str, server: &Server) -> String {
    let mut json: Json = serde_json::from_str(body).unwrap();
    for entry in json["entry"].as_array_mut().unwrap() {
        if entry["request"]["method"] == "PUT" {
            let (kind, id) = entry["request"]["url"].as_str().unwrap().split_once('/').unwrap();
            let now = server.get(kind, id);
            let version = now["meta"]["versionId"].as_str().unwrap();
            entry["request"]["ifMatch"] = json!(format!("W/\"{version}\""));
        }
    }
    json.to_string()
}

impl Wire for Fake {
    fn read<'a>(&'a self, address: &'a str) -> Later<'a, Result<Vec<u8>, Rc<Problem>>> {
        Box::pin(async { self.answer(address) })
    }

    fn search<'a>(&'a self, address: &'a str) -> Later<'a, Result<Vec<u8>, Rc<Problem>>> {
        Box::pin(async { self.answer(address) })
    }

    fn write<'a>(
        &'a self,
        _base: &'a str,
        _content_type: &'static str,
        request: &'a Request,
    ) -> Later<'a, Result<Answered, Rc<Problem>>> {
        Box::pin(async { self.sent(request) })
    }

    fn problem(&self, kind: ProblemKind, detail: &str) -> Rc<Problem> {
        rc(Problem {
            kind,
            host: "h".to_owned(),
            detail: detail.to_owned(),
        })
    }
}

/// A plan with one zone that has two instructions.
fn plan() -> Vec<Json> {
    let subject = json!({ "reference": "Patient/p" });
    let zone = json!([{ "coding": [{
        "system": "http://hl7.no/fhir/ig/planer-hacking/CodeSystem/planer-hacking-observation-severity-zone-cs",
        "code": "yellow"
    }] }]);
    let activity = |id: &str, text: &str| {
        let detail = json!({ "code": { "text": "Medikamentelle tiltak" }, "status": "in-progress", "description": text });
        json!({ "id": id, "detail": detail })
    };
    vec![
        json!({
            "resourceType": "CarePlan", "id": "plan", "status": "active", "intent": "plan", "subject": subject,
            "title": "Egenbehandlingsplan", "description": "Ved kols",
        }),
        json!({
            "resourceType": "CarePlan", "id": "gul", "status": "active", "intent": "plan", "subject": subject,
            "partOf": [{ "reference": "CarePlan/plan" }], "category": zone,
            "activity": [activity("a", "Ta to inhalasjoner"), activity("b", "Ring legen")],
        }),
    ]
}
