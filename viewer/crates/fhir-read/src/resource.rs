//! The FHIR data types that several resources share, as slim structs, and references. Only the
//! fields that are read.

use chart_model::{Decimal, Finding, FindingKind};

use crate::error::{PageError, shortened};
use crate::json::{self, Fields, List, Object, Raw, Text, fields};

/// What every resource begins with.
#[derive(Debug, Default)]
pub(crate) struct Head<'a> {
    pub(crate) resource_type: Text<'a>,
    pub(crate) id: Text<'a>,
}

fields!(Head { b"resourceType": resource_type, b"id": id });

#[derive(Debug, Default)]
pub(crate) struct Meta<'a> {
    pub(crate) version_id: Text<'a>,
    pub(crate) last_updated: Text<'a>,
    pub(crate) source: Text<'a>,
}

fields!(Meta { b"versionId": version_id, b"lastUpdated": last_updated, b"source": source });

#[derive(Debug, Default)]
pub(crate) struct Coding<'a> {
    pub(crate) system: Text<'a>,
    pub(crate) code: Text<'a>,
    pub(crate) display: Text<'a>,
}

fields!(Coding { b"system": system, b"code": code, b"display": display });

/// A CodeableConcept.
#[derive(Debug, Default)]
pub(crate) struct Concept<'a> {
    pub(crate) coding: List<Coding<'a>>,
    pub(crate) text: Text<'a>,
}

fields!(Concept { b"coding": coding, b"text": text });

#[derive(Debug, Default)]
pub(crate) struct Identifier<'a> {
    pub(crate) system: Text<'a>,
    pub(crate) value: Text<'a>,
}

fields!(Identifier { b"system": system, b"value": value });

#[derive(Debug, Default)]
pub(crate) struct Reference<'a> {
    pub(crate) reference: Text<'a>,
    pub(crate) kind: Text<'a>,
    pub(crate) display: Text<'a>,
}

fields!(Reference { b"reference": reference, b"type": kind, b"display": display });

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

#[derive(Debug, Default)]
pub(crate) struct Quantity<'a> {
    pub(crate) value: Raw<'a>,
    pub(crate) comparator: Text<'a>,
    pub(crate) unit: Text<'a>,
    pub(crate) system: Text<'a>,
    pub(crate) code: Text<'a>,
}

fields!(Quantity { b"value": value, b"comparator": comparator, b"unit": unit, b"system": system, b"code": code });

/// UCUM by the address that FHIR gives it, and by its OID.
const UCUM: [&str; 2] = ["http://unitsofmeasure.org", "urn:oid:2.16.840.1.113883.6.8"];

impl Quantity<'_> {
    /// The unit's code where it is UCUM's or no system is named, else its text; empty if there is none.
    pub(crate) fn unit(&self) -> &str {
        self.unit_code()
            .or_else(|| self.unit.filled())
            .unwrap_or_default()
    }

    /// What people read beside the unit's code; empty where there is no code, or it is spelled the same.
    pub(crate) fn unit_words(&self) -> &str {
        let code = self.unit_code().unwrap_or_default();
        let words = self
            .unit
            .filled()
            .filter(|words| !words.eq_ignore_ascii_case(code));
        words.filter(|_| !code.is_empty()).unwrap_or_default()
    }

    fn unit_code(&self) -> Option<&str> {
        let system = self.system.or_empty().trim_end_matches('/');
        self.code
            .filled()
            .filter(|_| system.is_empty() || UCUM.contains(&system))
    }

    /// The number, if it is one; a number in quotes is not.
    pub(crate) fn number(&self) -> Option<Decimal> {
        Decimal::parse(self.value.json()?)
    }
}

/// A FHIR Period.
#[derive(Debug, Default)]
pub(crate) struct Span<'a> {
    pub(crate) start: Text<'a>,
    pub(crate) end: Text<'a>,
}

fields!(Span { b"start": start, b"end": end });

/// A FHIR Range, or a referenceRange's bounds.
#[derive(Debug, Default)]
pub(crate) struct Range<'a> {
    pub(crate) low: Option<Object<Quantity<'a>>>,
    pub(crate) high: Option<Object<Quantity<'a>>>,
}

fields!(Range { b"low": low, b"high": high });

/// A finding about a resource, with what it says at that place, shortened.
pub(crate) fn finding(kind: FindingKind, resource: &str, detail: &str) -> Finding {
    Finding {
        kind,
        resource: resource.to_owned(),
        detail: shortened(detail),
    }
}

/// One resource of the type asked for, or why it is not that.
pub(crate) fn read_one<'a, T: Fields<'a>>(bytes: &'a [u8], resource_type: &str) -> Result<T, PageError> {
    let head = json::read::<Head<'_>>(bytes).unwrap_or_default();
    match head.resource_type.filled() {
        Some(sent) if sent == resource_type => {
            json::read(bytes).ok_or_else(|| PageError::unexpected(bytes, None))
        }
        sent => Err(PageError::unexpected(bytes, sent)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reference(json: &str) -> Reference<'_> {
        json::read(json.as_bytes()).unwrap()
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
            (
                r#"{"code":"%","system":"http://unitsofmeasure.org/","unit":"procent"}"#,
                "%",
            ),
            (
                r#"{"code":"%","system":"urn:oid:2.16.840.1.113883.6.8","unit":"procent"}"#,
                "%",
            ),
        ] {
            let quantity: Quantity<'_> = json::read(json.as_bytes()).unwrap();
            assert_eq!(quantity.unit(), unit, "{json}");
        }
    }

    #[test]
    fn a_units_words_are_those_that_say_it_otherwise_than_its_code() {
        for (json, words) in [
            (r#"{"code":"kg","unit":"lb"}"#, "lb"),
            (r#"{"code":"mmol/L","unit":"mmol/l"}"#, ""),
            (r#"{"unit":"lb"}"#, ""),
            (r#"{"code":"kg"}"#, ""),
            (
                r#"{"code":"262688","system":"urn:iso:std:iso:11073:10101","unit":"%"}"#,
                "",
            ),
        ] {
            let quantity: Quantity<'_> = json::read(json.as_bytes()).unwrap();
            assert_eq!(quantity.unit_words(), words, "{json}");
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
            let quantity: Quantity<'_> = json::read(json.as_bytes()).unwrap();
            assert_eq!(
                quantity.number().map(|n| n.to_string()).as_deref(),
                number,
                "{json}"
            );
        }
    }
}
