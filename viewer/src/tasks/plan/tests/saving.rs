//! Saving: what is in force afterwards, and that nobody's words are lost, whatever the server does.

use super::fhir::{Fake, Habit};
use super::*;
use crate::tasks::plan::repository::Versions;
use chart_model::care_plan::Choice;

#[test]
fn a_saved_draft_is_the_next_version_read_back_and_recorded() {
    let fake = Fake::new();
    let mut editor = fake.opens("dahl");
    assert_eq!(texts(editor.plan()), ["Ta to inhalasjoner", "Ring legen"]);
    let before = editor.version().to_owned();
    editor.writes(activity("a"), "Ta tre inhalasjoner");
    assert!(editor.desk.is_unsaved());
    editor.saves();
    assert_eq!(editor.saved(), Some(false));
    assert_eq!(texts(editor.plan()), ["Ta tre inhalasjoner", "Ring legen"]);
    assert_ne!(editor.version(), before);
    assert!(editor.desk.draft.is_none());
    let records = fake.server.borrow().all("Provenance");
    assert_eq!(records.len(), 1, "{records:?}");
    assert_eq!(records[0]["reason"][0]["text"], "dahl har vurdert");
}

#[test]
fn where_transactions_are_refused_it_is_saved_step_by_step() {
    let fake = Fake::new();
    fake.habit.set(Habit::NoTransactions);
    let mut editor = fake.opens("dahl");
    editor.writes(activity("a"), "Ta tre inhalasjoner");
    editor.saves();
    assert_eq!(editor.saved(), Some(false));
    assert_eq!(texts(editor.plan()), ["Ta tre inhalasjoner", "Ring legen"]);
    assert_eq!(fake.server.borrow().all("Provenance").len(), 1);
}

#[test]
fn what_another_has_saved_first_is_put_together_and_looked_at_before_it_is_saved() {
    let statuses = [412, 409, 400];
    let habits = statuses.map(Habit::Conflict).into_iter();
    for habit in habits.chain([Habit::NoTransactions, Habit::IgnoresIfMatch]) {
        let fake = Fake::new();
        fake.habit.set(habit);
        let (mut dahl, mut vik) = (fake.opens("dahl"), fake.opens("vik"));
        dahl.writes(activity("a"), "Ta tre inhalasjoner");
        vik.writes(activity("b"), "Ring legen straks");
        vik.saves();
        dahl.saves();
        assert_eq!(dahl.saved(), None, "{habit:?}");
        assert!(reviewing(&dahl.desk), "{habit:?}");
        dahl.saves();
        assert_eq!(dahl.saved(), Some(false), "{habit:?}");
        assert_eq!(texts(dahl.plan()), ["Ta tre inhalasjoner", "Ring legen straks"]);
    }
}

#[test]
fn a_conflict_in_the_very_moment_of_saving_loses_nothing() {
    for status in [412, 409, 400] {
        let fake = Fake::new();
        fake.habit.set(Habit::Conflict(status));
        let mut dahl = fake.opens("dahl");
        dahl.writes(activity("a"), "Ta tre inhalasjoner");
        let mut vik = fake.opens("vik");
        vik.writes(activity("b"), "Ring legen straks");
        *fake.meanwhile.borrow_mut() = Some(Box::new(move || vik.saves()));
        dahl.saves();
        assert!(reviewing(&dahl.desk), "{status}");
        dahl.saves();
        assert_eq!(dahl.saved(), Some(false), "{status}");
        assert_eq!(texts(dahl.plan()), ["Ta tre inhalasjoner", "Ring legen straks"]);
    }
}

#[test]
fn what_clashes_is_decided_before_it_is_saved() {
    let fake = Fake::new();
    let (mut dahl, mut vik) = (fake.opens("dahl"), fake.opens("vik"));
    dahl.writes(activity("a"), "Ta tre inhalasjoner");
    vik.writes(activity("a"), "Ta fire inhalasjoner");
    vik.saves();
    dahl.saves();
    assert_eq!(dahl.desk.page, PlanPage::Merging);
    assert!(dahl.desk.is_unsaved());
    dahl.asks(PlanCommand::Review);
    assert_eq!(dahl.desk.page, PlanPage::Merging, "not before it is decided");
    dahl.asks(PlanCommand::Choose(0, Choice::Mine));
    dahl.asks(PlanCommand::Review);
    dahl.saves();
    assert_eq!(dahl.saved(), Some(false));
    assert_eq!(texts(dahl.plan())[0], "Ta tre inhalasjoner");
}

#[test]
fn two_who_save_all_the_time_lose_nothing() {
    let fake = Fake::new();
    let mut editors = [fake.opens("dahl"), fake.opens("vik")];
    for round in 0..6 {
        for (which, editor) in editors.iter_mut().enumerate() {
            editor.writes(
                activity(&format!("k{which}-{round}")),
                &format!("Råd {which}-{round}"),
            );
        }
        for editor in &mut editors {
            for _ in 0..3 {
                if editor.desk.draft.is_some() {
                    editor.saves();
                }
            }
            assert!(editor.desk.draft.is_none());
        }
    }
    let mut last = fake.opens("lie");
    last.reads();
    assert_eq!(texts(last.plan()).len(), 2 + 12);
}

#[test]
fn a_lost_answer_is_found_out_by_reading_and_nothing_is_saved_twice() {
    let fake = Fake::new();
    let mut editor = fake.opens("dahl");
    editor.writes(activity("a"), "Ta tre inhalasjoner");
    fake.loses_answer.set(true);
    editor.saves();
    assert_eq!(editor.saved(), Some(false));
    assert_eq!(fake.writes.get(), 1);
}

#[test]
fn a_save_that_never_arrived_keeps_the_draft_and_can_be_repeated() {
    let fake = Fake::new();
    let mut editor = fake.opens("dahl");
    editor.writes(activity("a"), "Ta tre inhalasjoner");
    fake.is_cut_off.set(true);
    editor.saves();
    assert_eq!(editor.failed(), Some(SaveProblemKind::NotSaved));
    assert!(editor.desk.is_unsaved());
    editor.saves();
    assert_eq!(editor.saved(), Some(false));
}

#[test]
fn a_session_that_has_ended_keeps_the_draft() {
    let fake = Fake::new();
    let mut editor = fake.opens("dahl");
    editor.writes(activity("a"), "Ta tre inhalasjoner");
    fake.is_over.set(true);
    editor.saves();
    assert_eq!(editor.failed(), Some(SaveProblemKind::SessionOver));
    assert!(editor.desk.is_unsaved());
    fake.is_over.set(false);
    editor.saves();
    assert_eq!(editor.saved(), Some(false));
}

#[test]
fn a_server_that_keeps_something_else_is_found_out() {
    let fake = Fake::new();
    fake.habit.set(Habit::CutsTexts);
    let mut editor = fake.opens("dahl");
    editor.writes(activity("a"), "Ta tre inhalasjoner");
    editor.saves();
    assert_eq!(editor.saved(), Some(true));
    assert_eq!(texts(editor.plan())[0], "Ta tre inh");
}

#[test]
fn without_a_version_nothing_is_saved() {
    let fake = Fake::new();
    fake.habit.set(Habit::NoVersions);
    let mut editor = fake.opens("dahl");
    editor.writes(activity("a"), "Ta tre inhalasjoner");
    editor.saves();
    assert_eq!(editor.failed(), Some(SaveProblemKind::NoVersion));
    assert_eq!(fake.writes.get(), 0);
    assert!(editor.desk.is_unsaved());
}

#[test]
fn a_plan_saved_without_its_record_is_said_to_be() {
    let fake = Fake::new();
    fake.habit.set(Habit::NoRecords);
    let mut editor = fake.opens("dahl");
    editor.writes(activity("a"), "Ta tre inhalasjoner");
    editor.saves();
    assert_eq!(editor.failed(), Some(SaveProblemKind::NotRecorded));
    assert_eq!(texts(editor.plan())[0], "Ta tre inhalasjoner");
    assert!(editor.desk.draft.is_none());
}

#[test]
fn a_plan_saved_in_part_leaves_the_rest_in_the_draft() {
    let fake = Fake::new();
    fake.habit.set(Habit::NoTransactions);
    let mut editor = fake.opens("dahl");
    editor.writes(activity("a"), "Ta tre inhalasjoner");
    editor.writes(Place::Title, "Min plan");
    fake.server.borrow_mut().broken = Some("CarePlan/gul".to_owned());
    editor.saves();
    assert_eq!(editor.failed(), Some(SaveProblemKind::NotSaved));
    assert_eq!(editor.plan().text(&Place::Title), "Min plan");
    let left = editor.desk.draft.as_ref().unwrap().changes();
    assert_eq!(left.len(), 1, "{left:?}");
    assert_eq!(left[0].place, activity("a"));
    fake.server.borrow_mut().broken = None;
    editor.saves();
    assert_eq!(editor.saved(), Some(false));
    assert_eq!(texts(editor.plan())[0], "Ta tre inhalasjoner");
}

#[test]
fn a_patient_without_a_plan_gets_the_first() {
    for habit in [Habit::None, Habit::NoTransactions] {
        let fake = Fake::without_a_plan();
        fake.habit.set(habit);
        let mut editor = fake.opens("dahl");
        assert!(editor.desk.current.is_none());
        editor.writes(Place::Title, "Egenbehandlingsplan");
        editor.writes(activity("n1"), "Ta to inhalasjoner");
        editor.writes(Place::Goal(Key::from("n2")), "Gå tur");
        editor.saves();
        assert_eq!(editor.saved(), Some(false), "{habit:?}");
        assert_eq!(texts(editor.plan()), ["Ta to inhalasjoner"], "{habit:?}");
        assert_eq!(editor.plan().goals().count(), 1, "{habit:?}");
        let records = fake.server.borrow().all("Provenance");
        assert_eq!(records[0]["activity"]["coding"][0]["code"], "CREATE", "{habit:?}");
        editor.writes(Place::Title, "Min plan");
        editor.saves();
        assert_eq!(
            (editor.saved(), editor.version()),
            (Some(false), "2"),
            "{habit:?}"
        );
    }
}

#[test]
fn two_who_write_the_first_plan_make_one_plan() {
    let fake = Fake::without_a_plan();
    let (mut dahl, mut vik) = (fake.opens("dahl"), fake.opens("vik"));
    dahl.writes(activity("n1"), "Ta to inhalasjoner");
    vik.writes(Place::Title, "Plan");
    vik.saves();
    dahl.saves();
    assert!(reviewing(&dahl.desk));
    dahl.saves();
    assert_eq!(dahl.saved(), Some(false));
    assert_eq!(texts(dahl.plan()), ["Ta to inhalasjoner"]);
    assert_eq!(dahl.plan().text(&Place::Title), "Plan");
}

#[test]
fn a_first_plan_that_never_arrived_keeps_the_draft() {
    let fake = Fake::without_a_plan();
    let mut editor = fake.opens("dahl");
    editor.writes(Place::Title, "Plan");
    fake.is_cut_off.set(true);
    editor.saves();
    assert_eq!(editor.failed(), Some(SaveProblemKind::NotSaved));
    assert!(editor.desk.is_unsaved());
}

#[test]
fn a_save_reads_the_plan_before_and_after_and_no_more() {
    let fake = Fake::new();
    let mut editor = fake.opens("dahl");
    editor.writes(activity("a"), "Ta tre inhalasjoner");
    fake.plans_read.set(0);
    editor.saves();
    assert_eq!(fake.plans_read.get(), 2);
}

#[test]
fn the_version_saved_stands_in_the_log_as_the_log_would_say_it() {
    let fake = Fake::new();
    let mut editor = fake.opens("dahl");
    let Versions { versions, kind, .. } = now(editor.plans.history()).unwrap();
    editor.follow(vec![
        DeskAction::HistoryAwaited,
        DeskAction::History(rc(versions), kind),
    ]);
    editor.writes(activity("a"), "Ta tre inhalasjoner");
    editor.saves();
    let told = editor.desk.versions.clone();
    let read = now(editor.plans.history()).unwrap().versions;
    assert_eq!(told.len(), 2);
    assert_eq!(told[0].version, read[0].version);
    assert_eq!(told[0].version.author.role, "Lungelege");
}

#[test]
fn a_save_whose_answer_and_reading_back_were_lost_is_not_made_twice() {
    let fake = Fake::new();
    let mut editor = fake.opens("dahl");
    editor.writes(activity("a"), "Ta tre inhalasjoner");
    let before = editor.desk.draft.clone();
    editor.saves();
    // As if nothing had come back.
    editor.desk.draft = before;
    editor.saves();
    assert_eq!(editor.saved(), Some(false));
    assert_eq!(fake.writes.get(), 1);
}

#[test]
fn a_server_that_does_not_know_how_to_add_members_is_asked_for_less_from_then_on() {
    let fake = Fake::new();
    fake.no_members.set(true);
    let mut editor = fake.opens("dahl");
    assert_eq!(fake.plans_read.get(), 2);
    editor.reads();
    assert_eq!(fake.plans_read.get(), 3);
    assert_eq!(texts(editor.plan()).len(), 2);
}
