//! Whether each patient's story is in his resources as the case says.

use crate::common::cases;
use fhir_fixtures::{Case, Exclusion, Finding, Note, Zone};
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;

fn case(id: &str) -> &'static Case {
    cases()
        .iter()
        .find(|case| case.id == id)
        .unwrap_or_else(|| panic!("no case {id}"))
}

/// The Observations of a case with this LOINC code, oldest first.
fn observations(case: &Case, loinc: &str) -> Vec<Value> {
    let mut found: Vec<Value> = case
        .resources()
        .filter(|resource| resource["resourceType"] == "Observation")
        .filter(|observation| observation["code"]["coding"][0]["code"] == loinc)
        .collect();
    found.sort_by_key(taken_at);
    found
}

fn taken_at(observation: &Value) -> Timestamp {
    observation["effectiveDateTime"]
        .as_str()
        .expect("a time")
        .parse()
        .expect("an instant")
}

#[test]
fn limits_of_the_kols_patient_change_twice_in_the_period() {
    let from: Timestamp = "2026-08-24T00:00:00+02:00".parse().expect("an instant");
    let mut sets: Vec<String> = observations(case("kols"), "2708-6")
        .iter()
        .filter(|observation| taken_at(observation) >= from)
        .map(|observation| observation["referenceRange"].to_string())
        .collect();
    sets.dedup();
    assert_eq!(sets.len(), 3);
}

#[test]
fn kols_patient_is_nine_days_without_any_reading() {
    let case = case("kols");
    let mut days: Vec<Date> = case
        .resources()
        .filter(|resource| resource["resourceType"] == "Observation")
        .map(|observation| {
            observation["effectiveDateTime"].as_str().expect("a time")[..10]
                .parse()
                .expect("a date")
        })
        .collect();
    days.sort();
    days.dedup();
    let holes: Vec<i32> = days
        .windows(2)
        .map(|pair| pair[0].until(pair[1]).expect("an order").get_days() - 1)
        .filter(|days| *days > 0)
        .collect();
    assert_eq!(holes, [9]);
    assert_eq!(case.expected.parameters["spo2"].gaps, 1);
}

#[test]
fn kols_patient_has_yellow_and_red_readings() {
    let zones = &case("kols").expected.parameters["spo2"].zones;
    assert_eq!(zones[&Zone::RedLow], 4);
    assert!(zones[&Zone::YellowLow] >= 8, "{zones:?}");
}

#[test]
fn older_versions_of_changed_limits_are_in_the_case() {
    let versions: Vec<(String, String)> = case("limits-changed")
        .resources()
        .filter(|resource| resource["id"] == "limits-changed-limits-spo2")
        .map(|goal| {
            let by = goal["expressedBy"]["display"].as_str().unwrap_or_default();
            (
                goal["meta"]["versionId"].as_str().unwrap_or_default().to_owned(),
                by.to_owned(),
            )
        })
        .collect();
    let written = |version: &str, by: &str| (version.to_owned(), by.to_owned());
    assert_eq!(
        versions,
        [
            written("1", "Sol Legesen"),
            written("2", "Odd Sykepleiersen"),
            written("3", "Sol Legesen")
        ]
    );
    let zones = &case("limits-changed").expected.parameters["spo2"].zones;
    assert_eq!(zones[&Zone::Unknown], 1);
    assert!(zones[&Zone::RedLow] > 0 && zones[&Zone::YellowLow] > 0 && zones[&Zone::Green] > 0);
}

#[test]
fn sensor_has_a_reading_every_five_minutes_for_a_year() {
    let case = case("cgm");
    assert_eq!(case.expected.entries, 105_120);
    let times: Vec<Timestamp> = observations(case, "15074-8").iter().map(taken_at).collect();
    assert!(
        times
            .windows(2)
            .all(|pair| (pair[1] - pair[0]).get_seconds() == 300)
    );
    // 90 days and the extra hour of October.
    assert_eq!(case.expected.parameters["glucose"].readings, 90 * 288 + 12);
}

#[test]
fn messy_patient_has_every_kind_of_trouble_that_can_be_written_as_a_resource() {
    let expected = &case("messy").expected;
    let all = [
        Finding::MissingCode,
        Finding::MissingTime,
        Finding::TimeWithoutZone,
        Finding::MalformedTime,
        Finding::MissingValue,
        Finding::ValueNotANumber,
        Finding::OtherPatient,
        Finding::FutureReading,
        Finding::UnknownStatus,
    ];
    assert!(
        all.iter().all(|kind| expected.findings.contains_key(kind)),
        "{:?}",
        expected.findings
    );
    let all = [
        Exclusion::EnteredInError,
        Exclusion::Cancelled,
        Exclusion::Duplicate,
        Exclusion::NoValue,
        Exclusion::Implausible,
    ];
    assert!(
        all.iter().all(|kind| expected.excluded.contains_key(kind)),
        "{:?}",
        expected.excluded
    );
    let all = [
        Note::LimitOverlap,
        Note::LimitReversed,
        Note::LimitWithoutBounds,
        Note::UnknownUnit,
        Note::MissingUnit,
        Note::LimitUnit,
        Note::UnknownLimitType,
        Note::InterpretationDisagrees,
        Note::Implausible,
    ];
    assert!(
        all.iter().all(|kind| expected.notes.contains_key(kind)),
        "{:?}",
        expected.notes
    );
}

/// What the versions of a resource in a case say under `pointer`, oldest first.
fn versions(case: &Case, id: &str, pointer: &str) -> Vec<(u32, String)> {
    let said = |resource: Value| {
        let number = resource["meta"]["versionId"].as_str()?.parse().ok()?;
        let text = resource
            .pointer(pointer)
            .and_then(Value::as_str)
            .unwrap_or_default();
        (resource["id"] == id).then(|| (number, text.to_owned()))
    };
    let mut versions: Vec<_> = case.resources().filter_map(said).collect();
    versions.sort();
    versions
}

#[test]
fn plan_with_history_has_what_each_save_says() {
    let case = case("plan-history");
    let plan = case.expected.plan.as_ref().expect("a plan");
    assert_eq!(
        versions(case, "plan-history-plan", "/title").len(),
        plan.versions.len()
    );
    let conditions = versions(case, "plan-history-plan-yellow", "/description");
    let number = conditions.len();
    assert_eq!(number, 4, "{conditions:?}");
    assert_ne!(conditions[number - 1].1, conditions[0].1);
    assert_eq!(conditions[number - 1].1, plan.conditions["yellow"]);
    let roles: Vec<_> = plan.versions.iter().rev().map(|it| it.role.as_str()).collect();
    let (specialist, nurse, gp) = ("Lungespesialist", "Sykepleier", "Fastlege");
    assert_eq!(roles, [specialist, nurse, gp, "", specialist, "", specialist]);
    let provenances = case.resources().filter(|it| it["resourceType"] == "Provenance");
    // One for each version but the fourth, and one of the suggestion.
    assert_eq!(provenances.count(), 7);
    assert_eq!(
        versions(case, "plan-history-plan-limits-spo2", "/startDate").len(),
        2
    );
}

#[test]
fn patients_with_plans_have_texts_and_shapes_that_are_hard() {
    let plan = |id: &str| case(id).expected.plan.as_ref().expect("a plan");
    let texts = &plan("plan-texts").actions;
    assert!(texts.iter().any(|action| action.text.chars().count() == 10_000));
    assert!(texts.iter().any(|action| action.text.contains('\u{0}')));
    assert_eq!(plan("plan-shapes").actions.len(), 5);
    assert_eq!(plan("two-plans").id, "two-plans-plan");
    let active = case("two-plans")
        .resources()
        .filter(|it| it["resourceType"] == "CarePlan" && it["partOf"].is_null() && it["status"] == "active");
    assert_eq!(active.count(), 3);
}

#[test]
fn patient_of_several_places_has_each_reading_of_the_municipality_twice_after_the_hand_over() {
    let case = case("handover");
    let places: Vec<_> = case.elsewhere.iter().map(|place| place.source).collect();
    assert_eq!(places, ["hospital", "municipality", "lab-module"]);
    let together = case.together.as_ref().expect("all places");
    assert_eq!(together.excluded[&Exclusion::Duplicate], 90);
    // 45 days at the hospital, 48 at the municipality, three of them at both; the control at the journal.
    assert_eq!(together.parameters["spo2"].readings, 45 + 48 + 1);
    assert_eq!(case.expected.readings, 2);
    let number = |patient: &Value| patient["identifier"][0]["value"].clone();
    let own = number(&case.resources().next().expect("the patient"));
    for place in &case.elsewhere {
        let patient = place.resources.first().expect("the patient");
        assert_eq!(
            (&patient["id"], number(patient)),
            (&Value::from(place.patient), own.clone())
        );
        let ids = place.resources.iter().map(|it| it["id"].as_str().expect("an id"));
        assert!(ids.into_iter().all(|id| id.starts_with(place.patient)));
    }
}

#[test]
fn what_is_opened_on_demand_is_there_to_be_read() {
    let told = |id: &str| case(id).expected.on_demand.as_ref().expect("on demand");
    let has = |case: &Case, id: &str| case.resources().any(|it| it["id"] == *id);
    let forms = case("questionnaires");
    for instrument in &told("questionnaires").questionnaires {
        let responses = instrument.fillings.iter().map(|filling| &filling.id);
        assert!(
            responses.chain(&instrument.set_aside).all(|id| has(forms, id)),
            "{}",
            instrument.name
        );
        assert!(
            instrument
                .fillings
                .iter()
                .all(|filling| !filling.answers.is_empty())
        );
        let times: Vec<Timestamp> = instrument
            .fillings
            .iter()
            .map(|it| it.time.parse().expect("a time"))
            .collect();
        assert!(
            times.is_sorted_by(|newer, older| newer > older),
            "{}",
            instrument.name
        );
    }
    let cat = &told("questionnaires").questionnaires[0];
    assert_eq!((cat.fillings.len(), cat.set_aside.len()), (13, 1));
    assert!(
        cat.fillings
            .iter()
            .any(|filling| filling.answers.iter().any(|answer| answer.changed))
    );
    for note in &told("notes").notes {
        let (_, id) = note.place.split_once('/').expect("a place");
        assert!(
            has(case("notes"), id) && note.readings.iter().all(|id| has(case("notes"), id)),
            "{id}"
        );
    }
    assert_eq!(
        (told("notes").notes.len(), told("notes").never_shown.len()),
        (4, 4)
    );
    assert_eq!(told("events").events.len(), 7);
    assert!(
        told("handover")
            .follow_up
            .as_ref()
            .is_some_and(|it| it.hours.is_some())
    );
}
