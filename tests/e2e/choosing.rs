//! What the doctor chooses: which parameters in which order, and which period. Remembered where that is possible,
//! without anything about a patient.

use browser_tests::Result;
use browser_tests::browser::{Browser, Storage, browse, browse_with};
use browser_tests::journal::{self, Width, open_window};
use browser_tests::launcher::Launcher;
use browser_tests::module::Module;
use serde_json::Value;
use thirtyfour::By;

/// Parameters of the rows, in their order.
async fn rows(module: &Module) -> Result<Vec<String>> {
    let rows = module.latest_rows().await?;
    Ok(rows.into_iter().map(|row| row.parameter).collect())
}

/// Makes the order another, and hides the parameter that stands last; returns the order that must follow.
async fn rearrange(browser: &Browser, module: &Module) -> Result<Vec<String>> {
    let mut expected = rows(module).await?;
    module.press_button("Velg parametre").await?;
    module.wait_for_hook("picker").await?;
    let second = expected.get(1).ok_or("one row only")?.clone();
    let last = expected.pop().ok_or("no rows")?;
    let control = |parameter: &str, control: &str| {
        By::Css(format!(
            "[data-testid='picker-item'][data-parameter='{parameter}'] {control}"
        ))
    };
    browser
        .driver
        .find(control(&second, ".up"))
        .await?
        .click()
        .await?;
    browser
        .driver
        .find(control(&last, "input"))
        .await?
        .click()
        .await?;
    expected.swap(0, 1);
    wait_for_rows(browser, module, &expected).await?;
    module.press_button("Ferdig").await?;
    Ok(expected)
}

async fn wait_for_rows(browser: &Browser, module: &Module, expected: &[String]) -> Result<()> {
    let arranged = || async { Ok((rows(module).await? == expected).then_some(())) };
    match browser
        .wait_for(&format!("the rows {expected:?}"), 5, arranged)
        .await
    {
        Err(error) => Err(format!("{error}; they are {:?}", rows(module).await?).into()),
        ok => ok,
    }
}

#[tokio::test]
async fn the_order_chosen_holds_for_the_next_patient_and_for_this_role_only() {
    browse("remembered", 400, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        browser.stop_clock().await?;
        let specialist = open_window(&browser, &launcher, "hospital", "kols", "ready").await?;
        let by_plan = rows(&specialist).await?;

        let gp = open_window(&browser, &launcher, "gp", "kols", "ready").await?;
        assert_eq!(
            rows(&gp).await?,
            by_plan,
            "at first it is the plan's order for everyone"
        );
        let chosen = rearrange(&browser, &gp).await?;
        let again = open_window(&browser, &launcher, "gp", "kols", "ready").await?;
        wait_for_rows(&browser, &again, &chosen).await?;
        let specialist = open_window(&browser, &launcher, "hospital", "kols", "ready").await?;
        wait_for_rows(&browser, &specialist, &by_plan).await?;

        // What the chosen order does not know stands after it, and is never lost.
        let other = open_window(&browser, &launcher, "gp", "heart-failure", "ready").await?;
        let theirs = rows(&other).await?;
        assert!(theirs.contains(&"blood-pressure".to_owned()), "{theirs:?}");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_plans_order_comes_back_when_asked_for() {
    browse("reset", 400, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        let module = open_window(&browser, &launcher, "gp", "kols", "ready").await?;
        let by_plan = rows(&module).await?;
        let chosen = rearrange(&browser, &module).await?;
        assert_ne!(chosen, by_plan);
        module.press_button("Velg parametre").await?;
        module.press_button("Tilbake til standard").await?;
        wait_for_rows(&browser, &module, &by_plan).await?;
        let again = open_window(&browser, &launcher, "gp", "kols", "ready").await?;
        wait_for_rows(&browser, &again, &by_plan).await
    })
    .await;
}

#[tokio::test]
async fn a_line_is_dragged_to_another_place() {
    browse("drag", 400, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        let module = open_window(&browser, &launcher, "gp", "kols", "ready").await?;
        let mut expected = rows(&module).await?;
        module.press_button("Velg parametre").await?;
        module.wait_for_hook("picker").await?;
        let handles = browser
            .driver
            .find_all(By::Css("[data-testid='picker-item'] .handle"))
            .await?;
        let (first, third) = (
            handles.first().ok_or("no handle")?,
            handles.get(2).ok_or("no third")?,
        );
        browser
            .driver
            .action_chain()
            .drag_and_drop_element(first, third)
            .perform()
            .await?;
        let moved = expected.remove(0);
        expected.insert(2, moved);
        wait_for_rows(&browser, &module, &expected).await
    })
    .await;
}

#[tokio::test]
async fn where_nothing_can_be_stored_the_session_remembers_and_nothing_fails() {
    browse_with("not-stored", 1200, Storage::Blocked, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        let module = journal::open(&browser, &launcher, "gp", "kols", Width::Narrow).await?;
        let blocked: bool = browser
            .script("try { localStorage.length; return false } catch { return true }")
            .await?;
        assert!(blocked, "the browser stores after all");
        let by_plan = rows(&module).await?;
        let chosen = rearrange(&browser, &module).await?;
        module.press_button("Hent på nytt").await?;
        module.wait_for_state("ready").await?;
        wait_for_rows(&browser, &module, &chosen).await?;
        assert_eq!(module.errors().await?, []);

        let again = journal::open(&browser, &launcher, "gp", "kols", Width::Narrow).await?;
        wait_for_rows(&browser, &again, &by_plan).await?;
        assert_eq!(again.errors().await?, []);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn what_is_stored_holds_nothing_about_a_patient() {
    browse("stored", 400, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        let module = open_window(&browser, &launcher, "gp", "kols", "ready").await?;
        let known: Vec<String> = rows(&module).await?;
        rearrange(&browser, &module).await?;
        module.press_button("30 dager").await?;
        module.choose_language("en").await?;
        let dump = || async {
            browser
                .script::<Vec<(String, String)>>(
                    "return [...Object.entries(localStorage), ...Object.entries(sessionStorage)]",
                )
                .await
        };
        let stored = browser
            .wait_for("the choices to be stored", 5, || async {
                let stored = dump().await?;
                let text = format!("{stored:?}");
                Ok((text.contains("30") && text.contains("en") && text.contains("spo2")).then_some(stored))
            })
            .await?;
        for (key, value) in &stored {
            let value: Value =
                serde_json::from_str(value).map_err(|error| format!("{key}: {value}: {error}"))?;
            let mut words = Vec::new();
            strings(&value, &mut words);
            for word in words {
                let allowed = known.contains(&word) || ["nb", "nn", "en"].contains(&word.as_str());
                assert!(allowed, "{word:?} is stored under {key}: {value}");
            }
            let letters_and_digits = |c: char| c.is_ascii_alphanumeric() || ".:-_".contains(c);
            assert!(
                key.chars().all(letters_and_digits) && !key.contains("127.0.0.1"),
                "{key}"
            );
        }
        Ok(())
    })
    .await;
}

/// All strings inside a value, without the names of fields.
fn strings(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(values) => values.iter().for_each(|value| strings(value, found)),
        Value::Object(fields) => fields.values().for_each(|value| strings(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[tokio::test]
async fn another_period_fetches_only_what_is_missing() {
    browse("periods", 400, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        browser.stop_clock().await?;
        let module = open_window(&browser, &launcher, "gp", "long-series", "ready").await?;
        let mut seen = browser.requests().await?.len();
        for (button, days_back, fetches) in [
            ("14 dager", 14, false),
            ("30 dager", 30, false),
            ("90 dager", 90, false),
            ("1 år", 365, true),
            ("30 dager", 30, false),
            ("1 år", 365, false),
        ] {
            module.press_button(button).await?;
            let from = oslo_day(days_back)?;
            let trend = module
                .trend_when("pulse", |trend| trend.from.starts_with(&from))
                .await?;
            assert!(
                trend.from.starts_with(&from),
                "{button}: {trend:?}, not from {from}"
            );
            module.wait_for_state("ready").await?;
            // The browser lists a request once it is answered.
            let answered =
                || async { Ok((!fetches || browser.requests().await?.len() > seen).then_some(())) };
            let waited = browser
                .wait_for(&format!("{button} to fetch"), 10, answered)
                .await;
            waited.map_err(|error| format!("{button} fetches nothing: {error}"))?;
            tokio::time::sleep(std::time::Duration::from_millis(500)).await;
            let asked = browser.requests().await?.split_off(seen);
            seen += asked.len();
            if fetches {
                assert!(!asked.is_empty(), "{button} fetches nothing");
                let fits = |url: &String| url.contains("/fhir/Observation?") && url.contains("date=");
                assert!(asked.iter().all(fits), "{button} fetches {asked:#?}");
            } else {
                assert_eq!(asked, Vec::<String>::new(), "{button}");
            }
        }
        Ok(())
    })
    .await;
}

/// The date that many days before the stopped clock's.
fn oslo_day(days_back: i64) -> Result<String> {
    let today: jiff::civil::Date = browser_tests::emulation::TODAY.parse()?;
    Ok(today.checked_sub(jiff::Span::new().days(days_back))?.to_string())
}

#[tokio::test]
async fn a_specialist_sees_the_limits_at_once_and_others_with_a_click() {
    browse("role", 400, |browser| async move {
        let launcher = Launcher::shared()?;
        browser.size(400, 900).await?;
        for (frame, at_once) in [("gp", false), ("hospital", true)] {
            let module = open_window(&browser, launcher, frame, "kols", "ready").await?;
            let shown = "return document.querySelector('[data-testid=plan] .limits').checkVisibility()";
            assert_eq!(browser.script::<bool>(shown).await?, at_once, "{frame}");
            if !at_once {
                module.press_button("Vis").await?;
                assert!(browser.script::<bool>(shown).await?, "{frame}");
            }
        }
        Ok(())
    })
    .await;
}
