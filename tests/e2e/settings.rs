//! How the view looks, by the doctor's own choice: kept for the user, taken along as text, forgotten; and nothing of a
//! patient in it. Where a journal keeps the choices itself is in `app_state`.

use browser_tests::Result;
use browser_tests::axe::violations;
use browser_tests::browser::{Browser, Storage, browse, browse_two, browse_with};
use browser_tests::journal::{self, Width, open_window};
use browser_tests::launcher::{FIXTURES, Launcher};
use browser_tests::module::Module;
use serde_json::Value;
use thirtyfour::By;

use crate::on_demand;

/// Opens the settings as the doctor does.
pub(crate) async fn open_settings(browser: &Browser) -> Result<()> {
    browser
        .driver
        .find(By::Css("[data-testid=settings]:not([open]) summary"))
        .await?
        .click()
        .await?;
    browser.settle().await
}

/// Where the screen says that choices are kept, by its hook and in its words.
pub(crate) async fn keeper(browser: &Browser) -> Result<(String, String)> {
    browser
        .script(
            "const settings = document.querySelector('[data-testid=settings]');
            return [settings.dataset.keeper, settings.querySelector('p').innerText]",
        )
        .await
}

/// The screen knows it as soon as it knows who the user is.
pub(crate) async fn wait_for_keeper(browser: &Browser, wanted: &str) -> Result<()> {
    let is_so = || async { Ok((keeper(browser).await?.0 == wanted).then_some(())) };
    browser.wait_for(&format!("the keeper {wanted}"), 20, is_so).await
}

pub(crate) async fn press(browser: &Browser, hook: &str) -> Result<()> {
    let button = format!("[data-testid=settings] [{hook}]");
    browser.driver.find(By::Css(button)).await?.click().await?;
    browser.settle().await
}

/// `dense` or `roomy`, as the page is laid out.
pub(crate) async fn density(browser: &Browser) -> Result<String> {
    browser
        .script("return document.documentElement.dataset.density ?? ''")
        .await
}

pub(crate) async fn wait_for_density(browser: &Browser, wanted: &str) -> Result<()> {
    let is_so = || async { Ok((density(browser).await? == wanted).then_some(())) };
    browser.wait_for(&format!("the density {wanted}"), 5, is_so).await
}

/// What this browser keeps under the viewer's name.
pub(crate) async fn kept(browser: &Browser) -> Result<Vec<(String, String)>> {
    browser
        .script("return Object.entries(localStorage).filter(([key]) => key.startsWith('dho:preferences'))")
        .await
}

async fn rows(module: &Module) -> Result<Vec<String>> {
    let rows = module.latest_rows().await?;
    Ok(rows.into_iter().map(|row| row.parameter).collect())
}

async fn row_height(browser: &Browser) -> Result<f64> {
    browser
        .script("return document.querySelector('[data-testid=latest-row]').getBoundingClientRect().height")
        .await
}

#[tokio::test]
async fn more_room_between_lines_is_one_users_choice_and_is_remembered() {
    browse("settings-density", 400, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        open_window(&browser, &launcher, "gp", "kols", "ready").await?;
        assert_eq!(density(&browser).await?, "dense");
        let dense = row_height(&browser).await?;
        open_settings(&browser).await?;
        assert_eq!(
            keeper(&browser).await?,
            (
                "browser".to_owned(),
                "Valgene dine lagres i denne nettleseren.".to_owned()
            )
        );
        assert_eq!(violations(&browser).await?, []);
        press(&browser, "data-density=roomy").await?;
        assert_eq!(density(&browser).await?, "roomy");
        assert!(row_height(&browser).await? > dense, "rows are no higher");

        open_window(&browser, &launcher, "gp", "heart-failure", "ready").await?;
        wait_for_density(&browser, "roomy").await?;
        // A colleague at the same computer.
        open_window(&browser, &launcher, "hospital", "kols", "ready").await?;
        wait_for_density(&browser, "dense").await
    })
    .await;
}

#[tokio::test]
async fn choices_go_along_to_another_browser_as_a_text() {
    browse_two("settings-along", 400, |one, other| async move {
        let launcher = Launcher::of_stopped_clock()?;
        let here = open_window(&one, &launcher, "gp", "kols", "ready").await?;
        let all = rows(&here).await?;
        here.press_button("Velg parametre").await?;
        here.wait_for_hook("picker").await?;
        let first = all.first().ok_or("no rows")?;
        let line = format!("[data-testid=picker-item][data-parameter='{first}'] input");
        one.driver.find(By::Css(line)).await?.click().await?;
        here.press_button("Ferdig").await?;
        here.press_button("30 dager").await?;
        open_settings(&one).await?;
        press(&one, "data-density=roomy").await?;
        here.choose_language("nn").await?;
        one.settle().await?;
        let text: String = one
            .script("return document.querySelector('[data-testid=settings-text]').value")
            .await?;
        serde_json::from_str::<Value>(&text)?;

        let there = open_window(&other, &launcher, "gp", "kols", "ready").await?;
        assert_eq!(rows(&there).await?, all);
        open_settings(&other).await?;
        let field = other.driver.find(By::Testid("settings-text")).await?;
        field.send_keys("Hei på deg").await?;
        press(&other, "data-testid=settings-take").await?;
        assert!(there.text().await?.contains("Teksten inneholder ingen valg."));
        assert_eq!(
            (density(&other).await?, rows(&there).await?),
            ("dense".to_owned(), all)
        );
        field.clear().await?;
        field.send_keys(&text).await?;
        press(&other, "data-testid=settings-take").await?;
        wait_for_density(&other, "roomy").await?;
        assert_eq!(rows(&there).await?, rows(&here).await?);
        let shown = "return [document.documentElement.lang,
            document.querySelector('.periods [aria-pressed=true]').innerText]";
        let (lang, period): (String, String) = other.script(shown).await?;
        assert_eq!((&*lang, &*period), ("nn", "30 dagar"));
        assert!(!there.text().await?.contains("ingen val."));

        // For good, and not only on this screen.
        let again = open_window(&other, &launcher, "gp", "kols", "ready").await?;
        wait_for_density(&other, "roomy").await?;
        assert_eq!(rows(&again).await?, rows(&here).await?);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn choices_are_forgotten_when_asked_for() {
    browse("settings-forgotten", 400, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        let module = open_window(&browser, &launcher, "gp", "kols", "ready").await?;
        open_settings(&browser).await?;
        press(&browser, "data-density=roomy").await?;
        module.choose_language("en").await?;
        browser.settle().await?;
        assert_eq!(kept(&browser).await?.len(), 1);
        press(&browser, "data-testid=settings-forget").await?;
        wait_for_density(&browser, "dense").await?;
        assert_eq!(kept(&browser).await?, []);
        let lang: String = browser.script("return document.documentElement.lang").await?;
        assert_eq!(lang, "nb", "as the journal and the browser say");
        assert_eq!(module.texts("settings-forget").await?, Vec::<String>::new());
        open_window(&browser, &launcher, "gp", "kols", "ready").await?;
        assert_eq!(
            (density(&browser).await?, kept(&browser).await?),
            ("dense".to_owned(), vec![])
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn where_nothing_can_be_stored_it_is_said_and_choices_last_as_long_as_the_page() {
    browse_with("settings-blocked", 1200, Storage::Blocked, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        let module = journal::open(&browser, &launcher, "gp", "kols", Width::Narrow).await?;
        open_settings(&browser).await?;
        assert_eq!(
            keeper(&browser).await?,
            (
                "page".to_owned(),
                "Valgene dine varer til siden lukkes.".to_owned()
            )
        );
        press(&browser, "data-density=roomy").await?;
        module.press_button("Hent på nytt").await?;
        module.wait_for_state("ready").await?;
        assert_eq!(density(&browser).await?, "roomy");
        assert_eq!(module.errors().await?, []);
        journal::open(&browser, &launcher, "gp", "kols", Width::Narrow).await?;
        assert_eq!(density(&browser).await?, "dense");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn after_everything_was_opened_nothing_of_the_patient_is_left_behind() {
    browse("settings-left", 1200, |browser| async move {
        let launcher = on_demand::launcher()?;
        for patient in ["events", "notes", "questionnaires"] {
            let module = on_demand::open(&browser, &launcher, patient).await?;
            open_settings(&browser).await?;
            press(&browser, "data-density=roomy").await?;
            for topic in ["questionnaires", "notes", "follow-up"] {
                let offered = format!("return !!document.querySelector('[data-testid={topic}] button')");
                if browser.script::<bool>(&offered).await? {
                    on_demand::press(&browser, topic).await?;
                }
            }
            browser
                .script::<()>(
                    "document.querySelectorAll('.events-menu input:not(:checked)').forEach(it => it.click())",
                )
                .await?;
            module.press_button("30 dager").await?;
            module.press_button("90 dager").await?;
            tokio::time::sleep(std::time::Duration::from_secs(1)).await;

            let case = FIXTURES.iter().find(|case| case.id == patient);
            let mut words = Vec::new();
            for resource in case.ok_or("no such patient")?.resources() {
                said(&resource, &mut words);
            }
            words.push(patient.to_owned());
            assert!(words.len() > 50, "{words:?}");
            for (place, content) in browser.left_behind().await? {
                match &*place {
                    "localStorage" => assert!(content.contains("roomy"), "{content}"),
                    "address" | "title" => {}
                    _ => assert!(
                        ["", "null", "[]", "{}", "0", "\"\""].contains(&&*content),
                        "{place}: {content}"
                    ),
                }
                // Kinds of events have names of their own, which are nobody's.
                let own = ["\"events\"", "\\\"events\\\""];
                let content = own.iter().fold(content, |content, own| content.replace(own, ""));
                for word in &words {
                    assert!(
                        !content.contains(word.as_str()),
                        "{patient}: {place}: {word:?} in {content}"
                    );
                }
            }
        }
        Ok(())
    })
    .await;
}

/// What a resource says of a patient: names, texts, times, numbers and references, but no names of fields, no codes and
/// no words that every resource has.
fn said(value: &Value, found: &mut Vec<String>) {
    const SAID: [&str; 17] = [
        "id",
        "text",
        "display",
        "family",
        "given",
        "birthDate",
        "reference",
        "start",
        "end",
        "authored",
        "date",
        "effectiveDateTime",
        "sent",
        "div",
        "title",
        "description",
        "detail",
    ];
    match value {
        Value::Array(values) => values.iter().for_each(|value| said(value, found)),
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(text) if SAID.contains(&&**name) && text.len() > 3 => {
                        found.push(text.clone())
                    }
                    Value::Array(values) if SAID.contains(&&**name) => {
                        found.extend(values.iter().filter_map(Value::as_str).map(str::to_owned));
                    }
                    _ => {}
                }
                said(value, found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
