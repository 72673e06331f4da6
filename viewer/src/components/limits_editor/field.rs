//! One field of the limits: what is typed stays as it was typed, also while it is no number yet.

use chart_model::care_plan::Bound;
use chart_model::{Decimal, Parameter};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::super::hooks::use_lang;
use crate::text::{EditMsg, Lang, Typed};

/// See [`LimitField`].
#[derive(Clone, PartialEq, Properties)]
pub(super) struct LimitFieldProps {
    /// Whose limit.
    pub parameter: Parameter,
    /// Of which of its numbers.
    pub number: usize,
    /// Which of the four.
    pub bound: Bound,
    /// What it is called.
    pub label: String,
    /// What it is.
    pub value: Option<Decimal>,
    /// What is wrong with it, in words.
    pub problem: Option<String>,
    /// It was changed.
    pub on_change: Callback<Option<Decimal>>,
    /// It was left.
    pub on_leave: Callback<()>,
}

/// A field for a number, or for none.
#[component]
pub(super) fn LimitField(props: &LimitFieldProps) -> Html {
    let LimitFieldProps {
        parameter,
        number,
        bound,
        label,
        value,
        problem,
        on_change,
        on_leave,
    } = props;
    let lang = use_lang();
    let decimals = parameter.decimals();
    let shown = move |value: Option<Decimal>| value.map(|value| lang.number(value)).unwrap_or_default();
    let typed = use_state_eq(|| shown(*value));
    // What was typed gives way to what was undone.
    use_effect_with(*value, {
        let typed = typed.clone();
        move |value| {
            if read(&typed, decimals).ok() != Some(*value) {
                typed.set(shown(*value));
            }
        }
    });
    let on_input = {
        let (typed, on_change) = (typed.setter(), on_change.clone());
        move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            if let Ok(value) = read(&text, decimals) {
                on_change.emit(value);
            }
            typed.set(text);
        }
    };
    let unreadable = read(&typed, decimals).err().map(|wrong| lang.edit(wrong));
    let problem = unreadable.or_else(|| problem.clone());
    let id = format!("limit-{}-{number}-{}", parameter.key(), bound.id());
    let described = format!("{id}-problem");
    html! {
        <div class="limit-field">
            <label for={id.clone()}>{label.clone()}</label>
            <input {id} type="text" inputmode="decimal" autocomplete="off" data-testid="limit"
                data-parameter={parameter.id()} data-number={number.to_string()} data-bound={bound.id()}
                value={(*typed).clone()} oninput={on_input} onblur={on_leave.reform(|_| ())}
                aria-invalid={problem.is_some().then_some("true")} aria-describedby={described.clone()} />
            <p id={described} class="problem" aria-live="polite">{problem}</p>
        </div>
    }
}

/// The number that a text means, or none, or what is wrong with it.
fn read(text: &str, decimals: u8) -> Result<Option<Decimal>, EditMsg<'static>> {
    match Lang::typed(text) {
        Typed::Empty => Ok(None),
        Typed::Unreadable => Err(EditMsg::NotANumber),
        Typed::Number(value) if value.round(decimals) == value => Ok(Some(value.round(decimals))),
        Typed::Number(_) => Err(EditMsg::TooManyDecimals(decimals)),
    }
}
