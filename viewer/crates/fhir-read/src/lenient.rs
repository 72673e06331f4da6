//! Building blocks for structs that read any JSON: a field of the wrong shape becomes its empty
//! value and never costs the fields beside it. Only broken JSON is an error. Holds no FHIR.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// A text; absent (or `null`) is `None`, any other shape the empty text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Text<'a>(Option<Cow<'a, str>>);

impl Text<'_> {
    /// What was sent, empty for a wrong shape; `None` if nothing was sent.
    pub(crate) fn sent(&self) -> Option<&str> {
        self.0.as_deref()
    }

    /// The text without space around it, if there is any.
    pub(crate) fn filled(&self) -> Option<&str> {
        self.sent().map(str::trim).filter(|text| !text.is_empty())
    }

    /// The text or an empty one.
    pub(crate) fn or_empty(&self) -> &str {
        self.filled().unwrap_or_default()
    }
}

/// An object, or its empty value where another shape was sent. Absence is an `Option` around it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Object<T>(T);

impl<T> Deref for Object<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// An array; an object alone counts as an array of one, an element of the wrong shape as an empty one.
#[derive(Clone, Debug)]
pub(crate) struct List<T>(Vec<T>);

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(Vec::new())
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
pub(crate) struct Raw<'a>(Option<&'a str>);

impl<'a> Raw<'a> {
    /// The JSON text.
    pub(crate) const fn json(&self) -> Option<&'a str> {
        self.0
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Raw<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Option::<&'a RawValue>::deserialize(deserializer)?;
        Ok(Self(raw.map(RawValue::get)))
    }
}

/// Whether a field was sent, whatever is in it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Present(pub(crate) bool);

impl<'de> Deserialize<'de> for Present {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::<IgnoredAny>::deserialize(deserializer).map(|there| Self(there.is_some()))
    }
}

/// Visitor methods for the shapes that are not wanted: each gives the empty value.
macro_rules! otherwise_empty {
    ($($shape:ident($type:ty)),* $(,)?) => {
        $(fn $shape<E>(self, _: $type) -> Result<Self::Value, E> {
            Ok(Self::Value::empty())
        })*
    };
    (unit) => {
        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok(Self::Value::default())
        }
    };
    (seq) => {
        fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
            while items.next_element::<IgnoredAny>()?.is_some() {}
            Ok(Self::Value::empty())
        }
    };
    (map) => {
        fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Self::Value, A::Error> {
            while fields.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            Ok(Self::Value::empty())
        }
    };
}

trait Empty {
    /// What stands for a value of the wrong shape.
    fn empty() -> Self;
}

impl Empty for Text<'_> {
    fn empty() -> Self {
        Self(Some(Cow::Borrowed("")))
    }
}

impl<T: Default> Empty for Object<T> {
    fn empty() -> Self {
        Self::default()
    }
}

impl<T> Empty for List<T> {
    fn empty() -> Self {
        Self::default()
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Text(Some(Cow::Borrowed(text))))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Text(Some(Cow::Owned(text.to_owned()))))
    }

    otherwise_empty!(visit_bool(bool), visit_u64(u64), visit_i64(i64), visit_f64(f64));
    otherwise_empty!(unit);
    otherwise_empty!(seq);
    otherwise_empty!(map);
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextVisitor)
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de> + Default> Visitor<'de> for ObjectVisitor<T> {
    type Value = Object<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<Self::Value, A::Error> {
        T::deserialize(MapAccessDeserializer::new(fields)).map(Object)
    }

    otherwise_empty!(
        visit_bool(bool),
        visit_u64(u64),
        visit_i64(i64),
        visit_f64(f64),
        visit_str(&str),
    );
    otherwise_empty!(unit);
    otherwise_empty!(seq);
}

impl<'de, T: Deserialize<'de> + Default> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ObjectVisitor(PhantomData))
    }
}

struct ListVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de> + Default> Visitor<'de> for ListVisitor<T> {
    type Value = List<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Self::Value, A::Error> {
        let items = Vec::<Object<T>>::deserialize(SeqAccessDeserializer::new(items))?;
        Ok(List(items.into_iter().map(|item| item.0).collect()))
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<Self::Value, A::Error> {
        T::deserialize(MapAccessDeserializer::new(fields)).map(|item| List(vec![item]))
    }

    otherwise_empty!(
        visit_bool(bool),
        visit_u64(u64),
        visit_i64(i64),
        visit_f64(f64),
        visit_str(&str),
    );
    otherwise_empty!(unit);
}

impl<'de, T: Deserialize<'de> + Default> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ListVisitor(PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Default, Deserialize)]
    #[serde(default)]
    struct Sample<'a> {
        #[serde(borrow)]
        text: Text<'a>,
        #[serde(borrow)]
        number: Raw<'a>,
        #[serde(borrow)]
        object: Option<Object<Inner<'a>>>,
        #[serde(borrow)]
        list: List<Inner<'a>>,
        there: Present,
    }

    #[derive(Debug, Default, Deserialize)]
    #[serde(default)]
    struct Inner<'a> {
        #[serde(borrow)]
        text: Text<'a>,
    }

    #[test]
    fn reads_the_right_shapes() {
        let json =
            r#"{"text":"a\u00e5","number":84.20,"object":{"text":"b"},"list":[{"text":"c"},{}],"there":{}}"#;
        let sample: Sample<'_> = serde_json::from_str(json).unwrap();
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
                let sample: Sample<'_> = serde_json::from_str(&json).unwrap();
                assert_eq!(sample.text.filled() == Some("kept"), field != "text", "{json}");
            }
        }
    }

    #[test]
    fn an_object_alone_is_a_list_of_one_and_a_wrong_element_is_an_empty_one() {
        let one: Sample<'_> = serde_json::from_str(r#"{"list":{"text":"c"}}"#).unwrap();
        assert_eq!(one.list[0].text.filled(), Some("c"));
        let three: Sample<'_> = serde_json::from_str(r#"{"list":[{"text":"c"},5,null]}"#).unwrap();
        assert_eq!(three.list.len(), 3);
        assert_eq!(three.list[1].text.filled(), None);
    }
}
