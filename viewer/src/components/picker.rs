//! The picker: which parameters are shown and in which order, in place above the rows. Dragged by pointer,
//! moved by buttons or Alt and arrow keys; each step is read aloud. What is chosen is remembered elsewhere.

use std::rc::Rc;

use chart_model::Parameter;
use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

use super::hooks::{use_commands, use_lang};
use super::keys::focus_first;
use super::picker_line::{Handlers, Position, Step, picker_line};
use super::picker_order::{Item, arrangement, found, items_of, moved, with_shown};
use super::shared::Shared;
use crate::state::{Choice, Command};
use crate::text::Msg;

/// See [`DetailsChunk::picker`](crate::chunks::DetailsChunk).
pub(crate) fn picker(props: PickerProps) -> Html {
    html! { <Picker ..props /> }
}

/// See [`Picker`].
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct PickerProps {
    /// Everything that can be chosen, in the order shown.
    pub choices: Shared<Vec<Choice>>,
    /// It is to be closed.
    pub on_close: Callback<()>,
}

/// A search field, and a line for each parameter.
#[component]
fn Picker(props: &PickerProps) -> Html {
    let lang = use_lang();
    let commands = use_commands();
    let typed = use_state_eq(String::new);
    let said = use_state_eq(String::new);
    let list = use_node_ref();
    // The order while an item is being dragged, and its place: only where it is dropped is a choice.
    let drag = use_state(|| None::<(Rc<Vec<Item>>, usize)>);
    // The control that loses the focus when its line moves in the page, and shall have it again.
    let refocus = use_mut_ref(|| None::<(String, &'static str)>);
    use_effect({
        let (refocus, list) = (Rc::clone(&refocus), list.clone());
        move || {
            if let Some((key, control)) = refocus.take() {
                focus_control(&list, &key, control);
            }
        }
    });

    let chosen = use_memo((props.choices.clone(), lang), |(choices, lang)| {
        items_of(choices, *lang)
    });
    let items = drag.as_ref().map_or(chosen, |(items, _)| Rc::clone(items));
    let places = found(&items, &typed);
    let shown = items.iter().filter(|item| item.choice.shown).count();

    let arrange = {
        let (commands, said) = (commands.clone(), said.clone());
        Callback::from(move |(items, words): (Vec<Item>, String)| {
            said.set(words);
            commands.emit(Command::Arrange(arrangement(&items)));
        })
    };
    let place_said = move |item: &Item, place: usize, of: usize| {
        lang.say(Msg::Moved(&item.name, place + 1, of)).into_owned()
    };
    let step = {
        let (items, places, arrange) = (Rc::clone(&items), places.clone(), arrange.clone());
        Callback::from(move |Step { row, up, control }| {
            let goal = if up { row.checked_sub(1) } else { Some(row + 1) };
            let (Some(from), Some(to)) = (places.get(row), goal.and_then(|goal| places.get(goal))) else {
                return;
            };
            let items = moved(&items, *from, *to);
            if let Some(item) = items.get(*to) {
                *refocus.borrow_mut() = Some((item.key(), control));
                let words = place_said(item, *to, items.len());
                arrange.emit((items, words));
            }
        })
    };
    let show = {
        let (items, arrange) = (Rc::clone(&items), arrange.clone());
        Callback::from(move |(parameter, shown): (Parameter, bool)| {
            let name = lang.parameter(&parameter);
            let msg = if shown {
                Msg::NowShown(&name)
            } else {
                Msg::NowHidden(&name)
            };
            arrange.emit((with_shown(&items, &parameter, shown), lang.say(msg).into_owned()));
        })
    };
    let grip = {
        let (items, drag, list) = (Rc::clone(&items), drag.clone(), list.clone());
        Callback::from(move |(place, pointer): (usize, i32)| {
            // The list keeps the pointer: a line that moves in the page would lose it.
            if let Some(list) = list.cast::<Element>() {
                // Refused only for a pointer that is gone.
                let _ = list.set_pointer_capture(pointer);
            }
            drag.set(Some((Rc::clone(&items), place)));
        })
    };
    let on_drag = {
        let (drag, list) = (drag.clone(), list.clone());
        move |event: PointerEvent| {
            if let Some((items, from)) = &*drag
                && let Some(to) = place_at(&list, event.client_y()).filter(|to| to != from)
            {
                drag.set(Some((Rc::new(moved(items, *from, to)), to)));
            }
        }
    };
    let on_drop = {
        let drag = drag.clone();
        move |_: PointerEvent| {
            if let Some((items, place)) = &*drag
                && let Some(item) = items.get(*place)
            {
                arrange.emit((items.to_vec(), place_said(item, *place, items.len())));
                drag.set(None);
            }
        }
    };
    let on_type = {
        let typed = typed.clone();
        move |event: InputEvent| typed.set(event.target_unchecked_into::<HtmlInputElement>().value())
    };
    // The first Escape takes back what was typed, the next one closes.
    let on_search_key = {
        let typed = typed.clone();
        move |event: KeyboardEvent| {
            if event.key() == "Escape" && !typed.is_empty() {
                event.prevent_default();
                typed.set(String::new());
            }
        }
    };

    let handlers = Handlers { step, show, grip };
    let lines = places.iter().enumerate().filter_map(|(row, place)| {
        let at = Position {
            row,
            place: *place,
            last: row + 1 == places.len(),
            dragged: drag.as_ref().is_some_and(|(_, dragged)| dragged == place),
        };
        Some(picker_line(items.get(*place)?, at, lang, &handlers))
    });
    html! {
        <div id="picker" class="picker" role="group" aria-label={lang.say(Msg::ChooseParameters)}
            data-testid="picker">
            <div class="picker-head">
                <label for="picker-search">{lang.say(Msg::SearchParameters)}</label>
                <span class="quiet">{lang.say(Msg::ShownOf(shown, items.len()))}</span>
            </div>
            <input id="picker-search" type="search" autocomplete="off" placeholder={lang.say(Msg::SearchHint)}
                value={(*typed).clone()} oninput={on_type} onkeydown={on_search_key} />
            if places.is_empty() {
                <p class="picker-none">{lang.say(Msg::NoMatch(typed.trim()))}</p>
            }
            <ul ref={list.clone()} class="picker-list" onpointermove={on_drag} onpointerup={on_drop.clone()}
                onpointercancel={on_drop}>
                {for lines}
            </ul>
            <p class="quiet">{lang.say(Msg::OrderHint)}</p>
            <div class="picker-foot">
                <button type="button" class="link" onclick={commands.reform(|_| Command::ArrangeDefault)}>
                    {lang.say(Msg::ResetArrangement)}
                </button>
                <button type="button" onclick={props.on_close.reform(|_| ())}>{lang.say(Msg::Done)}</button>
            </div>
            <p class="unseen" aria-live="polite">{&*said}</p>
        </div>
    }
}

/// Gives a control of the line with this key the focus.
fn focus_control(list: &NodeRef, key: &str, control: &str) {
    let Some(list) = list.cast::<Element>() else {
        return;
    };
    let lines = list.children();
    let mut lines = (0..lines.length()).filter_map(|index| lines.item(index));
    if let Some(line) = lines.find(|line| line.get_attribute("data-key").as_deref() == Some(key)) {
        focus_first(&line, control);
    }
}

/// The place in the order of the line that lies at a height of the window: above the first it is the first,
/// below the last the last.
fn place_at(list: &NodeRef, height: i32) -> Option<usize> {
    let lines = list.cast::<Element>()?.children();
    let lines = (0..lines.length()).filter_map(|index| lines.item(index));
    let begins_above = |line: &Element| line.get_bounding_client_rect().top() <= f64::from(height);
    let mut lines = lines.peekable();
    let first = lines.peek().cloned();
    let line = lines.take_while(begins_above).last().or(first)?;
    line.get_attribute("data-place")?.parse().ok()
}
