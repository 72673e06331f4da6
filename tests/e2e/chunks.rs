//! The viewer's own code in chunks: nothing is fetched that is not needed to open the viewer before it is asked for, all
//! of it once; and where a chunk does not come, that is said, nothing is lost, and it can be tried again.

use browser_tests::Result;
use browser_tests::browser::{Browser, browse};
use browser_tests::launcher::Launcher;
use browser_tests::plan::{EDITOR, Plan};

use crate::none;

/// Names of the chunks that the page has fetched, each as often as it has; what several share does not count.
async fn fetched(browser: &Browser) -> Result<Vec<String>> {
    let requests = browser.noted().await?.requests;
    let chunks = requests.iter().filter_map(|asked| {
        let file = asked.address.rsplit('/').next()?.strip_suffix(".wasm")?;
        file.split('-').nth(2).map(str::to_owned)
    });
    Ok(chunks.filter(|chunk| chunk != "shared").collect())
}

/// Lets no chunk of the plan come: an address that is gone, or no answer at all.
async fn keep_away(browser: &Browser, how: &str) -> Result<()> {
    let answer = match how {
        "gone" => "Promise.resolve(new Response('', { status: 404 }))",
        _ => "Promise.reject(new TypeError('no connection'))",
    };
    let script = format!(
        "const ask = globalThis.fetch;
        globalThis.fetch = (address, options) =>
            globalThis.isKept !== false && String(address).endsWith('-plan.wasm') ? {answer} : ask(address, options);"
    );
    browser.script(&script).await
}

#[tokio::test]
async fn a_chunk_is_fetched_when_it_is_first_needed_and_never_again() {
    browse("chunks", 1200, |browser| async move {
        browser.witness().await?;
        let plan = Plan::open(&browser, Launcher::shared()?, EDITOR, "plan-history").await?;
        assert_eq!(fetched(&browser).await?, Vec::<String>::new());

        for _ in 0..2 {
            plan.press("plan-edit").await?;
            plan.press("plan-back").await?;
        }
        assert_eq!(fetched(&browser).await?, ["plan"]);

        for (tag, words) in [
            ("en", "Latest values"),
            ("nb", "Siste målinger"),
            ("en", "Latest values"),
        ] {
            plan.module.choose_language(tag).await?;
            let said = || async { Ok(plan.module.text().await?.contains(words).then_some(())) };
            browser.wait_for(words, 10, said).await?;
        }
        plan.module.press_button("Statistics").await?;
        plan.module.wait_for_hook("statistics").await?;
        assert_eq!(fetched(&browser).await?, ["plan", "english", "details"]);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_chunk_that_does_not_come_is_said_and_comes_when_it_is_tried_again() {
    browse("chunks-away", 1200, |browser| async move {
        let mut wrong = Vec::new();
        for (how, words) in [
            ("gone", "fornyet siden den ble åpnet"),
            ("away", "kunne ikke hentes"),
        ] {
            let plan = Plan::open(&browser, Launcher::shared()?, EDITOR, "plan-history").await?;
            keep_away(&browser, how).await?;
            plan.press("plan-edit").await?;
            plan.module.wait_for_hook("error").await?;
            let errors = plan.module.errors().await?;
            let has_focus: bool = browser
                .script("return document.activeElement?.dataset.testid === 'error'")
                .await?;
            let is_said = errors.len() == 1 && errors.iter().all(|error| error.text.contains(words));
            if !is_said || !has_focus || plan.module.latest_rows().await?.is_empty() {
                wrong.push(format!("{how}: {errors:?}, focus: {has_focus}"));
            }

            browser.script::<()>("globalThis.isKept = false").await?;
            plan.module.press_button("Prøv igjen").await?;
            // The editor that was asked for.
            plan.press("plan-back").await?;
            if !plan.module.errors().await?.is_empty() {
                wrong.push(format!("{how}: the error stays"));
            }
        }
        none(&wrong)
    })
    .await;
}
