//! JSON objects as text, changed at the top level only, so that everything else comes out as it went in:
//! `1.10` stays `1.10`. Knows nothing of FHIR but the key `reference`.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// The members of an object in their order, each value as its JSON text.
#[derive(Debug)]
pub(crate) struct RawObject<'a>(Vec<(Cow<'a, str>, Cow<'a, str>)>);

impl<'a> RawObject<'a> {
    pub(crate) fn parse(text: &'a str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    pub(crate) fn get(&self, key: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value.as_ref())
    }

    /// The value of `key` when it is a string.
    pub(crate) fn string(&self, key: &str) -> Option<String> {
        serde_json::from_str(self.get(key)?).ok()
    }

    /// Replaces the value of `key`, or adds it at place `at` where it is missing.
    pub(crate) fn set(&mut self, key: &'static str, value: String, at: usize) {
        match self.0.iter_mut().find(|(name, _)| name == key) {
            Some((_, old)) => *old = Cow::Owned(value),
            None => self
                .0
                .insert(at.min(self.0.len()), (Cow::Borrowed(key), Cow::Owned(value))),
        }
    }

    pub(crate) fn retain(&mut self, mut keep: impl FnMut(&str) -> bool) {
        self.0.retain(|(name, _)| keep(name));
    }

    pub(crate) fn to_text(&self) -> String {
        let mut out = String::with_capacity(self.0.iter().map(|(k, v)| k.len() + v.len() + 4).sum());
        out.push('{');
        for (place, (name, value)) in self.0.iter().enumerate() {
            if place > 0 {
                out.push(',');
            }
            out.push_str(&quoted(name));
            out.push(':');
            out.push_str(value);
        }
        out.push('}');
        out
    }
}

impl<'de> Deserialize<'de> for RawObject<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = RawObject<'de>;
            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a JSON object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some((name, value)) = map.next_entry::<String, &'de RawValue>()? {
                    members.push((Cow::Owned(name), Cow::Borrowed(value.get())));
                }
                Ok(RawObject(members))
            }
        }
        deserializer.deserialize_map(Members)
    }
}

pub(crate) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// JSON without the white space outside its strings.
pub(crate) fn minified(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut kept_from = 0;
    let (mut in_string, mut escaped) = (false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b' ' | b'\n' | b'\r' | b'\t' if !in_string => {
                out.push_str(text.get(kept_from..at).unwrap_or_default());
                kept_from = at + 1;
            }
            _ => {}
        }
    }
    out.push_str(text.get(kept_from..).unwrap_or_default());
    out
}

/// What stands in an object instead of its member `reference`: names with their JSON.
pub(crate) type Instead = Vec<(&'static str, String)>;

/// The same JSON with each `"reference": "from"` replaced by what `instead` has for it.
pub(crate) fn rewrite_references(
    text: &str,
    instead: &dyn Fn(&str) -> Option<Instead>,
) -> Result<String, serde_json::Error> {
    match text.trim_start().as_bytes().first() {
        Some(b'{') => {
            let mut object = RawObject::parse(text)?;
            for (_, value) in &mut object.0 {
                *value = Cow::Owned(rewrite_references(value, instead)?);
            }
            if let Some(members) = object.string("reference").and_then(|from| instead(&from)) {
                object.retain(|name| name != "reference");
                for (place, (name, value)) in members.into_iter().enumerate() {
                    object.set(name, value, place);
                }
            }
            Ok(object.to_text())
        }
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(text)?;
            let items: Result<Vec<_>, _> = items
                .iter()
                .map(|item| rewrite_references(item.get(), instead))
                .collect();
            Ok(format!("[{}]", items?.join(",")))
        }
        _ => Ok(text.to_owned()),
    }
}

/// The same JSON with each string value that `change` has another for.
pub(crate) fn change_strings(
    text: &str,
    change: &dyn Fn(&str) -> Option<String>,
) -> Result<String, serde_json::Error> {
    match text.trim_start().as_bytes().first() {
        Some(b'{') => {
            let mut object = RawObject::parse(text)?;
            for (_, value) in &mut object.0 {
                *value = Cow::Owned(change_strings(value, change)?);
            }
            Ok(object.to_text())
        }
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(text)?;
            let items: Result<Vec<_>, _> = items
                .iter()
                .map(|item| change_strings(item.get(), change))
                .collect();
            Ok(format!("[{}]", items?.join(",")))
        }
        Some(b'"') => {
            let string: String = serde_json::from_str(text)?;
            Ok(change(&string).map_or_else(|| text.to_owned(), |changed| quoted(&changed)))
        }
        _ => Ok(text.to_owned()),
    }
}

/// For `rewrite_references`: another reference.
pub(crate) fn refer_to(target: &str) -> Instead {
    vec![("reference", quoted(target))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_and_unknown_members_come_out_as_they_went_in() {
        let text = minified(r#"{ "id" : "a", "value": { "v": 1.10 }, "x\"y": "  [ \" ] " }"#);
        let mut object = RawObject::parse(&text).unwrap();
        object.set("id", quoted("b"), 0);
        object.set("meta", "{}".to_owned(), 1);
        assert_eq!(
            object.to_text(),
            r#"{"id":"b","meta":{},"value":{"v":1.10},"x\"y":"  [ \" ] "}"#
        );
    }

    #[test]
    fn references_are_rewritten_at_any_depth_and_nothing_else() {
        let to = |from: &str| (from == "urn:uuid:1").then(|| refer_to("Patient/p"));
        let text = r#"{"a":[{"reference":"urn:uuid:1"},{"b":"urn:uuid:1"}],"n":2.50}"#;
        assert_eq!(
            rewrite_references(text, &to).unwrap(),
            r#"{"a":[{"reference":"Patient/p"},{"b":"urn:uuid:1"}],"n":2.50}"#
        );
    }

    #[test]
    fn broken_text_is_an_error() {
        for text in ["", "[1]", "{", r#"{"a":}"#, "null"] {
            assert!(RawObject::parse(text).is_err(), "{text}");
        }
    }
}
