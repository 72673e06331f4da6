//! Readings of one patient at several servers, each with a token, habits and failures of its own: one view of all.

use std::path::PathBuf;

use browser_tests::browser::{Browser, browse};
use browser_tests::day::OfTheDay;
use browser_tests::journal::{self, Width, open_window};
use browser_tests::launcher::{FIXTURES, Launcher};
use browser_tests::module::Module;
use browser_tests::{Result, target};
use fhir_fixtures::{Case, DEFAULT_SEED, generate, today};
use serde_json::{Value, json};

use crate::fixtures::compare;
use crate::none;

const PATIENT: &str = "handover";
/// As the host profile calls them; the journal itself is the first.
const SOURCES: usize = 4;

static FOLDER: OfTheDay<Result<PathBuf>> = OfTheDay::new(|| {
    let folder = target().join("e2e-sources");
    fhir_fixtures::write_case(case()?, &folder)?;
    Ok(folder.join(PATIENT))
});

fn case() -> Result<&'static Case> {
    let found = FIXTURES.iter().find(|case| case.id == PATIENT);
    found.ok_or_else(|| "the fixture is missing".into())
}

/// What is to be seen of all places together.
fn together() -> Result<Case> {
    let cases = generate(DEFAULT_SEED, today());
    let mut case = cases
        .into_iter()
        .find(|case| case.id == PATIENT)
        .ok_or("the fixture is missing")?;
    case.expected = case.together.take().ok_or("of one place only")?;
    Ok(case)
}

pub(crate) fn launcher() -> Result<Launcher> {
    let folder = FOLDER.as_ref().map_err(std::string::ToString::to_string)?;
    Launcher::start(["--data".into(), folder.into(), "--sources".into()])
}

pub(crate) async fn open(browser: &Browser, launcher: &Launcher) -> Result<Module> {
    journal::open(browser, launcher, "hospital", PATIENT, Width::Wide).await
}

/// Where each source stands, the journal itself first.
async fn stands(browser: &Browser) -> Result<Vec<String>> {
    browser
        .script("return [...document.querySelectorAll('[data-testid=source]')].map(source => source.dataset.stand)")
        .await
}

async fn wait_for_stands(browser: &Browser, wanted: [&str; SOURCES]) -> Result<()> {
    let are_so = || async { Ok((stands(browser).await? == wanted).then_some(())) };
    match browser.wait_for(&format!("{wanted:?}"), 20, are_so).await {
        Ok(()) => Ok(()),
        Err(error) => Err(format!("{error}; they are {:?}", stands(browser).await?).into()),
    }
}

/// What the launcher was asked: method, source, address and status of each request.
async fn requests(launcher: &Launcher) -> Result<Vec<Value>> {
    let said: Value = reqwest::get(format!("{}/requests", launcher.journal))
        .await?
        .json()
        .await?;
    Ok(said["requests"].as_array().cloned().unwrap_or_default())
}

async fn readings(module: &Module, parameter: &str) -> Result<usize> {
    let trends = module.trends().await?;
    let trend = trends.iter().find(|trend| trend.parameter == parameter);
    Ok(trend.map_or(Ok(0), |trend| trend.readings.parse())?)
}

#[tokio::test]
async fn readings_of_all_sources_are_one_view_and_copies_are_shown_once() {
    browse("sources", 1700, |browser| async move {
        let launcher = launcher()?;
        let module = open(&browser, &launcher).await?;
        wait_for_stands(&browser, ["here"; SOURCES]).await?;
        none(&compare(&module, &together()?).await?)?;
        assert_eq!(module.errors().await?, []);
        browser.screenshot("sources").await?;

        for request in requests(&launcher).await? {
            let address = request["address"].as_str().unwrap_or_default();
            assert_ne!(
                request["status"], 401,
                "a token went where it is not accepted: {request}"
            );
            assert!(
                request["source"] != "lab-module"
                    || request["method"] != "GET"
                    || !address.contains("identifier"),
                "an identity number stands in an address: {request}"
            );
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_plan_comes_from_its_home_and_no_plan_is_asked_for_elsewhere() {
    browse("plan-home", 1700, |browser| async move {
        let launcher = launcher()?;
        let module = open(&browser, &launcher).await?;
        module.wait_for_hook("plan").await?;
        let asked: Vec<_> = requests(&launcher)
            .await?
            .into_iter()
            .filter(|request| request["kind"] == "CarePlan" || request["kind"] == "Goal")
            .collect();
        assert!(!asked.is_empty());
        assert!(
            asked.iter().all(|request| request["source"] == "hospital"),
            "{asked:?}"
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_source_that_fails_costs_only_its_own_rows_and_is_asked_again_by_itself() {
    browse("source-fails", 1700, |browser| async move {
        let launcher = launcher()?;
        let whole = {
            let module = open(&browser, &launcher).await?;
            wait_for_stands(&browser, ["here"; SOURCES]).await?;
            readings(&module, "spo2").await?
        };
        launcher
            .fail(json!([{ "on": "Observation", "source": "hospital", "fault": "403" }]))
            .await?;
        let module = open(&browser, &launcher).await?;
        wait_for_stands(&browser, ["here", "failed", "here", "here"]).await?;
        let fewer = readings(&module, "spo2").await?;
        assert!(0 < fewer && fewer < whole, "{fewer} of {whole}");
        let errors = module.errors().await?;
        assert_eq!(errors.len(), 1, "{errors:?}");
        browser.screenshot("source-fails").await?;

        launcher.heal().await?;
        module.press_button("Prøv igjen").await?;
        wait_for_stands(&browser, ["here"; SOURCES]).await?;
        let is_whole = || async { Ok((readings(&module, "spo2").await? == whole).then_some(())) };
        browser.wait_for("all readings", 10, is_whole).await?;
        assert_eq!(module.errors().await?, []);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_source_that_wants_to_know_who_is_there_is_opened_by_a_click_and_by_nothing_else() {
    browse("source-asks", 1700, |browser| async move {
        let launcher = launcher()?;
        launcher
            .fail(json!([{ "on": "authorize", "source": "lab-module", "fault": "login-required" }]))
            .await?;
        let module = open(&browser, &launcher).await?;
        wait_for_stands(&browser, ["here", "here", "here", "asks-user"]).await?;
        assert_eq!(module.errors().await?, [], "to be asked is no error");
        assert_eq!(
            browser.driver.windows().await?.len(),
            1,
            "nothing opens by itself"
        );

        launcher.heal().await?;
        module.press_button("Åpne Kommunens journal").await?;
        wait_for_stands(&browser, ["here"; SOURCES]).await
    })
    .await;
}

#[tokio::test]
async fn where_the_code_for_sources_does_not_come_the_journals_own_readings_are_there_all_the_same() {
    browse("sources-away", 1700, |browser| async move {
        let launcher = launcher()?;
        browser
            .before_load(
                "{
                    const ask = globalThis.fetch;
                    globalThis.fetch = (address, options) =>
                        globalThis.isKept !== false && String(address).endsWith('-sources.wasm')
                            ? Promise.reject(new TypeError('no connection'))
                            : ask(address, options);
                }",
            )
            .await?;
        // A page of its own: what is run before a page loads reaches no frame of another site.
        let module = open_window(&browser, &launcher, "hospital", PATIENT, "ready").await?;
        wait_for_stands(&browser, ["here", "failed", "failed", "failed"]).await?;
        let own = readings(&module, "spo2").await?;
        assert!(own > 0);

        browser.script::<()>("globalThis.isKept = false").await?;
        module.press_button("Hent på nytt").await?;
        wait_for_stands(&browser, ["here"; SOURCES]).await?;
        let are_more = || async { Ok((readings(&module, "spo2").await? > own).then_some(())) };
        browser.wait_for("the other readings", 10, are_more).await
    })
    .await;
}
