//! Parameters that are understood, and those that are refused by name.

use super::*;

fn parse(query: &str) -> Result<Query, Refusal> {
    let params = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    Query::parse("Observation", &params, Operation::Search)
}

#[test]
fn everything_unknown_is_refused_by_name() {
    for (query, named) in [
        ("colour=red", "colour"),
        ("code:text=x", "code:text"),
        ("_sort=colour", "colour"),
        ("_sort=-date,code", "-date,code"),
        ("_include=CarePlan:goal", "CarePlan:goal"),
        ("_summary=true", "_summary"),
        ("date=ap2026", "ap2026"),
        ("date=soon", "soon"),
        ("date:missing=perhaps", "perhaps"),
        ("code:missing=true", "code:missing"),
        ("date=", "date="),
        ("_count=all", "all"),
        ("max=1", "max"),
        ("patient=Group/1", "Group/1"),
        ("_format=xml", "xml"),
    ] {
        let refusal = parse(query).unwrap_err();
        assert!(refusal.text.contains(named), "{query}: {}", refusal.text);
    }
}

#[test]
fn a_plus_sign_in_an_offset_survives_form_encoding() {
    let query = parse("date=ge2026-10-20T00:00:00+02:00").unwrap();
    let Some(Filter::Date(bounds)) = query.filters.first() else {
        panic!("no date")
    };
    assert_eq!(bounds[0].prefix, Prefix::Ge);
    assert_eq!(Some(bounds[0].span), Span::parse("2026-10-20T00:00:00+02:00"));
}

#[test]
fn code_lists_are_parted_at_commas_and_bars() {
    let query = parse("code=http://loinc.org|2708-6,x,|y,s|").unwrap();
    let Some(Filter::Terms { any, .. }) = query.filters.first() else {
        panic!("no code")
    };
    let parts: Vec<_> = any
        .iter()
        .map(|m| (m.system.as_deref(), m.value.as_deref()))
        .collect();
    assert_eq!(
        parts,
        [
            (Some("http://loinc.org"), Some("2708-6")),
            (None, Some("x")),
            (Some(""), Some("y")),
            (Some("s"), None)
        ]
    );
}

#[test]
fn a_page_is_capped() {
    assert_eq!(parse("_count=100000").unwrap().count, MAX_COUNT);
    assert_eq!(parse("").unwrap().count, DEFAULT_COUNT);
}
