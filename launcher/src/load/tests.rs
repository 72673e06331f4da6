//! Files good and broken: what loads, and what is said of the rest.

use std::fs;

use super::*;
use crate::fhir::store::{Keeping, read};

fn load(place: &str, text: &str) -> (Store, Loaded) {
    let store = Store::open(None, Keeping::default()).unwrap();
    let mut loaded = Loaded::default();
    load_document(&store.connection(), place, text.as_bytes(), &mut loaded);
    (store, loaded)
}

fn goal(id: &str) -> String {
    format!(r#"{{"resourceType":"Goal","id":"{id}","subject":{{"reference":"Patient/p"}}}}"#)
}

fn bundle(kind: &str, resources: &[String]) -> String {
    let entries: Vec<_> = resources
        .iter()
        .map(|resource| format!(r#"{{"resource":{resource}}}"#))
        .collect();
    format!(
        r#"{{"resourceType":"Bundle","type":"{kind}","entry":[{}]}}"#,
        entries.join(",")
    )
}

#[test]
fn bundles_of_every_kind_lines_and_single_resources_load() {
    let two = [goal("a"), goal("b")];
    for (place, text, count) in [
        ("x.json", bundle("collection", &two), 2),
        ("x.json", bundle("transaction", &two), 2),
        ("x.json", bundle("searchset", &two), 2),
        ("x.json", bundle("batch", &two), 2),
        ("x.json", bundle("collection", &[bundle("searchset", &two)]), 2),
        (
            "x.json",
            r#"{"resourceType":"Bundle","type":"searchset","total":0}"#.to_owned(),
            0,
        ),
        ("x.ndjson", two.join("\n"), 2),
        ("x.json", two.join("\r\n"), 2),
        (
            "x.ndjson",
            format!("{}\n\n{}\n", bundle("batch", &two), goal("c")),
            3,
        ),
        ("x.json", goal("a"), 1),
        ("x.json", format!("\u{feff}{}", goal("a")), 1),
    ] {
        let (_, loaded) = load(place, &text);
        assert_eq!(
            (loaded.resources, loaded.problems.len()),
            (count, 0),
            "{text}: {:?}",
            loaded.problems
        );
    }
}

#[test]
fn a_bad_entry_is_named_and_costs_no_other() {
    let bad = [
        goal("a"),
        r#"{"resourceType":"Nonsense","id":"n"}"#.to_owned(),
        r#"{"id":"no-type"}"#.to_owned(),
        "7".to_owned(),
        "null".to_owned(),
        goal("b"),
        goal("not valid"),
    ];
    let (_, loaded) = load("x.json", &bundle("collection", &bad));
    assert_eq!(loaded.resources, 2);
    let places: Vec<_> = loaded
        .problems
        .iter()
        .map(|problem| problem.split(": ").nth(1).unwrap())
        .collect();
    assert_eq!(places, ["entry 2", "entry 3", "entry 4", "entry 5", "entry 7"]);
}

#[test]
fn a_bundle_cut_off_keeps_what_came_before() {
    let whole = bundle("collection", &[goal("a"), goal("b"), goal("c")]);
    let cut = &whole[..whole.len() - 20];
    let (_, loaded) = load("x.json", cut);
    assert_eq!(loaded.resources, 2);
    assert!(
        loaded.problems[0].contains("after 2 whole entries"),
        "{:?}",
        loaded.problems
    );
}

#[test]
fn broken_files_are_named() {
    for (text, named) in [
        ("", "empty"),
        ("<html>", "not JSON"),
        ("{", "not JSON"),
        ("[1,2]", "not JSON"),
        (r#"{"resourceType":"Bundle","entry":{}}"#, "broken"),
    ] {
        let (_, loaded) = load("x.json", text);
        assert_eq!(loaded.resources, 0, "{text}");
        assert!(
            loaded.problems.len() == 1 && loaded.problems[0].contains(named),
            "{text}: {:?}",
            loaded.problems
        );
    }
    let (_, loaded) = load("x.ndjson", &format!("{}\n{{\n{}", goal("a"), goal("b")));
    assert_eq!(loaded.resources, 2);
    assert!(
        loaded.problems[0].starts_with("x.ndjson:2:"),
        "{:?}",
        loaded.problems
    );
}

#[test]
fn references_by_full_url_become_relative_and_decimals_stay() {
    let text = r#"{"resourceType":"Bundle","type":"transaction","entry":[
        {"fullUrl":"urn:uuid:11111111-1111-4111-8111-111111111111","resource":{"resourceType":"Patient"},
         "request":{"method":"POST","url":"Patient"}},
        {"fullUrl":"https://other.example/fhir/Device/d","resource":{"resourceType":"Device","id":"d"}},
        {"resource":{"resourceType":"Observation","id":"o",
         "subject":{"reference":"urn:uuid:11111111-1111-4111-8111-111111111111"},
         "device":{"reference":"https://other.example/fhir/Device/d"},
         "focus":[{"reference":"https://other.example/fhir/Device/d/_history/2"}],
         "valueQuantity":{"value":1.10}}}]}"#;
    let (store, loaded) = load("x.json", text);
    assert_eq!((loaded.resources, loaded.problems.len()), (3, 0));
    let stored = read(&store.connection(), "Observation", "o").unwrap().unwrap();
    assert_eq!(
        stored.patient.as_deref(),
        Some("11111111-1111-4111-8111-111111111111")
    );
    assert!(
        stored.json.contains(r#""reference":"Device/d""#)
            && stored.json.contains("\"Device/d/_history/2\"")
            && stored.json.contains("1.10"),
        "{}",
        stored.json
    );
}

#[test]
fn folders_are_read_through_and_missing_files_are_named() {
    let folder = std::env::temp_dir().join(format!("launcher-test-{}", crate::random::uuid()));
    fs::create_dir_all(folder.join("inner")).unwrap();
    fs::write(folder.join("a.json"), goal("a")).unwrap();
    fs::write(folder.join("inner/b.ndjson"), goal("b")).unwrap();
    fs::write(folder.join("README.md"), "text").unwrap();
    fs::write(folder.join("expected.json"), "{}").unwrap();
    let store = Store::open(None, Keeping::default()).unwrap();
    let loaded = load_paths(&store, &[folder.clone(), folder.join("missing.json")]).unwrap();
    fs::remove_dir_all(&folder).unwrap();
    assert_eq!(loaded.resources, 2);
    assert!(
        loaded.problems.len() == 1 && loaded.problems[0].contains("missing.json"),
        "{:?}",
        loaded.problems
    );
}

#[test]
fn the_same_version_twice_is_kept_once() {
    let (_, loaded) = load("x.ndjson", &[goal("a"), goal("a")].join("\n"));
    assert_eq!((loaded.resources, loaded.repeated), (1, 1));
}

#[test]
fn the_history_of_a_resource_loads_as_its_versions() {
    let version = |number: u8, meta: &str| {
        format!(
            r#"{{"fullUrl":"https://h/fhir/Goal/g","resource":{{"resourceType":"Goal","id":"g",{meta}"note":[{{"text":"{number}"}}]}},
            "request":{{"method":"PUT","url":"Goal/g"}},
            "response":{{"status":"200","etag":"W/\"{number}\"","lastModified":"2026-01-0{number}T00:00:00Z"}}}}"#
        )
    };
    let deleted = r#"{"request":{"method":"DELETE","url":"Goal/g"},"response":{"status":"204"}}"#;
    let own = r#""meta":{"versionId":"2","lastUpdated":"2026-01-02T00:00:00Z","source":"s"},"#;
    for entries in [
        [
            version(3, ""),
            version(2, own),
            version(1, ""),
            deleted.to_owned(),
        ],
        [
            deleted.to_owned(),
            version(1, ""),
            version(3, ""),
            version(2, own),
        ],
    ] {
        let text = format!(
            r#"{{"resourceType":"Bundle","type":"history","entry":[{}]}}"#,
            entries.join(",")
        );
        let (store, loaded) = load("x.json", &text);
        assert_eq!(
            (loaded.resources, loaded.problems.len()),
            (3, 0),
            "{:?}",
            loaded.problems
        );
        let versions = crate::fhir::store::history(&store.connection(), "Goal", "g").unwrap();
        let versions: Vec<_> = versions.iter().map(|stored| stored.version.as_str()).collect();
        assert_eq!(versions, ["3", "2", "1"]);
    }
}

#[test]
fn folders_of_sources_are_theirs_and_not_the_journals() {
    let folder = std::env::temp_dir().join(format!("launcher-load-{}", crate::random::uuid()));
    let sources = folder.join("case/sources/hospital");
    fs::create_dir_all(&sources).unwrap();
    for (file, id) in [
        (folder.join("case/bundle.json"), "own"),
        (folder.join("case/expected-together.json"), "no-data"),
        (sources.join("bundle.json"), "theirs"),
    ] {
        fs::write(file, bundle("collection", &[goal(id)])).unwrap();
    }
    let store = Store::open(None, Keeping::default()).unwrap();
    let paths = [folder.clone()];
    assert_eq!(load_paths(&store, &paths).unwrap().resources, 1);
    let theirs = of_source(&paths, "hospital");
    assert_eq!(theirs, [sources]);
    assert!(of_source(&paths, "municipality").is_empty());
    assert_eq!(load_paths(&store, &theirs).unwrap().resources, 1);
    assert!(read(&store.connection(), "Goal", "theirs").unwrap().is_some());
    fs::remove_dir_all(folder).unwrap();
}
