//! What becomes an event, and what does not.

use chart_model::ClinicalTime;
use serde_json::{Value, json};

use super::*;

fn read(resources: &[Value]) -> EventReading {
    let entries: Vec<Value> = resources
        .iter()
        .map(|resource| json!({ "resource": resource }))
        .collect();
    let bundle = json!({ "resourceType": "Bundle", "entry": entries }).to_string();
    let now = ClinicalTime::parse("2026-11-22T09:14:00+01:00")
        .unwrap()
        .start_ms();
    read_events(&[bundle.as_bytes()], "7", now).unwrap()
}

fn with(mut resource: Value, changes: &Value) -> Value {
    for (field, value) in changes.as_object().unwrap() {
        resource[field] = value.clone();
    }
    resource
}

/// Events as `kind from–to label (detail)`; `…` where there is no end yet.
fn lines(reading: &EventReading) -> Vec<String> {
    let end = |event: &Event| match &event.to {
        Some(to) => format!("–{}", to.text()),
        None if event.is_paused => "–‖".to_owned(),
        None if event.lasts => "–…".to_owned(),
        None if event.has_ended => "–?".to_owned(),
        None => String::new(),
    };
    let line = |event: &Event| {
        format!(
            "{} {}{} {} ({})",
            event.kind.id(),
            event.from.text(),
            end(event),
            event.label,
            event.detail
        )
    };
    reading.events.iter().map(line).collect()
}

#[track_caller]
fn check(resource: &Value, changes: &Value, expected: &[&str]) {
    let reading = read(&[with(resource.clone(), changes)]);
    assert_eq!(lines(&reading), expected, "{changes}");
    let accounted = !expected.is_empty() || reading.left_out + reading.findings.len() > 0;
    assert!(accounted, "neither an event nor counted: {changes}");
}

#[test]
fn a_stay_in_hospital_is_an_admission_and_a_visit_is_not() {
    let stay = json!({ "resourceType": "Encounter", "id": "e", "status": "finished", "subject": { "reference": "Patient/7" },
        "class": { "code": "IMP" }, "serviceProvider": { "display": "Prøvevik sykehus" },
        "reasonCode": [{ "text": "KOLS-forverring" }],
        "period": { "start": "2026-10-12T10:00:00+02:00", "end": "2026-10-21" } });
    let whole = "admission 2026-10-12T10:00:00+02:00–2026-10-21 Prøvevik sykehus (KOLS-forverring)";
    check(&stay, &json!({}), &[whole]);
    for class in [
        json!({ "code": "ACUTE" }),
        json!({ "code": "1", "display": "Innleggelse" }),
        json!({ "coding": [{ "code": "inpatient" }] }),
    ] {
        check(&stay, &json!({ "class": class }), &[whole]);
    }
    check(
        &stay,
        &json!({ "status": "in-progress", "period": { "start": "2026-11-20" } }),
        &["admission 2026-11-20–… Prøvevik sykehus (KOLS-forverring)"],
    );
    check(
        &stay,
        &json!({ "status": "in-progress", "period": { "start": "2026-11-20", "end": "2026-12-24" } }),
        &["admission 2026-11-20–… Prøvevik sykehus (KOLS-forverring)"],
    );
    for other in [
        json!({ "class": { "code": "AMB", "display": "Not inpatient" } }),
        json!({ "class": null }),
        json!({ "status": "planned" }),
        json!({ "status": "cancelled" }),
        json!({ "status": "entered-in-error" }),
        json!({ "period": null }),
        json!({ "period": { "start": "i høst" } }),
        json!({ "subject": { "reference": "Patient/8" } }),
    ] {
        check(&stay, &other, &[]);
    }
    let part = with(
        stay.clone(),
        &json!({ "id": "f", "partOf": { "reference": "Encounter/e" } }),
    );
    let reading = read(&[stay, part]);
    assert_eq!(
        (reading.events.len(), reading.left_out),
        (1, 1),
        "a ward is a part of the stay"
    );
}

#[test]
fn a_medicine_is_begun_and_stopped() {
    let taken = json!({ "resourceType": "MedicationStatement", "id": "m", "status": "active",
        "subject": { "reference": "Patient/7" }, "medicationCodeableConcept": { "text": "Prednisolon" },
        "dosage": [{ "text": "20 mg daglig i 5 dager" }], "effectivePeriod": { "start": "2026-10-01" } });
    let start = "medication-start 2026-10-01 Prednisolon (20 mg daglig i 5 dager)";
    check(&taken, &json!({}), &[start]);
    check(
        &taken,
        &json!({ "status": "completed", "effectivePeriod": { "start": "2026-10-01", "end": "2026-10-05" },
            "statusReason": [{ "text": "Ferdig kur" }] }),
        &[start, "medication-stop 2026-10-05 Prednisolon (Ferdig kur)"],
    );
    check(
        &taken,
        &json!({ "effectivePeriod": { "start": "2026-10-01", "end": "2027-01-01" } }),
        &[start],
    );
    check(
        &taken,
        &json!({ "effectivePeriod": null, "effectiveDateTime": "2026-10-01" }),
        &[start],
    );
    check(
        &taken,
        &json!({ "dosage": [{ "doseAndRate": [{ "doseQuantity": { "value": 5, "unit": "mg" } }] }] }),
        &["medication-start 2026-10-01 Prednisolon (5 mg)"],
    );
    check(
        &taken,
        &json!({ "dosage": null, "medicationCodeableConcept": null, "medicationReference": { "reference": "#x" },
            "contained": [{ "resourceType": "Medication", "id": "x", "code": { "coding": [{ "display": "Furix" }] } }] }),
        &["medication-start 2026-10-01 Furix ()"],
    );
    for other in [
        json!({ "status": "entered-in-error" }),
        json!({ "status": "not-taken" }),
        json!({ "status": "intended" }),
        json!({ "effectivePeriod": null }),
        json!({ "effectivePeriod": { "start": "2026-10-01T08:00" } }),
    ] {
        check(&taken, &other, &[]);
    }
}

#[test]
fn an_order_counts_where_it_is_not_there_as_taken() {
    let order = json!({ "resourceType": "MedicationRequest", "id": "o", "status": "active", "intent": "order",
        "subject": { "reference": "Patient/7" }, "medicationCodeableConcept": { "text": "Prednisolon" },
        "authoredOn": "2026-10-01T12:00:00+02:00", "dosageInstruction": [{ "text": "20 mg" }] });
    check(
        &order,
        &json!({}),
        &["medication-start 2026-10-01T12:00:00+02:00 Prednisolon (20 mg)"],
    );
    let bounds = json!([{ "text": "20 mg", "timing": { "repeat": { "boundsPeriod": { "start": "2026-10-02", "end": "2026-10-06" } } } }]);
    check(
        &order,
        &json!({ "dosageInstruction": bounds }),
        &[
            "medication-start 2026-10-02 Prednisolon (20 mg)",
            "medication-stop 2026-10-06 Prednisolon ()",
        ],
    );
    check(
        &order,
        &json!({ "dispenseRequest": { "validityPeriod": { "start": "2026-10-03", "end": "2027-10-03" } } }),
        &["medication-start 2026-10-03 Prednisolon (20 mg)"],
    );
    for other in [
        json!({ "intent": "proposal" }),
        json!({ "intent": "plan" }),
        json!({ "status": "draft" }),
        json!({ "status": "cancelled" }),
        json!({ "authoredOn": null }),
    ] {
        check(&order, &other, &[]);
    }
    let taken = |changes: Value| {
        with(
            json!({ "resourceType": "MedicationStatement", "id": "m", "status": "active",
                "medicationCodeableConcept": { "text": "PREDNISOLON" }, "effectivePeriod": { "start": "2026-10-02" } }),
            &changes,
        )
    };
    for (statement, events) in [
        (
            taken(json!({ "basedOn": [{ "reference": "MedicationRequest/o" }] })),
            1,
        ),
        (taken(json!({ "effectivePeriod": { "start": "2026-10-01" } })), 1),
        (taken(json!({})), 2),
        (
            taken(json!({ "status": "not-taken", "effectivePeriod": { "start": "2026-10-01" } })),
            1,
        ),
    ] {
        let reading = read(&[order.clone(), statement.clone()]);
        assert_eq!(reading.events.len(), events, "{statement}");
    }
}

#[test]
fn a_period_of_follow_up_is_a_span() {
    let episode = json!({ "resourceType": "EpisodeOfCare", "id": "e", "status": "active",
        "patient": { "reference": "Patient/7" }, "type": [{ "text": "Digital hjemmeoppfølging" }],
        "managingOrganization": { "display": "Oppfølgingstjenesten" }, "period": { "start": "2026-08-01" } });
    check(
        &episode,
        &json!({}),
        &["monitoring 2026-08-01–… Oppfølgingstjenesten (Digital hjemmeoppfølging)"],
    );
    check(
        &episode,
        &json!({ "status": "finished", "period": { "start": "2026-08-01", "end": "2026-09-30" } }),
        &["monitoring 2026-08-01–2026-09-30 Oppfølgingstjenesten (Digital hjemmeoppfølging)"],
    );
    check(&episode, &json!({ "status": "cancelled" }), &[]);
}

#[test]
fn what_has_ended_without_a_time_is_told_where_it_began() {
    let taken = json!({ "resourceType": "MedicationStatement", "id": "m", "status": "active",
        "subject": { "reference": "Patient/7" }, "medicationCodeableConcept": { "text": "Prednisolon" },
        "dosage": [{ "text": "40 mg" }], "effectiveDateTime": "2026-10-12" });
    check(
        &taken,
        &json!({}),
        &["medication-start 2026-10-12 Prednisolon (40 mg)"],
    );
    for status in ["stopped", "completed"] {
        check(
            &taken,
            &json!({ "status": status, "statusReason": [{ "text": "bivirkning" }] }),
            &["medication-start 2026-10-12–? Prednisolon (40 mg; bivirkning)"],
        );
    }
    check(
        &taken,
        &json!({ "status": "stopped", "effectivePeriod": { "start": "2026-10-12", "end": "2026-10-20" } }),
        &[
            "medication-start 2026-10-12 Prednisolon (40 mg)",
            "medication-stop 2026-10-20 Prednisolon ()",
        ],
    );
    let ordered = json!({ "resourceType": "MedicationRequest", "id": "r", "status": "stopped", "intent": "order",
        "subject": { "reference": "Patient/7" }, "medicationCodeableConcept": { "text": "Prednisolon" },
        "statusReason": { "text": "ny behandling" }, "authoredOn": "2026-10-12" });
    check(
        &ordered,
        &json!({}),
        &["medication-start 2026-10-12–? Prednisolon (ny behandling)"],
    );
    check(
        &ordered,
        &json!({ "status": "completed" }),
        &["medication-start 2026-10-12 Prednisolon ()"],
    );
    check(
        &json!({ "resourceType": "Encounter", "id": "e", "status": "finished", "class": { "code": "IMP" },
            "subject": { "reference": "Patient/7" }, "period": { "start": "2026-10-12" } }),
        &json!({}),
        &["admission 2026-10-12–?  ()"],
    );
}

#[test]
fn an_end_before_the_start_is_told_and_not_drawn() {
    let reading = read(&[
        json!({ "resourceType": "Encounter", "id": "e", "status": "finished",
        "class": { "code": "IMP" }, "subject": { "reference": "Patient/7" },
        "serviceProvider": { "display": "Prøvevik sykehus" },
        "period": { "start": "2026-10-12", "end": "2026-10-07" } }),
    ]);
    assert_eq!(lines(&reading), ["admission 2026-10-12–? Prøvevik sykehus ()"]);
    let [finding] = reading.findings.as_slice() else {
        panic!("{:?}", reading.findings)
    };
    assert_eq!(
        (finding.kind, &*finding.detail),
        (FindingKind::MalformedTime, "2026-10-07")
    );
}

#[test]
fn a_medicine_that_is_named_elsewhere_is_asked_for_and_then_has_its_name() {
    let taken = json!({ "resourceType": "MedicationStatement", "id": "m", "status": "active",
        "subject": { "reference": "Patient/7" }, "effectiveDateTime": "2026-10-12",
        "medicationReference": { "reference": "Medication/spiriva" } });
    let alone = read(std::slice::from_ref(&taken));
    assert_eq!(lines(&alone), ["medication-start 2026-10-12  ()"]);
    assert_eq!(alone.missing, ["Medication/spiriva"]);
    let medication = json!({ "resourceType": "Medication", "id": "spiriva",
        "code": { "coding": [{ "code": "R03BB04", "display": "tiotropium" }] } });
    let named = read(&[taken, medication]);
    assert_eq!(lines(&named), ["medication-start 2026-10-12 tiotropium ()"]);
    assert_eq!(named.missing, [""; 0]);
}

#[test]
fn a_period_of_follow_up_on_hold_is_not_told_as_going_on() {
    let period = json!({ "resourceType": "EpisodeOfCare", "id": "p", "status": "active", "patient": { "reference": "Patient/7" },
        "managingOrganization": { "display": "Kommunen" }, "period": { "start": "2026-10-12" } });
    check(&period, &json!({}), &["monitoring 2026-10-12–… Kommunen ()"]);
    check(
        &period,
        &json!({ "status": "onhold" }),
        &["monitoring 2026-10-12–‖ Kommunen ()"],
    );
}
