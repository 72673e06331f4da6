//! Activities as lines of the one text that NHN's interface has for a zone: `Kosthold: …` in front names the
//! area, two spaces in front go on with the line before.

use chart_model::care_plan::Area;

use super::terms;

/// An activity of an action.
#[derive(Debug)]
pub(super) struct Lines {
    /// What it is about, and its words.
    pub(super) said: (Area, String),
    /// As it was sent.
    sent: String,
}

/// The activities of an action.
pub(super) fn activities(action: &str) -> Vec<Lines> {
    let mut found: Vec<Lines> = Vec::new();
    for line in action.lines() {
        match (line.strip_prefix("  "), found.last_mut()) {
            (Some(more), Some(lines)) => {
                lines.said.1.push('\n');
                lines.said.1.push_str(more);
                lines.sent.push('\n');
                lines.sent.push_str(line);
            }
            _ if line.trim().is_empty() => {}
            _ => found.push(Lines {
                said: area_of(line),
                sent: line.to_owned(),
            }),
        }
    }
    found
}

fn area_of(line: &str) -> (Area, String) {
    let named = line.split_once(':').and_then(|(name, text)| {
        let name = chart_model::lowercase(name.trim());
        let area = Area::ALL
            .into_iter()
            .find(|area| terms::area_text(*area) == name)?;
        Some((area, text.trim().to_owned()))
    });
    named
        .filter(|(_, text)| !text.is_empty())
        .unwrap_or_else(|| (Area::Other, line.trim().to_owned()))
}

/// An activity as lines of an action; one that was sent, as it was sent.
pub(super) fn lines_of(area: Area, text: &str, sent: &[Lines]) -> String {
    let same = |lines: &&Lines| (lines.said.0, &*lines.said.1) == (area, text);
    if let Some(lines) = sent.iter().find(same) {
        return lines.sent.clone();
    }
    let text = text.replace('\n', "\n  ");
    if area_of(&text) == (area, text.trim().to_owned()) {
        return text;
    }
    let name = terms::area_text(area);
    let mut letters = name.chars();
    let first = letters.next().map(char::to_uppercase).into_iter().flatten();
    let name: String = first.chain(letters).collect();
    format!("{name}: {text}")
}
