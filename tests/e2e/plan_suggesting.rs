//! Suggestions: made by who may not approve, read and decided change by change by who may, and recorded.

use browser_tests::browser::browse;
use browser_tests::launcher::Launcher;
use browser_tests::plan::{EDITOR, GP, Plan, PlanChange};
use browser_tests::stored_plan::StoredPlan;
use serde_json::Value;
use thirtyfour::By;

const MEDICINES: &str = "Gul sone · Medisiner, nummer 1";
const GOAL: &str = "Hva er viktig for meg, nummer 1";

fn cells(changes: &[PlanChange]) -> Vec<&str> {
    let mut cells: Vec<_> = changes.iter().map(|it| it.cell.as_str()).collect();
    cells.sort_unstable();
    cells
}

/// Accepts or rejects the change of one place.
async fn decide(plan: &Plan, hook: &str, cell: &str) -> browser_tests::Result<()> {
    plan.press_at(hook, &format!("li:has([data-cell='{cell}'])"))
        .await
}

/// What became of a suggestion: its status, and the code of its outcome.
fn outcome(proposal: &Value) -> (String, String) {
    let mut extensions = proposal["extension"].as_array().into_iter().flatten();
    let outcome = extensions.find(|it| {
        it["url"]
            .as_str()
            .is_some_and(|url| url.ends_with("/proposal-outcome"))
    });
    let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
    (
        text(proposal.get("status")),
        text(outcome.map(|it| &it["valueCode"])),
    )
}

#[tokio::test]
async fn a_gp_suggests_and_a_specialist_decides_each_change_by_itself() {
    browse("plan-suggest", 1200, |browser| async move {
        let launcher = Launcher::with_plans(&[])?;
        let stored = StoredPlan::of(&launcher, "kols").await?;
        let before = stored.version().await?;
        let gp = Plan::open(&browser, &launcher, GP, "kols").await?;
        gp.press("plan-edit").await?;
        let (medicines, goal) = (gp.written(MEDICINES).await?, gp.written(GOAL).await?);
        gp.write(MEDICINES, &format!("{medicines} Og hvil.")).await?;
        gp.write(GOAL, "Å løpe maraton.").await?;
        gp.review().await?;
        assert_eq!(
            gp.send("plan-suggest", "Etter samtale på kontoret").await?,
            "plan-saved"
        );
        let told = gp.module.texts("plan-saved").await?.join(" ");
        assert!(told.contains("gjelder først når det er godkjent"), "{told}");

        assert_eq!(stored.version().await?, before, "the plan is as it was");
        let search = "CarePlan?patient=Patient/kols&intent=proposal";
        let proposals = stored.search(search).await?;
        let [proposal] = proposals.as_slice() else {
            return Err(format!("one suggestion: {proposals:?}").into());
        };
        assert_eq!(
            (&proposal["status"], &proposal["intent"]),
            (&"draft".into(), &"proposal".into())
        );
        assert_eq!(
            proposal["replaces"][0]["reference"], "CarePlan/kols-plan",
            "{proposal:#}"
        );

        let specialist = Plan::open(&browser, &launcher, EDITOR, "kols").await?;
        specialist.press("proposal-open").await?;
        specialist.module.wait_for_hook("proposal").await?;
        let changes = specialist.changes().await?;
        assert_eq!(cells(&changes), ["goal", "yellow/medication"]);
        for change in &changes {
            assert_eq!(change.author, "Kari Solheim");
            assert!(
                !change.time.is_empty() && change.text.contains("Kari Solheim"),
                "{change:?}"
            );
        }
        let text = specialist.module.text().await?;
        assert!(text.contains("Etter samtale på kontoret"), "{text}");

        decide(&specialist, "plan-accept", "yellow/medication").await?;
        specialist.press("plan-decide").await?;
        browser.settle().await?;
        assert_eq!(stored.version().await?, before, "not before each is decided");
        decide(&specialist, "plan-reject", "goal").await?;
        specialist
            .write("Kommentar til den som foreslo", "Målet er pasientens eget.")
            .await?;
        assert_eq!(specialist.send("plan-decide", "").await?, "plan-saved");

        assert_eq!(stored.version().await?, before + 1);
        assert!(
            stored
                .zone("yellow")
                .await?
                .contains(&format!("{medicines} Og hvil."))
        );
        let kept = stored.get("Goal/kols-goal-what-matters").await?;
        assert_eq!(
            kept["description"]["text"],
            goal.as_str(),
            "what was rejected is not in it"
        );
        let id = proposal["id"].as_str().ok_or("no id")?;
        let decided = stored.get(&format!("CarePlan/{id}")).await?;
        assert_eq!(
            outcome(&decided),
            ("completed".to_owned(), "partly".to_owned()),
            "{decided:#}"
        );
        assert!(
            decided["note"].to_string().contains("Målet er pasientens eget."),
            "{decided:#}"
        );
        let again = Plan::open(&browser, &launcher, EDITOR, "kols").await?;
        assert!(
            again.module.texts("proposal-open").await?.is_empty(),
            "it waits no longer"
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_suggestion_made_on_an_older_version_is_read_against_the_one_in_force() {
    browse("plan-rebase", 1200, |browser| async move {
        let launcher = Launcher::with_plans(&[])?;
        let stored = StoredPlan::of(&launcher, "plan-history").await?;
        let before = stored.version().await?;
        let plan = Plan::open(&browser, &launcher, EDITOR, "plan-history").await?;
        plan.press("proposal-open").await?;
        plan.module.wait_for_hook("proposal").await?;
        // It may be shown before the version that it was made on is there.
        let rebased = || async { Ok((plan.changes().await?.len() == 3).then_some(())) };
        if let Err(error) = browser
            .wait_for("the three changes that were suggested", 10, rebased)
            .await
        {
            return Err(format!("{error}; it shows {:#?}", plan.changes().await?).into());
        }
        let changes = plan.changes().await?;
        assert_eq!(
            cells(&changes),
            [
                "green/medication",
                "green/mental-health",
                "yellow/physical-activity"
            ]
        );
        let walk = changes
            .iter()
            .find(|it| it.cell == "yellow/physical-activity")
            .ok_or("no clash")?;
        assert!(
            walk.deleted.contains("innendørs"),
            "against what stands there now: {walk:?}"
        );
        let notices: Vec<String> = browser
            .script(
                "return [...document.querySelectorAll('[data-testid=proposal] li')]
                    .filter(it => it.innerText.includes('Planen er endret her siden'))
                    .map(it => it.querySelector('[data-testid=change]').dataset.cell)",
            )
            .await?;
        assert_eq!(notices, ["yellow/physical-activity"]);

        decide(&plan, "plan-accept", "green/medication").await?;
        decide(&plan, "plan-accept", "green/mental-health").await?;
        decide(&plan, "plan-reject", "yellow/physical-activity").await?;
        assert_eq!(plan.send("plan-decide", "").await?, "plan-saved");
        assert_eq!(stored.version().await?, before + 1);
        let green = stored.zone("green").await?;
        assert!(
            green.iter().any(|text| text.contains("Skyll munnen etterpå")),
            "{green:?}"
        );
        assert!(
            green.contains(&"Delta i mestringsgruppen.".to_owned()),
            "{green:?}"
        );
        assert!(
            !green.iter().any(|text| text.contains("Små måltider")),
            "what v7 took out is not back: {green:?}"
        );
        let yellow = stored.zone("yellow").await?;
        assert!(
            yellow.contains(&"Hvil mer, men gå innendørs hver time.".to_owned()),
            "{yellow:?}"
        );
        let decided = stored.get("CarePlan/plan-history-proposal").await?;
        assert_eq!(outcome(&decided), ("completed".to_owned(), "partly".to_owned()));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_suggestion_rejected_whole_leaves_the_plan_as_it_was() {
    browse("plan-reject", 1200, |browser| async move {
        let launcher = Launcher::with_plans(&[])?;
        let stored = StoredPlan::of(&launcher, "plan-history").await?;
        let before = stored.version().await?;
        let plan = Plan::open(&browser, &launcher, EDITOR, "plan-history").await?;
        plan.press("proposal-open").await?;
        plan.module.wait_for_hook("proposal").await?;
        plan.module.press_button("Avvis alle").await?;
        plan.send("plan-decide", "").await?;
        assert_eq!(stored.version().await?, before);
        let decided = stored.get("CarePlan/plan-history-proposal").await?;
        assert_eq!(outcome(&decided), ("revoked".to_owned(), "rejected".to_owned()));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_suggestion_can_be_read_by_who_may_not_decide_it() {
    browse("plan-proposal-read", 1200, |browser| async move {
        let launcher = Launcher::with_plans(&[])?;
        let plan = Plan::open(&browser, &launcher, "lege-berg", "plan-history").await?;
        plan.press("proposal-open").await?;
        plan.module.wait_for_hook("proposal").await?;
        assert!(!plan.changes().await?.is_empty());
        let ways = browser
            .driver
            .find_all(By::Css("[data-testid=plan-accept], [data-testid=plan-decide]"))
            .await?;
        assert!(ways.is_empty());
        Ok(())
    })
    .await;
}
