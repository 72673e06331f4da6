//! What of a plan can only be read, because its source keeps it in a way that is not written, and why. Holds no
//! wording.

use crate::Parameter;

use super::{Key, List, Place, PlanZone};

/// Why a place can only be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lock {
    /// The limits come from a request for measurements.
    Requested,
    /// The zone is kept in an older form.
    OlderForm,
    /// The name of a team is all that the source sent of it.
    NameOnly,
    /// The source has no place for it.
    NoRoom,
}

/// The places of a plan that can only be read. By default there are none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Locks {
    /// Zones that are kept in an older form.
    pub zones: Vec<PlanZone>,
    /// Limits of these numbers come from requests.
    pub requested: Vec<(Parameter, usize)>,
    /// Contacts of whom there is only a name.
    pub names: Vec<Key>,
    /// The source keeps a title, a description and the texts of zones, and nothing else.
    pub zones_only: bool,
}

impl Locks {
    /// Why a place can only be read; `None` if it can be written.
    pub fn of(&self, place: &Place) -> Option<Lock> {
        let zone = match place {
            Place::Condition(zone) => Some(*zone),
            Place::Activity(cell, _) | Place::Order(List::Cell(cell)) => cell.zone,
            _ => None,
        };
        let has_room = zone.is_some() || matches!(place, Place::Title | Place::Description);
        match place {
            _ if self.zones_only && !has_room => Some(Lock::NoRoom),
            Place::Limits(parameter, number) => self
                .requested
                .iter()
                .any(|(of, part)| (of, part) == (parameter, number))
                .then_some(Lock::Requested),
            Place::Contact(key) => self.names.contains(key).then_some(Lock::NameOnly),
            _ => zone
                .is_some_and(|zone| self.zones.contains(&zone))
                .then_some(Lock::OlderForm),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Known;
    use crate::care_plan::{Area, Cell};

    fn cell(zone: Option<PlanZone>) -> Cell {
        Cell {
            zone,
            area: Area::Diet,
        }
    }

    #[test]
    fn a_place_is_locked_for_the_reason_that_holds_for_it() {
        let locks = Locks {
            zones: vec![PlanZone::Red],
            requested: vec![(Known::BloodPressure.into(), 1)],
            names: vec!["k1".into()],
            zones_only: false,
        };
        let only_zones = Locks {
            zones_only: true,
            ..Locks::default()
        };
        let (red, yellow, any) = (
            cell(Some(PlanZone::Red)),
            cell(Some(PlanZone::Yellow)),
            cell(None),
        );
        let no_room = Some(Lock::NoRoom);
        for (place, here, where_only_zones_are) in [
            (Place::Title, None, None),
            (Place::Condition(PlanZone::Red), Some(Lock::OlderForm), None),
            (Place::Condition(PlanZone::Yellow), None, None),
            (Place::Activity(red, "a".into()), Some(Lock::OlderForm), None),
            (Place::Order(List::Cell(red)), Some(Lock::OlderForm), None),
            (Place::Activity(yellow, "a".into()), None, None),
            (Place::Activity(any, "a".into()), None, no_room),
            (Place::Order(List::Goals), None, no_room),
            (Place::Contact("k1".into()), Some(Lock::NameOnly), no_room),
            (Place::Contact("k2".into()), None, no_room),
            (Place::Limits(Known::BloodPressure.into(), 0), None, no_room),
            (
                Place::Limits(Known::BloodPressure.into(), 1),
                Some(Lock::Requested),
                no_room,
            ),
            (Place::FollowUp, None, no_room),
        ] {
            assert_eq!(locks.of(&place), here, "{place:?}");
            assert_eq!(only_zones.of(&place), where_only_zones_are, "{place:?}");
            assert_eq!(Locks::default().of(&place), None, "{place:?}");
        }
    }
}
