//! The doctor's time zone changes nothing: days and times are those of the patient's country.

use browser_tests::Result;
use browser_tests::browser::{Browser, browse};
use browser_tests::launcher::Launcher;
use serde_json::Value;

use crate::scenes::Scene;

/// West and east of Norway, where it is another day for half of each day, and Norway itself.
const ZONES: [&str; 3] = ["Europe/Oslo", "America/Los_Angeles", "Pacific/Auckland"];

#[tokio::test]
async fn days_times_and_ages_are_the_same_in_every_time_zone() {
    browse("zones", 400, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        browser.stop_clock().await?;
        let mut shown = Vec::new();
        for zone in ZONES {
            browser.time_zone(zone).await?;
            let used: String = browser
                .script("return Intl.DateTimeFormat().resolvedOptions().timeZone")
                .await?;
            assert_eq!(used, zone, "the browser does not take the time zone");
            for scene in [Scene::Banner, Scene::Table, Scene::Unreadable, Scene::EmptyPeriod] {
                scene.enter(&browser, &launcher).await?;
                shown.push((zone, scene, everything(&browser).await?));
            }
        }
        let (oslo, elsewhere) = shown.split_at(shown.len() / ZONES.len());
        let text = format!("{oslo:?}");
        for certain in ["12.03.1953", "09.14", "73 år"] {
            assert!(text.contains(certain), "{certain} is not in {text}");
        }
        for ((zone, scene, there), (_, _, here)) in elsewhere.iter().zip(oslo.iter().cycle()) {
            for (there, here) in there.iter().zip(here) {
                assert_eq!(there, here, "{scene:?} in {zone}");
            }
            assert_eq!(there.len(), here.len(), "{scene:?} in {zone}");
        }
        Ok(())
    })
    .await;
}

/// All that is seen, and all that the hooks say.
async fn everything(browser: &Browser) -> Result<Vec<Value>> {
    browser
        .script(
            "return [document.body.innerText,
                ...[...document.querySelectorAll('[data-testid]')].map(element => ({ ...element.dataset })),
                ...[...document.querySelectorAll('[aria-label]')].map(element => element.ariaLabel)]",
        )
        .await
}
