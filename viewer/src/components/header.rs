//! The patient check line, when the data was fetched, and the period chooser. Stays in view.

use yew::prelude::*;

use super::hooks::use_lang;
use super::shared::Shared;
use crate::state::{Fetch, Phase, State};
use crate::text::{Lang, Msg};

/// The periods to choose from, days.
const PERIODS: [i64; 4] = [14, 30, 90, 365];

/// See [`Header`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct HeaderProps {
    /// What the view knows.
    pub state: Shared<State>,
    /// Another period was chosen, days.
    pub on_period: Callback<i64>,
    /// Everything is to be fetched anew.
    pub on_refresh: Callback<()>,
}

/// Whose data, how fresh, which period.
#[component]
pub(super) fn Header(props: &HeaderProps) -> Html {
    let HeaderProps {
        state,
        on_period,
        on_refresh,
    } = props;
    let lang = use_lang();
    html! {
        <header class="header">
            {patient_check(state, lang)}
            {freshness(state, lang, on_refresh)}
            <div class="periods" role="group" aria-label={lang.say(Msg::Period)}>
                {for PERIODS.map(|days| html! {
                    <button type="button" aria-pressed={(state.period_days == days).to_string()}
                        disabled={state.period.is_none()}
                        onclick={on_period.reform(move |_| days)}>
                        {lang.say(Msg::Days(days))}
                    </button>
                })}
            </div>
        </header>
    }
}

fn patient_check(state: &State, lang: Lang) -> Html {
    let content = match &state.patient {
        Some(patient) => {
            let name = patient
                .name
                .clone()
                .unwrap_or_else(|| lang.say(Msg::Nameless).into_owned());
            let born = patient
                .birth
                .as_ref()
                .map(|date| format!(" · {}", lang.date(date)));
            html! { <><strong>{name}</strong>{born}</> }
        }
        None if matches!(state.patient_fetch, Fetch::Failed(_)) => html! { {"–"} },
        None => html! { <span class="skeleton skeleton-text" /> },
    };
    html! {
        <p class="patient-check" data-testid="patient-check" role="group" aria-label={lang.say(Msg::PatientCheck)}>
            {content}
        </p>
    }
}

/// When the data was fetched, and the button that fetches it anew.
fn freshness(state: &State, lang: Lang, on_refresh: &Callback<()>) -> Html {
    let text = match state.fetched_at.filter(|_| state.period_fetch != Fetch::Waiting) {
        Some(at) => lang.say(Msg::Fetched(&lang.clock(at))),
        None => lang.say(Msg::Fetching),
    };
    let ready = matches!(state.phase, Phase::Ready);
    html! {
        <p class="freshness">
            <span>{text}</span>
            <button type="button" class="icon" disabled={!ready} aria-label={lang.say(Msg::Refresh)}
                title={lang.say(Msg::Refresh)} onclick={on_refresh.reform(|_| ())}>
                <svg viewBox="0 0 16 16" aria-hidden="true">
                    <path d="M13 8a5 5 0 1 1-1.6-3.7M13.2 1.8v3.4H9.8" />
                </svg>
            </button>
        </p>
    }
}
