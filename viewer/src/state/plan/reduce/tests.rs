//! What becomes of a draft, of clashes and of decisions.

use chart_model::care_plan::{
    Author, CarePlan, Choice, Decision, KnownFrom, Place, Proposal, Value, Version,
};

use super::*;
use crate::state::fixtures::problem;
use crate::state::plan::{SaveProblem, SaveProblemKind};
use crate::state::{Action, Phase, ProblemKind, State};

fn plan(texts: &[(Place, &str)]) -> CarePlan {
    let mut plan = CarePlan::default();
    for (place, text) in texts {
        plan.set(place.clone(), Some(Value::text(*text)));
    }
    plan
}

fn version(id: &str, plan: CarePlan) -> Rc<PlanVersion> {
    let version = Version {
        id: id.into(),
        time: None,
        author: Author::default(),
        comment: String::new(),
        known_from: KnownFrom::Nothing,
    };
    Rc::new(PlanVersion {
        version,
        plan: Rc::new(plan),
    })
}

fn titled(title: &str) -> CarePlan {
    plan(&[(Place::Title, title), (Place::Description, "Om planen")])
}

/// A desk with version 1 on it, after these.
fn after(actions: impl IntoIterator<Item = DeskAction>) -> PlanDesk {
    let mut desk = PlanDesk::default();
    let current = DeskAction::Current(Some(version("1", titled("Plan"))));
    for action in [current].into_iter().chain(actions) {
        desk.step(action, 0);
    }
    desk
}

fn asked(commands: impl IntoIterator<Item = PlanCommand>) -> impl Iterator<Item = DeskAction> {
    commands.into_iter().map(DeskAction::Asked)
}

fn write(place: Place, text: &str) -> PlanCommand {
    PlanCommand::Set(place, Some(Value::text(text)))
}

fn written(desk: &PlanDesk, place: &Place) -> String {
    desk.draft.as_ref().unwrap().current().text(place).to_owned()
}

#[test]
fn what_is_written_beside_a_chart_begins_a_draft_and_opens_no_page() {
    let desk = after(asked([write(Place::Title, "Min")]));
    assert_eq!(written(&desk, &Place::Title), "Min");
    assert_eq!(desk.page, PlanPage::Closed);
    assert!(desk.is_unsaved());
}

#[test]
fn a_draft_outlives_every_page_and_every_failure() {
    let begun = asked([
        PlanCommand::Edit,
        write(Place::Title, "Min"),
        PlanCommand::Comment("Fordi".into()),
    ]);
    let failure = SaveProblem {
        kind: SaveProblemKind::SessionOver,
        problem: Some(problem(ProblemKind::Unauthorized)),
    };
    let rest = [
        DeskAction::Asked(PlanCommand::Close),
        DeskAction::Saving,
        DeskAction::SaveFailed(failure),
        DeskAction::HistoryFailed(problem(ProblemKind::Server)),
        DeskAction::Current(Some(version("2", titled("Ny")))),
        DeskAction::Asked(PlanCommand::Edit),
    ];
    let desk = after(begun.chain(rest));
    assert_eq!(
        (written(&desk, &Place::Title), &*desk.comment),
        ("Min".to_owned(), "Fordi")
    );
    assert!(desk.is_unsaved());
    assert_eq!(desk.page, PlanPage::Editing);
}

#[test]
fn steps_are_taken_back_and_done_again() {
    let desk = after(asked([
        PlanCommand::Edit,
        write(Place::Title, "A"),
        PlanCommand::Pause,
        write(Place::Title, "B"),
        PlanCommand::Undo,
    ]));
    assert_eq!(written(&desk, &Place::Title), "A");
    let desk = after(asked([
        PlanCommand::Edit,
        write(Place::Title, "A"),
        PlanCommand::Undo,
        PlanCommand::Redo,
    ]));
    assert_eq!(written(&desk, &Place::Title), "A");
    let desk = after(asked([
        PlanCommand::Edit,
        write(Place::Title, "A"),
        PlanCommand::Discard,
    ]));
    assert!(desk.draft.is_none() && !desk.is_unsaved());
}

#[test]
fn what_is_saved_is_in_force_and_the_draft_is_put_away() {
    let saved = DeskAction::Saved {
        current: version("2", titled("Min")),
        differs: true,
    };
    let desk = after(
        asked([PlanCommand::Edit, write(Place::Title, "Min"), PlanCommand::Review])
            .chain([DeskAction::Saving, saved]),
    );
    assert_eq!(&*desk.current.as_ref().unwrap().version.id, "2");
    assert!(desk.draft.is_none() && desk.comment.is_empty());
    assert!(
        matches!(&desk.saving, Saving::Saved { version, differs: true, suggested: false } if &**version == "2")
    );
    assert_eq!(desk.page, PlanPage::Closed);
}

#[test]
fn where_nothing_clashes_the_merged_draft_is_reviewed() {
    let theirs = DeskAction::Overtaken(version(
        "2",
        plan(&[(Place::Title, "Plan"), (Place::Description, "Deres")]),
    ));
    let desk = after(asked([PlanCommand::Edit, write(Place::Title, "Min")]).chain([theirs]));
    assert_eq!(desk.page, PlanPage::Reviewing);
    assert_eq!(written(&desk, &Place::Title), "Min");
    assert_eq!(written(&desk, &Place::Description), "Deres");
    let changes = desk.draft.as_ref().unwrap().changes();
    assert_eq!(changes.len(), 1, "only mine is left to save");
}

#[test]
fn clashes_are_decided_one_by_one_before_the_review() {
    let theirs = || DeskAction::Overtaken(version("2", titled("Deres")));
    let begun = || asked([PlanCommand::Edit, write(Place::Title, "Min")]).chain([theirs()]);
    let desk = after(begun().chain(asked([PlanCommand::Review])));
    assert_eq!(desk.page, PlanPage::Merging, "not decided yet");
    assert_eq!(desk.merging.as_ref().unwrap().clashes().count(), 1);
    for (choice, title) in [
        (Choice::Mine, "Min"),
        (Choice::Theirs, "Deres"),
        (Choice::Other(Some(Value::text("Begges"))), "Begges"),
    ] {
        let desk = after(begun().chain(asked([PlanCommand::Choose(0, choice), PlanCommand::Review])));
        assert_eq!(
            (desk.page, written(&desk, &Place::Title)),
            (PlanPage::Reviewing, title.to_owned())
        );
        assert!(desk.merging.is_none());
    }
}

#[test]
fn decisions_on_a_suggestion_stay_where_the_plan_does_not_change() {
    let suggested = plan(&[(Place::Title, "Forslag"), (Place::Description, "Nytt")]);
    let proposal = Proposal {
        plan: suggested,
        base: titled("Plan"),
        author: Author::default(),
        comment: String::new(),
    };
    let decide = |place| PlanCommand::Decide {
        proposal: 0,
        place,
        decision: Some(Decision::Accepted),
    };
    let newer = DeskAction::Current(Some(version("2", titled("Vedtatt"))));
    let desk = after(
        [DeskAction::Proposals(vec![("s".into(), None, Rc::new(proposal))])]
            .into_iter()
            .chain(asked([decide(Place::Title), decide(Place::Description)]))
            .chain([newer]),
    );
    let decisions: Vec<_> = desk.proposals[0]
        .review
        .proposed
        .iter()
        .map(|proposed| proposed.decision)
        .collect();
    assert_eq!(
        decisions,
        [None, Some(Decision::Accepted)],
        "the title is another question now"
    );
}

#[test]
fn the_history_begins_with_the_version_in_force() {
    let known = Rc::new(vec![(*version("1", titled("Plan"))).clone()]);
    let actions = [
        DeskAction::History(known, crate::state::plan::HistoryKind::Complete),
        DeskAction::Asked(PlanCommand::Open(PlanPage::History { older: 0, newer: 0 })),
        DeskAction::Current(Some(version("2", titled("Ny")))),
    ];
    let desk = after(actions);
    let ids: Vec<&str> = desk.versions.iter().map(|version| &*version.version.id).collect();
    assert_eq!(ids, ["2", "1"]);
    assert_eq!(
        desk.page,
        PlanPage::History { older: 1, newer: 1 },
        "the same two are compared"
    );
}

#[test]
fn nothing_of_a_plan_is_left_for_another_patient() {
    let state = State::default().reduce(Action::Desk(DeskAction::Current(Some(version(
        "1",
        titled("Plan"),
    )))));
    let state = state
        .reduce(Action::Desk(DeskAction::Asked(PlanCommand::Edit)))
        .reduce(Action::OtherPatient);
    assert!(matches!(state.phase, Phase::Blanked));
    assert!(state.desk.current.is_none() && state.desk.draft.is_none());
}
