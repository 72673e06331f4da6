//! The launch in every kind of frame that a journal may put the module into, and without one: which way it takes
//! to the authorization page, and what it says where there is none.

use browser_tests::Result;
use browser_tests::browser::{Browser, Storage, browse, browse_with};
use browser_tests::journal;
use browser_tests::module::Module;
use browser_tests::stub::{Answer, Stub};
use thirtyfour::By;

use crate::small_host::{SmallHost, fhir, smart};

/// A journal's page with the module in a frame, whose further attributes are `attributes`.
fn journal_page(host: &SmallHost, attributes: &str) -> Result<Stub> {
    let address = host.launch_address().replace('&', "&amp;");
    let page = format!(
        "<!doctype html><html lang=\"nb\"><title>Journal</title>\
         <iframe id=\"module\" title=\"Egenmåling\" width=\"600\" height=\"800\" {attributes} src=\"{address}\"></iframe>"
    );
    Stub::start(move |_| Answer::html(200, &page))
}

/// A host whose authorization page may not be framed, and goes on by itself where it is shown.
fn unframeable() -> Result<SmallHost> {
    SmallHost::answering(|request, base| match request.path.as_str() {
        "/authorize" => {
            let callback = smart(request, base);
            let to = callback.headers.first().map(|(_, to)| to.replace('&', "&amp;"));
            let page = format!(
                "<!doctype html><meta http-equiv=\"refresh\" content=\"0;url={}\">",
                to.unwrap_or_default()
            );
            let refusal = ("Content-Security-Policy", "frame-ancestors 'none'".to_owned());
            Answer {
                headers: vec![refusal],
                ..Answer::html(200, &page)
            }
        }
        path if path.starts_with("/fhir/") && !path.contains("/.well-known/") => fhir(request),
        _ => smart(request, base),
    })
}

fn host() -> Result<SmallHost> {
    SmallHost::start(fhir)
}

/// The module in the page's frame, once it is in `state`. The frame may have been to the authorization page and
/// back, so it is entered anew each time.
async fn in_frame(browser: &Browser, state: &str) -> Result<Module> {
    let module = Module::new(browser.clone());
    let there = || async {
        journal::enter(browser).await?;
        Ok((module.state().await? == state).then_some(()))
    };
    browser
        .wait_for(&format!("the state {state} in the frame"), 40, there)
        .await?;
    Ok(module)
}

/// Waits for the module to ask for a log-in window, and opens it.
async fn open_window(browser: &Browser) -> Result<()> {
    let asks = || async {
        journal::enter(browser).await?;
        Ok(Some(
            browser
                .driver
                .find(By::Css("[data-testid='sign-in'] button"))
                .await?,
        ))
    };
    let button = browser.wait_for("the button of the log-in", 20, asks).await?;
    Ok(button.click().await?)
}

async fn shows_readings(module: &Module) -> Result<()> {
    assert!(!module.latest_rows().await?.is_empty());
    assert_eq!(module.errors().await?, []);
    Ok(())
}

#[tokio::test]
async fn in_a_frame_of_another_site_without_storage_the_launch_takes_a_nested_frame() {
    browse_with("frame-nested", 1000, Storage::Blocked, |browser| async move {
        let host = host()?;
        let journal = journal_page(&host, "")?;
        browser.goto(&journal.address()).await?;
        let module = in_frame(&browser, "ready").await?;
        shows_readings(&module).await?;
        let frames: usize = browser
            .script("return document.querySelectorAll('iframe').length")
            .await?;
        assert_eq!(frames, 0, "the nested frame is gone");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn in_a_frame_of_the_same_site_the_launch_takes_a_nested_frame() {
    browse("frame-same-site", 1000, |browser| async move {
        let host = host()?;
        let journal = journal_page(&host, "")?;
        browser.goto(&journal.other_site()).await?;
        shows_readings(&in_frame(&browser, "ready").await?).await
    })
    .await;
}

#[tokio::test]
async fn in_a_sandboxed_frame_without_an_origin_the_launch_takes_the_frame_itself() {
    browse("frame-sandboxed", 1000, |browser| async move {
        let host = host()?;
        let journal = journal_page(&host, "name=\"journal-module\" sandbox=\"allow-scripts\"")?;
        browser.goto(&journal.address()).await?;
        let module = in_frame(&browser, "ready").await?;
        shows_readings(&module).await?;
        let left: (String, String, String) = browser
            .script("return [self.origin, window.name, location.search]")
            .await?;
        assert_eq!(
            left,
            ("null".to_owned(), "journal-module".to_owned(), String::new())
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_authorization_page_that_refuses_the_frame_gets_a_window() {
    browse("frame-window", 1000, |browser| async move {
        let host = unframeable()?;
        let journal = journal_page(&host, "")?;
        browser.goto(&journal.address()).await?;
        open_window(&browser).await?;
        shows_readings(&in_frame(&browser, "ready").await?).await?;
        assert_eq!(
            browser.driver.windows().await?.len(),
            1,
            "the window has closed itself"
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_log_in_window_that_is_closed_ends_the_launch_in_words() {
    browse("frame-closed", 1000, |browser| async move {
        let host = SmallHost::answering(|request, base| match request.path.as_str() {
            "/authorize" => Answer::html(200, "<!doctype html><h1>Logg inn</h1>"),
            _ => smart(request, base),
        })?;
        let journal = journal_page(&host, "")?;
        browser.goto(&journal.address()).await?;
        let own = browser.driver.window().await?;
        open_window(&browser).await?;
        let opened = || async {
            let windows = browser.driver.windows().await?;
            Ok(windows.into_iter().find(|window| *window != own))
        };
        let window = browser.wait_for("the window", 5, opened).await?;
        browser.driver.switch_to_window(window).await?;
        browser.driver.close_window().await?;
        browser.driver.switch_to_window(own.clone()).await?;
        let module = in_frame(&browser, "error").await?;
        let error = module.errors().await?.remove(0);
        assert_eq!(error.step, "authorize");
        assert!(
            error.text.contains("Innloggingen ble ikke fullført"),
            "{}",
            error.text
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_log_in_window_that_the_frame_forbids_is_named() {
    browse("frame-forbidden", 1000, |browser| async move {
        let host = unframeable()?;
        let journal = journal_page(&host, "sandbox=\"allow-scripts allow-same-origin\"")?;
        browser.goto(&journal.address()).await?;
        open_window(&browser).await?;
        let module = in_frame(&browser, "error").await?;
        let error = module.errors().await?.remove(0);
        assert_eq!(error.step, "authorize");
        assert!(
            error.text.contains("stanset innloggingsvinduet"),
            "{}",
            error.text
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_reload_and_a_way_back_say_to_open_from_the_journal_and_show_nothing_old() {
    browse("frame-again", 1000, |browser| async move {
        let host = host()?;
        let module = host.open(&browser, "ready").await?;
        let says_what_to_do = || async {
            module.wait_for_state("error").await?;
            let text = module.text().await?;
            assert!(text.contains("må åpnes fra journalen"), "{text}");
            assert!(!text.contains("Lungevik"), "{text}");
            Ok::<(), browser_tests::Error>(())
        };
        browser.driver.refresh().await?;
        says_what_to_do().await?;

        host.open(&browser, "ready").await?;
        let journal = journal_page(&host, "")?;
        browser.goto(&journal.address()).await?;
        browser.driver.back().await?;
        says_what_to_do().await
    })
    .await;
}
