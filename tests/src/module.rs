//! What the module shows, read through its hooks (`data-testid` and its neighbours) and nothing else.
//! The module's page or frame must be the current one.

use serde::Deserialize;
use thirtyfour::By;

use crate::Result;
use crate::browser::Browser;

/// The module in the current frame.
#[derive(Debug, Clone)]
pub struct Module {
    browser: Browser,
}

/// A row of the latest values.
#[derive(Debug, Clone, Default, Deserialize, PartialEq, Eq)]
#[serde(default)]
pub struct LatestRow {
    pub parameter: String,
    pub value: String,
    pub unit: String,
    pub time: String,
    pub zone: String,
    pub source: String,
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
    pub async fn trend_rows(&self) -> Result<Vec<TrendRow>> {
        self.all("trend-row").await
    }

    /// # Errors
    /// When the frame cannot be asked.
    pub async fn errors(&self) -> Result<Vec<Shown>> {
        self.all("error").await
    }

    /// The chart of one parameter; where there is none, its row is opened first.
    ///
    /// # Errors
    /// When no chart with all its readings comes.
    pub async fn trend(&self, parameter: &str) -> Result<Trend> {
        let find = || async {
            Ok(self
                .trends()
                .await?
                .into_iter()
                .find(|trend| trend.parameter == parameter))
        };
        if let Some(trend) = find().await? {
            return Ok(trend);
        }
        self.press_row(parameter).await?;
        self.browser
            .wait_for(&format!("the chart of {parameter}"), 20, find)
            .await
    }

    /// Clicks a row of the latest values, which opens its chart or closes it.
    ///
    /// # Errors
    /// When there is no such row.
    pub async fn press_row(&self, parameter: &str) -> Result<()> {
        let row = format!("[data-testid='latest-row'][data-parameter='{parameter}']");
        let row = self.browser.driver.find(By::Css(row)).await?;
        // The row itself, or the button in it.
        let target = match row.find(By::Css("button, [aria-expanded], summary")).await {
            Ok(button) => button,
            Err(_) => row,
        };
        Ok(target.click().await?)
    }

    /// The hooks of all elements with this `data-testid`, and their text as `text`.
    async fn all<T: serde::de::DeserializeOwned>(&self, testid: &str) -> Result<Vec<T>> {
        self.browser
            .script(&format!(
                "return [...document.querySelectorAll('[data-testid=\"{testid}\"]')]
                    .map(element => ({{ text: element.innerText, ...element.dataset }}))"
            ))
            .await
    }
}
