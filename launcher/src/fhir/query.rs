//! Search parameters parsed into a query. Anything unknown is refused by name. Runs nothing.

use super::dates::Span;
use super::index::split_reference;
use super::outcome::Refusal;
use super::types::{IDENTIFIER, Kind, search_params};

/// Names and values in the order of the request, percent-decoded.
pub(crate) type Params = Vec<(String, String)>;

pub(crate) const DEFAULT_COUNT: usize = 50;
pub(crate) const MAX_COUNT: usize = 1000;

#[derive(Debug)]
pub(crate) struct Query {
    /// All of them must hold.
    pub(crate) filters: Vec<Filter>,
    pub(crate) sort: Sort,
    /// Entries on a page, 0 to `MAX_COUNT`.
    pub(crate) count: usize,
    pub(crate) elements: Option<Vec<String>>,
    /// `_summary=count`: the number of matches and no entries.
    pub(crate) count_only: bool,
    pub(crate) includes: Vec<Include>,
    /// `max` of `$lastn`.
    pub(crate) max: usize,
}

/// Any of the values may match.
#[derive(Debug)]
pub(crate) enum Filter {
    Patient(Vec<String>),
    Ids(Vec<String>),
    Date(Vec<Bound>),
    /// Without a date that can be read, or with one.
    DateMissing(bool),
    Updated(Vec<Bound>),
    Terms {
        name: &'static str,
        any: Vec<TermMatch>,
    },
}

/// System and value of a token, or type and id of a reference; what is `None` may be anything.
#[derive(Debug, PartialEq)]
pub(crate) struct TermMatch {
    pub(crate) system: Option<String>,
    pub(crate) value: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Bound {
    pub(crate) prefix: Prefix,
    pub(crate) span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Prefix {
    Eq,
    Ne,
    Gt,
    Lt,
    Ge,
    Le,
    Sa,
    Eb,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Sort {
    pub(crate) by: SortKey,
    pub(crate) descending: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum SortKey {
    Date,
    Updated,
}

#[derive(Debug)]
pub(crate) struct Include {
    pub(crate) name: &'static str,
    pub(crate) target: Option<String>,
}

impl Query {
    pub(crate) fn parse(rtype: &str, params: &Params, operation: Operation) -> Result<Self, Refusal> {
        let mut query = Self {
            filters: Vec::new(),
            sort: Sort {
                by: SortKey::Updated,
                descending: false,
            },
            count: DEFAULT_COUNT,
            elements: None,
            count_only: false,
            includes: Vec::new(),
            max: 1,
        };
        for (name, text) in params {
            query.add(rtype, name, text, operation)?;
        }
        Ok(query)
    }

    fn add(&mut self, rtype: &str, name: &str, text: &str, operation: Operation) -> Result<(), Refusal> {
        let values = split_values(text);
        match name {
            "_id" => self.filters.push(Filter::Ids(values)),
            "_lastUpdated" => self.filters.push(Filter::Updated(bounds(name, &values)?)),
            "_elements" => self.elements = Some(values),
            "_summary" => match text {
                "count" => self.count_only = true,
                "false" => {}
                _ => {
                    return Err(Refusal::unknown_parameter(format!(
                        "_summary={text} is not supported"
                    )));
                }
            },
            "_format" if is_json(text) => {}
            "_format" => {
                return Err(Refusal::not_acceptable(format!(
                    "_format={text}: only JSON is served"
                )));
            }
            "_pretty" | "_total" => {}
            "_count" if operation == Operation::Search => {
                let count: usize = text
                    .parse()
                    .map_err(|_| Refusal::invalid(format!("_count={text} is not a number")))?;
                self.count = count.min(MAX_COUNT);
            }
            "_sort" if operation == Operation::Search => self.sort = sort(rtype, text)?,
            "_include" if operation == Operation::Search => self.includes.push(include(rtype, text)?),
            "max" if operation == Operation::LastN => {
                self.max = match text.parse() {
                    Ok(max) if (1..=MAX_COUNT).contains(&max) => max,
                    _ => {
                        return Err(Refusal::invalid(format!(
                            "max={text} is not a number from 1 to 1000"
                        )));
                    }
                };
            }
            "patient" if rtype != "Patient" => self.filters.push(Filter::Patient(patients(name, &values)?)),
            "subject" if search_params(rtype).iter().any(|param| param.name == "subject") => {
                self.filters.push(Filter::Patient(patients(name, &values)?));
            }
            _ if name
                .strip_suffix(":missing")
                .is_some_and(|name| has_date(rtype, name)) =>
            {
                let missing = text
                    .parse()
                    .map_err(|_| Refusal::invalid(format!("{name}={text} is neither true nor false")))?;
                self.filters.push(Filter::DateMissing(missing));
            }
            _ => {
                let param = search_params(rtype)
                    .iter()
                    .chain([&IDENTIFIER])
                    .find(|param| param.name == name)
                    .ok_or_else(|| {
                        Refusal::unknown_parameter(format!("unknown search parameter {rtype}.{name}"))
                    })?;
                self.filters.push(match param.kind {
                    Kind::Date => Filter::Date(bounds(name, &values)?),
                    Kind::Token => Filter::Terms {
                        name: param.name,
                        any: values.iter().map(|v| token(v)).collect(),
                    },
                    Kind::Reference => Filter::Terms {
                        name: param.name,
                        any: values.iter().map(|v| reference(v)).collect(),
                    },
                });
            }
        }
        Ok(())
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Operation {
    Search,
    LastN,
}

pub(crate) fn is_json(format: &str) -> bool {
    matches!(
        format,
        "json" | "application/json" | "application/fhir+json" | "application/fhir json"
    )
}

/// Splits at commas that are not escaped by a backslash.
fn split_values(text: &str) -> Vec<String> {
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

fn token(text: &str) -> TermMatch {
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

fn reference(text: &str) -> TermMatch {
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

fn patients(name: &str, values: &[String]) -> Result<Vec<String>, Refusal> {
    let id_of = |value: &String| match split_reference(value) {
        Some((rtype, id)) if rtype == "Patient" => Ok(id),
        None if !value.is_empty() && !value.contains('/') => Ok(value.clone()),
        _ => Err(Refusal::invalid(format!("{name}={value} is not a patient"))),
    };
    values.iter().map(id_of).collect()
}

fn bounds(name: &str, values: &[String]) -> Result<Vec<Bound>, Refusal> {
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

fn has_date(rtype: &str, name: &str) -> bool {
    search_params(rtype)
        .iter()
        .any(|param| param.kind == Kind::Date && param.name == name)
}

fn sort(rtype: &str, text: &str) -> Result<Sort, Refusal> {
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

fn include(rtype: &str, text: &str) -> Result<Include, Refusal> {
    let mut parts = text.split(':');
    let (source, name, target) = (parts.next(), parts.next(), parts.next());
    let param = search_params(rtype)
        .iter()
        .find(|param| param.kind == Kind::Reference && Some(param.name) == name && source == Some(rtype));
    match param {
        Some(param) => Ok(Include {
            name: param.name,
            target: target.map(str::to_owned),
        }),
        None => Err(Refusal::unknown_parameter(format!(
            "unknown _include={text} for {rtype}"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(query: &str) -> Result<Query, Refusal> {
        let params = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        Query::parse("Observation", &params, Operation::Search)
    }

    #[test]
    fn everything_unknown_is_refused_by_name() {
        for (query, named) in [
            ("colour=red", "colour"),
            ("code:text=x", "code:text"),
            ("_sort=colour", "colour"),
            ("_sort=-date,code", "-date,code"),
            ("_include=CarePlan:goal", "CarePlan:goal"),
            ("_summary=true", "_summary"),
            ("date=ap2026", "ap2026"),
            ("date=soon", "soon"),
            ("date:missing=perhaps", "perhaps"),
            ("code:missing=true", "code:missing"),
            ("date=", "date="),
            ("_count=all", "all"),
            ("max=1", "max"),
            ("patient=Group/1", "Group/1"),
            ("_format=xml", "xml"),
        ] {
            let refusal = parse(query).unwrap_err();
            assert!(refusal.text.contains(named), "{query}: {}", refusal.text);
        }
    }

    #[test]
    fn a_plus_sign_in_an_offset_survives_form_encoding() {
        let query = parse("date=ge2026-10-20T00:00:00+02:00").unwrap();
        let Some(Filter::Date(bounds)) = query.filters.first() else {
            panic!("no date")
        };
        assert_eq!(bounds[0].prefix, Prefix::Ge);
        assert_eq!(Some(bounds[0].span), Span::parse("2026-10-20T00:00:00+02:00"));
    }

    #[test]
    fn code_lists_are_parted_at_commas_and_bars() {
        let query = parse("code=http://loinc.org|2708-6,x,|y,s|").unwrap();
        let Some(Filter::Terms { any, .. }) = query.filters.first() else {
            panic!("no code")
        };
        let parts: Vec<_> = any
            .iter()
            .map(|m| (m.system.as_deref(), m.value.as_deref()))
            .collect();
        assert_eq!(
            parts,
            [
                (Some("http://loinc.org"), Some("2708-6")),
                (None, Some("x")),
                (Some(""), Some("y")),
                (Some("s"), None)
            ]
        );
    }

    #[test]
    fn a_page_is_capped() {
        assert_eq!(parse("_count=100000").unwrap().count, MAX_COUNT);
        assert_eq!(parse("").unwrap().count, DEFAULT_COUNT);
    }
}
