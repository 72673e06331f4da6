//! NHN's interface: saved with its version, overtaken by 409, its history read version by version.

use std::cell::RefCell;
use std::rc::Rc;

use fhir_read::care_plan::Request;
use serde_json::{Value as Json, json};

use super::*;
use crate::state::plan::HistoryKind;
use crate::state::{Problem, ProblemKind};
use crate::tasks::plan::nhn_plans::NhnPlans;
use crate::tasks::plan::repository::Versions;
use crate::tasks::plan::wire::{Answered, Later, Wire};

const BASE: &str = "http://h/planer";

/// All versions of the one plan, oldest first.
struct Service(RefCell<Vec<Json>>);

impl Service {
    fn new() -> Rc<Self> {
        let zones = json!([{ "level": "yellow", "condition": "Mer tungpust",
            "action": "Medikamentelle tiltak: Ta to inhalasjoner" }]);
        let content = json!({ "title": "Plan", "description": "", "zones": zones });
        rc(Self(RefCell::new(vec![json!({
            "id": "u", "version": 1, "status": "active", "updated_at": "2026-09-01T10:00:00Z",
            "updated_by": { "display": "Dahl" }, "comment": "", "subject": { "reference": "Patient/p" },
            "clinical_content": content,
        })])))
    }

    fn opens(self: &Rc<Self>, name: &'static str) -> Editor<NhnPlans> {
        Editor::opens(name, NhnPlans::new(Rc::clone(self) as Rc<dyn Wire>, BASE, "p"))
    }

    fn answer(&self, address: &str) -> Json {
        let versions = self.0.borrow();
        match address.strip_prefix(BASE).unwrap() {
            "/plan?patient=p" => json!([versions.last()]),
            "/plan/u/history" => versions.iter().rev().cloned().collect(),
            other => {
                let number: usize = other.strip_prefix("/plan/u/version/").unwrap().parse().unwrap();
                versions[number - 1].clone()
            }
        }
    }
}

impl Wire for Service {
    fn read<'a>(&'a self, address: &'a str) -> Later<'a, Result<Vec<u8>, Rc<Problem>>> {
        Box::pin(async { Ok(self.answer(address).to_string().into_bytes()) })
    }

    fn search<'a>(&'a self, address: &'a str) -> Later<'a, Result<Vec<u8>, Rc<Problem>>> {
        self.read(address)
    }

    fn write<'a>(
        &'a self,
        base: &'a str,
        content_type: &'static str,
        request: &'a Request,
    ) -> Later<'a, Result<Answered, Rc<Problem>>> {
        assert_eq!((base, content_type), (BASE, "application/json"));
        assert_eq!((request.method, &*request.path), ("PUT", "plan/u"));
        let mut versions = self.0.borrow_mut();
        let mut next: Json = serde_json::from_str(&request.body).unwrap();
        let status = if next["version"] == versions.len() {
            next["version"] = json!(versions.len() + 1);
            for field in ["id", "subject"] {
                next[field] = versions[0][field].clone();
            }
            next["updated_at"] = json!(format!("2026-09-01T11:{:02}:00Z", versions.len()));
            versions.push(next);
            200
        } else {
            409
        };
        let answered = Answered {
            status,
            body: b"{}".to_vec(),
            location: None,
        };
        Box::pin(async { Ok(answered) })
    }

    fn problem(&self, kind: ProblemKind, detail: &str) -> Rc<Problem> {
        rc(Problem {
            kind,
            host: "h".to_owned(),
            detail: detail.to_owned(),
        })
    }
}

fn first_of(editor: &Editor<NhnPlans>) -> Place {
    let (key, _) = editor.plan().activities(YELLOW).next().unwrap();
    Place::Activity(YELLOW, key.clone())
}

#[test]
fn two_editors_of_one_plan_lose_nothing() {
    let service = Service::new();
    let (mut dahl, mut vik) = (service.opens("dahl"), service.opens("vik"));
    dahl.writes(first_of(&dahl), "Ta tre inhalasjoner");
    vik.writes(Place::Condition(PlanZone::Yellow), "Mye mer tungpust");
    vik.saves();
    assert_eq!(vik.saved(), Some(false));
    dahl.saves();
    assert!(reviewing(&dahl.desk));
    dahl.saves();
    assert_eq!(dahl.saved(), Some(false));
    assert_eq!(texts(dahl.plan()), ["Ta tre inhalasjoner"]);
    assert_eq!(
        dahl.plan().text(&Place::Condition(PlanZone::Yellow)),
        "Mye mer tungpust"
    );
    let Versions { versions, kind, .. } = now(dahl.plans.history()).unwrap();
    assert_eq!((versions.len(), kind), (3, HistoryKind::Complete));
    assert_eq!(&*versions[0].version.id, "3");
}

#[test]
fn what_cannot_be_kept_there_is_not_dropped_in_silence() {
    let service = Service::new();
    let mut editor = service.opens("dahl");
    editor.writes(Place::Goal(Key::from("g1")), "Gå tur");
    editor.saves();
    assert_eq!(editor.failed(), Some(SaveProblemKind::NotSaved));
    assert!(editor.desk.is_unsaved());
    assert_eq!(service.0.borrow().len(), 1);
}
