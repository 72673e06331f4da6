//! Suggestions stored, read, decided.

use chart_model::Known;
use chart_model::care_plan::{Decision, EndState, Proposal, compare};
use fhir_read::care_plan::{SaveError, propose, save};

use super::*;

#[test]
fn a_suggestion_is_one_resource_and_is_read_as_it_was_written() {
    let mut server = Server::new(fixture());
    let (stored, plan) = current(&server);
    let mut suggested = plan.clone();
    suggested.set(Place::Title, text("Forslag"));
    suggested.set(
        activity(&plan, cell(PlanZone::Yellow, Area::Medication), 0),
        text("Øk"),
    );
    suggested.set(
        Place::Limits(Known::Spo2.into(), 0),
        limits([Some(80), Some(85), None, None]),
    );
    suggested.set(Place::Goal("n1".into()), text("Danse"));
    let request = propose(
        &stored,
        &suggested,
        "Bør prøves",
        &signer("Eva Fastlege"),
        instant(NOW),
    )
    .unwrap();
    assert_eq!(server.send(&request).0, 200);
    let reading = read(&server);
    assert_eq!(reading.findings, []);
    assert_eq!(
        compare(&plan, &reading.current.unwrap().1),
        [],
        "the plan in force is as it was"
    );
    let [proposal] = reading.proposals.as_slice() else {
        panic!("one suggestion")
    };
    assert_eq!(proposal.plan, suggested);
    assert!(proposal.is_for("kols-plan") && !proposal.is_for("other"));
    assert_eq!(proposal.base_version(), Some("1"));
    assert_eq!(proposal.version.author.name, "Eva Fastlege");
    assert_eq!(proposal.version.comment, "Bør prøves");
    assert_eq!(proposal.end_state(), None);

    let mut review = Proposal {
        plan: proposal.plan.clone(),
        base: plan.clone(),
        author: proposal.version.author.clone(),
        comment: proposal.version.comment.clone(),
    }
    .review(plan);
    assert_eq!(review.proposed.len(), 4);
    for index in 0..4 {
        review.decide(
            index,
            Some(if index == 0 {
                Decision::Rejected
            } else {
                Decision::Accepted
            }),
        );
    }
    let by = signer("Sol Legesen");
    let save = save(&stored, &review.plan(), "Fra fastlegen", &by, instant(NOW)).unwrap();
    server.save(save, true).unwrap();
    let end = review.end_state().unwrap();
    let request = proposal.conclude(end, "Takk", &by, instant(NOW)).unwrap();
    assert_eq!(server.send(&request).0, 200);
    let reading = read(&server);
    assert_eq!(reading.proposals, [], "it waits no longer");
    assert_eq!(compare(&review.plan(), &reading.current.unwrap().1), []);
    let decided = server.get("CarePlan", proposal.id());
    assert_eq!(decided["status"], "completed");
    assert_eq!(decided["extension"][1]["valueCode"], "partly");
    assert_eq!(decided["note"][1]["text"], "Takk");
}

#[test]
fn a_suggestion_without_a_change_is_none() {
    let (stored, plan) = current(&Server::new(fixture()));
    let nothing = propose(&stored, &plan, "", &signer("Eva"), instant(NOW));
    assert_eq!(nothing, Err(SaveError::NothingChanged));
    assert_eq!(EndState::from_id("rejected"), Some(EndState::Rejected));
}
