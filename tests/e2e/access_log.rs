//! That somebody has looked, told to a journal that wants to know (AuditEvent): once an opening, in the name of the user
//! whose log-in was checked, and never in the way of the view.

use browser_tests::Result;
use browser_tests::browser::{Browser, browse};
use browser_tests::journal::{self, Width, open_window};
use browser_tests::launcher::Launcher;
use browser_tests::witness::Asked;
use serde_json::{Value, json};
use thirtyfour::By;

const GP: &str = "fastlege-solheim";

fn launcher() -> Result<Launcher> {
    Launcher::with_plans(&["audit"])
}

fn is_log(asked: &Asked) -> bool {
    asked.address.contains("/AuditEvent")
}

/// What the current page has told, in the order of all that it has asked for.
async fn told(browser: &Browser) -> Result<Vec<Asked>> {
    let requests = browser.noted().await?.requests;
    Ok(requests.into_iter().filter(is_log).collect())
}

async fn wait_for_told(browser: &Browser) -> Result<Asked> {
    let first = || async { Ok(told(browser).await?.into_iter().next()) };
    browser.wait_for("the journal to be told", 10, first).await
}

/// What the journal's log says of a patient.
async fn log(launcher: &Launcher, patient: &str) -> Result<Vec<Value>> {
    let address = format!("{}/audit?patient={patient}", launcher.journal);
    Ok(reqwest::get(address).await?.json().await?)
}

#[tokio::test]
async fn each_opening_is_told_once_with_who_whom_what_and_when() {
    browse("log-once", 1200, |browser| async move {
        let launcher = launcher()?;
        browser.witness().await?;
        let module = open_window(&browser, &launcher, "gp", "kols", "ready").await?;
        let sent = wait_for_told(&browser).await?;
        assert_eq!(
            (&*sent.method, &*sent.address),
            ("POST", &*format!("{}/AuditEvent", launcher.fhir()))
        );
        let event: Value = serde_json::from_str(&sent.body)?;
        for (place, expected) in [
            ("/resourceType", json!("AuditEvent")),
            ("/action", json!("R")),
            ("/outcome", json!("0")),
            ("/agent/0/requestor", json!(true)),
            ("/agent/0/name", json!("Kari Solheim")),
            ("/entity/0/what/reference", json!("Patient/kols")),
        ] {
            assert_eq!(event.pointer(place), Some(&expected), "{place} in {event}");
        }
        let who = event
            .pointer("/agent/0/who/reference")
            .and_then(Value::as_str)
            .unwrap_or_default();
        assert!(who.ends_with(&format!("Practitioner/{GP}")), "{who}");
        let recorded: jiff::Timestamp = event["recorded"].as_str().unwrap_or_default().parse()?;
        let age = jiff::Timestamp::now().duration_since(recorded);
        assert!(age.as_secs().abs() < 60, "{recorded}");
        for reading in module.latest_rows().await? {
            assert!(
                !sent.body.contains(&format!("\"{}\"", reading.value)),
                "{} in {event}",
                reading.value
            );
        }

        // More of the same opening is not told again.
        module.press_button("30 dager").await?;
        module.press_button("Hent på nytt").await?;
        module.wait_for_state("ready").await?;
        assert_eq!(told(&browser).await?.len(), 1);
        let [line] = &log(&launcher, "kols").await?[..] else {
            return Err("not one line".into());
        };
        assert_eq!(
            (&line["who"], &line["action"]),
            (&json!("Kari Solheim"), &json!("R"))
        );

        open_window(&browser, &launcher, "hospital", "kols", "ready").await?;
        wait_for_told(&browser).await?;
        let both = || async { Ok((log(&launcher, "kols").await?.len() == 2).then_some(())) };
        browser.wait_for("the second opening", 5, both).await?;
        assert_eq!(log(&launcher, "plan-texts").await?, Vec::<Value>::new());
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn nothing_is_told_before_the_log_in_was_checked() {
    browse("log-checked", 1200, |browser| async move {
        let launcher = launcher()?;
        browser.witness().await?;
        open_window(&browser, &launcher, "gp", "kols", "ready").await?;
        wait_for_told(&browser).await?;
        let requests = browser.noted().await?.requests;
        let place = |part: &str| requests.iter().position(|asked| asked.address.contains(part));
        let (keys, told) = (place("/auth/jwks"), place("/AuditEvent"));
        assert!(keys.is_some() && keys < told, "{keys:?} {told:?}");

        // In nobody's name it is not told at all: the screen says nothing of a user either.
        for fault in ["bad-signature", "alg-none", "wrong-nonce"] {
            launcher.fail(json!([{ "on": "token", "fault": fault }])).await?;
            let module = open_window(&browser, &launcher, "gp", "kols", "ready").await?;
            tokio::time::sleep(std::time::Duration::from_secs(1)).await;
            assert!(!module.latest_rows().await?.is_empty(), "{fault}");
            assert_eq!(self::told(&browser).await?.len(), 0, "{fault}");
            assert_eq!(module.texts("user").await?, Vec::<String>::new(), "{fault}");
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_log_that_fails_hinders_nobody_and_is_not_pestered() {
    browse("log-failed", 1200, |browser| async move {
        let launcher = launcher()?;
        browser.witness().await?;
        for fault in ["403", "503", "drop", "html"] {
            launcher
                .fail(json!([{ "on": "AuditEvent", "fault": fault }]))
                .await?;
            let module = open_window(&browser, &launcher, "gp", "kols", "ready").await?;
            wait_for_told(&browser).await?;
            tokio::time::sleep(std::time::Duration::from_secs(2)).await;
            assert_eq!(told(&browser).await?.len(), 1, "{fault}");
            assert_eq!(module.errors().await?, [], "{fault}");
            assert_eq!(module.state().await?, "ready", "{fault}");
        }
        launcher
            .fail(json!([{ "on": "AuditEvent", "fault": "delay", "ms": 10_000 }]))
            .await?;
        let module = open_window(&browser, &launcher, "gp", "kols", "ready").await?;
        assert!(
            !module.latest_rows().await?.is_empty(),
            "nothing waits for the log"
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_journal_that_does_not_want_it_is_not_told() {
    browse("log-none", 1200, |browser| async move {
        let launcher = Launcher::with_plans(&[])?;
        browser.witness().await?;
        let module = open_window(&browser, &launcher, "gp", "kols", "ready").await?;
        module.wait_for_hook("user").await?;
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        assert_eq!(told(&browser).await?.len(), 0);
        assert_eq!(log(&launcher, "kols").await?, Vec::<Value>::new());
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_journal_shows_who_has_looked() {
    browse("log-shown", 1200, |browser| async move {
        let launcher = launcher()?;
        journal::open(&browser, &launcher, "gp", "kols", Width::Narrow).await?;
        let is_there = || async { Ok((log(&launcher, "kols").await?.len() == 1).then_some(())) };
        browser.wait_for("the journal to be told", 10, is_there).await?;
        browser.driver.enter_default_frame().await?;
        let opened = "document.getElementById('audit').closest('details').open = true";
        browser.script::<()>(opened).await?;
        let shown = || async {
            let text: String = browser.driver.find(By::Id("audit")).await?.text().await?;
            Ok(text.contains("Kari Solheim").then_some(()))
        };
        browser.wait_for("who has looked", 5, shown).await
    })
    .await;
}
