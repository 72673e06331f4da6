//! The same JSON gives the same as serde's derived reading, and broken JSON is an error for both.

use proptest::prelude::*;
use serde::Deserialize;

use super::*;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Sample<'a> {
    #[serde(borrow)]
    text: Text<'a>,
    #[serde(borrow)]
    number: Raw<'a>,
    #[serde(borrow)]
    object: Option<Object<Inner<'a>>>,
    #[serde(borrow)]
    list: List<Inner<'a>>,
    there: Present,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Inner<'a> {
    #[serde(borrow)]
    text: Text<'a>,
}

fields!(Sample { b"text": text, b"number": number, b"object": object, b"list": list, b"there": there });
fields!(Inner { b"text": text });

fn shown<'a>(sample: &Sample<'a>) -> String {
    format!("{sample:?}")
}

/// What serde and this module make of the same text.
fn both(json: &[u8]) -> [Option<String>; 2] {
    let derived = serde_json::from_slice::<Sample<'_>>(json).ok();
    [
        derived.as_ref().map(shown),
        read::<Sample<'_>>(json).as_ref().map(shown),
    ]
}

fn check(json: &str) {
    let [derived, ours] = both(json.as_bytes());
    assert_eq!(ours, derived, "{json}");
}

#[test]
fn reads_what_serde_reads() {
    for value in [
        "null",
        "true",
        "false",
        "5",
        "-0.5e-3",
        r#""""#,
        r#""a""#,
        r#""a\u00e5\n\ud83d\ude00""#,
        "[]",
        "[[]]",
        "{}",
        r#"{"text":"a","x":[1,{"y":"}"}]}"#,
        r#"[{"text":"a"},5,null,{}]"#,
        r#"["x"]"#,
    ] {
        for field in ["text", "number", "object", "list", "there", "other"] {
            check(&format!(r#"{{"{field}":{value},"x":[{{}}, "\"]" ] }}"#));
            let beside = if field == "text" { "x" } else { "text" };
            check(&format!("\n{{ \"{field}\" : {value}\t,\"{beside}\":\"b\"}} "));
        }
    }
}

#[test]
fn refuses_what_serde_refuses() {
    for json in [
        "",
        "{",
        "{}x",
        "5",
        "null",
        r#"{"text"}"#,
        r#"{"text":}"#,
        r#"{"text":"a"#,
        r#"{"text":"a" "x":1}"#,
        r#"{"text":"a",}"#,
        r#"{,}"#,
        r#"{"x":[1,]}"#,
        r#"{"x":[1}"#,
        r#"{"x":{"y":1]}"#,
        r#"{"x":tru}"#,
        r#"{"x":nul}"#,
        r#"{"text":"\q"}"#,
        "{\"text\":\"\u{1}\"}",
        r#"{"text":"a","text":"b"}"#,
        r#"{"list":[{}],"list":[]}"#,
        r#"{"object":{},"object":{}}"#,
        r#"{"text":"\ud83d"}"#,
    ] {
        let [derived, ours] = both(json.as_bytes());
        assert!(
            derived.is_none() && ours.is_none(),
            "{json}: {derived:?} {ours:?}"
        );
    }
    assert!(read::<Sample<'_>>(b"{\"text\":\"\xFF\"}").is_none());
    let deep = format!("{{\"x\":{}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(read::<Sample<'_>>(deep.as_bytes()).is_none());
}

#[test]
fn the_length_of_the_first_value_is_where_it_ends() {
    let (sample, length) = read_first::<Sample<'_>>(br#"{"text":"a"} ,{"#).unwrap();
    assert_eq!((sample.text.sent(), length), (Some("a"), 12));
}

proptest! {
    #[test]
    fn a_quote_is_found_wherever_it_stands(before in "[a-zå]{0,40}", after in "[a-z\"\\\\]{0,20}") {
        let text = format!("{before}\"{after}");
        prop_assert_eq!(until_quote(text.as_bytes()), Some(before.len()));
        prop_assert_eq!(until_quote(before.as_bytes()), None);
    }

    #[test]
    fn any_text_is_read_as_by_serde(text in "\\PC{0,30}", number in any::<f64>(), nested in "\\PC{0,10}") {
        let json = serde_json::json!({ "text": text, "number": number, "x": { &nested: [nested, null, true] }, "list": [{ "text": nested }] });
        let [derived, ours] = both(json.to_string().as_bytes());
        prop_assert!(derived.is_some());
        prop_assert_eq!(derived, ours);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        let _ = read::<Sample<'_>>(&bytes);
    }

    #[test]
    fn sound_json_that_was_cut_is_refused(cut in 0_usize..70) {
        let json = br#"{"text":"a\u00e5","number":84.20,"object":{"text":"b"},"list":[{},{}]}"#;
        prop_assert!(read::<Sample<'_>>(&json[..cut.min(json.len() - 1)]).is_none());
    }
}
