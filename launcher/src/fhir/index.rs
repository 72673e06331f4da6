//! What the search index keeps of a resource: its patient, its date and its codes and references. A value of an
//! unexpected shape is left out of the index; the resource is stored all the same.

use serde_json::Value;

use super::dates::Span;
use super::parameters::{IDENTIFIER, Kind, search_params};

#[derive(Debug)]
pub(crate) struct Index {
    /// The id of the patient whose data this is.
    pub(crate) patient: Option<String>,
    pub(crate) span: Span,
    /// What `$lastn` groups by: first coding as `system|code`, else the text of the code.
    pub(crate) code_key: Option<String>,
    pub(crate) terms: Vec<Term>,
}

/// A searchable value: system and code of a token, or type and id of a reference.
#[derive(Debug, PartialEq)]
pub(crate) struct Term {
    pub(crate) name: &'static str,
    pub(crate) system: String,
    pub(crate) value: String,
}

impl Index {
    pub(crate) fn of(rtype: &str, resource: &Value) -> Self {
        let mut span = None;
        let mut terms = Vec::new();
        for param in search_params(rtype).iter().chain([&IDENTIFIER]) {
            for value in at_path(resource, param.path) {
                let found = match param.kind {
                    Kind::Date => {
                        span = span.or_else(|| span_of(value));
                        continue;
                    }
                    Kind::Reference => reference_of(value).into_iter().collect(),
                    Kind::Token => tokens_of(value),
                    Kind::Canonical => value.as_str().map(canonical).into_iter().collect(),
                };
                terms.extend(found.into_iter().map(|(system, value)| Term {
                    name: param.name,
                    system,
                    value,
                }));
            }
        }
        Self {
            patient: patient_of(rtype, resource),
            span: span.unwrap_or(Span::UNDATED),
            code_key: if rtype == "Observation" {
                code_key(resource)
            } else {
                None
            },
            terms,
        }
    }
}

/// The compartment: the patient that the resource is about.
pub(crate) fn patient_of(rtype: &str, resource: &Value) -> Option<String> {
    if rtype == "Patient" {
        return resource.get("id").and_then(Value::as_str).map(str::to_owned);
    }
    let path = match rtype {
        "Provenance" => "target",
        "AuditEvent" => "entity.what",
        "Binary" => "securityContext",
        _ => "subject|patient|for|beneficiary",
    };
    at_path(resource, path)
        .into_iter()
        .filter_map(reference_of)
        .find(|(target, _)| target == "Patient")
        .map(|(_, id)| id)
}

/// The values at one or several member paths parted by `|`; lists are entered by themselves.
pub(crate) fn at_path<'v>(resource: &'v Value, paths: &str) -> Vec<&'v Value> {
    let mut found = Vec::new();
    for path in paths.split('|') {
        let mut level = vec![resource];
        for member in path.split('.') {
            level = level
                .into_iter()
                .filter_map(|value| value.get(member))
                .flat_map(items)
                .collect();
        }
        found.extend(level);
    }
    found
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    let (list, single) = match value {
        Value::Array(list) => (list.as_slice(), None),
        other => (&[][..], Some(other)),
    };
    list.iter().chain(single)
}

fn span_of(value: &Value) -> Option<Span> {
    if let Some(text) = value.as_str() {
        return Span::parse(text);
    }
    let bound = |name| value.get(name).and_then(Value::as_str).and_then(Span::parse);
    let (start, end) = (bound("start"), bound("end"));
    if start.is_none() && end.is_none() {
        return None;
    }
    Some(Span {
        start: start.map_or(Span::FOREVER.start, |span| span.start),
        end: end.map_or(Span::FOREVER.end, |span| span.end),
    })
}

fn tokens_of(value: &Value) -> Vec<(String, String)> {
    let text = |value: &Value, name| {
        value
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    match value {
        Value::String(code) => vec![(String::new(), code.clone())],
        Value::Bool(flag) => vec![(String::new(), flag.to_string())],
        Value::Object(members) => match members.get("coding") {
            Some(codings) => items(codings)
                .map(|c| (text(c, "system"), text(c, "code")))
                .collect(),
            None if members.contains_key("code") => vec![(text(value, "system"), text(value, "code"))],
            None if members.contains_key("value") => vec![(text(value, "system"), text(value, "value"))],
            None => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// Version and address of `https://server/Questionnaire/1|2.0`; the version is empty where there is none.
fn canonical(text: &str) -> (String, String) {
    let (address, version) = text.split_once('|').unwrap_or((text, ""));
    (version.to_owned(), address.to_owned())
}

fn reference_of(value: &Value) -> Option<(String, String)> {
    split_reference(value.get("reference")?.as_str()?)
}

/// Type and id of `Patient/1`, `https://server/fhir/Patient/1` or either with `/_history/2`.
pub(crate) fn split_reference(reference: &str) -> Option<(String, String)> {
    let unversioned = reference.split("/_history/").next().unwrap_or(reference);
    let mut parts = unversioned.rsplit('/');
    let (id, rtype) = (parts.next()?, parts.next()?);
    let is_type = rtype.starts_with(|c: char| c.is_ascii_uppercase());
    (is_type && !id.is_empty()).then(|| (rtype.to_owned(), id.to_owned()))
}

fn code_key(resource: &Value) -> Option<String> {
    let code = resource.get("code")?;
    let coded = at_path(code, "coding").into_iter().find_map(|coding| {
        let value = coding.get("code")?.as_str()?;
        let system = coding.get("system").and_then(Value::as_str).unwrap_or_default();
        Some(format!("{system}|{value}"))
    });
    coded.or_else(|| code.get("text")?.as_str().map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_observation_is_found_by_code_patient_and_day() {
        let index = Index::of(
            "Observation",
            &json!({
                "status": "final",
                "code": { "coding": [{ "system": "http://loinc.org", "code": "2708-6" }, { "code": "x" }] },
                "subject": { "reference": "https://h/fhir/Patient/p1/_history/3" },
                "effectiveDateTime": "2026-10-20",
            }),
        );
        assert_eq!(index.patient.as_deref(), Some("p1"));
        assert_eq!(index.code_key.as_deref(), Some("http://loinc.org|2708-6"));
        assert_eq!(Some(index.span), Span::parse("2026-10-20"));
        let codes: Vec<_> = index
            .terms
            .iter()
            .filter(|t| t.name == "code")
            .map(|t| t.value.as_str())
            .collect();
        assert_eq!(codes, ["2708-6", "x"]);
    }

    #[test]
    fn an_open_period_reaches_on() {
        let index = Index::of("CarePlan", &json!({ "period": { "start": "2026-01-01" } }));
        assert_eq!(index.span.end, i64::MAX);
        assert!(index.span.start > 0);
    }

    #[test]
    fn a_provenance_belongs_to_the_patient_among_its_targets() {
        let target = json!([{ "reference": "CarePlan/c" }, { "reference": "Patient/p" }]);
        assert_eq!(
            patient_of("Provenance", &json!({ "target": target })).as_deref(),
            Some("p")
        );
        let plan_only = json!({ "target": [{ "reference": "CarePlan/c" }] });
        assert_eq!(patient_of("Provenance", &plan_only), None);
    }

    #[test]
    fn values_of_a_wrong_shape_are_left_out() {
        let odd =
            json!({ "status": 3, "code": [null, "x"], "subject": "Patient/1", "effectiveDateTime": {} });
        let index = Index::of("Observation", &odd);
        assert_eq!(
            (index.patient, index.span, index.code_key),
            (None, Span::UNDATED, None)
        );
    }
}
