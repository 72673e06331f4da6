//! One patient at a time, and nothing left behind: what is shown of whom, what a session leaves where others could
//! find it, and whom it speaks with.

use std::time::Duration;

use browser_tests::Result;
use browser_tests::browser::{Browser, browse};
use browser_tests::journal::{self, open_window};
use browser_tests::launcher::Launcher;
use browser_tests::module::Module;
use browser_tests::stub::Answer;
use browser_tests::witness::Noted;
use serde_json::{Value, json};

use crate::small_host::{SmallHost, resources, searchset};

const FIRST: &str = "kols";
const SECOND: &str = "heart-failure";

/// The family name in the check line: `Kari Lungevik · 12.03.1953`.
pub(crate) fn family(check: &str) -> String {
    let name = check.split(['·', '\n']).next().unwrap_or_default();
    name.split_whitespace().last().unwrap_or_default().to_owned()
}

async fn family_of(browser: &Browser, launcher: &Launcher, patient: &str) -> Result<String> {
    let module = open_window(browser, launcher, "gp", patient, "ready").await?;
    let family = family(&module.patient_check().await?);
    assert!(family.len() > 2, "{patient} has no name");
    Ok(family)
}

/// The journal by the name that makes it one site with the viewer: the same frames, but what happens in them can
/// be noted.
fn of_one_site(address: &str) -> String {
    address.replace("127.0.0.1", "localhost")
}

#[tokio::test]
async fn nothing_of_the_first_patient_appears_after_the_second_is_launched() {
    browse("isolation-switch", 1200, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        browser.witness().await?;
        let names = [
            family_of(&browser, &launcher, FIRST).await?,
            family_of(&browser, &launcher, SECOND).await?,
        ];
        assert_ne!(names[0], names[1]);
        launcher
            .fail(json!([{ "on": "Observation", "match": FIRST, "fault": "delay", "ms": 3_000 }]))
            .await?;
        browser.goto(&of_one_site(&launcher.page("gp", FIRST))).await?;
        let module = Module::new(browser.clone());
        let first = || async {
            journal::enter(&browser).await?;
            Ok((family(&module.patient_check().await?) == names[0]).then_some(()))
        };
        browser.wait_for("the first patient", 20, first).await?;

        browser.driver.enter_default_frame().await?;
        let page = launcher.page("gp", SECOND).replace(&launcher.journal, "");
        let script = format!(
            "const done = arguments[0];
            fetch('{page}').then(page => page.text()).then(text => {{
                const other = new DOMParser().parseFromString(text, 'text/html').getElementById('module').src;
                document.getElementById('module').src = other;
                done(dhoWitness.texts.length);
            }})"
        );
        let answer = browser.driver.execute_async(&script, Vec::<Value>::new()).await?;
        let before: usize = serde_json::from_value(answer.json().clone())?;
        let second = || async {
            journal::enter(&browser).await?;
            let there =
                module.state().await? == "ready" && family(&module.patient_check().await?) == names[1];
            Ok(there.then_some(()))
        };
        browser.wait_for("the second patient", 20, second).await?;
        // Until the first patient's readings have come, had they been waited for.
        tokio::time::sleep(Duration::from_secs(4)).await;
        let rows = module.latest_rows().await?;
        assert!(
            !rows.is_empty() && rows.iter().all(|row| row.parameter != "fev1"),
            "{rows:?}"
        );

        browser.driver.enter_default_frame().await?;
        let texts = browser.noted().await?.texts;
        let (old, new) = texts.split_at(before);
        assert!(
            old.iter().any(|it| it.text.contains(&names[0])),
            "the first was seen"
        );
        assert!(
            new.iter().any(|it| it.text.contains(&names[1])),
            "the second was seen"
        );
        let old_pages: Vec<_> = old.iter().map(|it| &it.page).collect();
        for later in new.iter().filter(|it| !old_pages.contains(&&it.page)) {
            assert!(!later.text.contains(&names[0]), "{}", later.text);
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn answers_that_come_after_the_patient_has_changed_are_not_drawn() {
    browse("isolation-late", 1200, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        browser.witness().await?;
        let name = family_of(&browser, &launcher, FIRST).await?;
        launcher
            .put_faults(json!({
                "faults": [{ "on": "Observation", "fault": "delay", "ms": 5_000 }], "launch": { "fhircast": true } }))
            .await?;
        let module = open_window(&browser, &launcher, "gp", FIRST, "loading").await?;
        let known = || async {
            let subscribed = browser.noted().await?.sockets.len() == 1;
            Ok((subscribed && module.text().await?.contains(&name)).then_some(()))
        };
        browser.wait_for("the name and the hub", 4, known).await?;
        reqwest::get(launcher.page("gp", SECOND)).await?.error_for_status()?;
        module.wait_for_state("blanked").await?;
        for _ in 0..12 {
            tokio::time::sleep(Duration::from_millis(500)).await;
            let text = module.text().await?;
            assert!(!text.contains(&name) && text.contains("Pasienten er byttet"), "{text}");
            assert_eq!(module.latest_rows().await?, []);
            assert_eq!(module.state().await?, "blanked");
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_reading_of_another_patient_among_ours_is_told_and_never_shown() {
    browse("isolation-mixed", 1200, |browser| async move {
        let mut readings = resources("Observation");
        let mut foreign = readings.last().cloned().ok_or("no readings")?;
        foreign["id"] = "of-someone-else".into();
        foreign["subject"] = json!({ "reference": "Patient/noen-andre" });
        foreign["code"] =
            json!({ "coding": [{ "system": "https://eksempel.no", "code": "x" }], "text": "Fremmedmål" });
        readings.insert(0, foreign);
        let page = searchset(&readings);
        let host = SmallHost::start(move |_| Answer::fhir(&page))?;
        let module = host.open(&browser, "ready").await?;
        let kinds: Vec<_> = module.findings().await?.into_iter().map(|it| it.kind).collect();
        assert!(kinds.iter().any(|kind| kind == "other-patient"), "{kinds:?}");
        let rows = module.latest_rows().await?;
        assert!(
            !rows.is_empty() && rows.iter().all(|row| !row.parameter.contains('|')),
            "{rows:?}"
        );
        let text: String = browser.script("return document.body.textContent").await?;
        assert!(!text.contains("Fremmedmål"), "{text}");
        Ok(())
    })
    .await;
}

/// Opens a patient and uses everything on the screen.
async fn session(browser: &Browser, launcher: &Launcher) -> Result<(Module, Noted)> {
    browser.witness().await?;
    launcher
        .launch_with(json!({ "messaging": true, "fhircast": true, "needPatientBanner": true }))
        .await?;
    let module = open_window(browser, launcher, "gp", FIRST, "ready").await?;
    module.trend_when("spo2", |_| true).await?;
    module.trend_rows("spo2").await?;
    module.close_row("spo2").await?;
    module.press_button("30 dager").await?;
    module.press_button("Velg parametre").await?;
    module.wait_for_hook("picker").await?;
    module.choose_language("en").await?;
    module.choose_language("nb").await?;
    module.press_button("Hent på nytt").await?;
    tokio::time::sleep(Duration::from_secs(2)).await;
    module.wait_for_state("ready").await?;
    assert_eq!(module.errors().await?, []);
    let noted = browser.noted().await?;
    assert!(noted.requests.len() > 5, "{:#?}", noted.requests);
    Ok((module, noted))
}

/// Whatever of a form's fields must not be found anywhere.
fn secrets(noted: &Noted) -> Vec<String> {
    let mut secrets = Vec::new();
    for request in &noted.requests {
        secrets.extend(request.authorization.strip_prefix("Bearer ").map(str::to_owned));
        for field in request.body.split('&').filter_map(|field| field.split_once('=')) {
            if let ("code" | "code_verifier" | "refresh_token", value) = field {
                secrets.push(value.to_owned());
            }
        }
    }
    secrets.sort();
    secrets.dedup();
    secrets
}

#[tokio::test]
async fn a_session_leaves_nothing_behind() {
    browse("isolation-left", 1200, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        let (module, noted) = session(&browser, &launcher).await?;
        let mut secrets = secrets(&noted);
        assert!(secrets.len() >= 3, "token, code and verifier: {}", secrets.len());
        secrets.push(FIRST.to_owned());
        let check = module.patient_check().await?;
        secrets.push(family(&check));
        // Date of birth and identity number.
        let is_number = |word: &&str| word.chars().filter(char::is_ascii_digit).count() >= 5;
        secrets.extend(check.split_whitespace().filter(is_number).map(str::to_owned));
        assert!(secrets.len() >= 6, "a name and numbers in {check}");

        let mut places = browser.left_behind().await?;
        assert!(
            places
                .iter()
                .any(|(kind, content)| kind == "localStorage" && content.contains("nb")),
            "the language is remembered: {places:?}"
        );
        places.extend(
            noted
                .console
                .iter()
                .map(|line| ("console".to_owned(), line.clone())),
        );
        places.extend(
            browser
                .console()
                .await?
                .into_iter()
                .map(|line| ("the browser's console".to_owned(), line)),
        );
        for (kind, content) in &places {
            for secret in &secrets {
                assert!(
                    !content.contains(secret.as_str()),
                    "{kind}: {secret} in {content}"
                );
            }
            let must_be_empty = ["cookies", "console", "the browser's console", "name"];
            assert!(
                !must_be_empty.contains(&kind.as_str()) || content.is_empty(),
                "{kind}: {content}"
            );
            let nothing = [
                ("sessionStorage", "[]"),
                ("indexedDB", "[]"),
                ("caches", "[]"),
                ("workers", "0"),
            ];
            for (_, empty) in nothing.iter().filter(|(other, _)| other == kind) {
                assert_eq!(content, empty, "{kind}");
            }
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_session_keeps_to_its_policy_and_its_two_origins_and_no_cache() {
    browse("isolation-policy", 1200, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        let (_, noted) = session(&browser, &launcher).await?;
        assert_eq!(noted.violations, Vec::<String>::new());
        assert_eq!(browser.console().await?, Vec::<String>::new());

        let origins = [&launcher.journal, &launcher.viewer];
        let is_ours = |address: &str| {
            origins
                .iter()
                .any(|origin| address.starts_with(&format!("{origin}/")))
        };
        let foreign: Vec<_> = browser
            .requests()
            .await?
            .into_iter()
            .filter(|address| !is_ours(address))
            .collect();
        assert_eq!(foreign, Vec::<String>::new());
        let hub = launcher.journal.replacen("http", "ws", 1);
        assert!(
            noted.sockets.iter().all(|address| address.starts_with(&hub)),
            "{:?}",
            noted.sockets
        );

        let (token, fhir) = (
            format!("{}/auth/token", launcher.journal),
            format!("{}/", launcher.fhir()),
        );
        for request in &noted.requests {
            let is_the_journals = request.address.starts_with(&launcher.journal);
            assert!(
                !is_the_journals || (request.cache == "no-store" && request.referrer_policy == "no-referrer"),
                "may be cached or says where it comes from: {} {}",
                request.method,
                request.address
            );
            let has_token = !request.authorization.is_empty();
            assert!(
                !has_token || is_the_journals && request.address != token,
                "a token for {}",
                request.address
            );
        }
        assert!(
            noted
                .requests
                .iter()
                .any(|request| request.address.starts_with(&fhir))
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_hosts_of_data_are_not_told_where_the_request_comes_from() {
    browse("isolation-referrer", 1200, |browser| async move {
        let host = SmallHost::start(crate::small_host::fhir)?;
        host.open(&browser, "ready").await?;
        let requests = host.host.requests();
        assert!(
            requests
                .iter()
                .any(|request| request.path.contains("Observation"))
        );
        for request in requests {
            assert!(
                !request.referrer.contains('?')
                    && (request.referrer.is_empty() || request.path == "/authorize"),
                "{} was told {}",
                request.path,
                request.referrer
            );
        }
        Ok(())
    })
    .await;
}
