//! Absolute addresses of the web, in the forms about which all who read addresses agree: what could be understood in
//! two ways (user names, backslashes, white space, letters outside ASCII in the host) is none. Fetches nothing.

use std::fmt;

/// An absolute address: scheme and host in lower case, no port where it is the scheme's own, no `..` in the path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Address {
    text: String,
    /// Bytes of scheme, `://`, host and port.
    origin: usize,
}

impl Address {
    /// `None` for what is no absolute `http`, `https`, `ws` or `wss` address.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let ambiguous = |c: char| c.is_whitespace() || c.is_control() || c == '\\';
        let (scheme, rest) = text.split_once("://").filter(|_| !text.contains(ambiguous))?;
        let scheme = scheme.to_ascii_lowercase();
        let own_port = match scheme.as_str() {
            "http" | "ws" => 80,
            "https" | "wss" => 443,
            _ => return None,
        };
        let (authority, rest) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => (host, port),
            _ => (authority, ""),
        };
        let port = match port {
            "" => own_port,
            port if port.bytes().all(|byte| byte.is_ascii_digit()) => port.parse::<u16>().ok()?,
            _ => return None,
        };
        let mut address = format!("{scheme}://{}", host_name(host)?);
        if port != own_port {
            address.push_str(&format!(":{port}"));
        }
        let origin = address.len();
        let (path, query) = rest.split_at(rest.find(['?', '#']).unwrap_or(rest.len()));
        address.push_str(&without_dots(path));
        address.push_str(query);
        Some(Self {
            text: address,
            origin,
        })
    }

    /// The address that a reference found at this one leads to.
    pub(crate) fn join(&self, reference: &str) -> Option<Self> {
        let before = |marks: &[char]| self.text.split(marks).next().unwrap_or_default();
        let folder = before(&['?', '#']);
        let folder = folder.get(..=folder.rfind('/')?)?;
        let is_absolute = reference.split(['/', '?', '#']).next()?.contains(':');
        let joined = match reference.chars().next() {
            _ if is_absolute => reference.to_owned(),
            Some('/') if reference.starts_with("//") => format!("{}:{reference}", self.scheme()),
            Some('/') => format!("{}{reference}", self.origin()),
            Some('?') => format!("{}{reference}", before(&['?', '#'])),
            Some('#') | None => format!("{}{reference}", before(&['#'])),
            Some(_) => format!("{folder}{reference}"),
        };
        Self::parse(&joined)
    }

    /// `https`.
    pub(crate) fn scheme(&self) -> &str {
        self.text.split(':').next().unwrap_or_default()
    }

    /// `https://ehr.example:8443`.
    pub(crate) fn origin(&self) -> &str {
        self.text.get(..self.origin).unwrap_or_default()
    }

    /// `ehr.example:8443`.
    pub(crate) fn host(&self) -> &str {
        self.origin().split("://").nth(1).unwrap_or_default()
    }

    /// All of it.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.text
    }
}

/// The host in lower case; `None` for what is no plain name and no number in brackets (IPv6, as it is written).
fn host_name(host: &str) -> Option<String> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    let in_number = |byte: u8| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.');
    let number = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    let sound = match number {
        Some(number) => number.bytes().all(in_number),
        None => !host.is_empty() && host.bytes().all(plain),
    };
    sound.then(|| host.to_ascii_lowercase())
}

/// A path without `.` and `..`, at least `/`.
fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = path.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        let dots = segment.replace("%2e", ".").replace("%2E", ".");
        if dots == ".." {
            kept.pop();
        }
        if dots != "." && dots != ".." {
            kept.push(segment);
        } else if segments.peek().is_none() {
            // It names a folder.
            kept.push("");
        }
    }
    format!("/{}", kept.join("/"))
}

#[cfg(test)]
mod tests;
