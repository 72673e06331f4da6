//! Searches, pages and the newest per code.

use axum::http::{Method, header};
use serde_json::{Value, json};

use super::*;

#[tokio::test]
async fn searches_find_what_they_say() {
    let site = site();
    let client = doctor(&site).await;
    for (query, found) in [
        ("Observation?code=2708-6&_sort=date", "s2 s1 s3 s4"),
        ("Observation?code=http://loinc.org|8867-4", "h1"),
        ("Observation?code=http://snomed.info/sct|8867-4", ""),
        (
            "Observation?code=8867-4,http://loinc.org|2708-6&status=final&_sort=-date",
            "s3 s1 s2 h1",
        ),
        ("Observation?patient=Patient/p&code=8867-4", "h1"),
        ("Observation?subject=p&_id=h1,s1&_sort=-date", "s1 h1"),
        ("Observation?date=2026-10-20&_sort=date", "s2 s1"),
        ("Observation?date=2026-10&status=final&_sort=date", "t1 s2 s1 s3"),
        (
            "Observation?date=ge2026-10-20T06:00:00Z&status=final&_sort=date",
            "s2 s1 s3",
        ),
        ("Observation?date=gt2026-10-20&status=final", "s3"),
        ("Observation?date=lt2026-10-01", "h1"),
        ("Observation?date=le2026-10-01&_sort=date", "h1 t1"),
        ("Observation?date=sa2026-10-20&date=lt2026-11&_sort=date", "s3"),
        ("Observation?date=eb2026-10-01", "h1"),
        (
            "Observation?date=ne2026-10-20&status=final&_sort=date",
            "h1 t1 s3",
        ),
        ("Observation?date:missing=true", ""),
        ("Observation?date:missing=false&code=8867-4", "h1"),
        ("Observation?device=Device/d&code=8867-4", "h1"),
        ("CarePlan?goal=g&status=active", "c"),
        ("CarePlan?_include=CarePlan:goal", "c g"),
        ("Patient?_id=p", "p"),
        ("Patient", "p"),
    ] {
        assert_eq!(client.ids(query).await.join(" "), found, "{query}");
    }
}

#[tokio::test]
async fn a_posted_search_is_the_same_search() {
    let site = site();
    let client = doctor(&site).await;
    let kind = [(header::CONTENT_TYPE, "application/x-www-form-urlencoded")];
    let body = "patient=p&code=8867-4".to_owned();
    let reply = client
        .send(Method::POST, "Observation/_search", &kind, body)
        .await;
    assert_eq!(ids(&reply.json()), ["h1"]);
}

#[tokio::test]
async fn pages_go_through_everything_once_with_the_right_total() {
    let site = site();
    let client = doctor(&site).await;
    let mut path = "Observation?patient=p&_sort=-date&_count=2".to_owned();
    let mut found = Vec::new();
    loop {
        let bundle = client.get(&path).await.json();
        assert_eq!(bundle["total"], 6);
        found.extend(ids(&bundle));
        let links = bundle["link"].as_array().unwrap().clone();
        match links.iter().find(|link| link["relation"] == "next") {
            Some(next) => path = next["url"].as_str().unwrap().to_owned(),
            None => break,
        }
        assert!(
            path.starts_with("http://127.0.0.1:8480/fhir/Observation?"),
            "{path}"
        );
    }
    assert_eq!(found, ["s4", "s3", "s1", "s2", "t1", "h1"]);
    let counted = client.get("Observation?code=2708-6&_summary=count").await.json();
    assert_eq!((&counted["total"], &counted["entry"]), (&json!(4), &Value::Null));
}

#[tokio::test]
async fn the_newest_per_code_leaves_retracted_readings_out() {
    let site = site();
    let client = doctor(&site).await;
    for (query, found) in [
        ("patient=p", "t1 h1 s3"),
        ("patient=Patient/p&max=2&code=2708-6", "s3 s1"),
        ("patient=p&code=8867-4&_elements=value", "h1"),
    ] {
        let mut found_ids = client.ids(&format!("Observation/$lastn?{query}")).await;
        let mut wanted: Vec<_> = found.split(' ').collect();
        found_ids.sort();
        wanted.sort_unstable();
        assert_eq!(found_ids, wanted, "{query}");
    }
}
