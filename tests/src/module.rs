//! What the module shows, read through its hooks (`data-testid` and its neighbours) and nothing else.
//! The module's page or frame must be the current one.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use thirtyfour::{By, WebElement};

use crate::Result;
use crate::browser::Browser;

/// The module in the current frame.
#[derive(Debug, Clone)]
pub struct Module {
    browser: Browser,
}

/// A row of the latest values.
#[derive(Debug, Clone, Default, Deserialize, PartialEq, Eq)]
#[serde(default, rename_all = "camelCase")]
pub struct LatestRow {
    pub parameter: String,
    pub value: String,
    pub unit: String,
    pub time: String,
    pub zone: String,
    pub source: String,
    pub change: String,
    pub overdue_days: String,
}

/// A trend chart.
#[derive(Debug, Clone, Default, Deserialize, PartialEq, Eq)]
#[serde(default)]
pub struct Trend {
    pub parameter: String,
    pub points: String,
    pub readings: String,
    pub excluded: String,
    pub gaps: String,
    pub from: String,
    pub to: String,
    /// The part of the period that is seen.
    #[serde(rename = "viewFrom")]
    pub view_from: String,
    #[serde(rename = "viewTo")]
    pub view_to: String,
}

/// A row of the table under a chart.
#[derive(Debug, Clone, Default, Deserialize, PartialEq, Eq)]
#[serde(default)]
pub struct TrendRow {
    pub time: String,
    pub value: String,
    pub zone: String,
    pub status: String,
}

/// Something that could not be read, or a remark on what could.
#[derive(Debug, Clone, Default, Deserialize, PartialEq, Eq)]
#[serde(default)]
pub struct Finding {
    pub kind: String,
    pub text: String,
}

/// An error as shown.
#[derive(Debug, Clone, Default, Deserialize, PartialEq, Eq)]
#[serde(default)]
pub struct Shown {
    pub step: String,
    pub host: String,
    pub text: String,
}

impl Module {
    #[must_use]
    pub fn new(browser: Browser) -> Self {
        Self { browser }
    }

    /// `launching`, `loading`, `ready`, `error`, `blanked` or `expired`; empty on a page that is not the module.
    ///
    /// # Errors
    /// When the frame cannot be asked.
    pub async fn state(&self) -> Result<String> {
        self.browser
            .script("return document.documentElement.dataset.appState ?? ''")
            .await
    }

    /// The text that can be seen.
    ///
    /// # Errors
    /// When the frame cannot be asked.
    pub async fn text(&self) -> Result<String> {
        self.browser.script("return document.body.innerText").await
    }

    /// Waits until the module is in `state`.
    ///
    /// # Errors
    /// When it does not get there, with what it shows instead.
    pub async fn wait_for_state(&self, state: &str) -> Result<()> {
        let waited = self
            .browser
            .wait_for(&format!("the state {state}"), 30, || async {
                Ok((self.state().await? == state).then_some(()))
            })
            .await;
        match waited {
            Err(error) => Err(format!(
                "{error}; it is {} and shows: {}",
                self.state().await?,
                self.text().await?
            )
            .into()),
            ok => ok,
        }
    }

    /// The patient check line.
    ///
    /// # Errors
    /// When there is none.
    pub async fn patient_check(&self) -> Result<String> {
        Ok(self
            .browser
            .driver
            .find(By::Testid("patient-check"))
            .await?
            .text()
            .await?)
    }

    /// The visible text of the elements with this `data-testid`.
    ///
    /// # Errors
    /// When the frame cannot be asked.
    pub async fn texts(&self, testid: &str) -> Result<Vec<String>> {
        self.browser
            .script(&format!(
                "return [...document.querySelectorAll(`[data-testid='{testid}']`)]
                    .filter(element => element.checkVisibility()).map(element => element.innerText)"
            ))
            .await
    }

    /// Waits until an element with this `data-testid` can be seen.
    ///
    /// # Errors
    /// When there is none, with what can be seen instead.
    pub async fn wait_for_hook(&self, testid: &str) -> Result<()> {
        let found = || async { Ok((!self.texts(testid).await?.is_empty()).then_some(())) };
        match self
            .browser
            .wait_for(&format!("[data-testid='{testid}']"), 15, found)
            .await
        {
            Err(error) => Err(format!("{error}; it shows: {}", self.text().await?).into()),
            ok => ok,
        }
    }

    /// Clicks the first button that has this name or, in a group of alternatives, begins with it.
    ///
    /// # Errors
    /// When there is none that can be seen.
    pub async fn press_button(&self, name: &str) -> Result<()> {
        let answer = self
            .browser
            .driver
            .execute(
                "const named = button => button.ariaLabel ?? button.innerText.trim();
                const seen = [...document.querySelectorAll('button')].filter(button => button.checkVisibility());
                return seen.find(button => named(button) === arguments[0])
                    ?? seen.find(button => named(button).startsWith(arguments[0])) ?? null",
                vec![name.into()],
            )
            .await?;
        match answer.element() {
            Ok(button) => self.press(&button).await,
            Err(_) => Err(format!("no button {name:?}: {}", self.text().await?).into()),
        }
    }

    /// Chooses a language by its tag in the switch.
    ///
    /// # Errors
    /// When the switch does not offer it.
    pub async fn choose_language(&self, tag: &str) -> Result<()> {
        let choice =
            format!("[data-testid='language'] [lang='{tag}'], [data-testid='language'] [value='{tag}']");
        self.press(&self.browser.driver.find(By::Css(choice)).await?)
            .await
    }

    /// # Errors
    /// When the frame cannot be asked.
    pub async fn latest_rows(&self) -> Result<Vec<LatestRow>> {
        self.all("latest-row").await
    }

    /// # Errors
    /// When the frame cannot be asked.
    pub async fn trends(&self) -> Result<Vec<Trend>> {
        self.all("trend").await
    }

    /// # Errors
    /// When the frame cannot be asked.
    pub async fn errors(&self) -> Result<Vec<Shown>> {
        self.all("error").await
    }

    /// # Errors
    /// When the frame cannot be asked.
    pub async fn findings(&self) -> Result<Vec<Finding>> {
        self.all("finding").await
    }

    /// The chart of one parameter, its row opened if need be: as soon as it is as `wanted`, or else as it is after
    /// a while in which more of its readings could have come.
    ///
    /// # Errors
    /// When there is no chart.
    pub async fn trend_when(&self, parameter: &str, wanted: impl Fn(&Trend) -> bool) -> Result<Trend> {
        if self.trend(parameter).await?.is_none() {
            self.press_row(parameter).await?;
        }
        let what = format!("the chart of {parameter}");
        let find = || async { Ok(self.trend(parameter).await?.filter(|trend| wanted(trend))) };
        match self.browser.wait_for(&what, 10, find).await {
            Ok(trend) => Ok(trend),
            Err(_) => self
                .trend(parameter)
                .await?
                .ok_or_else(|| format!("no {what}").into()),
        }
    }

    async fn trend(&self, parameter: &str) -> Result<Option<Trend>> {
        Ok(self
            .trends()
            .await?
            .into_iter()
            .find(|trend| trend.parameter == parameter))
    }

    /// The rows of a parameter's table, which is opened for it; the chart must be there.
    ///
    /// # Errors
    /// When there is no table.
    pub async fn trend_rows(&self, parameter: &str) -> Result<Vec<TrendRow>> {
        let chart = format!("[data-testid='trend'][data-parameter='{parameter}']");
        let toggle = self
            .browser
            .driver
            .find(By::Css(format!("{chart} button[aria-pressed='false']")))
            .await?;
        self.press(&toggle).await?;
        let table = format!("{chart} table");
        self.browser
            .wait_for(&table, 5, || async {
                Ok(self.browser.driver.find(By::Css(&table)).await.ok())
            })
            .await?;
        self.all_within(&chart, "trend-row").await
    }

    /// Clicks a row of the latest values: where charts open below their rows, that opens or closes it.
    ///
    /// # Errors
    /// When there is no such row.
    pub async fn press_row(&self, parameter: &str) -> Result<()> {
        let row = format!("[data-testid='latest-row'][data-parameter='{parameter}']");
        self.press(&self.browser.driver.find(By::Css(row)).await?).await
    }

    /// Closes a row's chart again, where charts open below their rows.
    ///
    /// # Errors
    /// When there is no such row.
    pub async fn close_row(&self, parameter: &str) -> Result<()> {
        let open = format!("[data-testid='latest-row'][data-parameter='{parameter}'][aria-expanded='true']");
        match self.browser.driver.find(By::Css(open)).await {
            Ok(row) => self.press(&row).await,
            Err(_) => Ok(()),
        }
    }

    /// Scrolls there first, as a person would: a frame of another site is not scrolled by the driver.
    pub(crate) async fn press(&self, element: &WebElement) -> Result<()> {
        let arguments = vec![element.to_json()?];
        self.browser
            .driver
            .execute("arguments[0].scrollIntoView({ block: 'center' })", arguments)
            .await?;
        Ok(element.click().await?)
    }

    /// The hooks of all elements with this `data-testid`, and their text as `text`.
    pub(crate) async fn all<T: DeserializeOwned>(&self, testid: &str) -> Result<Vec<T>> {
        self.all_within("html", testid).await
    }

    async fn all_within<T: DeserializeOwned>(&self, place: &str, testid: &str) -> Result<Vec<T>> {
        self.browser
            .script(&format!(
                "return [...document.querySelectorAll(`{place} [data-testid='{testid}']`)]
                    .map(element => ({{ text: element.innerText, ...element.dataset }}))"
            ))
            .await
    }
}
