//! How charts are read: at one moment, at the marks of limits and of the plan, as a table, on paper.

use browser_tests::Result;
use browser_tests::browser::{Browser, browse};
use browser_tests::journal::open_window;
use browser_tests::launcher::Launcher;
use browser_tests::module::{Module, Trend};
use browser_tests::pointer::Held;

pub(crate) const SPO2: &str = "[data-testid=trend][data-parameter=spo2]";
pub(crate) const CANVAS: &str = "[data-testid=trend][data-parameter=spo2] canvas";

/// Opens a patient at a GP's with the clock stopped.
pub(crate) async fn open(
    browser: &Browser,
    launcher: &Launcher,
    patient: &str,
    width: u32,
) -> Result<Module> {
    browser.stop_clock().await?;
    browser.size(width, 900).await?;
    let module = open_window(browser, launcher, "gp", patient, "ready").await?;
    browser.settle().await?;
    Ok(module)
}

/// The chart of a parameter once the part of the period that it shows is as wanted.
pub(crate) async fn seen(
    browser: &Browser,
    module: &Module,
    what: &str,
    wanted: impl Fn(&Trend) -> bool,
) -> Result<Trend> {
    let trend = module.trend_when("spo2", &wanted).await?;
    if wanted(&trend) {
        return Ok(trend);
    }
    browser.screenshot("not-seen").await?;
    Err(format!("{what}: {trend:?}").into())
}

/// All of the period is seen.
pub(crate) fn is_whole(trend: &Trend) -> bool {
    trend.view_from == trend.from && trend.view_to == trend.to
}

/// Length of what is seen, in days.
pub(crate) fn days(trend: &Trend) -> Result<f64> {
    let instant = |text: &str| -> Result<i64> { Ok(text.parse::<jiff::Timestamp>()?.as_second()) };
    Ok((instant(&trend.view_to)? - instant(&trend.view_from)?) as f64 / 86_400.0)
}

/// What stands below each chart, by parameter.
async fn captions(browser: &Browser) -> Result<Vec<(String, String)>> {
    browser
        .script(
            "return [...document.querySelectorAll('[data-testid=trend]')].map(trend =>
                [trend.dataset.parameter, trend.querySelector('figcaption').innerText.replaceAll('\u{a0}', ' ')])",
        )
        .await
}

#[tokio::test]
async fn all_charts_are_read_at_one_moment_and_nothing_else_is_made_anew() {
    browse("chart-crosshair", 1200, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        open(&browser, &launcher, "kols", 1200).await?;
        browser
            .script::<()>(
                "globalThis.changed = [];
                new MutationObserver(records => changed.push(...records
                    .map(record => record.target)
                    .map(target => target.nodeType === Node.TEXT_NODE ? target.parentElement : target)
                    .filter(target => !target?.closest('.caption, [aria-live], .overlay'))
                    .map(target => target?.outerHTML.slice(0, 80))))
                .observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })",
            )
            .await?;
        let place = browser.place_in(CANVAS, 0.52, 0.5).await?;
        browser.point_at(place).await?;
        browser.settle().await?;
        let read = captions(&browser).await?;
        let told = |parameter: &str| {
            let caption = read.iter().find(|(of, _)| of == parameter);
            caption.map(|(_, text)| text.clone()).unwrap_or_default()
        };
        assert!(told("spo2").contains(", under "), "{read:#?}");
        assert!(told("spo2").contains("grense sendt med målingen"), "{read:#?}");
        let moment = |text: String| text.split(" · ").nth(1).map(str::to_owned);
        let day = |text: String| moment(text).and_then(|at| Some(at.rsplit_once(' ')?.0.to_owned()));
        assert!(day(told("spo2")).is_some(), "{read:#?}");
        assert_eq!(day(told("spo2")), day(told("pulse")), "{read:#?}");
        let hairs: Vec<bool> = browser
            .script("return [...document.querySelectorAll('.overlay')].map(overlay => !overlay.hidden)")
            .await?;
        assert!(hairs.len() >= 4 && hairs.iter().all(|shown| *shown), "{hairs:?}");
        let changed: Vec<String> = browser.script("return changed").await?;
        assert!(changed.is_empty(), "{changed:#?}");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_change_of_limits_is_told_at_its_mark_in_the_caption_and_in_the_table() {
    browse("chart-limits", 1200, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        let module = open(&browser, &launcher, "kols", 1200).await?;
        let at_rest = captions(&browser).await?;
        let (_, caption) = at_rest.first().ok_or("no chart")?;
        assert_eq!(caption.matches("Grense endret").count(), 2, "{caption}");
        let legend: String = browser
            .script(&format!(
                "return document.querySelector('{SPO2} .legend').innerText"
            ))
            .await?;
        assert_eq!(legend.trim(), "Pasientens grenser");

        let mut told = Vec::new();
        for step in 0..200 {
            let across = f64::from(step) / 200.0;
            let place = browser.place_in(CANVAS, across, 0.03).await?;
            browser.point_at(place).await?;
            browser.settle().await?;
            let now = captions(&browser).await?;
            if let Some((_, text)) = now.first().filter(|(_, text)| text.starts_with("Grense endret")) {
                told.push(text.clone());
            }
        }
        told.dedup();
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told.iter().all(|text| text.contains(" → ")), "{told:?}");

        module.trend_rows("spo2").await?;
        let rows: Vec<String> = browser
            .script(&format!(
                "return [...document.querySelectorAll('{SPO2} td[colspan]')].map(cell => cell.innerText.replaceAll('\u{a0}', ' '))"
            ))
            .await?;
        told.reverse();
        assert_eq!(rows, told, "in the table, newest first");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_version_of_the_plan_is_told_and_opened_at_its_mark_and_the_charts_come_back_as_they_were() {
    browse("chart-plan", 1200, |browser| async move {
        let launcher = Launcher::shared()?;
        let module = open(&browser, launcher, "plan-history", 1200).await?;
        module.wait_for_hook("plan-mark").await?;
        let parameter = module
            .trends()
            .await?
            .first()
            .ok_or("no chart")?
            .parameter
            .clone();
        let canvas = format!("[data-testid=trend][data-parameter={parameter}] canvas");
        let middle = browser.place_in(&canvas, 0.5, 0.5).await?;
        browser.wheel(middle, -120.0, Held::Ctrl).await?;
        let zoomed = module.trend_when(&parameter, |trend| !is_whole(trend)).await?;
        assert!(!is_whole(&zoomed), "{zoomed:?}");

        let mut found = None;
        for step in 0..100 {
            let place = browser.place_in(&canvas, f64::from(step) / 100.0, 0.93).await?;
            browser.point_at(place).await?;
            browser.settle().await?;
            let told = captions(&browser).await?.into_iter().next().ok_or("no chart")?.1;
            if told.starts_with("Plan endret: ") {
                found = Some((place, told));
                break;
            }
        }
        let (place, told) = found.ok_or("no mark of the plan")?;
        assert!(told.contains(" · "), "the version and its day: {told}");

        browser.drag(place, place).await?;
        module.wait_for_hook("plan-back").await?;
        assert!(module.trends().await?.is_empty(), "the charts make room");
        module.press_button("Tilbake").await?;
        let again = module.trend_when(&parameter, |_| true).await?;
        assert_eq!(
            (&again.view_from, &again.view_to),
            (&zoomed.view_from, &zoomed.view_to)
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_table_has_what_is_seen_of_the_period() {
    browse("chart-table", 400, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        let module = open(&browser, &launcher, "kols", 400).await?;
        module.press_row("spo2").await?;
        let place = browser.place_in(CANVAS, 0.9, 0.5).await?;
        browser.wheel(place, -600.0, Held::Ctrl).await?;
        let near = seen(&browser, &module, "zoomed", |trend| !is_whole(trend)).await?;
        let rows = module.trend_rows("spo2").await?;
        let all: usize = near.readings.parse()?;
        assert!(!rows.is_empty() && rows.len() < all, "{} of {all}", rows.len());
        let instant = |text: &str| text.parse::<jiff::Timestamp>();
        let (from, to) = (instant(&near.view_from)?, instant(&near.view_to)?);
        for row in &rows {
            let at = instant(&row.time)?;
            assert!(from <= at && at <= to, "{row:?} in {near:?}");
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_page_that_is_printed_shows_the_part_that_is_seen_and_says_so() {
    browse("chart-print", 1200, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        let module = open(&browser, &launcher, "kols", 1200).await?;
        let place = browser.place_in(CANVAS, 0.5, 0.5).await?;
        browser.wheel(place, -300.0, Held::Ctrl).await?;
        seen(&browser, &module, "zoomed", |trend| !is_whole(trend)).await?;
        browser.size(794, 900).await?;
        browser.paper().await?;
        browser.settle().await?;
        let said: String = browser
            .script("return document.querySelector('.seen-part').innerText")
            .await?;
        assert!(said.starts_with("Viser ") && said.contains('–'), "{said}");
        let printed: usize = browser
            .script("return document.querySelectorAll('canvas.printed').length")
            .await?;
        assert!(printed >= 4, "{printed} charts on paper");
        let trend = seen(&browser, &module, "on paper", |_| true).await?;
        assert!(!is_whole(&trend), "{trend:?}");
        Ok(())
    })
    .await;
}
