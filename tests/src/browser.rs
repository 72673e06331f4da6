//! Chromium under chromedriver: one driver for all tests, and a fresh profile for each test. Knows nothing of
//! what the pages hold; what a test makes of the surroundings (clock, colours, network) is in `emulation`.

use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::{Capabilities, WebDriver};

use crate::background::Background;
use crate::day::wait_past_midnight;
use crate::{Result, fonts, setting, target};

/// A window cannot be narrower than this, but a page can be made to be.
const NARROWEST_WINDOW: u32 = 500;
const POLL: Duration = Duration::from_millis(50);

static DRIVER: LazyLock<Result<(Background, String)>> = LazyLock::new(|| {
    let program = setting("DHO_CHROMEDRIVER", "chromedriver");
    // "ChromeDriver was started successfully on port 41233."
    let port = |line: &str| {
        Some(
            line.split_once("successfully on port ")?
                .1
                .trim_end_matches('.')
                .to_owned(),
        )
    };
    let fonts = fonts::configuration()?;
    let surroundings = [("FONTCONFIG_FILE", fonts.as_os_str())];
    let (program, port) =
        Background::start_in(&surroundings, program.as_os_str(), &["--port=0".as_ref()], port)?;
    Ok((program, format!("http://127.0.0.1:{port}")))
});

/// One browser with one tab.
#[derive(Debug, Clone)]
pub struct Browser {
    /// For what this harness has no words for.
    pub driver: WebDriver,
}

/// Whether pages may keep anything: in some journals the browser is set to keep nothing for a page in a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Storage {
    Works,
    Blocked,
}

/// Runs a test in a browser of its own, `width` pixels wide. Where it fails, a screenshot is kept in the target
/// folder's `screenshots`, under `name`, and the console is printed.
///
/// # Panics
/// When the test fails; that is how the test runner hears of it.
pub async fn browse<Test>(name: &str, width: u32, test: impl FnOnce(Browser) -> Test)
where
    Test: Future<Output = Result<()>> + Send + 'static,
{
    browse_with(name, width, Storage::Works, test).await;
}

/// Like [`browse`], in a browser that is set to keep things or not.
///
/// # Panics
/// When the test fails.
#[allow(
    clippy::panic,
    reason = "a test's helper reports to the test runner by panicking"
)]
pub async fn browse_with<Test>(name: &str, width: u32, storage: Storage, test: impl FnOnce(Browser) -> Test)
where
    Test: Future<Output = Result<()>> + Send + 'static,
{
    match Browser::open(width, storage).await {
        Ok(browser) => watch(name, std::slice::from_ref(&browser), test(browser.clone())).await,
        Err(error) => panic!("no browser: {error}"),
    }
}

/// Like [`browse`], with two browsers that share nothing, as two people have.
///
/// # Panics
/// When the test fails.
#[allow(
    clippy::panic,
    reason = "a test's helper reports to the test runner by panicking"
)]
pub async fn browse_two<Test>(name: &str, width: u32, test: impl FnOnce(Browser, Browser) -> Test)
where
    Test: Future<Output = Result<()>> + Send + 'static,
{
    let both = (
        Browser::open(width, Storage::Works).await,
        Browser::open(width, Storage::Works).await,
    );
    match both {
        (Ok(one), Ok(other)) => watch(name, &[one.clone(), other.clone()], test(one, other)).await,
        (Err(error), _) | (_, Err(error)) => panic!("no browser: {error}"),
    }
}

/// Like [`browse`], in a browser that notes its dialogs for [`Browser::dialogs`].
///
/// # Panics
/// When the test fails.
#[allow(
    clippy::panic,
    reason = "a test's helper reports to the test runner by panicking"
)]
pub async fn browse_noting_dialogs<Test>(name: &str, width: u32, test: impl FnOnce(Browser) -> Test)
where
    Test: Future<Output = Result<()>> + Send + 'static,
{
    let logs = json!({ "browser": "ALL", "performance": "ALL" });
    match Browser::open_noting(width, Storage::Works, logs).await {
        Ok(browser) => watch(name, std::slice::from_ref(&browser), test(browser.clone())).await,
        Err(error) => panic!("no browser: {error}"),
    }
}

#[allow(
    clippy::panic,
    reason = "a test's helper reports to the test runner by panicking"
)]
async fn watch(name: &str, browsers: &[Browser], test: impl Future<Output = Result<()>> + Send + 'static) {
    // A task of its own, so that a failed assertion still closes the browsers.
    let failure = match tokio::spawn(test).await {
        Ok(Ok(())) => None,
        Ok(Err(error)) => Some(error.to_string()),
        Err(panicked) => Some(panicked.to_string()),
    };
    for (number, browser) in (1..).zip(browsers) {
        if failure.is_some() {
            let of = if number == 1 {
                String::new()
            } else {
                format!("-{number}")
            };
            let _ = browser.screenshot(&format!("failed-{name}{of}")).await;
            for line in browser.console().await.unwrap_or_default() {
                println!("console{of}: {line}");
            }
        }
        let _ = browser.driver.clone().quit().await;
    }
    if let Some(failure) = failure {
        panic!("{failure}");
    }
}

impl Browser {
    async fn open(width: u32, storage: Storage) -> Result<Self> {
        Self::open_noting(width, storage, json!({ "browser": "ALL" })).await
    }

    async fn open_noting(width: u32, storage: Storage, logs: Value) -> Result<Self> {
        wait_past_midnight().await?;
        let (_, driver) = DRIVER.as_ref().map_err(std::string::ToString::to_string)?;
        let mut capabilities = Capabilities::new();
        capabilities.set(
            "goog:chromeOptions",
            json!({
                "binary": which(&setting("DHO_CHROMIUM", "chromium")),
                "args": [
                    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                    "--disable-background-networking", "--disable-component-update", "--disable-sync",
                    "--force-device-scale-factor=1", "--lang=nb", "--accept-lang=nb-NO,nb", "--font-render-hinting=none", "--disable-lcd-text",
                    "--hide-scrollbars",
                    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
                    format!("--window-size={width},1000"),
                ],
                "prefs": preferences(storage),
            }),
        )?;
        capabilities.set("goog:loggingPrefs", logs)?;
        let browser = Self {
            driver: WebDriver::new(driver, capabilities).await?,
        };
        if width < NARROWEST_WINDOW {
            browser.size(width, 1000).await?;
        }
        Ok(browser)
    }

    /// Opens an address in the tab.
    ///
    /// # Errors
    /// When the browser cannot.
    pub async fn goto(&self, url: &str) -> Result<()> {
        Ok(self.driver.goto(url).await?)
    }

    /// Runs a function's body in the page or frame that is current, and reads what it returns.
    ///
    /// # Errors
    /// When the script fails or returns something else.
    pub async fn script<T: DeserializeOwned>(&self, body: &str) -> Result<T> {
        let answer = self.driver.execute(body, Vec::<Value>::new()).await?;
        Ok(serde_json::from_value(answer.json().clone())?)
    }

    /// Waits until what has changed is drawn, with its fonts.
    ///
    /// # Errors
    /// When the page goes away meanwhile.
    pub async fn settle(&self) -> Result<()> {
        let drawn = "const done = arguments[0], next = requestAnimationFrame;
            document.fonts.ready.then(() => next(() => next(() => next(() => done()))))";
        self.driver.execute_async(drawn, Vec::<Value>::new()).await?;
        Ok(())
    }

    /// Polls `ready` until it gives something, for at most `seconds`.
    ///
    /// # Errors
    /// When it never does, naming what was waited for and the last error on the way.
    pub async fn wait_for<T, Poll>(
        &self,
        what: &str,
        seconds: u64,
        mut ready: impl FnMut() -> Poll,
    ) -> Result<T>
    where
        Poll: Future<Output = Result<Option<T>>>,
    {
        let end = Instant::now() + Duration::from_secs(seconds);
        let mut last = String::new();
        while Instant::now() < end {
            match ready().await {
                Ok(Some(found)) => return Ok(found),
                Ok(None) => {}
                // A frame that is just being replaced cannot be asked.
                Err(error) => last = format!(" (last: {error})"),
            }
            tokio::time::sleep(POLL).await;
        }
        Err(format!("waited {seconds} s for {what} in vain{last}").into())
    }

    /// Writes what the tab shows to `screenshots/NAME.png` in the target folder.
    ///
    /// # Errors
    /// When the browser or the disk refuses.
    pub async fn screenshot(&self, name: &str) -> Result<PathBuf> {
        let folder = target().join("screenshots");
        std::fs::create_dir_all(&folder)?;
        let file = folder.join(format!("{name}.png"));
        self.driver.screenshot(&file).await?;
        Ok(file)
    }

    /// Warnings and errors of all frames' consoles since the last call; violations of the content security policy
    /// are among them.
    ///
    /// # Errors
    /// When the browser does not tell.
    pub async fn console(&self) -> Result<Vec<String>> {
        let entries = self.driver.browser_log().await?;
        let worth_reading = |level: &str| level == "SEVERE" || level == "WARNING";
        Ok(entries
            .into_iter()
            .filter(|entry| worth_reading(&entry.level))
            .map(|entry| entry.message)
            .collect())
    }

    /// The kinds of dialogs that have come up since the last call, such as `beforeunload`. The driver answers those of
    /// leaving with yes by itself.
    ///
    /// # Errors
    /// When the browser was not opened to note them.
    pub async fn dialogs(&self) -> Result<Vec<String>> {
        let mut kinds = Vec::new();
        for entry in self.driver.get_log("performance").await? {
            let event: Value = serde_json::from_str(&entry.message)?;
            if event["message"]["method"] == "Page.javascriptDialogOpening" {
                let kind = &event["message"]["params"]["type"];
                kinds.push(kind.as_str().unwrap_or_default().to_owned());
            }
        }
        Ok(kinds)
    }

    /// Addresses that the current page or frame has asked for, in order.
    ///
    /// # Errors
    /// When the page does not tell.
    pub async fn requests(&self) -> Result<Vec<String>> {
        self.script("return performance.getEntriesByType('resource').map(request => request.name)")
            .await
    }
}

fn preferences(storage: Storage) -> Value {
    // The setting "block all cookies", which closes every other kind of storage too.
    const BLOCKED: u8 = 2;
    match storage {
        Storage::Works => json!({}),
        Storage::Blocked => json!({ "profile.default_content_setting_values.cookies": BLOCKED }),
    }
}

/// The path of a program, since chromedriver wants no bare name.
fn which(program: &Path) -> PathBuf {
    std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
        .unwrap_or_else(|| program.to_owned())
}
