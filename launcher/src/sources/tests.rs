//! Each way into a source, everything that is refused there, and the rule that a token is good at one place only.

mod exchange;
mod own;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};

use self::exchange::exchange;
use self::own::{called_back, page, redeem};
use crate::testing::{Reply, Site, ids};

const SYSTEM: &str = "urn:oid:2.16.578.1.12.4.1.4.1";
const ALL: &str = "launch patient/*.rs";

fn patient(id: &str, number: &str) -> Value {
    json!({ "resourceType": "Patient", "id": id, "name": [{ "text": format!("Navn {id}") }],
            "identifier": [{ "system": SYSTEM, "value": number }] })
}

fn reading(id: &str, patient: &str) -> Value {
    json!({ "resourceType": "Observation", "id": id, "status": "final", "code": { "text": "x" },
            "subject": { "reference": format!("Patient/{patient}") }, "effectiveDateTime": "2026-11-01T08:00:00+01:00" })
}

/// Kari is known everywhere under another id; Ola is the sources' alone, Per the journal's.
fn site() -> Site {
    let site = Site::with(&[patient("p", "1"), patient("per", "3"), reading("o", "p")]);
    for source in ["hospital", "municipality", "lab-module"] {
        let resources = [
            patient("kari", "1"),
            patient("ola", "2"),
            reading("a", "kari"),
            reading("b", "ola"),
        ];
        let loaded = site
            .app
            .sources
            .fill(source, "test", resources.into_iter())
            .unwrap();
        assert_eq!(loaded.problems, Vec::<String>::new());
    }
    site
}

async fn ask(site: &Site, source: &str, path: &str, token: &str) -> Reply {
    let request = Request::get(format!("/sources/{source}/fhir/{path}"));
    let request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    site.send(request.body(Body::empty()).unwrap()).await
}

async fn post(site: &Site, path: &str, token: Option<&str>, form: &[(&str, &str)]) -> Reply {
    let body = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(form)
        .finish();
    let mut request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    if let Some(token) = token {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    site.send(request.body(Body::from(body)).unwrap()).await
}

async fn launch_token(site: &Site, patient: &str) -> String {
    let token = site.token_for("lege-berg", patient, ALL).await;
    token["access_token"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn an_associated_endpoint_takes_the_journals_token_for_the_same_patient() {
    let site = site();
    let configuration = site.get("/fhir/.well-known/smart-configuration").await.json();
    let hospital = "http://127.0.0.1:8480/sources/hospital/fhir";
    assert_eq!(configuration["associated_endpoints"][0]["url"], hospital);
    let token = launch_token(&site, "p").await;
    let found = ask(
        &site,
        "hospital",
        &format!("Patient?identifier={SYSTEM}|1"),
        &token,
    )
    .await;
    assert_eq!(ids(&found.json()), ["kari"]);
    let readings = ask(&site, "hospital", "Observation?patient=kari", &token)
        .await
        .json();
    assert_eq!(ids(&readings), ["a"]);
    assert_eq!(
        readings["entry"][0]["fullUrl"],
        format!("{hospital}/Observation/a")
    );
    for (path, status) in [
        ("Observation?patient=ola", 403),
        ("Observation?patient=p", 403),
        ("Observation/b", 403),
        ("Observation/a", 200),
    ] {
        let reply = ask(&site, "hospital", path, &token).await;
        assert_eq!(reply.status.as_u16(), status, "{path}");
    }
    let other = launch_token(&site, "per").await;
    let found = ask(
        &site,
        "hospital",
        &format!("Patient?identifier={SYSTEM}|3"),
        &other,
    )
    .await;
    assert_eq!((found.status, ids(&found.json()).len()), (StatusCode::OK, 0));
    assert_eq!(
        ask(&site, "hospital", "Observation/a", &other)
            .await
            .status
            .as_u16(),
        403
    );
}

#[tokio::test]
async fn a_token_of_one_place_is_refused_at_every_other() {
    let site = site();
    let journal = launch_token(&site, "p").await;
    let exchanged = exchange(&site, &journal, &[]).await.json();
    let answer = called_back(
        &site
            .get(&page(&[("prompt", "none"), ("login_hint", "lege-berg")]))
            .await,
    );
    let own = redeem(&site, &answer["code"], &[]).await.json();
    let token = |answer: &Value| answer["access_token"].as_str().unwrap().to_owned();
    let tokens = [
        ("journal", journal),
        ("municipality", token(&exchanged)),
        ("lab-module", token(&own)),
    ];
    for (issuer, token) in &tokens {
        for place in ["journal", "hospital", "municipality", "lab-module"] {
            let is_good = *issuer == place || *issuer == "journal" && place == "hospital";
            let reply = match place {
                "journal" => {
                    let request = Request::get("/fhir/Observation/o");
                    let request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
                    site.send(request.body(Body::empty()).unwrap()).await
                }
                source => ask(&site, source, "Observation/a", token).await,
            };
            let refused = reply.status == StatusCode::UNAUTHORIZED;
            assert_eq!(!refused, is_good, "{issuer} at {place}: {}", reply.status);
        }
    }
    let again = exchange(&site, &tokens[1].1, &[]).await;
    assert_eq!(
        again.json()["error"],
        "invalid_request",
        "only the journal's is exchanged"
    );
}

#[tokio::test]
async fn faults_and_counts_are_of_one_source() {
    let site = site();
    let set = |body: Value| {
        Request::put("/faults")
            .body(Body::from(body.to_string()))
            .unwrap()
    };
    let token = launch_token(&site, "p").await;
    let one = json!({ "source": "hospital", "on": "Observation", "fault": "503" });
    assert_eq!(
        site.send(set(json!({ "faults": [one] }))).await.status,
        StatusCode::OK
    );
    assert_eq!(
        ask(&site, "hospital", "Observation/a", &token)
            .await
            .status
            .as_u16(),
        503
    );
    assert_eq!(
        ask(&site, "hospital", "Patient/kari", &token)
            .await
            .status
            .as_u16(),
        200
    );
    let request =
        Request::get("/fhir/Observation/o").header(header::AUTHORIZATION, format!("Bearer {token}"));
    assert_eq!(
        site.send(request.body(Body::empty()).unwrap())
            .await
            .status
            .as_u16(),
        200
    );
    let counts = site.get("/requests").await.json()["counts"].clone();
    assert_eq!(counts["GET hospital/Observation"], 1);
    assert_eq!(counts["GET Observation"], 1);

    let one = json!({ "source": "lab-module", "on": "authorize", "fault": "login-required" });
    site.send(set(json!({ "faults": [one] }))).await;
    let answer = called_back(
        &site
            .get(&page(&[("prompt", "none"), ("login_hint", "lege-berg")]))
            .await,
    );
    assert_eq!(answer["error"], "login_required");
    assert!(!answer.contains_key("code"));
    let unknown = json!({ "source": "nowhere", "on": "any", "fault": "503" });
    assert_eq!(
        site.send(set(json!({ "faults": [unknown] }))).await.status,
        StatusCode::BAD_REQUEST
    );
}

#[tokio::test]
async fn only_a_source_with_an_authorization_of_its_own_has_a_configuration() {
    let site = site();
    let of = |source: &str| format!("/sources/{source}/fhir/.well-known/smart-configuration");
    let own = site.get(&of("lab-module")).await.json();
    assert_eq!(
        own["token_endpoint"],
        "http://127.0.0.1:8480/sources/lab-module/auth/token"
    );
    for source in ["hospital", "municipality", "nowhere"] {
        assert_eq!(
            site.get(&of(source)).await.status,
            StatusCode::NOT_FOUND,
            "{source}"
        );
    }
}
