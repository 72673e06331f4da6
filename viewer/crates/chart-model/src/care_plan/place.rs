//! Where in a plan something stands, in the doctor's terms. No FHIR paths.

use std::rc::Rc;

use crate::Parameter;

/// Tells an item of a list from the others of it, through the versions of a plan: the source's own id
/// where it has one, else made from its content. New items get one that is unlike any other (random).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub Rc<str>);

impl From<&str> for Key {
    fn from(key: &str) -> Self {
        Self(key.into())
    }
}

impl Key {
    /// True if it was made of the item's content, so that it says nothing of where the item came from.
    pub(super) fn is_of_content(&self) -> bool {
        let digits = self.0.strip_prefix('k').unwrap_or_default();
        digits.len() == 16 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    }

    /// The key of an item that the source gives no id: from its content, and from how many of the same
    /// content came before it, so that the same item has the same key in every version. Fit for the
    /// `id` of a FHIR element.
    pub fn of_content(content: &str, before: usize) -> Self {
        // FNV-1a: the same on every machine and in every version of this program.
        let hash = content
            .bytes()
            .chain(before.to_le_bytes())
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            });
        Self(format!("k{hash:016x}").into())
    }
}

/// Zone of a plan: what the patient does when it is so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlanZone {
    /// As usual.
    Green,
    /// Worse than usual.
    Yellow,
    /// Seek help.
    Red,
}

impl PlanZone {
    /// In the order of the grid.
    pub const ALL: [Self; 3] = [Self::Green, Self::Yellow, Self::Red];

    /// The stable name used by hooks and by FHIR: `green`, `yellow`, `red`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Yellow => "yellow",
            Self::Red => "red",
        }
    }
}

/// What an activity is about (data-model, "EBP").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Area {
    /// Medikamentelle tiltak.
    Medication,
    /// Fysisk aktivitet.
    PhysicalActivity,
    /// Kosthold.
    Diet,
    /// Målinger.
    Measurements,
    /// Psykisk helse.
    MentalHealth,
    /// Livsstilstiltak.
    Lifestyle,
    /// Annet, and whatever is in no table.
    Other,
}

impl Area {
    /// In the order of the grid.
    pub const ALL: [Self; 7] = [
        Self::Medication,
        Self::PhysicalActivity,
        Self::Diet,
        Self::Measurements,
        Self::MentalHealth,
        Self::Lifestyle,
        Self::Other,
    ];

    /// The stable name used by hooks: `medication`, `physical-activity`, ….
    pub const fn id(self) -> &'static str {
        match self {
            Self::Medication => "medication",
            Self::PhysicalActivity => "physical-activity",
            Self::Diet => "diet",
            Self::Measurements => "measurements",
            Self::MentalHealth => "mental-health",
            Self::Lifestyle => "lifestyle",
            Self::Other => "other",
        }
    }
}

/// A cell of the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell {
    /// `None`: whatever the zone is.
    pub zone: Option<PlanZone>,
    /// What it is about.
    pub area: Area,
}

/// Items that stand in an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum List {
    /// The activities of a cell.
    Cell(Cell),
    /// The patient's goals.
    Goals,
    /// The contacts.
    Contacts,
    /// The remarks on the plan.
    Notes,
}

/// One place of a plan.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The plan's title.
    Title,
    /// What the plan is about.
    Description,
    /// Who follows the patient up now, and until when.
    FollowUp,
    /// What matters to the patient.
    Goal(Key),
    /// Someone to turn to.
    Contact(Key),
    /// How the patient knows that he is in a zone.
    Condition(PlanZone),
    /// What the patient does.
    Activity(Cell, Key),
    /// How often something is to be measured.
    Interval(Parameter),
    /// The limits of one number of a parameter: 0, or 1 for diastolic.
    Limits(Parameter, usize),
    /// A remark on the plan as a whole.
    Note(Key),
    /// The order of a list; only in changes.
    Order(List),
}

impl Place {
    /// The item's key, for a place in a list.
    pub const fn key(&self) -> Option<&Key> {
        match self {
            Self::Goal(key) | Self::Contact(key) | Self::Activity(_, key) | Self::Note(key) => Some(key),
            _ => None,
        }
    }

    /// The list that it is an item of.
    pub const fn list(&self) -> Option<List> {
        match self {
            Self::Goal(_) => Some(List::Goals),
            Self::Contact(_) => Some(List::Contacts),
            Self::Activity(cell, _) => Some(List::Cell(*cell)),
            Self::Note(_) => Some(List::Notes),
            _ => None,
        }
    }

    /// The place of the item `key` in `list`.
    pub const fn in_list(list: List, key: Key) -> Self {
        match list {
            List::Cell(cell) => Self::Activity(cell, key),
            List::Goals => Self::Goal(key),
            List::Contacts => Self::Contact(key),
            List::Notes => Self::Note(key),
        }
    }

    /// What places are sorted by: all but the order inside a list.
    pub(super) fn section(&self) -> (u8, Option<List>, Option<PlanZone>, Option<&Parameter>, usize) {
        let rank = match self {
            Self::Title => 0,
            Self::Description => 1,
            Self::FollowUp => 2,
            Self::Goal(_) => 3,
            Self::Contact(_) => 4,
            Self::Condition(_) => 5,
            Self::Activity(..) => 6,
            Self::Interval(_) => 7,
            Self::Limits(..) => 8,
            Self::Note(_) => 9,
            Self::Order(_) => 10,
        };
        let zone = match self {
            Self::Condition(zone) => Some(*zone),
            _ => None,
        };
        let (parameter, number) = match self {
            Self::Interval(parameter) => (Some(parameter), 0),
            Self::Limits(parameter, number) => (Some(parameter), *number),
            _ => (None, 0),
        };
        (rank, self.list(), zone, parameter, number)
    }
}
