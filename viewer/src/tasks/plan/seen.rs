//! Remembers which version of the plan this user saw last, for "since you last saw the plan": the version's id
//! and nothing else. Losing it never matters.

use sha2::{Digest, Sha256};

use crate::browser::preferences as storage;
use crate::state::plan::PlanVersion;
use crate::state::{DeskAction, PlanDesk};
use crate::tasks::session::Session;

/// So many plans are remembered, the last seen first.
const MOST: usize = 100;

impl Session {
    /// It is known who the user is: what they saw last is known too.
    pub(in crate::tasks) fn recall_seen(&self) {
        let Some(place) = self.memory.place("plan-seen") else {
            return;
        };
        if self.plans.seen.borrow().is_some() {
            return;
        }
        let kept = storage::read(&place).unwrap_or_default();
        let seen = version_in(&kept, &self.plan_mark()).map(str::to_owned);
        *self.plans.seen.borrow_mut() = Some(seen.clone());
        self.tell(DeskAction::LastSeen(seen));
    }

    /// The user looks at the plan now.
    pub(super) fn remember_seen(&self, desk: &PlanDesk) {
        let (Some(place), Some(current)) = (self.memory.place("plan-seen"), &desk.current) else {
            return;
        };
        let kept = storage::read(&place).unwrap_or_default();
        storage::write(&place, &with_version(&kept, &self.plan_mark(), current));
    }

    /// What stands for the plan: its patient cannot be read from it.
    pub(in crate::tasks) fn plan_mark(&self) -> String {
        let context = self.client.context();
        let mut hash = Sha256::new();
        for part in [&context.fhir_base, &context.patient_id] {
            hash.update(part);
            hash.update([0]);
        }
        let digest = hash.finalize();
        digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }
}

fn version_in<'a>(kept: &'a str, mark: &str) -> Option<&'a str> {
    let mut entries = kept.lines().filter_map(|line| line.split_once(' '));
    let (_, version) = entries.find(|(of, _)| *of == mark)?;
    Some(version)
}

fn with_version(kept: &str, mark: &str, current: &PlanVersion) -> String {
    let others = kept.lines().filter(|line| {
        line.split_once(' ')
            .is_some_and(|(of, _)| of != mark && !of.is_empty())
    });
    let newest = format!("{mark} {}", current.version.id.replace(char::is_whitespace, ""));
    std::iter::once(&*newest)
        .chain(others.take(MOST - 1))
        .collect::<Vec<_>>()
        .join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use chart_model::care_plan::{Author, KnownFrom, Version};
    use std::rc::Rc;

    fn version(id: &str) -> PlanVersion {
        PlanVersion {
            version: Version {
                id: id.into(),
                time: None,
                author: Author::default(),
                comment: String::new(),
                known_from: KnownFrom::Nothing,
            },
            plan: Rc::default(),
        }
    }

    #[test]
    fn the_version_seen_last_is_kept_for_each_plan() {
        let kept = with_version("", "a", &version("3"));
        let kept = with_version(&kept, "b", &version("1-x"));
        let kept = with_version(&kept, "a", &version("4"));
        assert_eq!(kept, "a 4\nb 1-x");
        assert_eq!(version_in(&kept, "b"), Some("1-x"));
        assert_eq!(version_in(&kept, "c"), None);
        assert_eq!(version_in("nonsense", "a"), None);
    }

    #[test]
    fn only_so_many_plans_are_remembered() {
        let kept = (0..150).fold(String::new(), |kept, plan| {
            with_version(&kept, &plan.to_string(), &version("1"))
        });
        assert_eq!(kept.lines().count(), MOST);
        assert_eq!(version_in(&kept, "149"), Some("1"));
        assert_eq!(version_in(&kept, "0"), None);
    }
}
