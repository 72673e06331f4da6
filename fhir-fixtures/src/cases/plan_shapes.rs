//! A plan in the shapes that are also read: zones as Conditions that the plan addresses (the older draft), activities
//! without area or code, and limits as Danish ServiceRequests.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use serde_json::{Value, json};

use crate::Case;
use crate::calendar::Calendar;
use crate::expected::Zone::{Green, YellowLow};
use crate::limits::{DANISH, Limit, limit_in};
use crate::parameter::SPO2;
use crate::person::Person;
use crate::plan::{self, PLAN_CATEGORY, PLAN_ZONE};
use crate::plan_expected::{ActionExpected, FollowUpExpected, PlanExpected, RangeExpected, VersionExpected};
use crate::resource::{JOURNAL, coding, practitioner, reference};
use crate::script::{Script, clock};

const ID: &str = "plan-shapes";
const DANISH_RANGE: &str = "http://ehealth.sundhed.dk/fhir/StructureDefinition/ehealth-referenceRange";
/// Danish codes of laboratory quantities; the code for SpO₂ is `NPU03011`.
const DANISH_NPU: &str = "urn:oid:1.2.208.176.2.1";

/// Limits that warn, and that alarm.
static LIMITS: [Limit; 2] = [
    limit_in(DANISH, "GAL", "86", "89"),
    limit_in(DANISH, "RAL", "", "85"),
];

const ZONES: [(&str, &str, &str); 3] = [
    ("green", "Pusten er som vanlig", "Fortsett med faste medisiner."),
    (
        "yellow",
        "Tyngre pust enn vanlig",
        "Ta ekstra drag, og ring oppfølgingstjenesten.",
    ),
    ("red", "Tung pust i hvile", "Ring 113."),
];

const ACTIVITIES: [&str; 2] = ["Gå en tur hver dag.", "Mål oksygenmetning hver morgen."];

pub(crate) fn case(seed: u64, until: Date) -> Case {
    let person = Person {
        given: "Dag",
        family: "Danskerud",
        female: false,
        born: date(1948, 11, 30),
    };
    let mut script = Script::new(ID, seed, until, &person);
    plan::follow_up(&mut script, 60);
    script.resource(practitioner(
        &format!("{ID}-specialist"),
        "Sol",
        "Legesen",
        "+47 99 00 00 03",
    ));
    resources(script.calendar)
        .into_iter()
        .for_each(|resource| script.resource(resource));
    let expected = expected(script.calendar);
    script.declarations.plan = Some(expected);
    let oximeter = script.device("oximeter", "Pulsoksymeter", "Fingerklype");
    for days_before in (1..=50).rev() {
        let when = script.about(days_before, (8, 0), 0);
        let (value, zone) = match days_before {
            9 | 10 => ("88", YellowLow),
            _ => ("93", Green),
        };
        let ranges = if zone == Green { &WITH_NORMAL } else { &LIMITS[..] };
        let reading = script.observation(&SPO2, &when).value(value).limits(ranges);
        script.reading(reading.device(&oximeter), value, zone);
    }
    Case::new(
        script,
        "Plan i eldre form",
        "The plan addresses a Condition per zone (severity, text, note), has activities in words without an area, \
         and its limits are ServiceRequests with the Danish extension. Zones that come as Conditions are only read.",
    )
}

/// What the plan's limits leave open is green by the reading's own word.
static WITH_NORMAL: [Limit; 3] = [
    crate::limits::limit("N", "90", ""),
    limit_in(DANISH, "GAL", "86", "89"),
    limit_in(DANISH, "RAL", "", "85"),
];

fn resources(calendar: Calendar) -> Vec<Value> {
    let subject = reference(&format!("Patient/{ID}"));
    let saved = calendar.at(60, clock(11, 0)).text;
    let meta = json!({ "source": JOURNAL, "versionId": "1", "lastUpdated": saved });
    let mut resources: Vec<Value> = ZONES
        .iter()
        .map(|(zone, condition, action)| {
            json!({
                "resourceType": "Condition",
                "id": format!("{ID}-{zone}"),
                "meta": meta,
                "clinicalStatus": { "coding": [coding(CLINICAL_STATUS, "active")] },
                "severity": { "coding": [coding(PLAN_ZONE, zone)] },
                "code": { "text": condition },
                "subject": subject,
                "note": [{ "text": action }],
            })
        })
        .collect();
    let ranges = LIMITS.iter().map(danish_range);
    resources.push(json!({
        "resourceType": "ServiceRequest",
        "id": format!("{ID}-spo2"),
        "meta": meta,
        "extension": ranges.collect::<Value>(),
        "status": "active",
        "intent": "plan",
        "code": { "coding": [coding(DANISH_NPU, "NPU03011")], "text": "Oksygenmetning" },
        "subject": subject,
        "authoredOn": saved,
    }));
    let described = |text: &&str| json!({ "detail": { "status": "in-progress", "description": text } });
    let mut activities: Vec<Value> = ACTIVITIES.iter().map(described).collect();
    activities.push(json!({ "reference": reference(&format!("ServiceRequest/{ID}-spo2")) }));
    let conditions = ZONES
        .iter()
        .map(|(zone, ..)| reference(&format!("Condition/{ID}-{zone}")));
    resources.push(json!({
        "resourceType": "CarePlan",
        "id": format!("{ID}-plan"),
        "meta": meta,
        "status": "active",
        "intent": "plan",
        "title": "Egenbehandlingsplan",
        "category": [{ "coding": [coding(PLAN_CATEGORY, "2")] }],
        "subject": subject,
        "period": { "start": calendar.day(60).to_string() },
        "author": { "reference": format!("Practitioner/{ID}-specialist"), "display": "Sol Legesen" },
        "addresses": conditions.collect::<Value>(),
        "activity": activities,
    }));
    resources
}

const CLINICAL_STATUS: &str = "http://terminology.hl7.org/CodeSystem/condition-clinical";

fn danish_range(limit: &Limit) -> Value {
    let bounds = limit.bounds(SPO2.unit);
    let quantity = |name: &str| {
        bounds
            .get(name)
            .map(|bound| json!({ "url": name, "valueQuantity": bound }))
    };
    let severity = limit
        .severity()
        .map(|kind| json!({ "url": "type", "valueCodeableConcept": kind }));
    let parts = [quantity("low"), quantity("high"), severity];
    json!({ "url": DANISH_RANGE, "extension": parts.into_iter().flatten().collect::<Value>() })
}

fn expected(calendar: Calendar) -> PlanExpected {
    let action = |zone: &str, text: &str| ActionExpected {
        zone: zone.to_owned(),
        area: String::new(),
        text: text.to_owned(),
    };
    let of_zones = ZONES.iter().map(|(zone, _, text)| action(zone, text));
    let range = |severity: &str, low: Option<&str>, high: Option<&str>| RangeExpected {
        severity: severity.to_owned(),
        low: low.map(str::to_owned),
        high: high.map(str::to_owned),
    };
    PlanExpected {
        id: format!("{ID}-plan"),
        version: "1".to_owned(),
        title: "Egenbehandlingsplan".to_owned(),
        conditions: ZONES
            .iter()
            .map(|(zone, condition, _)| ((*zone).to_owned(), (*condition).to_owned()))
            .collect(),
        actions: of_zones
            .chain(ACTIVITIES.iter().map(|text| action("", text)))
            .collect(),
        // Nothing is said of what lies above: no bound can be derived that would call it green.
        limits_as_sent: BTreeMap::from([(
            "spo2".to_owned(),
            vec![
                range("yellow", Some("86"), Some("89")),
                range("red", None, Some("85")),
            ],
        )]),
        follow_up: Some(FollowUpExpected {
            name: "Oppfølgingstjenesten i Prøvevik kommune".to_owned(),
            until: None,
        }),
        versions: vec![VersionExpected {
            version: "1".to_owned(),
            time: calendar.at(60, clock(11, 0)).text,
            author: "Sol Legesen".to_owned(),
            role: String::new(),
            organisation: String::new(),
            reason: String::new(),
            changed: Vec::new(),
        }],
        ..PlanExpected::default()
    }
}
