//! The accessibility tree as a screen reader walks it: one line for each thing that it says, in reading order.

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::Result;
use crate::browser::Browser;

/// Things that hold what is said and have nothing to say themselves.
const SILENT: [&str; 8] = [
    "none",
    "generic",
    "paragraph",
    "strong",
    "StaticText",
    "InlineTextBox",
    "LineBreak",
    "RootWebArea",
];

/// Lines such as `button SpO₂ 86 %, gul, under 88` of the page at the top of the tab. Plain text is a line without a
/// role; text that already is its parent's name is not said twice.
///
/// # Errors
/// When the browser gives no tree.
pub async fn lines(browser: &Browser) -> Result<Vec<String>> {
    browser.devtools("Accessibility.enable", json!({})).await?;
    let answer = browser.devtools("Accessibility.getFullAXTree", json!({})).await?;
    browser.devtools("Accessibility.disable", json!({})).await?;
    let nodes = answer["nodes"].as_array().ok_or("no accessibility tree")?;
    let by_id: HashMap<&str, &Value> = nodes
        .iter()
        .filter_map(|node| Some((node["nodeId"].as_str()?, node)))
        .collect();
    let mut lines = Vec::new();
    if let Some(root) = nodes.first() {
        walk(root, "", &by_id, &mut lines);
    }
    Ok(lines)
}

fn walk(node: &Value, said: &str, by_id: &HashMap<&str, &Value>, lines: &mut Vec<String>) {
    let role = node["role"]["value"].as_str().unwrap_or_default();
    let name = node["name"]["value"].as_str().unwrap_or_default().trim();
    let mut said = said;
    if node["ignored"] != true {
        if role == "StaticText" {
            if !name.is_empty() && !said.contains(name) {
                lines.push(name.to_owned());
            }
            return;
        }
        if !SILENT.contains(&role) {
            lines.push(format!("{role} {name}").trim_end().to_owned());
            said = name;
        }
    }
    for child in node["childIds"].as_array().into_iter().flatten() {
        if let Some(child) = child.as_str().and_then(|id| by_id.get(id)) {
            walk(child, said, by_id, lines);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_name_says_is_not_said_again_and_what_is_ignored_is_passed_through() {
        let node = |id: &str, role: &str, name: &str, ignored: bool, children: &[&str]| {
            json!({ "nodeId": id, "role": { "value": role }, "name": { "value": name }, "ignored": ignored,
                "childIds": children })
        };
        let nodes = [
            node("1", "RootWebArea", "Page", false, &["2", "5"]),
            node("2", "none", "", true, &["3"]),
            node("3", "button", "Weight 84.2 kg", false, &["4"]),
            node("4", "StaticText", "Weight", false, &[]),
            node("5", "paragraph", "", false, &["6"]),
            node("6", "StaticText", "Fetched 09.14", false, &[]),
        ];
        let by_id = nodes
            .iter()
            .map(|node| (node["nodeId"].as_str().unwrap(), node))
            .collect();
        let mut lines = Vec::new();
        walk(&nodes[0], "", &by_id, &mut lines);
        assert_eq!(lines, ["button Weight 84.2 kg", "Fetched 09.14"]);
    }
}
