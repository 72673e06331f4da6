//! The desk with the made-up plan on it: for the screens of reading, comparing, writing and deciding.

use std::rc::Rc;

use chart_model::care_plan::{Area, Place, PlanZone, Proposal};

use super::made_up_plan::{activity, author, set, time, versions};
use super::scenes::{loading, ready_from, then};
use crate::state::plan::{HistoryKind, PlanPage};
use crate::state::{Action, DeskAction, PlanCommand, Role, State};

/// A patient's screen with the plan there, opened at a page.
pub(super) fn at(role: Role, page: PlanPage) -> Option<State> {
    Some(desk(
        begun(role)?,
        [
            DeskAction::HistoryAwaited,
            DeskAction::History(Rc::new(versions()), HistoryKind::Complete),
            DeskAction::LastSeen(Some("3".to_owned())),
            DeskAction::Asked(PlanCommand::Open(page)),
        ],
    ))
}

/// The same with what happens at the desk.
pub(super) fn desk(state: State, actions: impl IntoIterator<Item = DeskAction>) -> State {
    then(state, actions.into_iter().map(Action::Desk))
}

/// A patient's screen with the plan in force, of which no history is known.
pub(super) fn begun(role: Role) -> Option<State> {
    let state = ready_from(loading(|opening| opening.role = role), "kols")?;
    let newest = versions().into_iter().next().map(Rc::new);
    Some(desk(state, [DeskAction::Current(newest)]))
}

/// A suggestion of a GP, written from the version before the one in force.
pub(super) fn suggestion() -> DeskAction {
    let versions = versions();
    let base = versions
        .get(1)
        .map(|version| (*version.plan).clone())
        .unwrap_or_default();
    let mut plan = base.clone();
    set(
        &mut plan,
        activity(PlanZone::Yellow, Area::Medication, "a1"),
        "Ta to tabletter prednisolon 20 mg hver morgen i 5 dager.",
    );
    set(
        &mut plan,
        activity(PlanZone::Red, Area::PhysicalActivity, "r2"),
        "Hold deg i ro. Sitt oppreist.",
    );
    set(&mut plan, Place::Goal("g3".into()), "Sove gjennom natten");
    let proposal = Proposal {
        plan,
        base,
        author: author("Ola Moen", "fastlege", "Storgata legesenter"),
        comment: "Fem dager har vært nok de siste to gangene.".to_owned(),
    };
    DeskAction::Proposals(vec![(
        "s1".into(),
        time("2026-11-20T15:40:00+01:00"),
        Rc::new(proposal),
    )])
}
