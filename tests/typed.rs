//! Whether every fixture fits the R4 types of `fhir-model`, but for the entries that a case names as invalid on
//! purpose. (Of the year from a sensor, whose readings are all made in the same way, each hundredth.)

use fhir_fixtures::{Case, DEFAULT_SEED, generate, today};
use fhir_model::r4b::resources::Resource;

fn misfits(case: &Case) -> Vec<String> {
    let step = if case.resources().nth(10_000).is_some() {
        100
    } else {
        1
    };
    let sampled = case.resources().step_by(step);
    let valid = sampled.filter(|resource| !case.expected.invalid_r4.iter().any(|id| resource["id"] == **id));
    let named = |resource: serde_json::Value| {
        let name = format!("{}/{}", resource["resourceType"], resource["id"]);
        serde_json::from_value::<Resource>(resource)
            .err()
            .map(|error| format!("{name}: {error}"))
    };
    valid.filter_map(named).collect()
}

#[test]
fn every_fixture_fits_the_types_of_r4() {
    for case in generate(DEFAULT_SEED, today()) {
        assert_eq!(misfits(&case), Vec::<String>::new(), "{}", case.id);
    }
}
