//! Reads JSON in one pass into structs, a field at a time. A field of the wrong shape becomes its empty value and
//! never costs the fields beside it; only broken JSON is an error, and so is a field that comes twice. What is not
//! read is passed over quickly: of it only the structure is looked at. Holds no FHIR.

use std::borrow::Cow;

use crate::shapes::{List, Object, Present, Raw, Text};

/// So deep may values be nested, as in `serde_json`.
const DEEPEST: u8 = 128;

/// A place in JSON. Every method passes what it reads, and gives `None` where the JSON is broken.
#[derive(Debug)]
pub struct Input<'a> {
    bytes: &'a [u8],
    at: usize,
    depth: u8,
}

/// A struct that is read field by field.
pub trait Fields<'a>: Default {
    /// Reads the value of a field, or passes it if it is not one of this struct's.
    fn field(&mut self, key: &[u8], json: &mut Input<'a>) -> Option<()>;
}

/// What a field is read into.
pub trait Fill<'a> {
    /// Reads the value. `None` too if there is one already.
    fn fill(&mut self, json: &mut Input<'a>) -> Option<()>;
}

/// The fields of a struct by their names in JSON.
///
/// ```
/// use lenient_json::{Text, fields};
///
/// #[derive(Default)]
/// struct Coding<'a> {
///     system: Text<'a>,
///     code: Text<'a>,
/// }
///
/// fields!(Coding { b"system": system, b"code": code });
///
/// let coding: Coding<'_> = lenient_json::read(br#"{ "code": "kg", "system": 5 }"#).unwrap();
/// assert_eq!((coding.code.filled(), coding.system.filled()), (Some("kg"), None));
/// ```
#[macro_export]
macro_rules! fields {
    ($type:ident { $($key:literal: $field:ident),* $(,)? }) => {
        impl<'a> $crate::Fields<'a> for $type<'a> {
            fn field(&mut self, key: &[u8], json: &mut $crate::Input<'a>) -> Option<()> {
                match key {
                    $($key => $crate::Fill::fill(&mut self.$field, json),)*
                    _ => json.skip(),
                }
            }
        }
    };
}

impl<'a> Input<'a> {
    /// The beginning of a value.
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            at: 0,
            depth: 0,
        }
    }

    /// How many bytes have been passed.
    pub const fn passed(&self) -> usize {
        self.at
    }

    /// The next byte that is no white space, without passing it.
    pub(crate) fn peek(&mut self) -> Option<u8> {
        loop {
            let byte = *self.bytes.get(self.at)?;
            if !matches!(byte, b' ' | b'\t' | b'\r' | b'\n') {
                return Some(byte);
            }
            self.at += 1;
        }
    }

    /// Passes `byte`, which must come next.
    pub(crate) fn expect(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    /// Passes `byte` if it comes next.
    fn take(&mut self, byte: u8) -> Option<bool> {
        let is_next = self.peek()? == byte;
        self.at += usize::from(is_next);
        Some(is_next)
    }

    /// An object into a struct.
    fn object<T: Fields<'a>>(&mut self) -> Option<T> {
        let mut value = T::default();
        self.items(b'{', b'}', |json| {
            let key = json.string()?;
            json.expect(b':')?;
            value.field(key, json)
        })?;
        Some(value)
    }

    /// What stands between two brackets, item by item.
    pub(crate) fn items(
        &mut self,
        open: u8,
        close: u8,
        mut item: impl FnMut(&mut Self) -> Option<()>,
    ) -> Option<()> {
        self.expect(open)?;
        self.depth = self.depth.checked_add(1).filter(|depth| *depth <= DEEPEST)?;
        if !self.take(close)? {
            loop {
                item(self)?;
                if self.take(close)? {
                    break;
                }
                self.expect(b',')?;
            }
        }
        self.depth -= 1;
        Some(())
    }

    /// A string: what stands between its quotes, as written.
    pub(crate) fn string(&mut self) -> Option<&'a [u8]> {
        self.expect(b'"')?;
        let rest = self.bytes.get(self.at..)?;
        let mut length = 0;
        loop {
            length += until_quote(rest.get(length..)?)?;
            if rest.get(length) == Some(&b'"') {
                break;
            }
            length += 2;
        }
        self.at += length + 1;
        rest.get(..length)
    }

    /// Passes a value.
    pub fn skip(&mut self) -> Option<()> {
        match self.peek()? {
            b'"' => self.string().map(|_| ()),
            b'{' => self.items(b'{', b'}', |json| {
                json.string()?;
                json.expect(b':')?;
                json.skip()
            }),
            b'[' => self.items(b'[', b']', Self::skip),
            b't' => self.word(b"true"),
            b'f' => self.word(b"false"),
            b'n' => self.word(b"null"),
            b'-' | b'0'..=b'9' => {
                let rest = self.bytes.get(self.at..)?;
                let is_part = |byte: &u8| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
                self.at += rest.iter().position(|byte| !is_part(byte))?;
                Some(())
            }
            _ => None,
        }
    }

    fn word(&mut self, word: &[u8]) -> Option<()> {
        let end = self.at + word.len();
        (self.bytes.get(self.at..end)? == word).then(|| self.at = end)
    }

    /// Passes a value and gives its text; `Some(None)` for `null`.
    pub(crate) fn raw(&mut self) -> Option<Option<&'a str>> {
        self.peek()?;
        let from = self.at;
        self.skip()?;
        let text = std::str::from_utf8(self.bytes.get(from..self.at)?).ok()?;
        Some((text != "null").then_some(text))
    }
}

/// Where the string that goes on here ends or has an escape, eight bytes at a time.
fn until_quote(bytes: &[u8]) -> Option<usize> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = 0x8080_8080_8080_8080;
    // The high bit of a byte that is zero; of others only above one that is.
    let zeros = |word: u64| word.wrapping_sub(ONES) & !word & HIGHS;
    let (words, rest) = bytes.as_chunks::<8>();
    for (index, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let found = zeros(word ^ (ONES * b'"' as u64)) | zeros(word ^ (ONES * b'\\' as u64));
        if found != 0 {
            return Some(index * 8 + found.trailing_zeros() as usize / 8);
        }
    }
    let at = rest.iter().position(|byte| matches!(byte, b'"' | b'\\'))?;
    Some(bytes.len() - rest.len() + at)
}

/// The text of a string as written; `None` if it breaks JSON's rules or is no UTF-8.
pub(crate) fn text(written: &[u8]) -> Option<Cow<'_, str>> {
    if written.iter().all(|byte| *byte != b'\\' && *byte >= b' ') {
        return std::str::from_utf8(written).ok().map(Cow::Borrowed);
    }
    unescaped(written).map(Cow::Owned)
}

/// The text of a string that has escapes in it.
fn unescaped(written: &[u8]) -> Option<String> {
    let mut text = String::with_capacity(written.len());
    let mut rest = written;
    while let Some(at) = rest.iter().position(|byte| *byte == b'\\') {
        let (plain, escape) = rest.split_at(at);
        text.push_str(sound(plain)?);
        let mut passed = 2;
        text.push(match escape.get(1)? {
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            sign @ (b'"' | b'\\' | b'/') => char::from(*sign),
            b'u' => {
                let mut units = [utf16_unit(escape)?, 0];
                passed = 6;
                // Two halves of one character.
                if (0xD800..0xDC00).contains(&units[0]) {
                    units[1] = utf16_unit(escape.get(6..)?)?;
                    passed = 12;
                }
                char::decode_utf16(units).next()?.ok()?
            }
            _ => return None,
        });
        rest = escape.get(passed..)?;
    }
    text.push_str(sound(rest)?);
    Some(text)
}

/// Text without control characters, which JSON allows as escapes only.
fn sound(written: &[u8]) -> Option<&str> {
    let written = std::str::from_utf8(written).ok()?;
    written.bytes().all(|byte| byte >= b' ').then_some(written)
}

/// The four hexadecimal digits of an escape that begins here: `\u00e5`.
fn utf16_unit(escape: &[u8]) -> Option<u16> {
    let digits = escape.strip_prefix(b"\\u")?.get(..4)?;
    digits.iter().try_fold(0, |unit, digit| {
        Some(unit * 16 + u16::try_from(char::from(*digit).to_digit(16)?).ok()?)
    })
}

impl<'a> Fill<'a> for Text<'a> {
    fn fill(&mut self, json: &mut Input<'a>) -> Option<()> {
        if self.sent().is_some() {
            return None;
        }
        match json.peek()? {
            b'"' => *self = Self::of(text(json.string()?)?),
            b'n' => json.word(b"null")?,
            _ => {
                json.skip()?;
                *self = Self::of(Cow::Borrowed(""));
            }
        }
        Some(())
    }
}

impl<'a, T: Fields<'a>> Fill<'a> for Option<Object<T>> {
    fn fill(&mut self, json: &mut Input<'a>) -> Option<()> {
        if self.is_some() {
            return None;
        }
        match json.peek()? {
            b'{' => *self = Some(Object::of(json.object()?)),
            b'n' => json.word(b"null")?,
            _ => {
                json.skip()?;
                *self = Some(Object::default());
            }
        }
        Some(())
    }
}

impl<'a, T: Fields<'a>> Fill<'a> for List<T> {
    fn fill(&mut self, json: &mut Input<'a>) -> Option<()> {
        if !self.is_empty() {
            return None;
        }
        match json.peek()? {
            b'[' => json.items(b'[', b']', |json| {
                let item = match json.peek()? {
                    b'{' => json.object()?,
                    _ => {
                        json.skip()?;
                        T::default()
                    }
                };
                self.push(item);
                Some(())
            }),
            b'{' => {
                self.push(json.object()?);
                Some(())
            }
            _ => json.skip(),
        }
    }
}

impl<'a> Fill<'a> for Vec<Text<'a>> {
    fn fill(&mut self, json: &mut Input<'a>) -> Option<()> {
        if !self.is_empty() {
            return None;
        }
        if json.peek()? != b'[' {
            return json.skip();
        }
        json.items(b'[', b']', |json| {
            let mut text = Text::default();
            text.fill(json)?;
            self.push(text);
            Some(())
        })
    }
}

impl<'a> Fill<'a> for Raw<'a> {
    fn fill(&mut self, json: &mut Input<'a>) -> Option<()> {
        if self.json().is_some() {
            return None;
        }
        *self = Self::of(json.raw()?);
        Some(())
    }
}

impl<'a> Fill<'a> for Present {
    fn fill(&mut self, json: &mut Input<'a>) -> Option<()> {
        let is_null = json.peek()? == b'n';
        json.skip()?;
        self.0 |= !is_null;
        Some(())
    }
}

/// An object that fills the whole text.
pub fn read<'a, T: Fields<'a>>(bytes: &'a [u8]) -> Option<T> {
    let mut json = Input::new(bytes);
    let value = json.object()?;
    json.peek().is_none().then_some(value)
}

/// The value that begins here, with its length.
pub fn read_first<'a, T: Fields<'a>>(bytes: &'a [u8]) -> Option<(T, usize)> {
    let mut json = Input::new(bytes);
    let value = json.object()?;
    Some((value, json.passed()))
}

/// A text that fills the whole text; `None` for anything else.
pub fn read_text(bytes: &[u8]) -> Option<String> {
    let mut json = Input::new(bytes);
    let read = text(json.string()?)?.into_owned();
    json.peek().is_none().then_some(read)
}

/// An array of objects that fills the whole text, or one object alone.
pub fn read_list<'a, T: Fields<'a>>(bytes: &'a [u8]) -> Option<List<T>> {
    let mut json = Input::new(bytes);
    let mut list = List::default();
    list.fill(&mut json)?;
    json.peek().is_none().then_some(list)
}

#[cfg(test)]
mod tests;
