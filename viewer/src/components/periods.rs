//! The period chooser: four periods up to now, and one of the doctor's own.

use chart_model::{Period, PeriodChoice, oslo};
use yew::prelude::*;

use super::hooks::{use_commands, use_details, use_lang};
use super::keys::focus_node;
use super::own_period::OwnPeriodProps;
use crate::state::Command;
use crate::text::{Lang, Msg};

/// See [`Periods`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct PeriodsProps {
    /// Which one is shown.
    pub choice: PeriodChoice,
    /// What it means now; `None` before the launch is done.
    pub period: Option<Period>,
    /// The moment that days are seen from.
    pub now: i64,
}

/// A row of buttons, and below it the form for a period of one's own while that is open.
#[component]
pub(super) fn Periods(props: &PeriodsProps) -> Html {
    let PeriodsProps { choice, period, now } = *props;
    let lang = use_lang();
    let commands = use_commands();
    let open = use_state_eq(|| false);
    let own = use_node_ref();
    let details = use_details(*open && period.is_some());
    let on_close = {
        let (open, own) = (open.clone(), own.clone());
        Callback::from(move |()| {
            open.set(false);
            focus_node(&own);
        })
    };
    let button = |days: i64| {
        let wanted = PeriodChoice::LastDays(days);
        let open = open.clone();
        let on_click = commands.reform(move |_| {
            open.set(false);
            Command::Period(wanted)
        });
        html! {
            <button type="button" aria-pressed={(choice == wanted).to_string()} disabled={period.is_none()}
                onclick={on_click}>
                {lang.say(Msg::Days(days))}
            </button>
        }
    };
    let on_own = {
        let open = open.clone();
        move |_| open.set(!*open)
    };
    let is_own = matches!(choice, PeriodChoice::Between { .. });
    html! {
        <>
            <div class="periods" role="group" aria-label={lang.say(Msg::Period)} data-testid="period">
                {for PeriodChoice::OFFERED_DAYS.map(button)}
                <button ref={own} type="button" aria-pressed={is_own.to_string()} aria-expanded={open.to_string()}
                    disabled={period.is_none()} onclick={on_own}>
                    {lang.say(Msg::ChoosePeriod)}
                </button>
            </div>
            if let Some((details, period)) = details.zip(period) {
                {(details.own_period)(OwnPeriodProps {
                    shown: (oslo::date_of(period.from), oslo::date_of(period.to)),
                    now,
                    on_close,
                })}
            } else if let Some(said) = said(choice, now, lang) {
                <p class="period-said">{said}</p>
            }
        </>
    }
}

/// `1. sep.–15. okt.`, for a period that no button names.
fn said(choice: PeriodChoice, now: i64, lang: Lang) -> Option<String> {
    let named = matches!(choice, PeriodChoice::LastDays(days) if PeriodChoice::OFFERED_DAYS.contains(&days));
    (!named).then(|| lang.period(choice, oslo::date_of(now)))
}
