//! Which base an address belongs to, and how the patient is looked for there.

use super::*;

fn source(base: &str) -> Source {
    Source {
        id: "vendor".into(),
        name: "Vendor".into(),
        fhir_base: base.into(),
        entry: Entry::Launch,
        kinds: vec!["Observation".into()],
        plan_home: false,
        search: SearchConfig::default(),
    }
}

#[test]
fn s9_an_address_belongs_to_the_base_that_it_lies_below() {
    let check = |base: &str, address: &str, below: bool| {
        assert_eq!(source(base).holds(address), below, "{base} {address}");
    };
    let base = "https://vendor.example/a/fhir";
    check(base, "https://vendor.example/a/fhir", true);
    check(base, "https://vendor.example/a/fhir/Observation?patient=1", true);
    check(base, "https://vendor.example/a/fhir?_getpages=1", true);
    check(base, "https://VENDOR.example:443/a/fhir/Patient/1", true);
    check(base, "https://vendor.example/a/fhir2/Observation", false);
    check(base, "https://vendor.example/b/fhir/Observation", false);
    check(base, "https://vendor.example/a/fhir/../../b/fhir", false);
    check(base, "https://vendor.example/a/fhir/%2e%2e/x", false);
    check(base, "http://vendor.example/a/fhir", false);
    check(base, "https://vendor.example.evil.example/a/fhir", false);
    check(base, "https://vendor.example@evil.example/a/fhir", false);
    check(base, "Observation", false);
    check(
        "https://vendor.example",
        "https://vendor.example/Observation",
        true,
    );
    check(
        "https://vendor.example",
        "https://vendor.example.evil.example/x",
        false,
    );
}

#[test]
fn an_identity_number_is_posted_where_it_may_not_stand_in_an_address() {
    let mut source = source("https://vendor.example/fhir");
    let search = source.patient_search("urn:oid:1.2", "128353 00240");
    assert_eq!(
        search.address.0,
        "https://vendor.example/fhir/Patient?identifier=urn%3Aoid%3A1.2%7C128353+00240"
    );
    assert_eq!(search.form, None);
    source.search.post = true;
    let search = source.patient_search("urn:oid:1.2", "12835300240");
    assert_eq!(search.address.0, "https://vendor.example/fhir/Patient/_search");
    assert_eq!(search.form.unwrap().0, "identifier=urn%3Aoid%3A1.2%7C12835300240");
}

#[test]
fn associated_endpoints_are_sources_unless_the_profile_has_them() {
    let associated = [
        "https://vendor.example/fhir",
        "https://other.example/r4",
        "https://state.example",
    ];
    let associated = associated.map(str::to_owned);
    let configured = vec![source("https://vendor.example/fhir")];
    let sources = joined(
        "https://ehr.example/fhir",
        configured.clone(),
        &associated,
        Some("https://state.example"),
    );
    assert_eq!(sources.first(), configured.first());
    let bases: Vec<&str> = sources.iter().map(|source| source.fhir_base.as_str()).collect();
    assert_eq!(bases, ["https://vendor.example/fhir", "https://other.example/r4"]);
    assert_eq!(
        (sources[1].name.as_str(), &sources[1].entry),
        ("other.example", &Entry::Launch)
    );
    assert!(sources[0].has_kind("Observation") && !sources[0].has_kind("CarePlan"));
    assert!(sources[1].has_kind("CarePlan"));
}

#[test]
fn the_issuer_is_no_source_beside_itself_and_none_is_there_twice() {
    let associated = [
        "https://ehr.example/fhir/",
        "https://EHR.example:443/fhir",
        "https://ehr.example/dho",
        "https://other.example/r4/",
        "https://Other.example/r4",
    ];
    let associated = associated.map(str::to_owned);
    let sources = joined("https://ehr.example/fhir", Vec::new(), &associated, None);
    let named: Vec<(&str, &str)> = sources
        .iter()
        .map(|source| (&*source.fhir_base, &*source.name))
        .collect();
    assert_eq!(
        named,
        [
            ("https://ehr.example/dho", "ehr.example/dho"),
            ("https://other.example/r4", "other.example/r4"),
        ]
    );
}
