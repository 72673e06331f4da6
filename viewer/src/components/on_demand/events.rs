//! The choice of what happened beside the readings: a menu at the charts, and below them the same in words that the marks
//! on their time axis show. The marks are drawn in `trend_chart`.

use chart_model::events::Event;
use chart_model::oslo;
use web_sys::Element;
use yew::prelude::*;

use super::super::keys::focus_first;
use super::super::shared::Shared;
use super::{not_all, standing, unread};
use crate::state::on_demand::axis;
use crate::state::{Command, Fetch, OnDemandCommand, PlanCommand, State, Topic};
use crate::text::{Lang, Msg, OnDemandMsg};

/// What stands at the charts: the choice, and the list.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in super::super) struct Events {
    /// The choice of kinds.
    pub menu: Html,
    /// What was chosen, in words.
    pub list: Html,
}

/// Nothing where this launch may see none of it.
pub(in super::super) fn events(state: &Shared<State>, commands: &Callback<Command>) -> Events {
    let offered = state.on_demand.offered.iter().copied();
    let offered: Vec<Topic> = offered.filter(|topic| topic.is_on_axis()).collect();
    if offered.is_empty() {
        return Events::default();
    }
    let lang = state.lang;
    let choice = |topic: Topic| {
        let on_change = commands.reform(move |_| Command::OnDemand(OnDemandCommand::Toggle(topic)));
        html! {
            <label>
                <input type="checkbox" name="events" value={topic.id()} checked={state.on_demand.is_open(topic)}
                    onchange={on_change} />
                {lang.on_demand(OnDemandMsg::Name(topic))}
            </label>
        }
    };
    let on_key = |event: KeyboardEvent| {
        let inside = event.target_dyn_into::<Element>();
        let menu = inside.and_then(|inside| inside.closest("details").ok()?);
        if let Some(menu) = menu.filter(|menu| event.key() == "Escape" && menu.has_attribute("open")) {
            event.prevent_default();
            // The row that the menu stands below stays open.
            event.stop_propagation();
            // Refused only for a name that is none.
            let _ = menu.remove_attribute("open");
            focus_first(&menu, "summary");
        }
    };
    let name = lang.on_demand(OnDemandMsg::Events);
    let menu = html! {
        <details class="events-menu" data-testid="events-menu" onkeydown={on_key}>
            <summary>{name.clone()}</summary>
            <div role="group" aria-label={name}>{for offered.iter().map(|topic| choice(*topic))}</div>
        </details>
    };
    let chosen: Vec<Topic> = offered
        .into_iter()
        .filter(|topic| state.on_demand.is_open(*topic))
        .collect();
    Events {
        menu,
        list: if chosen.is_empty() {
            Html::default()
        } else {
            list(state, &chosen, commands)
        },
    }
}

fn list(state: &State, chosen: &[Topic], commands: &Callback<Command>) -> Html {
    let lang = state.lang;
    let events = axis(state).events;
    let is_of = |topic: Topic, event: &Event| topic_of(event) == topic;
    let stands = chosen.iter().map(|topic| {
        let is_empty = !events.iter().any(|event| is_of(*topic, event));
        if *topic == Topic::Changes {
            return changes(state, is_empty, commands);
        }
        let came = state.on_demand.came(*topic);
        html! { <>{standing(state, *topic, is_empty, commands)}{unread(&came, lang)}</> }
    });
    html! {
        <section class="events" aria-labelledby="events">
            <h3 id="events">{lang.on_demand(OnDemandMsg::EventsInPeriod)}</h3>
            <ul>{for events.iter().map(|event| line(event, lang, state.now))}</ul>
            {for stands}
            {not_all(state, chosen)}
        </section>
    }
}

fn line(event: &Event, lang: Lang, now: i64) -> Html {
    let (from, to) = event.span(now);
    html! {
        <li data-testid="event" data-kind={event.kind.id()} data-from={event.from.text().to_owned()}
            data-to={event.to.as_ref().map(|to| to.text().to_owned()).unwrap_or_default()}
            data-lasts={event.lasts.then(|| oslo::to_fhir(to)).filter(|_| from < to)}>
            <span class={classes!("event-mark", event.kind.id())} aria-hidden="true"></span>
            <span class="time">{lang.event_time(event, now)}</span>{" "}
            <span>{lang.event(event)}</span>
        </li>
    }
}

const fn topic_of(event: &Event) -> Topic {
    use chart_model::events::EventKind;
    match event.kind {
        EventKind::Admission => Topic::Admissions,
        EventKind::MedicationStart | EventKind::MedicationStop => Topic::Medicines,
        EventKind::Monitoring => Topic::Monitoring,
        EventKind::PlanChange | EventKind::LimitChange => Topic::Changes,
    }
}

/// How the fetch of the plan's change log stands, which its changes are read from.
fn changes(state: &State, is_empty: bool, commands: &Callback<Command>) -> Html {
    let lang = state.lang;
    match &state.desk.history {
        Fetch::Waiting => html! { <p class="quiet" role="status">{lang.say(Msg::Fetching)}</p> },
        Fetch::Failed(problem) => {
            let retry = commands.reform(|()| Command::Plan(PlanCommand::AskHistory));
            let said = lang.on_demand(OnDemandMsg::FailedOf(Topic::Changes));
            super::fetch_failed(&said, problem, lang, Some(retry))
        }
        Fetch::Done if is_empty => html! { <p>{lang.on_demand(OnDemandMsg::NoneOf(Topic::Changes))}</p> },
        Fetch::Done => Html::default(),
    }
}
