//! The gallery: every screen and component in every state, with the patients of the fixtures and a clock
//! that stands still. For the developer's eye and for pictures; the shipped viewer is built without it.
//!
//! To add an entry: one line in the table of `screens`, `plan_screens`, `edit_screens` or `parts`.

mod address;
mod contents;
mod edit_screens;
mod entry;
mod made_up_plan;
mod on_demand;
mod parts;
mod patients;
mod plan_screens;
mod plans;
mod record;
mod scenes;
mod screens;
mod stage;

use yew::prelude::*;

use address::Address;
use contents::Contents;
use entry::Entry;
use stage::Stage;

/// Every entry, in the order listed.
fn entries() -> impl Iterator<Item = &'static Entry> {
    screens::SCREENS
        .iter()
        .chain(plan_screens::PLAN_SCREENS)
        .chain(edit_screens::EDIT_SCREENS)
        .chain(on_demand::ON_DEMAND_SCREENS)
        .chain(record::RECORD_SCREENS)
        .chain(parts::PARTS)
}

/// The page: one entry alone if its address asks for one (`?only=ID`), else all of them in frames.
#[component]
pub(crate) fn Gallery() -> Html {
    let address = use_memo((), |()| Address::read());
    match &address.only {
        None => html! { <Contents address={(*address).clone()} /> },
        Some(id) => match entries().find(|entry| entry.id == id) {
            Some(entry) => html! { <Stage {entry} lang={address.lang} /> },
            None => html! { <p role="alert">{format!("There is no entry `{id}`.")}</p> },
        },
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::entry::Show;
    use super::*;
    use crate::text::Lang;

    #[test]
    fn every_entry_has_a_name_of_its_own() {
        let mut names = HashSet::new();
        for entry in entries() {
            assert!(names.insert(entry.id), "{}", entry.id);
            assert!(
                !entry.title.is_empty() && !entry.look_for.is_empty(),
                "{}",
                entry.id
            );
        }
    }

    #[test]
    fn every_entry_finds_the_fixture_that_it_needs() {
        for entry in entries() {
            let found = match entry.show {
                Show::Screen(state) => state().is_some(),
                Show::Part(part) => part(Lang::default()).is_some(),
            };
            assert!(found, "{}", entry.id);
        }
    }
}
