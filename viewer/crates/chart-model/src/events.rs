//! What happened beside the readings, as marks and spans on the time axis: admissions, medicines, periods of home
//! monitoring, changes of plan and limits. Reads no FHIR and draws nothing.

use crate::care_plan::Version;
use crate::{ClinicalTime, LimitHistory, order, oslo};

/// What kind of thing happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventKind {
    /// In hospital.
    Admission,
    /// A medicine was begun.
    MedicationStart,
    /// A medicine was stopped.
    MedicationStop,
    /// A period of home monitoring.
    Monitoring,
    /// A version of the plan was saved.
    PlanChange,
    /// Limits were set, changed or ended.
    LimitChange,
}

impl EventKind {
    /// Every kind, in the order in which they are offered.
    pub const ALL: [Self; 6] = [
        Self::Admission,
        Self::MedicationStart,
        Self::MedicationStop,
        Self::PlanChange,
        Self::LimitChange,
        Self::Monitoring,
    ];

    /// The stable name, also remembered as a choice.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Admission => "admission",
            Self::MedicationStart => "medication-start",
            Self::MedicationStop => "medication-stop",
            Self::Monitoring => "monitoring",
            Self::PlanChange => "plan-change",
            Self::LimitChange => "limit-change",
        }
    }

    /// By the stable name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// What kind.
    pub kind: EventKind,
    /// `Encounter/7`, the version of the plan, the parameter whose limits were changed; empty if it has no id.
    pub id: Box<str>,
    /// When, or since when.
    pub from: ClinicalTime,
    /// Until when; `None` for a moment, and for what lasts.
    pub to: Option<ClinicalTime>,
    /// It has no end yet.
    pub lasts: bool,
    /// It has no end, and is not going on either.
    pub is_paused: bool,
    /// It has ended, and the source does not say when.
    pub has_ended: bool,
    /// Name of the medicine, the hospital, the service, whoever saved; may be empty.
    pub label: Box<str>,
    /// The dose, the reason, the comment, as the source words it; may be empty.
    pub detail: Box<str>,
}

impl Event {
    /// A moment.
    pub fn at(kind: EventKind, from: ClinicalTime, label: &str) -> Self {
        Self {
            kind,
            id: "".into(),
            from,
            to: None,
            lasts: false,
            is_paused: false,
            has_ended: false,
            label: label.into(),
            detail: "".into(),
        }
    }

    /// Its place on the time axis, milliseconds since 1970 UTC: the same twice for a moment; `now` where it has no end yet.
    /// A day without a clock time ends when it ends in Oslo.
    pub fn span(&self, now: i64) -> (i64, i64) {
        let from = self.from.axis_ms();
        let to = match &self.to {
            Some(to) => to.last_ms(),
            None if self.lasts => now,
            None => from,
        };
        (from.min(to), to.max(from))
    }
}

/// Oldest first.
pub fn oldest_first(events: &mut Vec<Event>) {
    order::by_key(events, |event| event.from.axis_ms());
}

/// The versions of the plan; those without a time have no place on the axis.
pub fn of_versions<'a>(versions: impl Iterator<Item = &'a Version>) -> Vec<Event> {
    let events = versions.filter_map(|version| {
        Some(Event {
            id: (&*version.id).into(),
            detail: version.comment.as_str().into(),
            ..Event::at(EventKind::PlanChange, version.time.clone()?, &version.author.name)
        })
    });
    let mut events = events.collect();
    oldest_first(&mut events);
    events
}

/// Where the limits of one parameter began to hold or ceased to.
pub fn of_limits(history: &LimitHistory) -> Vec<Event> {
    let mut events: Vec<Event> = Vec::new();
    let mut add = |at: i64, author: Option<&str>| {
        // The ends of time mean that no time is known.
        if at > i64::MIN
            && at < i64::MAX
            && let Ok(time) = ClinicalTime::parse(&oslo::to_fhir(at))
        {
            events.push(Event {
                id: history.parameter.id().into(),
                ..Event::at(EventKind::LimitChange, time, author.unwrap_or_default())
            });
        }
    };
    for (at, era) in history.eras.iter().enumerate() {
        add(era.from, era.author.as_deref());
        let next = history.eras.get(at + 1);
        if next.is_none_or(|next| next.from > era.to) {
            add(era.to, None);
        }
    }
    events
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::care_plan::{Author, KnownFrom};
    use crate::testing::spo2;
    use crate::{LimitEra, Period};

    fn time(text: &str) -> ClinicalTime {
        ClinicalTime::parse(text).unwrap()
    }

    #[test]
    fn an_event_is_a_moment_or_lasts_until_its_end_or_until_now() {
        let now = time("2026-11-22T09:14:00+01:00").start_ms();
        let event = |to: Option<&str>, lasts| Event {
            to: to.map(time),
            lasts,
            ..Event::at(EventKind::Admission, time("2026-11-01T10:00:00+01:00"), "")
        };
        let from = time("2026-11-01T10:00:00+01:00").start_ms();
        for (event, to) in [
            (event(None, false), from),
            (event(None, true), now),
            (
                event(Some("2026-11-05T12:00:00+01:00"), false),
                time("2026-11-05T12:00:00+01:00").start_ms(),
            ),
            (
                event(Some("2026-11-05"), false),
                oslo::midnight(time("2026-11-06").oslo_date()) - 1,
            ),
        ] {
            assert_eq!(event.span(now), (from, to), "{event:?}");
        }
        let backwards = event(Some("2026-10-01T10:00:00+02:00"), false);
        let (from, to) = backwards.span(now);
        assert!(from < to);
        assert!(Period { from, to }.contains(from));
    }

    #[test]
    fn limits_change_where_an_era_begins_or_ends_without_another() {
        let instant = |text: &str| time(text).start_ms();
        let era = |from: i64, to: i64| {
            Rc::new(LimitEra {
                from,
                to,
                sets: [None, None],
                author: Some("Sol".into()),
            })
        };
        let (first, second) = (
            instant("2026-09-01T00:00:00+02:00"),
            instant("2026-10-01T00:00:00+02:00"),
        );
        let third = instant("2026-11-01T00:00:00+01:00");
        for (eras, changes) in [
            (
                vec![era(first, second), era(second, i64::MAX)],
                vec![first, second],
            ),
            (
                vec![era(first, second), era(third, i64::MAX)],
                vec![first, second, third],
            ),
            (vec![era(first, second)], vec![first, second]),
            (vec![era(i64::MAX, i64::MAX)], vec![]),
            (vec![], vec![]),
        ] {
            let history = LimitHistory {
                parameter: spo2(),
                eras,
                is_complete: true,
            };
            let found: Vec<i64> = of_limits(&history)
                .iter()
                .map(|event| event.from.start_ms())
                .collect();
            assert_eq!(found, changes, "{history:?}");
        }
    }

    #[test]
    fn versions_of_the_plan_are_moments_by_their_authors() {
        let version = |id: &str, at: Option<&str>| Version {
            id: id.into(),
            time: at.map(time),
            author: Author {
                name: "Sol".to_owned(),
                ..Author::default()
            },
            comment: "Fordi".to_owned(),
            known_from: KnownFrom::Provenance,
        };
        let versions = [
            version("2", Some("2026-10-01")),
            version("1", Some("2026-09-01")),
            version("0", None),
        ];
        let events = of_versions(versions.iter());
        let found: Vec<_> = events
            .iter()
            .map(|event| (&*event.id, &*event.label, &*event.detail))
            .collect();
        assert_eq!(found, [("1", "Sol", "Fordi"), ("2", "Sol", "Fordi")]);
    }

    #[test]
    fn a_kind_is_known_by_its_name() {
        for kind in EventKind::ALL {
            assert_eq!(EventKind::from_id(kind.id()), Some(kind));
        }
        assert_eq!(EventKind::from_id("chat"), None);
    }
}
