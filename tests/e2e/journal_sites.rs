//! The module as a guest in the journal: its own window, its width, another patient, nobody followed up.

use browser_tests::browser::browse;
use browser_tests::journal::{self, Width};
use browser_tests::launcher::Launcher;
use browser_tests::module::Module;
use thirtyfour::By;

#[tokio::test]
async fn the_module_opens_in_a_window_of_its_own() {
    browse("window", 1200, |browser| async move {
        browser
            .goto(&Launcher::shared()?.page("hospital", "kols"))
            .await?;
        let link = browser.driver.find(By::LinkText("Åpne i eget vindu")).await?;
        browser
            .goto(&link.prop("href").await?.unwrap_or_default())
            .await?;
        let module = Module::new(browser.clone());
        module.wait_for_state("ready").await?;
        assert!(!module.latest_rows().await?.is_empty());
        // Code, state and launch are gone from the address.
        let url = browser.driver.current_url().await?;
        assert_eq!(url.query(), None, "{url}");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn another_patient_replaces_the_first_without_a_trace() {
    browse("another", 1200, |browser| async move {
        let launcher = Launcher::shared()?;
        let first = journal::open(&browser, launcher, "gp", "kols", Width::Narrow).await?;
        let name = first.patient_check().await?;
        let second = journal::open(&browser, launcher, "gp", "diabetes", Width::Narrow).await?;
        assert_ne!(second.patient_check().await?, name);
        let rows = second.latest_rows().await?;
        assert!(rows.iter().all(|row| row.parameter != "fev1"), "{rows:?}");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_patient_without_home_monitoring_is_told_in_words() {
    browse("nothing", 1200, |browser| async move {
        let module = journal::open(
            &browser,
            Launcher::shared()?,
            "gp",
            "no-monitoring",
            Width::Narrow,
        )
        .await?;
        assert_eq!(module.errors().await?, []);
        let text = module.text().await?;
        assert!(text.contains("følges ikke opp digitalt"), "{text}");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_width_can_change_while_the_module_is_open() {
    browse("width", 1700, |browser| async move {
        let module = journal::open(&browser, Launcher::shared()?, "hospital", "kols", Width::Wide).await?;
        let rows = module.latest_rows().await?;
        assert!(
            module.trends().await?.len() > 1,
            "charts stand stacked where there is room"
        );
        browser.driver.enter_default_frame().await?;
        browser
            .driver
            .find(By::Css("[data-width='narrow']"))
            .await?
            .click()
            .await?;
        journal::enter(&browser).await?;
        let narrow = || async { Ok(module.trends().await?.is_empty().then_some(())) };
        browser
            .wait_for("the charts to go into the rows", 5, narrow)
            .await?;
        assert_eq!(module.latest_rows().await?, rows);
        let sideways: bool = browser
            .script("return document.documentElement.scrollWidth > document.documentElement.clientWidth")
            .await?;
        assert!(!sideways, "the narrow module scrolls sideways");
        Ok(())
    })
    .await;
}
