//! Activities as lines of the one text that NHN's interface has for a zone: `Kosthold: …` in front names the
//! area, two spaces in front go on with the line before.

use chart_model::care_plan::Area;

use super::terms;

/// The activities of an action.
pub(super) fn activities(action: &str) -> Vec<(Area, String)> {
    let mut found: Vec<(Area, String)> = Vec::new();
    for line in action.lines() {
        match (line.strip_prefix("  "), found.last_mut()) {
            (Some(more), Some((_, text))) => {
                text.push('\n');
                text.push_str(more);
            }
            _ if line.trim().is_empty() => {}
            _ => found.push(area_of(line)),
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

/// An activity as lines of an action.
pub(super) fn lines_of(area: Area, text: &str) -> String {
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
