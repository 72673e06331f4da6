//! What the page's address asks for: `?only=row-red-low&lang=nn&scheme=dark&width=400,1200`. The scheme is
//! taken by the start script, before the page is drawn; here it is only passed on.

use crate::text::Lang;

/// The widths of the frames where none is asked for, CSS pixels: a side panel and a whole window.
const WIDTHS: [u32; 2] = [400, 1200];

/// See the module.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Address {
    /// Show this entry alone.
    pub(super) only: Option<String>,
    /// The language of the entries.
    pub(super) lang: Lang,
    /// `light` or `dark`; `None` as the system has it.
    pub(super) scheme: Option<String>,
    /// Widths of the frames, CSS pixels.
    pub(super) widths: Vec<u32>,
}

impl Address {
    /// Of this page.
    pub(super) fn read() -> Self {
        // Only a detached window refuses to say where it is.
        Self::parse(&gloo::utils::window().location().search().unwrap_or_default())
    }

    fn parse(query: &str) -> Self {
        let value = |name: &str| {
            let pairs = query.trim_start_matches('?').split('&');
            let mut pairs = pairs.filter_map(|pair| pair.split_once('='));
            pairs
                .find(|(key, _)| *key == name)
                .map(|(_, value)| value.to_owned())
        };
        let widths: Vec<u32> = value("width")
            .unwrap_or_default()
            .split(',')
            .filter_map(|width| width.parse().ok())
            .collect();
        Self {
            only: value("only"),
            lang: value("lang")
                .and_then(|tag| Lang::from_tag(&tag))
                .unwrap_or_default(),
            scheme: value("scheme"),
            widths: if widths.is_empty() {
                WIDTHS.to_vec()
            } else {
                widths
            },
        }
    }

    /// The address of the same page.
    pub(super) fn query(&self) -> String {
        let widths: Vec<String> = self.widths.iter().map(u32::to_string).collect();
        let mut query = format!("?lang={}&width={}", self.lang.tag(), widths.join(","));
        for (name, value) in [("scheme", &self.scheme), ("only", &self.only)] {
            if let Some(value) = value {
                query.push_str(&format!("&{name}={value}"));
            }
        }
        query
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_survives_being_written() {
        for query in [
            "",
            "?only=launching",
            "?lang=nn&scheme=dark&width=320",
            "?width=400,x&lang=xx",
        ] {
            let address = Address::parse(query);
            assert_eq!(Address::parse(&address.query()), address, "{query}");
        }
    }

    #[test]
    fn what_is_not_asked_for_is_the_usual() {
        let address = Address::parse("?only=expired");
        assert_eq!(address.only.as_deref(), Some("expired"));
        assert_eq!((address.lang, address.scheme), (Lang::Bokmal, None));
        assert_eq!(address.widths, WIDTHS);
    }
}
