use oauth2::url::Url;
use proptest::prelude::*;

use super::*;

/// What the url crate, which knows all of the standard, makes of the same.
fn check_as_url(text: &str) {
    let Some(address) = Address::parse(text) else {
        return;
    };
    let url = Url::parse(text).unwrap();
    assert_eq!(address.as_str(), url.as_str(), "{text}");
    assert_eq!(address.origin(), url.origin().ascii_serialization(), "{text}");
    assert_eq!(address.scheme(), url.scheme(), "{text}");
}

#[test]
fn an_address_is_brought_into_one_form() {
    for (text, expected) in [
        ("https://ehr.example", "https://ehr.example/"),
        (
            "HTTPS://EHR.Example:443/Fhir?a=B#c",
            "https://ehr.example/Fhir?a=B#c",
        ),
        ("http://ehr.example:8480/fhir", "http://ehr.example:8480/fhir"),
        ("http://ehr.example:080?x", "http://ehr.example/?x"),
        ("https://ehr.example:/a", "https://ehr.example/a"),
        ("https://[::1]:8443/a", "https://[::1]:8443/a"),
        ("https://[::1]/", "https://[::1]/"),
        ("wss://hub.example:443/a/./b/../c", "wss://hub.example/a/c"),
        ("https://ehr.example/a/..", "https://ehr.example/"),
        ("https://ehr.example/../%2e%2E/a/.", "https://ehr.example/a/"),
        ("https://ehr.example//a//", "https://ehr.example//a//"),
    ] {
        let address = Address::parse(text).map(String::from);
        assert_eq!(address.as_deref(), Some(expected), "{text}");
        check_as_url(text);
    }
}

#[test]
fn what_could_be_read_in_two_ways_is_no_address() {
    for text in [
        "",
        "/a",
        "ehr.example",
        "https:ehr.example",
        "https:///a",
        "https://",
        "ftp://ehr.example/",
        "javascript://ehr.example/%0aalert(1)",
        "https://user@ehr.example/",
        "https://user:word@ehr.example/",
        "https://ehr.example\\@evil.example/",
        "https://ehr.example/a b",
        " https://ehr.example/",
        "https://ehr.example/\u{a0}",
        "https://ehr\t.example/",
        "https://sykehus.nø/",
        "https://ehr.example%2eevil.example/",
        "https://ehr.example:99999/",
        "https://ehr.example:+443/",
        "https://ehr.example:80:80/",
        "https://[::1/",
        "https://::1]/",
        "https://[ehr.example]/",
    ] {
        assert_eq!(Address::parse(text), None, "{text}");
    }
}

#[test]
fn a_host_is_named_with_its_port() {
    let host = |text: &str| Address::parse(text).unwrap().host().to_owned();
    assert_eq!(host("https://EHR.example/fhir"), "ehr.example");
    assert_eq!(host("http://127.0.0.1:8480/fhir"), "127.0.0.1:8480");
}

#[test]
fn a_reference_leads_where_it_leads_in_a_browser() {
    let text = "https://ehr.example:8443/fhir/r4/x?y#z";
    let (base, url) = (Address::parse(text).unwrap(), Url::parse(text).unwrap());
    for reference in [
        "",
        "a",
        "a/b?c",
        "./a",
        "../a",
        "../../../a",
        "/",
        "/a",
        "?q",
        "#f",
        "//other.example/a",
        "https://other.example/a",
        "HTTP://other.example",
        "..",
    ] {
        let joined = base.join(reference).map(String::from);
        assert_eq!(joined, url.join(reference).ok().map(String::from), "{reference}");
    }
    for none in [
        "x:",
        "javascript:alert(1)",
        "mailto:a@b",
        "///",
        "a b",
        "\\\\evil.example",
        "//user@evil.example",
    ] {
        assert_eq!(base.join(none), None, "{none}");
    }
}

proptest! {
    #[test]
    fn what_is_an_address_is_the_same_to_a_browser(
        text in "(https?|wss?|HTTP)://[a-zA-Z0-9.\\[\\]:@-]{0,12}(:[0-9]{0,6})?[/?#a-z.%2eE\\\\ ]{0,16}"
    ) {
        // A host in escapes is refused by us; `url` decodes it, and its table of names stops at what is not ASCII.
        let authority = text.split("//").nth(1).and_then(|rest| rest.split(['/', '?', '#', '\\']).next());
        if authority.is_some_and(|authority| authority.contains('%')) {
            prop_assert!(Address::parse(&text).is_none(), "{text}");
            return Ok(());
        }
        // Numbers that stand for other numbers (`0x7f.1`) are names here: never taken for the same host.
        let numeric = text.split(['/', '?', '#', ':']).any(|part| part.starts_with(|c: char| c.is_ascii_digit()))
            || Url::parse(&text).is_ok_and(|url| matches!(url.host(), Some(oauth2::url::Host::Ipv4(_))));
        if !numeric && Url::parse(&text).is_ok() && !text.contains('[') {
            check_as_url(&text);
        }
    }
}
