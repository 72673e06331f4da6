//! Plans edited at random places, saved and read again: nothing is lost, whatever was edited.

use chart_model::Known;
use chart_model::care_plan::compare;
use fhir_read::care_plan::save;
use proptest::prelude::*;

use super::*;

/// Edits at random places of whatever plan is there.
fn change(plan: &mut CarePlan, (what, at, words): (u8, usize, String)) {
    let keyed: Vec<Place> = plan
        .entries()
        .iter()
        .map(|(place, _)| place.clone())
        .filter(|p| p.key().is_some())
        .collect();
    let nth = keyed.get(at % keyed.len().max(1));
    let cell = Cell {
        zone: [
            None,
            Some(PlanZone::Green),
            Some(PlanZone::Yellow),
            Some(PlanZone::Red),
        ][at % 4],
        area: Area::ALL[at % 7],
    };
    let fresh = Key::from(format!("n{at}").as_str());
    match what {
        0 => plan.set(Place::Title, text(&words)),
        1 => plan.set(Place::Condition(PlanZone::ALL[at % 3]), text(&words)),
        2 => plan.set(Place::Activity(cell, fresh), text(&words)),
        3 => plan.set(Place::Goal(fresh), text(&words)),
        4 => plan.set(Place::Note(fresh), text(&words)),
        5 => plan.set(
            Place::Contact(fresh),
            Some(Value::Contact(contact(&words, "x", "123", ""))),
        ),
        6 => {
            if let Some(place) = nth {
                plan.set(place.clone(), None);
            }
        }
        7 => {
            if let Some(place) = nth.filter(|place| !matches!(place, Place::Contact(_))) {
                plan.set(place.clone(), text(&words));
            }
        }
        8 => {
            let known = Known::ALL[at % Known::ALL.len()];
            let numbers = known.spec().numbers;
            let number = at % numbers.len();
            let (low, high) = numbers[number].plausible;
            let bounds = [Some(low), None, None, Some(high)];
            let set = if at % 3 == 0 {
                LimitSet::default()
            } else {
                LimitSet::of(bounds)
            };
            plan.set(Place::Limits(known.into(), number), Some(Value::Limits(set)));
        }
        9 => {
            if let Some(list) = nth.and_then(Place::list) {
                let mut keys: Vec<Key> = plan.keys(&list).into_iter().cloned().collect();
                keys.reverse();
                plan.set(Place::Order(list), Some(Value::Order(keys)));
            }
        }
        _ => {
            let known = Known::ALL[at % Known::ALL.len()];
            plan.set(
                Place::Interval(known.into()),
                Some(Value::Interval(3_600_000 * (1 + at as i64 % 50))),
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn whatever_is_edited_is_read_again(
        saves in prop::collection::vec(
            (prop::collection::vec((0_u8..11, 0_usize..60, "[a-zæøå<&\" .\n]{1,12}"), 1..7), prop::bool::ANY), 1..4),
    ) {
        let mut server = Server::new(fixture());
        for (edits, at_once) in saves {
            let (stored, before) = current(&server);
            let mut plan = before.clone();
            for edit in edits {
                change(&mut plan, edit);
            }
            let plan = plan.tidied(&before);
            if plan == before {
                continue;
            }
            let save = save(&stored, &plan, "", &signer("Ola"), instant(NOW)).unwrap();
            server.save(save, at_once).unwrap();
            let reading = read(&server);
            prop_assert_eq!(reading.findings, vec![]);
            let changes = compare(&plan, &reading.current.unwrap().1);
            prop_assert!(changes.is_empty(), "{changes:#?}");
        }
    }
}
