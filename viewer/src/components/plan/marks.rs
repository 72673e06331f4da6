//! The plan's versions in the period shown: as marks for the time axis of the trends, and as a line of buttons
//! that says the same to those who do not see the axis.

use chart_model::oslo;
use yew::prelude::*;

use crate::state::plan::{PlanPage, PlanVersion};
use crate::state::{Command, PlanCommand, State};
use crate::text::PlanMsg;

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

/// The known versions of the period shown, newest first: the one in force, and the others once the change log has been
/// opened. Those without a time have no place on the axis, and what the first version changed is nothing.
pub(in super::super) fn plan_marks(state: &State) -> Vec<PlanMark> {
    let Some(period) = state.period else {
        return Vec::new();
    };
    let mark = |(at, version): (usize, &PlanVersion)| {
        let about = &version.version;
        Some(PlanMark {
            at: about.time.as_ref()?.start_ms(),
            label: state.lang.plan_mark(about, state.now),
            opens: PlanCommand::Open(PlanPage::History {
                older: at + 1,
                newer: at,
            }),
        })
    };
    let versions = &state.desk.versions;
    let with_changes = versions.len().saturating_sub(1);
    let alone = state.desk.current.as_deref();
    let alone = alone.filter(|current| versions.is_empty() && &*current.version.id != "1");
    let known = versions.iter().take(with_changes).chain(alone);
    known
        .enumerate()
        .filter_map(mark)
        .filter(|mark| (period.from..=period.to).contains(&mark.at))
        .collect()
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
