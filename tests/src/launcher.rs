//! The launcher as a running program: its addresses, and the fixtures that it serves.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::sync::LazyLock;

use fhir_fixtures::{Case, DEFAULT_SEED, generate, today};
use serde_json::{Value, json};

use crate::background::Background;
use crate::day::OfTheDay;
use crate::emulation::TODAY;
use crate::{Result, patients, root, setting, target};

/// A launcher on free ports; it ends when this is dropped.
#[derive(Debug)]
pub struct Launcher {
    /// Of the journal, without a slash at the end.
    pub journal: String,
    /// Of the viewer, without a slash at the end.
    pub viewer: String,
    _program: Background,
}

/// The synthetic patients as of today.
pub static FIXTURES: OfTheDay<Vec<Case>> = OfTheDay::new(|| generate(DEFAULT_SEED, today()));

/// The fixtures that have a plan, as files.
static WITH_PLANS: OfTheDay<Result<PathBuf>> = OfTheDay::new(|| {
    let folder = target().join("e2e-plans");
    for case in FIXTURES.iter().filter(|case| PLANS.contains(&case.id)) {
        fhir_fixtures::write_case(case, &folder)?;
    }
    Ok(folder)
});

/// Their ids.
pub const PLANS: [&str; 5] = ["kols", "plan-history", "plan-shapes", "two-plans", "plan-texts"];

/// The same as of the day that the clock is stopped on, and patients that only the tests have, as files.
static OF_TODAY: LazyLock<Result<PathBuf>> = LazyLock::new(|| {
    let folder = target().join("e2e-stopped-clock");
    for case in generate(DEFAULT_SEED, TODAY.parse()?) {
        if patients::FROM_FIXTURES.contains(&case.id) {
            fhir_fixtures::write_case(&case, &folder)?;
        }
    }
    for (id, bundle) in patients::bundles() {
        std::fs::create_dir_all(folder.join(id))?;
        std::fs::write(folder.join(id).join("bundle.json"), bundle.to_string())?;
    }
    Ok(folder)
});

static SHARED: OfTheDay<Result<Launcher>> = OfTheDay::new(|| {
    let until = FIXTURES
        .first()
        .map(|case| case.expected.until.clone())
        .unwrap_or_default();
    Launcher::start(["--until".into(), until.into()])
});

impl Launcher {
    /// One launcher with the fixtures, for all tests that only read.
    ///
    /// # Errors
    /// When it could not be started.
    pub fn shared() -> Result<&'static Self> {
        SHARED.as_ref().map_err(|error| error.to_string().into())
    }

    /// Starts a launcher of one's own for tests that stop the clock or ask for faults: with a few patients only,
    /// which makes it quick.
    ///
    /// # Errors
    /// When it does not come up.
    pub fn of_stopped_clock() -> Result<Self> {
        let folder = OF_TODAY.as_ref().map_err(std::string::ToString::to_string)?;
        let bundle = |id: &str| folder.join(id).join("bundle.json").into();
        let own = patients::bundles().map(|(id, _)| id);
        let ids = patients::FROM_FIXTURES.into_iter().chain(own);
        Self::start(ids.flat_map(|id| ["--data".into(), bundle(id)]))
    }

    /// Starts a launcher of one's own for tests that change plans: with the patients who have one, as of the real
    /// today, and a server that has these habits.
    ///
    /// # Errors
    /// When it does not come up.
    pub fn with_plans(habits: &[&str]) -> Result<Self> {
        let folder = WITH_PLANS.as_ref().map_err(std::string::ToString::to_string)?;
        let data = PLANS.map(|id| ["--data".into(), folder.join(id).join("bundle.json").into()]);
        let habits = habits.iter().map(|habit| ["--habit".into(), (*habit).into()]);
        Self::start(data.into_iter().chain(habits).flatten())
    }

    /// Asks for these faults from now on, instead of those asked for before.
    ///
    /// # Errors
    /// When the launcher does not understand them.
    pub async fn fail(&self, faults: Value) -> Result<()> {
        self.put_faults(json!({ "faults": faults })).await
    }

    /// Adds to each launch from now on, such as `needPatientBanner` or `locale`.
    ///
    /// # Errors
    /// When the launcher does not understand it.
    pub async fn launch_with(&self, launch: Value) -> Result<()> {
        self.put_faults(json!({ "faults": [], "launch": launch })).await
    }

    /// Ends all faults.
    ///
    /// # Errors
    /// When the launcher does not answer.
    pub async fn heal(&self) -> Result<()> {
        let client = reqwest::Client::new();
        client.delete(self.faults()).send().await?.error_for_status()?;
        Ok(())
    }

    /// Sets the whole document of faults, tokens and additions to the launch.
    ///
    /// # Errors
    /// When the launcher does not understand it.
    pub async fn put_faults(&self, faults: Value) -> Result<()> {
        let answer = reqwest::Client::new()
            .put(self.faults())
            .json(&faults)
            .send()
            .await?;
        if answer.status().is_success() {
            return Ok(());
        }
        Err(format!("{faults}: {}: {}", answer.status(), answer.text().await?).into())
    }

    /// How often each fault asked for has happened.
    ///
    /// # Errors
    /// When the launcher does not answer.
    pub async fn hits(&self) -> Result<Vec<u64>> {
        let document: Value = reqwest::get(self.faults()).await?.json().await?;
        let faults = document["faults"].as_array();
        Ok(faults
            .into_iter()
            .flatten()
            .map(|fault| fault["hits"].as_u64().unwrap_or_default())
            .collect())
    }

    /// Lets the journal of the frame's user tell all who listen that something happened, such as `UserLogout`.
    ///
    /// # Errors
    /// When the launcher does not understand it.
    pub async fn tell(&self, frame: &str, event: &str) -> Result<()> {
        let address = format!("{}/hub/users/{}", self.journal, user(frame));
        let told = reqwest::Client::new()
            .post(address)
            .json(&json!({ "event": event }));
        told.send().await?.error_for_status()?;
        Ok(())
    }

    /// What the journal of the frame's user told, each with the answer that it got.
    ///
    /// # Errors
    /// When the launcher does not answer.
    pub async fn told(&self, frame: &str) -> Result<Value> {
        let address = format!("{}/hub/users/{}", self.journal, user(frame));
        Ok(reqwest::get(address).await?.json().await?)
    }

    fn faults(&self) -> String {
        format!("{}/faults", self.journal)
    }

    /// Starts a launcher of one's own.
    ///
    /// # Errors
    /// When it does not come up.
    pub fn start(options: impl IntoIterator<Item = OsString>) -> Result<Self> {
        let program = setting("DHO_LAUNCHER", target().join("debug/launcher"));
        let dist = setting("DHO_DIST", root().join("dist"));
        let mut arguments: Vec<OsString> = vec![
            "--port".into(),
            "0".into(),
            "--viewer-port".into(),
            "0".into(),
            "--dist".into(),
            dist.into(),
        ];
        arguments.extend(options);
        let arguments: Vec<&OsStr> = arguments.iter().map(OsString::as_os_str).collect();
        let (program, (journal, viewer)) = Background::start(program.as_os_str(), &arguments, addresses)?;
        Ok(Self {
            journal,
            viewer,
            _program: program,
        })
    }

    /// The FHIR base, which is also the issuer.
    #[must_use]
    pub fn fhir(&self) -> String {
        format!("{}/fhir", self.journal)
    }

    /// Where the module opens in a window of its own, as for a user of the frame (`hospital` or `gp`).
    #[must_use]
    pub fn window(&self, frame: &str, patient: &str) -> String {
        self.window_of(user(frame), patient)
    }

    /// The same for one user by his id.
    #[must_use]
    pub fn window_of(&self, user: &str, patient: &str) -> String {
        format!("{}/open?patient={patient}&user={user}", self.journal)
    }

    /// The page of a journal frame (`hospital` or `gp`) with a patient open.
    #[must_use]
    pub fn page(&self, frame: &str, patient: &str) -> String {
        format!("{}/{frame}?patient={patient}", self.journal)
    }
}

/// A user of the journal's frame, for launches outside it.
fn user(frame: &str) -> &'static str {
    match frame {
        "gp" => "fastlege-solheim",
        _ => "spesialist-dahl",
    }
}

/// Reads `ready http://127.0.0.1:8480/ viewer http://localhost:8481/`.
fn addresses(line: &str) -> Option<(String, String)> {
    let (journal, viewer) = line.strip_prefix("ready ")?.split_once(" viewer ")?;
    let bare = |address: &str| address.trim().trim_end_matches('/').to_owned();
    Some((bare(journal), bare(viewer)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ready_line_gives_both_addresses() {
        assert_eq!(
            addresses("ready http://127.0.0.1:8480/ viewer http://localhost:8481/"),
            Some((
                "http://127.0.0.1:8480".to_owned(),
                "http://localhost:8481".to_owned()
            ))
        );
        assert_eq!(addresses("loading"), None);
    }
}
