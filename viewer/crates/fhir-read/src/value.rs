//! The number of an Observation or component: found, and brought into the unit it is shown in.

use std::borrow::Cow;

use chart_model::reading::{Comparator, Quantity};
use chart_model::units::{self, Dimension, UnitError};
use chart_model::{Decimal, FindingKind, Parameter};

use crate::intern::Interner;
use crate::observation::Observation;
use crate::resource;

/// A number as the source sent it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sent<'a> {
    pub(crate) number: Decimal,
    pub(crate) comparator: Option<Comparator>,
    /// Empty if none was sent.
    pub(crate) unit: &'a str,
    /// The unit once more, in words; empty where it was sent once only.
    pub(crate) unit_words: &'a str,
}

/// Why there is no number.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Miss<'a> {
    /// Nothing was sent.
    Absent,
    /// The source says that there is none, and why.
    NoValue,
    /// Something was sent that is no number: its text.
    NotANumber(Cow<'a, str>),
}

/// Finds the number that an Observation or a component carries itself.
pub(crate) fn sent<'a>(fields: &'a Observation<'_>) -> Result<Sent<'a>, Miss<'a>> {
    if let Some(quantity) = &fields.value_quantity
        && quantity.value.json().is_some()
    {
        return of_quantity(quantity);
    }
    if let Some(text) = fields.value_integer.json() {
        let number = Decimal::parse(text).ok_or(Miss::NotANumber(Cow::Borrowed(text)))?;
        return Ok(Sent {
            number,
            comparator: None,
            unit: "",
            unit_words: "",
        });
    }
    if let Some(text) = fields.value_string.sent() {
        return Err(Miss::NotANumber(Cow::Borrowed(text)));
    }
    if let Some(concept) = &fields.value_codeable_concept {
        let named = concept.coding.iter().find_map(|coding| coding.display.filled());
        let text = concept.text.filled().or(named).unwrap_or_default();
        return Err(Miss::NotANumber(Cow::Borrowed(text)));
    }
    if fields.has_other_value() {
        return Err(Miss::NotANumber(Cow::Borrowed("")));
    }
    Err(if fields.data_absent_reason.0 {
        Miss::NoValue
    } else {
        Miss::Absent
    })
}

fn of_quantity<'a>(quantity: &'a resource::Quantity<'_>) -> Result<Sent<'a>, Miss<'a>> {
    let text = quantity.value.json().unwrap_or_default();
    let number = Decimal::parse(text).ok_or(Miss::NotANumber(Cow::Borrowed(text)))?;
    let comparator = match quantity.comparator.sent() {
        None => None,
        Some("<") => Some(Comparator::Less),
        Some("<=") => Some(Comparator::LessOrEqual),
        Some(">") => Some(Comparator::Greater),
        Some(">=") => Some(Comparator::GreaterOrEqual),
        // What it makes of the number is not known, so the number alone would mislead.
        Some(other) => return Err(Miss::NotANumber(Cow::Owned(format!("{other} {text}")))),
    };
    Ok(Sent {
        number,
        comparator,
        unit: quantity.unit(),
        unit_words: quantity.unit_words(),
    })
}

/// Brings a number into the parameter's unit and rounds it by its rule. Scores and counts per day
/// have no dimension: for them a missing unit is the parameter's own. A unit whose code says kilograms and whose
/// words say pounds is neither.
pub(crate) fn to_shown(
    parameter: &Parameter,
    number: Decimal,
    unit: &str,
    unit_words: &str,
) -> Result<Decimal, UnitError> {
    match parameter {
        Parameter::Known(known) => {
            let spec = known.spec();
            if unit.is_empty() && matches!(spec.dimension, Dimension::Score | Dimension::PerDay) {
                return Ok(number.round(spec.decimals));
            }
            let convert = |unit: &str| units::convert(number, unit, spec.dimension, spec.decimals);
            let shown = convert(unit)?;
            match convert(unit_words) {
                Ok(other) if other != shown => Err(UnitError::Conflict),
                _ => Ok(shown),
            }
        }
        Parameter::Other(other) if *unit == *other.unit => Ok(number),
        Parameter::Other(_) => Err(UnitError::Unknown),
    }
}

/// The quantity as shown: converted, or as sent with a remark.
pub(crate) fn shown(
    parameter: &Parameter,
    sent: &Sent<'_>,
    interner: &mut Interner,
    remarks: &mut Vec<FindingKind>,
) -> Quantity {
    let (shown, as_sent_unit) = match to_shown(parameter, sent.number, sent.unit, sent.unit_words) {
        Ok(shown) => (shown, None),
        Err(error) => {
            let both = || Cow::Owned(format!("{} ≠ {}", sent.unit_words, sent.unit));
            let (remark, unit) = match error {
                UnitError::Missing => (FindingKind::MissingUnit, Cow::Borrowed(sent.unit)),
                UnitError::Unknown => (FindingKind::UnknownUnit, Cow::Borrowed(sent.unit)),
                UnitError::Conflict => (FindingKind::UnitConflict, both()),
            };
            remarks.push(remark);
            (sent.number, Some(interner.text(&unit)))
        }
    };
    Quantity {
        shown,
        comparator: sent.comparator,
        as_sent_unit,
        source_text: (shown != sent.number)
            .then(|| format!("{} {}", sent.number, sent.unit).trim_end().into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chart_model::{Known, Other};

    fn check(known: Known, json: &str, value: &str, unit: Option<&str>, source: Option<&str>) {
        let fields: Observation<'_> = crate::json::read(json.as_bytes()).unwrap();
        let sent = sent(&fields).unwrap();
        let mut remarks = Vec::new();
        let quantity = shown(&known.into(), &sent, &mut Interner::default(), &mut remarks);
        assert_eq!(quantity.shown.to_string(), value, "{json}");
        assert_eq!(quantity.as_sent_unit.as_deref(), unit, "{json}");
        assert_eq!(quantity.source_text.as_deref(), source, "{json}");
        assert_eq!(remarks.is_empty(), unit.is_none(), "{json}");
    }

    #[test]
    fn converts_and_keeps_what_the_source_wrote_where_it_differs() {
        let pounds = r#"{"valueQuantity":{"value":185.6,"unit":"lb","code":"[lb_av]"}}"#;
        check(Known::Weight, pounds, "84.2", None, Some("185.6 [lb_av]"));
        let same = r#"{"valueQuantity":{"value":84.20,"unit":"kg"}}"#;
        check(Known::Weight, same, "84.2", None, None);
        check(
            Known::Spo2,
            r#"{"valueQuantity":{"value":87.5,"unit":"%"}}"#,
            "88",
            None,
            Some("87.5 %"),
        );
    }

    #[test]
    fn zero_is_a_value() {
        check(Known::Cat, r#"{"valueInteger":0}"#, "0", None, None);
        check(Known::Steps, r#"{"valueQuantity":{"value":0}}"#, "0", None, None);
    }

    #[test]
    fn a_unit_is_never_guessed() {
        check(Known::Weight, r#"{"valueInteger":84}"#, "84", Some(""), None);
        let stone = r#"{"valueQuantity":{"value":13.25,"unit":"stone"}}"#;
        check(Known::Weight, stone, "13.25", Some("stone"), None);
    }

    #[test]
    fn a_unit_that_is_another_in_words_than_by_its_code_is_neither() {
        let pounds = r#"{"valueQuantity":{"value":185,"unit":"lb","code":"kg"}}"#;
        check(Known::Weight, pounds, "185", Some("lb ≠ kg"), None);
        let glucose = r#"{"valueQuantity":{"value":5.6,"unit":"mmol/L","code":"mg/dL"}}"#;
        check(Known::Glucose, glucose, "5.6", Some("mmol/L ≠ mg/dL"), None);
        for agreeing in [
            r#"{"valueQuantity":{"value":84.2,"unit":"kilo","code":"kg"}}"#,
            r#"{"valueQuantity":{"value":84.2,"unit":"kilogram","code":"kg"}}"#,
        ] {
            check(Known::Weight, agreeing, "84.2", None, None);
        }
    }

    #[test]
    fn another_code_keeps_number_and_unit_as_sent() {
        let other = Parameter::Other(
            Other {
                system: "".into(),
                code: "x".into(),
                text: "x".into(),
                unit: "ug/L".into(),
            }
            .into(),
        );
        assert_eq!(
            to_shown(&other, Decimal::new(12345, 3), "ug/L", ""),
            Ok(Decimal::new(12345, 3))
        );
        assert_eq!(
            to_shown(&other, Decimal::new(12345, 3), "mg/L", ""),
            Err(UnitError::Unknown)
        );
    }

    #[test]
    fn says_why_there_is_no_number() {
        let not_a_number = |text: &'static str| Miss::NotANumber(Cow::Borrowed(text));
        for (json, miss) in [
            ("{}", Miss::Absent),
            (r#"{"valueQuantity":{"unit":"kg"}}"#, Miss::Absent),
            (r#"{"dataAbsentReason":{"text":"Glemt"}}"#, Miss::NoValue),
            (
                r#"{"valueQuantity":{"unit":"kg"},"dataAbsentReason":{}}"#,
                Miss::NoValue,
            ),
            (r#"{"valueString":"høy"}"#, not_a_number("høy")),
            (r#"{"valueQuantity":{"value":"84"}}"#, not_a_number("\"84\"")),
            (r#"{"valueQuantity":{"value":1e400}}"#, not_a_number("1e400")),
            (
                r#"{"valueQuantity":{"value":84,"comparator":"~"}}"#,
                not_a_number("~ 84"),
            ),
            (
                r#"{"valueCodeableConcept":{"text":"Positiv"}}"#,
                not_a_number("Positiv"),
            ),
            (r#"{"valueBoolean":true}"#, not_a_number("")),
        ] {
            let fields: Observation<'_> = crate::json::read(json.as_bytes()).unwrap();
            assert_eq!(sent(&fields), Err(miss), "{json}");
        }
    }
}
