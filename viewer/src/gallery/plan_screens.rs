//! The table of screens of the plan: read, compared, suggested.

use std::rc::Rc;

use super::entry::{Entry, screen};
use super::made_up_plan::versions;
use super::plans::{at, begun, desk, suggestion};
use super::scenes::problem;
use crate::state::plan::{HistoryKind, PlanPage};
use crate::state::{DeskAction, PlanCommand, ProblemKind, Role, State};

const SINCE_SEEN: PlanPage = PlanPage::History { older: 2, newer: 0 };
const ALL: PlanPage = PlanPage::History { older: 4, newer: 0 };
const NONE: PlanPage = PlanPage::History { older: 0, newer: 0 };

/// See the module.
#[rustfmt::skip]
pub(super) static PLAN_SCREENS: &[Entry] = &[
    screen("plan-column", "Plan: beside the trends", "One zone at a time; the newest version's changes marked in place, with who and when.", || at(Role::Reader, PlanPage::Closed)),
    screen("plan-column-yellow", "Plan: yellow zone", "Words put in are underlined; the whole text can be read.", || at(Role::Reader, PlanPage::Closed)).pressed(".plan-zones button:nth-child(2)"),
    screen("plan-column-open", "Plan: opened (narrow)", "Opens in place below its line.", || at(Role::Reader, PlanPage::Closed)).pressed(".plan-line button"),
    screen("plan-column-unmarked", "Plan: no history known", "Nothing is marked and no number of changes is claimed.", || begun(Role::Editor)),
    screen("plan-suggestions", "Plan: a suggestion waits", "Who, when, and the way to it; no alarm.", || Some(desk(at(Role::Editor, PlanPage::Closed)?, [suggestion()]))),
    screen("plan-whole", "Plan: all of it", "The grid: zones across, areas downwards; markup in a text is shown as text.", || at(Role::Reader, PlanPage::Reading)),
    screen("plan-latest", "Change log: the latest version", "What it changed, in the doctor's words; the list of versions beside.", || at(Role::Reader, PlanPage::LATEST)),
    screen("plan-since-seen", "Change log: since the doctor last looked", "Two versions' changes, each with its own author.", || at(Role::Reader, SINCE_SEEN)),
    screen("plan-all-changes", "Change log: first to last", "All that has changed; what was changed back is not there.", || at(Role::Reader, ALL)),
    screen("plan-side-by-side", "Change log: side by side", "The older text beside the newer.", || at(Role::Reader, SINCE_SEEN)).pressed(".plan-compared-head button:nth-child(2)"),
    screen("plan-nothing-new", "Change log: nothing since last time", "Says so; not an empty page.", || Some(desk(at(Role::Reader, NONE)?, [DeskAction::LastSeen(Some("5".to_owned()))]))),
    screen("plan-history-waiting", "Change log: on its way", "Says that it is being fetched.", || Some(desk(begun(Role::Reader)?, [DeskAction::HistoryAwaited, open()]))),
    screen("plan-history-failed", "Change log: did not come", "An error with retry; never 'no changes'.", || Some(desk(begun(Role::Reader)?, [open(), DeskAction::HistoryFailed(problem(ProblemKind::Server))]))),
    screen("plan-history-none", "Change log: the source gives none", "Said openly; the version in force is there.", || with_history(1, HistoryKind::NotGiven)),
    screen("plan-history-cut", "Change log: the oldest versions are missing", "Said openly; the rest can be compared.", || with_history(3, HistoryKind::CutShort)),
    screen("plan-history-gap", "Change log: a version has vanished", "Said where it is missing.", gap),
    screen("plan-suggestion", "A suggestion, read", "Each change with where it is; one place has changed since.", || Some(desk(at(Role::Reader, PlanPage::Deciding(0))?, [suggestion()]))),
];

fn open() -> DeskAction {
    DeskAction::Asked(PlanCommand::Open(PlanPage::LATEST))
}

/// The change log of a source that has lost a version.
fn gap() -> Option<State> {
    let mut rest = versions();
    rest.retain(|version| &*version.version.id != "3");
    Some(desk(
        begun(Role::Reader)?,
        [
            DeskAction::HistoryAwaited,
            DeskAction::History(Rc::new(rest), HistoryKind::CutShort),
            open(),
        ],
    ))
}

/// The change log of a source that gives only the newest versions.
fn with_history(count: usize, kind: HistoryKind) -> Option<State> {
    let newest: Vec<_> = versions().into_iter().take(count).collect();
    Some(desk(
        begun(Role::Reader)?,
        [
            DeskAction::HistoryAwaited,
            DeskAction::History(Rc::new(newest), kind),
            open(),
        ],
    ))
}
