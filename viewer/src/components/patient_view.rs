//! Everything about the patient of the launch: header, states in words, and the columns of latest values,
//! trends and plan. What failed says so in the place of what is missing; the rest stays.

use std::rc::Rc;

use yew::prelude::*;

use super::failures::Failures;
use super::findings::Findings;
use super::foot::foot;
use super::header::header;
use super::hooks::{use_commands, use_lang, use_mark};
use super::latest_values::LatestValues;
use super::notices::notices;
use super::plan_summary::Plan;
use super::shared::Shared;
use super::trends::Trends;
use crate::state::{Fetch, Part, Phase, Role, Row, State, choices, remarks};

/// See [`PatientView`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct PatientViewProps {
    /// What the view knows.
    pub state: Shared<State>,
    /// The rows of the latest values, in the order shown.
    pub rows: Shared<Vec<Row>>,
    /// The moment that ages are counted from, epoch milliseconds.
    pub now: i64,
    /// There is room for the charts beside the rows.
    pub wide: bool,
}

/// See the module.
#[component]
pub(super) fn PatientView(props: &PatientViewProps) -> Html {
    let PatientViewProps {
        state,
        rows,
        now,
        wide,
    } = props;
    let lang = use_lang();
    let commands = use_commands();
    let first_trend = use_mark("dho:first-trend");
    let findings = use_memo(
        (rows.clone(), Shared::from(&state.findings)),
        |(rows, findings)| {
            let all: Vec<_> = findings.iter().cloned().chain(remarks(rows)).collect();
            Shared::from(Rc::new(all))
        },
    );
    let rows = use_memo(rows.clone(), |rows| {
        let row = |row: &Row| Shared::from(Rc::new(row.clone()));
        rows.iter().map(row).collect::<Vec<_>>()
    });
    let choices = use_memo(state.revision, |_| choices(state));
    let waiting = state.awaits_rows();

    let failures = Failures::of(state, lang, &commands);
    html! {
        <>
            {header(state, *now, lang, &commands)}
            {notices(state, lang, &commands)}
            <div class="notices" tabindex="-1" data-home="">
                {failures.together()}
                {failures.of_parts(&[Part::Patient])}
            </div>
            <div class="columns">
                <div class="column-latest" tabindex="-1" data-home="">
                    <LatestValues {state} rows={&rows} choices={&choices} {now} {wide}
                        failed={failures.of_parts(&[Part::Latest, Part::Period])} on_drawn={first_trend.clone()} />
                </div>
                if *wide && (waiting || !rows.is_empty()) {
                    <Trends rows={&rows} {waiting} {now} on_drawn={first_trend} />
                }
                <div class="column-plan" tabindex="-1" data-home="">
                    {failures.of_parts(&[Part::Plan])}
                    <Plan plan={state.plan.as_ref().map(Shared::from)} {now} {wide}
                        waiting={state.plan_fetch == Fetch::Waiting}
                        open={state.role == Role::Editor} />
                </div>
                <div class="column-notes">
                    <Findings findings={&*findings} />
                </div>
            </div>
            if !matches!(state.phase, Phase::Launching | Phase::Loading) || state.fetched_at.is_some() {
                {foot(state, &commands)}
            }
        </>
    }
}
