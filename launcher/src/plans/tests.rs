//! The plan service as a client meets it.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use serde_json::{Value, json};

use crate::testing::{Reply, Site};

fn at(number: u8) -> Value {
    json!({ "versionId": number.to_string(), "lastUpdated": format!("2026-10-0{number}T08:00:00Z") })
}

/// A plan with three versions, of which the second has the green zone changed and a Provenance.
fn site() -> Site {
    let plan = |number: u8, title: &str| {
        json!({
            "resourceType": "CarePlan", "id": "k", "meta": at(number), "status": "active", "intent": "plan",
            "title": title, "subject": {"reference": "Patient/p", "display": "Kari"},
            "author": {"display": "Sol Legesen"},
        })
    };
    let zone = |number: u8, action: &str| {
        json!({
            "resourceType": "CarePlan", "id": "z", "meta": at(number), "status": "active", "intent": "plan",
            "subject": {"reference": "Patient/p"}, "partOf": [{"reference": "CarePlan/k"}],
            "category": [{"coding": [{"code": "green"}]}], "description": "Som vanlig",
            "activity": [
                {"detail": {"status": "in-progress", "code": {"text": "Medisiner"}, "description": action}},
                {"detail": {"status": "in-progress", "description": "Gå tur"}},
            ],
        })
    };
    let provenance = json!({
        "resourceType": "Provenance", "id": "v", "recorded": "2026-10-02T08:00:00Z",
        "target": [{"reference": "CarePlan/k"}, {"reference": "Patient/p"}],
        "agent": [{"who": {"display": "Odd Sykepleiersen"}}], "reason": [{"text": "Ny inhalator"}],
        "entity": [{"role": "source", "what": {"reference": "CarePlan/k/_history/2"}}],
    });
    let patient = json!({"resourceType": "Patient", "id": "p"});
    let data = [
        patient,
        plan(3, "Ny tittel"),
        plan(1, "Plan"),
        plan(2, "Plan"),
        zone(2, "To drag"),
        zone(1, "Ett drag"),
        provenance,
    ];
    Site::with(&data)
}

async fn send(site: &Site, user: &str, method: Method, path: &str, body: Value) -> Reply {
    let scope = "launch patient/CarePlan.crus";
    let token = site.token_for(user, "p", scope).await;
    let request = Request::builder()
        .method(method)
        .uri(format!("/planer/{path}"))
        .header(
            header::AUTHORIZATION,
            format!("Bearer {}", token["access_token"].as_str().unwrap()),
        )
        .header(header::CONTENT_TYPE, "application/json");
    let body = if body.is_null() {
        Body::empty()
    } else {
        Body::from(body.to_string())
    };
    site.send(request.body(body).unwrap()).await
}

async fn get(site: &Site, path: &str) -> Reply {
    send(site, "lege-berg", Method::GET, path, Value::Null).await
}

async fn id(site: &Site) -> String {
    let found = get(site, "plan?patient=p").await.json();
    found[0]["id"].as_str().unwrap().to_owned()
}

fn change(version: Value, title: &str) -> Value {
    json!({
        "version": version, "status": "active", "comment": "Prøver",
        "updated_by": {"reference": "Practitioner/spesialist-dahl", "display": "Anders Dahl"},
        "clinical_content": {
            "title": title, "description": "",
            "zones": [{"condition": "Verre", "action": "Ring", "level": "red"}],
        },
    })
}

#[tokio::test]
async fn a_plan_is_taken_over_with_its_versions() {
    let site = site();
    let id = id(&site).await;
    let plan = get(&site, &format!("plan/{id}")).await.json();
    assert_eq!(
        (&plan["version"], &plan["clinical_content"]["title"]),
        (&json!(3), &json!("Ny tittel"))
    );
    assert_eq!(plan["subject"]["reference"], "Patient/p");
    assert_eq!(
        plan["clinical_content"]["zones"],
        json!([{"condition": "Som vanlig", "action": "Medisiner: To drag\nGå tur", "level": "green"}])
    );
    let history = get(&site, &format!("plan/{id}/history")).await.json();
    let line = |n: usize| {
        (
            history[n]["version"].clone(),
            history[n]["updated_by"]["display"].clone(),
        )
    };
    assert_eq!(line(0), (json!(3), json!("Sol Legesen")));
    assert_eq!(line(1), (json!(2), json!("Odd Sykepleiersen")));
    assert_eq!(history[1]["comment"], "Ny inhalator");
    assert!(history[0].get("clinical_content").is_none());
    let first = get(&site, &format!("plan/{id}/version/1")).await.json();
    assert_eq!(
        first["clinical_content"]["zones"][0]["action"],
        "Medisiner: Ett drag\nGå tur"
    );
    let numbers: Vec<_> = [&first, &plan]
        .map(|plan| plan["clinical_content"]["version"].clone())
        .into();
    assert_eq!(numbers, [1, 3]);
}

#[tokio::test]
async fn an_update_names_the_version_that_it_changes() {
    let site = site();
    let path = format!("plan/{}", id(&site).await);
    for (version, status) in [
        (Value::Null, 422),
        (json!("3"), 422),
        (json!(2), 409),
        (json!(4), 409),
        (json!(3), 200),
        (json!(3), 409),
        (json!(4), 200),
    ] {
        let reply = send(
            &site,
            "spesialist-dahl",
            Method::PUT,
            &path,
            change(version.clone(), "Ny"),
        )
        .await;
        assert_eq!(reply.status.as_u16(), status, "{version}: {}", reply.text);
        assert_eq!(reply.json()["error"].is_string(), status != 200, "{version}");
    }
    let plan = get(&site, &path).await.json();
    assert_eq!(
        (&plan["version"], &plan["comment"]),
        (&json!(5), &json!("Prøver"))
    );
    // Only what changes the content counts as its version.
    assert_eq!(plan["clinical_content"]["version"], 4);
    assert_eq!(plan["updated_by"]["display"], "Anders Dahl");
}

#[tokio::test]
async fn what_is_not_granted_or_not_there_is_refused() {
    let site = site();
    let id = id(&site).await;
    let none = "11111111-1111-4111-8111-111111111111";
    for (path, status) in [
        ("plan".to_owned(), 400),
        ("plan?patient=other".to_owned(), 403),
        ("plan/7".to_owned(), 400),
        (format!("plan/{none}"), 404),
        (format!("plan/{none}/history"), 404),
        (format!("plan/{id}/version/9"), 404),
        (format!("plan/{id}/version/new"), 400),
        (format!("plan/{id}/version/3"), 200),
    ] {
        assert_eq!(get(&site, &path).await.status.as_u16(), status, "{path}");
    }
    for user in ["lege-berg", "sykepleier-lie", "fastlege-solheim"] {
        let reply = send(
            &site,
            user,
            Method::PUT,
            &format!("plan/{id}"),
            change(json!(3), "Ny"),
        )
        .await;
        assert_eq!(reply.status, StatusCode::FORBIDDEN, "{user}");
    }
    let reply = site.get("/planer/plan?patient=p").await;
    assert_eq!(reply.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_plan_can_be_made() {
    let site = Site::with(&[json!({"resourceType": "Patient", "id": "p"})]);
    assert_eq!(get(&site, "plan?patient=Patient/p").await.json(), json!([]));
    let with = |patient: &str| {
        let mut plan = change(Value::Null, "Plan");
        plan["subject"] = json!({"reference": format!("Patient/{patient}")});
        plan
    };
    let mut without_level = with("p");
    without_level["clinical_content"]["zones"][0]["level"] = "blue".into();
    for (user, body, status) in [
        ("fastlege-solheim", with("p"), 403),
        ("spesialist-dahl", with("other"), 403),
        ("spesialist-dahl", change(Value::Null, "Plan"), 422),
        ("spesialist-dahl", without_level, 422),
        ("spesialist-dahl", json!("plan"), 422),
        ("spesialist-dahl", with("p"), 201),
    ] {
        let reply = send(&site, user, Method::POST, "plan", body).await;
        assert_eq!(reply.status.as_u16(), status, "{user}: {}", reply.text);
        if status == 201 {
            let id = reply.json()["id"].as_str().unwrap().to_owned();
            assert_eq!(
                reply.header(header::LOCATION),
                format!("http://127.0.0.1:8480/planer/plan/{id}")
            );
            assert_eq!(get(&site, &format!("plan/{id}")).await.json(), reply.json());
        }
    }
}

#[tokio::test]
async fn a_service_may_refuse_a_text_that_is_too_long_for_it() {
    let data = [json!({"resourceType": "Patient", "id": "p"})];
    let site = Site::imitating(&data, None, &["nhn-plans", "nhn-text-limit=10"]);
    let mut plan = change(Value::Null, "Plan");
    plan["subject"] = json!({"reference": "Patient/p"});
    for (action, status) in [("Ring straks", 422), ("Ring sånn", 201)] {
        plan["clinical_content"]["zones"][0]["action"] = action.into();
        let reply = send(&site, "spesialist-dahl", Method::POST, "plan", plan.clone()).await;
        assert_eq!(reply.status.as_u16(), status, "{}", reply.text);
    }
}
