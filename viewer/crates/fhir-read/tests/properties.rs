//! Whatever becomes of a bundle on its way, reading it never panics and every entry is accounted for.

#![allow(clippy::unwrap_used, reason = "helpers of a test may fail it")]

mod mutation;

use chart_model::{
    Accepted, ClinicalTime, Finding, Period, PlanSummary, Point, Series, Zone, comparison, statistics,
};
use fhir_read::{
    HostSearch, ObservationPage, Queries, Reader, next_link, read_enrolment, read_patient, read_plan,
};
use mutation::{changes, mutate, size};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

/// A searchset with one entry of most kinds.
fn bundle() -> Value {
    let loinc = |code: &str| json!({ "coding": [{ "system": "http://loinc.org", "code": code }] });
    let quantity = |value: f64, unit: &str| json!({ "value": value, "unit": unit });
    let range = |code: &str| {
        json!({ "low": { "value": 88, "unit": "%" }, "high": { "value": 100 }, "type": { "coding": [{
            "system": "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation", "code": code }] } })
    };
    let observation = |id: &str, fields: Value| {
        let mut resource = json!({
            "resourceType": "Observation", "id": id, "status": "final",
            "meta": { "versionId": "1", "source": "urn:a#1" },
            "identifier": [{ "system": "urn:x", "value": id }],
            "code": loinc("2708-6"), "subject": { "reference": "Patient/7" },
            "effectiveDateTime": "2026-09-03T08:12:00+02:00",
        });
        for (field, value) in fields.as_object().unwrap() {
            resource[field] = value.clone();
        }
        json!({ "fullUrl": format!("http://h/fhir/Observation/{id}"), "resource": resource,
            "search": { "mode": "match" } })
    };
    let pressure = json!([
        { "code": loinc("8480-6"), "valueQuantity": quantity(132.0, "mm[Hg]"), "referenceRange": [range("N")] },
        { "code": loinc("8462-4"), "valueQuantity": quantity(84.0, "mm[Hg]") },
        { "code": loinc("8867-4"), "valueQuantity": quantity(72.0, "/min") },
    ]);
    let goal = |version: &str, updated: &str| {
        json!({ "resource": { "resourceType": "Goal", "id": "g", "lifecycleStatus": "active",
            "meta": { "versionId": version, "lastUpdated": updated }, "startDate": "2026-08-20",
            "target": [{ "measure": loinc("2708-6"), "detailRange": range("N"), "extension": [{ "url": "x",
                "valueCodeableConcept": range("N")["type"] }] }] } })
    };
    json!({
        "resourceType": "Bundle", "type": "searchset",
        "link": [{ "relation": "next", "url": "http://h/fhir?page=2" }],
        "entry": [
            observation("1", json!({ "valueQuantity": quantity(91.0, "%"), "referenceRange": [range("N"), range("L")],
                "interpretation": [{ "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation",
                    "code": "A" }] }], "note": [{ "text": "x" }], "device": { "reference": "Device/1" } })),
            observation("2", json!({ "code": loinc("85354-9"), "component": pressure })),
            observation("3", json!({ "status": "entered-in-error", "valueQuantity": quantity(1.0, "%") })),
            observation("4", json!({ "valueQuantity": { "value": "x" } })),
            observation("5", json!({ "dataAbsentReason": { "text": "x" } })),
            observation("6", json!({ "subject": { "reference": "Patient/8" } })),
            observation("7", json!({ "effectiveDateTime": "2027-09-03", "valueInteger": 91 })),
            observation("8", json!({ "code": { "text": "Hoste" }, "valueInteger": 3 })),
            observation("1", json!({ "identifier": [], "valueQuantity": quantity(91.0, "%") })),
            { "resource": { "resourceType": "CarePlan", "id": "p", "status": "active", "goal": [{ "reference": "Goal/g" }],
                "activity": [{ "detail": { "code": loinc("2708-6"), "scheduledTiming": { "repeat": { "frequency": 1,
                    "period": 1, "periodUnit": "d" } } } }] } },
            goal("2", "2026-10-01T08:00:00Z"),
            goal("1", "2026-09-01T08:00:00Z"),
            { "resource": { "resourceType": "Device", "id": "1" }, "search": { "mode": "include" } },
            { "resource": { "resourceType": "OperationOutcome", "issue": [{ "code": "x" }] }, "search": { "mode": "outcome" } },
        ],
    })
}

/// Reads and accepts, and checks that nothing is lost.
fn account(bytes: &[u8]) -> Option<ObservationPage> {
    let page = Reader::new("7", "host").observations(bytes).ok()?;
    let replacing = |findings: &[Finding]| findings.iter().filter(|f| f.kind.replaces_reading()).count();
    let set_aside = page.excluded.len() + replacing(&page.findings);
    assert_eq!(page.entries, page.readings.len() + set_aside);
    let ObservationPage {
        readings,
        excluded,
        findings,
        ..
    } = page.clone();
    let now = ClinicalTime::parse("2026-11-22T12:00:00+01:00")
        .unwrap()
        .start_ms();
    let mut accepted = Accepted::default();
    accepted.add(readings, excluded, findings, now);
    let set_aside = accepted.excluded().len() + replacing(accepted.findings());
    assert_eq!(page.entries, accepted.count() + set_aside);
    let plan = read_plan(&[bytes], "7").ok().and_then(|read| read.plan);
    draw(&accepted, plan.as_ref(), now);
    Some(page)
}

/// Builds every trend with its figures, and checks that each reading of the period is in one place of it.
fn draw(accepted: &Accepted, plan: Option<&PlanSummary>, now: i64) {
    let period = Period {
        from: i64::MIN / 4,
        to: now,
    };
    for (parameter, readings) in &accepted.readings() {
        let series = Series::build(parameter, readings, accepted.excluded(), plan, period);
        assert_eq!(series.points.len() + series.implausible.len(), readings.len());
        let figures = statistics::of(&series);
        assert_eq!(
            figures.zones.iter().map(|(_, count)| count).sum::<usize>(),
            figures.n
        );
        let of_time = |point: &Point| point.reading.time.axis_ms();
        assert!(series.points.is_sorted_by_key(of_time));
        assert!(series.steps.windows(2).all(|pair| pair[0].to <= pair[1].from));
        assert!(
            series
                .points
                .iter()
                .all(|point| point.zone != Zone::Green || point.range().is_some())
        );
        comparison::align(&series, &series.within(Period::last_days(30, now))).unwrap();
    }
}

#[test]
fn the_sound_bundle_comes_to_what_it_should() {
    let page = account(bundle().to_string().as_bytes()).unwrap();
    assert_eq!((page.entries, page.repeated), (9, 1));
    assert_eq!(page.excluded.len(), 2);
    assert_eq!(page.next.as_deref(), Some("http://h/fhir?page=2"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn any_changed_bytes_are_accounted_for(edits in prop::collection::vec((any::<Index>(), any::<u8>()), 1..8)) {
        let mut bytes = bundle().to_string().into_bytes();
        for (at, byte) in edits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        account(&bytes);
        read_plan(&[&bytes], "7").ok();
        read_enrolment(&bytes, "7").ok();
    }

    #[test]
    fn any_cut_keeps_the_entries_before_it(cut in any::<Index>()) {
        let text = bundle().to_string();
        let cut = cut.index(text.len());
        let whole = account(text.as_bytes()).map_or(0, |page| page.entries);
        if let Some(page) = account(&text.as_bytes()[..cut]) {
            prop_assert!(page.entries <= whole);
            prop_assert!(page.findings.iter().any(|f| f.kind.id() == "broken-bundle"));
        }
    }

    #[test]
    fn any_changed_values_are_accounted_for(edits in prop::collection::vec((any::<Index>(), changes()), 1..6)) {
        let mut bundle = bundle();
        for (at, how) in &edits {
            let at = at.index(size(&bundle).max(1));
            mutate(&mut bundle, at, how);
        }
        account(bundle.to_string().as_bytes());
    }

    #[test]
    fn entries_dropped_doubled_and_in_any_order_are_each_accounted_for(
        picks in prop::collection::vec(any::<Index>(), 0..20),
    ) {
        let mut bundle = bundle();
        let entries = bundle["entry"].as_array().unwrap().clone();
        let picked: Vec<Value> = picks.iter().map(|pick| entries[pick.index(entries.len())].clone()).collect();
        let observations = picked.iter().filter(|entry| entry["resource"]["resourceType"] == "Observation");
        let sent = observations.count();
        let mut ids: Vec<&Value> = picked.iter().map(|entry| &entry["resource"]["id"]).collect();
        ids.sort_by_key(ToString::to_string);
        bundle["entry"] = json!(picked);
        let page = account(bundle.to_string().as_bytes()).unwrap();
        // The pulse beside a blood pressure is an entry of its own.
        let further = page.readings.iter().filter(|reading| reading.parameter == chart_model::Known::Pulse.into());
        prop_assert_eq!(page.entries + page.repeated, sent + further.count());
    }

    #[test]
    fn a_change_within_one_entry_costs_no_other(at in any::<Index>(), how in changes()) {
        let mut bundle = bundle();
        let entry = &mut bundle["entry"][0];
        let at = 1 + at.index(size(entry) - 1);
        mutate(entry, at, &how);
        let page = account(bundle.to_string().as_bytes()).unwrap();
        // Without its id it is no longer the same as its repetition.
        prop_assert!(page.entries + page.repeated >= 9, "{}", page.entries);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        account(&bytes);
        read_patient(&bytes).ok();
        read_plan(&[&bytes], "7").ok();
    }

    #[test]
    fn a_link_that_is_followed_stays_on_its_server(link in "(https?:)?[/\\\\]{0,3}(h|h:80|evil|[^/]{0,3})[:@/?#.\\\\]{0,2}[a-z/]{0,6}") {
        if let Ok(url) = next_link("http://h/fhir", &link) {
            let host = url.to_lowercase().strip_prefix("http://").map(str::to_owned).unwrap();
            let host = host.split(['/', '?', '#']).next().unwrap().to_owned();
            prop_assert!(["h", "h:80", "h:"].contains(&host.as_str()), "{url}");
        }
    }

    #[test]
    fn an_address_never_leaves_its_path(id in "\\PC{0,12}") {
        let search = HostSearch { date: "date".to_owned(), sort: true, include: true, elements: true, page_size: 500 };
        let queries = Queries::new("http://h/fhir", &id, search);
        prop_assert!(queries.patient().starts_with("http://h/fhir/Patient/"));
        prop_assert!(queries.patient().bytes().all(|b| b.is_ascii_graphic()));
        prop_assert_eq!(queries.newest().matches('?').count(), 1);
    }
}
