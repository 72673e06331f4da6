//! That somebody opened the view, as an AuditEvent for a host that keeps such a log. Reads nothing.

use chart_model::oslo;

use crate::care_plan::Signer;
use crate::json::Json;

/// The AuditEvent of opening a patient's home readings, to be sent by `POST` to `AuditEvent`. `patient` is the id at the
/// server that it is sent to, `opened` the moment in milliseconds since 1970 UTC, `program` what the viewer is called.
pub fn view_opened(patient: &str, by: &Signer, opened: i64, program: &str) -> String {
    let coding = |system: &str, code: &str, display: &str| {
        Json::object([
            ("system", system.into()),
            ("code", code.into()),
            ("display", display.into()),
        ])
    };
    let mut who = Json::Object(Vec::new());
    who.set("reference", by.reference.as_str());
    who.set("display", by.author.name.as_str());
    let mut agent = Json::Object(Vec::new());
    agent.set("who", who);
    agent.set("name", by.author.name.as_str());
    agent.put("requestor", Json::Atom("true".into()));
    let entity = Json::object([
        (
            "what",
            Json::object([("reference", Json::Text(format!("Patient/{patient}")))]),
        ),
        (
            "type",
            coding(
                "http://terminology.hl7.org/CodeSystem/audit-entity-type",
                "1",
                "Person",
            ),
        ),
        (
            "role",
            coding(
                "http://terminology.hl7.org/CodeSystem/object-role",
                "1",
                "Patient",
            ),
        ),
    ]);
    let reason = coding(
        "http://terminology.hl7.org/CodeSystem/v3-ActReason",
        "TREAT",
        "treatment",
    );
    let event = Json::object([
        ("resourceType", "AuditEvent".into()),
        (
            "type",
            coding(
                "http://dicom.nema.org/resources/ontology/DCM",
                "110110",
                "Patient Record",
            ),
        ),
        (
            "subtype",
            Json::list_of(coding("http://hl7.org/fhir/restful-interaction", "read", "read")),
        ),
        ("action", "R".into()),
        ("recorded", Json::Text(oslo::to_fhir(opened))),
        ("outcome", "0".into()),
        (
            "purposeOfEvent",
            Json::list_of(Json::object([("coding", Json::list_of(reason))])),
        ),
        ("agent", Json::list_of(agent)),
        (
            "source",
            Json::object([("observer", Json::object([("display", program.into())]))]),
        ),
        ("entity", Json::list_of(entity)),
    ]);
    event.to_string()
}
