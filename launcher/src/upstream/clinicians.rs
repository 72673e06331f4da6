//! The journal's clinicians, who are not known to the server behind: answered for it, and named to it. Sends
//! nothing.

use serde_json::{Value, json};

use crate::auth::users;
use crate::fhir::outcome::Refusal;
use crate::fhir::raw::{quoted, rewrite_references};

/// The journal's clinicians are not known to the server behind.
pub(super) fn own_resource(rtype: &str, id: &str) -> Option<String> {
    let is = |resource: &&Value| resource["resourceType"] == rtype && resource["id"] == id;
    users::resources().iter().find(is).map(Value::to_string)
}

/// A server may refuse to be referred to somebody it does not know: the journal's clinicians are named to it by
/// an identifier, their names beside it stay.
pub(super) fn with_clinicians_named(base: &str, body: &str) -> Result<String, Refusal> {
    let instead = |reference: &str| {
        let local = reference
            .strip_prefix(base)
            .unwrap_or(reference)
            .trim_start_matches('/');
        let (rtype, id) = local.split_once('/')?;
        own_resource(rtype, id)?;
        let identifier = json!({ "system": base, "value": local }).to_string();
        Some(vec![("type", quoted(rtype)), ("identifier", identifier)])
    };
    rewrite_references(body, &instead).map_err(|error| Refusal::invalid(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_to_a_clinician_of_the_journal_becomes_an_identifier_and_no_other_does() {
        let base = "http://127.0.0.1:8480/fhir";
        let body = json!({ "agent": [
            { "who": { "reference": "Practitioner/lege-berg", "display": "Ingrid Berg" } },
            { "who": { "reference": format!("{base}/Practitioner/lege-berg") } },
            { "who": { "reference": "Practitioner/someone" } },
            { "who": { "reference": "https://elsewhere.example/Practitioner/lege-berg" } },
        ]});
        let named = with_clinicians_named(base, &body.to_string()).unwrap();
        let named: Value = serde_json::from_str(&named).unwrap();
        let identifier = json!({ "system": base, "value": "Practitioner/lege-berg" });
        assert_eq!(
            named["agent"][0]["who"],
            json!({ "type": "Practitioner", "identifier": identifier, "display": "Ingrid Berg" })
        );
        assert_eq!(named["agent"][1]["who"]["identifier"], identifier);
        assert_eq!(named["agent"][2], body["agent"][2]);
        assert_eq!(named["agent"][3], body["agent"][3]);
    }
}
