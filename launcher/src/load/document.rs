//! A JSON text read as far as it goes: what a file breaks off behind is not lost.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// A JSON text read as far as it goes: the entries of a Bundle stay when the text breaks off behind them.
#[derive(Default)]
pub(super) struct Document<'a> {
    pub(super) resource_type: Option<String>,
    pub(super) entries: Vec<&'a RawValue>,
}

impl Document<'_> {
    pub(super) fn is_bundle(&self) -> bool {
        match &self.resource_type {
            Some(rtype) => rtype == "Bundle",
            None => !self.entries.is_empty(),
        }
    }
}

pub(super) struct DocumentSeed<'d, 'a>(pub(super) &'d mut Document<'a>);

impl<'a> DeserializeSeed<'a> for DocumentSeed<'_, 'a> {
    type Value = ();
    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'a> Visitor<'a> for DocumentSeed<'_, 'a> {
    type Value = ();
    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a resource")
    }
    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            match name.as_str() {
                "resourceType" => {
                    let text: &RawValue = map.next_value()?;
                    self.0.resource_type = serde_json::from_str(text.get()).ok();
                }
                "entry" => map.next_value_seed(EntriesSeed(&mut self.0.entries))?,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

struct EntriesSeed<'d, 'a>(&'d mut Vec<&'a RawValue>);

impl<'a> DeserializeSeed<'a> for EntriesSeed<'_, 'a> {
    type Value = ();
    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'a> Visitor<'a> for EntriesSeed<'_, 'a> {
    type Value = ();
    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a list of entries")
    }
    fn visit_seq<A: SeqAccess<'a>>(self, mut entries: A) -> Result<(), A::Error> {
        while let Some(entry) = entries.next_element::<&'a RawValue>()? {
            self.0.push(entry);
        }
        Ok(())
    }
    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}
