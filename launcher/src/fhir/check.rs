//! The content of what is written: JSON of the right type that keeps FHIR's rules for JSON, has what R4 demands
//! and uses its codes. No full validation: invariants and profiles are not looked at.

use jiff::Timestamp;
use serde_json::Value;

use super::check_document::check_document;
use super::dates::Span;
use super::index::at_path;
use super::outcome::Refusal;
use super::types::mandatory_elements;

/// Elements bound to a fixed list of codes, for the types that the module writes.
const CODES: [(&str, &str, &str); 15] = [
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
        "DocumentReference",
        "docStatus",
        "preliminary final amended entered-in-error",
    ),
    ("AuditEvent", "action", "C R U D E"),
    ("AuditEvent", "outcome", "0 4 8 12"),
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
    (
        "CarePlan",
        "activity.detail.status",
        "not-started scheduled in-progress on-hold completed cancelled stopped unknown entered-in-error",
    ),
    (
        "Provenance",
        "entity.role",
        "derivation revision quotation source removal",
    ),
    (
        "ServiceRequest",
        "status",
        "draft active on-hold revoked completed entered-in-error unknown",
    ),
    (
        "ServiceRequest",
        "intent",
        "proposal plan directive order original-order reflex-order filler-order instance-order option",
    ),
];

/// What the parts of a resource must have: the type, the part, and the element that is demanded of it.
const DEMANDED: [(&str, &str, &str); 7] = [
    ("CarePlan", "activity.detail", "status"),
    ("DocumentReference", "content", "attachment"),
    ("AuditEvent", "agent", "requestor"),
    ("AuditEvent", "source", "observer"),
    ("Provenance", "agent", "who"),
    ("Provenance", "entity", "role"),
    ("Provenance", "entity", "what"),
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
    for (_, part, element) in DEMANDED.iter().filter(|(of, ..)| *of == rtype) {
        if at_path(resource, part)
            .iter()
            .any(|part| part.get(element).is_none())
        {
            return Err(format!("{rtype}.{part}.{element} is missing"));
        }
    }
    for (_, element, codes) in CODES.iter().filter(|(of, ..)| *of == rtype) {
        for code in at_path(resource, element) {
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
    let says_what = |target: &&Value| !has_choice(target, "detail") || target.get("measure").is_some();
    if rtype == "Goal" && !at_path(resource, "target").iter().all(says_what) {
        return Err("Goal.target has a detail and no measure".to_owned());
    }
    check_times(rtype, resource)?;
    check_document(rtype, resource)?;
    check_filled(rtype, resource)
}

/// Whether there is an element of the choice: `detailRange` for `detail`.
fn has_choice(value: &Value, element: &str) -> bool {
    let is_chosen = |name: &String| {
        name.strip_prefix(element)
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()))
    };
    value
        .as_object()
        .is_some_and(|members| members.keys().any(is_chosen))
}

/// Times that the module writes; `recorded` and the date of a document are instants, the others may be dates.
fn check_times(rtype: &str, resource: &Value) -> Result<(), String> {
    for element in [
        "recorded",
        "date",
        "context.period.start",
        "context.period.end",
        "created",
        "startDate",
        "authoredOn",
        "period.start",
        "period.end",
    ] {
        for time in at_path(resource, element) {
            let is_time = time.as_str().is_some_and(|text| match element {
                "recorded" => text.parse::<Timestamp>().is_ok(),
                "date" if rtype == "DocumentReference" => text.parse::<Timestamp>().is_ok(),
                _ => Span::parse(text).is_some(),
            });
            if !is_time {
                return Err(format!("{rtype}.{element} cannot be {time}"));
            }
        }
    }
    Ok(())
}

/// A text of FHIR has no control characters but tab and the ends of lines.
fn is_text(text: &str) -> bool {
    !text.chars().any(|c| c < ' ' && !matches!(c, '\t' | '\r' | '\n'))
}

/// FHIR has no empty values; `null` only keeps places in a list.
fn check_filled(path: &str, value: &Value) -> Result<(), String> {
    match value {
        Value::Null => Err(format!("{path} is null")),
        Value::String(text) if text.is_empty() => Err(format!("{path} is empty")),
        Value::String(text) if !is_text(text) => Err(format!("{path} has a control character")),
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
mod tests;
