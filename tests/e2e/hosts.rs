//! Hosts that differ from the simulated journal as real ones do: slower perhaps, never less. Each is told to the
//! viewer by its profile only.

use std::path::PathBuf;

use browser_tests::browser::{Browser, browse};
use browser_tests::day::OfTheDay;
use browser_tests::journal::{self, Width};
use browser_tests::launcher::Launcher;
use browser_tests::module::Module;
use browser_tests::{Result, target};
use fhir_fixtures::{Case, DEFAULT_SEED, generate, today};
use thirtyfour::By;

use crate::fixtures::compare;
use crate::none;
use crate::small_host::PATIENT;

/// What one server each was seen to do.
const HABITS: [&str; 16] = [
    "no-history",
    "no-lastn",
    "cap-count=50",
    "ignore-sort",
    "unknown-parameter-400",
    "unknown-parameter-422",
    "unknown-parameter-outcome",
    "total-wrong",
    "total-absent",
    "opaque-next",
    "no-elements",
    "no-include",
    "no-missing",
    "iss-slash",
    "no-etag",
    "relative-endpoints",
];

static FILE: OfTheDay<Result<PathBuf>> = OfTheDay::new(|| {
    let folder = target().join("e2e-hosts");
    fhir_fixtures::write_case(&expected("any")?, &folder)?;
    Ok(folder.join(PATIENT).join("bundle.json"))
});

/// What is to be seen behind a host.
fn expected(host: &str) -> Result<Case> {
    let mut case = generate(DEFAULT_SEED, today())
        .into_iter()
        .find(|case| case.id == PATIENT)
        .ok_or("the fixture is missing")?;
    if host == "nhn" {
        // Without the plan nobody knows how often these were to be measured.
        for name in ["weight", "fev1"] {
            if let Some(parameter) = case.expected.parameters.get_mut(name) {
                parameter.gaps = 0;
            }
        }
    }
    Ok(case)
}

pub(crate) fn launcher(option: &str, value: &str) -> Result<Launcher> {
    let file = FILE.as_ref().map_err(std::string::ToString::to_string)?;
    Launcher::start(["--data".into(), file.into(), option.into(), value.into()])
}

/// What the viewer shows of the patient otherwise than behind a host without habits.
async fn wrong_behind(browser: &Browser, option: &str, value: &str) -> Result<Vec<String>> {
    let launcher = launcher(option, value)?;
    let module = journal::open(browser, &launcher, "hospital", PATIENT, Width::Wide).await?;
    let mut wrong = compare(&module, &expected(value)?).await?;
    let errors = module.errors().await?.into_iter();
    wrong.extend(errors.map(|error| format!("error: {}", error.text)));
    let plans = module.texts("plan").await?.len();
    wrong.extend((plans != 1).then(|| format!("{plans} plans")));
    Ok(wrong)
}

async fn all_behind(browser: &Browser, option: &str, values: &[&str]) -> Result<()> {
    let mut wrong = Vec::new();
    for value in values {
        match wrong_behind(browser, option, value).await {
            Ok(found) => wrong.extend(found.into_iter().map(|what| format!("{value}: {what}"))),
            Err(error) => wrong.push(format!("{value}: {error}")),
        }
    }
    none(&wrong)
}

#[tokio::test]
async fn every_reading_is_shown_behind_each_kind_of_host() {
    browse("imitations", 1700, |browser| async move {
        all_behind(&browser, "--imitate", &["dips", "gp", "nhn"]).await
    })
    .await;
}

#[tokio::test]
async fn no_habit_of_a_server_costs_a_reading() {
    browse("habits", 1700, |browser| async move {
        all_behind(&browser, "--habit", &HABITS).await
    })
    .await;
}

#[tokio::test]
async fn without_a_journal_the_viewer_opens_after_the_patient_is_chosen() {
    browse("standalone", 1200, |browser| async move {
        let launcher = launcher("--habit", "standalone")?;
        let address = format!("{}/?iss={}", launcher.viewer, launcher.fhir());
        browser.goto(&address).await?;
        let name = |text: &str| text.split(',').next().map(str::to_owned);
        let patient = || async { Ok(browser.driver.find(By::Css("main.start a")).await.ok()) };
        let patient = browser.wait_for("the choice of a patient", 15, patient).await?;
        let chosen = name(&patient.text().await?).ok_or("a patient without a name")?;
        patient.click().await?;

        let module = Module::new(browser.clone());
        module.wait_for_state("ready").await?;
        let check = module.patient_check().await?;
        assert!(check.contains(&chosen), "{check} is not {chosen}");
        assert!(!module.latest_rows().await?.is_empty());
        assert_eq!(module.errors().await?, []);
        Ok(())
    })
    .await;
}
