//! What else is read of answers about plans: where a search goes on, and who it is that saves.

use chart_model::care_plan::Author;

use super::parts::target;
use super::people;
use super::terms;
use crate::json::Json;

/// The link to a Bundle's next page, as sent.
pub fn next_page(page: &[u8]) -> Option<String> {
    let bundle = Json::parse(page)?;
    let links = bundle.get("link").items();
    let next = links.iter().find(|link| link.text("relation") == "next")?;
    Some(next.text("url").to_owned()).filter(|url| !url.is_empty())
}

/// Name, role and organisation of a clinician (`Practitioner/7`) from a search for their PractitionerRole; empty
/// is what it does not say.
pub fn read_author(page: &[u8], practitioner: &str) -> Author {
    let bundle = Json::parse(page).unwrap_or(Json::List(Vec::new()));
    let resources: Vec<&Json> = bundle
        .get("entry")
        .items()
        .iter()
        .map(|entry| entry.get("resource"))
        .collect();
    let who = |reference: &str| {
        let wanted = target(reference);
        let found = resources
            .iter()
            .find(|json| (json.text("resourceType"), json.text("id")) == wanted);
        found.map(|json| people::name(json)).unwrap_or_default()
    };
    let role = resources.iter().find(|json| {
        json.text("resourceType") == "PractitionerRole"
            && target(json.get("practitioner").text("reference")) == target(practitioner)
    });
    let Some(role) = role else {
        return Author {
            name: who(practitioner),
            ..Author::default()
        };
    };
    let named = |reference: &Json| match reference.text("display") {
        "" => who(reference.text("reference")),
        display => display.to_owned(),
    };
    Author {
        name: named(role.get("practitioner")),
        role: terms::words(role.first("code")).to_owned(),
        organisation: named(role.get("organization")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_names_the_next_one_or_none() {
        for (page, next) in [
            (
                r#"{"link":[{"relation":"self","url":"a"},{"relation":"next","url":"b"}]}"#,
                Some("b"),
            ),
            (r#"{"link":[{"relation":"self","url":"a"}]}"#, None),
            (r#"{"link":[{"relation":"next"}]}"#, None),
            ("<html>", None),
        ] {
            assert_eq!(next_page(page.as_bytes()).as_deref(), next, "{page}");
        }
    }

    #[test]
    fn a_clinician_is_known_by_the_role_that_is_theirs() {
        let page = r#"{"entry":[
            {"resource":{"resourceType":"PractitionerRole","id":"x","practitioner":{"reference":"Practitioner/8"}}},
            {"resource":{"resourceType":"PractitionerRole","id":"y","practitioner":{"reference":"Practitioner/7"},
                "code":[{"text":"Lungespesialist"}],"organization":{"reference":"Organization/1"}}},
            {"resource":{"resourceType":"Practitioner","id":"7","name":[{"given":["Anders"],"family":"Dahl"}]}},
            {"resource":{"resourceType":"Organization","id":"1","name":"Fjordbyen sykehus"}}]}"#;
        let author = read_author(page.as_bytes(), "https://h/fhir/Practitioner/7");
        let expected = ["Anders Dahl", "Lungespesialist", "Fjordbyen sykehus"];
        assert_eq!([&*author.name, &*author.role, &*author.organisation], expected);
        assert_eq!(read_author(b"{}", "Practitioner/7"), Author::default());
    }
}
