//! The frames as a browser gets them.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::json;

use crate::testing::Site;

fn site() -> Site {
    Site::with(&[
        json!({"resourceType": "Patient", "id": "p1", "birthDate": "1953-03-12",
            "name": [{"text": "<b>Kari</b> Nordmann"}]}),
        json!({"resourceType": "Observation", "id": "o", "subject": {"reference": "Patient/p2"}}),
    ])
}

fn launch_of(page: &str) -> &str {
    page.split("launch=").nth(1).unwrap().split('"').next().unwrap()
}

#[tokio::test]
async fn the_list_has_everyone_there_is_data_of() {
    let page = site().get("/hospital").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("&lt;b&gt;Kari&lt;/b&gt; Nordmann"));
    assert!(page.text.contains("Pasient p2") && page.text.contains("1 måling"));
    assert!(page.text.contains("Ingrid Berg, Sykehuslege") && !page.text.contains("<iframe"));
}

#[tokio::test]
async fn a_patient_opens_with_the_module_and_a_fresh_launch() {
    let site = site();
    let first = site.get("/gp?patient=p1").await.text;
    let second = site.get("/gp?patient=p1&user=spesialist-dahl").await.text;
    assert!(first.contains("12.03.1953"));
    assert!(first.contains("<iframe id=\"module\""), "{first}");
    assert!(first.contains("http://localhost:8481/?iss=http%3A%2F%2F127.0.0.1%3A8480%2Ffhir&amp;launch="));
    assert_ne!(launch_of(&first), launch_of(&second));
    let launch = |page| site.app.sessions.launch(launch_of(page)).unwrap();
    assert_eq!(
        (launch(&first).user.id, launch(&first).patient.as_str()),
        ("fastlege-solheim", "p1")
    );
    assert_eq!(launch(&second).user.id, "spesialist-dahl");
}

#[tokio::test]
async fn an_unknown_patient_is_said_to_be_unknown_unless_forced() {
    let site = site();
    let page = site.get("/hospital?patient=nobody").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.text.contains("Fant ikke pasienten") && !page.text.contains("<iframe"));
    let page = site.get("/hospital?patient=nobody&force=1").await.text;
    assert_eq!(
        site.app.sessions.launch(launch_of(&page)).unwrap().patient,
        "nobody"
    );
}

#[tokio::test]
async fn odd_addresses_get_a_readable_page() {
    let site = site();
    for (path, status) in [
        ("/hospital?patient=p1&user=nobody", StatusCode::NOT_FOUND),
        ("/hospital?patient=p1&patient=p2", StatusCode::BAD_REQUEST),
        ("/open?patient=p1", StatusCode::BAD_REQUEST),
        ("/nowhere", StatusCode::NOT_FOUND),
    ] {
        let page = site.get(path).await;
        assert_eq!(page.status, status, "{path}");
        assert!(page.text.contains("<h1>"), "{path}: {}", page.text);
    }
}

#[tokio::test]
async fn a_window_of_its_own_gets_its_own_launch() {
    let site = site();
    let reply = site.get("/open?patient=p1&user=lege-berg").await;
    assert!(
        reply
            .header(header::LOCATION)
            .starts_with("http://localhost:8481/?iss=")
    );
}

#[tokio::test]
async fn the_banner_is_left_to_the_module_when_it_must_show_the_patient() {
    let site = site();
    assert!(
        site.get("/gp?patient=p1")
            .await
            .text
            .contains("aria-label=\"Pasient\"")
    );
    let body = Body::from(r#"{"launch":{"needPatientBanner":true}}"#);
    site.send(Request::put("/faults").body(body).unwrap()).await;
    assert!(
        !site
            .get("/gp?patient=p1")
            .await
            .text
            .contains("aria-label=\"Pasient\"")
    );
}

#[tokio::test]
async fn the_module_opens_in_each_kind_of_frame() {
    let site = site();
    for (path, part) in [
        ("/gp?patient=p1", "data-handle="),
        (
            "/gp?patient=p1&sandbox=1",
            "sandbox=\"allow-scripts allow-forms allow-popups\"",
        ),
        (
            "/gp?patient=p1&open=popup",
            "<button id=\"open-popup\" data-src=\"http://localhost:8481/?iss=",
        ),
        ("/gp?patient=p1&open=popup", "name=\"open\" value=\"popup\""),
    ] {
        let page = site.get(path).await.text;
        assert!(page.contains(part), "{path}: {page}");
        assert_eq!(page.contains("<iframe"), !path.contains("popup"), "{path}");
    }
    let request = Request::get("/gp?patient=p1").header(header::HOST, "localhost:8480");
    let page = site.send(request.body(Body::empty()).unwrap()).await;
    let launch = site.app.sessions.launch(launch_of(&page.text)).unwrap();
    assert_eq!(launch.origin, "http://localhost:8480");
    let policy = page.header(header::CONTENT_SECURITY_POLICY);
    assert!(
        policy.contains("frame-src http://localhost:8481 http://127.0.0.1:8480"),
        "{policy}"
    );
}
