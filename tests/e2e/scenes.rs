//! Each state that the screen can be in, and how to get there: the module in a window of its own, with the clock
//! stopped at 09.14. What is then asserted is the business of the tests that walk through them.

use browser_tests::Result;
use browser_tests::browser::Browser;
use browser_tests::journal::open_window;
use browser_tests::launcher::Launcher;
use browser_tests::module::Module;
use serde_json::{Value, json};
use thirtyfour::By;

/// A state of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scene {
    Main,
    RowOpen,
    Table,
    Picker,
    Banner,
    EmptyPeriod,
    NotEnrolled,
    Slow,
    VerySlow,
    ReadingsFailed,
    PlanFailed,
    Offline,
    Expired,
    OtherPatient,
    Unreadable,
    LaunchFailed,
}

/// What a scene is called, where it ends, and what is to be read in it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Told {
    pub(crate) name: &'static str,
    /// `data-app-state`.
    pub(crate) state: &'static str,
    /// The element that says it.
    pub(crate) hook: &'static str,
    /// All of these, in bokmål.
    pub(crate) words: &'static [&'static str],
}

impl Scene {
    pub(crate) const ALL: [Self; 16] = [
        Self::Main,
        Self::RowOpen,
        Self::Table,
        Self::Picker,
        Self::Banner,
        Self::EmptyPeriod,
        Self::NotEnrolled,
        Self::Slow,
        Self::VerySlow,
        Self::ReadingsFailed,
        Self::PlanFailed,
        Self::Offline,
        Self::Expired,
        Self::OtherPatient,
        Self::Unreadable,
        Self::LaunchFailed,
    ];

    pub(crate) fn told(self) -> Told {
        let told = |name, state, hook, words| Told {
            name,
            state,
            hook,
            words,
        };
        match self {
            Self::Main => told("main", "ready", "latest-row", &["Siste målinger", "Hentet"]),
            Self::RowOpen => told("row-open", "ready", "trend", &["Vis som tabell"]),
            Self::Table => told("table", "ready", "trend-row", &["Vis som kurve"]),
            Self::Picker => told("picker", "ready", "picker", &["Velg parametre"]),
            Self::Banner => told("banner", "ready", "patient-banner", &["73 år"]),
            Self::EmptyPeriod => told(
                "empty-period",
                "ready",
                "empty-period",
                &["Ingen målinger i perioden. Siste: 2. mai", "Vis"],
            ),
            Self::NotEnrolled => told(
                "not-enrolled",
                "ready",
                "not-enrolled",
                &["Pasienten følges ikke opp digitalt"],
            ),
            Self::Slow => told("slow", "loading", "slow", &["Henter fortsatt"]),
            Self::VerySlow => told("very-slow", "loading", "slow", &["Tjenesten svarer tregt"]),
            Self::ReadingsFailed => told(
                "readings-failed",
                "ready",
                "error",
                &["Målingene kunne ikke hentes", "Prøv igjen"],
            ),
            Self::PlanFailed => told(
                "plan-failed",
                "ready",
                "error",
                &["Planen kunne ikke hentes", "Prøv igjen"],
            ),
            Self::Offline => told("offline", "ready", "offline", &["Frakoblet, hentet", "09.14"]),
            Self::Expired => told(
                "expired",
                "expired",
                "expired",
                &["Økten er utløpt. Åpne på nytt fra journalen"],
            ),
            Self::OtherPatient => told(
                "other-patient",
                "blanked",
                "blanked",
                &["Pasienten er byttet. Åpne på nytt"],
            ),
            Self::Unreadable => told(
                "unreadable",
                "ready",
                "finding",
                &["målinger kunne ikke tolkes", "Skjul"],
            ),
            Self::LaunchFailed => told("launch-failed", "error", "error", &["kunne ikke åpnes"]),
        }
    }

    fn patient(self) -> &'static str {
        match self {
            Self::EmptyPeriod => "long-ago",
            Self::NotEnrolled => "no-monitoring",
            Self::Unreadable => "messy",
            _ => "kols",
        }
    }

    /// What goes wrong from the start.
    fn faults(self) -> Value {
        match self {
            Self::Slow | Self::VerySlow => json!([{ "on": "Observation", "fault": "delay", "ms": 60_000 }]),
            Self::ReadingsFailed => json!([{ "on": "Observation", "fault": "503" }]),
            Self::PlanFailed => json!([{ "on": "CarePlan", "fault": "503" }]),
            Self::LaunchFailed => json!([{ "on": "authorize", "fault": "wrong-state" }]),
            _ => json!([]),
        }
    }

    /// Goes there; afterwards, faults that this scene asked for may still be in force.
    pub(crate) async fn enter(self, browser: &Browser, launcher: &Launcher) -> Result<Module> {
        let Told {
            name, state, hook, ..
        } = self.told();
        self.reach(browser, launcher)
            .await
            .map_err(|error| format!("{name}: {error}"))?;
        let module = Module::new(browser.clone());
        module
            .wait_for_state(state)
            .await
            .map_err(|error| format!("{name}: {error}"))?;
        module
            .wait_for_hook(hook)
            .await
            .map_err(|error| format!("{name}: {error}"))?;
        Ok(module)
    }

    async fn reach(self, browser: &Browser, launcher: &Launcher) -> Result<()> {
        launcher.heal().await?;
        match self {
            Self::Banner => launcher.launch_with(json!({ "needPatientBanner": true })).await?,
            _ => launcher.fail(self.faults()).await?,
        }
        let first = match self {
            Self::Slow | Self::VerySlow => "loading",
            Self::LaunchFailed => "error",
            _ => "ready",
        };
        let module = open_window(browser, launcher, "gp", self.patient(), first).await?;
        match self {
            Self::RowOpen => module.press_row("spo2").await?,
            Self::EmptyPeriod => module.press_row("weight").await?,
            Self::Table => {
                module.trend_when("spo2", |_| true).await?;
                module.trend_rows("spo2").await?;
            }
            Self::Picker => press(browser, &module, "Velg parametre", "Choose parameters").await?,
            Self::Offline => browser.offline(true).await?,
            Self::Expired => {
                launcher.fail(json!([{ "on": "any", "fault": "401" }])).await?;
                press(browser, &module, "Hent på nytt", "Fetch again").await?;
            }
            Self::OtherPatient => {
                launcher
                    .fail(json!([{ "on": "Patient", "fault": "other-patient" }]))
                    .await?;
                press(browser, &module, "Hent på nytt", "Fetch again").await?;
            }
            Self::VerySlow => {
                module.wait_for_hook("slow").await?;
                let first = module.texts("slow").await?;
                let other = || async { Ok((module.texts("slow").await? != first).then_some(())) };
                browser.wait_for("other words for slow", 15, other).await?;
            }
            Self::Unreadable => {
                let show = By::Css("[aria-controls='findings-list']");
                browser.driver.find(show).await?.click().await?;
            }
            _ => {}
        }
        Ok(())
    }

    /// Undoes what would trouble the next scene in the same browser.
    pub(crate) async fn leave(self, browser: &Browser, launcher: &Launcher) -> Result<()> {
        if self == Self::Offline {
            browser.offline(false).await?;
        }
        launcher.heal().await
    }
}

/// Presses a button by its name in the language of the page.
async fn press(browser: &Browser, module: &Module, bokmal: &str, english: &str) -> Result<()> {
    let lang: String = browser.script("return document.documentElement.lang").await?;
    module
        .press_button(if lang == "en" { english } else { bokmal })
        .await
}
