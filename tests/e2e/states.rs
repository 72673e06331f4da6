//! Every state of the screen in words: what is said, and that an error never looks like no data, nor no data like
//! an error.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use browser_tests::browser::{Browser, browse};
use browser_tests::journal::open_window;
use browser_tests::launcher::Launcher;
use browser_tests::module::Module;
use browser_tests::stub::Answer;
use browser_tests::{Result, axe};
use serde_json::{Value, json};

use crate::none;
use crate::scenes::Scene;
use crate::small_host::{SmallHost, resources, searchset};

/// Words that say that there is nothing, as opposed to: it could not be had.
const NO_DATA: [&str; 4] = [
    "Ingen målinger",
    "følges ikke opp",
    "ingen i perioden",
    "Ingen måling",
];
/// Words that say that something could not be had.
const ERROR: [&str; 5] = ["kunne ikke", "Prøv igjen", "Frakoblet", "utløpt", "byttet"];

#[tokio::test]
async fn every_state_says_what_it_is() {
    browse("states", 400, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        browser.stop_clock().await?;
        browser.hurry_timers().await?;
        let mut wrong = Vec::new();
        for scene in Scene::ALL {
            match scene.enter(&browser, &launcher).await {
                Ok(module) => wrong.extend(unlike_its_description(scene, &module).await?),
                Err(error) => wrong.push(error.to_string()),
            }
            scene.leave(&browser, &launcher).await?;
        }
        none(&wrong)
    })
    .await;
}

async fn unlike_its_description(scene: Scene, module: &Module) -> Result<Vec<String>> {
    let told = scene.told();
    let text = module.text().await?.replace('\u{a0}', " ");
    let mut wrong = Vec::new();
    for words in told.words {
        if !text.contains(words) {
            wrong.push(format!("{}: {words:?} is not said: {text}", told.name));
        }
    }
    let said = |words: &[&'static str]| words.iter().copied().find(|words| text.contains(words));
    let (forbidden, why) = match scene {
        Scene::EmptyPeriod | Scene::NotEnrolled | Scene::Main => (said(&ERROR), "an error is claimed"),
        Scene::ReadingsFailed | Scene::Slow | Scene::VerySlow | Scene::LaunchFailed | Scene::OtherPatient => {
            (said(&NO_DATA), "no data is claimed")
        }
        _ => (None, ""),
    };
    if let Some(words) = forbidden {
        wrong.push(format!("{}: {why} by {words:?}: {text}", told.name));
    }
    // What is shown of a patient who may not be the one in the journal is worse than nothing.
    let rows = module.latest_rows().await?.len();
    let check = module.texts("patient-check").await?.len();
    let expected = match scene {
        Scene::OtherPatient | Scene::LaunchFailed => (0, 0),
        Scene::NotEnrolled | Scene::Slow | Scene::VerySlow | Scene::ReadingsFailed => (0, 1),
        _ => (rows.max(1), 1),
    };
    if (rows, check) != expected {
        wrong.push(format!(
            "{}: rows and check lines are {:?}, not {expected:?}: {text}",
            told.name,
            (rows, check)
        ));
    }
    Ok(wrong)
}

#[tokio::test]
async fn what_failed_can_be_fetched_again_by_itself() {
    browse("retry", 400, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        browser.stop_clock().await?;
        for (scene, kind) in [
            (Scene::ReadingsFailed, "Observation"),
            (Scene::PlanFailed, "CarePlan"),
        ] {
            let module = scene.enter(&browser, &launcher).await?;
            launcher.heal().await?;
            let before = browser.requests().await?.len();
            module.press_button("Prøv igjen").await?;
            let healed = || async {
                let healed = module.errors().await?.is_empty() && module.state().await? == "ready";
                Ok((healed && !module.latest_rows().await?.is_empty()).then_some(()))
            };
            browser.wait_for("the error to go", 15, healed).await?;
            assert_eq!(module.texts("plan").await?.len(), 1, "the plan is there");
            let again: Vec<String> = browser.requests().await?.split_off(before);
            let other = match kind {
                "Observation" => "CarePlan",
                _ => "Observation",
            };
            assert!(again.iter().any(|url| url.contains(kind)), "{again:?}");
            assert!(
                !again
                    .iter()
                    .any(|url| url.contains(other) || url.contains("/Patient/")),
                "only what failed is fetched again: {again:?}"
            );
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_slow_service_is_told_after_two_and_after_eight_seconds_and_not_before() {
    browse("slow", 400, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        launcher
            .fail(json!([{ "on": "Observation", "fault": "delay", "ms": 11_000 }]))
            .await?;
        let module = open_window(&browser, &launcher, "gp", "kols", "loading").await?;
        for (words, from, to) in [
            ("Henter fortsatt", 1_500.0, 4_000.0),
            ("Tjenesten svarer tregt", 7_500.0, 9_800.0),
        ] {
            let told = || async { Ok(module.text().await?.contains(words).then_some(())) };
            browser.wait_for(words, 12, told).await?;
            let after: f64 = browser
                .script("return performance.now() - performance.getEntriesByName('dho:token')[0].startTime")
                .await?;
            assert!(after > from && after < to, "{words} after {after} ms");
        }
        module.wait_for_state("ready").await?;
        assert_eq!(module.texts("slow").await?, Vec::<String>::new());
        assert!(!module.latest_rows().await?.is_empty());
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn without_a_network_the_last_view_stays_and_is_fetched_again_only_when_asked() {
    browse("offline", 400, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        browser.stop_clock().await?;
        let module = Scene::Main.enter(&browser, &launcher).await?;
        let rows = module.latest_rows().await?;
        let before = browser.requests().await?.len();

        browser.offline(true).await?;
        module.wait_for_hook("offline").await?;
        assert_eq!(module.latest_rows().await?, rows, "the last view stays");
        module.press_button("Prøv igjen").await?;
        module.wait_for_hook("offline").await?;
        assert_eq!(
            module.latest_rows().await?,
            rows,
            "a failed refresh costs nothing"
        );
        assert_eq!(module.state().await?, "ready");

        browser.offline(false).await?;
        let asked = browser.requests().await?.len();
        assert!(asked >= before, "{asked} after {before}");
        browser
            .wait_for("the network to be noticed", 5, || async {
                let online: bool = browser.script("return navigator.onLine").await?;
                Ok(online.then_some(()))
            })
            .await?;
        assert_eq!(
            browser.requests().await?.len(),
            asked,
            "nothing is fetched by itself"
        );
        Ok(())
    })
    .await;
}

/// LOINC code of FEV1.
const FEV1: &str = "20150-9";

/// A host with more readings than anyone can fetch, where the newest FEV1 must be asked for by itself; that fails as
/// long as `broken` holds.
fn host_with_a_broken_parameter(broken: Arc<AtomicBool>) -> Result<SmallHost> {
    let (fev1, mut others): (Vec<Value>, Vec<Value>) = resources("Observation")
        .into_iter()
        .partition(|reading| reading["code"].to_string().contains(FEV1));
    let time = |reading: &Value| {
        reading["effectiveDateTime"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    others.sort_by_key(|reading| std::cmp::Reverse(time(reading)));
    others.truncate(40);
    SmallHost::start(move |request| {
        let asks = |word: &str| request.query.contains(word);
        if asks(FEV1) && broken.load(Ordering::Relaxed) {
            return Answer::html(503, "");
        }
        let found: &[Value] = match () {
            () if asks(FEV1) => fev1.get(fev1.len().saturating_sub(1)..).unwrap_or_default(),
            () if asks("code=") || asks("date=ge") => &[],
            () => &others,
        };
        let mut page = searchset(found);
        if !asks("code=") && !asks("date=ge") {
            page["link"] = json!([{ "relation": "next", "url": "Observation?page=2" }]);
        }
        Answer::fhir(&page)
    })
}

#[tokio::test]
async fn one_parameter_that_failed_is_named_and_fetched_by_itself_while_the_others_stay() {
    browse("parameter", 400, |browser| async move {
        let broken = Arc::new(AtomicBool::new(true));
        let host = host_with_a_broken_parameter(Arc::clone(&broken))?;
        let module = host.open(&browser, "ready").await?;
        let rows = module.latest_rows().await?;
        assert!(rows.len() > 3, "the other rows stay: {rows:#?}");
        let text = module.text().await?;
        assert!(text.contains("FEV1 kunne ikke hentes"), "{text}");
        assert_eq!(axe::violations(&browser).await?, []);

        broken.store(false, Ordering::Relaxed);
        let before = host.host.requests().len();
        module.press_button("Prøv igjen").await?;
        let healed = || async {
            let rows = module.latest_rows().await?;
            Ok(rows
                .into_iter()
                .find(|row| row.parameter == "fev1" && !row.value.is_empty()))
        };
        browser.wait_for("a value of FEV1", 10, healed).await?;
        let asked = host.host.requests().split_off(before);
        assert!(
            asked.len() == 1 && asked.iter().all(|request| request.query.contains(FEV1)),
            "more than what failed: {asked:#?}"
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn what_could_not_be_read_can_be_opened_and_closed() {
    browse("unreadable", 400, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        browser.stop_clock().await?;
        let module = Scene::Unreadable.enter(&browser, &launcher).await?;
        assert_seen(&browser, &module, true).await?;
        module.press_button("Skjul").await?;
        assert_seen(&browser, &module, false).await
    })
    .await;
}

async fn assert_seen(browser: &Browser, module: &Module, wanted: bool) -> Result<()> {
    let seen = || async { Ok((module.texts("finding").await?.is_empty() != wanted).then_some(())) };
    browser
        .wait_for(&format!("findings to be seen: {wanted}"), 5, seen)
        .await
}
