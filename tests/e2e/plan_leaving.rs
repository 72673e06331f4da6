//! What is written and not saved, when the page, the patient or the session goes away: asked first, or still there.

use std::time::Duration;

use browser_tests::Result;
use browser_tests::browser::{Browser, browse, browse_noting_dialogs};
use browser_tests::journal::{self, Width};
use browser_tests::launcher::Launcher;
use browser_tests::plan::{EDITOR, Plan};
use browser_tests::stored_plan::StoredPlan;
use serde_json::json;

use crate::none;
use crate::plan_saving::{MEDICINES, PATIENT, WRITTEN, is_stored};

/// Whether the page has the browser ask before it is left.
async fn asks(browser: &Browser) -> Result<bool> {
    browser
        .script(
            "const leaving = new Event('beforeunload', { cancelable: true });
            dispatchEvent(leaving);
            return leaving.defaultPrevented",
        )
        .await
}

#[tokio::test]
async fn leaving_is_asked_about_while_something_is_not_saved_and_not_else() {
    browse_noting_dialogs("plan-leave", 1200, |browser| async move {
        let launcher = Launcher::with_plans(&[])?;
        let plan = Plan::open(&browser, &launcher, EDITOR, PATIENT).await?;
        assert!(!asks(&browser).await?);
        plan.press("plan-edit").await?;
        assert!(!asks(&browser).await?, "nothing is written yet");
        let before = plan.written(MEDICINES).await?;
        plan.write(MEDICINES, "Ikke lagret.").await?;
        assert!(asks(&browser).await?);
        plan.write(MEDICINES, &before).await?;
        assert!(!asks(&browser).await?, "it is as it was");
        plan.write(MEDICINES, "Lagret.").await?;
        plan.save("").await?;
        assert!(!asks(&browser).await?, "all is saved");
        browser.goto("about:blank").await?;
        assert_eq!(browser.dialogs().await?, Vec::<String>::new());

        let plan = Plan::open(&browser, &launcher, EDITOR, PATIENT).await?;
        plan.press("plan-edit").await?;
        plan.write(MEDICINES, "Ikke lagret.").await?;
        browser.goto("about:blank").await?;
        assert_eq!(
            browser.dialogs().await?,
            ["beforeunload"],
            "the browser has asked"
        );
        Ok(())
    })
    .await;
}

/// Follows the journal of the editor, who shows a patient.
async fn show(launcher: &Launcher, patient: &str) -> Result<()> {
    let page = format!("{}&user={EDITOR}", launcher.page("hospital", patient));
    reqwest::get(page).await?.error_for_status()?;
    Ok(())
}

#[tokio::test]
async fn when_the_journal_shows_another_patient_nothing_of_the_draft_is_seen_until_it_shows_ours_again() {
    browse("plan-other-patient", 1200, |browser| async move {
        let launcher = Launcher::with_plans(&[])?;
        let stored = StoredPlan::of(&launcher, PATIENT).await?;
        launcher.launch_with(json!({ "fhircast": true })).await?;
        browser.witness().await?;
        let plan = Plan::open(&browser, &launcher, EDITOR, PATIENT).await?;
        let subscribed = || async { Ok((browser.noted().await?.sockets.len() == 1).then_some(())) };
        browser.wait_for("one web socket", 10, subscribed).await?;
        plan.press("plan-edit").await?;
        plan.write(MEDICINES, WRITTEN).await?;

        show(&launcher, "plan-shapes").await?;
        plan.module.wait_for_state("blanked").await?;
        plan.module.wait_for_hook("draft-kept").await?;
        let text: String = browser
            .script(
                "return [document.body.textContent, ...[...document.querySelectorAll('textarea, input')].map(it => it.value)].join(' ')",
            )
            .await?;
        assert!(!text.contains("Lungevik") && !text.contains(WRITTEN), "{text}");
        assert!(asks(&browser).await?, "closing it now would lose it");

        show(&launcher, PATIENT).await?;
        plan.module.wait_for_state("ready").await?;
        assert!(plan.module.patient_check().await?.contains("Lungevik"));
        if plan.module.texts("plan-go-on").await?.is_empty() {
            plan.module.wait_for_hook("plan-review").await?;
        } else {
            plan.press("plan-go-on").await?;
        }
        assert_eq!(plan.written(MEDICINES).await?, WRITTEN, "the draft is there again");
        plan.save("").await?;
        assert!(is_stored(&stored).await?);
        Ok(())
    })
    .await;
}

/// Writes with a token that ends soon and cannot be renewed, and waits until it has ended.
async fn outlived(launcher: &Launcher, plan: &Plan) -> Result<()> {
    plan.press("plan-edit").await?;
    plan.write(MEDICINES, WRITTEN).await?;
    launcher.heal().await?;
    tokio::time::sleep(Duration::from_secs(SHORT + 1)).await;
    assert_eq!(
        plan.written(MEDICINES).await?,
        WRITTEN,
        "the draft outlives the token"
    );
    plan.review().await?;
    Ok(())
}

/// Life of a token, in seconds.
const SHORT: u64 = 20;

#[tokio::test]
async fn a_session_that_has_expired_is_begun_anew_and_the_draft_is_saved() {
    browse("plan-save-expired", 1200, |browser| async move {
        let mut wrong = Vec::new();
        for in_frame in [true, false] {
            let launcher = Launcher::with_plans(&[])?;
            let stored = StoredPlan::of(&launcher, PATIENT).await?;
            let before = stored.version().await?;
            let tokens = json!({ "seconds": SHORT, "refresh": false });
            launcher.put_faults(json!({ "tokens": tokens })).await?;
            let plan = if in_frame {
                let module = journal::open_as(&browser, &launcher, EDITOR, PATIENT, Width::Wide).await?;
                Plan::of(&browser, module)
            } else {
                Plan::open(&browser, &launcher, EDITOR, PATIENT).await?
            };
            outlived(&launcher, &plan).await?;
            let end = plan.send("plan-save", "").await?;
            let frames: usize = browser
                .script("return document.querySelectorAll('iframe').length")
                .await?;
            if (end, frames) != ("plan-saved", 0) {
                let text = plan.module.text().await?;
                wrong.push(format!(
                    "in a frame: {in_frame}: {end}, {frames} frames left: {text}"
                ));
            }
            if stored.version().await? != before + 1 || !is_stored(&stored).await? {
                wrong.push(format!("in a frame: {in_frame}: not saved"));
            }
        }
        none(&wrong)
    })
    .await;
}

#[tokio::test]
async fn a_session_that_cannot_be_begun_anew_keeps_the_draft_and_says_what_to_do() {
    browse("plan-save-over", 1200, |browser| async move {
        let launcher = Launcher::with_plans(&[])?;
        let stored = StoredPlan::of(&launcher, PATIENT).await?;
        let before = stored.version().await?;
        let tokens = json!({ "seconds": SHORT, "refresh": false });
        launcher.put_faults(json!({ "tokens": tokens })).await?;
        let plan = Plan::open(&browser, &launcher, EDITOR, PATIENT).await?;
        outlived(&launcher, &plan).await?;
        launcher
            .fail(json!([{ "on": "authorize", "fault": "503" }, { "on": "token", "fault": "503" }]))
            .await?;
        assert_eq!(plan.send("plan-save", "").await?, "save-problem");
        let told = plan.module.texts("save-problem").await?.join(" ");
        assert!(
            told.contains("Økten er utløpt") && told.contains("Utkastet er her fortsatt"),
            "{told}"
        );
        launcher.heal().await?;
        assert_eq!(
            plan.send("plan-save", "").await?,
            "plan-saved",
            "once it can be begun anew"
        );
        assert_eq!(stored.version().await?, before + 1);
        Ok(())
    })
    .await;
}
