//! A JSON document that is read, changed in places and sent back: fields keep their order, numbers
//! their digits, and what nobody understands stays as it was. Holds no FHIR.

use std::fmt;

use crate::input::{self, Input};

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// A number, `true`, `false` or `null`, as it was written.
    Atom(Box<str>),
    /// A text, without its escapes.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// An object: its fields in their order.
    Object(Vec<(String, Json)>),
}

/// What stands for a field that is not there.
const NOTHING: &Json = &Json::List(Vec::new());

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl Json {
    /// An object of fields in this order.
    pub fn object<const N: usize>(fields: [(&str, Self); N]) -> Self {
        let fields = fields.into_iter();
        Self::Object(fields.map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// A list of one.
    pub fn list_of(item: Self) -> Self {
        Self::List(vec![item])
    }

    /// `None` if it is not JSON, or nested too deep.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let mut input = Input::new(bytes);
        let value = Self::read(&mut input)?;
        input.peek().is_none().then_some(value)
    }

    fn read(input: &mut Input<'_>) -> Option<Self> {
        Some(match input.peek()? {
            b'"' => Self::Text(text(input)?),
            b'[' => {
                let mut items = Vec::new();
                input.items(b'[', b']', |input| {
                    items.push(Self::read(input)?);
                    Some(())
                })?;
                Self::List(items)
            }
            b'{' => {
                let mut fields = Vec::new();
                input.items(b'{', b'}', |input| {
                    let name = text(input)?;
                    input.expect(b':')?;
                    fields.push((name, Self::read(input)?));
                    Some(())
                })?;
                Self::Object(fields)
            }
            _ => Self::Atom(input.raw()?.unwrap_or("null").into()),
        })
    }

    /// A field, if it is there.
    pub fn field(&self, name: &str) -> Option<&Self> {
        let (_, value) = self.fields()?.iter().find(|(there, _)| there == name)?;
        Some(value)
    }

    /// What an RFC 6901 pointer, such as `/context/0/id`, leads to.
    pub fn pointer(&self, pointer: &str) -> Option<&Self> {
        let mut steps = pointer
            .split('/')
            .skip(1)
            .map(|step| step.replace("~1", "/").replace("~0", "~"));
        steps.try_fold(self, |value, step| match value {
            Self::List(items) => items.get(step.parse::<usize>().ok()?),
            _ => value.field(&step),
        })
    }

    /// The fields of an object, in their order.
    pub fn fields(&self) -> Option<&[(String, Self)]> {
        match self {
            Self::Object(fields) => Some(fields),
            _ => None,
        }
    }

    /// The elements of a list.
    pub fn list(&self) -> Option<&[Self]> {
        match self {
            Self::List(items) => Some(items),
            _ => None,
        }
    }

    /// A text, as it was sent.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// `true` or `false`.
    pub fn flag(&self) -> Option<bool> {
        match self {
            Self::Atom(word) if **word == *"true" => Some(true),
            Self::Atom(word) if **word == *"false" => Some(false),
            _ => None,
        }
    }

    /// A number, as near as adding up its digits comes.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Atom(written) => number(written),
            _ => None,
        }
    }

    /// A field; nothing (an empty list) where there is none.
    pub fn get(&self, name: &str) -> &Self {
        self.field(name).unwrap_or(NOTHING)
    }

    /// The text itself, without space around it; empty for anything else.
    pub fn as_text(&self) -> &str {
        match self {
            Self::Text(text) => text.trim(),
            _ => "",
        }
    }

    /// The text of a field.
    pub fn text(&self, name: &str) -> &str {
        self.get(name).as_text()
    }

    /// The elements of a list; an object alone counts as a list of one.
    pub fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            Self::Object(_) => std::slice::from_ref(self),
            _ => &[],
        }
    }

    /// The first element of a field, or nothing.
    pub fn first(&self, name: &str) -> &Self {
        self.get(name).items().first().unwrap_or(NOTHING)
    }

    /// Sets a field; a new one comes last. An empty text, list or object, which FHIR forbids, removes it.
    pub fn set(&mut self, name: &str, value: impl Into<Self>) {
        let value = value.into();
        let is_empty = match &value {
            Self::Text(text) => text.is_empty(),
            Self::List(items) => items.is_empty(),
            Self::Object(fields) => fields.is_empty(),
            Self::Atom(_) => false,
        };
        match self {
            Self::Object(fields) if is_empty => fields.retain(|(there, _)| there != name),
            _ => self.put(name, value),
        }
    }

    /// Sets a field, also to nothing.
    pub fn put(&mut self, name: &str, value: Self) {
        let Self::Object(fields) = self else { return };
        match fields.iter_mut().find(|(there, _)| there == name) {
            Some((_, there)) => *there = value,
            None => fields.push((name.to_owned(), value)),
        }
    }

    /// Takes a field out.
    pub fn remove(&mut self, name: &str) {
        self.set(name, Self::List(Vec::new()));
    }

    /// Changes the object in a field, an empty one if there is none; left empty it goes.
    pub fn edit(&mut self, name: &str, change: impl FnOnce(&mut Self)) {
        let mut value = match self.get(name) {
            object @ Self::Object(_) => object.clone(),
            _ => Self::Object(Vec::new()),
        };
        change(&mut value);
        self.set(name, value);
    }

    /// Changes the elements of a field, an object alone counting as one; left empty it goes.
    pub fn edit_items(&mut self, name: &str, change: impl FnOnce(&mut Vec<Self>)) {
        let mut items = self.get(name).items().to_vec();
        change(&mut items);
        self.set(name, Self::List(items));
    }
}

/// As JSON, without space between.
impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Atom(text) => f.write_str(text),
            Self::Text(text) => write_text(f, text),
            Self::List(items) => {
                f.write_str("[")?;
                for (at, item) in items.iter().enumerate() {
                    f.write_str(if at > 0 { "," } else { "" })?;
                    fmt::Display::fmt(item, f)?;
                }
                f.write_str("]")
            }
            Self::Object(fields) => {
                f.write_str("{")?;
                for (at, (name, value)) in fields.iter().enumerate() {
                    f.write_str(if at > 0 { "," } else { "" })?;
                    write_text(f, name)?;
                    f.write_str(":")?;
                    fmt::Display::fmt(value, f)?;
                }
                f.write_str("}")
            }
        }
    }
}

fn text(input: &mut Input<'_>) -> Option<String> {
    Some(input::text(input.string()?)?.into_owned())
}

/// `-12.5e-3`. By hand: the standard library's way is 12 kB of the app.
fn number(written: &str) -> Option<f64> {
    let (digits, exponent) = match written.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
        None => (written, 0),
    };
    let unsigned = digits.strip_prefix('-').unwrap_or(digits);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    if whole.is_empty() {
        return None;
    }
    let mut sum = 0.0;
    for digit in whole.chars().chain(fraction.chars()) {
        sum = sum * 10.0 + f64::from(digit.to_digit(10)?);
    }
    let places = exponent.checked_sub(i32::try_from(fraction.len()).ok()?)?;
    let size = if places < 0 {
        sum / 10_f64.powi(-places)
    } else {
        sum * 10_f64.powi(places)
    };
    let number = if unsigned.len() < digits.len() {
        -size
    } else {
        size
    };
    number.is_finite().then_some(number)
}

fn write_text(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_str("\"")?;
    for character in text.chars() {
        match character {
            '"' => f.write_str("\\\"")?,
            '\\' => f.write_str("\\\\")?,
            '\n' => f.write_str("\\n")?,
            c if u32::from(c) < 0x20 => write!(f, "\\u{:04x}", u32::from(c))?,
            c => fmt::Write::write_char(f, c)?,
        }
    }
    f.write_str("\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Json {
        Json::parse(text.as_bytes()).unwrap()
    }

    #[test]
    fn what_is_not_touched_stays_to_the_digit() {
        for text in [
            r#"{"b":1.10,"a":[{"x":null},-5e3,true,[]],"c":{},"d":"\"\\\n\u0001å"}"#,
            r#""x""#,
            "[]",
        ] {
            assert_eq!(parse(text).to_string(), text);
        }
        for broken in ["", "{", r#"{"a":}"#, "[1,]", "{\"a\" 1}", "x"] {
            assert_eq!(Json::parse(broken.as_bytes()), None, "{broken}");
        }
        assert_eq!(parse(" { \"a\" : [ 1 , 2 ] } ").to_string(), r#"{"a":[1,2]}"#);
    }

    #[test]
    fn fields_are_set_in_place_and_empty_ones_go() {
        let mut json = parse(r#"{"a":"1","b":{"c":1},"d":"3"}"#);
        json.set("a", "2");
        json.set("e", "5");
        json.remove("d");
        json.edit("b", |b| b.set("f", "6"));
        json.edit_items("g", |items| items.push("7".into()));
        json.edit_items("h", Vec::clear);
        assert_eq!(
            json.to_string(),
            r#"{"a":"2","b":{"c":1,"f":"6"},"e":"5","g":["7"]}"#
        );
        json.edit("b", |b| *b = Json::Object(Vec::new()));
        assert_eq!(json.to_string(), r#"{"a":"2","e":"5","g":["7"]}"#);
    }

    #[test]
    fn wrong_shapes_are_as_nothing() {
        let json = parse(r#"{"a":{"b":"x"},"c":5}"#);
        assert_eq!(json.get("a").items().len(), 1);
        assert_eq!(json.first("a").text("b"), "x");
        assert_eq!(
            (json.text("a"), json.text("c"), json.get("c").items().len()),
            ("", "", 0)
        );
        assert_eq!(json.get("c").get("d").first("e").text("f"), "");
    }

    #[test]
    fn numbers_and_flags_are_read_and_nothing_else_is_one() {
        for (text, expected) in [
            ("0", 0.0),
            ("1795352400", 1_795_352_400.0),
            ("-12.5", -12.5),
            ("12.5e-3", 0.0125),
            ("1E3", 1000.0),
        ] {
            assert_eq!(
                parse(&format!("[{text}]")).list().unwrap()[0].number(),
                Some(expected),
                "{text}"
            );
        }
        for text in ["true", "null", "\"5\"", "1e999", "1.2.3", "-", "{}"] {
            assert_eq!(
                parse(&format!("[{text}]")).list().unwrap()[0].number(),
                None,
                "{text}"
            );
        }
        let flags = parse(r#"[true,false,null,"true"]"#);
        let flags: Vec<_> = flags.list().unwrap().iter().map(Json::flag).collect();
        assert_eq!(flags, [Some(true), Some(false), None, None]);
    }

    #[test]
    fn a_pointer_leads_through_objects_and_lists() {
        let json = parse(r#"{"a":[{"b/c":"x"}],"~":"y"}"#);
        let at = |pointer: &str| json.pointer(pointer).and_then(Json::as_str);
        assert_eq!(
            (at("/a/0/b~1c"), at("/~0"), at("/a/1"), at("/a/x")),
            (Some("x"), Some("y"), None, None)
        );
        assert_eq!(json.pointer(""), Some(&json));
    }

    proptest::proptest! {
        #[test]
        fn what_serde_writes_is_read_as_serde_reads_it(text in "\\PC{0,20}", number in -1e9..1e9_f64, flag: bool) {
            let sent = serde_json::json!({ "t": text, "n": number, "f": flag, "l": [null, {}, []] }).to_string();
            let ours = parse(&sent);
            proptest::prop_assert_eq!(ours.field("t").and_then(Json::as_str), Some(&*text));
            proptest::prop_assert!((ours.field("n").and_then(Json::number).unwrap() - number).abs() < 1e-6);
            proptest::prop_assert_eq!(ours.field("f").and_then(Json::flag), Some(flag));
            let back: serde_json::Value = serde_json::from_str(&ours.to_string()).unwrap();
            let expected: serde_json::Value = serde_json::from_str(&sent).unwrap();
            proptest::prop_assert_eq!(back, expected);
        }
    }
}
