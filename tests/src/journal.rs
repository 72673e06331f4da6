//! Opening a patient in the simulated journal and going into the module's frame, or opening the module in a window of
//! its own, where its page is the whole tab and everything around it can be set.

use thirtyfour::By;

use crate::Result;
use crate::browser::Browser;
use crate::launcher::Launcher;
use crate::module::Module;

/// How wide the journal shows the module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// A side panel of 400 px.
    Narrow,
    /// All that the journal has.
    Wide,
}

/// States that a launch can end in.
const ENDS: [&str; 4] = ["ready", "error", "expired", "blanked"];

/// How long a launch may take on a slow, busy machine, in seconds.
const PATIENCE: u64 = 40;

/// Opens `patient` in the journal's `frame` (`hospital` or `gp`) and waits until the module in it is ready.
///
/// # Errors
/// When it does not get ready, with what it shows instead.
pub async fn open(
    browser: &Browser,
    launcher: &Launcher,
    frame: &str,
    patient: &str,
    width: Width,
) -> Result<Module> {
    open_page(browser, &launcher.page(frame, patient), width).await
}

/// The same for one of the journal's users, in the hospital's frame.
///
/// # Errors
/// When it does not get ready, with what it shows instead.
pub async fn open_as(
    browser: &Browser,
    launcher: &Launcher,
    user: &str,
    patient: &str,
    width: Width,
) -> Result<Module> {
    let page = format!("{}&user={user}", launcher.page("hospital", patient));
    open_page(browser, &page, width).await
}

async fn open_page(browser: &Browser, page: &str, width: Width) -> Result<Module> {
    browser.goto(page).await?;
    if width == Width::Narrow {
        browser
            .driver
            .find(By::Css("[data-width='narrow']"))
            .await?
            .click()
            .await?;
    }
    let module = Module::new(browser.clone());
    let what = format!("{page} to be ready");
    let ended = || async {
        enter(browser).await?;
        let state = module.state().await?;
        Ok(ENDS.contains(&state.as_str()).then_some(state))
    };
    match browser.wait_for(&what, PATIENCE, ended).await {
        Ok(state) if state == "ready" => Ok(module),
        Ok(state) => Err(format!("{what}: it is {state} and shows: {}", module.text().await?).into()),
        Err(error) => {
            let text = module.text().await.unwrap_or_else(|_| "nothing".to_owned());
            Err(format!("{error}; it is {:?} and shows: {text}", module.state().await.ok()).into())
        }
    }
}

/// Opens `patient` in a window of its own, as for a user of `frame`, and waits until the module is in `state`.
///
/// # Errors
/// When it does not get there, with what it shows instead.
pub async fn open_window(
    browser: &Browser,
    launcher: &Launcher,
    frame: &str,
    patient: &str,
    state: &str,
) -> Result<Module> {
    browser.goto(&launcher.window(frame, patient)).await?;
    let module = Module::new(browser.clone());
    module.wait_for_state(state).await?;
    Ok(module)
}

/// Makes the module's frame the current one, from wherever we are.
///
/// # Errors
/// When the journal shows no such frame.
pub async fn enter(browser: &Browser) -> Result<()> {
    browser.driver.enter_default_frame().await?;
    let frame = browser.driver.find(By::Id("module")).await?;
    Ok(frame.enter_frame().await?)
}
