//! The lists of the plan as they are written: items are put in, taken out, put back and moved.

use chart_model::care_plan::{Contact, Key, List, Place, Value};
use yew::prelude::*;

use super::super::glyph::{Glyph, glyph};
use super::super::plan::{contact, place_id};
use super::fields::field_id;
use super::sheet::{Writing, reason};
use crate::browser::random::random_bytes;
use crate::state::PlanCommand;
use crate::text::{EditMsg, Msg};

impl Writing<'_> {
    /// The items of a list, those taken out in their places.
    pub(super) fn list(self, list: List, name: &str) -> Html {
        let places = self.places(list);
        let keys: Vec<Key> = self.plan.keys(&list).into_iter().cloned().collect();
        let item = |place: &Place| {
            let at = keys.iter().position(|key| Some(key) == place.key());
            let content = match at {
                Some(at) => self.item(place, list, &keys, at, name),
                None => self.taken_out(place, list, name),
            };
            html! { <li key={field_id(place)}>{content}</li> }
        };
        let is_contact = list == List::Contacts;
        let on_add = {
            let (send, focus) = (self.send.clone(), self.focus.clone());
            move |_| {
                let Some(key) = fresh_key() else { return };
                let place = Place::in_list(list, key);
                let id = field_id(&place);
                *focus.borrow_mut() = Some(if is_contact { format!("{id}-name") } else { id });
                let blank = if is_contact {
                    Value::Contact(Contact::default())
                } else {
                    Value::text("")
                };
                send.emit(PlanCommand::Set(place, Some(blank)));
            }
        };
        html! {
            <>
                if !places.is_empty() {
                    <ul class="edit-items">{for places.iter().map(item)}</ul>
                }
                {self.tracked(&Place::Order(list))}
                <button type="button" class="link" id={add_id(list)} data-testid="plan-add"
                    aria-label={self.lang.edit(EditMsg::AddTo(name))} onclick={on_add}>
                    {self.lang.edit(EditMsg::Add)}
                </button>
            </>
        }
    }

    /// The items that there are, and behind the one that it stood behind, each that was taken out.
    fn places(self, list: List) -> Vec<Place> {
        let mut keys: Vec<&Key> = self.plan.keys(&list);
        for change in self
            .changes
            .iter()
            .filter(|change| change.place.list() == Some(list))
        {
            let gone = change
                .place
                .key()
                .filter(|_| self.plan.get(&change.place).is_none());
            if let Some(gone) = gone {
                let follows = change.follows.as_ref();
                let before = follows.and_then(|follows| keys.iter().position(|key| *key == follows));
                keys.insert(before.map_or(0, |before| before + 1), gone);
            }
        }
        keys.into_iter()
            .map(|key| Place::in_list(list, key.clone()))
            .collect()
    }

    fn item(self, place: &Place, list: List, keys: &[Key], at: usize, list_name: &str) -> Html {
        let lang = self.lang;
        if let (Some(lock), Some(Value::Contact(who))) = (self.locks.of(place), self.plan.get(place)) {
            return html! { <>{contact(who)}{reason(lock, lang)}</> };
        }
        let name = lang.edit(EditMsg::Item(list_name, at + 1));
        let id = field_id(place);
        let move_to = |other: Option<usize>, picture: Glyph, suffix: &'static str| {
            let other = other.filter(|other| *other < keys.len());
            let mut order = keys.to_vec();
            if let Some(other) = other {
                order.swap(at, other);
            }
            let (send, focus, id) = (self.send.clone(), self.focus.clone(), format!("{id}-{suffix}"));
            let label = match picture {
                Glyph::Up => lang.say(Msg::MoveUp(&name)),
                _ => lang.say(Msg::MoveDown(&name)),
            };
            let button_id = id.clone();
            let on_click = move |_| {
                if other.is_some() {
                    *focus.borrow_mut() = Some(id.clone());
                    send.emit(PlanCommand::Set(
                        Place::Order(list),
                        Some(Value::Order(order.clone())),
                    ));
                }
            };
            html! {
                <button type="button" class="icon" id={button_id} aria-label={label} onclick={on_click}
                    aria-disabled={other.is_none().then_some("true")}>
                    {glyph(picture)}
                </button>
            }
        };
        let on_remove = {
            let (send, focus, place) = (self.send.clone(), self.focus.clone(), place.clone());
            // What was new is gone, what was there can be put back.
            let next = if self.base.get(&place).is_some() {
                format!("{id}-restore")
            } else {
                add_id(list)
            };
            move |_| {
                *focus.borrow_mut() = Some(next.clone());
                send.emit(PlanCommand::Set(place.clone(), None));
            }
        };
        let remove = lang.edit(EditMsg::Remove);
        let buttons = html! {
            <span class="edit-buttons">
                if keys.len() > 1 {
                    {move_to(at.checked_sub(1), Glyph::Up, "up")}
                    {move_to(Some(at + 1), Glyph::Down, "down")}
                }
                <button type="button" class="link" data-testid="plan-remove"
                    aria-label={lang.edit(EditMsg::ActionOn(&remove, &name))} onclick={on_remove}>
                    {remove.clone()}
                </button>
            </span>
        };
        match self.plan.get(place) {
            Some(Value::Contact(contact)) => html! {
                <fieldset class="edit-contact">
                    <legend class="unseen">{name.clone()}</legend>
                    {self.contact(place, contact, Value::Contact)}
                    {buttons}
                    {self.tracked(place)}
                </fieldset>
            },
            _ => html! { <div class="edit-item">{self.text(place, &name, true)}{buttons}</div> },
        }
    }

    /// An item that was taken out, as such, and the way back.
    fn taken_out(self, place: &Place, list: List, name: &str) -> Html {
        let lang = self.lang;
        let id = format!("{}-restore", field_id(place));
        let on_restore = {
            let (send, focus, place) = (self.send.clone(), self.focus.clone(), place.clone());
            let (before, order) = (self.base.get(&place).cloned(), self.order_with(&place, list));
            move |_| {
                let field = field_id(&place);
                *focus.borrow_mut() = Some(match list {
                    List::Contacts => format!("{field}-name"),
                    _ => field,
                });
                send.emit(PlanCommand::Set(place.clone(), before.clone()));
                send.emit(PlanCommand::Set(
                    Place::Order(list),
                    Some(Value::Order(order.clone())),
                ));
            }
        };
        let restore = lang.edit(EditMsg::Restore);
        html! {
            <>
                {self.tracked(place)}
                <button type="button" class="link" {id} data-testid="plan-restore"
                    aria-label={lang.edit(EditMsg::ActionOn(&restore, name))} onclick={on_restore}>
                    {restore.clone()}
                </button>
            </>
        }
    }

    /// The order of a list once an item that was taken out is back where it is shown.
    fn order_with(self, place: &Place, list: List) -> Vec<Key> {
        let shown = self.places(list).into_iter();
        let there = shown.filter(|shown| shown == place || self.plan.get(shown).is_some());
        there.filter_map(|shown| shown.key().cloned()).collect()
    }
}

fn add_id(list: List) -> String {
    format!("add-{}", place_id(&Place::Order(list)))
}

/// The key of a new item: unlike any other. `None` where the browser has no randomness; then nothing is put in.
fn fresh_key() -> Option<Key> {
    let number = u128::from_be_bytes(random_bytes::<16>()?);
    Some(Key(format!("n{number:032x}").into()))
}
