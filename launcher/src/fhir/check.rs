//! The content of what is written: JSON of the right type that R4 can read. Says nothing about who may write.

use fhir_model::r4b::resources::Resource;
use serde_json::Value;

use super::outcome::Refusal;

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
    match serde_json::from_str::<Resource>(body) {
        Ok(_) => Ok(value),
        Err(error) => Err(Refusal::unprocessable(format!("not a valid {rtype}: {error}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_and_foreign_content_is_refused_by_kind() {
        for (body, status) in [
            ("{", 400),
            ("[]", 400),
            ("{}", 400),
            (r#"{"resourceType":"Patient"}"#, 400),
            (r#"{"resourceType":"Goal"}"#, 422),
            (
                r#"{"resourceType":"Goal","lifecycleStatus":"nonsense","description":{},"subject":{}}"#,
                422,
            ),
        ] {
            assert_eq!(check_content("Goal", body).unwrap_err().status, status, "{body}");
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
