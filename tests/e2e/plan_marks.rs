//! The plan's versions on the time axis: there from the first screen on where records tell of them, at the first touch of
//! a trend where none do, and each the way to its changes.

use browser_tests::Result;
use browser_tests::browser::{Browser, browse};
use browser_tests::launcher::Launcher;
use browser_tests::plan::{EDITOR, Plan};

use crate::plan_reading::case;

const PATIENT: &str = "plan-history";

/// The marks in their order, as they are called.
async fn marks(browser: &Browser) -> Result<Vec<String>> {
    let script = "return [...document.querySelectorAll('[data-testid=plan-mark]')].map(mark => mark.title)";
    browser.script(script).await
}

async fn press_mark(browser: &Browser, at: usize) -> Result<()> {
    let script = format!("document.querySelectorAll('[data-testid=plan-mark]')[{at}].click()");
    browser.script::<()>(&script).await?;
    browser.settle().await
}

async fn marks_when(browser: &Browser, count: usize) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for _ in 0..100 {
        found = marks(browser).await?;
        if found.len() == count {
            return Ok(found);
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    Err(format!("{count} marks: {found:?}").into())
}

/// What the plan and its history were asked for, beside the one search of the first screen.
async fn more_asked(browser: &Browser) -> Result<Vec<String>> {
    let requests = browser.noted().await?.requests.into_iter();
    let of_plan = requests.map(|it| it.address).filter(|address| {
        address.contains("/CarePlan/") || address.contains("/Provenance") || address.contains("part-of=")
    });
    Ok(of_plan.collect())
}

#[tokio::test]
async fn the_versions_of_the_period_are_marked_from_the_start_and_cost_no_request() {
    browse("plan-marks", 1200, |browser| async move {
        browser.witness().await?;
        let plan = Plan::open(&browser, Launcher::shared()?, EDITOR, PATIENT).await?;
        let first = marks(&browser).await?;
        let said = [
            "Plan endret: v7, Sol Legesen",
            "Plan endret: v6",
            "Plan endret: v5, Sol Legesen",
        ];
        assert!(
            first.len() == said.len() && first.iter().zip(said).all(|(mark, said)| mark.starts_with(said)),
            "{first:?}"
        );
        assert_eq!(more_asked(&browser).await?, Vec::<String>::new());

        // What it changed is fetched once it is pressed.
        press_mark(&browser, 2).await?;
        plan.module.wait_for_hook("version").await?;
        let expected = &case(PATIENT)?.expected.plan;
        let versions = expected.iter().flat_map(|plan| &plan.versions);
        let fifth = versions.into_iter().find(|it| it.version == "5").ok_or("no v5")?;
        let changes = plan.changes().await?;
        assert!(
            !changes.is_empty() && changes.iter().all(|change| change.time == fifth.time),
            "{changes:?}"
        );
        plan.press("plan-back").await?;
        let versions = |marks: &[String]| -> Vec<String> {
            let of = marks
                .iter()
                .map(|mark| mark.split(',').next().unwrap_or_default());
            of.map(str::to_owned).collect()
        };
        let known = marks_when(&browser, 3).await?;
        assert_eq!(versions(&known), versions(&first), "the history says the same");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_longer_period_brings_the_marks_of_its_versions_those_too_that_nobody_recorded() {
    browse("plan-marks-year", 1200, |browser| async move {
        let plan = Plan::open(&browser, Launcher::shared()?, EDITOR, PATIENT).await?;
        plan.module.press_button("1 år").await?;
        let all = marks_when(&browser, 6).await?;
        let fourth = all.iter().position(|mark| mark.starts_with("Plan endret: v4"));
        press_mark(
            &browser,
            fourth.ok_or("v4 has no Provenance and is marked all the same")?,
        )
        .await?;
        plan.module.wait_for_hook("version").await?;
        assert!(!plan.changes().await?.is_empty());
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn where_no_record_came_along_the_marks_come_when_a_trend_is_touched() {
    for (habit, user) in [("no-include", EDITOR), ("nhn-plans", EDITOR)] {
        browse("plan-marks-touch", 1200, |browser| async move {
            let launcher = Launcher::with_plans(&[habit])?;
            browser.witness().await?;
            let plan = Plan::open(&browser, &launcher, user, PATIENT).await?;
            plan.module.trends().await?;
            assert_eq!(marks(&browser).await?.len(), 1, "{habit}: the one in force");
            assert_eq!(more_asked(&browser).await?, Vec::<String>::new(), "{habit}");
            let canvas = "[data-testid=trend] canvas";
            let middle = browser.place_in(canvas, 0.5, 0.5).await?;
            browser.drag(middle, middle).await?;
            let marked = marks_when(&browser, 3).await?;
            assert!(marked[2].starts_with("Plan endret: v5"), "{habit}: {marked:?}");
            Ok(())
        })
        .await;
    }
}
