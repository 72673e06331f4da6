//! The plan as it is read: every shape that sources keep it in, whole, and its texts as nothing but text.

use std::collections::BTreeMap;

use browser_tests::browser::{Browser, browse};
use browser_tests::launcher::{FIXTURES, Launcher};
use browser_tests::plan::{EDITOR, GP, Plan};
use browser_tests::{Result, target};
use fhir_fixtures::Case;
use serde_json::{Value, json};

use crate::none;

pub(crate) fn case(id: &str) -> Result<&'static Case> {
    FIXTURES
        .iter()
        .find(|case| case.id == id)
        .ok_or_else(|| format!("no fixture {id}").into())
}

/// An area as hooks name it, by the words of the source.
pub(crate) fn area(words: &str) -> &'static str {
    match words {
        "medikamentelle tiltak" => "medication",
        "fysisk aktivitet" => "physical-activity",
        "kosthold" => "diet",
        "målinger" => "measurements",
        "psykisk helse" => "mental-health",
        "livsstilstiltak" => "lifestyle",
        _ => "other",
    }
}

/// A text as it can be read on a screen: without control characters, and with no matter how it is broken into lines.
pub(crate) fn readable(text: &str) -> String {
    let seen: String = text
        .chars()
        .filter(|c| c.is_whitespace() || !c.is_control())
        .collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Texts by zone and area, in their order.
type Cells = BTreeMap<(String, String), String>;

/// What the cells of a page hold.
pub(crate) async fn cells_shown(plan: &Plan) -> Result<Cells> {
    let shown = plan.cells().await?.into_iter();
    let with_text = shown.map(|cell| ((cell.zone, cell.area), readable(&cell.text)));
    // An empty cell says so, or is of an area that only another zone uses.
    let is_text = |text: &str| !text.is_empty() && !text.starts_with('–');
    Ok(with_text.filter(|(_, text)| is_text(text)).collect())
}

pub(crate) fn cells_expected(actions: impl Iterator<Item = (String, &'static str, String)>) -> Cells {
    let mut cells = Cells::new();
    for (zone, area, text) in actions {
        let zone = if zone.is_empty() { "any".to_owned() } else { zone };
        let cell = cells.entry((zone, area.to_owned())).or_default();
        *cell = readable(&format!("{cell} {text}"));
    }
    cells
}

/// Words that the page does not say, even after what it fetches later has come.
pub(crate) async fn unsaid(browser: &Browser, plan: &Plan, words: &[String]) -> Result<Vec<String>> {
    let missing = || async {
        let text = readable(&plan.module.text().await?);
        let missing = words.iter().filter(|word| !text.contains(word.as_str()));
        Ok::<Vec<String>, browser_tests::Error>(missing.cloned().collect())
    };
    let all_said = || async { Ok(missing().await?.is_empty().then_some(())) };
    match browser.wait_for("all words", 5, all_said).await {
        Ok(()) => Ok(Vec::new()),
        Err(_) => missing().await,
    }
}

#[tokio::test]
async fn every_shape_of_a_plan_is_read_whole() {
    browse("plan-shapes", 1200, |browser| async move {
        let launcher = Launcher::with_plans(&[])?;
        let mut wrong = Vec::new();
        for id in ["plan-history", "plan-shapes", "two-plans", "plan-texts"] {
            let expected = case(id)?.expected.plan.as_ref().ok_or("no plan expected")?;
            let plan = Plan::open(&browser, &launcher, EDITOR, id).await?;
            let findings = plan.module.findings().await?;
            let proposals = plan.module.texts("proposal-open").await?.len();
            plan.press("plan-whole").await?;
            plan.module.wait_for_hook("plan-back").await?;

            let actions = expected.actions.iter();
            let actions = actions.map(|it| (it.zone.clone(), area(&it.area), it.text.clone()));
            let (shown, should) = (cells_shown(&plan).await?, cells_expected(actions));
            if shown != should {
                wrong.push(format!("{id}: cells {shown:?} instead of {should:?}"));
            }
            if plan.version().await? != expected.version {
                wrong.push(format!("{id}: version {}", plan.version().await?));
            }
            if proposals != expected.proposals.len() {
                wrong.push(format!("{id}: {proposals} suggestions"));
            }
            let contacts = expected.contacts.iter();
            let of_contacts = contacts.flat_map(|it| [&it.name, &it.phone, &it.role, &it.organisation]);
            let follow_up = expected.follow_up.iter().map(|it| &it.name);
            let words = std::iter::once(&expected.title)
                .chain(expected.conditions.values())
                .chain(&expected.goals)
                .chain(of_contacts)
                .chain(follow_up);
            let words: Vec<_> = words.map(|word| readable(word)).collect();
            for word in unsaid(&browser, &plan, &words).await? {
                wrong.push(format!("{id}: {word:?} is not there"));
            }
            for kind in &expected.findings {
                if !findings.iter().any(|finding| finding.kind == *kind) {
                    wrong.push(format!("{id}: {kind} is not told: {findings:?}"));
                }
            }
            if expected.findings.is_empty() && !findings.is_empty() {
                wrong.push(format!("{id}: nothing is wrong, but {findings:?}"));
            }
        }
        none(&wrong)
    })
    .await;
}

#[tokio::test]
async fn until_when_somebody_follows_up_is_said_as_a_date() {
    browse("plan-until", 1200, |browser| async move {
        let launcher = Launcher::with_plans(&[])?;
        let plan = Plan::open(&browser, &launcher, GP, "plan-history").await?;
        let expected = case("plan-history")?.expected.plan.as_ref();
        let until = expected.and_then(|plan| plan.follow_up.as_ref()?.until.as_ref());
        let until: jiff::civil::Date = until.ok_or("no last day")?.parse()?;
        let text = plan.module.text().await?;
        let section = text.split("Følger opp nå").nth(1).ok_or("nobody follows up")?;
        let said = format!("til {}.", until.day());
        assert!(section.contains(&said), "{said}: {section}");
        Ok(())
    })
    .await;
}

/// Elements in the page that a text of the fixture would have made, had it been taken for markup; characters that
/// FHIR's strings do not have; and whether a script of a text has run.
async fn made_of_texts(browser: &Browser) -> Result<(Vec<String>, Vec<u32>, bool)> {
    browser
        .script(
            "const made = document.querySelectorAll('b, i, em, img, body script');
            const control = [...document.body.innerText].map(c => c.codePointAt(0))
                .filter(c => c < 32 && ![9, 10].includes(c));
            return [[...made].map(it => it.outerHTML), control, !!globalThis.hasRun]",
        )
        .await
}

#[tokio::test]
async fn texts_are_shown_as_text_whatever_they_look_like() {
    browse("plan-texts", 1200, |browser| async move {
        let launcher = Launcher::with_plans(&[])?;
        browser.before_load("globalThis.alert = () => { globalThis.hasRun = true; }").await?;
        let plan = Plan::open(&browser, &launcher, EDITOR, "plan-texts").await?;
        let nothing = (Vec::new(), Vec::new(), false);
        assert_eq!(made_of_texts(&browser).await?, nothing, "beside the charts");
        for (page, hook, word) in [
            ("plan-whole", "plan-cell", "<img src=x onerror=alert(1)> Tyngre pust."),
            ("plan-history", "version", "<script>alert('grunn')</script>"),
            ("plan-edit", "undo", "Å <em>puste</em> fritt."),
        ] {
            plan.press(page).await?;
            plan.module.wait_for_hook("plan-back").await?;
            plan.module.wait_for_hook(hook).await?;
            assert_eq!(made_of_texts(&browser).await?, nothing, "{page}");
            let text: String = browser
                .script(
                    "return [document.body.innerText, ...[...document.querySelectorAll('textarea')].map(it => it.value)].join(' ')",
                )
                .await?;
            assert!(text.contains(word), "{page}: {word} in {text:.2000}");
            if page != "plan-edit" {
                plan.press("plan-back").await?;
            }
        }
        let long = plan.written("Grønn sone · Medisiner, nummer 1").await?;
        assert_eq!(long.chars().count(), 10_000);
        Ok(())
    })
    .await;
}

/// A plan of which not everything can be understood.
fn half_understood() -> Value {
    let category = json!([{ "coding": [{
        "system": "http://ehelse.no/fhir/CodeSystem/vkp-careplan-category-v090", "code": "2" }] }]);
    let zone = json!([{ "coding": [{ "system": "http://hl7.no/fhir/ig/planer-hacking/CodeSystem/planer-hacking-observation-severity-zone-cs",
        "code": "yellow" }] }]);
    let subject = json!({ "reference": "Patient/half" });
    let resources = [
        json!({ "resourceType": "Patient", "id": "half", "name": [{ "text": "Halvor Halv" }], "birthDate": "1950" }),
        json!({ "resourceType": "EpisodeOfCare", "id": "half-episode", "status": "active", "patient": subject,
            "period": { "start": "2026-01-01" } }),
        json!({ "resourceType": "CarePlan", "id": "half-plan", "status": "active", "intent": "plan", "category": category,
            "subject": subject, "title": 17, "goal": [{ "reference": "Goal/borte" }],
            "activity": [{ "detail": { "status": "in-progress", "description": { "tekst": "nei" } } }, "tull"] }),
        json!({ "resourceType": "CarePlan", "id": "half-yellow", "status": "active", "intent": "plan", "category": zone,
            "subject": subject, "partOf": [{ "reference": "CarePlan/half-plan" }],
            "activity": [{ "detail": { "status": "in-progress", "code": { "text": "kosthold" }, "description": "Drikk nok." } }] }),
    ];
    let entries = resources.map(|resource| json!({ "resource": resource }));
    json!({ "resourceType": "Bundle", "type": "collection", "entry": entries })
}

#[tokio::test]
async fn what_is_understood_of_a_plan_is_shown_and_the_rest_is_told() {
    browse("plan-half", 1200, |browser| async move {
        let folder = target().join("e2e-plans");
        std::fs::create_dir_all(&folder)?;
        let file = folder.join("half.json");
        std::fs::write(&file, half_understood().to_string())?;
        let launcher = Launcher::start(["--data".into(), file.into()])?;
        let plan = Plan::open(&browser, &launcher, EDITOR, "half").await?;
        let cells = cells_shown(&plan).await?;
        assert_eq!(
            cells
                .get(&("yellow".to_owned(), "diet".to_owned()))
                .map(String::as_str),
            Some("Drikk nok."),
            "{cells:?}"
        );
        let findings = plan.module.findings().await?;
        let told = |words: &str| findings.iter().any(|it| it.text.contains(words));
        assert!(told("Goal/borte") && told("CarePlan/half-plan"), "{findings:?}");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_part_of_another_patients_plan_is_not_shown_and_told() {
    browse("plan-foreign", 1200, |browser| async move {
        let launcher = Launcher::with_plans(&[])?;
        let whole = Plan::open(&browser, &launcher, EDITOR, "kols").await?;
        let all = cells_shown(&whole).await?.len();
        launcher
            .fail(json!([{ "on": "CarePlan", "fault": "other-patient" }]))
            .await?;
        browser.goto(&launcher.window_of(EDITOR, "kols")).await?;
        whole.module.wait_for_state("ready").await?;
        let told = || async {
            let findings = whole.module.findings().await?;
            let foreign = |kind: &str| ["other-patient", "plan-of-other-patient"].contains(&kind);
            Ok(findings.iter().any(|it| foreign(&it.kind)).then_some(()))
        };
        browser.wait_for("the finding", 10, told).await?;
        assert!(cells_shown(&whole).await?.len() < all, "a part is missing");
        Ok(())
    })
    .await;
}
