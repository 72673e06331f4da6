//! `hosts.json` from outside: defaults, every field, and every error by the name of its field.

use super::*;
use serde_json::{Value, json};

fn valid() -> Value {
    json!({ "hosts": [{
        "name": "Journal", "iss": "https://ehr.example/fhir", "clientId": "viewer",
        "scopes": ["launch", "patient/Observation.rs"]
    }]})
}

/// `hosts.json` with these fields in its host; `null` takes one out.
fn with(fields: &Value) -> Result<Host, HostConfigError> {
    let mut file = valid();
    let host = file["hosts"][0].as_object_mut().unwrap();
    for (name, value) in fields.as_object().unwrap() {
        match value {
            Value::Null => host.remove(name),
            value => host.insert(name.clone(), value.clone()),
        };
    }
    let config = HostConfig::parse(file.to_string().as_bytes())?;
    Ok(config.hosts[0].clone())
}

fn scopes(fields: &Value) -> String {
    let scopes: Vec<String> = with(fields)
        .unwrap()
        .scopes
        .iter()
        .map(|it| it.to_string())
        .collect();
    scopes.join(" ")
}

#[test]
fn optional_fields_have_defaults() {
    let host = with(&json!({})).unwrap();
    assert_eq!(host.search, SearchConfig::default());
    assert_eq!(host.endpoints, None);
    assert_eq!(
        host.discovery,
        DiscoveryRungs {
            well_known: true,
            capability: true
        }
    );
    assert_eq!((host.standalone, host.history), (false, true));
    assert_eq!((host.audit, host.sources.len()), (false, 0));
    assert_eq!((host.patient_path.as_str(), host.headers.len()), ("/patient", 0));
}

#[test]
fn every_field_is_read() {
    let host = with(&json!({
        "standalone": true, "history": false, "audit": true, "patientPath": "/context/patient/id",
        "discovery": { "wellKnown": false },
        "headers": { "Ocp-Apim-Subscription-Key": "k-1" },
        "endpoints": { "authorize": "/a", "token": "/t", "jwks": "/keys", "issuer": "https://login.example" },
        "planService": { "type": "nhn", "url": "https://plans.example/planer/" },
        "search": { "post": true, "dateParameter": "effectivedatetime", "sort": false, "include": false,
                    "lastn": true, "missing": true, "elements": false, "pageSize": 1000, "parallel": 4 }
    }))
    .unwrap();
    assert_eq!((host.standalone, host.history, host.audit), (true, false, true));
    assert_eq!(host.patient_path, "/context/patient/id");
    assert_eq!(
        host.discovery,
        DiscoveryRungs {
            well_known: false,
            capability: true
        }
    );
    assert_eq!(
        host.headers,
        [("Ocp-Apim-Subscription-Key".to_owned(), "k-1".to_owned())]
    );
    let endpoints = host.endpoints.unwrap();
    assert_eq!(endpoints.jwks.as_deref(), Some("https://ehr.example/keys"));
    assert_eq!(endpoints.issuer.as_deref(), Some("https://login.example"));
    let plans = host.plan_service.unwrap();
    assert_eq!(
        (plans.kind, plans.url.as_str()),
        (PlanServiceKind::Nhn, "https://plans.example/planer")
    );
    let search = SearchConfig {
        post: true,
        date_parameter: "effectivedatetime".to_owned(),
        sort: false,
        include: false,
        lastn: true,
        missing: true,
        elements: false,
        page_size: 1000,
        parallel: 4,
    };
    assert_eq!(host.search, search);
}

#[test]
fn s6_scopes_are_the_least_that_the_role_needs_in_the_hosts_syntax() {
    let asked = |mut fields: Value| {
        fields["scopes"] = Value::Null;
        scopes(&fields)
    };
    assert_eq!(
        asked(json!({})),
        "launch openid fhirUser patient/Patient.r patient/Observation.rs patient/CarePlan.rs patient/Goal.rs \
         patient/CareTeam.rs patient/Condition.rs patient/ServiceRequest.rs patient/EpisodeOfCare.rs \
         patient/Provenance.rs user/Practitioner.rs user/PractitionerRole.rs user/Organization.rs patient/QuestionnaireResponse.rs \
         user/Questionnaire.rs patient/Composition.rs patient/DetectedIssue.rs patient/Communication.rs \
         patient/Encounter.rs patient/MedicationStatement.rs patient/MedicationRequest.rs patient/Medication.r user/HealthcareService.rs \
         patient/DocumentReference.crs patient/Binary.r"
    );
    assert_eq!(
        asked(json!({ "role": "editor", "refresh": "online" })),
        "launch openid fhirUser online_access patient/Patient.r patient/Observation.rs patient/CarePlan.crus \
         patient/Goal.crus patient/CareTeam.crus patient/Condition.rs \
         patient/ServiceRequest.rs patient/EpisodeOfCare.rs \
         patient/Provenance.crs user/Practitioner.rs user/PractitionerRole.rs user/Organization.rs patient/QuestionnaireResponse.rs \
         user/Questionnaire.rs patient/Composition.rs patient/DetectedIssue.rs patient/Communication.rs \
         patient/Encounter.rs patient/MedicationStatement.rs patient/MedicationRequest.rs patient/Medication.r user/HealthcareService.rs \
         patient/DocumentReference.crs patient/Binary.r"
    );
    assert_eq!(
        asked(json!({ "scopeSyntax": "v1", "refresh": "offline" })),
        "launch openid fhirUser offline_access patient/Patient.read patient/Observation.read \
         patient/CarePlan.read patient/Goal.read patient/CareTeam.read patient/Condition.read patient/ServiceRequest.read \
         patient/EpisodeOfCare.read patient/Provenance.read user/Practitioner.read user/PractitionerRole.read \
         user/Organization.read patient/QuestionnaireResponse.read user/Questionnaire.read patient/Composition.read \
         patient/DetectedIssue.read patient/Communication.read patient/Encounter.read \
         patient/MedicationStatement.read patient/MedicationRequest.read patient/Medication.read user/HealthcareService.read \
         patient/DocumentReference.read patient/DocumentReference.write patient/Binary.read"
    );
    assert!(asked(json!({ "audit": true })).ends_with(" patient/AuditEvent.c"));
    let source = json!({ "id": "a", "name": "A", "fhirBase": "https://a.example", "token": "launch" });
    assert!(asked(json!({ "sources": [source] })).contains(" patient/Patient.rs "));
    assert!(
        asked(json!({ "scopeSyntax": "v1", "role": "editor" }))
            .contains("patient/CarePlan.read patient/CarePlan.write")
    );
    assert_eq!(scopes(&json!({})), "launch patient/Observation.rs");
}

#[test]
fn s1_an_issuer_matches_exactly_but_for_one_trailing_slash() {
    let check = |iss: &str, known: bool| {
        let config = HostConfig::parse(valid().to_string().as_bytes()).unwrap();
        assert_eq!(config.host_for(iss).is_some(), known, "{iss}");
    };
    check("https://ehr.example/fhir", true);
    check("https://ehr.example/fhir/", true);
    check("https://ehr.example/fhir//", false);
    check("https://ehr.example/FHIR", false);
    check("https://ehr.example/fhir2", false);
    check("https://ehr.example/fhir?x=1", false);
    check("http://ehr.example/fhir", false);
    check("https://ehr.example.evil.example/fhir", false);
    check("https://ehr.example@evil.example/fhir", false);
    check("", false);
}

#[test]
fn a_wrong_field_is_named() {
    let check = |fields: Value, field: &str| {
        let error = with(&fields).unwrap_err();
        assert_eq!(error.field, format!("hosts[0].{field}"), "{error}");
    };
    check(json!({ "name": "" }), "name");
    check(json!({ "iss": null }), "iss");
    check(json!({ "iss": "ehr.example/fhir" }), "iss");
    check(json!({ "iss": "javascript:alert(1)" }), "iss");
    check(json!({ "iss": "https://ehr.example/fhir?a=b" }), "iss");
    check(json!({ "clientId": 7 }), "clientId");
    check(json!({ "scopes": "launch" }), "scopes");
    check(json!({ "scopes": [] }), "scopes");
    check(json!({ "scopes": ["launch", 1] }), "scopes");
    check(json!({ "role": "editor" }), "role");
    check(json!({ "refresh": "online" }), "refresh");
    check(json!({ "scopes": null, "role": "nurse" }), "role");
    check(json!({ "scopes": null, "scopeSyntax": "v3" }), "scopeSyntax");
    check(json!({ "standalone": "yes" }), "standalone");
    check(json!({ "history": 1 }), "history");
    check(json!({ "audit": 1 }), "audit");
    check(json!({ "sources": {} }), "sources");
    check(json!({ "sources": [3] }), "sources[0]");
    check(json!({ "patientPath": "patient" }), "patientPath");
    check(json!({ "pagesize": 10 }), "pagesize");
    check(json!({ "headers": [] }), "headers");
    check(json!({ "headers": { "X-Key": 1 } }), "headers.X-Key");
    check(json!({ "headers": { "X-Key": "a\nb" } }), "headers.X-Key");
    check(json!({ "headers": { "X Key": "a" } }), "headers.X Key");
    check(
        json!({ "headers": { "authorization": "a" } }),
        "headers.authorization",
    );
    check(json!({ "discovery": { "wellKnown": 0 } }), "discovery.wellKnown");
    check(
        json!({ "discovery": { "wellknown": true } }),
        "discovery.wellknown",
    );
    check(
        json!({ "discovery": { "wellKnown": false, "capability": false } }),
        "endpoints",
    );
    check(json!({ "endpoints": { "authorize": "/a" } }), "endpoints.token");
    check(
        json!({ "endpoints": { "authorize": "ftp://h/a", "token": "/t" } }),
        "endpoints.authorize",
    );
    check(
        json!({ "endpoints": { "authorize": "/a", "token": "/t", "jwks": "x:" } }),
        "endpoints.jwks",
    );
    check(json!({ "planService": [] }), "planService");
    check(json!({ "planService": { "type": "nhn" } }), "planService.url");
    check(
        json!({ "planService": { "type": "soap", "url": "https://h" } }),
        "planService.type",
    );
    check(
        json!({ "planService": { "url": "https://h/?a=b" } }),
        "planService.url",
    );
    check(json!({ "search": [] }), "search");
    check(json!({ "search": { "lastn": "yes" } }), "search.lastn");
    check(json!({ "search": { "pageSize": 0 } }), "search.pageSize");
    check(json!({ "search": { "pageSize": 10_001 } }), "search.pageSize");
    check(json!({ "search": { "parallel": -1 } }), "search.parallel");
    check(
        json!({ "search": { "dateParameter": "date&x" } }),
        "search.dateParameter",
    );
    check(json!({ "search": { "pagesize": 10 } }), "search.pagesize");
}

#[test]
fn a_file_that_is_not_a_host_list_is_refused() {
    let field = |text: &str| HostConfig::parse(text.as_bytes()).unwrap_err().field;
    assert_eq!(field("<html>"), "(file)");
    assert_eq!(field("[]"), "hosts");
    assert_eq!(field(r#"{"hosts": {}}"#), "hosts");
    assert_eq!(field(r#"{"hosts": [3]}"#), "hosts[0]");
}

#[test]
fn an_issuer_is_configured_once() {
    let mut file = valid();
    let mut twin = file["hosts"][0].clone();
    twin["iss"] = json!("https://ehr.example/fhir/");
    file["hosts"].as_array_mut().unwrap().push(twin);
    assert_eq!(
        HostConfig::parse(file.to_string().as_bytes()).unwrap_err().field,
        "hosts[1].iss"
    );
}
