//! What is opened on demand: collapsed heads with what is known anyway, and below each what it holds once it is opened.
//! Events, which stand in the charts, are in `events`.

mod answers;
mod curve;
mod events;
mod follow_up;
mod notes;
mod questionnaires;

use chart_model::{Finding, oslo};
use web_sys::Element;
use yew::prelude::*;

use super::error_view::fetch_failed;
use super::keys::focus_first;
use super::shared::Shared;
use super::skeleton::skeleton_lines;
use crate::chunks;
use crate::state::on_demand::{FromSource, latest_score};
use crate::state::{ChunkFetch, Command, Fetch, OnDemandCommand, Phase, ProblemKind, Stand, State, Topic};
use crate::text::{Lang, Msg, OnDemandMsg};

pub(super) use events::{Events, events};
use questionnaires::Questionnaires;

/// The topics that stand together: below the rows, or above the columns where there is room.
const TOGETHER: [Topic; 2] = [Topic::Questionnaires, Topic::Notes];

/// The heads of questionnaires and notes, and of who follows up where no plan is there to have that below it.
pub(super) fn demands(state: &Shared<State>, now: i64, wide: bool, commands: &Callback<Command>) -> Html {
    let beside_plan = follows_plan(state, wide);
    let topics = TOGETHER
        .into_iter()
        .chain((!beside_plan).then_some(Topic::FollowUp));
    let offered: Vec<Topic> = topics
        .filter(|topic| state.on_demand.offered.contains(topic))
        .collect();
    // Their place is there from the beginning: nothing is to move when they come.
    let may_come = wide && matches!(state.phase, Phase::Launching | Phase::Loading);
    if offered.is_empty() && !may_come {
        return Html::default();
    }
    html! {
        <div class="demands">{for offered.into_iter().map(|topic| demand(state, topic, now, commands))}</div>
    }
}

/// Who follows up, below the plan that stands in a column of its own, once that is there: it would be pushed away.
pub(super) fn below_plan(state: &Shared<State>, now: i64, wide: bool, commands: &Callback<Command>) -> Html {
    let plan_is_here =
        state.desk.current.is_some() || (state.plan.is_some() && state.plan_fetch != Fetch::Waiting);
    if !wide || !plan_is_here || !state.on_demand.offered.contains(&Topic::FollowUp) {
        return Html::default();
    }
    html! { <div class="demands">{demand(state, Topic::FollowUp, now, commands)}</div> }
}

/// There is a plan in a column of its own. As long as that is not known, it is taken for granted: nothing is to move.
fn follows_plan(state: &State, wide: bool) -> bool {
    let has_plan = state.plan.is_some() || state.desk.current.is_some();
    wide && (has_plan || (state.reads_plan && !state.plan_known))
}

/// One head, and what it holds once it is open. Escape closes it.
fn demand(state: &Shared<State>, topic: Topic, now: i64, commands: &Callback<Command>) -> Html {
    let lang = state.lang;
    let is_open = state.on_demand.is_open(topic);
    let toggle = move || Command::OnDemand(OnDemandCommand::Toggle(topic));
    let on_key = {
        let commands = commands.clone();
        move |event: KeyboardEvent| {
            if is_open && event.key() == "Escape" && !event.default_prevented() {
                event.prevent_default();
                let inside = event.target_dyn_into::<Element>();
                if let Some(section) = inside.and_then(|inside| inside.closest(".demand").ok()?) {
                    focus_first(&section, "button");
                }
                commands.emit(toggle());
            }
        }
    };
    let name = lang.on_demand(OnDemandMsg::Name(topic));
    let known = match latest_score(state) {
        Some(reading) if topic == Topic::Questionnaires => lang.latest_score(reading, state.now),
        _ => String::new(),
    };
    let body = format!("{}-body", topic.id());
    html! {
        <section class={classes!("demand", is_open.then_some("open"))} data-testid={topic.id()} data-home=""
            tabindex="-1" onkeydown={on_key}>
            <h2>
                <button type="button" class="link fold" aria-expanded={is_open.to_string()} aria-controls={body.clone()}
                    onclick={commands.reform(move |_| toggle())}>
                    {name}
                    if !known.is_empty() {
                        <span class="quiet">{format!(" ({known})")}</span>
                    }
                </button>
            </h2>
            <div id={body} class="demand-body" hidden={!is_open}>
                if is_open {
                    {opened(state, topic, now, commands)}
                }
            </div>
        </section>
    }
}

/// What an open head holds, or the place of it until its chunk has come; where that failed, a notice says so.
fn opened(state: &Shared<State>, topic: Topic, now: i64, commands: &Callback<Command>) -> Html {
    match chunks::on_demand() {
        Some(chunk) => (chunk.opened)(state, topic, now, commands),
        None if matches!(state.chunk, ChunkFetch::Here | ChunkFetch::Awaited) => skeleton_lines(2),
        None => html! { <p class="quiet">{state.lang.say(Msg::ChunkMissing)}</p> },
    }
}

/// See [`OnDemandChunk::opened`](crate::chunks::OnDemandChunk).
pub(crate) fn opened_demand(
    state: &Shared<State>,
    topic: Topic,
    now: i64,
    commands: &Callback<Command>,
) -> Html {
    let came = state.on_demand.came(topic);
    let lang = state.lang;
    let shown = match topic {
        Topic::Questionnaires => html! { <Questionnaires came={came.clone()} period={state.period} {now} /> },
        Topic::Notes => notes::notes(&came, state, now, commands),
        Topic::FollowUp => follow_up::follow_up(&came, lang, now),
        Topic::Admissions | Topic::Medicines | Topic::Changes | Topic::Monitoring => Html::default(),
    };
    let is_empty = match topic {
        Topic::Questionnaires => crate::state::on_demand::questionnaires(&came).is_empty(),
        Topic::Notes => crate::state::on_demand::notes(&came).is_empty(),
        _ => follow_up::is_empty(&came),
    };
    html! {
        <>
            {standing(state, topic, is_empty, commands)}
            {not_all(state, &[topic])}
            {shown}
            {unread(&came, lang)}
        </>
    }
}

/// How the fetch stands, in words: under way, failed, or there is nothing. The three never look alike.
fn standing(state: &State, topic: Topic, is_empty: bool, commands: &Callback<Command>) -> Html {
    let lang = state.lang;
    let came = state.on_demand.came(topic);
    let is_awaited = state.on_demand.awaited.contains(&topic);
    if is_awaited {
        return html! {
            <div aria-busy="true">
                <p class="quiet" role="status">{lang.say(Msg::Fetching)}</p>
                if came.is_empty() {
                    {skeleton_lines(2)}
                }
            </div>
        };
    }
    let several = came.len() > 1;
    let failed = came.iter().filter_map(|source| {
        let problem = source.problem.as_ref()?;
        let is_said = problem.kind == ProblemKind::Unauthorized && matches!(state.phase, Phase::Expired);
        (!is_said).then_some((source, problem))
    });
    let failed = failed.map(|(source, problem)| {
        let said = lang.on_demand(OnDemandMsg::FailedOf(topic));
        let said = if several {
            format!("{}: {said}", source.source)
        } else {
            said
        };
        let retry = commands.reform(move |()| Command::OnDemand(OnDemandCommand::Retry(topic)));
        fetch_failed(&said, problem, lang, Some(retry))
    });
    // What could not be read is not nothing.
    let all_came = came.iter().all(|source| {
        let answer = source.answer.as_ref();
        source.problem.is_none() && answer.is_some_and(|answer| answer.findings().is_empty())
    });
    html! {
        <>
            {for failed}
            if is_empty && all_came && !came.is_empty() {
                <p data-testid="none">{lang.on_demand(OnDemandMsg::NoneOf(topic))}</p>
            }
        </>
    }
}

/// What came of these topics may not be all: there are sources that have not been asked.
fn not_all(state: &State, topics: &[Topic]) -> Html {
    let mut others = state.sources.iter().skip(1);
    let all_asked = others.all(|source| matches!(source.stand, Stand::Here | Stand::UnknownPatient));
    let came =
        |topic: &Topic| !state.on_demand.awaited.contains(topic) && !state.on_demand.came(*topic).is_empty();
    if all_asked || !topics.iter().any(came) {
        return Html::default();
    }
    html! { <p class="quiet" data-testid="not-all-sources">{state.lang.on_demand(OnDemandMsg::NotAllSources)}</p> }
}

/// What of the answers could not be read.
fn unread(came: &[FromSource], lang: Lang) -> Html {
    let answers = came.iter().filter_map(|source| source.answer.as_deref());
    let findings: Vec<&Finding> = answers.flat_map(|answer| answer.findings()).collect();
    if findings.is_empty() {
        return Html::default();
    }
    let line = |finding: &&Finding| {
        html! {
            <li data-testid="finding" data-kind={finding.kind.id()}>
                {lang.say(Msg::Finding(finding.kind))}
                if !finding.detail.is_empty() {
                    {": "}<code>{finding.detail.clone()}</code>
                }
                <span class="quiet">{" "}{finding.resource.clone()}</span>
            </li>
        }
    };
    html! {
        <details class="findings">
            <summary>{lang.on_demand(OnDemandMsg::Unread(findings.len()))}</summary>
            <ul>{for findings.iter().map(line)}</ul>
        </details>
    }
}

/// The day that dates are seen from.
fn today(now: i64) -> chart_model::Date {
    oslo::date_of(now)
}
