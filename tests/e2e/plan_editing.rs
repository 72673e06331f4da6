//! The plan as it is written: what can be changed, what is seen of it while it is written, what is refused, and who
//! may at all.

use browser_tests::browser::browse;
use browser_tests::launcher::Launcher;
use browser_tests::plan::{EDITOR, GP, Plan, READERS};
use browser_tests::smart::App;
use browser_tests::stored_plan::StoredPlan;
use serde_json::json;

const MEDICINES: &str = "Gul sone · Medisiner, nummer 1";
const GOAL: &str = "Hva er viktig for meg, nummer 1";
const PHONE: &str = "Kontaktpersoner, nummer 1: Telefon";

#[tokio::test]
async fn what_is_reviewed_is_exactly_what_the_server_holds_afterwards() {
    browse("plan-edit", 1200, |browser| async move {
        let launcher = Launcher::with_plans(&[])?;
        let stored = StoredPlan::of(&launcher, "kols").await?;
        let before = stored.version().await?;
        let plan = Plan::open(&browser, &launcher, EDITOR, "kols").await?;
        plan.press("plan-edit").await?;
        let medicines = plan.written(MEDICINES).await?;
        plan.write(MEDICINES, &format!("{medicines} Mål <95 % & noter."))
            .await?;
        plan.write(GOAL, "Å gå på fjellet.").await?;
        plan.write(PHONE, "+47 99 00 00 99").await?;
        plan.add_to("Rød sone · Kosthold").await?;
        plan.write("Rød sone · Kosthold, nummer 1", "Drikk i små slurker.")
            .await?;

        let reviewed = plan.review().await?;
        let mut cells: Vec<_> = reviewed
            .iter()
            .map(|it| (it.cell.as_str(), it.kind.as_str()))
            .collect();
        cells.sort_unstable();
        let expected = [
            ("contact", "replace"),
            ("goal", "replace"),
            ("red/diet", "insert"),
            ("yellow/medication", "replace"),
        ];
        assert_eq!(cells, expected, "{reviewed:#?}");
        let of = |cell: &str| {
            reviewed
                .iter()
                .find(|it| it.cell == cell)
                .cloned()
                .unwrap_or_default()
        };
        assert_eq!(of("yellow/medication").inserted.trim(), "Mål <95 % & noter.");
        assert_eq!(of("yellow/medication").deleted, "");
        assert_eq!(of("contact").inserted, "+47 99 00 00 99");
        assert!(
            of("goal").text.contains("Anders Dahl"),
            "signed: {:?}",
            of("goal")
        );
        assert_eq!(
            plan.send("plan-save", "Ny kur & ny \"plan\"").await?,
            "plan-saved"
        );

        assert_eq!(stored.version().await?, before + 1, "one version");
        let yellow = stored.zone("yellow").await?;
        assert!(
            yellow.contains(&format!("{medicines} Mål <95 % & noter.")),
            "{yellow:?}"
        );
        assert!(
            stored
                .zone("red")
                .await?
                .contains(&"Drikk i små slurker.".to_owned())
        );
        let goal = stored.get("Goal/kols-goal-what-matters").await?;
        assert_eq!(goal["description"]["text"], "Å gå på fjellet.");
        let shown = || async { Ok((plan.version().await? == (before + 1).to_string()).then_some(())) };
        browser
            .wait_for("the next version in the head", 10, shown)
            .await?;
        let text = plan.module.text().await?;
        assert!(
            text.contains("+47 99 00 00 99") && text.contains("Å gå på fjellet."),
            "{text}"
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_save_is_recorded_with_who_for_whom_from_what_and_why() {
    browse("plan-provenance", 1200, |browser| async move {
        let launcher = Launcher::with_plans(&[])?;
        let stored = StoredPlan::of(&launcher, "plan-history").await?;
        let (before, old) = (stored.version().await?, stored.provenances().await?.len());
        let plan = Plan::open(&browser, &launcher, EDITOR, "plan-history").await?;
        plan.press("plan-edit").await?;
        plan.write("Rød sone · Medisiner, nummer 1", "Ring 113 med en gang.")
            .await?;
        plan.save("Etter innleggelsen i går").await?;

        let records = stored.provenances().await?;
        assert_eq!(records.len(), old + 1);
        let record = records.first().ok_or("no record")?;
        let targets: Vec<_> = record["target"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|it| &it["reference"])
            .collect();
        assert!(
            targets.contains(&&json!("CarePlan/plan-history-plan")),
            "{record:#}"
        );
        assert!(targets.contains(&&json!("Patient/plan-history")), "{record:#}");
        assert_eq!(
            record["reason"][0]["text"], "Etter innleggelsen i går",
            "{record:#}"
        );
        let agent = &record["agent"][0];
        let who = agent["who"]["reference"].as_str().unwrap_or_default();
        assert!(who.ends_with("Practitioner/spesialist-dahl"), "{record:#}");
        assert_eq!(agent["who"]["display"], "Anders Dahl");
        assert!(agent["onBehalfOf"]["display"].is_string(), "for whom: {record:#}");
        let entities = record["entity"].as_array().ok_or("no entities")?;
        let names = |role: &str, version: u64| {
            let address = format!("CarePlan/plan-history-plan/_history/{version}");
            let what = |it: &serde_json::Value| {
                it["what"]["reference"]
                    .as_str()
                    .is_some_and(|it| it.ends_with(&address))
            };
            entities.iter().any(|it| it["role"] == role && what(it))
        };
        assert!(names("revision", before), "{record:#}");
        assert!(
            record["activity"].is_object() && record["recorded"].is_string(),
            "{record:#}"
        );

        plan.press("plan-history").await?;
        plan.module.wait_for_hook("version").await?;
        let versions = plan.versions().await?;
        let newest = versions.first().ok_or("no versions")?;
        assert_eq!(
            (&newest.version, newest.author.as_str()),
            (&(before + 1).to_string(), "Anders Dahl")
        );
        for words in ["Etter innleggelsen i går", "Lungespesialist", "Fjordbyen sykehus"] {
            assert!(newest.text.contains(words), "{words}: {newest:?}");
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn changes_are_seen_as_they_are_written_and_taken_back_step_by_step() {
    browse("plan-undo", 1200, |browser| async move {
        let launcher = Launcher::with_plans(&[])?;
        let plan = Plan::open(&browser, &launcher, EDITOR, "kols").await?;
        plan.press("plan-edit").await?;
        let (medicines, goal) = (plan.written(MEDICINES).await?, plan.written(GOAL).await?);
        plan.write(MEDICINES, &medicines.replace("Øk ", "Reduser "))
            .await?;
        plan.write(GOAL, "Å sove.").await?;
        let changes = plan.changes().await?;
        let of = |cell: &str| {
            changes
                .iter()
                .find(|it| it.cell == cell)
                .cloned()
                .unwrap_or_default()
        };
        assert_eq!(
            (
                of("yellow/medication").deleted.trim(),
                of("yellow/medication").inserted.trim()
            ),
            ("Øk", "Reduser")
        );
        assert_eq!(changes.len(), 2, "{changes:?}");

        let now = || async {
            Ok::<_, browser_tests::Error>((plan.written(MEDICINES).await?, plan.written(GOAL).await?))
        };
        plan.press("undo").await?;
        browser.settle().await?;
        assert_eq!(now().await?, (medicines.replace("Øk ", "Reduser "), goal.clone()));
        plan.press("undo").await?;
        browser.settle().await?;
        assert_eq!(now().await?, (medicines.clone(), goal.clone()));
        assert_eq!(plan.changes().await?, []);
        plan.press("redo").await?;
        plan.press("redo").await?;
        browser.settle().await?;
        assert_eq!(
            now().await?,
            (medicines.replace("Øk ", "Reduser "), "Å sove.".to_owned())
        );

        plan.press("plan-discard").await?;
        plan.press("plan-keep").await?;
        assert!(!plan.changes().await?.is_empty(), "kept");
        plan.press("plan-discard").await?;
        plan.press("plan-discard-yes").await?;
        plan.press("plan-edit").await?;
        browser.settle().await?;
        assert_eq!(now().await?, (medicines, goal), "nothing is left of it");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_saved_is_said_at_its_field_and_nothing_is_saved() {
    browse("plan-invalid", 1200, |browser| async move {
        let launcher = Launcher::with_plans(&[])?;
        let stored = StoredPlan::of(&launcher, "kols").await?;
        let before = stored.version().await?;
        let plan = Plan::open(&browser, &launcher, EDITOR, "kols").await?;
        plan.press("plan-edit").await?;
        for (field, text, words) in [
            (PHONE, "ring meg", "Skriv et nummer som kan ringes."),
            (MEDICINES, &"Ta to drag. ".repeat(900), "høyst 10 000 tegn"),
        ] {
            let was = plan.written(field).await?;
            plan.write(field, text).await?;
            let said: (String, String) = browser
                .script(
                    "const wrong = document.querySelector('[aria-invalid=true]');
                    return [wrong.value, document.getElementById(wrong.getAttribute('aria-describedby')).innerText]",
                )
                .await?;
            assert_eq!(said.0, text, "the field that is wrong");
            assert!(said.1.replace('\u{a0}', " ").contains(words), "{}", said.1);
            plan.press("plan-review").await?;
            browser.settle().await?;
            let focus: String = browser.script("return document.activeElement.value ?? ''").await?;
            assert_eq!(focus, text, "the way on leads to what is wrong");
            assert!(plan.module.texts("plan-save").await?.is_empty());
            plan.write(field, &was).await?;
        }
        assert_eq!(stored.version().await?, before);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn who_may_not_write_is_offered_nothing_and_refused_by_the_server() {
    browse("plan-roles", 1200, |browser| async move {
        let launcher = Launcher::with_plans(&[])?;
        let stored = StoredPlan::of(&launcher, "kols").await?;
        for user in READERS {
            let plan = Plan::open(&browser, &launcher, user, "kols").await?;
            for hook in ["plan-edit", "limits-edit"] {
                assert_eq!(
                    plan.module.texts(hook).await?,
                    Vec::<String>::new(),
                    "{user}: {hook}"
                );
            }
            let text = plan.module.text().await?;
            assert!(
                !text.contains("Rediger") && !text.contains("Foreslå"),
                "{user}: {text}"
            );
        }
        let gp = Plan::open(&browser, &launcher, GP, "kols").await?;
        assert_eq!(gp.module.texts("plan-edit").await?, ["Foreslå endring"]);
        gp.press("plan-edit").await?;
        gp.write(MEDICINES, "Bare et forslag.").await?;
        gp.review().await?;
        assert!(
            gp.module.texts("plan-save").await?.is_empty(),
            "saving is not offered"
        );
        assert_eq!(gp.module.texts("plan-suggest").await?.len(), 1);

        let mut plan = stored.plan().await?;
        plan["title"] = json!("Overskrevet");
        for user in [READERS[0], READERS[1], GP] {
            let app = App::launch_as(&launcher, user, "kols", "launch patient/CarePlan.cruds").await?;
            let (status, answer) = app.put("CarePlan/kols-plan", &plan).await?;
            assert_eq!(status, 403, "{user}: {answer:#}");
        }
        let editor = App::launch_as(&launcher, EDITOR, "kols", "launch patient/CarePlan.cruds").await?;
        assert_eq!(
            editor.put("CarePlan/kols-plan", &plan).await?.0,
            200,
            "the request itself is right"
        );
        Ok(())
    })
    .await;
}
