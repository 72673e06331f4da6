//! A real FHIR server behind the SMART layer: requests go through the same gate of scopes and patient, answers
//! come back under this server's address, without what the token must not see.

mod clinicians;
mod page;

use std::time::Duration;

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use self::clinicians::{own_resource, with_clinicians_named};
use self::page::{narrow, permitted_page};
use crate::auth::scopes::Op;
use crate::fhir::access::Access;
use crate::fhir::bundle::PAGE;
use crate::fhir::call::{Call, IF_NONE_EXIST};
use crate::fhir::check::check_content;
use crate::fhir::index::patient_of;
use crate::fhir::local::Answer;
use crate::fhir::outcome::{FHIR_JSON, Refusal};
use crate::fhir::query::Params;
use crate::fhir::transaction::Posted;

#[derive(Debug)]
pub(crate) struct Upstream {
    /// Without a slash at its end.
    base: String,
    client: reqwest::Client,
}

/// What the server behind said: its status, the headers worth keeping, and the text.
struct Reply {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Upstream {
    pub(crate) fn new(base: &str) -> Result<Self, reqwest::Error> {
        // Fails only when a provider is there already, which serves as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .timeout(Duration::from_secs(60))
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        Ok(Self {
            base: base.trim_end_matches('/').to_owned(),
            client,
        })
    }

    pub(crate) async fn answer(&self, base: &str, access: &Access, call: &Call) -> Result<Answer, Refusal> {
        match call {
            Call::Capabilities => self.get(base, "metadata").await.map(Reply::into_answer),
            Call::Search { rtype, params } => self.search(base, access, rtype, rtype, params).await,
            Call::LastN { params } => {
                self.search(base, access, "Observation", "Observation/$lastn", params)
                    .await
            }
            Call::Read { rtype, id } => self.read(base, access, rtype, id, "").await,
            Call::VRead { rtype, id, version } => {
                self.read(base, access, rtype, id, &format!("/_history/{version}"))
                    .await
            }
            Call::History { rtype, id, params } => {
                let reach = access.reach(Op::Read, rtype)?;
                let target = match params.iter().find(|(name, _)| name == PAGE) {
                    Some((_, token)) => self.page_of(token)?,
                    None => format!("{rtype}/{id}/_history{}", query_of(params)),
                };
                let place = format!("{rtype}/{id}/_history");
                permitted_page(self.get(base, &target).await?, base, &place, &reach, access)
            }
            Call::Create {
                rtype,
                body,
                if_none_exist,
            } => {
                access.permit_write(Op::Create, rtype, &check_content(rtype, body)?)?;
                let condition = if_none_exist.as_deref().map(|search| (IF_NONE_EXIST, search));
                let reply = self
                    .send(base, Method::POST, rtype, Some(body), condition)
                    .await?;
                Ok(reply.into_answer())
            }
            Call::Update {
                rtype,
                id,
                body,
                if_match,
            } => {
                self.permit_update(base, access, rtype, id, body).await?;
                let path = format!("{rtype}/{id}");
                let condition = if_match.as_deref().map(|etag| (header::IF_MATCH, etag));
                let reply = self.send(base, Method::PUT, &path, Some(body), condition).await?;
                Ok(reply.into_answer())
            }
            Call::Bundle { body } => self.transaction(base, access, body).await,
        }
    }

    /// For the journal's own pages.
    pub(crate) async fn resources_of(
        &self,
        rtype: &str,
        patient: Option<&str>,
    ) -> Result<Vec<Value>, Refusal> {
        let params = [("_count", "200")]
            .into_iter()
            .chain(patient.map(|patient| ("patient", patient)));
        let params: Params = params
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let reply = self
            .get(&self.base, &format!("{rtype}{}", query_of(&params)))
            .await?;
        let bundle: Value = serde_json::from_str(&reply.text).map_err(|error| not_fhir(&error))?;
        let entries = bundle.get("entry").and_then(Value::as_array);
        Ok(entries
            .into_iter()
            .flatten()
            .filter_map(|entry| entry.get("resource").cloned())
            .collect())
    }

    async fn search(
        &self,
        base: &str,
        access: &Access,
        rtype: &str,
        path: &str,
        params: &Params,
    ) -> Result<Answer, Refusal> {
        let reach = access.reach(Op::Search, rtype)?;
        let target = match params.iter().find(|(name, _)| name == PAGE) {
            Some((_, token)) => self.page_of(token)?,
            None => {
                let mut params = params.clone();
                narrow(rtype, &reach, &mut params)?;
                format!("{path}{}", query_of(&params))
            }
        };
        permitted_page(self.get(base, &target).await?, base, rtype, &reach, access)
    }

    /// The place of a page below the base of the server behind.
    fn page_of(&self, token: &str) -> Result<String, Refusal> {
        URL_SAFE_NO_PAD
            .decode(token)
            .ok()
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .filter(|target| !target.contains("..") && !target.contains(['#', '\\']))
            .ok_or_else(|| Refusal::invalid("the page token is not ours"))
    }

    async fn read(
        &self,
        base: &str,
        access: &Access,
        rtype: &str,
        id: &str,
        rest: &str,
    ) -> Result<Answer, Refusal> {
        let reach = access.reach(Op::Read, rtype)?;
        if rtype == "Patient" {
            Access::permit_patients(&reach, &[id.to_owned()])?;
        }
        if let Some(own) = own_resource(rtype, id) {
            return Ok(Answer::ok(own));
        }
        let reply = self.get(base, &format!("{rtype}/{id}{rest}")).await?;
        let resource: Value = serde_json::from_str(&reply.text).map_err(|error| not_fhir(&error))?;
        access.permit(Op::Read, rtype, patient_of(rtype, &resource).as_deref())?;
        Ok(reply.into_answer())
    }

    async fn permit_update(
        &self,
        base: &str,
        access: &Access,
        rtype: &str,
        id: &str,
        body: &str,
    ) -> Result<(), Refusal> {
        access.permit_write(Op::Update, rtype, &check_content(rtype, body)?)?;
        let current = self.get(base, &format!("{rtype}/{id}")).await?;
        let current: Value = serde_json::from_str(&current.text).map_err(|error| not_fhir(&error))?;
        access.permit(Op::Update, rtype, patient_of(rtype, &current).as_deref())
    }

    async fn transaction(&self, base: &str, access: &Access, body: &str) -> Result<Answer, Refusal> {
        for (place, entry) in Posted::parse(body)?.entry.iter().enumerate() {
            let within = |refusal: Refusal| refusal.within(&format!("entry {}", place + 1));
            let (Some(request), Some(resource)) = (&entry.request, entry.resource) else {
                return Err(within(Refusal::invalid(
                    "an entry needs a request and a resource",
                )));
            };
            match (request.method.as_str(), request.url.split_once('/')) {
                ("POST", None) => check_content(&request.url, resource.get())
                    .and_then(|content| access.permit_write(Op::Create, &request.url, &content))
                    .map_err(within)?,
                ("PUT", Some((rtype, id))) => {
                    self.permit_update(base, access, rtype, id, resource.get())
                        .await
                        .map_err(within)?;
                }
                (method, _) => {
                    return Err(within(Refusal::invalid(format!(
                        "{method} {} is not supported",
                        request.url
                    ))));
                }
            }
        }
        Ok(self
            .send(base, Method::POST, "", Some(body), None)
            .await?
            .into_answer())
    }

    async fn get(&self, base: &str, target: &str) -> Result<Reply, Refusal> {
        self.send(base, Method::GET, target, None, None).await
    }

    /// Sends below the base of the server behind; in what comes back its base is replaced by `base`.
    async fn send(
        &self,
        base: &str,
        method: Method,
        target: &str,
        body: Option<&str>,
        condition: Option<(HeaderName, &str)>,
    ) -> Result<Reply, Refusal> {
        let url = match target.chars().next() {
            None | Some('?') => format!("{}{target}", self.base),
            _ => format!("{}/{target}", self.base),
        };
        let mut request = self
            .client
            .request(method, url)
            .header(header::ACCEPT, "application/fhir+json");
        if let Some(body) = body {
            request = request
                .header(header::CONTENT_TYPE, FHIR_JSON)
                .body(with_clinicians_named(base, body)?);
        }
        if let Some((name, value)) = condition {
            request = request.header(name, value);
        }
        let unreachable = |error: reqwest::Error| {
            Refusal::upstream(format!("the server behind cannot be reached: {error}"))
        };
        let response = request.send().await.map_err(unreachable)?;
        let status = response.status();
        let mut headers = HeaderMap::new();
        for name in [
            header::ETAG,
            header::LAST_MODIFIED,
            header::LOCATION,
            header::CONTENT_LOCATION,
        ] {
            let value = response
                .headers()
                .get(&name)
                .and_then(|value| value.to_str().ok());
            if let Some(value) = value.and_then(|v| HeaderValue::from_str(&v.replace(&self.base, base)).ok())
            {
                headers.insert(name, value);
            }
        }
        let text = response
            .text()
            .await
            .map_err(unreachable)?
            .replace(&self.base, base);
        if status.is_success() {
            return Ok(Reply {
                status,
                headers,
                text,
            });
        }
        Err(Refusal::of_upstream(status, &text))
    }
}

impl Reply {
    fn into_answer(self) -> Answer {
        Answer {
            status: self.status,
            headers: self.headers,
            body: self.text,
        }
    }
}

/// With its question mark; nothing without parameters.
fn query_of(params: &Params) -> String {
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(params)
        .finish();
    if query.is_empty() {
        query
    } else {
        format!("?{query}")
    }
}

fn not_fhir(error: &serde_json::Error) -> Refusal {
    Refusal::upstream(format!(
        "the server behind did not answer with FHIR JSON: {error}"
    ))
}

#[cfg(test)]
mod tests;
