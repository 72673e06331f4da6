//! The values of search parameters: lists, tokens, references, dates, sorting. Knows no parameter by name.

use super::{Bound, Include, Prefix, Sort, SortKey, TermMatch, Way};
use crate::fhir::dates::Span;
use crate::fhir::index::split_reference;
use crate::fhir::outcome::Refusal;
use crate::fhir::parameters::{Kind, search_params};

/// Splits at commas that are not escaped by a backslash.
pub(super) fn split_values(text: &str) -> Vec<String> {
    let mut values = vec![String::new()];
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (c, values.last_mut()) {
            (',', _) => values.push(String::new()),
            ('\\', Some(last)) => last.extend(chars.next()),
            (c, Some(last)) => last.push(c),
            (_, None) => {}
        }
    }
    values
}

pub(super) fn token(text: &str) -> TermMatch {
    let given = |part: &str| (!part.is_empty()).then(|| part.to_owned());
    match text.rsplit_once('|') {
        Some((system, value)) => TermMatch {
            system: Some(system.to_owned()),
            value: given(value),
        },
        None => TermMatch {
            system: None,
            value: Some(text.to_owned()),
        },
    }
}

pub(super) fn reference(text: &str) -> TermMatch {
    match split_reference(text) {
        Some((rtype, id)) => TermMatch {
            system: Some(rtype),
            value: Some(id),
        },
        None => TermMatch {
            system: None,
            value: Some(text.to_owned()),
        },
    }
}

/// With a version only that one, without any.
pub(super) fn canonical(text: &str) -> TermMatch {
    let (address, version) = match text.split_once('|') {
        Some((address, version)) => (address, Some(version.to_owned())),
        None => (text, None),
    };
    TermMatch {
        system: version,
        value: Some(address.to_owned()),
    }
}

pub(super) fn patients(name: &str, values: &[String]) -> Result<Vec<String>, Refusal> {
    let id_of = |value: &String| match split_reference(value) {
        Some((rtype, id)) if rtype == "Patient" => Ok(id),
        None if !value.is_empty() && !value.contains('/') => Ok(value.clone()),
        _ => Err(Refusal::invalid(format!("{name}={value} is not a patient"))),
    };
    values.iter().map(id_of).collect()
}

pub(super) fn bounds(name: &str, values: &[String]) -> Result<Vec<Bound>, Refusal> {
    let bound = |value: &String| {
        let (prefix, rest) = match value.get(..2) {
            Some("eq") => (Prefix::Eq, value.get(2..)),
            Some("ne") => (Prefix::Ne, value.get(2..)),
            Some("gt") => (Prefix::Gt, value.get(2..)),
            Some("lt") => (Prefix::Lt, value.get(2..)),
            Some("ge") => (Prefix::Ge, value.get(2..)),
            Some("le") => (Prefix::Le, value.get(2..)),
            Some("sa") => (Prefix::Sa, value.get(2..)),
            Some("eb") => (Prefix::Eb, value.get(2..)),
            _ => (Prefix::Eq, Some(value.as_str())),
        };
        // A plus sign that was not percent-encoded arrives as a space.
        let date = rest.unwrap_or_default().replace(' ', "+");
        match Span::parse(&date) {
            Some(span) => Ok(Bound { prefix, span }),
            None => Err(Refusal::invalid(format!(
                "{name}={value} is not a date with a known prefix"
            ))),
        }
    };
    values.iter().map(bound).collect()
}

pub(super) fn has_date(rtype: &str, name: &str) -> bool {
    search_params(rtype)
        .iter()
        .any(|param| param.kind == Kind::Date && param.name == name)
}

pub(super) fn sort(rtype: &str, text: &str) -> Result<Sort, Refusal> {
    let (name, descending) = match text.strip_prefix('-') {
        Some(name) => (name, true),
        None => (text, false),
    };
    match name {
        "_lastUpdated" => Ok(Sort {
            by: SortKey::Updated,
            descending,
        }),
        _ if has_date(rtype, name) => Ok(Sort {
            by: SortKey::Date,
            descending,
        }),
        _ => Err(Refusal::unknown_parameter(format!(
            "{rtype} cannot be sorted by {text}"
        ))),
    }
}

/// `CarePlan:goal` or `CarePlan:goal:Goal`; what is included forwards starts at the type searched for.
pub(super) fn include(rtype: &str, way: Way, text: &str) -> Result<Include, Refusal> {
    let mut parts = text.split(':');
    let (source, name, target) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    let fits = match way {
        Way::Forwards => source == rtype,
        Way::Onwards => true,
        Way::Backwards => target.is_none_or(|target| target == rtype),
    };
    let param = search_params(source)
        .iter()
        .find(|param| param.kind == Kind::Reference && Some(param.name) == name);
    match param {
        Some(param) if fits => Ok(Include {
            way,
            source: source.to_owned(),
            name: param.name,
            target: target.map(str::to_owned),
        }),
        _ => Err(Refusal::unknown_parameter(format!(
            "{text} cannot be included with {rtype}"
        ))),
    }
}
