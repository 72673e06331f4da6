//! Reading the fields of a JSON object so that an error names the field by its path. Knows no field itself.

use super::HostConfigError;
use lenient_json::Json;

/// The fields of one JSON object, with its path for error messages.
pub(super) struct Fields<'a> {
    values: &'a Json,
    path: String,
}

impl<'a> Fields<'a> {
    /// The object at `path`, which may have the fields `known` and no others: a misspelt field would
    /// otherwise pass for a default.
    pub(super) fn of(value: &'a Json, path: String, known: &[&str]) -> Result<Self, HostConfigError> {
        let Some(values) = value.fields() else {
            return Err(problem(&path, "must be an object"));
        };
        let fields = Self { values: value, path };
        match values.iter().find(|(name, _)| !known.contains(&name.as_str())) {
            Some((unknown, _)) => Err(fields.problem(unknown, "is not a field of a host profile")),
            None => Ok(fields),
        }
    }

    pub(super) fn problem(&self, field: &str, what: impl Into<String>) -> HostConfigError {
        problem(&format!("{}.{field}", self.path), what)
    }

    pub(super) fn has(&self, field: &str) -> bool {
        self.values.field(field).is_some()
    }

    /// A text that must be there.
    pub(super) fn text(&self, field: &str) -> Result<&'a str, HostConfigError> {
        self.optional_text(field)?
            .ok_or_else(|| self.problem(field, "must be a text that is not empty"))
    }

    pub(super) fn optional_text(&self, field: &str) -> Result<Option<&'a str>, HostConfigError> {
        match self.values.field(field) {
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
        let Some(value) = self.values.field(field) else {
            return Ok(None);
        };
        let texts: Option<Vec<String>> = value
            .list()
            .and_then(|list| list.iter().map(|text| text.as_str().map(str::to_owned)).collect());
        match texts {
            Some(texts) if !texts.is_empty() && !texts.contains(&String::new()) => Ok(Some(texts)),
            _ => Err(self.problem(field, "must be a list of texts that is not empty")),
        }
    }

    pub(super) fn object(&self, field: &str, known: &[&str]) -> Result<Option<Fields<'a>>, HostConfigError> {
        match self.values.field(field) {
            None => Ok(None),
            Some(value) => Fields::of(value, format!("{}.{field}", self.path), known).map(Some),
        }
    }

    /// A list of objects; an empty one where there is none.
    pub(super) fn objects(&self, field: &str, known: &[&str]) -> Result<Vec<Fields<'a>>, HostConfigError> {
        let Some(value) = self.values.field(field) else {
            return Ok(Vec::new());
        };
        let Some(items) = value.list() else {
            return Err(self.problem(field, "must be a list"));
        };
        let path = |index| format!("{}.{field}[{index}]", self.path);
        let objects = items.iter().enumerate();
        objects
            .map(|(index, item)| Fields::of(item, path(index), known))
            .collect()
    }

    /// The names and texts of an object whose field names are free.
    pub(super) fn pairs(&self, field: &str) -> Result<Vec<(String, String)>, HostConfigError> {
        let Some(value) = self.values.field(field) else {
            return Ok(Vec::new());
        };
        let Some(values) = value.fields() else {
            return Err(self.problem(field, "must be an object"));
        };
        let pair = |(name, value): &(String, Json)| match value.as_str() {
            Some(text) => Ok((name.clone(), text.to_owned())),
            None => Err(self.problem(&format!("{field}.{name}"), "must be a text")),
        };
        values.iter().map(pair).collect()
    }

    pub(super) fn flag(&self, field: &str) -> Result<Option<bool>, HostConfigError> {
        match self.values.field(field) {
            None => Ok(None),
            Some(value) => match value.flag() {
                Some(flag) => Ok(Some(flag)),
                None => Err(self.problem(field, "must be true or false")),
            },
        }
    }

    /// A whole number from 1 to `highest`.
    pub(super) fn number(&self, field: &str, highest: u32) -> Result<Option<u32>, HostConfigError> {
        match self.values.field(field) {
            None => Ok(None),
            Some(value) => match value.number().filter(|number| number.fract() == 0.0) {
                Some(number) if (1.0..=f64::from(highest)).contains(&number) => Ok(Some(number as u32)),
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
