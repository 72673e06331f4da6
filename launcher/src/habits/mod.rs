//! How real servers differ from this one, each habit by a name that can be asked for at the start, and the hosts
//! that are known by several habits together. What a habit does to requests and answers is in the other files.

pub(crate) mod answered;
pub(crate) mod asked;
pub(crate) mod gate;
mod saving;
mod table;
mod versions;

#[cfg(test)]
mod tests;

pub(crate) use self::table::Habit;
use self::table::{IMITATIONS, Row, TABLE};
use crate::fhir::store::Keeping;

/// The habits of this run.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Habits(Vec<Habit>);

impl Habits {
    pub(crate) fn has(&self, habit: Habit) -> bool {
        self.0.contains(&habit)
    }

    fn cap_count(&self) -> Option<usize> {
        self.0.iter().rev().find_map(|habit| match habit {
            Habit::CapCount(most) => Some(*most),
            _ => None,
        })
    }

    fn page_limit(&self) -> Option<usize> {
        self.0.iter().rev().find_map(|habit| match habit {
            Habit::PageLimit(most) => Some(*most),
            _ => None,
        })
    }

    fn history_cut(&self) -> Option<usize> {
        self.0.iter().rev().find_map(|habit| match habit {
            Habit::HistoryCut(most) => Some(*most),
            _ => None,
        })
    }

    fn is_vanished(&self, version: &str) -> bool {
        self.0.iter().any(|habit| match habit {
            Habit::VanishedVersion(number) => number.to_string() == version,
            _ => false,
        })
    }

    fn longest_text(&self) -> Option<usize> {
        self.0.iter().rev().find_map(|habit| match habit {
            Habit::CutTexts(most) => Some(*most),
            _ => None,
        })
    }

    /// The longest text that a zone of the plan service takes, in characters.
    pub(crate) fn zone_text(&self) -> usize {
        let limits = self.0.iter().filter_map(|habit| match habit {
            Habit::NhnTextLimit(most) => Some(*most),
            _ => None,
        });
        limits.min().unwrap_or(usize::MAX)
    }

    pub(crate) fn keeping(&self) -> Keeping {
        Keeping {
            opaque_versions: self.has(Habit::UuidVersions),
            only_changes: self.has(Habit::SameContent),
            files_beside: self.has(Habit::FilesBeside),
        }
    }

    /// Adds the habits of a known host.
    pub(crate) fn imitate(&mut self, host: &str) -> Result<(), String> {
        let Some((_, habits)) = IMITATIONS.iter().find(|(name, _)| *name == host) else {
            let known: Vec<&str> = IMITATIONS.iter().map(|(name, _)| *name).collect();
            return Err(format!(
                "{host} cannot be imitated; known are {}",
                known.join(", ")
            ));
        };
        self.0.extend_from_slice(habits);
        Ok(())
    }

    /// Adds one habit by its name, with a number behind `=` where it has one.
    pub(crate) fn add(&mut self, text: &str) -> Result<(), String> {
        let (name, number) = match text.split_once('=') {
            Some((name, number)) => (name, Some(number)),
            None => (text, None),
        };
        let Some(Row(_, habit, ..)) = TABLE.iter().find(|Row(known, ..)| *known == name) else {
            return Err(format!("there is no habit {name}; there are\n{}", described()));
        };
        let number = number
            .map(|number| number.parse::<usize>().ok().filter(|number| *number > 0))
            .map(|number| number.ok_or_else(|| format!("{text}: no number of entries")))
            .transpose()?;
        self.0.push(match (*habit, number) {
            (Habit::CapCount(_), Some(number)) => Habit::CapCount(number),
            (Habit::PageLimit(_), Some(number)) => Habit::PageLimit(number),
            (Habit::HistoryCut(_), Some(number)) => Habit::HistoryCut(number),
            (Habit::VanishedVersion(_), Some(number)) => Habit::VanishedVersion(number),
            (Habit::CutTexts(_), Some(number)) => Habit::CutTexts(number),
            (Habit::NhnTextLimit(_), Some(number)) => Habit::NhnTextLimit(number),
            (_, Some(_)) => return Err(format!("{name} takes no number")),
            (habit, None) => habit,
        });
        Ok(())
    }
}

fn described() -> String {
    let line = |Row(name, _, what, source): &Row| format!("  {name}: {what} ({source})");
    TABLE.iter().map(line).collect::<Vec<_>>().join("\n")
}
