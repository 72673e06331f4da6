//! What is written comes out again, with its versions.

use super::*;
use crate::fhir::dates::instant_text;

fn import_all(bodies: &[&str]) -> Store {
    let store = Store::open(None, Keeping::default()).unwrap();
    for body in bodies {
        import(&store.connection(), body).unwrap();
    }
    store
}

#[test]
fn what_a_file_says_of_id_version_and_time_is_kept() {
    let body = r#"{"resourceType":"Goal","id":"g","meta":{"versionId":"a7","lastUpdated":"2026-01-01T10:00:00+01:00"}}"#;
    let store = import_all(&[body]);
    let stored = read(&store.connection(), "Goal", "g").unwrap().unwrap();
    assert_eq!((stored.json.as_str(), stored.version.as_str()), (body, "a7"));
    assert_eq!(instant_text(stored.updated), "2026-01-01T09:00:00.000Z");
}

#[test]
fn what_a_file_leaves_out_is_given() {
    let store = import_all(&[r#"{"resourceType":"Goal","meta":{"source":"s"}}"#]);
    let json: String = store
        .connection()
        .query_row("SELECT json FROM resource", [], |row| row.get(0))
        .unwrap();
    let value: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        (&value["meta"]["versionId"], &value["meta"]["source"]),
        (&"1".into(), &"s".into())
    );
    assert!(value["id"].is_string() && value["meta"]["lastUpdated"].is_string());
}

#[test]
fn older_versions_in_a_file_become_history() {
    let version = |n: u8| {
        format!(
            r#"{{"resourceType":"CarePlan","id":"c","meta":{{"versionId":"{n}","lastUpdated":"2026-01-0{n}T00:00:00Z"}}}}"#
        )
    };
    let store = import_all(&[&version(2), &version(3), &version(1)]);
    let conn = store.connection();
    let versions: Vec<_> = history(&conn, "CarePlan", "c")
        .unwrap()
        .into_iter()
        .map(|stored| stored.version)
        .collect();
    assert_eq!(versions, ["3", "2", "1"]);
    assert_eq!(import(&conn, &version(2)).unwrap(), Imported::AlreadyThere);
}

#[test]
fn two_readings_with_one_id_are_both_kept() {
    let reading = |patient: &str, value: u8| {
        format!(
            r#"{{"resourceType":"Observation","id":"1","subject":{{"reference":"Patient/{patient}"}},"valueQuantity":{{"value":{value}}}}}"#
        )
    };
    let store = import_all(&[&reading("a", 91)]);
    let conn = store.connection();
    assert_eq!(import(&conn, &reading("a", 91)).unwrap(), Imported::AlreadyThere);
    let Imported::Renamed(id) = import(&conn, &reading("b", 88)).unwrap() else {
        panic!("the id is taken");
    };
    assert!(
        read(&conn, "Observation", &id)
            .unwrap()
            .unwrap()
            .json
            .contains("Patient/b")
    );
    assert_eq!(import(&conn, &reading("b", 88)).unwrap(), Imported::AlreadyThere);
    let plan = |title: &str| format!(r#"{{"resourceType":"CarePlan","id":"c","title":"{title}"}}"#);
    import(&conn, &plan("one")).unwrap();
    assert_eq!(import(&conn, &plan("other")).unwrap(), Imported::Taken);
}

#[test]
fn bad_resources_are_refused_by_name() {
    let store = Store::open(None, Keeping::default()).unwrap();
    for (body, named) in [
        ("[]", "object"),
        (r#"{"id":"a"}"#, "resourceType"),
        (r#"{"resourceType":"Nonsense"}"#, "Nonsense"),
        (r#"{"resourceType":"Goal","id":"a b"}"#, "a b"),
        (r#"{"resourceType":"Goal","id":7}"#, "7"),
    ] {
        let refusal = import(&store.connection(), body).unwrap_err();
        assert!(refusal.text.contains(named), "{body}: {}", refusal.text);
    }
}
