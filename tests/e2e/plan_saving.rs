//! Saving where servers have their habits and networks fail: one version, no more and no less, or plain words that
//! there is none.

use browser_tests::Result;
use browser_tests::browser::{Browser, browse};
use browser_tests::launcher::Launcher;
use browser_tests::plan::{EDITOR, Plan};
use browser_tests::stored_plan::StoredPlan;
use serde_json::{Value, json};

use crate::none;

pub(crate) const PATIENT: &str = "kols";
pub(crate) const MEDICINES: &str = "Gul sone · Medisiner, nummer 1";
pub(crate) const WRITTEN: &str = "Ring oppfølgingstjenesten før du øker.";

/// Opens the plan and writes in it, up to the review.
async fn written(browser: &Browser, launcher: &Launcher) -> Result<Plan> {
    let plan = Plan::open(browser, launcher, EDITOR, PATIENT).await?;
    plan.press("plan-edit").await?;
    plan.write(MEDICINES, WRITTEN).await?;
    plan.review().await?;
    Ok(plan)
}

pub(crate) async fn is_stored(stored: &StoredPlan) -> Result<bool> {
    Ok(stored.zone("yellow").await?.contains(&WRITTEN.to_owned()))
}

/// Who is recorded to have made a version with this comment.
async fn recorded(stored: &StoredPlan, comment: &str) -> Result<usize> {
    let records = stored.provenances().await?;
    Ok(records
        .iter()
        .filter(|it| it["reason"][0]["text"] == comment)
        .count())
}

#[tokio::test]
async fn a_plan_is_saved_once_and_recorded_whatever_the_servers_habits() {
    browse("plan-save-habits", 1200, |browser| async move {
        let mut wrong = Vec::new();
        for habit in [
            "no-transaction",
            "etag-hidden",
            "no-etag",
            "uuid-versions",
            "same-content",
            "no-history",
            "total-absent",
        ] {
            let launcher = Launcher::with_plans(&[habit])?;
            let stored = StoredPlan::of(&launcher, PATIENT).await?;
            let before = stored.plan().await?;
            let plan = written(&browser, &launcher).await?;
            let end = plan.send("plan-save", "Prøvd").await?;
            if end != "plan-saved" {
                wrong.push(format!("{habit}: {end}: {}", plan.module.text().await?));
                continue;
            }
            if !is_stored(&stored).await? {
                wrong.push(format!("{habit}: said to be saved, but is not"));
            }
            if recorded(&stored, "Prøvd").await? != 1 {
                wrong.push(format!("{habit}: {} records", recorded(&stored, "Prøvd").await?));
            }
            if !plan.module.texts("plan-differs").await?.is_empty() {
                wrong.push(format!("{habit}: it is said to differ"));
            }
            // Where versions are counted, the plan has one more.
            let number = |plan: &Value| {
                plan["meta"]["versionId"]
                    .as_str()
                    .and_then(|it| it.parse::<u64>().ok())
            };
            if let (Some(before), Some(after)) = (number(&before), number(&stored.plan().await?))
                && after != before + 1
                && habit != "same-content"
            {
                wrong.push(format!("{habit}: version {after} after {before}"));
            }
        }
        none(&wrong)
    })
    .await;
}

#[tokio::test]
async fn without_versions_nothing_is_saved_and_that_is_said() {
    browse("plan-save-none", 1200, |browser| async move {
        let launcher = Launcher::with_plans(&["no-versions"])?;
        let stored = StoredPlan::of(&launcher, PATIENT).await?;
        let plan = written(&browser, &launcher).await?;
        assert_eq!(plan.send("plan-save", "").await?, "save-problem");
        let text = plan.module.text().await?;
        assert!(text.contains("oppgir ikke hvilken versjon som gjelder"), "{text}");
        assert!(!is_stored(&stored).await?);
        plan.press("plan-go-on").await?;
        browser.settle().await?;
        assert_eq!(
            plan.written(MEDICINES).await?,
            WRITTEN,
            "the draft is still there"
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_source_that_stores_something_else_than_it_was_sent_is_told_of() {
    browse("plan-save-cut", 1200, |browser| async move {
        let launcher = Launcher::with_plans(&["cut-texts"])?;
        let stored = StoredPlan::of(&launcher, PATIENT).await?;
        let plan = Plan::open(&browser, &launcher, EDITOR, PATIENT).await?;
        plan.press("plan-edit").await?;
        let long = "Ta to drag. ".repeat(125);
        plan.write(MEDICINES, long.trim()).await?;
        plan.save("").await?;
        let longest = stored
            .zone("yellow")
            .await?
            .iter()
            .map(|text| text.chars().count())
            .max();
        assert_eq!(longest, Some(1_000), "the source has cut it");
        plan.module.wait_for_hook("plan-differs").await?;
        let told = plan.module.texts("plan-differs").await?.join(" ");
        assert!(told.contains("noe annet enn det som ble sendt"), "{told}");

        let harmless = Launcher::with_plans(&[])?;
        let plan = Plan::open(&browser, &harmless, EDITOR, PATIENT).await?;
        plan.press("plan-edit").await?;
        plan.write(MEDICINES, long.trim()).await?;
        plan.save("").await?;
        assert!(plan.module.texts("plan-differs").await?.is_empty());
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_is_lost_makes_one_version_only() {
    browse("plan-save-lost", 1200, |browser| async move {
        let launcher = Launcher::with_plans(&[])?;
        let stored = StoredPlan::of(&launcher, PATIENT).await?;
        let before = stored.version().await?;
        let plan = written(&browser, &launcher).await?;
        launcher
            .fail(json!([{ "on": "transaction", "fault": "lost-answer", "times": 1 }]))
            .await?;
        let end = plan.send("plan-save", "Bare én gang").await?;
        assert_eq!(launcher.hits().await?, [1], "the answer was lost");
        assert_eq!(end, "plan-saved", "it was found by reading again");
        assert_eq!(stored.version().await?, before + 1);
        assert_eq!(recorded(&stored, "Bare én gang").await?, 1);
        assert!(is_stored(&stored).await?);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_save_that_fails_keeps_the_draft_and_can_be_tried_again() {
    browse("plan-save-503", 1200, |browser| async move {
        let launcher = Launcher::with_plans(&[])?;
        let stored = StoredPlan::of(&launcher, PATIENT).await?;
        let before = stored.version().await?;
        let plan = written(&browser, &launcher).await?;
        for fault in ["503", "html", "drop"] {
            launcher
                .fail(json!([{ "on": "transaction", "fault": fault }]))
                .await?;
            let end = plan.send("plan-save", "").await?;
            assert_eq!(
                (end, stored.version().await?),
                ("save-problem", before),
                "{fault}"
            );
            let told = plan.module.texts("save-problem").await?.join(" ");
            assert!(told.contains("Utkastet er her fortsatt"), "{fault}: {told}");
        }
        plan.press("plan-back").await?;
        plan.module.wait_for_hook("plan-unsaved").await?;
        launcher.heal().await?;
        plan.press("plan-go-on").await?;
        plan.review().await?;
        assert_eq!(plan.send("plan-save", "Til slutt").await?, "plan-saved");
        assert_eq!(stored.version().await?, before + 1);
        assert!(is_stored(&stored).await? && recorded(&stored, "Til slutt").await? == 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn where_only_the_record_of_who_saved_fails_that_is_what_is_said() {
    browse("plan-save-record", 1200, |browser| async move {
        let launcher = Launcher::with_plans(&["no-transaction"])?;
        let stored = StoredPlan::of(&launcher, PATIENT).await?;
        let before = stored.version().await?;
        let plan = written(&browser, &launcher).await?;
        launcher
            .fail(json!([{ "on": "Provenance", "fault": "503" }]))
            .await?;
        plan.send("plan-save", "").await?;
        plan.module.wait_for_hook("save-problem").await?;
        let told = plan.module.texts("save-problem").await?.join(" ");
        assert!(
            told.contains("Planen er lagret, men ikke hvem som endret den"),
            "{told}"
        );
        launcher.heal().await?;
        assert_eq!(stored.version().await?, before + 1);
        assert!(is_stored(&stored).await?);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_plan_with_characters_that_servers_refuse_is_saved_without_them() {
    browse("plan-save-control", 1200, |browser| async move {
        let launcher = Launcher::with_plans(&[])?;
        let stored = StoredPlan::of(&launcher, "plan-texts").await?;
        let plan = Plan::open(&browser, &launcher, EDITOR, "plan-texts").await?;
        plan.press("plan-edit").await?;
        plan.write("Rød sone · Annet, nummer 1", "Ring 113.").await?;
        let end = {
            plan.review().await?;
            plan.send("plan-save", "").await?
        };
        assert_eq!(end, "plan-saved", "{}", plan.module.text().await?);
        let red = stored.zone("red").await?;
        assert_eq!(red, ["Blålepper[31m", "Ring 113."]);
        assert!(plan.module.texts("plan-differs").await?.is_empty());
        Ok(())
    })
    .await;
}
