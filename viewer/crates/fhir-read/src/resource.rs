//! The FHIR data types that several resources share, as slim structs, and references. Only the
//! fields that are read.

use chart_model::{Decimal, Finding, FindingKind};
use serde::Deserialize;

use crate::error::{PageError, shortened};
use crate::lenient::{List, Object, Raw, Text};

/// What every resource begins with.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Head<'a> {
    #[serde(borrow)]
    pub(crate) resource_type: Text<'a>,
    #[serde(borrow)]
    pub(crate) id: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Meta<'a> {
    #[serde(borrow)]
    pub(crate) version_id: Text<'a>,
    #[serde(borrow)]
    pub(crate) last_updated: Text<'a>,
    #[serde(borrow)]
    pub(crate) source: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Coding<'a> {
    #[serde(borrow)]
    pub(crate) system: Text<'a>,
    #[serde(borrow)]
    pub(crate) code: Text<'a>,
    #[serde(borrow)]
    pub(crate) display: Text<'a>,
}

/// A CodeableConcept.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Concept<'a> {
    #[serde(borrow)]
    pub(crate) coding: List<Coding<'a>>,
    #[serde(borrow)]
    pub(crate) text: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Identifier<'a> {
    #[serde(borrow)]
    pub(crate) system: Text<'a>,
    #[serde(borrow)]
    pub(crate) value: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Reference<'a> {
    #[serde(borrow)]
    pub(crate) reference: Text<'a>,
    #[serde(borrow, rename = "type")]
    pub(crate) kind: Text<'a>,
    #[serde(borrow)]
    pub(crate) display: Text<'a>,
}

impl Reference<'_> {
    /// Type and id that a relative, absolute or versioned reference ends in; the type may be empty
    /// (`urn:uuid:…`, `#contained`).
    pub(crate) fn target(&self) -> Option<(&str, &str)> {
        let reference = self.reference.filled()?;
        let unversioned = reference.split("/_history/").next()?;
        if let Some(id) = unversioned.strip_prefix("urn:uuid:") {
            return Some((self.kind.or_empty(), id));
        }
        match unversioned.rsplit_once('/') {
            Some((path, id)) => Some((path.rsplit('/').next().unwrap_or(path), id)),
            None => Some((self.kind.or_empty(), unversioned.trim_start_matches('#'))),
        }
    }

    /// False if it refers to something else than this patient; a reference that names nothing
    /// (absent, or of the wrong shape) cannot say so. The server of an absolute reference is not
    /// compared: gateways answer under another name than they were asked by.
    pub(crate) fn may_be_patient(&self, id: &str) -> bool {
        self.target()
            .is_none_or(|(kind, target)| matches!(kind, "" | "Patient") && target == id)
    }

    /// What kind of resource it refers to, if it says.
    pub(crate) fn resource_type(&self) -> &str {
        match self.target() {
            Some((kind, _)) if !kind.is_empty() => kind,
            _ => self.kind.or_empty(),
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Quantity<'a> {
    #[serde(borrow)]
    pub(crate) value: Raw<'a>,
    #[serde(borrow)]
    pub(crate) comparator: Text<'a>,
    #[serde(borrow)]
    pub(crate) unit: Text<'a>,
    #[serde(borrow)]
    pub(crate) system: Text<'a>,
    #[serde(borrow)]
    pub(crate) code: Text<'a>,
}

/// UCUM.
const UCUM: &str = "http://unitsofmeasure.org";

impl Quantity<'_> {
    /// The unit's code where it is UCUM's or no system is named, else its text; empty if there is none.
    pub(crate) fn unit(&self) -> &str {
        let coded = matches!(self.system.or_empty(), "" | UCUM);
        let code = self.code.filled().filter(|_| coded);
        code.or_else(|| self.unit.filled()).unwrap_or_default()
    }

    /// The number, if it is one; a number in quotes is not.
    pub(crate) fn number(&self) -> Option<Decimal> {
        Decimal::parse(self.value.json()?)
    }
}

/// A FHIR Period.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Span<'a> {
    #[serde(borrow)]
    pub(crate) start: Text<'a>,
    #[serde(borrow)]
    pub(crate) end: Text<'a>,
}

/// A FHIR Range, or a referenceRange's bounds.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Range<'a> {
    #[serde(borrow)]
    pub(crate) low: Option<Object<Quantity<'a>>>,
    #[serde(borrow)]
    pub(crate) high: Option<Object<Quantity<'a>>>,
}

/// A finding about a resource, with what it says at that place, shortened.
pub(crate) fn finding(kind: FindingKind, resource: &str, detail: &str) -> Finding {
    Finding {
        kind,
        resource: resource.to_owned(),
        detail: shortened(detail),
    }
}

/// One resource of the type asked for, or why it is not that.
pub(crate) fn read_one<'a, T: Deserialize<'a>>(bytes: &'a [u8], resource_type: &str) -> Result<T, PageError> {
    let sent = serde_json::from_slice::<Head<'_>>(bytes).map(|head| head.resource_type.or_empty().to_owned());
    match sent {
        Ok(sent) if sent == resource_type => {
            serde_json::from_slice(bytes).map_err(|_| PageError::unexpected(bytes, None))
        }
        Ok(sent) => Err(PageError::unexpected(
            bytes,
            Some(sent.as_str()).filter(|s| !s.is_empty()),
        )),
        Err(_) => Err(PageError::unexpected(bytes, None)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reference(json: &str) -> Reference<'_> {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_reference_to_another_patient_is_told_from_this_one() {
        for (text, ours) in [
            ("Patient/7", true),
            ("https://other.example/fhir/R4/Patient/7", true),
            ("Patient/7/_history/3", true),
            ("#7", true),
            ("urn:uuid:7", true),
            ("Patient/70", false),
            ("Patient/8", false),
            ("Group/7", false),
            ("#somebody", false),
        ] {
            let json = format!(r#"{{"reference":"{text}"}}"#);
            assert_eq!(reference(&json).may_be_patient("7"), ours, "{text}");
        }
        assert!(reference(r#"{"display":"Kari"}"#).may_be_patient("7"));
        assert!(reference(r#"{"reference":5}"#).may_be_patient("7"));
        assert!(!reference(r#"{"reference":"urn:uuid:7","type":"Device"}"#).may_be_patient("7"));
    }

    #[test]
    fn a_unit_is_its_ucum_code_or_else_its_text() {
        for (json, unit) in [
            (
                r#"{"code":"kg","system":"http://unitsofmeasure.org","unit":"kilo"}"#,
                "kg",
            ),
            (r#"{"code":"kg","unit":"kilo"}"#, "kg"),
            (
                r#"{"code":"262688","system":"urn:iso:std:iso:11073:10101","unit":"%"}"#,
                "%",
            ),
            (r#"{"unit":"mmHg"}"#, "mmHg"),
            (r#"{"code":"262688","system":"urn:iso:std:iso:11073:10101"}"#, ""),
            (r#"{"code":5,"unit":" "}"#, ""),
        ] {
            let quantity: Quantity<'_> = serde_json::from_str(json).unwrap();
            assert_eq!(quantity.unit(), unit, "{json}");
        }
    }

    #[test]
    fn a_number_keeps_its_digits_and_a_quoted_one_is_none() {
        for (json, number) in [
            (r#"{"value":84.20}"#, Some("84.20")),
            (r#"{"value":0}"#, Some("0")),
            (r#"{"value":"84"}"#, None),
            (r#"{"value":null}"#, None),
            (r#"{"value":[84]}"#, None),
        ] {
            let quantity: Quantity<'_> = serde_json::from_str(json).unwrap();
            assert_eq!(
                quantity.number().map(|n| n.to_string()).as_deref(),
                number,
                "{json}"
            );
        }
    }
}
