//! Two people write in one plan at the same time: what does not clash goes together by itself, what clashes is decided
//! by a person, and nobody's words are lost.

use std::time::Duration;

use browser_tests::Result;
use browser_tests::browser::{Browser, browse_two};
use browser_tests::launcher::Launcher;
use browser_tests::plan::{EDITOR, OTHER_EDITOR, Plan};
use browser_tests::stored_plan::StoredPlan;
use serde_json::json;

use crate::none;

const PATIENT: &str = "plan-history";
const MEDICINES: &str = "Gul sone · Medisiner, nummer 1";
const WALK: &str = "Grønn sone · Aktivitet, nummer 1";

/// Both editors with the same version open.
async fn both(launcher: &Launcher, one: &Browser, other: &Browser) -> Result<(Plan, Plan)> {
    let mine = Plan::open(one, launcher, EDITOR, PATIENT).await?;
    let theirs = Plan::open(other, launcher, OTHER_EDITOR, PATIENT).await?;
    mine.press("plan-edit").await?;
    theirs.press("plan-edit").await?;
    Ok((mine, theirs))
}

#[tokio::test]
async fn changes_in_different_places_go_together_by_themselves_and_are_reviewed() {
    browse_two("plan-merge", 1200, |one, other| async move {
        let launcher = Launcher::with_plans(&[])?;
        let stored = StoredPlan::of(&launcher, PATIENT).await?;
        let before = stored.version().await?;
        let (mine, theirs) = both(&launcher, &one, &other).await?;
        mine.write(MEDICINES, "Ta tre ekstra drag.").await?;
        theirs.write(WALK, "Gå 30 minutter hver dag.").await?;
        theirs.save("Fra den andre").await?;

        mine.review().await?;
        assert_eq!(mine.send("plan-save", "Fra meg").await?, "plan-overtaken");
        assert_eq!(stored.version().await?, before + 1, "not saved before it is seen");
        let told = mine.module.texts("plan-overtaken").await?.join(" ");
        assert!(
            told.contains("Noen andre har endret planen") && told.contains("Hanne Vik"),
            "{told}"
        );
        let reviewed = mine.changes().await?;
        let cells: Vec<_> = reviewed.iter().map(|it| it.cell.as_str()).collect();
        assert_eq!(cells, ["yellow/medication"], "what I will save");
        assert_eq!(mine.send("plan-save", "").await?, "plan-saved");

        assert_eq!(stored.version().await?, before + 2);
        assert!(
            stored
                .zone("yellow")
                .await?
                .contains(&"Ta tre ekstra drag.".to_owned())
        );
        assert!(
            stored
                .zone("green")
                .await?
                .contains(&"Gå 30 minutter hver dag.".to_owned())
        );
        let reasons: Vec<_> = stored
            .provenances()
            .await?
            .iter()
            .map(|it| it["reason"][0]["text"].clone())
            .collect();
        assert!(
            reasons.contains(&json!("Fra meg")) && reasons.contains(&json!("Fra den andre")),
            "{reasons:?}"
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn changes_of_the_same_words_clash_and_show_how_it_was_mine_and_theirs() {
    browse_two("plan-clash", 1200, |one, other| async move {
        let launcher = Launcher::with_plans(&[])?;
        let stored = StoredPlan::of(&launcher, PATIENT).await?;
        let (mine, theirs) = both(&launcher, &one, &other).await?;
        let (walk, medicines) = (mine.written(WALK).await?, mine.written(MEDICINES).await?);
        mine.write(WALK, &walk.replace("20", "30")).await?;
        mine.write("Om planen", "Skrevet av meg.").await?;
        theirs.write(WALK, &walk.replace("20", "40")).await?;
        theirs
            .write(MEDICINES, &medicines.replace("5 dager", "7 dager"))
            .await?;
        theirs.save("").await?;

        mine.review().await?;
        assert_eq!(mine.send("plan-save", "").await?, "plan-clash");
        let clashes = mine.module.texts("plan-clash").await?;
        let [clash] = clashes.as_slice() else {
            return Err(format!("one clash: {clashes:?}").into());
        };
        for words in ["Før", "Mitt", "Deres", &walk, "30", "40", "Hanne Vik"] {
            assert!(clash.contains(words), "{words}: {clash}");
        }
        let merged: Vec<_> = mine.changes().await?.into_iter().map(|it| it.cell).collect();
        for cell in ["description", "yellow/medication", "green/physical-activity"] {
            assert!(merged.contains(&cell.to_owned()), "{cell}: {merged:?}");
        }
        mine.press("plan-review").await?;
        one.settle().await?;
        assert!(
            mine.module.texts("plan-save").await?.is_empty(),
            "not before it is decided"
        );

        choose(&one, "Egen tekst").await?;
        one.settle().await?;
        mine.write("Egen tekst", &walk.replace("20", "35")).await?;
        mine.press("plan-review").await?;
        mine.module.wait_for_hook("plan-save").await?;
        assert_eq!(mine.send("plan-save", "").await?, "plan-saved");
        assert!(stored.zone("green").await?.contains(&walk.replace("20", "35")));
        assert!(
            stored
                .zone("yellow")
                .await?
                .contains(&medicines.replace("5 dager", "7 dager"))
        );
        assert_eq!(stored.plan().await?["description"], "Skrevet av meg.");
        Ok(())
    })
    .await;
}

/// Chooses the answer of this name to the first clash.
async fn choose(browser: &Browser, name: &str) -> Result<()> {
    let script = format!(
        "const labels = [...document.querySelectorAll('[data-testid=plan-clash] label')];
        labels.find(label => label.innerText.trim() === '{name}').querySelector('input').click()"
    );
    browser.script(&script).await
}

#[tokio::test]
async fn two_who_save_by_turns_for_a_while_lose_nothing() {
    browse_two("plan-turns", 1200, |one, other| async move {
        let launcher = Launcher::with_plans(&[])?;
        let stored = StoredPlan::of(&launcher, PATIENT).await?;
        let before = stored.version().await?;
        let (mine, theirs) = both(&launcher, &one, &other).await?;
        let rounds = 4;
        for round in 1..=rounds {
            // Each from what he has in front of him, which lacks what the other wrote last; in one cell at its two ends.
            let medicines = mine.written(MEDICINES).await?;
            mine.write(MEDICINES, &format!("A{round} {medicines}")).await?;
            let medicines = theirs.written(MEDICINES).await?;
            theirs.write(MEDICINES, &format!("{medicines} B{round}")).await?;
            for plan in [&mine, &theirs] {
                plan.review().await?;
                let mut end = plan.send("plan-save", "").await?;
                if end == "plan-overtaken" {
                    end = plan.send("plan-save", "").await?;
                }
                assert_eq!(end, "plan-saved", "round {round}: {}", plan.module.text().await?);
                plan.press("plan-edit").await?;
            }
        }
        let yellow = stored.zone("yellow").await?;
        let medicines = yellow
            .iter()
            .find(|text| text.contains("prednisolon"))
            .ok_or("no medicines")?;
        for round in 1..=rounds {
            for words in [format!("A{round} "), format!(" B{round}")] {
                assert!(medicines.contains(&words), "{words:?} is lost: {medicines}");
            }
        }
        assert_eq!(stored.version().await?, before + 2 * rounds);
        Ok(())
    })
    .await;
}

/// Two saves of the same words, the second of which may only be seen to be late by the server.
async fn race(launcher: &Launcher, one: &Browser, other: &Browser) -> Result<String> {
    let stored = StoredPlan::of(launcher, PATIENT).await?;
    let (mine, theirs) = both(launcher, one, other).await?;
    mine.write(WALK, "Gå i trapper.").await?;
    theirs.write(WALK, "Gå i skogen.").await?;
    mine.review().await?;
    theirs.review().await?;
    // Mine is on its way while theirs is stored.
    let late = json!([{ "on": "transaction", "fault": "delay", "ms": 4_000, "times": 1 }]);
    launcher.fail(late).await?;
    let (of_mine, of_theirs) = tokio::join!(mine.send("plan-save", ""), async {
        tokio::time::sleep(Duration::from_millis(1_500)).await;
        theirs.send("plan-save", "").await
    });
    let (of_mine, of_theirs) = (of_mine?, of_theirs?);
    let green = stored.zone("green").await?;
    if (of_mine, of_theirs) != ("plan-clash", "plan-saved") {
        return Ok(format!("{of_mine} and {of_theirs}"));
    }
    if !green.contains(&"Gå i skogen.".to_owned()) {
        return Ok(format!("overwritten: {green:?}"));
    }
    let clash = mine.module.texts("plan-clash").await?.join(" ");
    let is_whole = clash.contains("i trapper.") && clash.contains("i skogen.");
    Ok(if is_whole { String::new() } else { clash })
}

#[tokio::test]
async fn a_save_that_comes_late_is_a_conflict_however_the_server_says_so() {
    browse_two("plan-stale", 1200, |one, other| async move {
        let mut wrong = Vec::new();
        for habit in ["etag-hidden", "stale-409", "stale-400", "no-etag", "details-only"] {
            let launcher = Launcher::with_plans(&[habit])?;
            match race(&launcher, &one, &other).await {
                Ok(found) if found.is_empty() => {}
                Ok(found) => wrong.push(format!("{habit}: {found}")),
                Err(error) => wrong.push(format!("{habit}: {error}")),
            }
        }
        none(&wrong)
    })
    .await;
}

#[tokio::test]
async fn where_the_server_would_overwrite_the_viewer_sees_that_somebody_else_has_saved() {
    browse_two("plan-ignored", 1200, |one, other| async move {
        let launcher = Launcher::with_plans(&["ignore-if-match"])?;
        let stored = StoredPlan::of(&launcher, PATIENT).await?;
        let (mine, theirs) = both(&launcher, &one, &other).await?;
        mine.write(WALK, "Gå i trapper.").await?;
        theirs.write(WALK, "Gå i skogen.").await?;
        theirs.save("").await?;
        mine.review().await?;
        assert_eq!(mine.send("plan-save", "").await?, "plan-clash");
        assert!(stored.zone("green").await?.contains(&"Gå i skogen.".to_owned()));
        Ok(())
    })
    .await;
}
