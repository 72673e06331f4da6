//! What goes wrong between the journal, the viewer and a server: each time a clear message that names the step and
//! the host, never a blank page, and never something that looks like "no data".

use browser_tests::Result;
use browser_tests::browser::{Browser, browse};
use browser_tests::launcher::Launcher;
use browser_tests::module::{Module, Shown};
use browser_tests::stub::{Answer, Stub};
use browser_tests::viewer_site;
use serde_json::{Value, json};
use thirtyfour::By;

use crate::small_host::{PATIENT, SmallHost, resources, searchset};

/// The one error shown, checked for what each of them must have.
async fn the_error(module: &Module) -> Result<Shown> {
    module.wait_for_state("error").await?;
    let errors = module.errors().await?;
    let [error] = errors.as_slice() else {
        return Err(format!("not one error: {errors:?}").into());
    };
    assert!(!error.host.is_empty(), "no host: {error:?}");
    assert!(error.text.len() > 20, "no words: {error:?}");
    assert!(module.latest_rows().await?.is_empty(), "rows beside an error");
    Ok(error.clone())
}

async fn error_at(browser: &Browser, url: &str) -> Result<Shown> {
    browser.goto(url).await?;
    the_error(&Module::new(browser.clone())).await
}

#[tokio::test]
async fn a_start_without_iss_or_launch_says_so() {
    browse("start", 1200, |browser| async move {
        let launcher = Launcher::shared()?;
        let (viewer, iss) = (&launcher.viewer, launcher.fhir());
        let mut texts = Vec::new();
        for query in ["".to_owned(), "?launch=x".to_owned(), format!("?iss={iss}")] {
            let error = error_at(&browser, &format!("{viewer}/{query}")).await?;
            assert_eq!(error.step, "start", "{query}: {error:?}");
            texts.push(error.text);
        }
        texts.dedup();
        assert_eq!(texts.len(), 3, "three different mistakes: {texts:?}");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_issuer_that_is_not_listed_is_never_contacted() {
    browse("unlisted", 1200, |browser| async move {
        let stranger = Stub::start(|_| Answer::not_found())?;
        let viewer = &Launcher::shared()?.viewer;
        let error = error_at(
            &browser,
            &format!("{viewer}/?iss={}/fhir&launch=x", stranger.address()),
        )
        .await?;
        assert_eq!(error.step, "start", "{error:?}");
        assert_eq!(stranger.requests(), []);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_launch_that_the_journal_does_not_know_is_refused_in_words() {
    browse("launch", 1200, |browser| async move {
        let launcher = Launcher::shared()?;
        let url = format!("{}/?iss={}&launch=invented", launcher.viewer, launcher.fhir());
        let error = error_at(&browser, &url).await?;
        assert_eq!(error.step, "callback", "{error:?}");
        assert!(launcher.journal.ends_with(&error.host), "{error:?}");
        Ok(())
    })
    .await;
}

/// The viewer at an address that the launcher does not know, in another site's frame.
async fn framed_elsewhere(browser: &Browser, client: &str) -> Result<Shown> {
    let launcher = Launcher::shared()?;
    let iss = launcher.fhir();
    let site = viewer_site::serve(&json!({ "hosts": [{
        "name": "Simulert journal", "iss": iss, "clientId": client, "scopes": ["launch", "patient/Observation.rs"],
    }] }))?;
    let module = format!("{}/?iss={iss}&launch=x", site.other_site());
    let journal =
        Stub::start(move |_| Answer::html(200, &format!("<iframe id=module src='{module}'></iframe>")))?;
    browser.goto(&journal.address()).await?;
    browser_tests::journal::enter(browser).await?;
    let module = Module::new(browser.clone());
    // The page that stays could be a log-in, which may need a window of its own.
    module.wait_for_hook("sign-in").await?;
    module.press_button("Åpne innloggingen").await?;
    let told = read_and_close_window(browser).await?;
    assert!(told.contains("Lukk modulen"), "{told}");
    browser_tests::journal::enter(browser).await?;
    the_error(&module).await
}

/// What the window that was opened last says; it is closed again.
async fn read_and_close_window(browser: &Browser) -> Result<String> {
    let driver = &browser.driver;
    let first = driver.window().await?;
    let opened = || async {
        Ok(driver
            .windows()
            .await?
            .into_iter()
            .find(|window| *window != first))
    };
    let window = browser.wait_for("a window", 10, opened).await?;
    driver.switch_to_window(window).await?;
    let text = || async {
        let text: String = browser.script("return document.body.innerText").await?;
        Ok((!text.trim().is_empty()).then_some(text))
    };
    let text = browser.wait_for("words in the window", 10, text).await?;
    driver.close_window().await?;
    driver.switch_to_window(first).await?;
    Ok(text)
}

#[tokio::test]
async fn an_unregistered_client_is_told_in_the_frame() {
    browse("client", 1200, |browser| async move {
        let error = framed_elsewhere(&browser, "somebody-else").await?;
        assert_eq!(error.step, "authorize", "{error:?}");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_wrong_redirect_address_is_told_in_the_frame() {
    browse("redirect", 1200, |browser| async move {
        let error = framed_elsewhere(&browser, "dho-viewer").await?;
        assert_eq!(error.step, "authorize", "{error:?}");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_patient_that_is_not_there_is_told_by_the_journal_and_by_the_module() {
    browse("nobody", 1200, |browser| async move {
        let page = Launcher::shared()?.page("hospital", "nobody");
        browser.goto(&page).await?;
        let text = browser.driver.find(By::Css("main")).await?.text().await?;
        assert!(text.contains("Fant ikke pasienten"), "{text}");

        browser.goto(&format!("{page}&force=1")).await?;
        browser_tests::journal::enter(&browser).await?;
        let error = the_error(&Module::new(browser.clone())).await?;
        assert!(Launcher::shared()?.journal.ends_with(&error.host), "{error:?}");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_host_that_answers_html_is_named() {
    browse("html", 1200, |browser| async move {
        let host = SmallHost::answering(|_, _| Answer::html(200, "<h1>Velkommen til portalen</h1>"))?;
        let error = the_error(&host.open(&browser, "error").await?).await?;
        assert_eq!(error.step, "discovery", "{error:?}");
        assert!(host.host.address().ends_with(&error.host), "{error:?}");
        assert!(
            !error.text.contains("Velkommen"),
            "its page is not ours to show: {error:?}"
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn readings_that_come_as_html_are_an_error_and_not_an_empty_list() {
    browse("html-readings", 1200, |browser| async move {
        let host = SmallHost::start(|_| Answer::html(200, "<h1>Logg inn</h1>"))?;
        fetching_failed(&browser, &host).await
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_the_network_cuts_off_is_an_error_and_not_an_empty_list() {
    browse("cut-network", 1200, |browser| async move {
        let whole = searchset(&resources("Observation"));
        let host = SmallHost::start(move |_| Answer {
            cut_at: Some(5_000),
            ..Answer::fhir(&whole)
        })?;
        fetching_failed(&browser, &host).await
    })
    .await;
}

async fn fetching_failed(browser: &Browser, host: &SmallHost) -> Result<()> {
    let module = host.open_to_the_end(browser).await?;
    let errors = module.errors().await?;
    assert!(!errors.is_empty(), "no error: {}", module.text().await?);
    assert!(
        errors
            .iter()
            .all(|error| host.host.address().ends_with(&error.host)),
        "{errors:?}"
    );
    assert!(!module.text().await?.contains("Ingen målinger"));
    Ok(())
}

#[tokio::test]
async fn an_empty_bundle_is_no_data_and_not_an_error() {
    browse("empty", 1200, |browser| async move {
        let host =
            SmallHost::start(|_| Answer::fhir(&json!({ "resourceType": "Bundle", "type": "searchset" })))?;
        let module = host.open(&browser, "ready").await?;
        assert_eq!(module.errors().await?, []);
        assert_eq!(module.latest_rows().await?, []);
        let text = module.text().await?;
        assert!(
            text.contains("følges ikke opp") || text.contains("Ingen målinger"),
            "{text}"
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_bundle_cut_off_in_the_middle_keeps_what_came_and_says_so() {
    browse("cut-bundle", 1200, |browser| async move {
        let whole = searchset(&resources("Observation")).to_string();
        let half = whole.get(..whole.len() / 2).unwrap_or_default().to_owned();
        let host = SmallHost::start(move |_| Answer::new(200, "application/fhir+json", half.clone()))?;
        let module = host.open_to_the_end(&browser).await?;
        let findings = module.findings().await?;
        let told = findings.iter().any(|finding| finding.kind == "broken-bundle");
        assert!(
            told || !module.errors().await?.is_empty(),
            "not told: {}",
            module.text().await?
        );
        assert!(
            !module.latest_rows().await?.is_empty(),
            "what came is lost: {}",
            module.text().await?
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn one_bad_entry_costs_the_others_nothing() {
    browse("bad-entry", 1200, |browser| async move {
        let mut readings = resources("Observation");
        let good: Vec<Value> = readings.clone();
        for (bad, value) in [
            ("status", json!({ "a": 1 })),
            ("valueQuantity", json!("ninety")),
            ("code", json!(7)),
        ] {
            let mut reading = good.first().cloned().unwrap_or_default();
            reading["id"] = json!(format!("bad-{bad}"));
            reading[bad] = value;
            readings.insert(0, reading);
        }
        readings.insert(1, json!("not a resource"));
        let bundle = searchset(&readings);
        let host = SmallHost::start(move |_| Answer::fhir(&bundle))?;
        let module = host.open(&browser, "ready").await?;
        let parameters = module.latest_rows().await?.len();
        assert!(
            parameters >= 5,
            "{parameters} rows of {PATIENT}: {}",
            module.text().await?
        );
        assert!(
            module.findings().await?.len() >= 3,
            "{:?}",
            module.findings().await?
        );
        Ok(())
    })
    .await;
}
