//! A year of continuous glucose: nothing of it is lost, and the page stays at the doctor's service while it comes. How
//! long its tasks are is measured by a benchmark.

use browser_tests::Result;
use browser_tests::browser::{Browser, browse};
use browser_tests::journal::open_window;
use browser_tests::launcher::Launcher;
use browser_tests::module::{Module, Trend};

/// Readings in the year.
const YEAR: usize = 105_120;
/// A year may take this long on a slow, busy machine, in seconds.
const PATIENCE: u64 = 120;

async fn glucose(module: &Module) -> Result<Trend> {
    let trends = module.trends().await?.into_iter();
    let mut glucose = trends.filter(|trend| trend.parameter == "glucose");
    Ok(glucose.next().unwrap_or_default())
}

/// Waits until the curve has more than so many readings; returns it.
async fn more_than(browser: &Browser, module: &Module, readings: usize) -> Result<Trend> {
    let what = format!("more than {readings} readings");
    let found = || async {
        let trend = glucose(module).await?;
        let more = trend.readings.parse().is_ok_and(|now: usize| now > readings);
        Ok(more.then_some(trend))
    };
    browser.wait_for(&what, PATIENCE, found).await
}

async fn requests_for_readings(browser: &Browser) -> Result<usize> {
    let requests = browser.requests().await?;
    Ok(requests
        .iter()
        .filter(|url| url.contains("/fhir/Observation"))
        .count())
}

#[tokio::test]
async fn a_year_of_continuous_glucose_is_all_there_and_other_periods_can_be_chosen_meanwhile() {
    browse("load", 1200, |browser| async move {
        let module = open_window(&browser, Launcher::shared()?, "gp", "cgm", "ready").await?;
        let quarter: usize = glucose(&module).await?.readings.parse()?;
        module.press_button("1 år").await?;
        more_than(&browser, &module, quarter).await?;

        module.press_button("30 dager").await?;
        let month = browser
            .wait_for("the month", 5, || async {
                let trend = glucose(&module).await?;
                let readings: usize = trend.readings.parse()?;
                Ok((readings < quarter / 2).then_some(readings))
            })
            .await?;
        let asked = requests_for_readings(&browser).await?;
        assert!(
            (30 * 288 - 288..=30 * 288 + 288).contains(&month),
            "{month} in a month"
        );

        module.press_button("1 år").await?;
        let year = more_than(&browser, &module, YEAR - 1).await?;
        assert!(
            requests_for_readings(&browser).await? > asked,
            "the month was shown while the year was on its way"
        );
        let shown = (year.readings, year.points, year.excluded, year.gaps);
        let all = YEAR.to_string();
        assert_eq!(shown, (all.clone(), all, "0".to_owned(), "0".to_owned()));
        assert_eq!(module.errors().await?, []);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_refresh_in_the_middle_of_loading_loses_and_doubles_nothing() {
    browse("load-refresh", 1200, |browser| async move {
        let module = open_window(&browser, Launcher::shared()?, "gp", "cgm", "ready").await?;
        let quarter: usize = glucose(&module).await?.readings.parse()?;
        module.press_button("1 år").await?;
        more_than(&browser, &module, quarter).await?;
        module.press_button("Hent på nytt").await?;
        let year = more_than(&browser, &module, YEAR - 1).await?;
        module.wait_for_state("ready").await?;
        assert_eq!((year.readings, year.excluded), (YEAR.to_string(), "0".to_owned()));
        assert_eq!(module.errors().await?, []);
        Ok(())
    })
    .await;
}
