//! What is done with the charts: zoomed, moved, read at one moment, put into figures and compared.

use browser_tests::Result;
use browser_tests::browser::{Browser, browse};
use browser_tests::journal::open_window;
use browser_tests::keyboard::Keyboard;
use browser_tests::launcher::Launcher;
use browser_tests::module::{Module, Trend};
use browser_tests::pointer::Held;
use thirtyfour::Key;

const SPO2: &str = "[data-testid=trend][data-parameter=spo2]";
const CANVAS: &str = "[data-testid=trend][data-parameter=spo2] canvas";
const TRACK: &str = ".brush-track";

async fn open(browser: &Browser, launcher: &Launcher, patient: &str, width: u32) -> Result<Module> {
    browser.stop_clock().await?;
    browser.size(width, 900).await?;
    let module = open_window(browser, launcher, "gp", patient, "ready").await?;
    browser.settle().await?;
    Ok(module)
}

/// The chart of a parameter once the part of the period that it shows is as wanted.
async fn seen(
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

fn is_whole(trend: &Trend) -> bool {
    trend.view_from == trend.from && trend.view_to == trend.to
}

/// Length of what is seen, in days.
fn days(trend: &Trend) -> Result<f64> {
    let instant = |text: &str| -> Result<i64> { Ok(text.parse::<jiff::Timestamp>()?.as_second()) };
    Ok((instant(&trend.view_to)? - instant(&trend.view_from)?) as f64 / 86_400.0)
}

#[tokio::test]
async fn the_wheel_zooms_where_it_is_meant_to_and_else_scrolls_the_page() {
    browse("chart-wheel", 1200, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        let module = open(&browser, &launcher, "kols", 1200).await?;
        let place = browser.place_in(CANVAS, 0.5, 0.5).await?;
        let whole = seen(&browser, &module, "at first", is_whole).await?;
        browser
            .script::<()>("scrollTo({ top: 0, behavior: 'instant' })")
            .await?;
        browser.wheel(place, 120.0, Held::Nothing).await?;
        let scrolled = || async {
            let y: f64 = browser.script("return scrollY").await?;
            Ok((y > 0.0).then_some(()))
        };
        browser.wait_for("the page to scroll", 5, scrolled).await?;
        assert!(is_whole(
            &seen(&browser, &module, "after a plain wheel", |_| true).await?
        ));

        let place = browser.place_in(CANVAS, 0.5, 0.5).await?;
        browser.wheel(place, -120.0, Held::Ctrl).await?;
        let near = seen(&browser, &module, "after Ctrl and the wheel", |trend| {
            !is_whole(trend)
        })
        .await?;
        assert_eq!(
            (&near.from, &near.to),
            (&whole.from, &whole.to),
            "the period stays"
        );
        assert!(days(&near)? < 80.0, "{near:?}");
        for trend in module.trends().await? {
            assert_eq!(
                (&trend.view_from, &trend.view_to),
                (&near.view_from, &near.view_to),
                "one time axis"
            );
        }

        browser
            .script::<()>(&format!("document.querySelector('{CANVAS}').focus()"))
            .await?;
        browser.wheel(place, -240.0, Held::Nothing).await?;
        let nearer = seen(&browser, &module, "in the chart that has the focus", |trend| {
            trend.view_from != near.view_from
        })
        .await?;
        assert!(days(&nearer)? < days(&near)?, "{nearer:?}");

        browser.double_click(place).await?;
        seen(&browser, &module, "after a double click", is_whole).await?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn keys_zoom_and_move_and_zero_shows_all_again() {
    browse("chart-keys", 400, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        let keyboard = Keyboard::open(&browser, &launcher, 400).await?;
        keyboard.tab_to_row("spo2").await?;
        keyboard.press(Key::Enter).await?;
        keyboard
            .tab_to("the chart", |focus| focus.tag == "canvas")
            .await?;
        let module = &keyboard.module;
        keyboard.keys("++").await?;
        let near = seen(&browser, module, "after two times plus", |trend| !is_whole(trend)).await?;
        let length = days(&near)?;
        assert!((20.0..25.0).contains(&length), "a quarter of 91 days: {length}");
        browser
            .driver
            .action_chain()
            .key_down(Key::Shift)
            .send_keys(Key::Left)
            .key_up(Key::Shift)
            .perform()
            .await?;
        let moved = seen(&browser, module, "after Shift and an arrow", |trend| {
            trend.view_from < near.view_from
        })
        .await?;
        assert!((days(&moved)? - length).abs() < 0.1, "{moved:?}");
        assert!(
            module.text().await?.contains("Hele perioden"),
            "the way back is there"
        );

        keyboard.press(Key::Home).await?;
        seen(
            &browser,
            module,
            "the first reading is brought into sight",
            |trend| trend.view_from == trend.from,
        )
        .await?;
        keyboard.keys("-0").await?;
        seen(&browser, module, "after zero", is_whole).await?;
        assert!(!module.text().await?.contains("Hele perioden"));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_chart_is_dragged_where_there_is_more_to_see_and_pinched_by_two_fingers() {
    browse("chart-drag", 1200, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        let module = open(&browser, &launcher, "kols", 1200).await?;
        let left = browser.place_in(CANVAS, 0.3, 0.5).await?;
        let right = browser.place_in(CANVAS, 0.7, 0.5).await?;
        browser.drag(left, right).await?;
        browser.settle().await?;
        assert!(
            is_whole(&seen(&browser, &module, "all", |_| true).await?),
            "there is nothing more"
        );
        browser.wheel(left, -400.0, Held::Ctrl).await?;
        let near = seen(&browser, &module, "zoomed", |trend| !is_whole(trend)).await?;
        browser.drag(right, left).await?;
        let later = seen(&browser, &module, "dragged to the left", |trend| {
            trend.view_from > near.view_from
        })
        .await?;
        assert!((days(&later)? - days(&near)?).abs() < 0.1, "{near:?} {later:?}");
        browser.double_click(left).await?;
        seen(&browser, &module, "all again", is_whole).await?;

        let middle = browser.place_in(CANVAS, 0.5, 0.5).await?;
        let apart = |by: f64| ((middle.0 - by, middle.1), (middle.0 + by, middle.1));
        let ((one, other), (far, away)) = (apart(40.0), apart(120.0));
        browser.pinch([(one, far), (other, away)]).await?;
        let near = seen(&browser, &module, "pinched", |trend| !is_whole(trend)).await?;
        let length = days(&near)?;
        assert!(
            (25.0..38.0).contains(&length),
            "three times as near: {length} days"
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_brush_shows_a_part_of_the_period_by_pointer_and_by_keys() {
    browse("chart-brush", 1200, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        let module = open(&browser, &launcher, "kols", 1200).await?;
        let from = browser.place_in(TRACK, 0.25, 0.5).await?;
        let to = browser.place_in(TRACK, 0.5, 0.5).await?;
        browser.drag(from, to).await?;
        let part = seen(&browser, &module, "a part is drawn", |trend| !is_whole(trend)).await?;
        let length = days(&part)?;
        assert!((21.0..25.0).contains(&length), "{length} days");

        let inside = browser.place_in(TRACK, 0.4, 0.5).await?;
        let further = browser.place_in(TRACK, 0.6, 0.5).await?;
        browser.drag(inside, further).await?;
        let moved = seen(&browser, &module, "the window is moved", |trend| {
            trend.view_from > part.view_from
        })
        .await?;
        assert!((days(&moved)? - length).abs() < 0.1, "{moved:?}");

        let slider = ".brush-from";
        browser
            .script::<()>(&format!("document.querySelector('{slider}').focus()"))
            .await?;
        let said = || {
            browser.script::<Vec<String>>(
                "return [...document.querySelectorAll('[role=slider]')].map(slider =>
                    `${slider.ariaLabel} ${slider.ariaValueText} ${slider.ariaValueNow} av ${slider.ariaValueMax}`)",
            )
        };
        let before = said().await?;
        browser
            .driver
            .action_chain()
            .send_keys(Key::Left)
            .perform()
            .await?;
        let longer = seen(&browser, &module, "a day more", |trend| {
            trend.view_from < moved.view_from
        })
        .await?;
        assert!((days(&longer)? - days(&moved)? - 1.0).abs() < 0.1, "{longer:?}");
        let after = said().await?;
        assert!(
            before.len() == 2 && before.first() != after.first() && before.get(1) == after.get(1),
            "{before:?} {after:?}"
        );

        module.press_button("Hele perioden").await?;
        seen(&browser, &module, "all again", is_whole).await?;
        let focus: String = browser.script("return document.activeElement.role").await?;
        assert_eq!(focus, "slider", "the focus stays near");
        Ok(())
    })
    .await;
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
        // The versions are known once they have been asked for.
        module.press_button("Endringslogg").await?;
        module.wait_for_hook("version").await?;
        module.press_button("Tilbake").await?;
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
