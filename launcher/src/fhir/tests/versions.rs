//! The list of the versions of a resource.

use axum::http::{StatusCode, header};
use serde_json::{Value, json};

use super::*;

#[tokio::test]
async fn a_history_is_paged_newest_first_and_can_begin_later() {
    let site = site();
    let client = specialist(&site).await;
    for number in 2..=5 {
        let version = format!("W/\"{}\"", number - 1);
        client
            .put("CarePlan/c", &version, &plan("c", "p", &number.to_string()))
            .await;
    }
    let versions = |bundle: &Value| {
        let entries = bundle["entry"].as_array().unwrap();
        let version = |entry: &Value| {
            entry["resource"]["meta"]["versionId"]
                .as_str()
                .unwrap()
                .to_owned()
        };
        entries.iter().map(version).collect::<Vec<_>>().join(" ")
    };
    let page = client.get("CarePlan/c/_history?_count=2").await.json();
    assert_eq!((versions(&page).as_str(), &page["total"]), ("5 4", &json!(5)));
    let next = page["link"][1]["url"].as_str().unwrap().to_owned();
    client.put("CarePlan/c", "W/\"5\"", &plan("c", "p", "6")).await;
    let page = client.get(&next).await.json();
    assert_eq!(versions(&page), "3 2");
    let last = client.get(page["link"][1]["url"].as_str().unwrap()).await.json();
    assert_eq!(
        (versions(&last).as_str(), last["link"].as_array().unwrap().len()),
        ("1", 1)
    );
    let third = client.get("CarePlan/c/_history/3").await.json();
    let since = third["meta"]["lastUpdated"].as_str().unwrap();
    let page = client
        .get(&format!("CarePlan/c/_history?_since={since}"))
        .await
        .json();
    assert_eq!(versions(&page), "6 5 4 3");
    for (query, status) in [
        ("_count=0", 400),
        ("_since=then", 400),
        ("colour=red", 400),
        ("_page=x", 400),
    ] {
        let reply = client.get(&format!("CarePlan/c/_history?{query}")).await;
        assert_eq!(reply.status.as_u16(), status, "{query}");
    }
}

/// Adds notes to the plan, each to its newest version; the number of saves that somebody else was before.
async fn write_notes(client: &Client<'_>, author: &str, notes: usize) -> usize {
    let mut overtaken = 0;
    for number in 0..notes {
        loop {
            let read = client.get("CarePlan/c").await;
            // Lets the other one in between reading and saving.
            tokio::task::yield_now().await;
            let mut plan = read.json();
            let note = json!({ "text": format!("{author} {number}") });
            match plan["note"].as_array_mut() {
                Some(notes) => notes.push(note),
                None => plan["note"] = json!([note]),
            }
            let saved = client.put("CarePlan/c", read.header(header::ETAG), &plan).await;
            match saved.status {
                StatusCode::OK => break,
                status => assert_eq!(status, StatusCode::PRECONDITION_FAILED, "{}", saved.text),
            }
            overtaken += 1;
        }
    }
    overtaken
}

#[tokio::test]
async fn two_who_save_at_the_same_time_lose_nothing() {
    let site = site();
    let one = site.client("spesialist-dahl", "p", ALL).await;
    let other = site.client("spesialist-vik", "p", ALL).await;
    let (first, second) = tokio::join!(write_notes(&one, "Dahl", 20), write_notes(&other, "Vik", 20));
    assert!(first + second > 0, "they never met");
    let plan = one.get("CarePlan/c").await.json();
    assert_eq!(plan["note"].as_array().unwrap().len(), 40);
    assert_eq!(plan["meta"]["versionId"], "41");
}
