//! Answers as text: Bundles of search and history, resources cut to some elements, and the opaque tokens of
//! the next page. Looks nothing up.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::dates::instant_text;
use super::outcome::Refusal;
use super::query::Params;
use super::raw::{RawObject, quoted};
use super::search::Place;
use super::store::Stored;
use super::types::mandatory_elements;

/// The name of the parameter that carries a page token.
pub(crate) const PAGE: &str = "_page";

/// Where a search goes on: its parameters, the place, and the total counted for the first page.
#[derive(Debug, PartialEq)]
pub(crate) struct PageToken {
    pub(crate) params: Params,
    pub(crate) after: Place,
    pub(crate) total: u32,
}

impl PageToken {
    pub(crate) fn to_text(&self) -> String {
        let parts = json!([self.params, self.after.key, self.after.pk, self.total]);
        URL_SAFE_NO_PAD.encode(parts.to_string())
    }

    pub(crate) fn parse(text: &str) -> Result<Self, Refusal> {
        let parts = URL_SAFE_NO_PAD
            .decode(text)
            .ok()
            .and_then(|json| serde_json::from_slice(&json).ok());
        let (params, key, pk, total) = parts.ok_or_else(|| Refusal::invalid("the page token is not ours"))?;
        Ok(Self {
            params,
            after: Place { key, pk },
            total,
        })
    }
}

/// A Bundle that is written entry by entry.
#[derive(Debug)]
pub(crate) struct BundleText {
    text: String,
    entries: usize,
}

impl BundleText {
    pub(crate) fn new(kind: &str, total: Option<u32>, links: &[(&str, String)]) -> Self {
        let mut text = format!(r#"{{"resourceType":"Bundle","type":"{kind}""#);
        if let Some(total) = total {
            text.push_str(&format!(r#","total":{total}"#));
        }
        if !links.is_empty() {
            let links: Vec<_> = links
                .iter()
                .map(|(name, url)| json!({"relation": name, "url": url}))
                .collect();
            text.push_str(&format!(r#","link":{}"#, Value::Array(links)));
        }
        Self { text, entries: 0 }
    }

    /// `more` is the rest of the entry as JSON members, such as `"search":{"mode":"match"}`.
    pub(crate) fn entry(&mut self, base: &str, rtype: &str, id: &str, resource: &str, more: &str) {
        let url = quoted(&format!("{base}/{rtype}/{id}"));
        self.push(&format!(r#"{{"fullUrl":{url},"resource":"#));
        self.text.push_str(resource);
        self.text.push(',');
        self.text.push_str(more);
        self.text.push('}');
    }

    pub(crate) fn version(&mut self, base: &str, version: &Stored) {
        let method = if version.version == "1" { "POST" } else { "PUT" };
        let request = json!({"method": method, "url": format!("{}/{}", version.rtype, version.id)});
        let response = json!({
            "status": if method == "POST" { "201" } else { "200" },
            "etag": version.etag(),
            "lastModified": instant_text(version.updated),
        });
        let more = format!(r#""request":{request},"response":{response}"#);
        self.entry(base, &version.rtype, &version.id, &version.json, &more);
    }

    /// A whole entry.
    pub(crate) fn push(&mut self, entry: &str) {
        self.text
            .push_str(if self.entries == 0 { r#","entry":["# } else { "," });
        self.text.push_str(entry);
        self.entries += 1;
    }

    pub(crate) fn finish(mut self) -> String {
        self.text.push_str(if self.entries == 0 { "}" } else { "]}" });
        self.text
    }
}

/// The resource with only the elements asked for, those that R4 demands, and the tag that says so.
pub(crate) fn with_elements(rtype: &str, json: &str, elements: &[String]) -> Result<String, Refusal> {
    let failed =
        |error: serde_json::Error| Refusal::internal(format!("a stored resource is broken: {error}"));
    let mut object = RawObject::parse(json).map_err(failed)?;
    let mut meta: Value = object
        .get("meta")
        .map_or(Ok(json!({})), serde_json::from_str)
        .map_err(failed)?;
    object.retain(|member| {
        let name = member.trim_start_matches('_');
        matches!(name, "resourceType" | "id" | "meta")
            || mandatory_elements(rtype).contains(&name)
            || elements.iter().any(|element| is_element(name, element))
    });
    let tag =
        json!({"system": "http://terminology.hl7.org/CodeSystem/v3-ObservationValue", "code": "SUBSETTED"});
    match meta.get_mut("tag").and_then(Value::as_array_mut) {
        Some(tags) => tags.push(tag),
        None => {
            if let Some(members) = meta.as_object_mut() {
                members.insert("tag".to_owned(), json!([tag]));
            }
        }
    }
    object.set("meta", meta.to_string(), 2);
    Ok(object.to_text())
}

/// `value` also names `valueQuantity`; `code` does not name `codeFilter`'s like, for R4 has none beside choices.
fn is_element(name: &str, element: &str) -> bool {
    let element = element.strip_suffix("[x]").unwrap_or(element);
    name.strip_prefix(element).is_some_and(|rest| {
        rest.is_empty()
            || matches!(element, "value" | "effective") && rest.starts_with(|c: char| c.is_ascii_uppercase())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_keep_choices_companions_and_what_is_mandatory() {
        let json = r#"{"resourceType":"Observation","id":"o","meta":{"versionId":"1"},"status":"final","code":{},
            "subject":{},"valueQuantity":{"value":1.10},"_effectiveDateTime":{},"note":[],"bodySite":{}}"#;
        let cut = with_elements(
            "Observation",
            json,
            &["value".to_owned(), "effective[x]".to_owned()],
        )
        .unwrap();
        let value: Value = serde_json::from_str(&cut).unwrap();
        let mut names: Vec<_> = value.as_object().unwrap().keys().cloned().collect();
        names.sort();
        assert_eq!(
            names,
            [
                "_effectiveDateTime",
                "code",
                "id",
                "meta",
                "resourceType",
                "status",
                "valueQuantity"
            ]
        );
        assert!(cut.contains("1.10"), "{cut}");
        assert_eq!(value["meta"]["tag"][0]["code"], "SUBSETTED");
    }

    #[test]
    fn a_page_token_comes_back_as_it_was_and_a_foreign_one_is_refused() {
        let token = PageToken {
            params: vec![("date".to_owned(), "ge2026".to_owned())],
            after: Place { key: -5, pk: 7 },
            total: 9,
        };
        assert_eq!(PageToken::parse(&token.to_text()).unwrap(), token);
        for wrong in ["", "abc", "W10"] {
            assert!(PageToken::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_bundle_without_entries_has_no_entry_list() {
        assert_eq!(
            BundleText::new("searchset", Some(0), &[]).finish(),
            r#"{"resourceType":"Bundle","type":"searchset","total":0}"#
        );
    }
}
