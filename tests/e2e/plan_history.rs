//! The plan's change log: who changed what, when and why; any two versions compared; and what is said where a source
//! gives less than all of it.

use std::collections::BTreeSet;

use browser_tests::Result;
use browser_tests::browser::{Browser, browse};
use browser_tests::launcher::Launcher;
use browser_tests::plan::{EDITOR, OTHER_EDITOR, Plan, PlanChange};
use fhir_fixtures::{PlanExpected, VersionExpected};

use crate::none;
use crate::plan_reading::{area, case};

const PATIENT: &str = "plan-history";

fn expected() -> Result<&'static PlanExpected> {
    Ok(case(PATIENT)?.expected.plan.as_ref().ok_or("no plan expected")?)
}

/// Opens the change log.
async fn log(browser: &Browser, launcher: &Launcher, user: &str) -> Result<Plan> {
    let plan = Plan::open(browser, launcher, user, PATIENT).await?;
    plan.press("plan-history").await?;
    plan.module.wait_for_hook("version").await?;
    Ok(plan)
}

/// A place as hooks name it, by its name in the fixtures.
fn place(name: &str) -> String {
    match name.split_once('/') {
        Some(("condition", zone)) => format!("{zone}/condition"),
        Some((zone @ ("green" | "yellow" | "red"), words)) => format!("{zone}/{}", area(words)),
        _ => name.to_owned(),
    }
}

/// Places that are changed, sorted; one entry for each change.
fn places(changes: &[PlanChange]) -> Vec<String> {
    sorted(changes.iter().map(|change| change.cell.clone()))
}

fn places_expected<'a>(versions: impl IntoIterator<Item = &'a VersionExpected>) -> Vec<String> {
    let all = versions.into_iter().flat_map(|version| &version.changed);
    sorted(all.map(|name| place(name)))
}

fn sorted(places: impl Iterator<Item = String>) -> Vec<String> {
    let mut places: Vec<_> = places.collect();
    places.sort();
    // Somebody else as a contact is a person gone and one come, or one in the other's place.
    places.dedup_by(|one, other| one == other && one == "contact");
    places
}

#[tokio::test]
async fn every_version_says_when_by_whom_and_why_it_was_made_and_what_it_changed() {
    browse("plan-log", 1200, |browser| async move {
        let launcher = Launcher::with_plans(&[])?;
        let plan = log(&browser, &launcher, EDITOR).await?;
        let expected = expected()?;
        let shown = plan.versions().await?;
        let mut wrong = Vec::new();
        assert_eq!(shown.len(), expected.versions.len());
        for (shown, expected) in shown.iter().zip(&expected.versions) {
            let VersionExpected {
                version,
                time,
                author,
                role,
                organisation,
                reason,
                ..
            } = expected;
            if (&shown.version, &shown.time, &shown.author) != (version, time, author) {
                wrong.push(format!("{shown:?} instead of {expected:?}"));
            }
            let text = shown.text.replace('\u{a0}', " ");
            let unsaid = [author, role, organisation, reason]
                .into_iter()
                .filter(|word| !text.contains(*word));
            wrong.extend(unsaid.map(|word| format!("v{version} does not say {word:?}: {text}")));
        }

        let newest = places(&plan.changes().await?);
        let first = expected.versions.first().ok_or("no versions")?;
        assert_eq!(newest, places_expected([first]), "it opens on the latest version");
        for version in &expected.versions {
            if version.changed.is_empty() {
                continue;
            }
            browser
                .driver
                .find(thirtyfour::By::Css(format!(
                    "[data-testid=version][data-version='{}'] button",
                    version.version
                )))
                .await?
                .click()
                .await?;
            browser.settle().await?;
            let changes = plan.changes().await?;
            if places(&changes) != places_expected([version]) {
                wrong.push(format!("v{}: {:?}", version.version, places(&changes)));
            }
            let others = changes
                .iter()
                .filter(|it| (&it.author, &it.time) != (&version.author, &version.time));
            wrong.extend(others.map(|it| {
                format!(
                    "v{} has a change of {} at {}",
                    version.version, it.author, it.time
                )
            }));
        }
        none(&wrong)
    })
    .await;
}

#[tokio::test]
async fn any_two_versions_are_compared_word_by_word_in_the_text_and_side_by_side() {
    browse("plan-compare", 1200, |browser| async move {
        let launcher = Launcher::with_plans(&[])?;
        let plan = log(&browser, &launcher, EDITOR).await?;
        // The second select holds the newer version already.
        let choose = "const select = document.querySelectorAll('.plan-choice select')[0];
            select.selectedIndex = select.options.length - 1;
            select.dispatchEvent(new Event('change', { bubbles: true }))";
        browser.script::<()>(choose).await?;
        browser.settle().await?;
        let inline = plan.changes().await?;
        let expected = expected()?;
        let all: BTreeSet<_> = places_expected(&expected.versions).into_iter().collect();
        let shown: BTreeSet<_> = places(&inline).into_iter().collect();
        assert_eq!(shown, all, "everything that seven versions changed");

        let medicines = inline
            .iter()
            .find(|it| it.cell == "yellow/medication")
            .ok_or("no medicines")?;
        assert_eq!(
            (medicines.kind.as_str(), medicines.author.as_str()),
            ("replace", "Gro Fastlegesen")
        );
        assert_eq!(
            medicines.inserted.trim_matches([',', ' ', '.']),
            "med pantoprazol 20 mg",
            "{medicines:?}"
        );
        assert!(!medicines.deleted.contains("prednisolon"), "{medicines:?}");
        assert!(
            medicines.text.contains("Ta to ekstra drag"),
            "the words that stay are read too: {medicines:?}"
        );
        let gone = inline
            .iter()
            .find(|it| it.cell == "green/diet")
            .ok_or("no diet")?;
        assert_eq!(
            (gone.kind.as_str(), gone.deleted.as_str()),
            ("delete", "Små måltider, nok å drikke.")
        );
        let spo2 = inline
            .iter()
            .find(|it| it.cell == "limits/spo2")
            .ok_or("no limits")?;
        assert!(
            spo2.text.contains("Gul lav") && spo2.inserted.contains("90"),
            "as limits and not as text: {spo2:?}"
        );
        let unsigned = inline
            .iter()
            .filter(|it| it.author.is_empty() || it.time.is_empty());
        assert_eq!(unsigned.count(), 0, "{inline:#?}");
        assert!(
            inline.iter().all(|it| it.text.contains(&it.author)),
            "who, as text"
        );
        let text = plan.module.text().await?;
        for path in ["CarePlan", "activity", "detail", "/medication"] {
            assert!(!text.contains(path), "{path} is no doctor's word: {text}");
        }

        plan.module.press_button("Side om side").await?;
        browser.settle().await?;
        let beside = plan.changes().await?;
        assert_eq!(places(&beside), places(&inline));
        let columns: Vec<String> = browser
            .script(
                "const row = document.querySelector('[data-testid=change][data-cell=\"yellow/medication\"]');
                return [...row.querySelectorAll('td')].map(cell => cell.innerText)",
            )
            .await?;
        let [before, after] = columns.as_slice() else {
            return Err(format!("two columns: {columns:?}").into());
        };
        assert!(
            !before.contains("pantoprazol") && after.contains("pantoprazol 20 mg"),
            "{columns:?}"
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn what_has_changed_since_the_user_last_saw_the_plan_is_one_press_away() {
    browse("plan-seen", 1200, |browser| async move {
        let launcher = Launcher::with_plans(&[])?;
        let since = "Siden du sist så planen";
        let first = log(&browser, &launcher, EDITOR).await?;
        assert!(
            !first.module.text().await?.contains(since),
            "it is the first visit"
        );

        let other = Plan::open(&browser, &launcher, OTHER_EDITOR, PATIENT).await?;
        other.press("plan-edit").await?;
        other
            .write("Gul sone · Aktivitet, nummer 1", "Hvil helt i to dager.")
            .await?;
        other.save("Avtalt på telefon").await?;

        let again = log(&browser, &launcher, EDITOR).await?;
        again.module.press_button(since).await?;
        browser.settle().await?;
        let changes = again.changes().await?;
        let [change] = changes.as_slice() else {
            return Err(format!("one change: {changes:?}").into());
        };
        assert_eq!(
            (change.cell.as_str(), change.author.as_str()),
            ("yellow/physical-activity", "Hanne Vik")
        );
        assert!(
            again.module.text().await?.contains("Avtalt på telefon"),
            "and why"
        );

        let third = log(&browser, &launcher, EDITOR).await?;
        third.module.press_button(since).await?;
        browser.settle().await?;
        let text = third.module.text().await?;
        assert!(
            text.contains("Ingen endringer siden du sist så planen."),
            "{text}"
        );
        Ok(())
    })
    .await;
}

/// What a source does, how many versions can be shown of the seven, and the hook that says what is missing.
const SOURCES: [(&str, usize, &str); 6] = [
    ("no-history", 7, ""),
    ("uuid-versions", 7, ""),
    ("history-cut", 7, ""),
    ("vanished-version", 6, "history-cut"),
    ("no-old-versions", 1, "history-none"),
    ("no-versions", 1, "history-none"),
];

#[tokio::test]
async fn a_source_that_gives_no_history_or_not_all_of_it_is_said_to() {
    browse("plan-no-history", 1200, |browser| async move {
        let mut wrong = Vec::new();
        for (habit, number, hook) in SOURCES {
            let launcher = Launcher::with_plans(&[habit])?;
            let plan = match log(&browser, &launcher, EDITOR).await {
                Ok(plan) => plan,
                Err(error) => {
                    wrong.push(format!("{habit}: {error}"));
                    continue;
                }
            };
            let versions = plan.versions().await?;
            if versions.len() != number {
                let names: Vec<_> = versions.iter().map(|it| &it.version).collect();
                wrong.push(format!("{habit}: {names:?} instead of {number}"));
            }
            for said in ["history-cut", "history-none"] {
                let is_said = !plan.module.texts(said).await?.is_empty();
                if is_said != (said == hook) {
                    wrong.push(format!("{habit}: {said} is {is_said}"));
                }
            }
            if !plan.module.errors().await?.is_empty() {
                wrong.push(format!("{habit}: {:?}", plan.module.errors().await?));
            }
        }
        none(&wrong)
    })
    .await;
}
