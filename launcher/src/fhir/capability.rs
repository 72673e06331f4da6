//! The CapabilityStatement: what this server can do, said from the same tables that do it.

use serde_json::{Value, json};

use super::parameters::{IDENTIFIER, Kind, SEARCHED, SearchParam, search_params};

pub(crate) fn statement(base: &str) -> String {
    let origin = base.trim_end_matches("/fhir");
    let endpoint = |name: &str| json!({"url": name, "valueUri": format!("{origin}/auth/{name}")});
    let resources: Vec<Value> = SEARCHED.iter().map(|rtype| resource(rtype)).collect();
    json!({
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": "2026-11-22",
        "kind": "instance",
        "implementation": { "description": "Simulated journal with synthetic patients", "url": base },
        "fhirVersion": "4.0.1",
        "format": ["json"],
        "rest": [{
            "mode": "server",
            "security": {
                "cors": true,
                "service": [{ "coding": [{
                    "system": "http://terminology.hl7.org/CodeSystem/restful-security-service",
                    "code": "SMART-on-FHIR",
                }] }],
                "extension": [{
                    "url": "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris",
                    "extension": [endpoint("authorize"), endpoint("token")],
                }],
            },
            "resource": resources,
            "interaction": [{ "code": "transaction" }, { "code": "batch" }],
        }],
    })
    .to_string()
}

fn resource(rtype: &str) -> Value {
    let mut params = vec![
        json!({"name": "_id", "type": "token"}),
        json!({"name": "_lastUpdated", "type": "date"}),
    ];
    if rtype != "Patient" {
        params.push(json!({"name": "patient", "type": "reference"}));
    }
    params.extend(search_params(rtype).iter().chain([&IDENTIFIER]).map(|param| {
        let kind = match param.kind {
            Kind::Date => "date",
            Kind::Reference => "reference",
            Kind::Token => "token",
            Kind::Canonical => "reference",
        };
        json!({"name": param.name, "type": kind})
    }));
    let includes: Vec<String> = search_params(rtype)
        .iter()
        .filter(|param| param.kind == Kind::Reference)
        .map(|SearchParam { name, .. }| format!("{rtype}:{name}"))
        .collect();
    let interactions: Vec<Value> = [
        "read",
        "vread",
        "update",
        "history-instance",
        "create",
        "search-type",
    ]
    .iter()
    .map(|code| json!({"code": code}))
    .collect();
    let mut resource = json!({
        "type": rtype,
        "interaction": interactions,
        "versioning": "versioned-update",
        "readHistory": true,
        "updateCreate": false,
        "conditionalCreate": true,
        "searchParam": params,
    });
    if let Some(members) = resource.as_object_mut() {
        if !includes.is_empty() {
            members.insert("searchInclude".to_owned(), json!(includes));
        }
        if rtype == "CarePlan" {
            let reverse = ["CarePlan:part-of", "CarePlan:replaces", "Provenance:target"];
            members.insert("searchRevInclude".to_owned(), json!(reverse));
        }
        if rtype == "Observation" {
            let definition = "http://hl7.org/fhir/OperationDefinition/Observation-lastn";
            members.insert(
                "operation".to_owned(),
                json!([{ "name": "lastn", "definition": definition }]),
            );
        }
    }
    resource
}
