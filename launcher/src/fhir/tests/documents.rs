//! Documents, and who has looked: written once, checked, and opened again in the journal.

use axum::http::{Method, StatusCode, header};
use serde_json::{Value, json};

use crate::fhir::call::IF_NONE_EXIST;
use crate::testing::{Client, Reply, Site};

const SCOPE: &str = "patient/DocumentReference.crs patient/Binary.c patient/AuditEvent.c patient/Patient.r";

fn site() -> Site {
    Site::with(&[
        json!({"resourceType": "Patient", "id": "p"}),
        json!({"resourceType": "Patient", "id": "other"}),
    ])
}

/// `%PDF-1.4` in base64.
const PDF: &str = "JVBERi0xLjQ=";

fn document() -> Value {
    json!({
        "resourceType": "DocumentReference",
        "masterIdentifier": { "system": "https://dho-viewer.example/document", "value": "d-1" },
        "status": "current",
        "docStatus": "final",
        "type": { "text": "Egenmåling" },
        "subject": { "reference": "Patient/p" },
        "date": "2026-11-22T12:00:00+01:00",
        "author": [{ "reference": "Practitioner/lege-berg", "display": "Ingrid Berg" }],
        "description": "Egenmåling <siste> 90 dager",
        "content": [{ "attachment": { "contentType": "application/pdf", "data": PDF, "size": 8 } }],
    })
}

async fn post_once(client: &Client<'_>, search: &str, body: &Value) -> Reply {
    let headers = [
        (header::CONTENT_TYPE, "application/fhir+json"),
        (IF_NONE_EXIST, search),
    ];
    client
        .send(Method::POST, "DocumentReference", &headers, body.to_string())
        .await
}

#[tokio::test]
async fn a_server_without_conditional_create_writes_a_second_one() {
    let site = Site::imitating(
        &[json!({"resourceType": "Patient", "id": "p"})],
        None,
        &["ignore-if-none-exist"],
    );
    let client = site.client("lege-berg", "p", SCOPE).await;
    let once = "identifier=https://dho-viewer.example/document|d-1";
    for _ in 0..2 {
        let answer = post_once(&client, once, &document()).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    }
    assert_eq!(client.ids("DocumentReference?patient=p").await.len(), 2);
}

#[tokio::test]
async fn a_document_is_written_once_found_again_and_opened_in_the_journal() {
    let site = site();
    let client = site.client("lege-berg", "p", SCOPE).await;
    let once = "identifier=https://dho-viewer.example/document|d-1";
    let first = post_once(&client, once, &document()).await;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.text);
    let again = post_once(&client, once, &document()).await;
    assert_eq!(again.status, StatusCode::OK);
    assert_eq!(again.json()["id"], first.json()["id"]);
    let found = client.ids(&format!("DocumentReference?patient=p&{once}")).await;
    assert_eq!(found.len(), 1);

    let page = site.get("/hospital?patient=p").await.text;
    assert!(
        page.contains("Dokumenter") && page.contains("Egenmåling &lt;siste&gt; 90 dager"),
        "{page}"
    );
    let list = site.get("/documents?patient=p").await.text;
    let place = list.split("href=\"").nth(1).unwrap().split('"').next().unwrap();
    let opened = site.get(place).await;
    assert_eq!(
        (opened.header(header::CONTENT_TYPE), opened.text.as_str()),
        ("application/pdf", "%PDF-1.4")
    );
    assert!(
        site.get("/documents?patient=other")
            .await
            .text
            .contains("Ingen dokumenter")
    );
    assert_eq!(site.get("/documents/nothing").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_content_may_be_beside_the_document() {
    let site = site();
    let client = site.client("lege-berg", "p", SCOPE).await;
    let binary = json!({ "resourceType": "Binary", "contentType": "application/pdf", "data": PDF,
        "securityContext": { "reference": "Patient/p" } });
    let stored = client.post("Binary", &binary).await;
    assert_eq!(stored.status, StatusCode::CREATED, "{}", stored.text);
    let mut document = document();
    let url = format!("Binary/{}", stored.json()["id"].as_str().unwrap());
    document["content"][0]["attachment"] = json!({ "contentType": "application/pdf", "url": url });
    let written = client.post("DocumentReference", &document).await.json();
    let opened = site
        .get(&format!("/documents/{}", written["id"].as_str().unwrap()))
        .await;
    assert_eq!(opened.text, "%PDF-1.4");
}

#[tokio::test]
async fn a_document_with_anything_wrong_is_refused() {
    let site = site();
    let client = site.client("lege-berg", "p", SCOPE).await;
    let with = |change: fn(&mut Value)| {
        let mut body = document();
        change(&mut body);
        body
    };
    for (what, body, status) in [
        (
            "no status",
            with(|d| drop(d.as_object_mut().unwrap().remove("status"))),
            422,
        ),
        ("an unknown status", with(|d| d["status"] = json!("done")), 422),
        (
            "an unknown docStatus",
            with(|d| d["docStatus"] = json!("done")),
            422,
        ),
        (
            "no content",
            with(|d| drop(d.as_object_mut().unwrap().remove("content"))),
            422,
        ),
        (
            "no attachment",
            with(|d| d["content"] = json!([{ "format": { "code": "x" } }])),
            422,
        ),
        (
            "an empty attachment",
            with(|d| d["content"][0]["attachment"] = json!({ "title": "x" })),
            422,
        ),
        (
            "no base64",
            with(|d| d["content"][0]["attachment"]["data"] = json!("!")),
            422,
        ),
        (
            "another size",
            with(|d| d["content"][0]["attachment"]["size"] = json!(9)),
            422,
        ),
        (
            "no PDF",
            with(|d| d["content"][0]["attachment"]["data"] = json!("aGVpaGVpaGU=")),
            422,
        ),
        (
            "a date without a time",
            with(|d| d["date"] = json!("2026-11-22")),
            422,
        ),
        (
            "an author who is not there",
            with(|d| d["author"][0]["reference"] = json!("Practitioner/x")),
            422,
        ),
        (
            "another patient",
            with(|d| d["subject"]["reference"] = json!("Patient/other")),
            403,
        ),
        (
            "nobody",
            with(|d| drop(d.as_object_mut().unwrap().remove("subject"))),
            403,
        ),
        ("as it should be", with(|_| {}), 201),
    ] {
        let reply = client.post("DocumentReference", &body).await;
        assert_eq!(reply.status.as_u16(), status, "{what}: {}", reply.text);
    }
    let nurse = site.client("sykepleier-lie", "p", SCOPE).await;
    assert_eq!(
        nurse.post("DocumentReference", &document()).await.status,
        StatusCode::FORBIDDEN
    );
}

#[tokio::test]
async fn that_somebody_has_looked_is_logged_and_shown() {
    let site = site();
    let client = site.client("sykepleier-lie", "p", SCOPE).await;
    let event = json!({
        "resourceType": "AuditEvent",
        "type": { "system": "http://dicom.nema.org/resources/ontology/DCM", "code": "110106", "display": "Export" },
        "action": "R",
        "recorded": "2026-11-22T12:00:00Z",
        "outcome": "0",
        "agent": [{ "who": { "reference": "Practitioner/sykepleier-lie", "display": "Maria Lie" }, "requestor": true }],
        "source": { "observer": { "display": "Egenmåling" } },
        "entity": [{ "what": { "reference": "Patient/p" } }],
    });
    let reply = client.post("AuditEvent", &event).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text);
    let shown = site.get("/audit?patient=p").await.json();
    assert_eq!(shown[0]["who"], "Maria Lie");
    assert_eq!(site.get("/audit?patient=other").await.json(), json!([]));
    for (what, place, value, status) in [
        ("no requestor", "/agent/0", json!({ "name": "x" }), 422),
        ("an unknown action", "/action", json!("X"), 422),
        ("an unknown outcome", "/outcome", json!("1"), 422),
        ("a date", "/recorded", json!("2026-11-22"), 422),
        ("no observer", "/source", json!({ "site": "x" }), 422),
        (
            "another patient",
            "/entity/0/what/reference",
            json!("Patient/other"),
            403,
        ),
    ] {
        let mut wrong = event.clone();
        *wrong.pointer_mut(place).unwrap() = value;
        assert_eq!(
            client.post("AuditEvent", &wrong).await.status.as_u16(),
            status,
            "{what}"
        );
    }
    assert_eq!(
        client.get("AuditEvent?patient=p").await.status,
        StatusCode::FORBIDDEN,
        "written, not read"
    );
}

#[tokio::test]
async fn what_is_opened_on_demand_can_be_searched() {
    let subject = json!({ "reference": "Patient/p" });
    let site = Site::with(&[
        json!({"resourceType": "Patient", "id": "p"}),
        json!({"resourceType": "Questionnaire", "id": "q", "status": "active", "url": "https://a.example/Questionnaire/cat",
               "version": "2.0"}),
        json!({"resourceType": "QuestionnaireResponse", "id": "r", "status": "completed", "subject": subject,
               "questionnaire": "https://a.example/Questionnaire/cat|2.0", "authored": "2026-11-01"}),
        json!({"resourceType": "Communication", "id": "c", "status": "completed", "subject": subject,
               "sender": { "reference": "Practitioner/lege-berg" }, "sent": "2026-11-02T08:00:00Z"}),
        json!({"resourceType": "HealthcareService", "id": "h", "active": true,
               "providedBy": { "reference": "Organization/fjordbyen-sykehus" }}),
    ]);
    let scope = "patient/*.rs user/Questionnaire.rs user/HealthcareService.rs";
    let client = site.client("lege-berg", "p", scope).await;
    let canonical = "https://a.example/Questionnaire/cat";
    for (search, found) in [
        (format!("Questionnaire?url={canonical}"), vec!["q"]),
        (format!("Questionnaire?url={canonical}&version=1.0"), vec![]),
        (
            format!("QuestionnaireResponse?patient=p&questionnaire={canonical}"),
            vec!["r"],
        ),
        (
            format!("QuestionnaireResponse?patient=p&questionnaire={canonical}|2.0"),
            vec!["r"],
        ),
        (
            format!("QuestionnaireResponse?patient=p&questionnaire={canonical}|1.0"),
            vec![],
        ),
        (
            "QuestionnaireResponse?patient=p&_sort=-authored".to_owned(),
            vec!["r"],
        ),
        (
            "Communication?patient=p&sender=Practitioner/lege-berg&_sort=-sent".to_owned(),
            vec!["c"],
        ),
        (
            "HealthcareService?organization=Organization/fjordbyen-sykehus".to_owned(),
            vec!["h"],
        ),
    ] {
        assert_eq!(client.ids(&search).await, found, "{search}");
    }
}

#[tokio::test]
async fn what_is_included_can_bring_more_along() {
    let site = Site::with(&[
        json!({"resourceType": "Patient", "id": "p"}),
        json!({"resourceType": "CarePlan", "id": "c", "status": "active", "intent": "plan",
               "subject": { "reference": "Patient/p" }, "careTeam": [{ "reference": "CareTeam/t" }]}),
        json!({"resourceType": "CareTeam", "id": "t", "subject": { "reference": "Patient/p" },
               "participant": [{ "member": { "reference": "PractitionerRole/rolle-lege-berg" } }]}),
    ]);
    let scope = "patient/*.rs user/Practitioner.rs user/PractitionerRole.rs";
    let client = site.client("lege-berg", "p", scope).await;
    let team = "_include=CarePlan:care-team";
    let members = "_include:iterate=CareTeam:participant";
    let people = "_include:iterate=PractitionerRole:practitioner";
    for (includes, found) in [
        (team.to_owned(), vec!["c", "t"]),
        (format!("{team}&{members}"), vec!["c", "t", "rolle-lege-berg"]),
        (
            format!("{people}&{members}&{team}"),
            vec!["c", "t", "rolle-lege-berg", "lege-berg"],
        ),
        (members.to_owned(), vec!["c"]),
    ] {
        assert_eq!(
            client.ids(&format!("CarePlan?patient=p&{includes}")).await,
            found,
            "{includes}"
        );
    }
}
