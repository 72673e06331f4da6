//! What is opened on demand: nothing of it is asked for before the click; a failure never looks like nothing; and what is
//! opened can be read and closed by everyone. What it says is in `on_demand_forms`, `on_demand_notes` and
//! `on_demand_events`.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use browser_tests::axe::violations;
use browser_tests::browser::{Browser, browse};
use browser_tests::day::OfTheDay;
use browser_tests::journal::{self, Width, open_window};
use browser_tests::launcher::{FIXTURES, Launcher};
use browser_tests::module::Module;
use browser_tests::{Result, target};
use fhir_fixtures::OnDemandExpected;
use serde_json::{Value, json};

use crate::on_demand_notes::{NOTE, Note};

const PATIENTS: [&str; 3] = ["questionnaires", "notes", "events"];

/// Kinds of resources that nobody needs before something is opened.
const ON_DEMAND: [&str; 10] = [
    "QuestionnaireResponse",
    "Questionnaire",
    "Composition",
    "DetectedIssue",
    "Communication",
    "Encounter",
    "MedicationStatement",
    "MedicationRequest",
    "Organization",
    "HealthcareService",
];

static DATA: OfTheDay<Result<PathBuf>> = OfTheDay::new(|| {
    let folder = target().join("e2e-on-demand");
    for case in FIXTURES.iter().filter(|case| PATIENTS.contains(&case.id)) {
        fhir_fixtures::write_case(case, &folder)?;
    }
    Ok(folder)
});

/// A launcher of one's own, so that what it was asked for was asked for here.
pub(crate) fn launcher() -> Result<Launcher> {
    let folder = DATA.as_ref().map_err(std::string::ToString::to_string)?;
    let bundle = |id: &str| folder.join(id).join("bundle.json").into();
    Launcher::start(PATIENTS.into_iter().flat_map(|id| ["--data".into(), bundle(id)]))
}

pub(crate) fn expected(patient: &str) -> Result<&'static OnDemandExpected> {
    let case = FIXTURES.iter().find(|case| case.id == patient);
    let case = case.ok_or_else(|| format!("no fixture {patient}"))?;
    Ok(case
        .expected
        .on_demand
        .as_ref()
        .ok_or("nothing expected on demand")?)
}

/// How often each kind of resource was asked for: `QuestionnaireResponse` → 1.
async fn asked(launcher: &Launcher) -> Result<BTreeMap<String, u64>> {
    let answer: Value = reqwest::get(format!("{}/requests", launcher.journal))
        .await?
        .json()
        .await?;
    let mut kinds = BTreeMap::new();
    for (name, count) in answer["counts"].as_object().into_iter().flatten() {
        if let Some(kind) = name.strip_prefix("GET ") {
            *kinds.entry(kind.to_owned()).or_default() += count.as_u64().unwrap_or_default();
        }
    }
    Ok(kinds)
}

/// Those among them that are on demand.
pub(crate) async fn asked_on_demand(launcher: &Launcher) -> Result<BTreeMap<String, u64>> {
    let mut kinds = asked(launcher).await?;
    kinds.retain(|kind, _| ON_DEMAND.contains(&kind.as_str()));
    Ok(kinds)
}

pub(crate) fn counts(kinds: &[(&str, u64)]) -> BTreeMap<String, u64> {
    kinds
        .iter()
        .map(|(kind, count)| ((*kind).to_owned(), *count))
        .collect()
}

/// Opens or closes what a head stands for.
pub(crate) async fn press(browser: &Browser, topic: &str) -> Result<()> {
    browser
        .script::<()>(&format!(
            "document.querySelector('[data-testid={topic}] button').click()"
        ))
        .await?;
    browser.settle().await
}

pub(crate) async fn all<T: serde::de::DeserializeOwned>(
    browser: &Browser,
    selector: &str,
    read: &str,
) -> Result<Vec<T>> {
    browser
        .script(&format!(
            "return [...document.querySelectorAll(`{selector}`)].map(it => ({read}))"
        ))
        .await
}

/// What can be read, with plain spaces.
pub(crate) async fn text(module: &Module) -> Result<String> {
    Ok(module.text().await?.replace('\u{a0}', " "))
}

pub(crate) async fn open(browser: &Browser, launcher: &Launcher, patient: &str) -> Result<Module> {
    open_window(browser, launcher, "hospital", patient, "ready").await
}

#[tokio::test]
async fn nothing_on_demand_is_asked_for_before_the_click_and_each_thing_once_after_it() {
    browse("on-demand-wire", 1200, |browser| async move {
        let launcher = launcher()?;
        for (patient, topic, hook, kinds) in [
            (
                "questionnaires",
                "questionnaires",
                "filling",
                counts(&[("QuestionnaireResponse", 1)]),
            ),
            (
                "notes",
                "notes",
                "note",
                counts(&[("Communication", 1), ("Composition", 1), ("DetectedIssue", 1)]),
            ),
        ] {
            for width in [Width::Narrow, Width::Wide] {
                let client = reqwest::Client::new();
                client
                    .delete(format!("{}/requests", launcher.journal))
                    .send()
                    .await?;
                let module = journal::open(&browser, &launcher, "gp", patient, width).await?;
                tokio::time::sleep(Duration::from_secs(1)).await;
                assert_eq!(
                    asked_on_demand(&launcher).await?,
                    counts(&[]),
                    "{patient} {width:?}"
                );
                press(&browser, topic).await?;
                module.wait_for_hook(hook).await?;
                let mut after = asked_on_demand(&launcher).await?;
                // The forms: each that a filling names, at most once.
                let forms = after.remove("Questionnaire").unwrap_or_default();
                assert!(forms <= 4, "{forms}");
                assert_eq!(after, kinds, "{patient} {width:?}");
                press(&browser, topic).await?;
                press(&browser, topic).await?;
                let again = asked_on_demand(&launcher).await?;
                assert_eq!(
                    again.values().sum::<u64>(),
                    kinds.values().sum::<u64>() + forms,
                    "opened again"
                );
            }
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_failure_never_looks_like_nothing_and_can_be_tried_again() {
    browse("on-demand-failure", 1200, |browser| async move {
        let launcher = launcher()?;
        let module = open(&browser, &launcher, "notes").await?;
        launcher
            .fail(json!([{ "on": "Communication", "fault": "truncated" }]))
            .await?;
        press(&browser, "notes").await?;
        let failed = || async {
            Ok(text(&module)
                .await?
                .contains("Oppfølgingsnotatene kunne ikke hentes")
                .then_some(()))
        };
        browser.wait_for("the failure", 20, failed).await?;
        assert!(!text(&module).await?.contains("Ingen oppfølgingsnotater"));
        let there: Vec<Note> = all(&browser, "[data-testid=note]", NOTE).await?;
        assert!(!there.is_empty(), "what came stays");
        launcher.heal().await?;
        module.press_button("Prøv igjen").await?;
        let whole = || async {
            let notes: Vec<Note> = all(&browser, "[data-testid=note]", NOTE).await?;
            Ok((notes.len() == expected("notes")?.notes.len()).then_some(()))
        };
        browser.wait_for("all notes", 10, whole).await?;
        assert!(!text(&module).await?.contains("kunne ikke hentes"));

        // Truly none is said in other words.
        press(&browser, "questionnaires").await?;
        module.wait_for_hook("none").await?;
        assert!(text(&module).await?.contains("Ingen skjema er besvart."));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn what_is_opened_is_accessible_and_escape_closes_it() {
    for (name, width) in [("on-demand-axe", 1200), ("on-demand-axe-narrow", 400)] {
        browse(name, width, |browser| async move {
            let launcher = launcher()?;
            for (patient, topic, hook) in [
                ("questionnaires", "questionnaires", "filling"),
                ("notes", "notes", "note"),
                ("events", "follow-up", "follow-up-service"),
            ] {
                let module = open(&browser, &launcher, patient).await?;
                press(&browser, topic).await?;
                module.wait_for_hook(hook).await?;
                if hook == "filling" {
                    module.press_button("Vis svar").await?;
                    module.wait_for_hook("answer").await?;
                }
                assert_eq!(violations(&browser).await?, [], "{patient}");
                let too_wide: bool = browser
                    .script(
                        "return document.documentElement.scrollWidth > document.documentElement.clientWidth",
                    )
                    .await?;
                assert!(!too_wide, "{patient} scrolls sideways");
                let escape = format!(
                    "document.querySelector('[data-testid={topic}] .demand-body').dispatchEvent(
                        new KeyboardEvent('keydown', {{ key: 'Escape', bubbles: true, cancelable: true }}))"
                );
                browser.script::<()>(&escape).await?;
                browser.settle().await?;
                assert_eq!(module.texts(hook).await?, Vec::<String>::new());
                let focus: String = browser.script("return document.activeElement.className").await?;
                assert!(
                    focus.contains("fold"),
                    "the focus is where it was opened: {focus:?}"
                );
            }
            Ok(())
        })
        .await;
    }
}
