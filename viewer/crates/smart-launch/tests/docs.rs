//! What the documents for integrators and reviewers say of the launch is so: fields, profiles, test names.

use smart_launch::HostConfig;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..")
}

fn document(name: &str) -> String {
    fs::read_to_string(root().join("docs").join(name)).unwrap_or_default()
}

/// What stands between backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(|line| line.split('`').skip(1).step_by(2))
}

#[test]
fn every_profile_in_the_guide_is_valid_and_so_is_the_one_shipped() {
    let guide = document("integrating.md");
    let profiles: Vec<&str> = guide
        .split("```json")
        .skip(1)
        .filter_map(|block| block.split("```").next())
        .collect();
    assert!(profiles.len() >= 2);
    let shipped = fs::read_to_string(root().join("viewer/hosts.json")).unwrap();
    for profile in profiles.into_iter().chain([shipped.as_str()]) {
        HostConfig::parse(profile.as_bytes()).unwrap();
    }
}

/// The guide's table is read back: each field is written into a profile with a value of no use, and must then be
/// complained of by its own name. A field that the schema does not know would be too, but in other words.
#[test]
fn every_field_in_the_guide_is_a_field_of_the_schema() {
    let guide = document("integrating.md");
    let rows = guide
        .lines()
        .skip_while(|line| *line != "| field | default | meaning |")
        .skip(2);
    let rows = rows.take_while(|line| line.starts_with('|'));
    let mut fields = 0;
    for field in rows.flat_map(|row| quoted(row.split('|').nth(1).unwrap_or_default())) {
        let mut host = serde_json::json!({ "name": "a", "iss": "https://a.example", "clientId": "a",
            "endpoints": { "authorize": "/a", "token": "/t" } });
        if matches!(field, "scopes" | "sources") {
            host[field] = serde_json::json!({});
        } else {
            let path = field.split('.').fold(&mut host, |value, name| &mut value[name]);
            *path = serde_json::json!([]);
        }
        let file = serde_json::json!({ "hosts": [host] }).to_string();
        let error = HostConfig::parse(file.as_bytes()).unwrap_err();
        assert_eq!(error.field, format!("hosts[0].{field}"));
        assert!(!error.problem.contains("is not a field"), "{error}");
        fields += 1;
    }
    assert_eq!(fields, 29, "the guide has all fields of the schema");
}

#[test]
fn every_test_that_the_threats_name_is_there() {
    let mut sources = String::new();
    let mut folders = vec![
        root().join("viewer"),
        root().join("tests"),
        root().join("launcher/src"),
    ];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                sources.push_str(&fs::read_to_string(path).unwrap());
            }
        }
    }
    let threats = document("threats.md");
    let is_test = |name: &&str| {
        name.matches('_').count() >= 3 && name.chars().all(|c| c == '_' || c.is_ascii_alphanumeric())
    };
    let names: Vec<&str> = quoted(&threats).filter(is_test).collect();
    assert!(names.len() > 40, "{}", names.len());
    for name in names {
        assert!(sources.contains(&format!("fn {name}(")), "{name} is not there");
    }
    for rule in 1..=13 {
        assert!(threats.contains(&format!("\n| S{rule} |")), "S{rule}");
    }
}
