//! Observations as the script of a case writes them, field by field. Holds no expectations.

use serde_json::{Value, json};

use crate::calendar::Moment;
use crate::limits::{Limit, reference_ranges};
use crate::parameter::Parameter;
use crate::resource::{HOME_MONITORING, INTERPRETATION, LOINC, concept, number, quantity, reference};

/// System of the home monitoring service's own numbers for readings.
pub(crate) const READING_NUMBER: &str = "https://hjemmemaaling.example/id/reading";

/// An Observation under construction, and what its author knows beside the JSON.
#[derive(Debug, Clone)]
pub(crate) struct Observation {
    pub(crate) id: String,
    /// Name of the parameter that it is meant to be listed under.
    pub(crate) parameter: String,
    pub(crate) unit: String,
    pub(crate) when: Moment,
    pub(crate) json: Value,
}

impl Observation {
    /// A final reading of the patient with neither value nor limits yet.
    pub(crate) fn new(id: &str, patient: &str, parameter: &Parameter, when: &Moment) -> Self {
        let json = json!({
            "resourceType": "Observation",
            "id": id,
            "meta": { "source": HOME_MONITORING },
            "identifier": [{ "system": READING_NUMBER, "value": id }],
            "status": "final",
            "category": [{ "coding": [{
                "system": "http://terminology.hl7.org/CodeSystem/observation-category",
                "code": parameter.category,
            }] }],
            "code": {
                "coding": [{ "system": LOINC, "code": parameter.loinc, "display": parameter.display }],
                "text": parameter.text,
            },
            "subject": reference(&format!("Patient/{patient}")),
            "effectiveDateTime": when.text,
        });
        Self {
            id: id.to_owned(),
            parameter: parameter.id.to_owned(),
            unit: parameter.unit.to_owned(),
            when: when.clone(),
            json,
        }
    }

    /// Sets any field, also one that R4 does not know.
    pub(crate) fn set(mut self, field: &str, value: Value) -> Self {
        self.json[field] = value;
        self
    }

    pub(crate) fn without(mut self, field: &str) -> Self {
        if let Some(fields) = self.json.as_object_mut() {
            fields.remove(field);
        }
        self
    }

    /// A value in the unit in which the parameter is shown.
    pub(crate) fn value(self, value: &str) -> Self {
        let unit = self.unit.clone();
        self.value_in(value, &unit)
    }

    /// A value in a UCUM unit.
    pub(crate) fn value_in(self, value: &str, unit: &str) -> Self {
        self.set("valueQuantity", quantity(value, unit))
    }

    /// Limits in the unit in which the parameter is shown.
    pub(crate) fn limits(self, limits: &[Limit]) -> Self {
        let unit = self.unit.clone();
        self.limits_in(limits, &unit)
    }

    /// Limits in a UCUM unit.
    pub(crate) fn limits_in(self, limits: &[Limit], unit: &str) -> Self {
        self.set("referenceRange", reference_ranges(limits, unit))
    }

    /// Systolic and diastolic pressure in mm[Hg], each with its own limits (none where the slice is empty).
    pub(crate) fn pressure(self, systolic: (i64, &[Limit]), diastolic: (i64, &[Limit])) -> Self {
        let component = |code: &str, text: &str, (value, limits): (i64, &[Limit])| {
            let mut component = json!({
                "code": concept(LOINC, code, text),
                "valueQuantity": quantity(&value.to_string(), "mm[Hg]"),
            });
            if !limits.is_empty() {
                component["referenceRange"] = reference_ranges(limits, "mm[Hg]");
            }
            component
        };
        self.set(
            "component",
            json!([
                component("8480-6", "Systolisk", systolic),
                component("8462-4", "Diastolisk", diastolic),
            ]),
        )
    }

    /// The source's own severity (code of HL7's interpretation codes).
    pub(crate) fn interpretation(self, code: &str) -> Self {
        self.set(
            "interpretation",
            json!([{ "coding": [{ "system": INTERPRETATION, "code": code }] }]),
        )
    }

    pub(crate) fn device(self, id: &str) -> Self {
        self.set("device", reference(&format!("Device/{id}")))
    }

    /// Written down by the patient, no apparatus.
    pub(crate) fn manual(self) -> Self {
        let patient = self.json["subject"].clone();
        self.set("performer", json!([patient]))
    }

    pub(crate) fn status(self, status: &str) -> Self {
        self.set("status", json!(status))
    }

    pub(crate) fn source(mut self, source: &str) -> Self {
        self.json["meta"]["source"] = json!(source);
        self
    }

    pub(crate) fn code(self, system: &str, code: &str, text: &str) -> Self {
        self.set("code", concept(system, code, text))
    }

    pub(crate) fn numbered(self, system: &str, value: &str) -> Self {
        self.set("identifier", json!([{ "system": system, "value": value }]))
    }

    /// A value whose unit is only a text.
    pub(crate) fn value_with_unit_text(self, value: &str, unit: &str) -> Self {
        self.set("valueQuantity", json!({ "value": number(value), "unit": unit }))
    }
}
