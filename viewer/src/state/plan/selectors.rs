//! Questions that components ask of the plan's desk: what changed between versions, and which version changed
//! it. Pure; how two plans differ is `chart-model`'s.

use chart_model::care_plan::{CarePlan, Change, Key, List, Place, Version, aligned, diff};

use super::{PlanDesk, PlanVersion};

/// What changed from one version to another.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Comparison {
    /// The older plan.
    pub(crate) before: CarePlan,
    /// The newer plan; items that it shares with the older have the older one's keys.
    pub(crate) after: CarePlan,
    /// The changes, in the order of the plan.
    pub(crate) changes: Vec<Traced>,
}

/// A change, and where it came from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Traced {
    /// From the older version to the newer.
    pub(crate) change: Change,
    /// The versions that touched the place, newest first, by their places in the history.
    pub(crate) by: Vec<usize>,
}

impl Comparison {
    /// The change at a place.
    pub(crate) fn at(&self, place: &Place) -> Option<&Traced> {
        self.changes.iter().find(|traced| traced.change.place == *place)
    }

    /// The items of a list as they are read with changes marked: those of the newer plan, and between them those
    /// taken out, each behind the one that it stood behind.
    pub(crate) fn items(&self, list: List) -> Vec<Place> {
        let mut keys: Vec<&Key> = self.after.keys(&list);
        for traced in &self.changes {
            let Change {
                place,
                after,
                follows,
                ..
            } = &traced.change;
            let gone = place
                .key()
                .filter(|_| after.is_none() && place.list() == Some(list));
            if let Some(gone) = gone {
                let before = follows
                    .as_ref()
                    .and_then(|follows| keys.iter().position(|key| *key == follows));
                keys.insert(before.map_or(0, |before| before + 1), gone);
            }
        }
        keys.into_iter()
            .map(|key| Place::in_list(list, key.clone()))
            .collect()
    }
}

/// What changed from one version to another, by their places in a history (newest first). It goes through all
/// versions between, so that each change can be said to be whose. Which of the two is named first is no matter.
pub(crate) fn comparison(versions: &[PlanVersion], one: usize, other: usize) -> Option<Comparison> {
    let (older, newer) = (one.max(other), one.min(other));
    let before = (*versions.get(older)?.plan).clone();
    let mut after = before.clone();
    let mut touched: Vec<(Place, usize)> = Vec::new();
    for at in (newer..older).rev() {
        let next = aligned(&after, (*versions.get(at)?.plan).clone());
        touched.extend(diff(&after, &next).into_iter().map(|change| (change.place, at)));
        after = next;
    }
    let traced = |change: Change| {
        let of_place = touched.iter().rev().filter(|(place, _)| *place == change.place);
        let by = of_place.map(|(_, at)| *at).collect();
        Traced { change, by }
    };
    let changes = diff(&before, &after).into_iter().map(traced).collect();
    Some(Comparison {
        before,
        after,
        changes,
    })
}

/// The versions between two neighbours of a history that its source does not give, the first and the last of them;
/// `None` where none is missing, and where versions are not numbered.
pub(crate) fn missing(newer: &Version, older: &Version) -> Option<[u64; 2]> {
    // A version of a part stands behind the plan's own: `7+goal/2`.
    let number = |version: &Version| version.id.split('+').next()?.parse::<u64>().ok();
    let (newer, older) = (number(newer)?, number(older)?);
    (newer > older + 1).then(|| [older + 1, newer - 1])
}

impl PlanDesk {
    /// The newest version of the history is the plan in force.
    pub(crate) fn history_is_current(&self) -> bool {
        let newest = self.versions.first().map(|newest| &newest.version.id);
        newest.is_some() && newest == self.current.as_ref().map(|current| &current.version.id)
    }

    /// The plan has earlier versions that neither its history nor a record has told of.
    pub(crate) fn lacks_marks(&self) -> bool {
        let Some(current) = self.current.as_deref().filter(|_| !self.history_asked) else {
            return false;
        };
        match current.version.id.parse::<usize>() {
            Ok(versions) => self.recorded.len() + 1 < versions,
            Err(_) => self.recorded.is_empty(),
        }
    }

    /// The place in the history of the version that this user saw last time; `None` if that is not known, or it is
    /// not in the history.
    pub(crate) fn seen(&self) -> Option<usize> {
        let seen = self.last_seen.as_deref()?;
        self.versions
            .iter()
            .position(|version| &*version.version.id == seen)
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use std::rc::Rc;

    use chart_model::care_plan::{Area, Author, Cell, KnownFrom, PlanZone, Value};

    use super::*;

    const YELLOW: Cell = Cell {
        zone: Some(PlanZone::Yellow),
        area: Area::Medication,
    };

    fn activity(key: &str) -> Place {
        Place::Activity(YELLOW, key.into())
    }

    /// Versions with these activities in one cell, as `key:text`; the newest first.
    fn versions(texts: &[&[&str]]) -> Vec<PlanVersion> {
        let count = texts.len();
        let version = |(at, items): (usize, &&[&str])| {
            let mut plan = CarePlan::default();
            for item in *items {
                let (key, text) = item.split_once(':').unwrap();
                plan.set(activity(key), Some(Value::text(text)));
            }
            let version = Version {
                id: (count - at).to_string().into(),
                time: None,
                author: Author::default(),
                comment: String::new(),
                known_from: KnownFrom::Nothing,
            };
            PlanVersion {
                version,
                plan: Rc::new(plan),
            }
        };
        texts.iter().enumerate().map(version).collect()
    }

    #[test]
    fn each_change_is_traced_to_the_versions_that_made_it() {
        let versions = versions(&[
            &["a:Ta tre tabletter daglig", "b:Ring legen i dag", "c:Hvil"],
            &["a:Ta tre tabletter daglig", "b:Ring legen"],
            &["a:Ta to tabletter daglig", "b:Ring legen"],
        ]);
        let all = comparison(&versions, 2, 0).unwrap();
        let by = |key| all.at(&activity(key)).unwrap().by.clone();
        assert_eq!((by("a"), by("b"), by("c")), (vec![1], vec![0], vec![0]));
        assert_eq!(comparison(&versions, 0, 2).unwrap(), all, "either way round");
        assert_eq!(comparison(&versions, 1, 1).unwrap().changes, []);
        assert_eq!(comparison(&versions, 3, 0), None);
    }

    #[test]
    fn a_place_changed_twice_names_both_and_one_changed_back_is_no_change() {
        let versions = versions(&[
            &["a:Ta fire tabletter daglig", "b:Ring"],
            &["a:Ta tre tabletter daglig", "b:Ring legen"],
            &["a:Ta to tabletter daglig", "b:Ring"],
        ]);
        let all = comparison(&versions, 2, 0).unwrap();
        assert_eq!(all.at(&activity("a")).unwrap().by, [0, 1]);
        assert_eq!(all.at(&activity("b")), None);
    }

    #[test]
    fn an_item_that_lost_its_key_is_still_the_same() {
        let versions = versions(&[
            &["z:Ta tre tabletter hver morgen og kveld"],
            &["y:Ta to tabletter hver morgen og kveld"],
            &["x:Ta to tabletter hver morgen"],
        ]);
        let all = comparison(&versions, 2, 0).unwrap();
        let [traced] = all.changes.as_slice() else {
            panic!("one change: {:?}", all.changes)
        };
        assert_eq!(
            (&traced.change.place, traced.by.as_slice()),
            (&activity("x"), &[0, 1][..])
        );
    }

    #[test]
    fn what_was_taken_out_is_read_where_it_stood() {
        let versions = versions(&[&["b:B", "d:D"], &["a:A", "b:B", "c:C"]]);
        let items = comparison(&versions, 1, 0).unwrap().items(List::Cell(YELLOW));
        assert_eq!(items, ["a", "b", "c", "d"].map(activity));
    }

    #[test]
    fn versions_that_the_source_does_not_give_are_noticed() {
        let between = |ids: [&str; 2]| {
            let [newer, older] = ids.map(|id| Version {
                id: id.into(),
                ..versions(&[&[]]).remove(0).version
            });
            missing(&newer, &older)
        };
        for (ids, expected) in [
            (["3", "2"], None),
            (["3", "1"], Some([2, 2])),
            (["7", "3"], Some([4, 6])),
            (["7", "6+gul/4"], None),
            (["7+gul/4", "7"], None),
            (["7+gul/4", "5"], Some([6, 6])),
            (["c7", "a3"], None),
            (["3", "3"], None),
        ] {
            assert_eq!(between(ids), expected, "{ids:?}");
        }
    }

    #[test]
    fn earlier_versions_that_nothing_told_of_are_missed_once() {
        let desk = |id: &str, recorded: usize| {
            let all = versions(&[&[], &[], &[], &[]]);
            let mut current = all[0].clone();
            current.version.id = id.into();
            PlanDesk {
                recorded: Rc::new(all.into_iter().take(recorded).map(|of| of.version).collect()),
                current: Some(Rc::new(current)),
                ..PlanDesk::default()
            }
        };
        for (id, recorded, lacks) in [
            ("1", 0, false),
            ("4", 3, false),
            ("4", 2, true),
            ("4", 0, true),
            ("c7", 0, true),
            ("c7", 1, false),
        ] {
            assert_eq!(desk(id, recorded).lacks_marks(), lacks, "{id}, {recorded}");
        }
        let asked = PlanDesk {
            history_asked: true,
            ..desk("4", 0)
        };
        assert!(!asked.lacks_marks() && !PlanDesk::default().lacks_marks());
    }

    #[test]
    fn the_version_seen_last_time_is_found_by_its_id() {
        let mut desk = PlanDesk {
            versions: Rc::new(versions(&[&[], &[], &[]])),
            ..PlanDesk::default()
        };
        assert_eq!(desk.seen(), None);
        for (id, place) in [("3", Some(0)), ("1", Some(2)), ("17", None)] {
            desk.last_seen = Some(id.to_owned());
            assert_eq!(desk.seen(), place, "{id}");
        }
    }
}
