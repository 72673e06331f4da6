//! The plan where there is little room, and for who does not see it: every page of it fits, and has nothing that
//! assistive technology stumbles over.

use browser_tests::Result;
use browser_tests::axe::violations;
use browser_tests::browser::{Browser, browse};
use browser_tests::launcher::Launcher;
use browser_tests::plan::{EDITOR, GP, Plan};
use serde_json::Value;

use crate::none;
use crate::plan_reading::{area, case, cells_expected, cells_shown, unsaid};

#[tokio::test]
async fn in_a_side_panel_one_zone_is_read_at_a_time() {
    browse("plan-narrow", 400, |browser| async move {
        let launcher = Launcher::with_plans(&[])?;
        let plan = Plan::open(&browser, &launcher, GP, "kols").await?;
        let seen = || async {
            browser
                .script::<Vec<String>>(
                    "return [...new Set([...document.querySelectorAll('[data-testid=plan-cell]')]
                        .filter(cell => cell.checkVisibility()).map(cell => cell.dataset.zone))]",
                )
                .await
        };
        assert_eq!(seen().await?, Vec::<String>::new(), "one line until it is opened");
        plan.module.press_button("Vis").await?;
        browser.settle().await?;
        assert_eq!(seen().await?, ["green"]);
        for (button, zone) in [("Gul", "yellow"), ("Rød", "red"), ("Grønn", "green")] {
            plan.module.press_button(button).await?;
            browser.settle().await?;
            assert_eq!(seen().await?, [zone]);
        }

        let said = case("kols")?.resources().filter(|it| it["partOf"].is_array());
        let actions = said.flat_map(|part| {
            let zone = part["category"][0]["coding"][0]["code"].clone();
            let done = part["activity"].as_array().cloned().unwrap_or_default();
            done.into_iter().map(move |it| {
                let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
                let detail = &it["detail"];
                (
                    text(&zone),
                    area(&text(&detail["code"]["text"])),
                    text(&detail["description"]),
                )
            })
        });
        let expected = cells_expected(actions);
        assert_eq!(expected.len(), 7, "{expected:?}");
        assert_eq!(cells_shown(&plan).await?, expected);
        let phone = unsaid(&browser, &plan, &["+47 99 00 00 03".to_owned()]).await?;
        assert_eq!(phone, Vec::<String>::new(), "the contact's phone");
        assert_eq!(overflow(&browser).await?, None);
        Ok(())
    })
    .await;
}

/// What reaches beyond the window's width.
async fn overflow(browser: &Browser) -> Result<Option<String>> {
    let width: [f64; 2] = browser
        .script("return [document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        .await?;
    Ok((width[0] > width[1]).then(|| format!("the page is {} wide in {}", width[0], width[1])))
}

#[tokio::test]
async fn every_page_of_the_plan_fits_and_is_accessible_at_every_width() {
    browse("plan-pages", 400, |browser| async move {
        let launcher = Launcher::with_plans(&[])?;
        let mut wrong = Vec::new();
        for width in [400, 1200] {
            browser.size(width, 900).await?;
            for page in ["plan-whole", "plan-history", "proposal-open", "plan-edit"] {
                let plan = Plan::open(&browser, &launcher, EDITOR, "plan-history").await?;
                plan.press(page).await?;
                plan.module.wait_for_hook("plan-back").await?;
                if page == "plan-history" {
                    plan.module.wait_for_hook("version").await?;
                }
                let mut pages = vec![page];
                if page == "plan-edit" {
                    plan.write("Gul sone · Medisiner, nummer 1", "Ta tre drag.")
                        .await?;
                    pages.push("plan-review");
                }
                for page in pages {
                    if page == "plan-review" {
                        plan.review().await?;
                    }
                    browser.settle().await?;
                    let too_wide = overflow(&browser).await?.into_iter();
                    let broken = violations(&browser).await?.into_iter();
                    let broken = broken.map(|it| format!("{} {}: {:?}", it.id, it.help, it.nodes));
                    wrong.extend(
                        too_wide
                            .chain(broken)
                            .map(|it| format!("{page} at {width}: {it}")),
                    );
                }
            }
        }
        none(&wrong)
    })
    .await;
}
