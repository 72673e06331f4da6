//! Two plans that both say that they are in force, and a third of another kind.

use jiff::civil::{Date, date};
use serde_json::json;

use crate::Case;
use crate::person::Person;
use crate::plan;
use crate::plan_expected::VersionExpected;
use crate::resource::{JOURNAL, organization, practitioner, reference};
use crate::script::{Script, clock};
use crate::versions::Versions;
use crate::written_plan::{Writer, WrittenPlan, WrittenZone};

const ID: &str = "two-plans";

const SPECIALIST: Writer = Writer {
    id: "specialist",
    name: "Sol Legesen",
    role: "Lungespesialist",
    organization: ("hospital", "Prøvevik sykehus"),
};

pub(crate) fn case(seed: u64, until: Date) -> Case {
    let person = Person {
        given: "Tove",
        family: "Toplaner",
        female: true,
        born: date(1960, 1, 19),
    };
    let mut script = Script::new(ID, seed, until, &person);
    plan::follow_up(&mut script, 90);
    script.resource(organization(
        &format!("{ID}-hospital"),
        "Prøvevik sykehus",
        "+47 99 00 00 02",
    ));
    script.resource(practitioner(
        &format!("{ID}-specialist"),
        "Sol",
        "Legesen",
        "+47 99 00 00 03",
    ));
    let mut versions = Versions::default();
    let (older, newer) = (
        written("plan-older", "Plan ved hjertesvikt"),
        written("plan", "Plan ved KOLS"),
    );
    let at = |days_before| script.calendar.at(days_before, clock(9, 0)).text;
    versions.save(&at(80), older.resources(script.calendar));
    versions.save(&at(12), newer.resources(script.calendar));
    // A plan of another kind, newer than both.
    versions.save(
        &at(3),
        vec![json!({
            "resourceType": "CarePlan",
            "id": format!("{ID}-diet"),
            "meta": { "source": JOURNAL },
            "status": "active",
            "intent": "plan",
            "title": "Kostholdsveiledning",
            "subject": reference(&format!("Patient/{ID}")),
        })],
    );
    let mut expected = newer.expected(script.calendar, &[]);
    expected.version = "1".to_owned();
    expected.versions = vec![VersionExpected {
        version: "1".to_owned(),
        time: at(12),
        author: SPECIALIST.name.to_owned(),
        role: String::new(),
        organisation: String::new(),
        reason: String::new(),
        changed: Vec::new(),
    }];
    expected.findings = vec!["plan-conflict".to_owned()];
    expected.follow_up = Some(crate::plan_expected::FollowUpExpected {
        name: "Oppfølgingstjenesten i Prøvevik kommune".to_owned(),
        until: None,
    });
    script.declarations.plan = Some(expected);
    let (current, _) = versions.finish();
    current.into_iter().for_each(|resource| script.resource(resource));
    Case::new(
        script,
        "To planer på én gang",
        "Two self-treatment plans are active; the one last saved is shown, and that there are two is said. An \
         active plan of another kind, newer than both, is neither. No readings.",
    )
}

fn written(name: &'static str, title: &str) -> WrittenPlan {
    WrittenPlan {
        patient: ID,
        name,
        title: title.to_owned(),
        since: 90,
        author: SPECIALIST,
        zones: vec![WrittenZone {
            code: "yellow",
            title: "Gul sone",
            condition: format!("Verre enn vanlig ({title})."),
            actions: vec![("medikamentelle tiltak", format!("Følg {title}."))],
        }],
        goals: Vec::new(),
        limits: Vec::new(),
        cadence: Vec::new(),
        contacts: Vec::new(),
    }
}
