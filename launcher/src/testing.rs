//! The whole journal site in memory, and an app that goes through the launch. Tests only.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use serde_json::Value;
use tower::ServiceExt;

use crate::app::{App, Backend, Urls};
use crate::app_state::AppState;
use crate::auth::id_token::Signer;
use crate::auth::sessions::{Launch, Lifetimes, Sessions};
use crate::auth::users::{self, user};
use crate::faults::Faults;
use crate::fhir::store::{Store, import};
use crate::habits::Habits;
use crate::hub::Hub;
use crate::log::RequestLog;
use crate::sources::Sources;
use crate::{load, site};

/// The verifier and challenge of RFC 7636, appendix B.
pub(crate) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub(crate) const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
pub(crate) const BASE: &str = "http://127.0.0.1:8480/fhir";

#[derive(Debug)]
pub(crate) struct Site {
    pub(crate) app: Arc<App>,
    router: Router,
}

#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Reply {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    pub(crate) fn header(&self, name: header::HeaderName) -> &str {
        self.headers
            .get(name)
            .map(|value| value.to_str().unwrap())
            .unwrap_or_default()
    }
}

impl Site {
    pub(crate) fn with(resources: &[Value]) -> Self {
        Self::new(resources, Lifetimes::default())
    }

    pub(crate) fn new(resources: &[Value], lifetimes: Lifetimes) -> Self {
        Self::on(Self::store(resources, &Habits::default()), lifetimes)
    }

    /// A host that can be imitated, and habits by their names.
    pub(crate) fn imitating(resources: &[Value], host: Option<&str>, habits: &[&str]) -> Self {
        let mut all = Habits::default();
        host.into_iter().for_each(|host| all.imitate(host).unwrap());
        habits.iter().for_each(|habit| all.add(habit).unwrap());
        Self::with_habits(Self::store(resources, &all), Lifetimes::default(), &all)
    }

    fn store(resources: &[Value], habits: &Habits) -> Backend {
        let store = Store::open(None, habits.keeping()).unwrap();
        load::load_resources(&store, "users", users::resources().into_iter()).unwrap();
        store
            .atomically(|conn| {
                resources
                    .iter()
                    .try_for_each(|r| import(conn, &r.to_string()).map(drop))
            })
            .unwrap();
        Backend::Store(Arc::new(store))
    }

    pub(crate) fn on(backend: Backend, lifetimes: Lifetimes) -> Self {
        Self::with_habits(backend, lifetimes, &Habits::default())
    }

    pub(crate) fn with_habits(backend: Backend, lifetimes: Lifetimes, habits: &Habits) -> Self {
        let app = Arc::new(App {
            urls: Urls::new(8480, 8481, habits),
            sessions: Sessions::new(lifetimes),
            signer: Signer::new(),
            backend,
            faults: Faults::default(),
            habits: habits.clone(),
            hub: Hub::default(),
            sources: Sources::open(&Urls::new(8480, 8481, habits), None, true).unwrap(),
            app_state: AppState::default(),
            log: RequestLog::default(),
            titles: HashMap::new(),
        });
        Self {
            router: site::router(Arc::clone(&app)),
            app,
        }
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Reply {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        let text = String::from_utf8(to_bytes(body, usize::MAX).await.unwrap().to_vec()).unwrap();
        Reply {
            status: head.status,
            headers: head.headers,
            text,
        }
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    pub(crate) fn launch(&self, user_id: &str, patient: &str) -> String {
        let user = user(user_id).unwrap();
        let launch = Launch::new(user, patient, &self.app.urls.journal);
        self.app.sessions.start_launch(launch)
    }

    /// The parameters of a good authorization request, each replaced or (with an empty value) left out.
    pub(crate) fn authorize_path(&self, launch: &str, scope: &str, changed: &[(&str, &str)]) -> String {
        let good = [
            ("response_type", "code"),
            ("client_id", "dho-viewer"),
            ("redirect_uri", "http://localhost:8481/"),
            ("aud", BASE),
            ("launch", launch),
            ("scope", scope),
            ("state", "s1"),
            ("nonce", "n1"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        format!("/auth/authorize?{}", form(&good, changed))
    }

    /// The query of the address that the browser is sent back to.
    pub(crate) async fn authorize(
        &self,
        launch: &str,
        scope: &str,
        changed: &[(&str, &str)],
    ) -> HashMap<String, String> {
        let reply = self.get(&self.authorize_path(launch, scope, changed)).await;
        assert_eq!(reply.status, StatusCode::FOUND, "{}", reply.text);
        let location = reply.header(header::LOCATION);
        let query = location.strip_prefix("http://localhost:8481/?").unwrap();
        form_urlencoded::parse(query.as_bytes()).into_owned().collect()
    }

    pub(crate) async fn token(&self, code: &str, changed: &[(&str, &str)]) -> Reply {
        let good = [
            ("grant_type", "authorization_code"),
            ("client_id", "dho-viewer"),
            ("redirect_uri", "http://localhost:8481/"),
            ("code", code),
            ("code_verifier", VERIFIER),
        ];
        let request = Request::post("/auth/token")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form(&good, changed)))
            .unwrap();
        self.send(request).await
    }

    /// The whole launch; the token response.
    pub(crate) async fn token_for(&self, user: &str, patient: &str, scope: &str) -> Value {
        let answer = self.authorize(&self.launch(user, patient), scope, &[]).await;
        let reply = self.token(answer.get("code").unwrap(), &[]).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
        reply.json()
    }

    /// An app that has gone through the launch.
    pub(crate) async fn client(&self, user: &str, patient: &str, scope: &str) -> Client<'_> {
        let token = self.token_for(user, patient, &format!("launch {scope}")).await;
        Client::new(self, token["access_token"].as_str().unwrap())
    }
}

#[derive(Debug)]
pub(crate) struct Client<'s> {
    site: &'s Site,
    token: String,
}

impl<'s> Client<'s> {
    pub(crate) fn new(site: &'s Site, token: &str) -> Self {
        Self {
            site,
            token: token.to_owned(),
        }
    }

    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(header::HeaderName, &str)],
        body: String,
    ) -> Reply {
        let path = path.strip_prefix(BASE).unwrap_or(path).trim_start_matches('/');
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/fhir/{path}"))
            .header(header::AUTHORIZATION, format!("Bearer {}", self.token));
        for (name, value) in headers {
            request = request.header(name, *value);
        }
        self.site.send(request.body(Body::from(body)).unwrap()).await
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        self.send(Method::GET, path, &[], String::new()).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Reply {
        let kind = [(header::CONTENT_TYPE, "application/fhir+json")];
        self.send(Method::POST, path, &kind, body.to_string()).await
    }

    pub(crate) async fn put(&self, path: &str, if_match: &str, body: &Value) -> Reply {
        let headers = [
            (header::CONTENT_TYPE, "application/fhir+json"),
            (header::IF_MATCH, if_match),
        ];
        self.send(Method::PUT, path, &headers, body.to_string()).await
    }

    /// The ids of the matches, in order.
    pub(crate) async fn ids(&self, path: &str) -> Vec<String> {
        let reply = self.get(path).await;
        assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.text);
        ids(&reply.json())
    }
}

pub(crate) fn ids(bundle: &Value) -> Vec<String> {
    let entries = bundle["entry"].as_array();
    let id = |entry: &Value| entry["resource"]["id"].as_str().unwrap().to_owned();
    entries.into_iter().flatten().map(id).collect()
}

fn form(good: &[(&str, &str)], changed: &[(&str, &str)]) -> String {
    let value = |name: &str, good: &'_ str| {
        changed
            .iter()
            .find(|(key, _)| *key == name)
            .map_or(good.to_owned(), |(_, new)| (*new).to_owned())
    };
    let pairs = good
        .iter()
        .map(|(name, good)| (*name, value(name, good)))
        .filter(|(_, v)| !v.is_empty());
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish()
}
