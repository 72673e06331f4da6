//! Suggestions decided change by change.

use super::*;

fn proposal(base: &CarePlan, plan: CarePlan) -> Proposal {
    Proposal {
        plan,
        base: base.clone(),
        author: Author::default(),
        comment: String::new(),
    }
}

#[test]
fn each_change_is_accepted_or_rejected_by_itself() {
    let base = plan(&[(Place::Title, "Plan"), (yellow("a"), "Ta to tabletter")]);
    let mut suggested = base.clone();
    suggested.set(Place::Title, text("Ny plan"));
    suggested.set(yellow("a"), text("Ta tre tabletter"));
    suggested.set(yellow("b"), text("Ring legen"));
    let mut review = proposal(&base, suggested.clone()).review(base.clone());
    assert_eq!(review.proposed.len(), 3);
    assert_eq!(review.end_state(), None);
    review.decide(0, Some(Decision::Rejected));
    review.decide(1, Some(Decision::Accepted));
    review.decide(2, Some(Decision::Accepted));
    assert_eq!(review.end_state(), Some(EndState::Partly));
    suggested.set(Place::Title, text("Plan"));
    assert_eq!(review.plan(), suggested);
    for (decision, end) in [
        (Decision::Accepted, EndState::Accepted),
        (Decision::Rejected, EndState::Rejected),
    ] {
        (0..3).for_each(|index| review.decide(index, Some(decision)));
        assert_eq!(review.end_state(), Some(end));
    }
    assert_eq!(review.plan(), base);
}

#[test]
fn a_proposal_on_an_older_version_is_brought_onto_the_one_in_force() {
    let base = plan(&[
        (Place::Title, "Plan"),
        (yellow("a"), "Ta to tabletter daglig mot slim"),
    ]);
    let mut suggested = base.clone();
    suggested.set(Place::Title, text("Forslag"));
    suggested.set(yellow("a"), text("Ta tre tabletter daglig mot slim"));
    let mut current = base.clone();
    current.set(Place::Title, text("Vedtatt"));
    current.set(yellow("a"), text("Ta to tabletter daglig mot hoste"));
    let mut review = proposal(&base, suggested).review(current.clone());
    assert_eq!(review.proposed.len(), 2);
    let title = &review.proposed[0];
    assert!(title.clash.is_some(), "both changed the title");
    assert_eq!(title.change.before, text("Vedtatt"));
    let activity = &review.proposed[1];
    assert!(activity.clash.is_none());
    assert_eq!(activity.change.after, text("Ta tre tabletter daglig mot hoste"));
    review.decide(0, Some(Decision::Rejected));
    review.decide(1, Some(Decision::Accepted));
    assert_eq!(review.plan().text(&Place::Title), "Vedtatt");
    assert_eq!(
        review.plan().text(&yellow("a")),
        "Ta tre tabletter daglig mot hoste"
    );
}

#[test]
fn what_is_in_force_already_needs_no_decision() {
    let base = plan(&[(Place::Title, "Plan")]);
    let suggested = plan(&[(Place::Title, "Ny plan")]);
    let review = proposal(&base, suggested.clone()).review(suggested);
    assert_eq!(review.proposed, []);
    assert_eq!(review.end_state(), Some(EndState::Accepted));
    assert_eq!(EndState::from_id("partly"), Some(EndState::Partly));
}
