//! What the journal that launches the viewer has of him: a stay, a control, and who follows up.

use serde_json::{Value, json};

use super::{FIRST_DAY, HANDED_OVER, ID};
use crate::expected::Zone::{self, NoLimit};
use crate::on_demand::{EventExpected, EventKind, OnDemandExpected, ResponsibleExpected};
use crate::parameter::{SPO2, WEIGHT};
use crate::resource::{JOURNAL, organization, reference};
use crate::script::{Script, clock};

const HOSPITAL: &str = "Prøvevik sykehus, hjemmeoppfølging";
const SERVICE: &str = "Oppfølgingstjenesten i Prøvevik kommune";

pub(super) fn add(journal: &mut Script) {
    for (name, title, phone) in [
        ("hospital", HOSPITAL, "+47 99 00 00 02"),
        ("service", SERVICE, "+47 99 00 00 01"),
    ] {
        journal.resource(organization(&format!("{ID}-{name}"), title, phone));
    }
    for resource in resources(journal) {
        journal.resource(resource);
    }
    let days = journal.calendar;
    let day = |day| days.day(day).to_string();
    let monitored = |by: &str, from: i32, until: Option<i32>| EventExpected {
        kind: EventKind::Monitoring,
        text: by.to_owned(),
        from: day(from),
        until: until.map(day),
    };
    journal.declarations.on_demand = Some(OnDemandExpected {
        events: vec![
            EventExpected {
                kind: EventKind::Admission,
                text: "Prøvevik sykehus".to_owned(),
                from: days.at(97, clock(9, 0)).text,
                until: Some(days.at(91, clock(12, 0)).text),
            },
            monitored(HOSPITAL, FIRST_DAY, Some(HANDED_OVER)),
            monitored(SERVICE, HANDED_OVER, None),
        ],
        follow_up: Some(ResponsibleExpected {
            name: SERVICE.to_owned(),
            since: Some(day(HANDED_OVER)),
            phone: Some("+47 99 00 00 01".to_owned()),
            hours: Some("mon tue wed thu fri 08:00:00-15:30:00".to_owned()),
            before: vec![HOSPITAL.to_owned()],
            until: None,
        }),
        ..OnDemandExpected::default()
    });
}

fn resources(journal: &Script) -> Vec<Value> {
    let days = journal.calendar;
    let patient = || reference(&format!("Patient/{ID}"));
    let episode = |name: &str, by: &str, status: &str, period: Value| {
        json!({
            "resourceType": "EpisodeOfCare",
            "id": format!("{ID}-episode-{name}"),
            "status": status,
            "type": [{ "text": "Digital hjemmeoppfølging" }],
            "patient": patient(),
            "managingOrganization": reference(&format!("Organization/{ID}-{by}")),
            "period": period,
        })
    };
    let (first, over) = (days.day(FIRST_DAY).to_string(), days.day(HANDED_OVER).to_string());
    let member = |by: &str, role: &str, period: Value| json!({ "role": [{ "text": role }], "member": reference(&format!("Organization/{ID}-{by}")), "period": period });
    vec![
        json!({
            "resourceType": "Encounter",
            "id": format!("{ID}-stay"),
            "meta": { "source": JOURNAL },
            "status": "finished",
            "class": { "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "IMP" },
            "subject": patient(),
            "period": { "start": days.at(97, clock(9, 0)).text, "end": days.at(91, clock(12, 0)).text },
            "serviceProvider": { "display": "Prøvevik sykehus" },
        }),
        episode(
            "hospital",
            "hospital",
            "finished",
            json!({ "start": first, "end": over }),
        ),
        episode("municipality", "service", "active", json!({ "start": over })),
        json!({
            "resourceType": "HealthcareService",
            "id": format!("{ID}-opening"),
            "active": true,
            "providedBy": reference(&format!("Organization/{ID}-service")),
            "name": SERVICE,
            "telecom": [{ "system": "phone", "value": "+47 99 00 00 01", "use": "work" }],
            "availableTime": [{ "daysOfWeek": ["mon", "tue", "wed", "thu", "fri"],
                "availableStartTime": "08:00:00", "availableEndTime": "15:30:00" }],
        }),
        json!({
            "resourceType": "CareTeam",
            "id": format!("{ID}-team"),
            "meta": { "source": JOURNAL },
            "status": "active",
            "name": "Behandlingsteam",
            "subject": patient(),
            "participant": [
                member("hospital", "Fulgte opp", json!({ "start": first, "end": over })),
                member("service", "Følger opp nå", json!({ "start": over })),
            ],
        }),
    ]
}

/// The control at the hospital, the day before the last of its weeks. Its readings have no ranges: SpO₂ is in `spo2_zone`.
pub(super) fn readings(script: &mut Script, spo2_zone: Zone) {
    let when = script.calendar.at(HANDED_OVER + 1, clock(13, 20));
    let spo2 = script
        .named("control-spo2", &SPO2, &when)
        .value("93")
        .source(JOURNAL);
    script.reading(spo2, "93", spo2_zone);
    let weight = script
        .named("control-weight", &WEIGHT, &when)
        .value("81.6")
        .source(JOURNAL);
    script.reading(weight, "81.6", NoLimit);
}
