//! The doctor's own period: two days, asked for in place. What a period is, is `chart-model`'s.

use chart_model::{Date, PeriodChoice, PeriodError, oslo};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::hooks::{use_commands, use_lang};
use super::keys::focus_node;
use crate::state::Command;
use crate::text::Msg;

/// See [`DetailsChunk::own_period`](crate::chunks::DetailsChunk).
pub(crate) fn own_period(props: OwnPeriodProps) -> Html {
    html! { <OwnPeriod ..props /> }
}

/// See [`OwnPeriod`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct OwnPeriodProps {
    /// The days shown now: where the fields begin.
    pub shown: (Date, Date),
    /// The moment that days are seen from.
    pub now: i64,
    /// The form is done with.
    pub on_close: Callback<()>,
}

/// What is wrong with what was typed.
#[derive(Clone, Copy, PartialEq)]
enum Mistake {
    NoDate(Field),
    Refused(PeriodError),
}

#[derive(Clone, Copy, PartialEq)]
enum Field {
    From,
    To,
}

impl Mistake {
    /// Where it stands.
    const fn field(self) -> Field {
        match self {
            Self::NoDate(field) => field,
            Self::Refused(PeriodError::Reversed) => Field::To,
            Self::Refused(_) => Field::From,
        }
    }

    const fn said(self) -> Msg<'static> {
        match self {
            Self::NoDate(_) => Msg::NotADate,
            Self::Refused(error) => Msg::PeriodRefused(error),
        }
    }
}

/// Two date fields; Escape leaves everything as it was.
#[component]
fn OwnPeriod(props: &OwnPeriodProps) -> Html {
    let lang = use_lang();
    let commands = use_commands();
    let today = oslo::date_of(props.now);
    let typed = [
        use_state_eq(|| iso(props.shown.0)),
        use_state_eq(|| iso(props.shown.1)),
    ];
    let fields = [use_node_ref(), use_node_ref()];
    let mistake = use_state_eq(|| None::<Mistake>);
    use_effect_with(fields[0].clone(), focus_node);

    let on_submit = {
        let (typed, fields, mistake) = (typed.clone(), fields.clone(), mistake.clone());
        let on_close = props.on_close.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            match read(&typed[0], &typed[1], today) {
                Ok(choice) => {
                    commands.emit(Command::Period(choice));
                    on_close.emit(());
                }
                Err(found) => {
                    mistake.set(Some(found));
                    focus_node(&fields[usize::from(found.field() == Field::To)]);
                }
            }
        }
    };
    let on_key = {
        let on_close = props.on_close.clone();
        move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                on_close.emit(());
            }
        }
    };
    let field = |which: Field, label: Msg<'static>| {
        let place = usize::from(which == Field::To);
        let wrong = mistake.filter(|mistake| mistake.field() == which);
        let (id, problem) = (
            ["period-from", "period-to"][place],
            ["problem-from", "problem-to"][place],
        );
        let on_input = {
            let typed = typed[place].clone();
            move |event: InputEvent| typed.set(event.target_unchecked_into::<HtmlInputElement>().value())
        };
        html! {
            <div>
                <label for={id}>{lang.say(label)}</label>
                <input type="date" {id} ref={&fields[place]} value={(*typed[place]).clone()} max={iso(today)}
                    oninput={on_input} aria-invalid={wrong.map(|_| "true")} aria-describedby={problem} />
                <p id={problem} class="problem" role="alert">{wrong.map(|mistake| lang.say(mistake.said()))}</p>
            </div>
        }
    };
    html! {
        <form class="own-period" novalidate=true aria-label={lang.say(Msg::ChoosePeriod)} onsubmit={on_submit}
            onkeydown={on_key}>
            {field(Field::From, Msg::PeriodFrom)}
            {field(Field::To, Msg::PeriodTo)}
            <div>
                <button type="submit" class="main">{lang.say(Msg::Show)}</button>{" "}
                <button type="button" onclick={props.on_close.reform(|_| ())}>{lang.say(Msg::Cancel)}</button>
            </div>
        </form>
    }
}

fn read(from: &str, to: &str, today: Date) -> Result<PeriodChoice, Mistake> {
    let day = |text: &str, field| Date::parse(text).ok_or(Mistake::NoDate(field));
    PeriodChoice::between(day(from, Field::From)?, day(to, Field::To)?, today).map_err(Mistake::Refused)
}

/// `2026-09-03`, as date fields want it.
fn iso(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)
}
