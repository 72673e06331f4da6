//! Building blocks for structs that read any JSON: a field of the wrong shape becomes its empty
//! value and never costs the fields beside it. Only broken JSON is an error. Holds no FHIR.

use std::borrow::Cow;
use std::ops::Deref;

/// A text; absent (or `null`) is `None`, any other shape the empty text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text<'a>(Option<Cow<'a, str>>);

impl<'a> Text<'a> {
    /// A text that was sent.
    pub const fn of(text: Cow<'a, str>) -> Self {
        Self(Some(text))
    }

    /// What was sent, empty for a wrong shape; `None` if nothing was sent.
    pub fn sent(&self) -> Option<&str> {
        self.0.as_deref()
    }

    /// The text without space around it, if there is any.
    pub fn filled(&self) -> Option<&str> {
        self.sent().map(str::trim).filter(|text| !text.is_empty())
    }

    /// The text or an empty one.
    pub fn or_empty(&self) -> &str {
        self.filled().unwrap_or_default()
    }
}

/// An object, or its empty value where another shape was sent. Absence is an `Option` around it.
#[derive(Clone, Debug, Default)]
pub struct Object<T>(T);

impl<T> Object<T> {
    /// An object that was sent.
    pub const fn of(value: T) -> Self {
        Self(value)
    }
}

impl<T> Deref for Object<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// An array; an object alone counts as an array of one, an element of the wrong shape as an empty one.
#[derive(Clone, Debug)]
pub struct List<T>(Vec<T>);

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> List<T> {
    /// One element more.
    pub fn push(&mut self, item: T) {
        self.0.push(item);
    }
}

impl<T> Deref for List<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

/// A value as the JSON that was sent: a number keeps its digits. Absent (or `null`) is `None`.
#[derive(Clone, Debug, Default)]
pub struct Raw<'a>(Option<&'a str>);

impl<'a> Raw<'a> {
    /// What was sent.
    pub const fn of(json: Option<&'a str>) -> Self {
        Self(json)
    }

    /// The JSON text.
    pub const fn json(&self) -> Option<&'a str> {
        self.0
    }
}

/// Whether a field was sent, whatever is in it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Present(
    /// It was.
    pub bool,
);

#[cfg(test)]
mod derived;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{fields, read};

    #[derive(Debug, Default)]
    struct Sample<'a> {
        text: Text<'a>,
        number: Raw<'a>,
        object: Option<Object<Inner<'a>>>,
        list: List<Inner<'a>>,
        there: Present,
    }

    #[derive(Debug, Default)]
    struct Inner<'a> {
        text: Text<'a>,
    }

    fields!(Sample { b"text": text, b"number": number, b"object": object, b"list": list, b"there": there });
    fields!(Inner { b"text": text });

    #[test]
    fn reads_the_right_shapes() {
        let json =
            r#"{"text":"a\u00e5","number":84.20,"object":{"text":"b"},"list":[{"text":"c"},{}],"there":{}}"#;
        let sample: Sample<'_> = read(json.as_bytes()).unwrap();
        assert_eq!(sample.text.sent(), Some("aå"));
        assert_eq!(sample.number.json(), Some("84.20"));
        assert_eq!(sample.object.unwrap().text.filled(), Some("b"));
        assert_eq!(sample.list.len(), 2);
        assert!(sample.there.0);
    }

    #[test]
    fn any_wrong_shape_is_empty_and_costs_nothing_beside_it() {
        for wrong in [
            "5",
            "-5",
            "5.5",
            "true",
            "[[1]]",
            r#"{"x":[{}]}"#,
            r#""x""#,
            "null",
        ] {
            for field in ["text", "number", "object", "list", "there"] {
                let beside = if field == "text" { "other" } else { "text" };
                let json = format!(r#"{{"{field}":{wrong},"{beside}":"kept"}}"#);
                let sample: Sample<'_> = read(json.as_bytes()).unwrap();
                assert_eq!(sample.text.filled() == Some("kept"), field != "text", "{json}");
            }
        }
    }

    #[test]
    fn an_object_alone_is_a_list_of_one_and_a_wrong_element_is_an_empty_one() {
        let one: Sample<'_> = read(r#"{"list":{"text":"c"}}"#.as_bytes()).unwrap();
        assert_eq!(one.list[0].text.filled(), Some("c"));
        let three: Sample<'_> = read(r#"{"list":[{"text":"c"},5,null]}"#.as_bytes()).unwrap();
        assert_eq!(three.list.len(), 3);
        assert_eq!(three.list[1].text.filled(), None);
    }
}
