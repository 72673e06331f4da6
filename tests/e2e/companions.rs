//! The journal around the module: messages to its window, and the hub that says which patient it shows. Both only
//! where the launch offers them.

use browser_tests::browser::browse;
use browser_tests::journal::{self, Width, open_window};
use browser_tests::launcher::Launcher;
use browser_tests::module::Module;
use serde_json::json;

use crate::isolation::family;

#[tokio::test]
async fn a_journal_that_answers_can_be_asked_to_close_the_module() {
    browse("companion-close", 1200, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        browser.witness().await?;
        launcher.launch_with(json!({ "messaging": true })).await?;
        let module = journal::open(&browser, &launcher, "gp", "kols", Width::Wide).await?;
        module.wait_for_hook("close").await?;
        module.press_button("Lukk").await?;
        browser.driver.enter_default_frame().await?;
        let closed = || async {
            let text: String = browser.script("return document.body.innerText").await?;
            Ok(text.contains("Egenmåling er lukket").then_some(()))
        };
        browser
            .wait_for("the journal to close the module", 10, closed)
            .await?;
        let messages = browser.noted().await?.messages;
        let sent = |kind: &str| messages.iter().filter(|message| message.contains(kind)).count();
        assert_eq!(
            (sent("status.handshake"), sent("ui.done")),
            (1, 1),
            "{messages:#?}"
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn nothing_is_said_to_a_journal_that_does_not_offer_it() {
    browse("companion-none", 1200, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        browser.witness().await?;
        let module = journal::open(&browser, &launcher, "gp", "kols", Width::Wide).await?;
        // Longer than an answer to the handshake may take.
        tokio::time::sleep(std::time::Duration::from_secs(4)).await;
        assert_eq!(module.texts("close").await?, Vec::<String>::new());
        browser.driver.enter_default_frame().await?;
        assert_eq!(browser.noted().await?.messages, Vec::<String>::new());

        open_window(&browser, &launcher, "gp", "kols", "ready").await?;
        browser.settle().await?;
        let noted = browser.noted().await?;
        assert_eq!(noted.sockets, Vec::<String>::new());
        let hub = |address: &str| address.contains("/hub");
        assert!(!noted.requests.iter().any(|it| hub(&it.address)));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_journal_that_does_not_answer_the_handshake_is_asked_nothing() {
    browse("companion-silent", 1200, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        // The journal's own script never hears of any message.
        browser
            .before_load(
                "if (parent === self) addEventListener('message', event => event.stopImmediatePropagation());",
            )
            .await?;
        launcher.launch_with(json!({ "messaging": true })).await?;
        let module = journal::open(&browser, &launcher, "gp", "kols", Width::Wide).await?;
        tokio::time::sleep(std::time::Duration::from_secs(4)).await;
        assert_eq!(module.texts("close").await?, Vec::<String>::new());
        assert_eq!(module.errors().await?, []);
        Ok(())
    })
    .await;
}

/// Opens the module in a window, and waits until the hub can reach it.
async fn followed(
    browser: &browser_tests::browser::Browser,
    launcher: &Launcher,
) -> browser_tests::Result<Module> {
    launcher.launch_with(json!({ "fhircast": true })).await?;
    let module = open_window(browser, launcher, "gp", "kols", "ready").await?;
    let subscribed = || async { Ok((browser.noted().await?.sockets.len() == 1).then_some(())) };
    browser.wait_for("one web socket", 10, subscribed).await?;
    // The answer to the first event shows that the socket is open.
    launcher.tell("gp", "SyncError").await?;
    Ok(module)
}

#[tokio::test]
async fn the_view_is_blanked_when_the_journal_shows_another_patient() {
    browse("companion-other", 1200, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        browser.witness().await?;
        let module = followed(&browser, &launcher).await?;
        let name = family(&module.patient_check().await?);
        assert!(name.len() > 2 && !module.latest_rows().await?.is_empty());

        reqwest::get(launcher.page("gp", "kols"))
            .await?
            .error_for_status()?;
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        assert_eq!(module.state().await?, "ready", "the same patient is no change");

        reqwest::get(launcher.page("gp", "heart-failure"))
            .await?
            .error_for_status()?;
        module.wait_for_state("blanked").await?;
        let text = module.text().await?;
        assert!(text.contains("Pasienten er byttet"), "{text}");
        assert!(!text.contains(&name), "{name} is still there: {text}");
        assert_eq!(module.latest_rows().await?, []);
        let told = launcher.told("gp").await?;
        let answers: Vec<_> = told.as_array().into_iter().flatten().collect();
        assert!(
            answers.iter().any(|line| line["event"]
                .as_str()
                .unwrap_or_default()
                .eq_ignore_ascii_case("Patient-open")
                && line["status"] == "200"),
            "{told:#}"
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_session_ends_when_the_user_logs_out_of_the_journal() {
    browse("companion-logout", 1200, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        browser.witness().await?;
        let module = followed(&browser, &launcher).await?;
        launcher.tell("gp", "UserLogout").await?;
        module.wait_for_state("expired").await?;
        let text = module.text().await?;
        assert!(text.contains("Økten er utløpt"), "{text}");
        Ok(())
    })
    .await;
}
