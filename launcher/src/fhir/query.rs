//! Search parameters parsed into a query. Anything unknown is refused by name. Runs nothing.

mod values;

#[cfg(test)]
mod tests;

use self::values::{bounds, canonical, has_date, include, patients, reference, sort, split_values, token};
use super::dates::Span;
use super::outcome::Refusal;
use super::parameters::{IDENTIFIER, Kind, search_params};

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
    pub(crate) way: Way,
    /// The type that has the reference.
    pub(crate) source: String,
    pub(crate) name: &'static str,
    pub(crate) target: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Way {
    /// What the matches refer to.
    Forwards,
    /// What refers to the matches.
    Backwards,
    /// What the matches, and what is included with them, refer to.
    Onwards,
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
            "_include" if operation == Operation::Search => {
                self.includes.push(include(rtype, Way::Forwards, text)?);
            }
            "_include:iterate" if operation == Operation::Search => {
                self.includes.push(include(rtype, Way::Onwards, text)?);
            }
            "_revinclude" if operation == Operation::Search => {
                self.includes.push(include(rtype, Way::Backwards, text)?);
            }
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
                    Kind::Canonical => Filter::Terms {
                        name: param.name,
                        any: values.iter().map(|v| canonical(v)).collect(),
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
