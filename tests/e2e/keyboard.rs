//! The whole use by keyboard only. After every key the focus must be somewhere, and be seen.

use browser_tests::Result;
use browser_tests::browser::{Browser, browse};
use browser_tests::keyboard::{Focus, Keyboard, is_row};
use browser_tests::launcher::Launcher;
use serde_json::json;
use thirtyfour::Key;

/// Everything that the Tab key should reach, in the order of the page.
const REACHABLE: &str = "return [...document.querySelectorAll(
        'button, a[href], input, select, textarea, summary, [tabindex]')]
    .filter(element => element.tabIndex >= 0 && !element.disabled
        && element.checkVisibility({ visibilityProperty: true })
        && (element.type !== 'radio' || element.checked))
    .length";

#[tokio::test]
async fn tab_reaches_every_control_once_and_each_can_be_seen() {
    browse("tab", 400, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        for width in [400, 1200] {
            let keyboard = Keyboard::open(&browser, &launcher, width).await?;
            let count: usize = browser.script(REACHABLE).await?;
            assert!(count > 10, "{count} controls");
            let mut seen = Vec::new();
            for _ in 0..count {
                let focus = keyboard.press(Key::Tab).await?;
                assert!(!seen.contains(&focus), "{focus:?} a second time, after {seen:#?}");
                assert!(!focus.name.is_empty(), "a control without a name: {focus:?}");
                seen.push(focus);
            }
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn arrows_walk_the_rows_enter_opens_t_shows_the_table_and_escape_leads_back() {
    browse("rows", 400, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        let keyboard = Keyboard::open(&browser, &launcher, 400).await?;
        let rows = keyboard.rows().await?;
        let [first, second, ..] = rows.as_slice() else {
            return Err(format!("rows: {rows:?}").into());
        };
        keyboard.tab_to_row(first).await?;
        assert!(is_row(&keyboard.press(Key::Down).await?, second));
        assert!(is_row(&keyboard.press(Key::Up).await?, first));
        assert!(
            is_row(&keyboard.press(Key::Up).await?, first),
            "above the first row there is none"
        );

        assert!(
            is_row(&keyboard.press(Key::Enter).await?, first),
            "the row keeps the focus"
        );
        assert_eq!(keyboard.module.trends().await?.len(), 1);
        let chart = keyboard
            .tab_to("the chart", |focus| focus.tag == "canvas" || focus.tag == "svg")
            .await?;
        let mut read = Vec::new();
        for key in [Key::Left, Key::Left, Key::Home, Key::Right, Key::End] {
            assert_eq!(keyboard.press(key).await?, chart, "the chart keeps the focus");
            read.push(said(&browser).await?);
        }
        assert!(
            read.iter()
                .all(|said| said.starts_with("SpO₂ ") && said.contains('%')),
            "{read:#?}"
        );
        let [newest, before, oldest, next, end] = read.as_slice() else {
            return Err("five keys".into());
        };
        assert_eq!(newest, end);
        assert!(
            newest != before && oldest != next && before != oldest,
            "{read:#?}"
        );

        keyboard.keys("t").await?;
        keyboard.module.wait_for_hook("trend-row").await?;
        keyboard.keys("t").await?;
        assert!(keyboard.module.texts("trend-row").await?.is_empty());
        assert!(
            is_row(&keyboard.press(Key::Escape).await?, first),
            "back at the row"
        );
        assert_eq!(keyboard.module.trends().await?.len(), 0);
        Ok(())
    })
    .await;
}

/// What is read aloud as it changes.
async fn said(browser: &Browser) -> Result<String> {
    let text: String = browser
        .script(
            "return [...document.querySelectorAll('[data-testid=trend] [aria-live]')]
                .map(element => element.textContent).join(' ').trim()",
        )
        .await?;
    Ok(text.replace('\u{a0}', " "))
}

#[tokio::test]
async fn where_charts_stand_beside_the_rows_enter_leads_to_the_chart_and_escape_back() {
    browse("keys-wide", 1200, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        let keyboard = Keyboard::open(&browser, &launcher, 1200).await?;
        let rows = keyboard.rows().await?;
        let second = rows.get(1).ok_or("one row")?;
        keyboard.tab_to_row(second).await?;
        let chart = keyboard.press(Key::Enter).await?;
        assert_eq!((chart.tag.as_str(), &chart.parameter), ("canvas", second));
        assert!(
            is_row(&keyboard.press(Key::Escape).await?, second),
            "back at the row"
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn parameters_are_found_moved_and_hidden_without_a_mouse() {
    browse("picker-keys", 400, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        let keyboard = Keyboard::open(&browser, &launcher, 400).await?;
        let before = keyboard.rows().await?;
        keyboard.tab_to_button("Velg parametre").await?;
        keyboard.press(Key::Enter).await?;
        keyboard.module.wait_for_hook("picker").await?;

        let search = |focus: &Focus| focus.tag == "input" && focus.name.contains("Søk");
        if !search(&keyboard.focus().await?) {
            keyboard.tab_to("the search field", search).await?;
        }
        keyboard.keys("puls").await?;
        assert_eq!(keyboard.module.texts("picker-item").await?.len(), 1);
        for _ in "puls".chars() {
            keyboard.press(Key::Backspace).await?;
        }
        assert_eq!(keyboard.module.texts("picker-item").await?.len(), before.len());

        let first = before.first().ok_or("no rows")?;
        let item = |focus: &Focus| focus.tag == "input" && focus.parameter == *first;
        keyboard.tab_to("the first line", item).await?;
        let moved = keyboard.press_with_alt(Key::Down).await?;
        assert!(item(&moved), "the line keeps the focus: {moved:?}");
        let mut expected = before.clone();
        expected.swap(0, 1);
        assert_eq!(keyboard.rows().await?, expected);

        assert!(item(&keyboard.keys(" ").await?));
        expected.remove(1);
        assert_eq!(keyboard.rows().await?, expected, "hidden by the space bar");

        let focus = keyboard.press(Key::Escape).await?;
        assert_eq!(focus.name, "Velg parametre", "back where it was opened");
        assert!(keyboard.module.texts("picker").await?.is_empty());
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_period_of_ones_own_is_typed_and_refused_in_words_where_it_cannot_be() {
    browse("period-keys", 400, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        let keyboard = Keyboard::open(&browser, &launcher, 400).await?;
        keyboard.tab_to_button("Velg periode").await?;
        keyboard.press(Key::Enter).await?;
        let from = keyboard.focus().await?;
        assert_eq!((from.tag.as_str(), from.name.as_str()), ("input", "Fra"));

        type_date(&browser, "2026-11-20").await?;
        keyboard.tab_to("Til", |focus| focus.name == "Til").await?;
        type_date(&browser, "2026-11-01").await?;
        let focus = keyboard.press(Key::Enter).await?;
        assert_eq!(focus.tag, "input", "the focus goes to what is wrong: {focus:?}");
        let text = keyboard.module.text().await?;
        assert!(text.contains("etter til-datoen"), "{text}");

        type_date(&browser, "2026-11-21").await?;
        let focus = keyboard.press(Key::Enter).await?;
        assert_eq!(focus.name, "Velg periode", "back where it was opened");
        keyboard.module.wait_for_state("ready").await?;
        keyboard.module.press_row("spo2").await?;
        let trend = keyboard.module.trend_when("spo2", |_| true).await?;
        assert!(
            trend.from.starts_with("2026-11-20") && trend.to.starts_with("2026-11-2"),
            "{trend:?}"
        );

        keyboard.module.close_row("spo2").await?;
        keyboard.press(Key::Escape).await?;
        Ok(())
    })
    .await;
}

/// Puts a date into the field that has the focus: how its parts are typed is the browser's business.
async fn type_date(browser: &Browser, date: &str) -> Result<()> {
    browser
        .script(&format!(
            "const field = document.activeElement;
            field.value = '{date}';
            for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, {{ bubbles: true }}))"
        ))
        .await
}

#[tokio::test]
async fn the_focus_stays_when_what_had_it_goes_away() {
    browse("focus", 400, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        let keyboard = Keyboard::open(&browser, &launcher, 400).await?;
        keyboard.tab_to_button("Hent på nytt").await?;
        let focus = keyboard.press(Key::Enter).await?;
        keyboard.module.wait_for_state("ready").await?;
        assert_eq!(keyboard.focus().await?, focus, "while everything is fetched anew");

        launcher
            .fail(json!([{ "on": "CarePlan", "fault": "503" }]))
            .await?;
        let keyboard = Keyboard::open(&browser, &launcher, 400).await?;
        // Its name says what is tried again.
        let is_retry = |focus: &Focus| focus.tag == "button" && focus.name.starts_with("Prøv igjen");
        keyboard.tab_to("Prøv igjen", is_retry).await?;
        launcher.heal().await?;
        keyboard.press(Key::Enter).await?;
        keyboard.module.wait_for_hook("plan").await?;
        browser.settle().await?;
        let focus = keyboard.focus().await?;
        assert_ne!(focus.tag, "body", "the error took the focus with it");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_language_is_switched_by_keyboard_and_the_switch_keeps_the_focus() {
    browse("language-keys", 400, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        let keyboard = Keyboard::open(&browser, &launcher, 400).await?;
        let lang = || async {
            browser
                .script::<String>("return document.documentElement.lang")
                .await
        };
        keyboard
            .tab_to("the switch of languages", |focus| focus.name.contains("English"))
            .await?;
        keyboard.press(Key::Enter).await?;
        assert_eq!(lang().await?, "en");
        assert!(keyboard.module.text().await?.contains("Latest values"));
        Ok(())
    })
    .await;
}
