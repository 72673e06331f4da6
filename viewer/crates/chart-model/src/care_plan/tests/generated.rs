//! Plans, and editors who change them, made at random.

use proptest::prelude::*;

use super::*;

/// What an editor does once. Numbers are taken modulo what there is.
#[derive(Clone, Debug)]
pub(super) enum Edit {
    /// Puts a new word before a word of a text.
    Insert(usize, usize),
    /// Puts a new word in the place of one.
    Replace(usize, usize),
    /// Takes a word out.
    Delete(usize, usize),
    /// Adds an item after another, or first.
    Add(usize, usize),
    /// Takes an item out.
    Remove(usize),
    /// Moves an item to the front.
    Move(usize),
    /// Sets a bound, or takes it away.
    Limit(usize, Option<i64>),
    /// Writes a field of a contact anew.
    Contact(usize, usize),
    /// Sets a diastolic bound, or takes it away.
    OtherLimit(usize, Option<i64>),
    /// Writes a field of who follows up anew: the name or the last day; or says nothing of it any more.
    FollowUp(usize),
    /// Sets how often something is measured, or leaves it open.
    Interval(Option<i64>),
}

pub(super) fn edit() -> impl Strategy<Value = Edit> {
    let any = || 0_usize..100;
    prop_oneof![
        4 => (any(), any()).prop_map(|(place, at)| Edit::Insert(place, at)),
        4 => (any(), any()).prop_map(|(place, at)| Edit::Replace(place, at)),
        2 => (any(), any()).prop_map(|(place, at)| Edit::Delete(place, at)),
        3 => (any(), any()).prop_map(|(list, at)| Edit::Add(list, at)),
        1 => any().prop_map(Edit::Remove),
        1 => any().prop_map(Edit::Move),
        2 => (0_usize..4, proptest::option::of(70_i64..100)).prop_map(|(bound, value)| Edit::Limit(bound, value)),
        1 => (any(), 0_usize..4).prop_map(|(contact, field)| Edit::Contact(contact, field)),
        1 => (0_usize..4, proptest::option::of(50_i64..90)).prop_map(|(bound, value)| Edit::OtherLimit(bound, value)),
        1 => (0_usize..5).prop_map(Edit::FollowUp),
        1 => proptest::option::of(1_i64..50).prop_map(Edit::Interval),
    ]
}

pub(super) const LISTS: [List; 5] = [
    List::Goals,
    List::Notes,
    List::Contacts,
    List::Cell(Cell {
        zone: Some(PlanZone::Yellow),
        area: Area::Medication,
    }),
    List::Cell(Cell {
        zone: None,
        area: Area::Measurements,
    }),
];

/// Words that no other text holds, so that each can be followed wherever it goes.
#[derive(Clone, Debug)]
pub(super) struct Editor {
    pub(super) name: char,
    pub(super) words: usize,
}

impl Editor {
    pub(super) const fn new(name: char) -> Self {
        Self { name, words: 0 }
    }

    fn word(&mut self) -> String {
        self.words += 1;
        format!("{}{}", self.name, self.words)
    }

    /// A plan with a bit of everything, all words its own.
    pub(super) fn write(&mut self, sizes: &[usize]) -> CarePlan {
        let mut plan = CarePlan::default();
        let places = [
            Place::Title,
            Place::Description,
            Place::Condition(PlanZone::Yellow),
            Place::Condition(PlanZone::Red),
        ];
        let mut sizes = sizes.iter().copied().cycle();
        let mut size = || sizes.next().unwrap_or(3);
        for place in places {
            let words: Vec<String> = (0..size()).map(|_| self.word()).collect();
            plan.set(place, text(&words.join(" ")));
        }
        for list in LISTS {
            for _ in 0..size() % 4 {
                let key = Key::from(self.word().as_str());
                let words: Vec<String> = (0..=size()).map(|_| self.word()).collect();
                plan.set(Place::in_list(list, key), Some(item(list, &words.join(" "))));
            }
        }
        plan.set(
            spo2_limits(),
            Some(Value::Limits(bounds([Some(80), Some(85), None, None]))),
        );
        plan.set(
            Place::FollowUp,
            Some(Value::FollowUp(FollowUp {
                who: person(self.word()),
                until: self.word(),
            })),
        );
        plan
    }

    pub(super) fn edit(&mut self, plan: &mut CarePlan, edit: &Edit) {
        match edit {
            Edit::Insert(place, at) | Edit::Replace(place, at) | Edit::Delete(place, at) => {
                let texts: Vec<Place> = plan
                    .entries()
                    .iter()
                    .filter(|(_, value)| matches!(value, Value::Text(_)))
                    .map(|(place, _)| place.clone())
                    .collect();
                let Some(place) = texts.get(place % texts.len().max(1)) else {
                    return;
                };
                let mut words: Vec<String> = plan.text(place).split(' ').map(str::to_owned).collect();
                let at = at % words.len();
                match edit {
                    Edit::Insert(..) => words.insert(at, self.word()),
                    Edit::Replace(..) => words[at] = self.word(),
                    _ => drop(words.remove(at)),
                }
                // An item emptied is an item taken out, as `tidied` has it.
                plan.set(
                    place.clone(),
                    text(&words.join(" ")).filter(|value| !value.is_blank()),
                );
            }
            Edit::Add(list, after) => {
                let list = LISTS[list % LISTS.len()];
                let keys: Vec<Key> = plan.keys(&list).into_iter().cloned().collect();
                let after = keys.get(after % (keys.len() + 1));
                let place = Place::in_list(list, self.word().as_str().into());
                let value = item(list, &self.word());
                plan.set_after(place, Some(value), after);
            }
            Edit::Remove(at) => {
                if let Some((place, _)) = nth_item(plan, *at) {
                    plan.set(place, None);
                }
            }
            Edit::Move(at) => {
                if let Some((place, _)) = nth_item(plan, *at) {
                    let list = place.list().unwrap();
                    let mut keys: Vec<Key> = plan.keys(&list).into_iter().cloned().collect();
                    keys.sort_by_key(|key| Some(key) != place.key());
                    plan.set(Place::Order(list), Some(Value::Order(keys)));
                }
            }
            Edit::Limit(bound, value) => set_limit(plan, spo2_limits(), *bound, *value),
            Edit::OtherLimit(bound, value) => {
                set_limit(
                    plan,
                    Place::Limits(Known::BloodPressure.into(), 1),
                    *bound,
                    *value,
                );
            }
            Edit::Interval(hours) => {
                let interval = hours.map(|hours| Value::Interval(hours * 3_600_000));
                plan.set(Place::Interval(Known::Weight.into()), interval);
            }
            Edit::Contact(contact, field) => {
                let keys: Vec<Key> = plan.contacts().map(|(key, _)| key.clone()).collect();
                let Some(key) = keys.get(contact % keys.len().max(1)) else {
                    return;
                };
                let place = Place::Contact(key.clone());
                let Some(Value::Contact(mut contact)) = plan.get(&place).cloned() else {
                    return;
                };
                let fields = [
                    &mut contact.name,
                    &mut contact.role,
                    &mut contact.phone,
                    &mut contact.organisation,
                ];
                *fields.into_iter().nth(*field).unwrap() = self.word();
                plan.set(place, Some(Value::Contact(contact)));
            }
            Edit::FollowUp(field) => {
                let mut follow_up = plan.follow_up().cloned().unwrap_or_default();
                match field {
                    0 | 1 => follow_up.who = person(self.word()),
                    2 | 3 => follow_up.until = self.word(),
                    _ => follow_up = FollowUp::default(),
                }
                plan.set(Place::FollowUp, Some(Value::FollowUp(follow_up)));
            }
        }
    }

    pub(super) fn edited(&mut self, plan: &CarePlan, edits: &[Edit]) -> CarePlan {
        let mut plan = plan.clone();
        for edit in edits {
            self.edit(&mut plan, edit);
        }
        plan
    }
}

fn set_limit(plan: &mut CarePlan, place: Place, bound: usize, value: Option<i64>) {
    let before = match plan.get(&place) {
        Some(Value::Limits(limits)) => limits.clone(),
        _ => LimitSet::default(),
    };
    let limits = before.with(Bound::ALL[bound], value.map(|value| Decimal::new(value, 0)));
    if limits.disorder().is_none() {
        plan.set(place, Some(Value::Limits(limits)));
    }
}

fn nth_item(plan: &CarePlan, at: usize) -> Option<(Place, Value)> {
    let items: Vec<_> = plan
        .entries()
        .iter()
        .filter(|(place, _)| place.key().is_some())
        .collect();
    items.get(at % items.len().max(1)).map(|item| (*item).clone())
}

fn item(list: List, words: &str) -> Value {
    match list {
        List::Contacts => Value::Contact(person(words.to_owned())),
        _ => Value::text(words),
    }
}

/// A plan, and two editors' plans made from it.
pub(super) fn three() -> impl Strategy<Value = (CarePlan, CarePlan, CarePlan)> {
    let edits = || prop::collection::vec(edit(), 0..8);
    (prop::collection::vec(1_usize..9, 1..6), edits(), edits()).prop_map(|(sizes, mine, theirs)| {
        let base = Editor::new('b').write(&sizes);
        let mine = Editor::new('m').edited(&base, &mine);
        let theirs = Editor::new('t').edited(&base, &theirs);
        (base, mine, theirs)
    })
}

/// All words of a value.
pub(super) fn words(value: Option<&Value>) -> Vec<String> {
    let text = match value {
        None => String::new(),
        Some(Value::Text(text)) => text.clone(),
        Some(Value::Contact(contact)) => contact.fields().map(String::as_str).join(" "),
        Some(Value::FollowUp(FollowUp { who, until })) => format!("{} {until}", who.name),
        Some(Value::Limits(limits)) => {
            let set = Bound::ALL
                .into_iter()
                .filter_map(|bound| Some((bound, limits.bound(bound)?)));
            set.map(|(bound, value)| format!("{}={value} ", bound.id()))
                .collect()
        }
        Some(Value::Interval(ms)) => ms.to_string(),
        Some(Value::Order(_)) => String::new(),
    };
    text.split_whitespace().map(str::to_owned).collect()
}

fn person(name: String) -> Contact {
    Contact {
        name,
        ..Contact::default()
    }
}
