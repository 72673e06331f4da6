//! A cursor over JSON bytes that finds where values begin and end without reading them, so that a
//! bundle can be walked although part of it is broken or cut off. Reads no value itself.

/// A place in JSON bytes.
#[derive(Clone, Debug)]
pub(crate) struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    /// The beginning, after a byte order mark if there is one.
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        let at = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        Self { bytes, at }
    }

    /// The place after so many bytes.
    pub(crate) const fn at(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    /// What comes from here on.
    pub(crate) fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// How many bytes come before this place.
    pub(crate) const fn passed(&self) -> usize {
        self.at
    }

    /// Goes on by `count` bytes.
    pub(crate) fn advance(&mut self, count: usize) {
        self.at = self.at.saturating_add(count).min(self.bytes.len());
    }

    /// The next byte that is neither white space nor a comma, without passing it. Commas carry
    /// nothing that the structure does not say too.
    pub(crate) fn peek(&mut self) -> Option<u8> {
        let rest = self.rest();
        let skipped = rest
            .iter()
            .position(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b','))?;
        self.advance(skipped);
        rest.get(skipped).copied()
    }

    /// Passes `byte` if it comes next.
    pub(crate) fn take(&mut self, byte: u8) -> bool {
        let there = self.peek() == Some(byte);
        if there {
            self.advance(1);
        }
        there
    }

    /// Passes a key and its colon, and gives the key without quotes and with escapes as written.
    pub(crate) fn key(&mut self) -> Option<&'a [u8]> {
        if self.peek() != Some(b'"') {
            return None;
        }
        let quoted = self.value()?;
        self.take(b':').then(|| quoted.get(1..quoted.len() - 1)).flatten()
    }

    /// Passes one value and gives its bytes; `None` if it is cut off or there is none. Brackets are
    /// only counted, so a value that is broken inside still ends where it should.
    pub(crate) fn value(&mut self) -> Option<&'a [u8]> {
        let first = self.peek()?;
        let rest = self.rest();
        let length = match first {
            b'"' => string_length(rest)?,
            b'{' | b'[' => nested_length(rest)?,
            b'}' | b']' | b':' => return None,
            _ => rest
                .iter()
                .position(|byte| matches!(byte, b',' | b'}' | b']' | b' ' | b'\t' | b'\r' | b'\n'))?,
        };
        self.advance(length);
        rest.get(..length)
    }
}

/// Length of the string that begins here, both quotes included.
fn string_length(bytes: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        at += bytes.get(at..)?.iter().position(|b| matches!(b, b'"' | b'\\'))?;
        if bytes.get(at) == Some(&b'"') {
            return Some(at + 1);
        }
        at += 2;
    }
}

/// Length of the object or array that begins here.
fn nested_length(bytes: &[u8]) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = 0;
    loop {
        at += bytes
            .get(at..)?
            .iter()
            .position(|b| matches!(b, b'"' | b'{' | b'[' | b'}' | b']'))?;
        match bytes.get(at)? {
            b'"' => at += string_length(bytes.get(at..)?)?,
            b'{' | b'[' => {
                depth += 1;
                at += 1;
            }
            _ => {
                depth -= 1;
                at += 1;
                if depth == 0 {
                    return Some(at);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(json: &str, value: Option<&str>) {
        let found = Cursor::new(json.as_bytes()).value();
        assert_eq!(found, value.map(str::as_bytes), "{json}");
    }

    #[test]
    fn finds_where_a_value_ends() {
        check(r#" {"a":[1,{"b":"}"}]} , 5"#, Some(r#"{"a":[1,{"b":"}"}]}"#));
        check(r#""a\"]b",1"#, Some(r#""a\"]b""#));
        check("84.2]", Some("84.2"));
        check("[{},[]]x", Some("[{},[]]"));
    }

    #[test]
    fn a_value_that_is_cut_off_is_none() {
        for json in [
            r#"{"a":1"#,
            r#"{"a":"}"#,
            r#""abc"#,
            r#""abc\"#,
            "[1,2",
            "84.",
            "",
            "}",
        ] {
            check(json, None);
        }
    }

    #[test]
    fn a_value_that_is_broken_inside_still_ends() {
        check(
            "{\"a\":\u{1},,nonsense:[}},{}",
            Some("{\"a\":\u{1},,nonsense:[}}"),
        );
    }

    #[test]
    fn walks_the_keys_of_an_object() {
        let mut cursor = Cursor::new(b"\xEF\xBB\xBF { \"a\" : 1 , \"b\":[2] }");
        assert!(cursor.take(b'{'));
        assert_eq!(cursor.key(), Some(b"a".as_slice()));
        assert_eq!(cursor.value(), Some(b"1".as_slice()));
        assert_eq!(cursor.key(), Some(b"b".as_slice()));
        assert_eq!(cursor.value(), Some(b"[2]".as_slice()));
        assert_eq!(cursor.key(), None);
        assert!(cursor.take(b'}'));
    }

    proptest! {
        #[test]
        fn agrees_with_a_parser_on_valid_json(text in "[a-z\\\\\"{}\\[\\]:,å]{0,12}", numbers in prop::collection::vec(any::<i32>(), 0..4)) {
            let json = serde_json::json!({ &text: numbers, "b": [{ "c": text }] }).to_string();
            let followed = format!("{json},5]");
            prop_assert_eq!(Cursor::new(followed.as_bytes()).value(), Some(json.as_bytes()));
        }

        #[test]
        fn never_panics(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
            let mut cursor = Cursor::new(&bytes);
            while cursor.value().is_some() || cursor.key().is_some() {}
        }
    }
}
