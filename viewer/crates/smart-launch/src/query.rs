//! Reading the query of the page's address: a launch, a callback, or neither. Judges nothing.

use oauth2::url::form_urlencoded;

/// The parameters of a query, with or without its leading `?`.
#[derive(Debug)]
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    pub(crate) fn parse(text: &str) -> Self {
        let text = text.strip_prefix('?').unwrap_or(text);
        Self(form_urlencoded::parse(text.as_bytes()).into_owned().collect())
    }

    /// The first value of `name`; an empty value counts as missing.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let (_, value) = self.0.iter().find(|(key, _)| key == name)?;
        (!value.is_empty()).then_some(value)
    }

    /// All values of `name`.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        let named = self.0.iter().filter(move |(key, _)| key == name);
        named.map(|(_, value)| value.as_str())
    }

    /// A callback of the authorization server, as opposed to a launch by the journal.
    pub(crate) fn is_callback(&self) -> bool {
        self.get("code").is_some() || self.get("error").is_some()
    }
}
