//! The document is written to the journal exactly once, whatever becomes of the answer, and opens in the journal's own list
//! of documents; where it cannot be written, that is said.

use browser_tests::Result;
use browser_tests::browser::{Browser, browse};
use browser_tests::journal::{self, Width};
use browser_tests::launcher::Launcher;
use browser_tests::module::Module;
use browser_tests::stored_plan::StoredPlan;
use serde_json::{Value, json};
use thirtyfour::By;

use crate::none;
use crate::record::{PATIENT, open_dialog, press};

/// Another patient, of whom nothing is written yet.
const OTHER: &str = "plan-history";

/// What is to be lost, late or refused: the writing itself and not the search before it.
fn on_writing(fault: &str) -> Value {
    json!([{ "on": "DocumentReference", "method": "POST", "fault": fault, "times": 1 }])
}

async fn opened(browser: &Browser, launcher: &Launcher) -> Result<Module> {
    let module = journal::open(browser, launcher, "hospital", PATIENT, Width::Wide).await?;
    open_dialog(browser, &module).await?;
    Ok(module)
}

/// How the writing ends.
async fn ends(browser: &Browser) -> Result<String> {
    let state = || async {
        let state: String = browser
            .script("return document.querySelector('[data-testid=record-state]').dataset.state")
            .await?;
        Ok((state != "idle" && state != "writing").then_some(state))
    };
    browser.wait_for("an end of the writing", 20, state).await
}

async fn documents(launcher: &Launcher) -> Result<Vec<Value>> {
    let stored = StoredPlan::of(launcher, PATIENT).await?;
    stored
        .search(&format!("DocumentReference?patient=Patient/{PATIENT}"))
        .await
}

#[tokio::test]
async fn two_clicks_write_one_document_which_opens_in_the_journal() {
    browse("record-write", 1400, |browser| async move {
        let launcher = Launcher::with_plans(&[])?;
        let module = opened(&browser, &launcher).await?;
        browser
            .script::<()>(
                "const write = document.querySelector('[data-testid=record-write]'); write.click(); write.click()",
            )
            .await?;
        assert_eq!(ends(&browser).await?, "written");
        let said = module.texts("record-state").await?.join(" ");
        assert!(said.contains("Skrevet til journalen") && said.contains("Lest tilbake og uendret"), "{said}");
        assert!(module.texts("record-write").await?.is_empty(), "it is offered once");
        let written = documents(&launcher).await?;
        let [document] = written.as_slice() else {
            return Err(format!("{} documents", written.len()).into());
        };
        assert_eq!(document["description"], "Egenmåling · siste 90 dager");
        assert_eq!(document["content"][0]["attachment"]["contentType"], "application/pdf");
        let plan = &document["context"]["related"][0]["reference"];
        assert!(plan.as_str().is_some_and(|plan| plan.contains("/_history/")), "{plan}");

        // Closed and opened again, it still stands there.
        press(&browser, "record-close").await?;
        browser.settle().await?;
        open_dialog(&browser, &module).await?;
        assert_eq!(ends(&browser).await?, "written");
        press(&browser, "record-close").await?;

        browser.driver.enter_default_frame().await?;
        browser.driver.find(By::Id("tab-documents")).await?.click().await?;
        let link = "#documents a[data-document]";
        let find = || async { Ok(browser.driver.find(By::Css(link)).await.ok()) };
        let link = browser.wait_for("the document in its list", 10, find).await?;
        assert_eq!(link.text().await?, "Egenmåling · siste 90 dager");
        let address = link.attr("href").await?.unwrap_or_default();
        let answer = reqwest::get(format!("{}{address}", launcher.journal)).await?;
        let header = |name: &str| {
            let value = answer.headers().get(name);
            value.and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
        };
        assert_eq!(
            (header("content-type").as_str(), header("x-content-type-options").as_str()),
            ("application/pdf", "nosniff")
        );
        assert!(answer.bytes().await?.starts_with(b"%PDF-1."));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_document_that_the_journal_keeps_as_a_file_beside_it_is_read_back_there_and_opens() {
    browse("record-beside", 1400, |browser| async move {
        let launcher = Launcher::with_plans(&["files-beside"])?;
        let module = opened(&browser, &launcher).await?;
        press(&browser, "record-write").await?;
        assert_eq!(ends(&browser).await?, "written");
        let said = module.texts("record-state").await?.join(" ");
        assert!(said.contains("Lest tilbake og uendret"), "{said}");
        let written = documents(&launcher).await?;
        let [document] = written.as_slice() else {
            return Err(format!("{} documents", written.len()).into());
        };
        let attachment = &document["content"][0]["attachment"];
        assert!(attachment["data"].is_null(), "{attachment}");
        assert!(
            attachment["url"]
                .as_str()
                .is_some_and(|url| url.starts_with("Binary/")),
            "{attachment}"
        );
        let id = document["id"].as_str().unwrap_or_default();
        let answer = reqwest::get(format!("{}/documents/{id}", launcher.journal)).await?;
        assert!(answer.bytes().await?.starts_with(b"%PDF-1."));

        // Where the file cannot be read, nothing is claimed.
        launcher.fail(json!([{ "on": "Binary", "fault": "403" }])).await?;
        let module = journal::open(&browser, &launcher, "hospital", OTHER, Width::Wide).await?;
        open_dialog(&browser, &module).await?;
        press(&browser, "record-write").await?;
        assert_eq!(ends(&browser).await?, "written");
        let said = module.texts("record-state").await?.join(" ");
        assert!(said.contains("Det kunne ikke leses tilbake"), "{said}");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_same_content_in_another_launch_is_not_written_again() {
    browse("record-again", 1400, |browser| async move {
        let mut wrong = Vec::new();
        for habits in [&[][..], &["ignore-if-none-exist"]] {
            let launcher = Launcher::with_plans(habits)?;
            opened(&browser, &launcher).await?;
            press(&browser, "record-write").await?;
            ends(&browser).await?;
            let module = opened(&browser, &launcher).await?;
            press(&browser, "record-write").await?;
            let end = ends(&browser).await?;
            let said = module.texts("record-state").await?.join(" ");
            let count = documents(&launcher).await?.len();
            if end != "written" || count != 1 || !said.contains("Står allerede i journalen, skrevet") {
                wrong.push(format!("{habits:?}: {end}, {count} documents, {said}"));
            }
        }
        none(&wrong)
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_is_lost_makes_one_document_only() {
    browse("record-lost", 1400, |browser| async move {
        let mut wrong = Vec::new();
        for habits in [&[][..], &["ignore-if-none-exist"]] {
            let launcher = Launcher::with_plans(habits)?;
            opened(&browser, &launcher).await?;
            launcher.fail(on_writing("lost-answer")).await?;
            press(&browser, "record-write").await?;
            let end = ends(&browser).await?;
            let (hits, count) = (launcher.hits().await?, documents(&launcher).await?.len());
            if (end.as_str(), count) != ("written", 1) || hits != [1] {
                wrong.push(format!("{habits:?}: {end}, {count} documents, {hits:?}"));
            }
        }
        none(&wrong)
    })
    .await;
}

#[tokio::test]
async fn where_nothing_answers_it_is_said_that_nobody_knows_and_looked_for_before_it_is_written_again() {
    browse("record-unknown", 1400, |browser| async move {
        let launcher = Launcher::with_plans(&[])?;
        let module = opened(&browser, &launcher).await?;
        // Neither the writing nor the look at what became of it is answered.
        launcher.fail(on_writing("drop")).await?;
        press(&browser, "record-write").await?;
        assert_eq!(ends(&browser).await?, "unknown");
        let said = module.texts("record-state").await?.join(" ");
        assert!(said.contains("ikke kjent om dokumentet ble skrevet"), "{said}");
        assert_eq!(
            module.texts("record-write").await?,
            ["Se etter, og skriv hvis det mangler"]
        );
        launcher.heal().await?;
        press(&browser, "record-write").await?;
        let is_there = || async {
            let said = module.texts("record-state").await?.join(" ");
            Ok(said.contains("Skrevet til journalen").then_some(()))
        };
        browser.wait_for("it to be written", 10, is_there).await?;
        assert_eq!(documents(&launcher).await?.len(), 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_refusal_is_said_plainly_and_it_can_be_tried_again() {
    browse("record-refused", 1400, |browser| async move {
        let launcher = Launcher::with_plans(&[])?;
        let module = opened(&browser, &launcher).await?;
        launcher.fail(on_writing("403")).await?;
        press(&browser, "record-write").await?;
        assert_eq!(ends(&browser).await?, "failed");
        let said = module.texts("record-state").await?.join(" ");
        for part in ["Dokumentet ble ikke skrevet.", "HTTP 403", "fault panel"] {
            assert!(said.contains(part), "{part:?} is not in {said:?}");
        }
        assert_eq!(documents(&launcher).await?.len(), 0);
        launcher.heal().await?;
        press(&browser, "record-write").await?;
        let is_there = || async {
            let said = module.texts("record-state").await?.join(" ");
            Ok(said.contains("Skrevet til journalen").then_some(()))
        };
        browser.wait_for("it to be written", 10, is_there).await?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_session_that_has_ended_is_begun_anew_and_one_document_written() {
    browse("record-expired", 1400, |browser| async move {
        let launcher = Launcher::with_plans(&[])?;
        let module = opened(&browser, &launcher).await?;
        launcher.fail(on_writing("401")).await?;
        press(&browser, "record-write").await?;
        let end = ends(&browser).await?;
        let said = module.texts("record-state").await?.join(" ");
        assert_eq!(
            (end.as_str(), documents(&launcher).await?.len()),
            ("written", 1),
            "{said}"
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn where_the_launch_does_not_allow_it_writing_is_not_offered() {
    browse("record-not-granted", 1400, |browser| async move {
        let launcher = Launcher::with_plans(&[])?;
        let module = journal::open_as(&browser, &launcher, "sykepleier-lie", PATIENT, Width::Wide).await?;
        open_dialog(&browser, &module).await?;
        assert!(module.texts("record-write").await?.is_empty());
        assert_eq!(module.texts("record-copy").await?, ["Kopier tekst"]);
        Ok(())
    })
    .await;
}
