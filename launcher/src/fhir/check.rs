//! The content of what is written: JSON of the right type that keeps FHIR's rules for JSON, has what R4 demands
//! and uses its codes. No full validation: invariants and profiles are not looked at.

use serde_json::Value;

use super::outcome::Refusal;
use super::types::mandatory_elements;

/// Elements bound to a fixed list of codes, for the types that the module writes.
const CODES: [(&str, &str, &str); 8] = [
    (
        "CarePlan",
        "status",
        "draft active on-hold revoked completed entered-in-error unknown",
    ),
    ("CarePlan", "intent", "proposal plan order option"),
    (
        "Goal",
        "lifecycleStatus",
        "proposed planned accepted active on-hold completed cancelled entered-in-error rejected",
    ),
    (
        "CareTeam",
        "status",
        "proposed active suspended inactive entered-in-error",
    ),
    (
        "Observation",
        "status",
        "registered preliminary final amended corrected cancelled entered-in-error unknown",
    ),
    (
        "DocumentReference",
        "status",
        "current superseded entered-in-error",
    ),
    (
        "Communication",
        "status",
        "preparation in-progress not-done on-hold stopped completed entered-in-error unknown",
    ),
    (
        "Composition",
        "status",
        "preliminary final amended entered-in-error",
    ),
];

/// 400 for what is no JSON object or of another type, 422 for what is no valid resource.
pub(crate) fn check_content(rtype: &str, body: &str) -> Result<Value, Refusal> {
    let value: Value = serde_json::from_str(body)
        .map_err(|error| Refusal::invalid(format!("the body is not JSON: {error}")))?;
    match value.get("resourceType").and_then(Value::as_str) {
        Some(given) if given == rtype => {}
        Some(given) => {
            return Err(Refusal::invalid(format!(
                "a {given} was sent where a {rtype} belongs"
            )));
        }
        None => return Err(Refusal::invalid("the body has no resourceType")),
    }
    check_rules(rtype, &value).map_err(Refusal::unprocessable)?;
    Ok(value)
}

fn check_rules(rtype: &str, resource: &Value) -> Result<(), String> {
    if let Some(missing) = mandatory_elements(rtype)
        .iter()
        .find(|name| resource.get(**name).is_none())
    {
        return Err(format!("{rtype}.{missing} is missing"));
    }
    for (_, element, codes) in CODES.iter().filter(|(of, ..)| *of == rtype) {
        if let Some(code) = resource.get(*element) {
            let known = code
                .as_str()
                .is_some_and(|code| codes.split(' ').any(|known| known == code));
            if !known {
                return Err(format!("{rtype}.{element} cannot be {code}"));
            }
        }
    }
    for element in ["subject", "patient"] {
        let is_reference =
            |value: &Value| value.get("reference").is_none_or(Value::is_string) && value.is_object();
        if resource.get(element).is_some_and(|value| !is_reference(value)) {
            return Err(format!("{rtype}.{element} is not a reference"));
        }
    }
    check_filled(rtype, resource)
}

/// FHIR has no empty values; `null` only keeps places in a list.
fn check_filled(path: &str, value: &Value) -> Result<(), String> {
    match value {
        Value::Null => Err(format!("{path} is null")),
        Value::String(text) if text.is_empty() => Err(format!("{path} is empty")),
        Value::Array(items) if items.is_empty() => Err(format!("{path} is empty")),
        Value::Array(items) => items
            .iter()
            .filter(|item| !item.is_null())
            .try_for_each(|item| check_filled(path, item)),
        Value::Object(members) if members.is_empty() => Err(format!("{path} is empty")),
        Value::Object(members) => members
            .iter()
            .try_for_each(|(name, value)| check_filled(&format!("{path}.{name}"), value)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_and_foreign_content_is_refused_by_kind() {
        let goal = |more: &str| {
            format!(
                r#"{{"resourceType":"Goal","lifecycleStatus":"active","description":{{"text":"x"}},{more}}}"#
            )
        };
        for (body, status, named) in [
            ("{", 400, "JSON"),
            ("[]", 400, "resourceType"),
            ("{}", 400, "resourceType"),
            (r#"{"resourceType":"Patient"}"#, 400, "Patient"),
            (r#"{"resourceType":"Goal"}"#, 422, "Goal.lifecycleStatus"),
            (&goal(r#""note":[]"#), 422, "Goal.subject"),
            (&goal(r#""subject":"Patient/p""#), 422, "Goal.subject"),
            (&goal(r#""subject":{"reference":7}"#), 422, "Goal.subject"),
            (
                &goal(r#""subject":{"reference":""}"#),
                422,
                "Goal.subject.reference",
            ),
            (
                &goal(r#""subject":{"display":"x"},"target":[{"dueDate":null}]"#),
                422,
                "Goal.target.dueDate",
            ),
            (
                &goal(r#""subject":{"display":"x"}"#).replace("active", "nonsense"),
                422,
                "nonsense",
            ),
        ] {
            let refusal = check_content("Goal", body).unwrap_err();
            assert_eq!(refusal.status, status, "{body}");
            assert!(refusal.text.contains(named), "{body}: {}", refusal.text);
        }
    }

    #[test]
    fn a_valid_goal_with_an_extension_passes() {
        let body = r#"{"resourceType":"Goal","lifecycleStatus":"active","description":{"text":"x"},
            "subject":{"reference":"Patient/p"},"target":[{"extension":[{"url":"http://x","valueString":"y"}],
            "detailRange":{"low":{"value":88,"unit":"%"}}}]}"#;
        assert!(check_content("Goal", body).is_ok());
    }
}
