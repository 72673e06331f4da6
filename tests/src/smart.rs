//! A SMART app of a few lines that talks to the launcher without a browser: for looking at what the launcher
//! serves. Knows nothing of the viewer.

use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::header::{ACCEPT, CONTENT_TYPE, IF_MATCH, LOCATION};
use reqwest::{Client, Url, redirect};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::Result;
use crate::launcher::Launcher;

/// An app with a token for one patient.
#[derive(Debug)]
pub struct App {
    client: Client,
    fhir: String,
    token: String,
}

impl App {
    /// Launches from the hospital's journal with `patient` open.
    ///
    /// # Errors
    /// When a step of the launch is refused.
    pub async fn launch(launcher: &Launcher, patient: &str, scope: &str) -> Result<Self> {
        Self::launch_page(launcher, &launcher.page("hospital", patient), scope).await
    }

    /// The same for one of the journal's users.
    ///
    /// # Errors
    /// When a step of the launch is refused.
    pub async fn launch_as(launcher: &Launcher, user: &str, patient: &str, scope: &str) -> Result<Self> {
        let page = format!("{}&user={user}", launcher.page("hospital", patient));
        Self::launch_page(launcher, &page, scope).await
    }

    async fn launch_page(launcher: &Launcher, page: &str, scope: &str) -> Result<Self> {
        let client = Client::builder().redirect(redirect::Policy::none()).build()?;
        let launch = launch_value(&client, page).await?;
        let nonce = SystemTime::now().duration_since(UNIX_EPOCH)?.as_nanos();
        let verifier = format!("a-verifier-that-is-long-enough-for-the-rules-{nonce}");
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&verifier));
        let redirect = format!("{}/", launcher.viewer);
        let asked = Url::parse_with_params(
            &format!("{}/auth/authorize", launcher.journal),
            [
                ("response_type", "code"),
                ("client_id", "dho-viewer"),
                ("redirect_uri", &redirect),
                ("scope", scope),
                ("state", "a-state-of-this-test"),
                ("aud", &launcher.fhir()),
                ("launch", &launch),
                ("code_challenge", &challenge),
                ("code_challenge_method", "S256"),
            ],
        )?;
        let answer = client.get(asked).send().await?;
        let location = answer
            .headers()
            .get(LOCATION)
            .ok_or("authorize does not redirect")?
            .to_str()?;
        let back = Url::parse(location)?;
        let code = back
            .query_pairs()
            .find(|(name, _)| name == "code")
            .ok_or(format!("refused: {back}"))?
            .1;
        let token: Value = client
            .post(format!("{}/auth/token", launcher.journal))
            .form(&[
                ("grant_type", "authorization_code"),
                ("code", &code),
                ("redirect_uri", &redirect),
                ("client_id", "dho-viewer"),
                ("code_verifier", &verifier),
            ])
            .send()
            .await?
            .json()
            .await?;
        let token = token["access_token"]
            .as_str()
            .ok_or(format!("no token: {token}"))?
            .to_owned();
        Ok(Self {
            client,
            fhir: launcher.fhir(),
            token,
        })
    }

    /// Gets what lies under the FHIR base, with its status.
    ///
    /// # Errors
    /// When the answer is not JSON.
    pub async fn get(&self, path: &str) -> Result<(u16, Value)> {
        self.get_at(&format!("{}/{path}", self.fhir)).await
    }

    /// Gets what lies at a whole address, such as one of the journal's service of plans.
    ///
    /// # Errors
    /// When the answer is not JSON.
    pub async fn get_at(&self, address: &str) -> Result<(u16, Value)> {
        let request = self.client.get(address).bearer_auth(&self.token);
        let accepted = "application/fhir+json, application/json";
        let answer = request.header(ACCEPT, accepted).send().await?;
        Ok((answer.status().as_u16(), answer.json().await?))
    }

    /// Puts a resource there, on the condition that its version is still the one that it names.
    ///
    /// # Errors
    /// When the answer is not JSON.
    pub async fn put(&self, path: &str, resource: &Value) -> Result<(u16, Value)> {
        let version = resource["meta"]["versionId"].as_str().unwrap_or_default();
        let request = self.client.put(format!("{}/{path}", self.fhir));
        let request = request
            .bearer_auth(&self.token)
            .header(IF_MATCH, format!("W/\"{version}\""))
            .header(CONTENT_TYPE, "application/fhir+json");
        let answer = request.body(resource.to_string()).send().await?;
        Ok((answer.status().as_u16(), answer.json().await?))
    }
}

/// The `launch` that the journal gives its module, read from the frame's address.
async fn launch_value(client: &Client, page: &str) -> Result<String> {
    let page = client.get(page).send().await?.text().await?;
    let (_, rest) = page
        .split_once("launch=")
        .ok_or("the journal's page opens no module")?;
    Ok(rest
        .chars()
        .take_while(|letter| !matches!(letter, '"' | '&'))
        .collect())
}
