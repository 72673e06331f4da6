//! Reading the fields of a JSON object so that an error names the field by its path. Knows no field itself.

use super::HostConfigError;
use serde_json::{Map, Value};

/// The fields of one JSON object, with its path for error messages.
pub(super) struct Fields<'a> {
    values: &'a Map<String, Value>,
    path: String,
}

impl<'a> Fields<'a> {
    /// The object at `path`, which may have the fields `known` and no others: a misspelt field would
    /// otherwise pass for a default.
    pub(super) fn of(value: &'a Value, path: String, known: &[&str]) -> Result<Self, HostConfigError> {
        let Some(values) = value.as_object() else {
            return Err(problem(&path, "must be an object"));
        };
        let fields = Self { values, path };
        match values.keys().find(|name| !known.contains(&name.as_str())) {
            Some(unknown) => Err(fields.problem(unknown, "is not a field of a host profile")),
            None => Ok(fields),
        }
    }

    pub(super) fn problem(&self, field: &str, what: impl Into<String>) -> HostConfigError {
        problem(&format!("{}.{field}", self.path), what)
    }

    pub(super) fn has(&self, field: &str) -> bool {
        self.values.contains_key(field)
    }

    /// A text that must be there.
    pub(super) fn text(&self, field: &str) -> Result<&'a str, HostConfigError> {
        self.optional_text(field)?
            .ok_or_else(|| self.problem(field, "must be a text that is not empty"))
    }

    pub(super) fn optional_text(&self, field: &str) -> Result<Option<&'a str>, HostConfigError> {
        match self.values.get(field) {
            None => Ok(None),
            Some(value) => match value.as_str() {
                Some(text) if !text.is_empty() => Ok(Some(text)),
                _ => Err(self.problem(field, "must be a text that is not empty")),
            },
        }
    }

    /// One of a few words; the first is the default.
    pub(super) fn choice<T: Copy>(&self, field: &str, choices: &[(&str, T)]) -> Result<T, HostConfigError> {
        let chosen = match self.optional_text(field)? {
            None => choices.first(),
            Some(text) => choices.iter().find(|(word, _)| *word == text),
        };
        chosen.map(|(_, choice)| *choice).ok_or_else(|| {
            let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
            self.problem(field, format!("must be one of {}", words.join(", ")))
        })
    }

    /// A list of texts that is not empty.
    pub(super) fn texts(&self, field: &str) -> Result<Option<Vec<String>>, HostConfigError> {
        let Some(value) = self.values.get(field) else {
            return Ok(None);
        };
        let texts: Option<Vec<String>> = value
            .as_array()
            .and_then(|list| list.iter().map(|text| text.as_str().map(str::to_owned)).collect());
        match texts {
            Some(texts) if !texts.is_empty() && !texts.contains(&String::new()) => Ok(Some(texts)),
            _ => Err(self.problem(field, "must be a list of texts that is not empty")),
        }
    }

    pub(super) fn object(&self, field: &str, known: &[&str]) -> Result<Option<Fields<'a>>, HostConfigError> {
        match self.values.get(field) {
            None => Ok(None),
            Some(value) => Fields::of(value, format!("{}.{field}", self.path), known).map(Some),
        }
    }

    /// The names and texts of an object whose field names are free.
    pub(super) fn pairs(&self, field: &str) -> Result<Vec<(String, String)>, HostConfigError> {
        let Some(value) = self.values.get(field) else {
            return Ok(Vec::new());
        };
        let Some(values) = value.as_object() else {
            return Err(self.problem(field, "must be an object"));
        };
        let pair = |(name, value): (&String, &Value)| match value.as_str() {
            Some(text) => Ok((name.clone(), text.to_owned())),
            None => Err(self.problem(&format!("{field}.{name}"), "must be a text")),
        };
        values.iter().map(pair).collect()
    }

    pub(super) fn flag(&self, field: &str) -> Result<Option<bool>, HostConfigError> {
        match self.values.get(field) {
            None => Ok(None),
            Some(value) => match value.as_bool() {
                Some(flag) => Ok(Some(flag)),
                None => Err(self.problem(field, "must be true or false")),
            },
        }
    }

    /// A whole number from 1 to `highest`.
    pub(super) fn number(&self, field: &str, highest: u32) -> Result<Option<u32>, HostConfigError> {
        match self.values.get(field) {
            None => Ok(None),
            Some(value) => match value.as_u64().and_then(|number| u32::try_from(number).ok()) {
                Some(number) if (1..=highest).contains(&number) => Ok(Some(number)),
                _ => Err(self.problem(field, format!("must be a whole number from 1 to {highest}"))),
            },
        }
    }
}

pub(super) fn problem(field: &str, what: impl Into<String>) -> HostConfigError {
    HostConfigError {
        field: field.to_owned(),
        problem: what.into(),
    }
}
