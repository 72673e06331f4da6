//! The ladder of histories.

use serde_json::{Value as Json, json};

use super::fhir::{Fake, Habit, PATIENT};
use super::*;
use crate::state::plan::HistoryKind;
use crate::tasks::plan::repository::Versions;

#[test]
fn the_versions_are_found_by_whatever_the_server_offers() {
    for (habit, kind, count) in [
        (Habit::None, HistoryKind::Complete, 3),
        (Habit::SingleVersions, HistoryKind::Complete, 3),
        (Habit::NoHistory, HistoryKind::NotGiven, 1),
        (Habit::NoVersions, HistoryKind::NotGiven, 1),
    ] {
        let fake = Fake::new();
        for text in ["Ta tre inhalasjoner", "Ta fire inhalasjoner"] {
            let mut editor = fake.opens("dahl");
            editor.writes(activity("a"), text);
            editor.saves();
            assert_eq!(editor.saved(), Some(false));
        }
        fake.habit.set(habit);
        let plans = fake.plans();
        now(plans.read()).unwrap();
        let Versions {
            versions,
            kind: found,
            ..
        } = now(plans.history()).unwrap();
        assert_eq!((found, versions.len()), (kind, count), "{habit:?}");
        assert_eq!(texts(&versions[0].plan)[0], "Ta fire inhalasjoner", "{habit:?}");
        assert_eq!(versions[0].version.author.name, "dahl", "{habit:?}");
    }
}

#[test]
fn what_the_plan_names_no_more_is_as_it_was_in_its_earlier_versions() {
    let fake = Fake::new();
    let goal = |words: &str| {
        json!({ "resourceType": "Goal", "id": "g", "lifecycleStatus": "active", "description": { "text": words },
            "subject": { "reference": format!("Patient/{PATIENT}") } })
    };
    {
        let mut server = fake.server.borrow_mut();
        let plan = server.get("CarePlan", "plan");
        let mut with_goal = plan.clone();
        with_goal["goal"] = json!([{ "reference": "Goal/g" }]);
        let ended = {
            let mut zone = server.get("CarePlan", "gul");
            zone["status"] = json!("completed");
            zone
        };
        for resource in [goal("Danse"), with_goal, goal("Danse mye"), ended, plan] {
            server.put(resource);
        }
    }
    fake.histories_apart.set(true);
    let plans = fake.plans();
    now(plans.read()).unwrap();
    let versions = now(plans.history()).unwrap().versions;
    let said = |at: usize| {
        let plan: &CarePlan = &versions[at].plan;
        let goals: Vec<&str> = plan.goals().map(|(_, words)| words).collect();
        json!([&*versions[at].version.id, goals, texts(plan).len()])
    };
    let all: Vec<Json> = (0..versions.len()).map(said).collect();
    assert_eq!(
        all,
        [
            json!(["3", [], 0]),
            json!(["2+gul/2", ["Danse mye"], 0]),
            json!(["2+g/2", ["Danse mye"], 2]),
            json!(["2", ["Danse"], 2]),
            json!(["1", [], 2]),
        ]
    );
}
