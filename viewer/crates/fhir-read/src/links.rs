//! Paging links: resolved, and refused where they lead away from the server that was asked (S9).

use std::fmt;

/// A link that leads to another origin than the FHIR base's: following it would hand the token to
/// somebody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignLink {
    /// The link as sent.
    pub link: String,
}

impl fmt::Display for ForeignLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the next page lies outside the server: {}", self.link)
    }
}

impl std::error::Error for ForeignLink {}

/// The address of the next page: `link` as sent if it is absolute, else resolved against `base`,
/// the FHIR base.
///
/// # Errors
/// [`ForeignLink`] if scheme, host or port differ from the base's, or if the link could be read in
/// two ways (user names, backslashes, control characters, white space).
pub fn next_link(base: &str, link: &str) -> Result<String, ForeignLink> {
    let foreign = || ForeignLink {
        link: link.to_owned(),
    };
    let ambiguous = |c: char| c.is_whitespace() || c.is_control() || c == '\\';
    if link.is_empty() || link.contains(ambiguous) {
        return Err(foreign());
    }
    let own = Origin::of(base).ok_or_else(foreign)?;
    let base = base.trim_end_matches('/');
    if link.starts_with("//") || has_scheme(link) {
        let absolute = if link.starts_with("//") {
            format!("{}:{link}", own.scheme)
        } else {
            link.to_owned()
        };
        return match Origin::of(&absolute) {
            Some(origin) if origin == own => Ok(absolute),
            _ => Err(foreign()),
        };
    }
    Ok(if link.starts_with('/') {
        format!("{}{link}", base.get(..own.length).unwrap_or(base))
    } else if link.starts_with('?') {
        format!("{base}{link}")
    } else {
        format!("{base}/{link}")
    })
}

/// True if it begins with a scheme, as in `https:` or `javascript:`.
fn has_scheme(link: &str) -> bool {
    let before = link.split(['/', '?', '#']).next().unwrap_or_default();
    before.contains(':')
}

#[derive(Debug)]
struct Origin {
    scheme: String,
    host: String,
    port: String,
    /// Bytes of scheme, `://` and authority.
    length: usize,
}

impl PartialEq for Origin {
    fn eq(&self, other: &Self) -> bool {
        (&self.scheme, &self.host, &self.port) == (&other.scheme, &other.host, &other.port)
    }
}

impl Origin {
    /// `None` for anything but `http` and `https` with a plain host.
    fn of(url: &str) -> Option<Self> {
        let (scheme, rest) = url.split_once("://")?;
        let scheme = scheme.to_ascii_lowercase();
        let default_port = match scheme.as_str() {
            "http" => "80",
            "https" => "443",
            _ => return None,
        };
        let authority = rest.split(['/', '?', '#']).next()?;
        if authority.is_empty() || authority.contains('@') {
            return None;
        }
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => (host, port),
            _ => (authority, ""),
        };
        Some(Self {
            length: scheme.len() + 3 + authority.len(),
            scheme,
            host: host.to_ascii_lowercase(),
            port: if port.is_empty() { default_port } else { port }.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "http://127.0.0.1:8480/fhir";

    fn check(base: &str, link: &str, expected: Option<&str>) {
        assert_eq!(next_link(base, link).ok().as_deref(), expected, "{link}");
    }

    #[test]
    fn a_link_on_the_same_server_is_followed_as_sent() {
        for link in [
            "http://127.0.0.1:8480/fhir/Observation?_page=abc%3D",
            "http://127.0.0.1:8480/fhir?_getpages=1&x=http://elsewhere.example",
        ] {
            check(BASE, link, Some(link));
        }
        check(
            "https://h.example/fhir/",
            "HTTPS://H.example:443/fhir?p=2",
            Some("HTTPS://H.example:443/fhir?p=2"),
        );
    }

    #[test]
    fn a_relative_link_is_resolved_against_the_base() {
        check(
            BASE,
            "Observation?p=2",
            Some("http://127.0.0.1:8480/fhir/Observation?p=2"),
        );
        check("http://h/fhir/", "?p=2", Some("http://h/fhir?p=2"));
        check(BASE, "/fhir?p=2", Some("http://127.0.0.1:8480/fhir?p=2"));
        check(BASE, "//127.0.0.1:8480/x", Some("http://127.0.0.1:8480/x"));
    }

    #[test]
    fn a_link_elsewhere_is_refused() {
        for link in [
            "",
            "https://127.0.0.1:8480/fhir?p=2",
            "http://127.0.0.1:8481/fhir?p=2",
            "http://127.0.0.1/fhir",
            "http://localhost:8480/fhir",
            "http://127.0.0.1:8480@evil.example/fhir",
            "http://evil.example/http://127.0.0.1:8480/fhir",
            "//evil.example/fhir",
            "/\\evil.example/fhir",
            "\\\\evil.example",
            "http:\\\\evil.example",
            "http:/evil.example",
            "http:evil.example",
            " http://evil.example",
            "ht\ntp://evil.example",
            "javascript:alert(1)",
            "data:text/html,x",
        ] {
            check(BASE, link, None);
        }
        check("not a base", "?p=2", None);
    }
}
