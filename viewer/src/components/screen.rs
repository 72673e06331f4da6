//! The whole first screen: what is shown in which phase, and the narrow or wide arrangement of it.

use std::rc::Rc;

use chart_model::Parameter;
use yew::prelude::*;

use super::error_view::{LaunchFailed, Notice, SectionFailed};
use super::findings::Findings;
use super::header::Header;
use super::hooks::{use_lang, use_wide};
use super::keys::on_table_key;
use super::latest_values::LatestValues;
use super::plan_summary::Plan;
use super::shared::Shared;
use super::trend::Trend;
use super::trend_chart::{Theme, use_theme};
use crate::browser::clock;
use crate::state::{Fetch, Phase, Row, State, remarks};
use crate::text::{Lang, Msg};

/// See [`Screen`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct ScreenProps {
    /// What the view knows.
    pub state: Shared<State>,
    /// The rows of the latest values, in the order shown.
    pub rows: Shared<Vec<Row>>,
    /// The moment that ages are counted from, epoch milliseconds.
    pub now: i64,
    /// The language of everything said.
    #[prop_or_default]
    pub lang: Lang,
    /// Another period was chosen, days.
    pub on_period: Callback<i64>,
    /// Everything is to be fetched anew (also after a failure).
    pub on_refresh: Callback<()>,
    /// A row is to be opened, or closed.
    pub on_toggle: Callback<Parameter>,
}

/// The first screen, in every phase.
#[component]
pub(crate) fn Screen(props: &ScreenProps) -> Html {
    let theme = use_theme();
    let on_key = use_callback((), |event: KeyboardEvent, ()| on_table_key(&event));
    let body = match &props.state.phase {
        Phase::Failed(error) => html! { <LaunchFailed error={Rc::clone(error)} /> },
        Phase::PatientFailed(problem) => html! {
            <SectionFailed text={props.lang.say(Msg::PatientMissing)} problem={Rc::clone(problem)} />
        },
        Phase::Blanked => html! { <Notice text={props.lang.say(Msg::PatientChanged)} /> },
        Phase::Launching | Phase::Loading | Phase::Ready | Phase::Expired => html! {
            <Patient ..props.clone() />
        },
    };
    html! {
        <ContextProvider<Lang> context={props.lang}>
            <ContextProvider<Theme> context={theme}>
                <main class="screen" aria-label={props.lang.say(Msg::ModuleTitle)} onkeydown={on_key}>
                    <h1 class="unseen">{props.lang.say(Msg::ModuleTitle)}</h1>
                    {body}
                </main>
            </ContextProvider<Theme>>
        </ContextProvider<Lang>>
    }
}

/// Everything about the patient of the launch.
#[component]
fn Patient(props: &ScreenProps) -> Html {
    let ScreenProps {
        state,
        now,
        on_period,
        on_refresh,
        on_toggle,
        ..
    } = props;
    let rows = use_memo(props.rows.clone(), |rows| {
        rows.iter()
            .map(|row| Shared::from(Rc::new(row.clone())))
            .collect::<Vec<_>>()
    });
    let findings = use_memo(
        (props.rows.clone(), Shared::from(&state.findings)),
        |(rows, findings)| {
            let all: Vec<_> = findings.iter().cloned().chain(remarks(rows)).collect();
            Shared::from(Rc::new(all))
        },
    );
    let lang = use_lang();
    let wide = use_wide();
    let first_trend = use_mark("dho:first-trend");
    let retry = (!matches!(state.phase, Phase::Expired)).then(|| on_refresh.clone());
    let failed = |fetch: &Fetch, msg: Msg<'static>| match fetch {
        Fetch::Failed(problem) => html! {
            <SectionFailed text={lang.say(msg)} problem={Rc::clone(problem)} on_retry={retry.clone()} />
        },
        Fetch::Waiting | Fetch::Done => Html::default(),
    };
    let trends = || {
        rows.iter().map(|row| html! {
            <Trend key={row.parameter.id()} {row} now={*now} {wide} {on_period} on_drawn={first_trend.clone()} />
        })
    };
    html! {
        <>
            <Header {state} {on_period} {on_refresh} />
            if matches!(state.phase, Phase::Expired) {
                <Notice text={lang.say(Msg::Expired)} />
            }
            {failed(&state.patient_fetch, Msg::PatientFailed)}
            <div class="columns">
                <div class="column-latest">
                    {readings_state(state, rows.is_empty(), lang)}
                    {match &state.latest_fetch {
                        Fetch::Failed(_) => failed(&state.latest_fetch, Msg::ReadingsFailed),
                        _ => failed(&state.period_fetch, Msg::PeriodFailed),
                    }}
                    <LatestValues {state} rows={&rows} now={*now} {wide} {on_toggle} {on_period}
                        on_drawn={first_trend.clone()} />
                    <Findings findings={&*findings} />
                </div>
                if wide {
                    <section class="column-trends" aria-labelledby="trends">
                        <h2 id="trends">{lang.say(Msg::Trend)}</h2>
                        {for trends()}
                    </section>
                }
                <div class="column-plan">
                    {failed(&state.plan_fetch, Msg::PlanFailed)}
                    <Plan plan={state.plan.as_ref().map(Shared::from)} now={*now} {wide} />
                </div>
            </div>
        </>
    }
}

/// What is to be said about the readings as a whole: slow, not followed up, none ever.
fn readings_state(state: &State, no_rows: bool, lang: Lang) -> Html {
    let complete = state.latest_fetch == Fetch::Done && state.period_fetch == Fetch::Done;
    let text = if state.slow && !matches!(state.phase, Phase::Expired) {
        Msg::Slow
    } else if state.enrolled == Some(false) {
        Msg::NotEnrolled
    } else if complete && no_rows {
        Msg::NeverMeasured
    } else {
        return Html::default();
    };
    html! { <Notice text={lang.say(text)} /> }
}

/// A callback that sets a performance mark the first time it is called.
#[hook]
pub(super) fn use_mark(name: &'static str) -> Callback<()> {
    let set = use_mut_ref(|| false);
    use_callback(name, move |(), name| {
        if !set.replace(true) {
            clock::mark(name);
        }
    })
}
