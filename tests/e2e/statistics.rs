//! What is worked out of a chart's readings: figures, and one period compared with another.

use browser_tests::Result;
use browser_tests::browser::{Browser, browse};
use browser_tests::launcher::Launcher;
use browser_tests::module::Trend;

use crate::charts::open;

/// The figures below a chart: what each is called in the page, and its cells.
async fn figures(browser: &Browser) -> Result<Vec<(String, Vec<String>)>> {
    browser
        .script(
            "return [...document.querySelectorAll('[data-testid=statistics] [data-figure]')].map(row =>
                [row.dataset.figure, [...row.querySelectorAll('td')].map(cell =>
                    cell.innerText.replaceAll('\u{a0}', ' '))])",
        )
        .await
}

#[tokio::test]
async fn statistics_are_those_of_the_readings_in_the_table() {
    browse("chart-statistics", 400, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        let module = open(&browser, &launcher, "kols", 400).await?;
        module.press_row("spo2").await?;
        module.press_button("Statistikk").await?;
        module.wait_for_hook("statistics").await?;
        let figures = figures(&browser).await?;
        let rows = module.trend_rows("spo2").await?;
        let values = rows
            .iter()
            .map(|row| Ok(row.value.parse::<i64>()?))
            .collect::<Result<Vec<_>>>()?;
        let n = i64::try_from(values.len())?;
        // Rounded half up; SpO₂ is shown without decimals.
        let mean = (values.iter().sum::<i64>() * 2 + n) / (n * 2);
        let figure = |name: &str| -> String {
            let found = figures.iter().find(|(of, _)| of == name);
            found.map(|(_, cells)| cells.join("|")).unwrap_or_default()
        };
        assert_eq!(figure("n"), n.to_string());
        assert_eq!(figure("mean"), format!("{mean} %"));
        assert_eq!(figure("min"), format!("{} %", values.iter().min().ok_or("none")?));
        assert_eq!(figure("max"), format!("{} %", values.iter().max().ok_or("none")?));
        let mut counted = 0;
        for zone in ["green", "yellow-low", "red-low"] {
            let count = i64::try_from(rows.iter().filter(|row| row.zone == zone).count())?;
            let percent = (count * 200 + n) / (n * 2);
            assert_eq!(figure(zone), format!("{count} ({percent} %)"), "{figures:?}");
            counted += count;
        }
        assert_eq!(counted, n, "every reading has its zone");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_period_is_compared_with_the_one_before_which_is_fetched_for_it() {
    browse("chart-compare", 1200, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        let module = open(&browser, &launcher, "long-series", 1200).await?;
        module.press_button("14 dager").await?;
        let fortnight = |trend: &Trend| trend.readings == "42";
        assert!(
            fortnight(&module.trend_when("pulse", fortnight).await?),
            "three a day"
        );
        module.press_button("Statistikk").await?;
        module.wait_for_hook("statistics").await?;
        choose(&browser, "Perioden før").await?;
        let compared = || async {
            let figures = figures(&browser).await?;
            let n = figures
                .iter()
                .find(|(name, cells)| name == "n" && cells.len() == 2);
            Ok(n.map(|(_, cells)| cells.clone()))
        };
        // Fifteen days before: those of the same length as the fortnight and today.
        let n = browser.wait_for("two columns", 15, compared).await?;
        assert_eq!(n, ["45", "42"], "before, and now");
        let drawn: [usize; 2] = browser
            .script(
                "return ['earlier', 'later'].map(name => document.querySelectorAll(`.comparison .${name} .line`).length)",
            )
            .await?;
        assert_eq!(drawn, [1, 1]);
        choose(&browser, "Ingen sammenligning").await?;
        let alone = || async {
            let figures = figures(&browser).await?;
            Ok(figures.iter().all(|(_, cells)| cells.len() == 1).then_some(()))
        };
        browser.wait_for("one column", 5, alone).await
    })
    .await;
}

#[tokio::test]
async fn before_and_after_a_change_of_limits_stand_side_by_side() {
    browse("chart-before-after", 400, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        let module = open(&browser, &launcher, "kols", 400).await?;
        module.press_row("spo2").await?;
        module.press_button("Statistikk").await?;
        module.wait_for_hook("statistics").await?;
        let choices: Vec<String> = browser
            .script(
                "return [...document.querySelectorAll('[data-testid=statistics] option')].map(option => option.label)",
            )
            .await?;
        let changes: Vec<&String> = choices
            .iter()
            .filter(|choice| choice.starts_with("Før og etter"))
            .collect();
        assert_eq!(changes.len(), 2, "{choices:?}");
        choose(&browser, changes.first().ok_or("none")?).await?;
        browser.settle().await?;
        let heads: Vec<String> = browser
            .script(
                "return [...document.querySelectorAll('[data-testid=statistics] thead th')].map(head => head.innerText)",
            )
            .await?;
        assert!(
            heads.len() == 2
                && heads.first().is_some_and(|head| head.starts_with("Før"))
                && heads.get(1).is_some_and(|head| head.starts_with("Etter")),
            "{heads:?}"
        );
        let page: [f64; 2] = browser
            .script("return [document.documentElement.scrollWidth, document.documentElement.clientWidth]")
            .await?;
        assert!(page[0] <= page[1], "the page is {page:?} wide");
        Ok(())
    })
    .await;
}

/// Chooses what is compared with.
async fn choose(browser: &Browser, label: &str) -> Result<()> {
    browser
        .script(&format!(
            "const select = document.querySelector('[data-testid=statistics] select');
            const option = [...select.options].find(option => option.label.replaceAll('\u{a0}', ' ')
                === '{}');
            select.value = option.value;
            select.dispatchEvent(new Event('change', {{ bubbles: true }}))",
            label.replace('\u{a0}', " ")
        ))
        .await
}
