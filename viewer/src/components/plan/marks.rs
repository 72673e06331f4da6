//! The plan's versions in the period shown: as marks for the time axis of the trends, and as a line of buttons
//! that says the same to those who do not see the axis.

use chart_model::care_plan::Version;
use chart_model::{ClinicalTime, oslo};
use yew::prelude::*;

use crate::state::plan::PlanPage;
use crate::state::{Command, PlanCommand, State};
use crate::text::PlanMsg;

/// A record this near to a version in time, milliseconds, is of that version.
const TOGETHER_MS: u64 = 60_000;

/// One version on the time axis.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PlanMark {
    /// When it was saved, milliseconds since 1970 UTC.
    pub at: i64,
    /// What is said of it: `Plan endret: v7, Kari Vik`.
    pub label: String,
    /// What shows its changes.
    pub opens: PlanCommand,
}

/// The known changes of the period shown, newest first: those of the history once it is here, before that those that the
/// plan's records tell of, and the version in force. Those without a time have no place on the axis, and what the first
/// version changed is nothing.
pub(in super::super) fn plan_marks(state: &State) -> Vec<PlanMark> {
    let Some(period) = state.period else {
        return Vec::new();
    };
    let desk = &state.desk;
    let mark = |about: &Version, opens: Option<PlanCommand>| {
        let at = about.time.as_ref()?.start_ms();
        (period.from..=period.to).contains(&at).then(|| PlanMark {
            at,
            label: state.lang.plan_mark(about, state.now),
            opens: opens.unwrap_or(PlanCommand::OpenAt(at)),
        })
    };
    if let Some(with_changes) = desk.versions.len().checked_sub(1).filter(|changes| *changes > 0) {
        let versions = desk.versions.iter().take(with_changes).enumerate();
        let marks = versions.map(|(newer, version)| {
            let older = newer + 1;
            let page = PlanPage::History { older, newer };
            mark(&version.version, Some(PlanCommand::Open(page)))
        });
        return marks.flatten().collect();
    }
    let current = desk.current.as_deref().map(|current| &current.version);
    let begins = |about: &Version| about.time.as_ref().map_or(i64::MIN, ClinicalTime::start_ms);
    let is_of_current = |record: &&Version| {
        current.is_some_and(|current| begins(current).abs_diff(begins(record)) <= TOGETHER_MS)
    };
    let earlier = desk.recorded.iter().filter(|record| !is_of_current(record));
    let known = current
        .filter(|current| &*current.id != "1")
        .into_iter()
        .chain(earlier);
    known.filter_map(|about| mark(about, None)).collect()
}

/// `Endret i perioden: 12. nov. 2. okt.`
pub(super) fn changed_in_period(state: &State, commands: &Callback<Command>) -> Html {
    let (lang, today) = (state.lang, oslo::date_of(state.now));
    let marks = plan_marks(state);
    if marks.is_empty() {
        return Html::default();
    }
    let button = |mark: PlanMark| {
        let PlanMark { at, label, opens } = mark;
        let day = lang.day(oslo::date_of(at), today);
        let on_click = commands.reform(move |_| Command::Plan(opens.clone()));
        html! {
            <button type="button" class="link" data-testid="plan-mark" aria-label={format!("{day} {label}")}
                title={label} onclick={on_click}>
                {day}
            </button>
        }
    };
    html! { <p class="plan-marks">{lang.plan(PlanMsg::InPeriod)}{for marks.into_iter().map(button)}</p> }
}
