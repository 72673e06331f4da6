//! Who writes in the plan, where they work, and who has followed the patient up when.

use serde_json::json;

use crate::resource::{organization, practitioner, reference};
use crate::script::Script;
use crate::written_plan::Writer;

pub(super) const HOSPITAL: (&str, &str) = ("hospital", "Prøvevik sykehus");
pub(super) const SERVICE: (&str, &str) = ("service", "Oppfølgingstjenesten i Prøvevik kommune");
pub(super) const SURGERY: (&str, &str) = ("surgery", "Prøvevik legesenter");

pub(super) const SPECIALIST: Writer = Writer {
    id: "specialist",
    name: "Sol Legesen",
    role: "Lungespesialist",
    organization: HOSPITAL,
};
pub(super) const NURSE: Writer = Writer {
    id: "nurse",
    name: "Odd Sykepleiersen",
    role: "Sykepleier",
    organization: SERVICE,
};
pub(super) const GP: Writer = Writer {
    id: "gp",
    name: "Gro Fastlegesen",
    role: "Fastlege",
    organization: SURGERY,
};
/// A contact only.
pub(super) const SUCCESSOR: Writer = Writer {
    id: "successor",
    name: "Tor Lungesen",
    role: "Lungespesialist",
    organization: HOSPITAL,
};

/// In the hospital's hands for its first ten days, then in the municipality's.
const HANDED_OVER: i32 = 330;

pub(super) fn add(script: &mut Script) {
    let id = script.id;
    for ((name, title), phone) in [
        (HOSPITAL, "+47 99 00 00 02"),
        (SERVICE, "+47 99 00 00 01"),
        (SURGERY, "+47 99 00 00 05"),
        (("night", "Legevakten i Prøvevik"), "116117"),
    ] {
        script.resource(organization(&format!("{id}-{name}"), title, phone));
    }
    for (writer, phone) in [
        (SPECIALIST, "+47 99 00 00 03"),
        (NURSE, "+47 99 00 00 04"),
        (GP, "+47 99 00 00 06"),
        (SUCCESSOR, "+47 99 00 00 07"),
    ] {
        let (given, family) = writer.name.split_once(' ').unwrap_or_default();
        script.resource(practitioner(&format!("{id}-{}", writer.id), given, family, phone));
        script.resource(json!({
            "resourceType": "PractitionerRole",
            "id": format!("{id}-role-{}", writer.id),
            "active": true,
            "practitioner": writer.reference(id),
            "organization": reference(&format!("Organization/{id}-{}", writer.organization.0)),
            "code": [{ "text": writer.role }],
        }));
    }
    for (name, status, (organization, _), from, to) in [
        ("first", "finished", HOSPITAL, 340, Some(HANDED_OVER)),
        ("episode", "active", SERVICE, HANDED_OVER, None),
    ] {
        let mut period = json!({ "start": script.calendar.day(from).to_string() });
        if let Some(to) = to {
            period["end"] = json!(script.calendar.day(to).to_string());
        }
        script.resource(json!({
            "resourceType": "EpisodeOfCare",
            "id": format!("{id}-{name}"),
            "status": status,
            "type": [{ "text": "Digital hjemmeoppfølging" }],
            "patient": reference(&format!("Patient/{id}")),
            "managingOrganization": reference(&format!("Organization/{id}-{organization}")),
            "period": period,
        }));
    }
}
