//! What becomes of a draft, of clashes and of decisions.

use chart_model::ClinicalTime;
use chart_model::care_plan::{
    Author, CarePlan, Choice, Decision, KnownFrom, Place, Proposal, Value, Version,
};

use super::*;
use crate::state::fixtures::{opening, problem};
use crate::state::plan::{HistoryKind, SaveProblem, SaveProblemKind};
use crate::state::{Action, Opening, Phase, ProblemKind, State};

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

/// A patient's page with a draft in it.
fn at_work(whose: &str) -> State {
    let opening = |whose: &str| {
        Action::Started(Opening {
            whose: whose.into(),
            ..opening()
        })
    };
    let current = DeskAction::Current(Some(version("1", titled("Plan"))));
    let written = asked([PlanCommand::Edit, write(Place::Title, "Min")]);
    let desk = [current].into_iter().chain(written).map(Action::Desk);
    after_all([opening(whose)].into_iter().chain(desk))
}

fn after_all(actions: impl IntoIterator<Item = Action>) -> State {
    actions.into_iter().fold(State::default(), State::reduce)
}

fn back(state: State, whose: &str) -> State {
    state.reduce(Action::Started(Opening {
        whose: whose.into(),
        ..opening()
    }))
}

#[test]
fn a_draft_is_put_aside_while_another_patient_is_shown_and_is_there_again_after() {
    let blank = at_work("p").reduce(Action::OtherPatient);
    assert_eq!(blank.phase.id(), "blanked");
    assert!(blank.desk.draft.is_none() && blank.desk.current.is_none());
    assert!(blank.holds_unsaved());
    let again = back(blank, "p");
    assert_eq!(written(&again.desk, &Place::Title), "Min");
    assert_eq!(again.desk.page, PlanPage::Editing);
    assert!(again.kept.is_none());
}

#[test]
fn a_draft_is_never_shown_with_another_patient() {
    let other = back(at_work("p").reduce(Action::OtherPatient), "q");
    assert!(other.desk.draft.is_none() && other.desk.current.is_none());
    assert!(other.holds_unsaved(), "it is still kept for the first");
    let again = back(other.reduce(Action::OtherPatient), "p");
    assert_eq!(written(&again.desk, &Place::Title), "Min");
}

#[test]
fn without_a_draft_nothing_is_kept() {
    let current = DeskAction::Current(Some(version("1", titled("Plan"))));
    let state = after_all([
        Action::Started(opening()),
        Action::Desk(current),
        Action::OtherPatient,
    ]);
    assert!(state.kept.is_none() && !state.holds_unsaved());
    let gone = at_work("p")
        .reduce(Action::OtherPatient)
        .reduce(Action::LoggedOut);
    assert!(
        gone.kept.is_none(),
        "after a log-out there is nobody to keep it for"
    );
    assert_eq!(gone.phase.id(), "blanked");
}

#[test]
fn what_is_saved_while_another_patient_is_shown_is_not_kept_any_longer() {
    let blank = at_work("p").reduce(Action::OtherPatient);
    let saved = blank.reduce(Action::Desk(DeskAction::Saved {
        current: version("2", titled("Min")),
        differs: false,
    }));
    assert!(saved.kept.is_none());
    assert!(saved.desk.current.is_none() && saved.phase.id() == "blanked");
}

#[test]
fn a_session_begun_anew_is_ready_again_and_only_then() {
    let expired = at_work("p").reduce(Action::Complete).reduce(Action::LoggedOut);
    assert_eq!(expired.phase.id(), "expired");
    assert_eq!(written(&expired.desk, &Place::Title), "Min");
    let again = expired.reduce(Action::SignedInAgain);
    assert_eq!(again.phase.id(), "ready");
    let blank = again.reduce(Action::OtherPatient).reduce(Action::SignedInAgain);
    assert_eq!(blank.phase.id(), "blanked");
}

#[test]
fn what_was_decided_on_a_suggestion_stays_when_suggestions_are_read_again() {
    let suggested = || {
        let proposal = Proposal {
            plan: titled("Ny"),
            base: titled("Plan"),
            author: Author::default(),
            comment: String::new(),
        };
        DeskAction::Proposals(vec![("s".into(), None, Rc::new(proposal))])
    };
    let decide = PlanCommand::Decide {
        proposal: 0,
        place: Place::Title,
        decision: Some(Decision::Accepted),
    };
    let desk = after([suggested(), DeskAction::Asked(decide), suggested()]);
    assert_eq!(
        desk.proposals[0].review.proposed[0].decision,
        Some(Decision::Accepted)
    );
    assert!(desk.is_unsaved(), "a decision is lost with the page too");
}

#[test]
fn a_mark_opens_what_its_version_changed_as_soon_as_the_versions_are_here() {
    let of_day = |id: &str, day: u8| {
        let mut of = (*version(id, titled(id))).clone();
        of.version.time = ClinicalTime::parse(&format!("2026-10-{day:02}T08:00:00Z")).ok();
        of
    };
    let all = Rc::new(vec![of_day("3", 20), of_day("2", 10), of_day("1", 1)]);
    let at = |of: usize| all[of].version.time.as_ref().unwrap().start_ms();
    let came = || DeskAction::History(Rc::clone(&all), HistoryKind::Complete);
    let page = |older, newer| PlanPage::History { older, newer };
    // A record is made a moment after the version.
    let mut desk = after(asked([PlanCommand::OpenAt(at(1) + 900)]));
    desk.step(DeskAction::HistoryAwaited, 0);
    desk.step(came(), 0);
    assert_eq!(desk.page, page(2, 1));
    for (of, expected) in [(0, page(1, 0)), (1, page(2, 1)), (2, page(2, 1))] {
        desk.step(DeskAction::Asked(PlanCommand::OpenAt(at(of))), 0);
        assert_eq!(desk.page, expected);
    }
    // Who has gone back meanwhile stays there.
    let mut desk = after(asked([PlanCommand::OpenAt(at(1)), PlanCommand::Close]));
    desk.step(came(), 0);
    assert_eq!(desk.page, PlanPage::Closed);
}

#[test]
fn a_history_that_knows_who_made_the_version_in_force_is_believed() {
    let mut of = (*version("1", titled("Plan"))).clone();
    of.version.author.name = "Kari Vik".to_owned();
    let history = |of: &PlanVersion| DeskAction::History(Rc::new(vec![of.clone()]), HistoryKind::Complete);
    let author = |desk: &PlanDesk| desk.current.as_ref().unwrap().version.author.name.clone();
    of.version.known_from = KnownFrom::Plan;
    assert_eq!(author(&after([history(&of)])), "");
    of.version.known_from = KnownFrom::Provenance;
    assert_eq!(author(&after([history(&of)])), "Kari Vik");
    of.version.id = "2".into();
    assert_eq!(author(&after([history(&of)])), "", "another version");
}
