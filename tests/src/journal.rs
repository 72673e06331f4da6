//! Opening a patient in the simulated journal and going into the module's frame.

use crate::Result;
use crate::browser::Browser;
use crate::launcher::Launcher;
use crate::module::Module;

/// The journal's two frames.
pub const FRAMES: [&str; 2] = ["hospital", "gp"];

/// How long a launch may take on a slow, busy machine, in seconds.
const PATIENCE: u64 = 40;

/// Opens `patient` in the journal's `frame` and waits until the module in it is ready.
///
/// # Errors
/// When it does not get ready, with what it shows instead.
pub async fn open(browser: &Browser, launcher: &Launcher, frame: &str, patient: &str) -> Result<Module> {
    let module = open_until(
        browser,
        launcher,
        frame,
        patient,
        &["ready", "error", "expired", "blanked"],
    )
    .await?;
    match module.state().await?.as_str() {
        "ready" => Ok(module),
        state => Err(format!("{patient} in /{frame}: {state}: {}", module.text().await?).into()),
    }
}

/// Opens `patient` and waits until the module is in one of `states`.
///
/// # Errors
/// When it gets into none of them.
pub async fn open_until(
    browser: &Browser,
    launcher: &Launcher,
    frame: &str,
    patient: &str,
    states: &[&str],
) -> Result<Module> {
    browser.goto(&launcher.page(frame, patient)).await?;
    let module = Module::new(browser.clone());
    let what = format!("{patient} in /{frame} to be {}", states.join(" or "));
    let waited = browser
        .wait_for(&what, PATIENCE, || async {
            enter(browser).await?;
            let state = module.state().await?;
            Ok(states.contains(&state.as_str()).then_some(()))
        })
        .await;
    if let Err(error) = waited {
        let text = module.text().await.unwrap_or_else(|_| "nothing".to_owned());
        return Err(format!("{error}; it is {:?} and shows: {text}", module.state().await.ok()).into());
    }
    Ok(module)
}

/// Makes the module's frame the current one, from wherever we are.
///
/// # Errors
/// When the journal shows no such frame.
pub async fn enter(browser: &Browser) -> Result<()> {
    browser.driver.enter_default_frame().await?;
    let frame = browser.driver.find(thirtyfour::By::Id("module")).await?;
    Ok(frame.enter_frame().await?)
}
