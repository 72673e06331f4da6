//! Deque's axe-core in the current page or frame: what it finds against WCAG 2.1 A and AA and its best practices.

use serde::Deserialize;
use serde_json::Value;

use crate::browser::Browser;
use crate::{Result, from_npm};

/// A rule that the page breaks.
#[derive(Debug, Deserialize, PartialEq, Eq)]
pub struct Violation {
    pub id: String,
    pub help: String,
    /// The elements that break it, and how.
    pub nodes: Vec<String>,
}

/// What axe-core finds wrong.
///
/// # Errors
/// When it cannot run.
pub async fn violations(browser: &Browser) -> Result<Vec<Violation>> {
    let loaded: bool = browser.script("return typeof axe === 'object'").await?;
    if !loaded {
        let axe = std::fs::read_to_string(from_npm("axe-core/axe.min.js")?)?;
        browser.driver.execute(axe, Vec::<Value>::new()).await?;
    }
    let answer = browser
        .driver
        .execute_async(
            "const done = arguments[0];
            axe.run(document, {
                resultTypes: ['violations'],
                runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'],
            }).then(result => done(result.violations.map(({ id, help, nodes }) => ({
                id, help, nodes: nodes.map(node => `${node.html.slice(0, 200)}: ${node.failureSummary}`),
            }))), error => done(String(error)));",
            Vec::<Value>::new(),
        )
        .await?;
    Ok(serde_json::from_value(answer.json().clone())?)
}
