//! A page as a whole, and several of them.

use super::*;

#[test]
fn only_what_the_search_found_is_read() {
    let found = json!({ "resource": observation(&json!({})), "search": { "mode": "match" } });
    let along = json!({ "resource": observation(&json!({ "id": "2" })), "search": { "mode": "include" } });
    let device = json!({ "resource": { "resourceType": "Device", "id": "3", "status": "active" } });
    let deleted = json!({ "request": { "method": "DELETE", "url": "Observation/4" } });
    let outcome = json!({ "search": { "mode": "outcome" }, "resource": { "resourceType": "OperationOutcome",
        "issue": [{ "code": "warning", "details": { "text": "Ukjent parameter" } }] } });
    let page = read_entries(&[found, along, device, deleted, outcome]);
    assert_eq!(page.entries, 1);
    assert_eq!(summary(&page), ["spo2 91 %", "server-outcome  Ukjent parameter"]);
}

#[test]
fn a_resource_that_comes_again_is_read_once_over_all_pages() {
    let entry = |id: &str, value: i64| json!({ "resource": observation(&json!({ "id": id, "valueQuantity": { "value": value, "unit": "%" } })) });
    let bundle = |entries: &[Value]| json!({ "resourceType": "Bundle", "entry": entries }).to_string();
    let mut reader = Reader::new("7", "host");
    let mut sizes = Vec::new();
    for page in [
        bundle(&[entry("1", 91), entry("2", 92)]),
        bundle(&[entry("2", 90), entry("3", 93)]),
    ] {
        let page = reader.observations(page.as_bytes()).unwrap();
        sizes.push((page.entries, page.repeated, page.readings.len()));
    }
    assert_eq!(sizes, [(2, 0, 2), (1, 1, 1)]);
}

#[test]
fn readings_share_what_they_have_in_common() {
    let entry = |id: &str| {
        let changes = json!({ "id": id, "referenceRange": [range("N", 88, 100)], "device": { "display": "x" },
            "meta": { "source": "urn:a" } });
        json!({ "resource": observation(&changes) })
    };
    let page = read_entries(&[entry("1"), entry("2")]);
    let set = |reading: &Reading| match &reading.values {
        Values::Single(component) => component.ranges.clone().unwrap(),
        Values::Pair { .. } => panic!("one number"),
    };
    assert!(Rc::ptr_eq(&set(&page.readings[0]), &set(&page.readings[1])));
    assert!(Rc::ptr_eq(
        &page.readings[0].sources[0],
        &page.readings[1].sources[0]
    ));
}

#[test]
fn a_page_says_how_far_back_it_goes_only_if_it_came_newest_first() {
    let at = |times: &[&str]| {
        let entries: Vec<Value> = times
            .iter()
            .enumerate()
            .map(|(index, time)| {
                json!({ "resource": observation(&json!({ "id": index.to_string(), "effectiveDateTime": time })) })
            })
            .collect();
        read_entries(&entries).newest_first_down_to()
    };
    let (late, early) = ("2026-09-03T08:12:00+02:00", "2026-09-02T08:12:00+02:00");
    let instant = Some(1_788_415_920_000 - 24 * 3_600_000);
    assert_eq!(at(&[late, early]), instant);
    assert_eq!(at(&[late, late, early, early]), instant);
    assert_eq!(at(&[early, late]), None);
    // A date sorts at one end of its day or at the other; it says nothing about what lies between.
    assert_eq!(at(&[late, early, "2026-09-02"]), instant);
    assert_eq!(at(&["2026-09-03", "2026-09-02"]), None);
    assert_eq!(at(&[]), None);
}
