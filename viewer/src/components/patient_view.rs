//! Everything about the patient of the launch: header, states in words, and the columns of latest values,
//! trends and plan. What failed says so in the place of what is missing; the rest stays.

use std::rc::Rc;

use yew::prelude::*;

use super::chunk_notice::ChunkNotice;
use super::failures::Failures;
use super::findings::Findings;
use super::foot::foot;
use super::header::header;
use super::hooks::{use_commands, use_lang, use_mark};
use super::latest_values::LatestValues;
use super::limits_editor::Pen;
use super::notices::notices;
use super::on_demand::{below_plan, demands, events};
use super::plan::{PlanColumn, use_panel_focus};
use super::record;
use super::shared::Shared;
use super::sources::{missing_sources, source_list};
use super::trends::{Trends, use_time_axis};
use crate::chunks;
use crate::state::plan::PlanPage;
use crate::state::{Command, Part, Phase, PlanCommand, Role, Row, State, choices, remarks};
use crate::text::{EditMsg, Lang, Msg};

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
    let axis = use_time_axis();
    // Until the chunk of the plan's pages has come, what was there stays.
    let plan = chunks::plan().filter(|_| state.desk.page != PlanPage::Closed);
    use_panel_focus(if plan.is_some() {
        state.desk.page
    } else {
        PlanPage::Closed
    });
    let events = events(state, &commands);
    let demands = demands(state, *now, *wide, &commands);

    let failures = Failures::of(state, lang, &commands);
    html! {
        <>
            {header(state, *now, lang, &commands)}
            {notices(state, lang, &commands)}
            <div class="notices" tabindex="-1" data-home="">
                <ChunkNotice fetch={state.chunk} />
                {failures.above_rows()}
            </div>
            if let Some(plan) = plan {
                {(plan.page)(state, *now, *wide)}
            } else {
            <ContextProvider<Pen> context={Pen::of(state)}>
            if *wide {
                <div class="top">
                    {demands.clone()}
                    {record::to_record(state, lang, &commands)}
                </div>
            }
            <div class="columns">
                <div class="column-latest" tabindex="-1" data-home="">
                    <LatestValues {state} rows={&rows} choices={&choices} {now} {wide} axis={axis.clone()}
                        events={events.clone()} failed={failures.of_parts(&[Part::Latest, Part::Period])} on_drawn={first_trend.clone()} />
                </div>
                if *wide && (waiting || !rows.is_empty()) {
                    <Trends rows={&rows} {waiting} {now} wide=true {axis} {events} on_drawn={first_trend} />
                }
                <div class="column-plan" tabindex="-1" data-home="">
                    {failures.of_parts(&[Part::Plan])}
                    <PlanColumn {state} {now} {wide} />
                    {below_plan(state, *now, *wide, &commands)}
                </div>
                if !*wide {
                    {demands}
                    {record::to_record(state, lang, &commands)}
                }
                <div class="column-notes">
                    {failures.below_rows()}
                    {missing_sources(state, lang, &commands)}
                    <Findings findings={&*findings} />
                    {no_plan(state, lang, &commands)}
                    {source_list(state, lang)}
                </div>
            </div>
            </ContextProvider<Pen>>
            }
            if !matches!(state.phase, Phase::Launching | Phase::Loading) || state.fetched_at.is_some() {
                {foot(state, &commands)}
            }
            {chunks::record().map(|record| (record.dialog)(state)).unwrap_or_default()}
        </>
    }
}

/// Why there is nothing of a plan, where that is known and nobody has to do anything about it.
fn no_plan(state: &State, lang: Lang, commands: &Callback<Command>) -> Html {
    let why = match state.reads_plan {
        _ if !state.plan_known
            || state.plan.is_some()
            || state.desk.current.is_some()
            || state.enrolled == Some(false) =>
        {
            return Html::default();
        }
        true => Msg::NoPlan,
        false => Msg::PlanNotGranted,
    };
    let may_begin = state.reads_plan && state.role == Role::Editor && !state.desk.is_unsaved();
    let on_click = commands.reform(|_| Command::Plan(PlanCommand::Edit));
    html! {
        <p class="no-plan" data-testid="no-plan">
            {lang.say(why)}
            if may_begin {
                {" "}
                <button type="button" class="link" data-testid="plan-begin" onclick={on_click}>
                    {lang.edit(EditMsg::Begin)}
                </button>
            }
        </p>
    }
}
