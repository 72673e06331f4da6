//! The sources of a profile: what stands in for what is left out, and every error by the name of its field.

use super::*;
use crate::HostConfig;
use serde_json::{Value, json};

fn source(changed: &Value) -> Value {
    let mut source = json!({ "id": "vendor", "name": "Vendor", "fhirBase": "https://vendor.example/fhir/",
        "token": "launch" });
    for (name, value) in changed.as_object().unwrap() {
        source[name] = value.clone();
        if value.is_null() {
            source.as_object_mut().unwrap().remove(name);
        }
    }
    source
}

fn read(sources: &[Value]) -> Result<Vec<Source>, HostConfigError> {
    read_beside(&json!({}), sources)
}

fn read_beside(fields: &Value, sources: &[Value]) -> Result<Vec<Source>, HostConfigError> {
    let mut host = json!({ "name": "Journal", "iss": "https://ehr.example/fhir", "clientId": "viewer",
        "sources": sources });
    for (name, value) in fields.as_object().unwrap() {
        host[name] = value.clone();
    }
    let file = json!({ "hosts": [host] }).to_string();
    let config = HostConfig::parse(file.as_bytes())?;
    Ok(config
        .host_for("https://ehr.example/fhir")
        .unwrap()
        .sources
        .clone())
}

#[test]
fn what_is_left_out_of_a_source_has_a_default() {
    let sources = read(&[source(&json!({}))]).unwrap();
    let expected = Source {
        id: "vendor".into(),
        name: "Vendor".into(),
        fhir_base: "https://vendor.example/fhir".into(),
        entry: Entry::Launch,
        kinds: Vec::new(),
        plan_home: false,
        search: SearchConfig::default(),
    };
    assert_eq!(sources, [expected]);
}

#[test]
fn a_source_with_a_token_of_its_own_asks_for_what_it_is_read_for() {
    let scopes = |changed: &Value| match read(&[source(changed)]).unwrap().remove(0).entry {
        Entry::Exchange { registration, .. } | Entry::Own(registration) => {
            let scopes: Vec<String> = registration.scopes.iter().map(|it| it.to_string()).collect();
            format!("{}: {}", registration.client_id.as_str(), scopes.join(" "))
        }
        Entry::Launch => String::new(),
    };
    assert_eq!(
        scopes(&json!({ "token": "own", "kinds": ["Observation"] })),
        "viewer: launch/patient patient/Patient.rs patient/Observation.rs"
    );
    assert_eq!(
        scopes(
            &json!({ "token": "exchange", "tokenEndpoint": "/token", "clientId": "other", "kinds": ["CarePlan"] })
        ),
        "other: patient/Patient.rs patient/CarePlan.rs"
    );
    assert_eq!(
        scopes(&json!({ "token": "own", "scopes": ["user/Observation.rs"] })),
        "viewer: user/Observation.rs"
    );
    let exchanging = json!({ "token": "exchange", "tokenEndpoint": "../token" });
    match read(&[source(&exchanging)]).unwrap().remove(0).entry {
        Entry::Exchange { token_endpoint, .. } => assert_eq!(token_endpoint, "https://vendor.example/token"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_wrong_field_of_a_source_is_named() {
    let check = |changed: Value, field: &str| {
        let error = read(&[source(&changed)]).unwrap_err();
        assert_eq!(error.field, format!("hosts[0].sources[0].{field}"), "{error}");
    };
    check(json!({ "id": null }), "id");
    check(json!({ "id": "a b" }), "id");
    check(json!({ "name": "" }), "name");
    check(json!({ "fhirBase": "vendor" }), "fhirBase");
    check(json!({ "fhirBase": "https://ehr.example/fhir" }), "fhirBase");
    check(json!({ "token": null }), "token");
    check(json!({ "token": "magic" }), "token");
    check(json!({ "token": "exchange" }), "tokenEndpoint");
    check(
        json!({ "token": "exchange", "tokenEndpoint": "http://vendor.example/t" }),
        "tokenEndpoint",
    );
    check(json!({ "tokenEndpoint": "/t" }), "tokenEndpoint");
    check(json!({ "clientId": "x" }), "clientId");
    check(json!({ "scopes": ["x"] }), "scopes");
    check(json!({ "token": "own", "scopes": [] }), "scopes");
    check(json!({ "token": "own", "tokenEndpoint": "/t" }), "tokenEndpoint");
    check(json!({ "kinds": "Observation" }), "kinds");
    check(json!({ "kinds": ["a/b"] }), "kinds");
    check(json!({ "planHome": "yes" }), "planHome");
    check(json!({ "search": { "pageSize": 0 } }), "search.pageSize");
    check(json!({ "planhome": true }), "planhome");
}

#[test]
fn sources_do_not_get_in_each_others_way() {
    let field = |second: Value| {
        let first = source(&json!({ "planHome": true }));
        read(&[first, source(&second)]).unwrap_err().field
    };
    let other = "https://other.example/fhir";
    assert_eq!(field(json!({ "fhirBase": other })), "hosts[0].sources[1].id");
    assert_eq!(field(json!({ "id": "other" })), "hosts[0].sources[1].fhirBase");
    assert_eq!(
        field(json!({ "id": "other", "fhirBase": other, "planHome": true })),
        "hosts[0].sources[1].planHome"
    );
    let service = json!({ "planService": { "type": "fhir", "url": "https://plans.example" } });
    let error = read_beside(&service, &[source(&json!({ "planHome": true }))]).unwrap_err();
    assert_eq!(error.field, "hosts[0].sources[0].planHome");
    let error = read_beside(&json!({ "sources": {} }), &[]).unwrap_err();
    assert_eq!(error.field, "hosts[0].sources");
}
