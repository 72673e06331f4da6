//! Nothing jumps while data arrives: what has been drawn stays where it is.

use browser_tests::Result;
use browser_tests::browser::{Browser, browse};
use browser_tests::journal::open_window;
use browser_tests::launcher::Launcher;
use serde_json::{Value, json};

use crate::none;

/// Adds up how much of the page moved, and by how much, as the browser counts it.
const COUNT_SHIFTS: &str = "globalThis.shifts = [];
    new PerformanceObserver(list => shifts.push(...list.getEntries().map(({ value, sources }) => ({
        value, moved: sources.map(({ node }) => node?.className || node?.nodeName || 'gone'),
    })))).observe({ type: 'layout-shift', buffered: true });";
/// The share of the page that may move; the browser's own measure calls up to 0.1 good.
const TOLERATED: f64 = 0.01;

#[tokio::test]
async fn nothing_jumps_while_data_arrives_in_any_order() {
    browse("layout", 1200, |browser| async move {
        let late = |kind: &str, ms: u32| json!({ "on": kind, "fault": "delay", "ms": ms });
        let orders = [
            json!([late("Observation", 900)]),
            json!([late("CarePlan", 900), late("Goal", 900)]),
            json!([late("Patient", 900), late("EpisodeOfCare", 600)]),
            json!([
                late("Observation", 300),
                late("Patient", 600),
                late("CarePlan", 1_200),
                late("Goal", 1_200)
            ]),
        ];
        let launcher = Launcher::of_stopped_clock()?;
        browser.stop_clock().await?;
        browser.before_load(COUNT_SHIFTS).await?;
        let mut wrong = Vec::new();
        for width in [400, 1200] {
            browser.size(width, 900).await?;
            for order in &orders {
                launcher.fail(order.clone()).await?;
                wrong.extend(
                    jumps(&browser, &launcher)
                        .await?
                        .map(|jumps| format!("{width} px, {order}: {jumps}")),
                );
            }
        }
        none(&wrong)
    })
    .await;
}

async fn jumps(browser: &Browser, launcher: &Launcher) -> Result<Option<String>> {
    open_window(browser, launcher, "gp", "kols", "ready").await?;
    browser.settle().await?;
    let shifts: Vec<Value> = browser.script("return shifts").await?;
    let sum: f64 = shifts.iter().filter_map(|shift| shift["value"].as_f64()).sum();
    Ok((sum > TOLERATED).then(|| format!("{sum:.3} {}", json!(shifts))))
}
