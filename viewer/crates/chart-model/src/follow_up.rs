//! Which service follows the patient up, since when, until when, and how it is reached. What a source does not say is
//! `None` or empty and has to be said as unknown. Reads no FHIR; what the plan says of it is in `care_plan`.

use crate::care_plan::Contact;
use crate::{ClinicalTime, order};

/// A service, or a person, that follows the patient up.
#[derive(Clone, Debug, PartialEq)]
pub struct FollowUp {
    /// `EpisodeOfCare/7` or `CareTeam/7`.
    pub id: Box<str>,
    /// Name of the service; `None` if only a person is named, or nobody.
    pub service: Option<Box<str>>,
    /// Whoever is in charge of it.
    pub person: Option<Contact>,
    /// What it is about, as the source words it; may be empty.
    pub about: Box<str>,
    /// Whether it follows the patient now.
    pub standing: Standing,
    /// Since when.
    pub since: Option<ClinicalTime>,
    /// Until when; `None`: not decided, or not said.
    pub until: Option<ClinicalTime>,
    /// How it is reached.
    pub reach: Reach,
}

/// Whether a service follows the patient now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It does.
    Running,
    /// It does, and pauses.
    Paused,
    /// It will.
    Planned,
    /// It did.
    Ended,
}

impl Standing {
    /// The stable name.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Planned => "planned",
            Self::Ended => "ended",
        }
    }
}

/// How a service is reached; empty is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// As they are dialled and shown, the preferred one first.
    pub phones: Vec<Box<str>>,
    /// E-mail addresses.
    pub mails: Vec<Box<str>>,
    /// When it is open.
    pub hours: Vec<Hours>,
    /// Opening hours, or exceptions from them, in the source's words; may be empty.
    pub remark: Box<str>,
}

impl Reach {
    /// Adds what another says of the same service.
    pub fn add(&mut self, other: Self) {
        append(&mut self.phones, other.phones);
        append(&mut self.mails, other.mails);
        append(&mut self.hours, other.hours);
        if self.remark.is_empty() {
            self.remark = other.remark;
        }
    }
}

fn append<T: PartialEq>(list: &mut Vec<T>, more: Vec<T>) {
    for item in more {
        if !list.contains(&item) {
            list.push(item);
        }
    }
}

/// Opening hours that some days of the week share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hours {
    /// 0 = Monday … 6 = Sunday, in order; empty: every day.
    pub days: Vec<u8>,
    /// From and to, minutes after midnight; `None`: round the clock. The end may lie before the start: then it is the
    /// next morning.
    pub clock: Option<(u16, u16)>,
}

/// Those that follow the patient now come first, the one begun last before others; then those to come, then those that
/// ended, the latest first.
pub fn in_order(list: &mut Vec<FollowUp>) {
    let begun = |follow_up: &FollowUp| {
        follow_up
            .since
            .as_ref()
            .map_or(i64::MIN / 2, ClinicalTime::start_ms)
    };
    order::by_key(list, |follow_up| -begun(follow_up));
    order::by_key(list, |follow_up| match follow_up.standing {
        Standing::Running => 0,
        Standing::Paused => 1,
        Standing::Planned => 2,
        Standing::Ended => 3,
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_follows_now_comes_first_and_the_latest_of_them_before_others() {
        let one = |id: &str, standing, since: &str| FollowUp {
            id: id.into(),
            service: None,
            person: None,
            about: "".into(),
            standing,
            since: ClinicalTime::parse(since).ok(),
            until: None,
            reach: Reach::default(),
        };
        let mut list = vec![
            one("hospital", Standing::Ended, "2026-08-01"),
            one("earlier", Standing::Running, "2026-09-01"),
            one("undated", Standing::Running, ""),
            one("later", Standing::Planned, "2027-01-01"),
            one("now", Standing::Running, "2026-10-01"),
        ];
        in_order(&mut list);
        let order: Vec<&str> = list.iter().map(|one| &*one.id).collect();
        assert_eq!(order, ["now", "earlier", "undated", "later", "hospital"]);
    }

    #[test]
    fn what_two_say_of_one_service_is_put_together_without_repeating_it() {
        let reach = |phone: &str, remark: &str| Reach {
            phones: vec![phone.into()],
            remark: remark.into(),
            ..Reach::default()
        };
        let mut both = reach("1", "");
        both.add(reach("1", "Stengt i romjulen"));
        both.add(reach("2", "Annet"));
        assert_eq!(both.phones, ["1".into(), "2".into()]);
        assert_eq!(&*both.remark, "Stengt i romjulen");
    }
}
