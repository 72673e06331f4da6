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
    /// Tells lines apart.
    pub(super) fn key(&self) -> String {
        self.choice.parameter.key()
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

/// The items after a parameter was shown or hidden.
pub(super) fn with_shown(items: &[Item], parameter: &Parameter, shown: bool) -> Vec<Item> {
    let mut items = items.to_vec();
    for item in items
        .iter_mut()
        .filter(|item| item.choice.parameter == *parameter)
    {
        item.choice.shown = shown;
    }
    items
}

/// What is to be remembered of it.
pub(super) fn arrangement(items: &[Item]) -> Arrangement {
    let keys = |items: &mut dyn Iterator<Item = &Item>| items.map(Item::key).collect();
    Arrangement {
        order: keys(&mut items.iter()),
        hidden: keys(&mut items.iter().filter(|item| !item.choice.shown)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chart_model::Known;
    use chart_model::questionnaire::Scale;

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
    fn of_scores_that_share_one_code_each_is_hidden_by_itself() {
        let score = |name: &str| Item {
            choice: Choice {
                parameter: Scale::Other.parameter(name, "{score}"),
                shown: true,
                has_limits: false,
                has_readings: true,
            },
            name: name.to_owned(),
        };
        let items = [score("PHQ-9"), score("EQ-5D VAS")];
        let hidden = with_shown(&items, &Scale::Other.parameter("PHQ-9", "{score}"), false);
        let shown: Vec<bool> = hidden.iter().map(|item| item.choice.shown).collect();
        assert_eq!(shown, [false, true]);
        let arrangement = arrangement(&hidden);
        assert_eq!((arrangement.order.len(), arrangement.hidden.len()), (2, 1));
        assert!(arrangement.shows(&items[1].key()) && !arrangement.shows(&items[0].key()));
    }

    #[test]
    fn what_is_hidden_keeps_its_place() {
        let hidden = with_shown(&items(), &Known::Pulse.into(), false);
        let arrangement = arrangement(&hidden);
        assert_eq!(arrangement.order, ["spo2", "pulse", "weight"]);
        assert_eq!(arrangement.hidden, ["pulse"]);
    }
}
