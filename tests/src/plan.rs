//! The plan as the module shows it, read through its hooks, and saved. How its fields are written is in
//! `plan_fields`. Asserts nothing about medicine.

use serde::Deserialize;

use crate::Result;
use crate::browser::Browser;
use crate::launcher::Launcher;
use crate::module::Module;

/// Users of the journal: two who may save the plan, one who may suggest, two who may only read it.
pub const EDITOR: &str = "spesialist-dahl";
pub const OTHER_EDITOR: &str = "spesialist-vik";
pub const GP: &str = "fastlege-solheim";
pub const READERS: [&str; 2] = ["lege-berg", "sykepleier-lie"];

/// What becomes of a save, by the hook that tells of it.
const OUTCOMES: [&str; 4] = ["plan-saved", "save-problem", "plan-clash", "plan-overtaken"];

/// A cell of the plan's grid.
#[derive(Debug, Clone, Default, Deserialize, PartialEq, Eq)]
#[serde(default)]
pub struct PlanCell {
    pub zone: String,
    pub area: String,
    pub text: String,
}

/// An entry of the change log.
#[derive(Debug, Clone, Default, Deserialize, PartialEq, Eq)]
#[serde(default)]
pub struct PlanVersion {
    pub version: String,
    pub author: String,
    pub time: String,
    pub text: String,
}

/// One tracked change.
#[derive(Debug, Clone, Default, Deserialize, PartialEq, Eq)]
#[serde(default)]
pub struct PlanChange {
    pub kind: String,
    pub cell: String,
    pub author: String,
    pub time: String,
    pub text: String,
    /// What is underlined, and what is struck through, without the words that a screen reader hears before them.
    pub inserted: String,
    pub deleted: String,
}

/// What the preview of new limits counts.
#[derive(Debug, Clone, Default, Deserialize, PartialEq, Eq)]
#[serde(default, rename_all = "camelCase")]
pub struct LimitPreview {
    pub yellow_before: String,
    pub yellow_after: String,
    pub red_before: String,
    pub red_after: String,
}

const CHANGES: &str = "
    const marked = (change, tag) => [...change.querySelectorAll(tag)].map(mark => {
        const text = mark.cloneNode(true);
        text.querySelectorAll('.unseen').forEach(word => word.remove());
        return text.textContent;
    }).join('|');
    return [...document.querySelectorAll('[data-testid=change]')]
        .filter(change => change.checkVisibility())
        .map(change => ({ text: change.innerText, inserted: marked(change, 'ins'), deleted: marked(change, 'del'),
            ...change.dataset }))";

/// The plan under somebody who reads or writes it.
#[derive(Debug, Clone)]
pub struct Plan {
    pub(crate) browser: Browser,
    pub module: Module,
}

impl Plan {
    /// Opens a patient for one of the journal's users in a window of its own, and waits for the plan.
    ///
    /// # Errors
    /// When there is none.
    pub async fn open(browser: &Browser, launcher: &Launcher, user: &str, patient: &str) -> Result<Self> {
        browser.goto(&launcher.window_of(user, patient)).await?;
        let plan = Self::of(browser, Module::new(browser.clone()));
        plan.module.wait_for_state("ready").await?;
        plan.module.wait_for_hook("plan").await?;
        Ok(plan)
    }

    /// The plan of a module that is open already.
    #[must_use]
    pub fn of(browser: &Browser, module: Module) -> Self {
        Self {
            browser: browser.clone(),
            module,
        }
    }

    /// The version shown.
    ///
    /// # Errors
    /// When no plan is shown.
    pub async fn version(&self) -> Result<String> {
        let script = "return document.querySelector('[data-testid=plan]').dataset.version";
        self.browser.script(script).await
    }

    /// The cells of the grid, those too that are not seen before another zone is chosen.
    ///
    /// # Errors
    /// When the page cannot be asked.
    pub async fn cells(&self) -> Result<Vec<PlanCell>> {
        self.module.all("plan-cell").await
    }

    /// # Errors
    /// When the page cannot be asked.
    pub async fn versions(&self) -> Result<Vec<PlanVersion>> {
        self.module.all("version").await
    }

    /// The tracked changes that can be seen.
    ///
    /// # Errors
    /// When the page cannot be asked.
    pub async fn changes(&self) -> Result<Vec<PlanChange>> {
        self.browser.script(CHANGES).await
    }

    /// # Errors
    /// When there is no preview.
    pub async fn limit_preview(&self) -> Result<LimitPreview> {
        let previews: Vec<LimitPreview> = self.module.all("limit-preview").await?;
        previews
            .into_iter()
            .next()
            .ok_or_else(|| "no preview of limits".into())
    }

    /// Clicks the first element with this hook, once it can be seen.
    ///
    /// # Errors
    /// When there is none.
    pub async fn press(&self, hook: &str) -> Result<()> {
        self.press_at(hook, "").await
    }

    /// The same in the first element that `within` selects.
    ///
    /// # Errors
    /// When there is none.
    pub async fn press_at(&self, hook: &str, within: &str) -> Result<()> {
        let script =
            "return [...document.querySelectorAll(arguments[0])].find(it => it.checkVisibility()) ?? null";
        let selector = format!("{within} [data-testid='{hook}']");
        let pressed = || async {
            let arguments = vec![selector.trim_start().into()];
            let found = self.browser.driver.execute(script, arguments).await?;
            match found.element() {
                Ok(element) => Ok(Some(self.module.press(&element).await?)),
                Err(_) => Ok(None),
            }
        };
        match self.browser.wait_for(&selector, 10, pressed).await {
            Err(error) => Err(format!("{error}; it shows: {}", self.module.text().await?).into()),
            ok => ok,
        }
    }

    /// Shows what will be saved.
    ///
    /// # Errors
    /// When it cannot be shown, with what is shown instead.
    pub async fn review(&self) -> Result<Vec<PlanChange>> {
        self.press("plan-review").await?;
        self.module.wait_for_hook("plan-comment").await?;
        self.changes().await
    }

    /// Says why, presses the button with this hook, and waits for what becomes of it: the hook that tells.
    ///
    /// # Errors
    /// When nothing becomes of it.
    pub async fn send(&self, button: &str, comment: &str) -> Result<&'static str> {
        if !comment.is_empty() {
            self.write("Hvorfor endres planen?", comment).await?;
        }
        self.press(button).await?;
        self.outcome(button).await
    }

    /// The hook that tells what has become of a save, other than `ended` if that still can be seen.
    async fn outcome(&self, what: &str) -> Result<&'static str> {
        let ended = || async {
            if self.is_saving().await? {
                return Ok(None);
            }
            for outcome in OUTCOMES {
                if !self.module.texts(outcome).await?.is_empty() {
                    return Ok(Some(outcome));
                }
            }
            Ok(None)
        };
        match self
            .browser
            .wait_for(&format!("an end of {what}"), 30, ended)
            .await
        {
            Err(error) => Err(format!("{error}; it shows: {}", self.module.text().await?).into()),
            ok => ok,
        }
    }

    async fn is_saving(&self) -> Result<bool> {
        Ok(self.module.text().await?.contains("Lagrer …"))
    }

    /// Shows what will be saved, and saves it as the next version.
    ///
    /// # Errors
    /// When it is not saved, with what is shown instead.
    pub async fn save(&self, comment: &str) -> Result<()> {
        self.review().await?;
        match self.send("plan-save", comment).await? {
            "plan-saved" => Ok(()),
            other => Err(format!("{other}: {}", self.module.text().await?).into()),
        }
    }
}
