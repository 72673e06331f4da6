//! Bundles that are whole, broken or cut off.

use super::*;

#[derive(Debug, Default)]
struct Id<'a> {
    id: Text<'a>,
}

crate::json::fields!(Id { b"id": id });

/// The ids in order, `-` for an entry that cannot be read, and the frame.
fn walked(json: &[u8]) -> (String, Frame) {
    let mut ids = String::new();
    let frame = walk::<Entry<'_, Id<'_>>>(json, |entry, _| {
        let id = entry.and_then(|e| e.resource.map(|r| r.id.or_empty().to_owned()));
        ids.push_str(id.as_deref().unwrap_or("-"));
    });
    (ids, frame.unwrap())
}

fn check(json: &[u8], ids: &str, broken: bool) {
    let (found, frame) = walked(json);
    assert_eq!(
        (found.as_str(), frame.broken),
        (ids, broken),
        "{}",
        String::from_utf8_lossy(json)
    );
}

const A: &str = r#"{"resource":{"id":"a"}}"#;
const B: &str = r#"{"resource":{"id":"b"}}"#;

#[test]
fn a_broken_entry_costs_only_itself() {
    for broken in [
        "null",
        "5",
        r#"{"resource":{"id":NaN}}"#,
        r#"{"resource":{,}}"#,
        "{\"resource\":{\"id\":\"\u{1}\"}}",
        r#"{"resource":{"id":"x"]}"#,
    ] {
        let json = format!(r#"{{"resourceType":"Bundle","entry":[{A},{broken},{B}]}}"#);
        check(json.as_bytes(), "a-b", false);
    }
}

#[test]
fn bytes_that_are_no_utf8_cost_only_their_own_entry() {
    let mut json = format!(r#"{{"resourceType":"Bundle","entry":[{A},{{"resource":{{"id":"#).into_bytes();
    json.extend_from_slice(b"\"\xFF\xFE\"}}");
    json.extend_from_slice(format!(",{B}]}}").as_bytes());
    check(&json, "a-b", false);
}

#[test]
fn a_bundle_cut_off_anywhere_keeps_the_entries_before_the_cut() {
    let json = format!(r#"{{"resourceType":"Bundle","entry":[{A},{B}],"total":2}}"#);
    let (after_a, after_b) = (json.find(B).unwrap() - 1, json.find("],\"total").unwrap());
    for cut in json.find('[').unwrap() + 1..json.len() {
        let ids = match cut {
            _ if cut >= after_b => "ab",
            _ if cut >= after_a => "a",
            _ => "",
        };
        check(&json.as_bytes()[..cut], ids, true);
    }
}

#[test]
fn finds_the_next_link_before_or_after_the_entries() {
    let link = r#""link":[{"relation":"self","url":"x"},{"relation":"next","url":"http://h/fhir?p=2"}]"#;
    for json in [
        format!(r#"{{"resourceType":"Bundle",{link},"entry":[{A}]}}"#),
        format!(r#"{{"entry":[{A}],{link},"resourceType":"Bundle"}}"#),
    ] {
        let (ids, frame) = walked(json.as_bytes());
        assert_eq!(
            (ids.as_str(), frame.next.as_deref()),
            ("a", Some("http://h/fhir?p=2"))
        );
    }
}

#[test]
fn what_is_no_bundle_is_an_error() {
    let read = |json: &[u8]| walk::<Entry<'_, Id<'_>>>(json, |_, _| {});
    for (json, found) in [
        (&b"<html>"[..], "<html>"),
        (b"", ""),
        (b"[]", "[]"),
        (br#"{"resourceType":"Patient"}"#, "Patient"),
        (br#"{"error":"invalid_token"}"#, r#"{"error":"invalid_token"}"#),
    ] {
        assert_eq!(
            read(json),
            Err(PageError::NotFhir {
                found: found.to_owned()
            })
        );
    }
    let outcome = br#"{"resourceType":"OperationOutcome","issue":[{"code":"forbidden"}]}"#;
    assert_eq!(
        read(outcome),
        Err(PageError::Outcome {
            text: "forbidden".to_owned()
        })
    );
    check(br#"{"resourceType":"Bundle"}"#, "", false);
    check(br#"{"resourceType":"Bundle","entry":[]}"#, "", false);
}
