//! A patient's plan as the journal's FHIR server keeps it, asked by HTTP and without the viewer.

use serde_json::Value;

use crate::Result;
use crate::launcher::Launcher;
use crate::plan::EDITOR;
use crate::smart::App;

/// The plan of one patient of the fixtures.
#[derive(Debug)]
pub struct StoredPlan {
    pub app: App,
    /// Of the CarePlan.
    pub id: String,
}

impl StoredPlan {
    /// # Errors
    /// When the launch is refused.
    pub async fn of(launcher: &Launcher, patient: &str) -> Result<Self> {
        let scope = "launch patient/*.rs";
        Ok(Self {
            app: App::launch_as(launcher, EDITOR, patient, scope).await?,
            id: format!("{patient}-plan"),
        })
    }

    /// What lies at an address below the FHIR base.
    ///
    /// # Errors
    /// When nothing does.
    pub async fn get(&self, path: &str) -> Result<Value> {
        match self.app.get(path).await? {
            (200, found) => Ok(found),
            (status, other) => Err(format!("{path}: {status} {other}").into()),
        }
    }

    /// The resources that a search finds.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn search(&self, search: &str) -> Result<Vec<Value>> {
        let mut bundle = self.get(search).await?;
        let entries = bundle["entry"].take();
        let entries = entries.as_array().cloned().unwrap_or_default();
        Ok(entries
            .into_iter()
            .map(|mut entry| entry["resource"].take())
            .collect())
    }

    /// The CarePlan itself.
    ///
    /// # Errors
    /// When it is not there.
    pub async fn plan(&self) -> Result<Value> {
        self.get(&format!("CarePlan/{}", self.id)).await
    }

    /// The number of its newest version.
    ///
    /// # Errors
    /// When it has none.
    pub async fn version(&self) -> Result<u64> {
        let plan = self.plan().await?;
        let version = plan["meta"]["versionId"].as_str().ok_or("no version")?;
        Ok(version.parse()?)
    }

    /// What the patient does in a zone, and how he knows that he is in it, as texts.
    ///
    /// # Errors
    /// When the zone is not there.
    pub async fn zone(&self, zone: &str) -> Result<Vec<String>> {
        let part = self.get(&format!("CarePlan/{}-{zone}", self.id)).await?;
        let activities = part["activity"].as_array().into_iter().flatten();
        let done = activities.map(|activity| &activity["detail"]["description"]);
        let said = std::iter::once(&part["description"]).chain(done);
        Ok(said.filter_map(Value::as_str).map(str::to_owned).collect())
    }

    /// The Provenances of the plan, newest first.
    ///
    /// # Errors
    /// When they cannot be searched for.
    pub async fn provenances(&self) -> Result<Vec<Value>> {
        let search = format!("Provenance?target=CarePlan/{}", self.id);
        let mut found = self.search(&search).await?;
        found.sort_by_key(|it| std::cmp::Reverse(it["meta"]["lastUpdated"].as_str().map(str::to_owned)));
        Ok(found)
    }
}
