//! A user's own choices in the server of the launch: SMART App Launch 2.2, capability `smart-app-state`, a Basic for each
//! user. The choices are a text that means nothing here; no health data may be in it.
//!
//! The subject is the user by an absolute address at the launch server. Choices of several roles stand beside each other,
//! an extension for each, and what others have put there stays.

use crate::bundle;
use crate::care_plan::Request;
use crate::error::PageError;
use crate::json::Json;
use crate::query::encode;

/// System and code of what the viewer keeps.
pub const STATE_CODE: (&str, &str) = ("https://dho-viewer.example", "preferences");
/// What the address of an extension begins with; the role follows.
const ROLE: &str = "https://dho-viewer.example/fhir/StructureDefinition/preferences/";
/// The most that is kept of one role, bytes; the standard allows 256 kB for all.
const MOST: usize = 32_768;

/// What the server keeps of a user.
#[derive(Clone, Debug, PartialEq)]
pub struct AppState {
    json: Json,
}

impl AppState {
    /// The choices in a role; `None` if nothing is kept. Any text may be in it: read it with care.
    pub fn text(&self, role: &str) -> Option<&str> {
        let mut extensions = self.json.get("extension").items().iter();
        let of_role = extensions.find(|extension| extension.text("url").strip_prefix(ROLE) == Some(role))?;
        of_role
            .get("valueString")
            .as_str()
            .filter(|text| text.len() <= MOST)
    }
}

/// The address at which the choices of a user are found. `user` is `https://…/Practitioner/7`; `base` is the FHIR base, or
/// that of the associated endpoint which has the capability.
pub fn state_search(base: &str, user: &str) -> String {
    let (system, code) = STATE_CODE;
    let code = encode(&format!("{system}|{code}"), ":/");
    let base = base.trim_end_matches('/');
    format!("{base}/Basic?code={code}&subject={}", encode(user, ":/"))
}

/// Reads the answer to that search. Of several the first that is this user's counts; `None` if there is none.
///
/// # Errors
/// [`PageError`] if the answer is no Bundle.
pub fn read_state(page: &[u8], user: &str) -> Result<Option<AppState>, PageError> {
    let (system, code) = STATE_CODE;
    let resources = bundle::resources(page, &mut Vec::new())?;
    let mut states = resources.iter().filter_map(|sent| Json::parse(sent.json));
    let is_it = |json: &Json| {
        let coding = json.get("code").first("coding");
        json.text("resourceType") == "Basic"
            && (coding.text("system"), coding.text("code")) == (system, code)
            && is_user(json.get("subject").text("reference"), user)
    };
    Ok(states.find(is_it).map(|json| AppState { json }))
}

/// Some servers shorten their own addresses.
fn is_user(reference: &str, user: &str) -> bool {
    let is_tail = || {
        user.strip_suffix(reference)
            .is_some_and(|base| base.ends_with('/'))
    };
    !reference.is_empty() && (reference == user || (reference.contains('/') && is_tail()))
}

/// The request that keeps the choices of a role, beside those of other roles; with `None` for the text it forgets them.
/// `None` if there is nothing to do, the text is too long, or the server gave no version of what it keeps.
pub fn write_state(there: Option<&AppState>, user: &str, role: &str, text: Option<&str>) -> Option<Request> {
    if text.is_some_and(|text| text.len() > MOST || text.is_empty()) {
        return None;
    }
    let (system, code) = STATE_CODE;
    let mut json = match there {
        Some(there) if there.text(role) == text => return None,
        Some(there) => there.json.clone(),
        None => {
            text?;
            let coding = Json::object([("system", system.into()), ("code", code.into())]);
            Json::object([
                ("resourceType", "Basic".into()),
                ("code", Json::object([("coding", Json::list_of(coding))])),
                ("subject", Json::object([("reference", user.into())])),
            ])
        }
    };
    let url = format!("{ROLE}{role}");
    json.edit_items("extension", |extensions| {
        extensions.retain(|extension| extension.text("url") != url);
        if let Some(text) = text {
            extensions.push(Json::object([
                ("url", Json::Text(url)),
                ("valueString", text.into()),
            ]));
        }
    });
    let Some(there) = there else {
        return Some(Request {
            method: "POST",
            path: "Basic".to_owned(),
            if_match: None,
            body: json.to_string(),
        });
    };
    let (id, version) = (there.json.text("id"), there.json.get("meta").text("versionId"));
    if id.is_empty() || version.is_empty() {
        return None;
    }
    // Without choices there is nothing to keep.
    let is_empty = json.field("extension").is_none();
    Some(Request {
        method: if is_empty { "DELETE" } else { "PUT" },
        path: format!("Basic/{}", encode(id, "")),
        if_match: Some(format!("W/\"{version}\"")),
        body: if is_empty { String::new() } else { json.to_string() },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const USER: &str = "https://h.example/fhir/Practitioner/7";

    fn page(subject: &str, code: &str, extension: &str) -> String {
        format!(
            r#"{{"resourceType":"Bundle","entry":[{{"resource":{{"resourceType":"Basic","id":"1","meta":{{"versionId":"a"}},
            "code":{{"coding":[{{"system":"https://dho-viewer.example","code":"{code}"}}]}},
            "subject":{{"reference":"{subject}"}},"extension":[{extension}]}}}}]}}"#
        )
    }

    fn of_role(role: &str, text: &str) -> String {
        format!(r#"{{"url":"{ROLE}{role}","valueString":"{text}"}}"#)
    }

    #[test]
    fn choices_are_those_of_this_user_and_role() {
        for (subject, code, expected) in [
            (USER, "preferences", Some("x")),
            ("Practitioner/7", "preferences", Some("x")),
            ("https://h.example/fhir/Practitioner/8", "preferences", None),
            ("7", "preferences", None),
            ("", "preferences", None),
            (USER, "other", None),
        ] {
            let page = page(subject, code, &of_role("gp", "x"));
            let state = read_state(page.as_bytes(), USER).unwrap();
            assert_eq!(
                state.as_ref().and_then(|state| state.text("gp")),
                expected,
                "{subject} {code}"
            );
            assert_eq!(state.as_ref().and_then(|state| state.text("hospital")), None);
        }
        assert!(read_state(b"<html>", USER).is_err());
    }

    #[test]
    fn the_first_time_it_is_created_and_then_changed_with_the_version_that_was_read() {
        let new = write_state(None, USER, "gp", Some("{\"days\":30}")).unwrap();
        assert_eq!((new.method, &*new.path, &new.if_match), ("POST", "Basic", &None));
        assert_eq!(
            new.body,
            r#"{"resourceType":"Basic","code":{"coding":[{"system":"https://dho-viewer.example","code":"preferences"}]},"subject":{"reference":"https://h.example/fhir/Practitioner/7"},"extension":[{"url":"https://dho-viewer.example/fhir/StructureDefinition/preferences/gp","valueString":"{\"days\":30}"}]}"#
        );
        let both = format!("{},{}", of_role("gp", "x"), of_role("hospital", "y"));
        let state = read_state(page(USER, "preferences", &both).as_bytes(), USER)
            .unwrap()
            .unwrap();
        let changed = write_state(Some(&state), USER, "gp", Some("z")).unwrap();
        assert_eq!((changed.method, &*changed.path), ("PUT", "Basic/1"));
        assert_eq!(changed.if_match.as_deref(), Some("W/\"a\""));
        assert!(
            changed.body.contains(&of_role("gp", "z")) && changed.body.contains(&of_role("hospital", "y"))
        );
        let forgotten = write_state(Some(&state), USER, "gp", None).unwrap();
        assert_eq!(forgotten.method, "PUT");
        assert!(!forgotten.body.contains("/gp"));
    }

    #[test]
    fn what_is_as_it_was_too_long_or_without_a_version_is_not_sent() {
        let one = page(USER, "preferences", &of_role("gp", "x"));
        let state = read_state(one.as_bytes(), USER).unwrap().unwrap();
        assert_eq!(write_state(Some(&state), USER, "gp", Some("x")), None);
        assert_eq!(write_state(None, USER, "gp", None), None);
        assert_eq!(write_state(None, USER, "gp", Some(&"x".repeat(MOST + 1))), None);
        assert_eq!(
            write_state(Some(&state), USER, "gp", None).unwrap().method,
            "DELETE"
        );
        let unversioned = one.replace("\"versionId\":\"a\"", "");
        let state = read_state(unversioned.as_bytes(), USER).unwrap().unwrap();
        assert_eq!(write_state(Some(&state), USER, "gp", Some("y")), None);
    }

    #[test]
    fn choices_are_searched_for_by_code_and_absolute_user() {
        assert_eq!(
            state_search("https://h.example/state/", USER),
            "https://h.example/state/Basic?code=https://dho-viewer.example%7Cpreferences&subject=https://h.example/fhir/Practitioner/7"
        );
    }
}
