//! Plans where they are not FHIR but NHN's "Pasientens planer": read, written, merged and followed through their
//! versions with the same screens.

use browser_tests::Result;
use browser_tests::browser::{browse, browse_two};
use browser_tests::launcher::Launcher;
use browser_tests::plan::{EDITOR, GP, OTHER_EDITOR, Plan, READERS};
use browser_tests::smart::App;
use serde_json::Value;

const PATIENT: &str = "plan-history";
const WALK: &str = "Grønn sone · Aktivitet, nummer 1";

fn launcher() -> Result<Launcher> {
    Launcher::with_plans(&["nhn-plans"])
}

/// What the service has of the patient's plan: the newest version, or a list below it.
async fn stored(launcher: &Launcher, below: &str) -> Result<Value> {
    let app = App::launch_as(launcher, EDITOR, PATIENT, "launch patient/*.rs").await?;
    let service = format!("{}/planer/plan", launcher.journal);
    let (status, found) = app.get_at(&format!("{service}?patient={PATIENT}")).await?;
    let plan = &found[0];
    if below.is_empty() {
        return Ok(plan.clone());
    }
    let id = plan["id"].as_str().ok_or_else(|| format!("{status}: {found}"))?;
    Ok(app.get_at(&format!("{service}/{id}/{below}")).await?.1)
}

fn action(plan: &Value, zone: &str) -> String {
    let mut zones = plan["clinical_content"]["zones"].as_array().into_iter().flatten();
    let found = zones.find(|it| it["level"] == zone);
    found
        .and_then(|it| it["action"].as_str())
        .unwrap_or_default()
        .to_owned()
}

#[tokio::test]
async fn a_plan_of_the_service_is_read_and_its_history_with_it() {
    browse("nhn-read", 1200, |browser| async move {
        let launcher = launcher()?;
        let plan = Plan::open(&browser, &launcher, READERS[0], PATIENT).await?;
        let cells = plan.cells().await?;
        for (zone, area, words) in [
            (
                "green",
                "physical-activity",
                "Gå 20 minutter hver dag, helst ute.",
            ),
            ("yellow", "medication", "pantoprazol 20 mg"),
            ("red", "mental-health", "pust rolig ut"),
        ] {
            let cell = cells
                .iter()
                .find(|cell| (cell.zone.as_str(), cell.area.as_str()) == (zone, area));
            assert!(
                cell.is_some_and(|cell| cell.text.contains(words)),
                "{zone} {area}: {cells:?}"
            );
        }
        assert!(
            plan.module.texts("plan-edit").await?.is_empty(),
            "who reads is offered no more here either"
        );
        assert_eq!(plan.module.errors().await?, []);

        plan.press("plan-history").await?;
        plan.module.wait_for_hook("version").await?;
        let versions = plan.versions().await?;
        let expected = stored(&launcher, "history").await?;
        let numbers = |it: &Value| it["version"].to_string();
        let expected: Vec<_> = expected.as_array().into_iter().flatten().map(numbers).collect();
        assert_eq!(expected.len(), 7);
        assert_eq!(
            versions.iter().map(|it| it.version.clone()).collect::<Vec<_>>(),
            expected
        );
        assert!(
            versions
                .iter()
                .any(|it| it.author == "Gro Fastlegesen" && it.text.contains("Magesår")),
            "{versions:?}"
        );
        let changes: Vec<_> = plan.changes().await?.into_iter().map(|it| it.cell).collect();
        assert_eq!(changes, ["green/diet"], "what the latest version changed");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_plan_of_the_service_is_saved_on_the_version_that_it_was_written_from() {
    browse("nhn-save", 1200, |browser| async move {
        let launcher = launcher()?;
        let before = stored(&launcher, "").await?;
        browser.witness().await?;
        let plan = Plan::open(&browser, &launcher, EDITOR, PATIENT).await?;
        plan.press("plan-edit").await?;
        plan.write(WALK, "Gå hver dag.\nHvil etterpå: lenge.").await?;
        let cells: Vec<_> = plan.review().await?.into_iter().map(|it| it.cell).collect();
        assert_eq!(cells, ["green/physical-activity"]);
        assert_eq!(plan.send("plan-save", "Enklere").await?, "plan-saved");

        let requests = browser.noted().await?.requests;
        let written: Vec<_> = requests.iter().filter(|it| it.method == "PUT").collect();
        let [written] = written.as_slice() else {
            return Err(format!("one update: {written:?}").into());
        };
        let body: Value = serde_json::from_str(&written.body)?;
        assert_eq!(
            body["version"], before["version"],
            "without it the service answers 422"
        );
        let after = stored(&launcher, "").await?;
        assert_eq!(
            after["version"].as_u64(),
            before["version"].as_u64().map(|it| it + 1)
        );
        assert!(
            action(&after, "green").contains("Gå hver dag.\n  Hvil etterpå: lenge."),
            "{after:#}"
        );
        assert_eq!(
            action(&after, "red"),
            action(&before, "red"),
            "the rest is as it was"
        );
        assert_eq!(
            (&after["comment"], &after["updated_by"]["display"]),
            (&"Enklere".into(), &"Anders Dahl".into())
        );
        plan.press("plan-history").await?;
        plan.module.wait_for_hook("version").await?;
        let versions = plan.versions().await?;
        let newest = versions.first().ok_or("no versions")?;
        assert!(
            newest.author == "Anders Dahl" && newest.text.contains("Enklere"),
            "{newest:?}"
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn two_who_write_in_a_plan_of_the_service_are_told_of_each_other() {
    browse_two("nhn-conflict", 1200, |one, other| async move {
        let launcher = launcher()?;
        let mine = Plan::open(&one, &launcher, EDITOR, PATIENT).await?;
        let theirs = Plan::open(&other, &launcher, OTHER_EDITOR, PATIENT).await?;
        for plan in [&mine, &theirs] {
            plan.press("plan-edit").await?;
        }
        mine.write(WALK, "Gå i trapper.").await?;
        mine.write("Rød sone · Medisiner, nummer 1", "Ring 113 med en gang.")
            .await?;
        theirs.write(WALK, "Gå i skogen.").await?;
        theirs.save("").await?;
        mine.review().await?;
        assert_eq!(mine.send("plan-save", "").await?, "plan-clash");
        let clash = mine.module.texts("plan-clash").await?.join(" ");
        assert!(
            clash.contains("i trapper.") && clash.contains("i skogen."),
            "{clash}"
        );
        assert!(action(&stored(&launcher, "").await?, "green").contains("Gå i skogen."));
        let choose = "[...document.querySelectorAll('[data-testid=plan-clash] label')]
            .find(label => label.innerText.trim() === 'Deres').querySelector('input').click()";
        one.script::<()>(choose).await?;
        one.settle().await?;
        mine.press("plan-review").await?;
        mine.module.wait_for_hook("plan-save").await?;
        assert_eq!(mine.send("plan-save", "").await?, "plan-saved");
        let after = stored(&launcher, "").await?;
        assert!(action(&after, "green").contains("Gå i skogen."), "{after:#}");
        assert!(
            action(&after, "red").contains("Ring 113 med en gang."),
            "{after:#}"
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn what_the_service_has_no_place_for_is_not_offered() {
    browse("nhn-place", 1200, |browser| async move {
        let launcher = launcher()?;
        let plan = Plan::open(&browser, &launcher, EDITOR, PATIENT).await?;
        plan.press("plan-edit").await?;
        let text = plan.module.text().await?;
        for words in ["Kontaktpersoner", "Hva er viktig for meg", "Følger opp nå"] {
            assert!(!text.contains(words), "{words}: {text}");
        }
        assert!(plan.module.texts("limit").await?.is_empty());
        let gp = Plan::open(&browser, &launcher, GP, PATIENT).await?;
        assert!(
            gp.module.texts("plan-edit").await?.is_empty(),
            "the service has no suggestions"
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn what_the_service_refuses_is_said_in_its_words_and_the_draft_stays() {
    browse("nhn-refused", 1200, |browser| async move {
        let launcher = Launcher::with_plans(&["nhn-plans", "nhn-text-limit=400"])?;
        let before = stored(&launcher, "").await?;
        let plan = Plan::open(&browser, &launcher, EDITOR, PATIENT).await?;
        plan.press("plan-edit").await?;
        let long = "Gå en tur hver dag. ".repeat(25);
        plan.write(WALK, &long).await?;
        plan.review().await?;
        assert_eq!(plan.send("plan-save", "").await?, "save-problem");
        let told = plan.module.texts("save-problem").await?.join(" ");
        for words in [
            "Utkastet er her fortsatt",
            "HTTP 422",
            "a text of a zone has more than 400 characters",
        ] {
            assert!(told.contains(words), "{words}: {told}");
        }
        assert_eq!(stored(&launcher, "").await?["version"], before["version"]);
        plan.press("plan-back").await?;
        plan.module.wait_for_hook("plan-unsaved").await?;
        plan.press("plan-go-on").await?;
        plan.write(WALK, "Gå en tur hver dag.").await?;
        plan.review().await?;
        assert_eq!(plan.send("plan-save", "Kortere").await?, "plan-saved");
        assert!(action(&stored(&launcher, "").await?, "green").contains("Gå en tur hver dag."));
        Ok(())
    })
    .await;
}
