//! One line of the picker: handle, box, name, and the two buttons that move it. What they do is the picker's.

use chart_model::Parameter;
use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

use super::glyph::{Glyph, glyph};
use super::picker_order::Item;
use crate::state::Choice;
use crate::text::{Lang, Msg};

/// What can be done with a line.
pub(super) struct Handlers {
    /// Move it past its neighbour among those found.
    pub step: Callback<Step>,
    /// Show or hide a parameter.
    pub show: Callback<(Parameter, bool)>,
    /// Begin to drag what stands at a place of the order, with a pointer.
    pub grip: Callback<(usize, i32)>,
}

/// A move by one place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    /// Which of the lines found.
    pub row: usize,
    /// Towards the beginning.
    pub up: bool,
    /// The control that asked for it, as a selector within the line.
    pub control: &'static str,
}

/// Where a line stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Position {
    /// Among the lines found.
    pub row: usize,
    /// In the whole order.
    pub place: usize,
    /// It is the last of the lines found.
    pub last: bool,
    /// It is being dragged.
    pub dragged: bool,
}

/// The line of an item.
pub(super) fn picker_line(item: &Item, at: Position, lang: Lang, handlers: &Handlers) -> Html {
    let Position { row, place, .. } = at;
    let button = |up: bool| {
        let (name, control) = if up {
            (Msg::MoveUp(&item.name), ".up")
        } else {
            (Msg::MoveDown(&item.name), ".down")
        };
        let at_end = if up { row == 0 } else { at.last };
        html! {
            <button type="button" class={classes!("icon", if up { "up" } else { "down" })} aria-label={lang.say(name)}
                aria-disabled={at_end.then_some("true")}
                onclick={handlers.step.reform(move |_| Step { row, up, control })}>
                {glyph(if up { Glyph::Up } else { Glyph::Down })}
            </button>
        }
    };
    let on_key = {
        let step = handlers.step.clone();
        move |event: KeyboardEvent| {
            let up = match event.key().as_str() {
                "ArrowUp" if event.alt_key() => true,
                "ArrowDown" if event.alt_key() => false,
                _ => return,
            };
            event.prevent_default();
            let control = focused_control(&event);
            step.emit(Step { row, up, control });
        }
    };
    let on_change = {
        let parameter = item.choice.parameter.clone();
        handlers.show.reform(move |event: Event| {
            let checked = event.target_unchecked_into::<HtmlInputElement>().checked();
            (parameter.clone(), checked)
        })
    };
    let on_grip = handlers.grip.reform(move |event: PointerEvent| {
        event.prevent_default();
        (place, event.pointer_id())
    });
    html! {
        <li key={item.key()} class={classes!(at.dragged.then_some("dragged"))} data-testid="picker-item"
            data-key={item.key()} data-place={place.to_string()} data-parameter={item.choice.parameter.id()}
            data-shown={item.choice.shown.to_string()} onkeydown={on_key}>
            <span class="handle" aria-hidden="true" onpointerdown={on_grip}>{glyph(Glyph::Grip)}</span>
            <label>
                <input type="checkbox" checked={item.choice.shown} onchange={on_change} />
                <span>{&item.name}</span>
                {hint(&item.choice, lang)}
            </label>
            {button(true)}
            {button(false)}
        </li>
    }
}

/// What helps to choose: that there are limits, or nothing to see.
fn hint(choice: &Choice, lang: Lang) -> Html {
    let said = match choice {
        Choice {
            has_readings: false, ..
        } => Msg::HasNoReadings,
        Choice { has_limits: true, .. } => Msg::HasLimits,
        _ => return Html::default(),
    };
    html! { <span class="quiet">{lang.say(said)}</span> }
}

/// The control of a line that has the focus.
fn focused_control(event: &KeyboardEvent) -> &'static str {
    let element = event.target_dyn_into::<Element>();
    let is = |control: &&str| {
        element
            .as_ref()
            .is_some_and(|element| element.matches(control) == Ok(true))
    };
    [".up", ".down"].into_iter().find(is).unwrap_or("input")
}
