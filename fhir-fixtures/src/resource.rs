//! Small builders of FHIR JSON that all resources share. Holds no readings and no plans.

use serde_json::{Value, json};

pub(crate) const LOINC: &str = "http://loinc.org";
pub(crate) const SNOMED: &str = "http://snomed.info/sct";
pub(crate) const UCUM: &str = "http://unitsofmeasure.org";
pub(crate) const INTERPRETATION: &str = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";

/// `meta.source` of the simulated journal, of the home monitoring service and of a municipal journal.
pub(crate) const JOURNAL: &str = "https://journal.example/fhir";
pub(crate) const HOME_MONITORING: &str = "https://hjemmemaaling.example/fhir";
pub(crate) const MUNICIPALITY: &str = "https://kommune.example/fhir";

/// A JSON number with the digits of `text` (decimal point; no digits that a double would lose).
pub(crate) fn number(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or(Value::Null)
}

/// `value` divided by ten to the power of `decimals`, without zeros at the end: `(840, 1)` is "84".
pub(crate) fn decimal(value: i64, decimals: u32) -> String {
    let one = 10_i64.pow(decimals);
    let (whole, part) = (value / one, (value % one).abs());
    let digits = format!("{part:0width$}", width = decimals as usize);
    let digits = digits.trim_end_matches('0');
    if decimals == 0 || digits.is_empty() {
        whole.to_string()
    } else {
        format!("{whole}.{digits}")
    }
}

pub(crate) fn coding(system: &str, code: &str) -> Value {
    json!({ "system": system, "code": code })
}

/// A CodeableConcept with one coding and a text.
pub(crate) fn concept(system: &str, code: &str, text: &str) -> Value {
    json!({ "coding": [coding(system, code)], "text": text })
}

/// A Quantity in a UCUM unit.
pub(crate) fn quantity(value: &str, unit: &str) -> Value {
    json!({ "value": number(value), "unit": unit_text(unit), "system": UCUM, "code": unit })
}

/// The unit in print, for units whose UCUM code is not for people.
fn unit_text(code: &str) -> &str {
    match code {
        "mm[Hg]" => "mmHg",
        "Cel" => "°C",
        "[degF]" => "°F",
        "[lb_av]" => "lb",
        "{score}" => "poeng",
        "/d" => "skritt/døgn",
        other => other,
    }
}

pub(crate) fn reference(to: &str) -> Value {
    json!({ "reference": to })
}

/// A Device of the patient. `kind` is its `type` in words.
pub(crate) fn device(id: &str, patient: &str, kind: &str, name: &str) -> Value {
    json!({
        "resourceType": "Device",
        "id": id,
        "meta": { "source": HOME_MONITORING },
        "status": "active",
        "deviceName": [{ "name": name, "type": "user-friendly-name" }],
        "type": { "text": kind },
        "patient": reference(&format!("Patient/{patient}")),
    })
}

pub(crate) fn organization(id: &str, name: &str, phone: &str) -> Value {
    json!({
        "resourceType": "Organization",
        "id": id,
        "active": true,
        "name": name,
        "telecom": [{ "system": "phone", "value": phone, "use": "work" }],
    })
}

pub(crate) fn practitioner(id: &str, given: &str, family: &str, phone: &str) -> Value {
    json!({
        "resourceType": "Practitioner",
        "id": id,
        "active": true,
        "name": [{ "family": family, "given": [given] }],
        "telecom": [{ "system": "phone", "value": phone, "use": "work" }],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_lose_zeros_at_the_end() {
        let check = |value, decimals, text: &str| assert_eq!(decimal(value, decimals), text);
        check(842, 1, "84.2");
        check(840, 1, "84");
        check(112, 2, "1.12");
        check(110, 2, "1.1");
        check(105, 2, "1.05");
        check(0, 0, "0");
        check(90, 0, "90");
    }
}
