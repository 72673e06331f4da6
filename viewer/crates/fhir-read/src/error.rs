//! Why a whole answer could not be used. What is wrong with single entries is a finding instead.

use std::fmt;

use crate::json::{self, List, Object, Text, fields};
use crate::resource::Concept;

/// An answer that holds nothing to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageError {
    /// Not the FHIR resource that was asked for: an HTML page, another resource, or nothing.
    NotFhir {
        /// The resource type if it is one, else how the answer begins (at most 60 characters).
        found: String,
    },
    /// The server explains itself by an OperationOutcome.
    Outcome {
        /// `details.text`, else `diagnostics`, else the issue's code.
        text: String,
    },
}

impl fmt::Display for PageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFhir { found } => write!(f, "not the FHIR resource asked for: {found}"),
            Self::Outcome { text } => write!(f, "the server answered: {text}"),
        }
    }
}

impl std::error::Error for PageError {}

impl PageError {
    /// For an answer whose resource type, if it has one, is not the one asked for.
    pub(crate) fn unexpected(bytes: &[u8], resource_type: Option<&str>) -> Self {
        match resource_type {
            Some("OperationOutcome") => Self::Outcome {
                text: json::read::<OperationOutcome<'_>>(bytes)
                    .map(|outcome| outcome.text())
                    .unwrap_or_default(),
            },
            Some(other) => Self::NotFhir {
                found: other.to_owned(),
            },
            None => Self::NotFhir {
                found: shortened(&String::from_utf8_lossy(bytes.get(..300).unwrap_or(bytes))),
            },
        }
    }
}

/// What an OperationOutcome says, for a refused request; `None` if the answer is none or says nothing.
pub fn outcome_text(bytes: &[u8]) -> Option<String> {
    let text = json::read::<OperationOutcome<'_>>(bytes)?.text();
    (!text.is_empty()).then_some(text)
}

/// The first 60 characters on one line.
pub(crate) fn shortened(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().take(60).collect()
}

#[derive(Debug, Default)]
pub(crate) struct OperationOutcome<'a> {
    issue: List<Issue<'a>>,
}

fields!(OperationOutcome { b"issue": issue });

#[derive(Debug, Default)]
struct Issue<'a> {
    code: Text<'a>,
    details: Option<Object<Concept<'a>>>,
    diagnostics: Text<'a>,
}

fields!(Issue { b"code": code, b"details": details, b"diagnostics": diagnostics });

impl OperationOutcome<'_> {
    /// What the first issue says that says anything.
    pub(crate) fn text(&self) -> String {
        let details = self.issue.iter().find_map(|issue| {
            let details = issue.details.as_ref()?;
            details.text.filled()
        });
        let said = details
            .or_else(|| self.issue.iter().find_map(|issue| issue.diagnostics.filled()))
            .or_else(|| self.issue.iter().find_map(|issue| issue.code.filled()));
        said.unwrap_or_default().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &str, text: &str) {
        let outcome: OperationOutcome<'_> = json::read(json.as_bytes()).unwrap();
        assert_eq!(outcome.text(), text, "{json}");
    }

    #[test]
    fn details_come_before_diagnostics_before_the_code() {
        check(
            r#"{"issue":[{"code":"login","details":{"text":"Not signed in"},"diagnostics":"trace"}]}"#,
            "Not signed in",
        );
        check(r#"{"issue":[{"code":"login","diagnostics":"trace"}]}"#, "trace");
        check(r#"{"issue":[{"code":"login"}]}"#, "login");
        check(r#"{"issue":"nothing"}"#, "");
    }

    #[test]
    fn an_html_page_is_quoted_by_its_beginning() {
        let error = PageError::unexpected(b"<html>\n <body>Bad gateway", None);
        assert_eq!(
            error,
            PageError::NotFhir {
                found: "<html> <body>Bad gateway".to_owned()
            }
        );
    }
}
