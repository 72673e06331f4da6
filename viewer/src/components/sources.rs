//! The sources of readings, where there are several: how fresh each is, and what is missing because one did not answer.

use yew::prelude::*;

use super::error_view::{fetch_failed, notice};
use crate::state::{Command, Lacking, SourceState, Stand, State};
use crate::text::{Lang, Msg};

/// What is missing, each with the way to get it. What the launch's own server lacks is said in the place of the readings.
pub(super) fn missing_sources(state: &State, lang: Lang, commands: &Callback<Command>) -> Html {
    let others = state.sources.iter().enumerate().skip(1);
    let said = others.map(|(at, source)| {
        let name = &source.name;
        match &source.stand {
            // That a patient is followed up elsewhere only is usual: the list says it.
            Stand::Waiting | Stand::Here | Stand::UnknownPatient => Html::default(),
            Stand::Failed(lacking, problem) => {
                let retry = commands.reform(move |()| Command::RetrySource(at));
                fetch_failed(&failed(source, *lacking, lang), problem, lang, Some(retry))
            }
            Stand::AsksUser => {
                let open = commands.reform(move |_| Command::RetrySource(at));
                let button = html! {
                    <button type="button" onclick={open}>{lang.say(Msg::OpenSource(name))}</button>
                };
                notice(Some("source-asks"), &lang.say(Msg::SourceAsks(name)), button)
            }
        }
    });
    html! { <>{for said}</> }
}

/// What could not be had, and that readings are missing because of it.
fn failed(source: &SourceState, lacking: Lacking, lang: Lang) -> String {
    let name = &source.name;
    let said = lang.say(match lacking {
        Lacking::Entry => Msg::SourceNotEntered(name),
        Lacking::Patient => Msg::SourcePatientNotFound(name),
        Lacking::Identity => Msg::SourceNotAsked(name),
        Lacking::Readings => return lang.say(Msg::SourceFailed(name)).into_owned(),
    });
    match source.has_readings {
        true => [&said, " ", &lang.say(Msg::SourceReadingsMissing)].concat(),
        false => said.into_owned(),
    }
}

/// Where the plan is from, where several places could have it, and that another has one too.
pub(super) fn plan_place(state: &State, lang: Lang) -> Html {
    let Some(place) = &state.plan_place else {
        return Html::default();
    };
    let also = place
        .also
        .iter()
        .map(|name| html! { <>{" "}{lang.say(Msg::PlanAlsoAt(name))}</> });
    html! {
        <p class="quiet" data-testid="plan-place">
            {lang.say(Msg::PlanFrom(&place.name))}
            {for also}
        </p>
    }
}

/// Each source with when it was fetched, and how old the newest reading is that came from it.
pub(super) fn source_list(state: &State, lang: Lang) -> Html {
    if state.sources.is_empty() {
        return Html::default();
    }
    let line = |source: &SourceState| {
        let name = &source.name;
        let fetched = source.fetched_at.map(|at| lang.fetched(at, state.now));
        let said = match (&source.stand, &fetched) {
            (Stand::Waiting, _) => lang.say(Msg::SourceAwaited(name)),
            (Stand::Here, None) => lang.say(Msg::SourceWithoutReadings(name)),
            (_, Some(fetched)) => lang.say(Msg::SourceFetched(name, fetched)),
            (Stand::AsksUser, None) => lang.say(Msg::SourceAsks(name)),
            (Stand::UnknownPatient, None) => lang.say(Msg::SourceWithoutPatient(name)),
            (Stand::Failed(lacking, _), None) => failed(source, *lacking, lang).into(),
        };
        let newest = match (&source.newest, &source.stand) {
            (Some(time), _) => Some(
                lang.say(Msg::NewestReading(&lang.age(time, state.now)))
                    .into_owned(),
            ),
            (None, Stand::Here) if fetched.is_some() => Some(lang.say(Msg::HasNoReadings).into_owned()),
            (None, _) => None,
        };
        html! {
            <li data-testid="source" data-stand={source.stand.id()}>
                {said}
                if let Some(newest) = newest {
                    {", "}{newest}
                }
            </li>
        }
    };
    html! {
        <div class="sources">
            <h2>{lang.say(Msg::Sources)}</h2>
            <ul>{for state.sources.iter().map(line)}</ul>
        </div>
    }
}
