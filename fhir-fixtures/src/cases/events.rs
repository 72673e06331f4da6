//! What stands on the time axis beside readings: admissions, medicines that start and stop, periods of home monitoring.

use jiff::civil::{Date, date};
use serde_json::{Value, json};

use crate::Case;
use crate::calendar::Calendar;
use crate::expected::Zone::NoLimit;
use crate::on_demand::{EventExpected, EventKind, OnDemandExpected, ResponsibleExpected};
use crate::parameter::PULSE;
use crate::person::Person;
use crate::resource::{JOURNAL, concept, organization, reference};
use crate::script::{Script, clock};

const ID: &str = "events";
const ATC: &str = "http://www.whocc.no/atc";
const CLASS: &str = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

pub(crate) fn case(seed: u64, until: Date) -> Case {
    let person = Person {
        given: "Egil",
        family: "Hendelsen",
        female: false,
        born: date(1946, 1, 25),
    };
    let mut script = Script::new(ID, seed, until, &person);
    let days = script.calendar;
    script.resource(organization(
        &format!("{ID}-hospital"),
        "Prøvevik sykehus",
        "+47 99 00 00 02",
    ));
    script.resource(organization(
        &format!("{ID}-service"),
        "Oppfølgingstjenesten i Prøvevik kommune",
        "+47 99 00 00 01",
    ));
    for resource in [encounters(days), medicines(days), episodes(days)].concat() {
        script.resource(resource);
    }
    for days_before in (1..=85).rev().filter(|day| !(58..=64).contains(day)) {
        let when = script.about(days_before, (9, 0), 20);
        let value = script.rng.within(62, 96).to_string();
        let reading = script.observation(&PULSE, &when).value(&value);
        script.reading(reading, &value, NoLimit);
    }
    // The week in hospital.
    script.gaps(&PULSE, 1);
    script.declarations.on_demand = Some(expected(days));
    Case::new(
        script,
        "Innleggelse og legemidler",
        "One admission that is over and one that has begun, an outpatient visit that is none, and one entered in error; \
         medicines taken for a while, started, stopped and intended but never taken; two periods of home monitoring.",
    )
}

fn encounters(days: Calendar) -> Vec<Value> {
    let encounter = |name: &str, status: &str, class: &str, from: String, to: Option<String>, why: &str| {
        let mut period = json!({ "start": from });
        if let Some(to) = to {
            period["end"] = json!(to);
        }
        json!({
            "resourceType": "Encounter",
            "id": format!("{ID}-{name}"),
            "meta": { "source": JOURNAL },
            "status": status,
            "class": { "system": CLASS, "code": class },
            "subject": reference(&format!("Patient/{ID}")),
            "period": period,
            "reasonCode": [{ "text": why }],
            "serviceProvider": { "reference": format!("Organization/{ID}-hospital"), "display": "Prøvevik sykehus" },
        })
    };
    let at = |day, hour| days.at(day, clock(hour, 0)).text;
    vec![
        encounter(
            "admitted",
            "finished",
            "IMP",
            at(64, 14),
            Some(at(58, 11)),
            "Hjertesvikt med væskeansamling",
        ),
        encounter("now", "in-progress", "IMP", at(1, 18), None, "Tungpust"),
        encounter(
            "visit",
            "finished",
            "AMB",
            at(30, 10),
            Some(at(30, 11)),
            "Kontroll",
        ),
        encounter(
            "wrong",
            "entered-in-error",
            "IMP",
            at(20, 10),
            Some(at(18, 11)),
            "Feil pasient",
        ),
    ]
}

fn medicines(days: Calendar) -> Vec<Value> {
    let day = |day| days.day(day).to_string();
    let statement = |name: &str, status: &str, atc: &str, text: &str, period: Value| {
        json!({
            "resourceType": "MedicationStatement",
            "id": format!("{ID}-{name}"),
            "meta": { "source": JOURNAL },
            "status": status,
            "medicationCodeableConcept": concept(ATC, atc, text),
            "subject": reference(&format!("Patient/{ID}")),
            "effectivePeriod": period,
        })
    };
    let request = |name: &str, status: &str, intent: &str, atc: &str, text: &str, authored: String| {
        json!({
            "resourceType": "MedicationRequest",
            "id": format!("{ID}-{name}"),
            "meta": { "source": JOURNAL },
            "status": status,
            "intent": intent,
            "medicationCodeableConcept": concept(ATC, atc, text),
            "subject": reference(&format!("Patient/{ID}")),
            "authoredOn": authored,
        })
    };
    vec![
        statement(
            "furosemide",
            "completed",
            "C03CA01",
            "Furosemid 40 mg",
            json!({ "start": day(65), "end": day(45) }),
        ),
        statement(
            "metoprolol",
            "active",
            "C07AB02",
            "Metoprolol 50 mg",
            json!({ "start": day(44) }),
        ),
        request(
            "empagliflozin",
            "active",
            "order",
            "A10BK03",
            "Empagliflozin 10 mg",
            days.at(25, clock(12, 0)).text,
        ),
        // Thought of, and never taken.
        request(
            "idea",
            "draft",
            "proposal",
            "C09DX04",
            "Sakubitril/valsartan",
            days.at(24, clock(12, 0)).text,
        ),
    ]
}

fn episodes(days: Calendar) -> Vec<Value> {
    let day = |day| days.day(day).to_string();
    let episode = |name: &str, status: &str, period: Value| {
        json!({
            "resourceType": "EpisodeOfCare",
            "id": format!("{ID}-{name}"),
            "status": status,
            "type": [{ "text": "Digital hjemmeoppfølging" }],
            "patient": reference(&format!("Patient/{ID}")),
            "managingOrganization": { "reference": format!("Organization/{ID}-service"),
                "display": "Oppfølgingstjenesten i Prøvevik kommune" },
            "period": period,
        })
    };
    vec![
        episode(
            "monitored-before",
            "finished",
            json!({ "start": day(88), "end": day(65) }),
        ),
        episode("monitored", "active", json!({ "start": day(57) })),
    ]
}

fn expected(days: Calendar) -> OnDemandExpected {
    let at = |day, hour| days.at(day, clock(hour, 0)).text;
    let day = |day| days.day(day).to_string();
    let event = |kind, text: &str, from: String, until: Option<String>| EventExpected {
        kind,
        text: text.to_owned(),
        from,
        until,
    };
    use EventKind::{Admission, Medication, Monitoring};
    let service = "Oppfølgingstjenesten i Prøvevik kommune";
    OnDemandExpected {
        events: vec![
            event(Monitoring, service, day(88), Some(day(65))),
            event(Medication, "Furosemid 40 mg", day(65), Some(day(45))),
            event(Admission, "Prøvevik sykehus", at(64, 14), Some(at(58, 11))),
            event(Monitoring, service, day(57), None),
            event(Medication, "Metoprolol 50 mg", day(44), None),
            event(Medication, "Empagliflozin 10 mg", at(25, 12), None),
            event(Admission, "Prøvevik sykehus", at(1, 18), None),
        ],
        follow_up: Some(ResponsibleExpected {
            name: service.to_owned(),
            since: Some(day(57)),
            phone: Some("+47 99 00 00 01".to_owned()),
            ..ResponsibleExpected::default()
        }),
        ..OnDemandExpected::default()
    }
}
