//! Using the module by keyboard only. After every key the focus must be somewhere, and be seen: else the key is an
//! error. What the keys should do is not known here.

use serde::Deserialize;
use thirtyfour::Key;
use thirtyfour::action_chain::ActionChain;

use crate::Result;
use crate::browser::Browser;
use crate::journal::open_window;
use crate::launcher::Launcher;
use crate::module::Module;

/// What has the focus.
#[derive(Debug, Clone, Default, Deserialize, PartialEq, Eq)]
pub struct Focus {
    pub tag: String,
    pub name: String,
    pub parameter: String,
    pub testid: String,
    /// An outline or shadow can be seen around it, or around a part of it.
    pub marked: bool,
}

/// Chromium marks the day, month or year within a date field.
const FOCUS: &str = "const focus = document.activeElement;
    const style = getComputedStyle(focus);
    const named = focus.ariaLabel ?? (focus.labels?.[0] ?? focus).innerText;
    return {
        tag: focus.tagName.toLowerCase(), name: named.split('\\n')[0].trim(), testid: focus.dataset.testid ?? '',
        parameter: focus.closest('[data-parameter]')?.dataset.parameter ?? '',
        marked: focus.type === 'date' || style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1 || style.boxShadow !== 'none',
    }";

/// The module under somebody who has no mouse.
#[derive(Debug)]
pub struct Keyboard {
    browser: Browser,
    pub module: Module,
}

impl Keyboard {
    /// Opens the COPD patient at a GP's, with the clock stopped and the focus nowhere yet.
    ///
    /// # Errors
    /// When the module does not get ready.
    pub async fn open(browser: &Browser, launcher: &Launcher, width: u32) -> Result<Self> {
        browser.stop_clock().await?;
        browser.size(width, 900).await?;
        let module = open_window(browser, launcher, "gp", "kols", "ready").await?;
        browser.settle().await?;
        Ok(Self {
            browser: browser.clone(),
            module,
        })
    }

    /// Presses a key, and looks where the focus is.
    ///
    /// # Errors
    /// When the focus is lost, or cannot be seen.
    pub async fn press(&self, key: Key) -> Result<Focus> {
        self.keys(&String::from(char::from(key))).await
    }

    /// Presses an arrow key while Alt is held.
    ///
    /// # Errors
    /// Like `press`.
    pub async fn press_with_alt(&self, key: Key) -> Result<Focus> {
        let keys = [Key::Alt, key, Key::Alt].map(char::from);
        let [down, key, up] = keys;
        self.perform(
            "Alt and an arrow",
            self.browser
                .driver
                .action_chain()
                .key_down(down)
                .send_keys(key.to_string())
                .key_up(up),
        )
        .await
    }

    /// Presses the keys of these letters.
    ///
    /// # Errors
    /// Like `press`.
    pub async fn keys(&self, keys: &str) -> Result<Focus> {
        self.perform(
            &format!("{keys:?}"),
            self.browser.driver.action_chain().send_keys(keys),
        )
        .await
    }

    async fn perform(&self, what: &str, keys: ActionChain) -> Result<Focus> {
        keys.perform().await?;
        self.browser.settle().await?;
        let focus = self.focus().await?;
        if focus.tag == "body" {
            return Err(format!("the focus is lost after {what}").into());
        }
        if !focus.marked {
            return Err(format!("the focus cannot be seen after {what}: {focus:?}").into());
        }
        Ok(focus)
    }

    /// What has the focus now.
    ///
    /// # Errors
    /// When the page cannot be asked.
    pub async fn focus(&self) -> Result<Focus> {
        self.browser.script(FOCUS).await
    }

    /// Tabs forward until the focus is where `wanted` says.
    ///
    /// # Errors
    /// Like `press`, and when it does not get there.
    pub async fn tab_to(&self, what: &str, wanted: impl Fn(&Focus) -> bool) -> Result<Focus> {
        let mut passed = Vec::new();
        for _ in 0..60 {
            let focus = self.press(Key::Tab).await?;
            if wanted(&focus) {
                return Ok(focus);
            }
            passed.push(focus.name);
        }
        Err(format!("Tab does not reach {what}, but {passed:?}").into())
    }

    /// # Errors
    /// Like `tab_to`.
    pub async fn tab_to_row(&self, parameter: &str) -> Result<Focus> {
        self.tab_to(parameter, |focus| is_row(focus, parameter)).await
    }

    /// # Errors
    /// Like `tab_to`.
    pub async fn tab_to_button(&self, name: &str) -> Result<Focus> {
        self.tab_to(name, |focus| focus.tag == "button" && focus.name == name)
            .await
    }

    /// The parameters of the rows, in their order.
    ///
    /// # Errors
    /// When the page cannot be asked.
    pub async fn rows(&self) -> Result<Vec<String>> {
        let rows = self.module.latest_rows().await?;
        Ok(rows.into_iter().map(|row| row.parameter).collect())
    }
}

/// Whether the focus is on the row of a parameter.
#[must_use]
pub fn is_row(focus: &Focus, parameter: &str) -> bool {
    focus.testid == "latest-row" && focus.parameter == parameter
}
