//! What surrounds the page: the clock, the colours, the size, the time zone, the network. Set through the browser's
//! debugging protocol for the page at the top of the tab, and for all that it opens later.

use serde_json::{Value, json};

use crate::Result;
use crate::browser::Browser;

/// The day that the clock stands on in tests that fix it: data made until this day is of the day before.
pub const TODAY: &str = "2026-11-22";
/// The moment itself, 09.14 in Oslo.
const NOW: &str = "2026-11-22T09:14:00+01:00";

/// The colours that the doctor's machine asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    Light,
    Dark,
    /// A high-contrast theme of the system, dark.
    Forced,
}

impl Scheme {
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::Forced];

    /// For names of tests and pictures.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Forced => "forced",
        }
    }
}

impl Browser {
    /// Stops the clock of all pages opened from now on at 09.14 of [`TODAY`].
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn stop_clock(&self) -> Result<()> {
        self.before_load(&format!(
            "{{
                const now = new Date('{NOW}').getTime();
                globalThis.Date = class extends Date {{
                    constructor(...parts) {{ super(...(parts.length ? parts : [now])); }}
                    static now() {{ return now; }}
                }};
            }}"
        ))
        .await
    }

    /// Makes waiting in pages opened from now on eight times as quick; from two seconds on, after which the view says that
    /// it is slow, three times, and nothing under two seconds: a busy machine is not a slow service.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn hurry_timers(&self) -> Result<()> {
        self.before_load(
            "{
                const wait = globalThis.setTimeout;
                const hurried = time => time < 2000 ? time / 8 : Math.max(2000, time / 3);
                globalThis.setTimeout = (then, time, ...rest) => wait(then, hurried(time ?? 0), ...rest);
            }",
        )
        .await
    }

    /// Runs a script in every page opened from now on, before any of its own.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn before_load(&self, script: &str) -> Result<()> {
        self.devtools(
            "Page.addScriptToEvaluateOnNewDocument",
            json!({ "source": script }),
        )
        .await?;
        Ok(())
    }

    /// # Errors
    /// When the browser refuses.
    pub async fn scheme(&self, scheme: Scheme) -> Result<()> {
        self.media("screen", scheme).await
    }

    /// Lays the page out as on paper.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn paper(&self) -> Result<()> {
        self.media("print", Scheme::Light).await
    }

    /// Motion is reduced, so that no picture depends on when it is taken.
    async fn media(&self, media: &str, scheme: Scheme) -> Result<()> {
        let (colours, forced) = match scheme {
            Scheme::Light => ("light", "none"),
            Scheme::Dark => ("dark", "none"),
            Scheme::Forced => ("dark", "active"),
        };
        let features = json!([
            { "name": "prefers-color-scheme", "value": colours },
            { "name": "forced-colors", "value": forced },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        self.devtools(
            "Emulation.setEmulatedMedia",
            json!({ "media": media, "features": features }),
        )
        .await?;
        Ok(())
    }

    /// The page's width and height in CSS pixels.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn size(&self, width: u32, height: u32) -> Result<()> {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics)
            .await?;
        Ok(())
    }

    /// An IANA name, such as `Pacific/Auckland`.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn time_zone(&self, name: &str) -> Result<()> {
        self.devtools("Emulation.setTimezoneOverride", json!({ "timezoneId": name }))
            .await?;
        Ok(())
    }

    /// The languages that the doctor's browser prefers, such as `nn-NO,nn,nb`.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn languages(&self, tags: &str) -> Result<()> {
        let agent: String = self.script("return navigator.userAgent").await?;
        let languages = json!({ "userAgent": agent, "acceptLanguage": tags });
        self.devtools("Emulation.setUserAgentOverride", languages).await?;
        Ok(())
    }

    /// Takes the network away, or gives it back.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn offline(&self, offline: bool) -> Result<()> {
        self.devtools("Network.enable", json!({})).await?;
        let conditions =
            json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.devtools("Network.emulateNetworkConditions", conditions)
            .await?;
        Ok(())
    }

    /// Sends a command of the debugging protocol.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn devtools(&self, command: &str, parameters: Value) -> Result<Value> {
        Ok(self.driver.cdp().send_raw(command, parameters).await?)
    }
}
