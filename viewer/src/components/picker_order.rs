//! The list of the picker as plain data: search, moving, showing and hiding. Draws nothing.

use chart_model::{Parameter, lowercase};

use crate::state::{Arrangement, Choice};
use crate::text::Lang;

/// One line of the list.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Item {
    pub choice: Choice,
    /// The parameter's name in the language of the screen.
    pub name: String,
}

impl Item {
    /// Tells lines apart: one code in two units is two parameters with one id.
    pub(super) fn key(&self) -> String {
        format!("{} {}", self.choice.parameter.id(), self.choice.parameter.unit())
    }
}

/// The list in a language.
pub(super) fn items_of(choices: &[Choice], lang: Lang) -> Vec<Item> {
    let item = |choice: &Choice| Item {
        choice: choice.clone(),
        name: lang.parameter(&choice.parameter),
    };
    choices.iter().map(item).collect()
}

/// The places of the items whose name or code holds what was typed, whatever its case.
pub(super) fn found(items: &[Item], typed: &str) -> Vec<usize> {
    let typed = lowercase(typed.trim());
    let fits = |item: &Item| {
        lowercase(&item.name).contains(&typed) || lowercase(&item.choice.parameter.id()).contains(&typed)
    };
    (0..items.len())
        .filter(|place| items.get(*place).is_some_and(fits))
        .collect()
}

/// The items after one of them was moved to the place of another.
pub(super) fn moved(items: &[Item], from: usize, to: usize) -> Vec<Item> {
    let mut items = items.to_vec();
    if from < items.len() && to < items.len() {
        let item = items.remove(from);
        items.insert(to, item);
    }
    items
}

/// The items after all lines of one parameter were shown or hidden.
pub(super) fn with_shown(items: &[Item], parameter: &Parameter, shown: bool) -> Vec<Item> {
    let id = parameter.id();
    let mut items = items.to_vec();
    for item in &mut items {
        if item.choice.parameter.id() == id {
            item.choice.shown = shown;
        }
    }
    items
}

/// What is to be remembered of it.
pub(super) fn arrangement(items: &[Item]) -> Arrangement {
    let ids = |items: &mut dyn Iterator<Item = &Item>| items.map(|item| item.choice.parameter.id()).collect();
    Arrangement {
        order: ids(&mut items.iter()),
        hidden: ids(&mut items.iter().filter(|item| !item.choice.shown)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chart_model::Known;

    fn items() -> Vec<Item> {
        let item = |known: Known, name: &str| Item {
            choice: Choice {
                parameter: known.into(),
                shown: true,
                has_limits: false,
                has_readings: true,
            },
            name: name.to_owned(),
        };
        vec![
            item(Known::Spo2, "SpO₂"),
            item(Known::Pulse, "Puls"),
            item(Known::Weight, "Vekt"),
        ]
    }

    fn names(items: &[Item]) -> Vec<&str> {
        items.iter().map(|item| item.name.as_str()).collect()
    }

    #[test]
    fn a_search_finds_names_and_codes_whatever_their_case() {
        for (typed, places) in [
            ("", vec![0, 1, 2]),
            (" PUL ", vec![1]),
            ("weight", vec![2]),
            ("blodsukker", vec![]),
        ] {
            assert_eq!(found(&items(), typed), places, "{typed}");
        }
    }

    #[test]
    fn an_item_takes_the_place_of_another_and_none_is_lost() {
        for (from, to, expected) in [
            (0, 2, ["Puls", "Vekt", "SpO₂"]),
            (2, 0, ["Vekt", "SpO₂", "Puls"]),
            (1, 1, ["SpO₂", "Puls", "Vekt"]),
            (1, 9, ["SpO₂", "Puls", "Vekt"]),
        ] {
            assert_eq!(names(&moved(&items(), from, to)), expected, "{from} {to}");
        }
    }

    #[test]
    fn what_is_hidden_keeps_its_place() {
        let hidden = with_shown(&items(), &Known::Pulse.into(), false);
        let arrangement = arrangement(&hidden);
        assert_eq!(arrangement.order, ["spo2", "pulse", "weight"]);
        assert_eq!(arrangement.hidden, ["pulse"]);
    }
}
