//! An edited plan put into the resources that it is stored in, change by change. Whatever else stands in
//! them stays as it was sent, but for two things: a resource that changes loses its narrative, which would
//! go on saying what it said before; and its items get ids, so that the next version knows them again.

use chart_model::care_plan::{CarePlan, Change, Key, Place, PlanZone, Value, diff};

use super::parts::{Part, Parts};
use super::read::read;
use super::remarks::{CHANGE_NOTE, DECISION_NOTE, notes};
use super::stored::StoredPlan;
use super::{edit_activities, edit_goals, edit_order, edit_people, terms};
use crate::json::Json;

/// The parts of a plan while they are edited.
#[derive(Clone, Debug)]
pub(crate) struct Editor {
    pub(crate) parts: Parts,
    pub(crate) patient: String,
    /// What is new is contained in the plan: it is a suggestion, which is one resource.
    pub(crate) is_proposal: bool,
}

/// The parts with the edited plan in them; the place of the first change that cannot be written, if any.
pub(crate) fn edit(stored: &StoredPlan, edited: &CarePlan) -> Result<Parts, Place> {
    let patient = stored.patient.as_str();
    let before = read(&stored.parts, patient, &mut Vec::new());
    let mut editor = Editor {
        parts: stored.parts.clone(),
        patient: patient.to_owned(),
        is_proposal: false,
    };
    let locks = stored.locks();
    let edited = edited.clone().tidied(&before);
    for change in diff(&before, &edited) {
        if locks.of(&change.place).is_some() {
            return Err(change.place);
        }
        let place = change.place.clone();
        editor.write(change).ok_or(place)?;
    }
    Ok(editor.finish())
}

impl Editor {
    /// `None` if the change cannot be written.
    pub(crate) fn write(&mut self, change: Change) -> Option<()> {
        let after = change.after.as_ref();
        let text = match after {
            Some(Value::Text(text)) => text.as_str(),
            _ => "",
        };
        let main = self.parts.main;
        match &change.place {
            Place::Title => self.change(main, |json| json.set("title", text)),
            Place::Description => self.change(main, |json| json.set("description", text)),
            Place::Condition(zone) => {
                let part = self.zone_part(*zone);
                self.change(part, |json| json.set("description", text));
            }
            Place::Activity(cell, key) => {
                edit_activities::write(self, *cell, key, text, change.follows.as_ref())
            }
            Place::Note(key) => self.write_note(key, text, change.follows.as_ref()),
            Place::Goal(key) => edit_goals::write_words(self, key, text, change.follows.as_ref()),
            Place::Interval(parameter) => {
                let every = match after {
                    Some(Value::Interval(every)) => Some(*every),
                    _ => None,
                };
                edit_goals::write_interval(self, parameter, every)?;
            }
            Place::Limits(parameter, number) => {
                let limits = match after {
                    Some(Value::Limits(limits)) => limits.clone(),
                    _ => Default::default(),
                };
                edit_goals::write_limits(self, parameter, *number, &limits)?;
            }
            Place::Contact(key) => {
                let contact = match after {
                    Some(Value::Contact(contact)) => Some(contact),
                    _ => None,
                };
                edit_people::write_contact(self, key, contact, change.follows.as_ref())?;
            }
            Place::FollowUp => {
                let follow_up = match after {
                    Some(Value::FollowUp(follow_up)) => Some(follow_up),
                    _ => None,
                };
                edit_people::write_follow_up(self, follow_up)?;
            }
            Place::Order(list) => {
                if let Some(Value::Order(keys)) = after {
                    edit_order::write(self, list, keys);
                }
            }
        }
        Some(())
    }

    /// Changes a part, which loses its narrative.
    pub(crate) fn change(&mut self, at: usize, change: impl FnOnce(&mut Json)) {
        if let Some(part) = self.parts.list.get_mut(at) {
            change(&mut part.json);
            part.json.remove("text");
            part.changed = true;
        }
    }

    /// Adds a resource that is not stored yet.
    pub(crate) fn add(&mut self, mut json: Json, seed: &str) -> usize {
        let mut part = if self.is_proposal {
            let allowed = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
            let id: String = seed.chars().filter(allowed).take(64).collect();
            json.set("id", Json::Text(id));
            Part {
                inside: Some(self.parts.main),
                ..Part::new(json)
            }
        } else {
            Part {
                fresh: Some(format!("urn:uuid:{}", uuid(seed))),
                ..Part::new(json)
            }
        };
        part.changed = true;
        self.parts.list.push(part);
        self.parts.list.len() - 1
    }

    /// True if a part is the item of this key; one that is not stored yet has no id.
    pub(crate) fn is_item(&self, at: usize, key: &Key) -> bool {
        self.parts.list.get(at).is_some_and(|part| match &part.fresh {
            Some(fresh) => *fresh == format!("urn:uuid:{}", uuid(&key.0)),
            None => part.id() == &*key.0,
        })
    }

    /// How a part is referred to from the plan, or from beside it.
    pub(crate) fn reference(&self, at: usize) -> String {
        match self.parts.list.get(at) {
            None => String::new(),
            Some(_) if self.is_proposal && at == self.parts.main => "#".to_owned(),
            Some(part) if part.inside.is_some() => format!("#{}", part.id()),
            Some(part) => part.fresh.clone().unwrap_or_else(|| part.name()),
        }
    }

    pub(crate) fn subject(&self) -> Json {
        Json::object([("reference", Json::Text(format!("Patient/{}", self.patient)))])
    }

    /// The plan of a zone, made if there is none.
    pub(super) fn zone_part(&mut self, zone: PlanZone) -> usize {
        let children = self.parts.children();
        if let Some((at, _)) = children.into_iter().find(|(_, of)| *of == Some(zone)) {
            return at;
        }
        let whole = self.reference(self.parts.main);
        let coding = Json::object([("system", terms::ZONE_SYSTEM.into()), ("code", zone.id().into())]);
        let title = match zone {
            PlanZone::Green => "Grønn sone",
            PlanZone::Yellow => "Gul sone",
            PlanZone::Red => "Rød sone",
        };
        let child = Json::object([
            ("resourceType", "CarePlan".into()),
            (
                "partOf",
                Json::list_of(Json::object([("reference", Json::Text(whole))])),
            ),
            ("status", self.parts.main().text("status").into()),
            ("intent", self.parts.main().text("intent").into()),
            (
                "category",
                Json::list_of(Json::object([("coding", Json::list_of(coding))])),
            ),
            ("title", title.into()),
            ("subject", self.subject()),
        ]);
        let seed = format!("{}/{}", self.parts.main().text("id"), zone.id());
        self.add(child, &seed)
    }

    fn write_note(&mut self, key: &Key, text: &str, follows: Option<&Key>) {
        let main = self.parts.main;
        let known = notes(self.parts.main());
        self.change(main, |json| {
            json.edit_items("note", |items| {
                let mut keys = known.into_iter().map(|(key, _)| key);
                for note in items.iter_mut().filter(|note| is_remark(note)) {
                    if let Some(key) = keys.next() {
                        note.set("id", &*key.0);
                    }
                }
                let of = |key: &Key| items.iter().position(|note| note.text("id") == &*key.0);
                match (of(key), text.is_empty()) {
                    (Some(at), true) => drop(items.remove(at)),
                    (Some(at), false) => items
                        .iter_mut()
                        .skip(at)
                        .take(1)
                        .for_each(|note| note.set("text", text)),
                    (None, true) => {}
                    (None, false) => {
                        let at = follows.and_then(of).map_or(0, |at| at + 1);
                        let note = Json::object([("id", (&*key.0).into()), ("text", text.into())]);
                        items.insert(at, note);
                    }
                }
            });
        });
    }

    /// Puts contained parts back where they are contained.
    pub(crate) fn finish(mut self) -> Parts {
        let inside: Vec<(usize, Json, bool)> = self
            .parts
            .list
            .iter()
            .filter_map(|part| Some((part.inside?, part.json.clone(), part.changed)))
            .collect();
        for root in 0..self.parts.list.len() {
            let of_root = || inside.iter().filter(|(of, ..)| *of == root);
            if of_root().any(|(.., changed)| *changed) {
                let there = of_root().map(|(_, json, _)| json.clone());
                let contained = there.filter(|json| matches!(json, Json::Object(_))).collect();
                self.change(root, |json| json.set("contained", Json::List(contained)));
            }
        }
        self.parts
    }
}

pub(super) fn is_remark(note: &Json) -> bool {
    ![CHANGE_NOTE, DECISION_NOTE].contains(&note.text("id")) && !note.text("text").is_empty()
}

/// A UUID that the same seed always gives: it only has to differ inside one transaction.
fn uuid(seed: &str) -> String {
    let half = |number: usize| Key::of_content(seed, number).0.trim_start_matches('k').to_owned();
    let digits: Vec<char> = (half(1) + &half(2)).chars().collect();
    let part = |from: usize, to: usize| {
        digits
            .get(from..to)
            .unwrap_or_default()
            .iter()
            .collect::<String>()
    };
    // Version 4, and the variant of RFC 4122.
    format!(
        "{}-{}-4{}-8{}-{}",
        part(0, 8),
        part(8, 12),
        part(13, 16),
        part(17, 20),
        part(20, 32)
    )
}
