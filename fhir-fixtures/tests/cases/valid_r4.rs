//! Whether ids, references and units fit R4. Its types and the validators have their say in `tests/`.

use std::collections::BTreeSet;

use crate::common::{cases, sample};
use serde_json::Value;

#[test]
fn ids_are_unique_over_all_cases_and_fit_r4() {
    let mut seen = BTreeSet::new();
    for case in cases() {
        for resource in case.resources() {
            let kind = resource["resourceType"].as_str().expect("a type");
            let id = resource["id"].as_str().expect("an id");
            let fits = (1..=64).contains(&id.len())
                && id
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.');
            assert!(fits, "{id}");
            let version = resource["meta"]["versionId"].as_str().unwrap_or_default();
            assert!(seen.insert(format!("{kind}/{id}/{version}")), "{kind}/{id} twice");
        }
    }
}

#[test]
fn references_lead_to_resources_of_the_same_case() {
    fn references(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(fields) => {
                if let Some(reference) = fields.get("reference").and_then(Value::as_str) {
                    found.insert(reference.to_owned());
                }
                fields.values().for_each(|value| references(value, found));
            }
            Value::Array(items) => items.iter().for_each(|value| references(value, found)),
            _ => {}
        }
    }
    for case in cases() {
        let mut found = BTreeSet::new();
        let mut there = BTreeSet::new();
        for resource in case.resources() {
            references(&resource, &mut found);
            let kind = resource["resourceType"].as_str().expect("a type");
            let place = format!("{kind}/{}", resource["id"].as_str().expect("an id"));
            if let Some(version) = resource["meta"]["versionId"].as_str() {
                there.insert(format!("{place}/_history/{version}"));
            }
            there.insert(place);
            let contained = resource["contained"].as_array().into_iter().flatten();
            there.extend(contained.map(|part| format!("#{}", part["id"].as_str().expect("an id"))));
        }
        let mut missing: Vec<_> = found.difference(&there).collect();
        // A `#` alone is the resource that contains the one which refers to it.
        missing.retain(|reference| !matches!(reference.as_str(), "Patient/somebody-else" | "#"));
        assert!(missing.is_empty(), "{}: {missing:?}", case.id);
    }
}

#[test]
fn codes_of_units_are_ucum() {
    const UCUM: [&str; 16] = [
        "kg", "g", "[lb_av]", "mm[Hg]", "Cel", "[degF]", "mmol/L", "mg/dL", "/min", "%", "L", "L/min", "L/s",
        "{score}", "/d", "cm",
    ];
    fn check(value: &Value) {
        match value {
            Value::Object(fields) => {
                if fields.get("system").and_then(Value::as_str) == Some("http://unitsofmeasure.org") {
                    let code = fields.get("code").and_then(Value::as_str).expect("a unit's code");
                    assert!(UCUM.contains(&code), "{code}");
                }
                fields.values().for_each(check);
            }
            Value::Array(items) => items.iter().for_each(check),
            _ => {}
        }
    }
    for case in cases() {
        sample(case).for_each(|resource| check(&resource));
    }
}
