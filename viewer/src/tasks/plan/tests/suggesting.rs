//! Suggestions: kept by one, decided by another, on whatever plan is in force by then.

use super::fhir::Fake;
use super::*;
use chart_model::care_plan::Decision;

#[test]
fn a_suggestion_waits_until_each_change_is_decided_and_its_end_is_recorded() {
    let fake = Fake::new();
    let mut gp = fake.opens("solheim");
    gp.writes(activity("a"), "Ta tre inhalasjoner");
    gp.writes(activity("b"), "Ring 113");
    gp.suggests();
    assert_eq!(gp.saved(), Some(false));
    assert_eq!(texts(gp.plan()), ["Ta to inhalasjoner", "Ring legen"]);

    let mut dahl = fake.opens("dahl");
    assert_eq!(dahl.desk.proposals.len(), 1);
    assert_eq!(dahl.desk.proposals[0].proposal.author.name, "solheim");
    dahl.asks(decision("a", Decision::Accepted));
    dahl.decides(0);
    assert_eq!(dahl.desk.proposals.len(), 1, "one change is not decided");
    dahl.asks(decision("b", Decision::Rejected));
    dahl.decides(0);
    assert_eq!(dahl.saved(), Some(false));
    assert_eq!(texts(dahl.plan()), ["Ta tre inhalasjoner", "Ring legen"]);
    assert!(dahl.desk.proposals.is_empty());
    let plans = fake.server.borrow().all("CarePlan");
    let decided = plans.iter().find(|plan| plan["intent"] == "proposal").unwrap();
    assert_eq!(decided["status"], "completed");
}

#[test]
fn a_suggestion_from_an_older_version_takes_nothing_back() {
    let fake = Fake::new();
    let mut gp = fake.opens("solheim");
    gp.writes(activity("a"), "Ta tre inhalasjoner");
    gp.suggests();
    let mut vik = fake.opens("vik");
    vik.writes(activity("b"), "Ring legen straks");
    vik.saves();
    let mut dahl = fake.opens("dahl");
    let proposed = &dahl.desk.proposals[0].review.proposed;
    assert_eq!(proposed.len(), 1, "{proposed:?}");
    dahl.asks(decision("a", Decision::Accepted));
    dahl.decides(0);
    assert_eq!(texts(dahl.plan()), ["Ta tre inhalasjoner", "Ring legen straks"]);
}

#[test]
fn deciding_leaves_a_draft_alone() {
    let fake = Fake::new();
    let mut gp = fake.opens("solheim");
    gp.writes(activity("a"), "Ta tre inhalasjoner");
    gp.suggests();
    let mut dahl = fake.opens("dahl");
    dahl.writes(activity("b"), "Ring meg");
    dahl.asks(decision("a", Decision::Rejected));
    dahl.decides(0);
    assert!(dahl.desk.proposals.is_empty());
    assert!(dahl.desk.is_unsaved());
}

#[test]
fn a_suggestion_whose_answer_was_lost_is_not_made_twice() {
    let fake = Fake::new();
    let mut gp = fake.opens("solheim");
    gp.writes(activity("a"), "Ta tre inhalasjoner");
    fake.loses_answer.set(true);
    gp.suggests();
    assert_eq!(gp.saved(), Some(false));
    assert_eq!(fake.writes.get(), 1);
    fake.is_cut_off.set(true);
    gp.writes(activity("b"), "Ring 113");
    gp.suggests();
    assert_eq!(gp.failed(), Some(SaveProblemKind::NotSaved));
    assert!(gp.desk.is_unsaved());
}

fn decision(key: &str, decision: Decision) -> PlanCommand {
    PlanCommand::Decide {
        proposal: 0,
        place: activity(key),
        decision: Some(decision),
    }
}
