//! Texts that are hard to show: long ones, ones that look like HTML, ones with control characters, none at all; and a
//! Provenance without an agent.

use jiff::civil::{Date, date};

use crate::Case;
use crate::person::Person;
use crate::plan;
use crate::plan_expected::{FollowUpExpected, VersionExpected};
use crate::resource::{organization, practitioner};
use crate::script::{Script, clock};
use crate::versions::Versions;
use crate::written_plan::{Save, Writer, WrittenPlan, WrittenZone};

const ID: &str = "plan-texts";

const SPECIALIST: Writer = Writer {
    id: "specialist",
    name: "Sol <b>Legesen</b>",
    role: "Lungespesialist",
    organization: ("hospital", "Prøvevik sykehus"),
};

/// Characters of the long text.
const LONG: usize = 10_000;

pub(crate) fn case(seed: u64, until: Date) -> Case {
    let person = Person {
        given: "Tor",
        family: "Tekstad",
        female: false,
        born: date(1955, 5, 5),
    };
    let mut script = Script::new(ID, seed, until, &person);
    plan::follow_up(&mut script, 50);
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
    let plan = written();
    let saved = script.calendar.at(40, clock(9, 0)).text;
    let target = format!("CarePlan/{ID}-plan");
    let save = Save {
        patient: ID,
        name: "provenance-1",
        target: &target,
        made: format!("{target}/_history/1"),
        from: None,
        recorded: &saved,
        reason: "<script>alert('grunn')</script>",
        agent: SPECIALIST.agent(ID),
    };
    let mut provenance = save.provenance();
    if let Some(members) = provenance.as_object_mut() {
        members.remove("agent");
    }
    let mut versions = Versions::default();
    versions.save(&saved, plan.resources(script.calendar));
    versions.save(&saved, vec![provenance]);
    let mut expected = plan.expected(script.calendar, &[]);
    expected.version = "1".to_owned();
    expected.versions = vec![VersionExpected {
        version: "1".to_owned(),
        time: saved,
        // The resource says it where its Provenance does not.
        author: SPECIALIST.name.to_owned(),
        role: String::new(),
        organisation: String::new(),
        reason: "<script>alert('grunn')</script>".to_owned(),
        changed: Vec::new(),
    }];
    expected.follow_up = Some(FollowUpExpected {
        name: "Oppfølgingstjenesten i Prøvevik kommune".to_owned(),
        until: None,
    });
    script.declarations.plan = Some(expected);
    // No agent; and control characters, which FHIR has not.
    script.declarations.invalid_r4 = vec![format!("{ID}-provenance-1"), format!("{ID}-plan-red")];
    let (current, _) = versions.finish();
    current.into_iter().for_each(|resource| script.resource(resource));
    Case::new(
        script,
        "Plan med vanskelige tekster",
        "Cells of ten thousand characters, with markup that is text, with control characters and with line ends; a \
         zone with a condition and no action; a Provenance without agents. All texts are shown as text. No readings.",
    )
}

fn written() -> WrittenPlan {
    let zone = |code, title, condition: &str, actions: Vec<(&'static str, String)>| WrittenZone {
        code,
        title,
        condition: condition.to_owned(),
        actions,
    };
    let sentence = "Ta to drag morgen og kveld, og skyll munnen etterpå. ";
    let long: String = sentence.chars().cycle().take(LONG).collect();
    WrittenPlan {
        patient: ID,
        name: "plan",
        title: "Plan <i>med</i> & uten \"koder\"".to_owned(),
        since: 50,
        author: SPECIALIST,
        zones: vec![
            zone(
                "green",
                "Grønn sone",
                "Som vanlig.",
                vec![("medikamentelle tiltak", long)],
            ),
            zone(
                "yellow",
                "Gul sone",
                "<img src=x onerror=alert(1)> Tyngre pust.",
                vec![
                    (
                        "medikamentelle tiltak",
                        "<b>Ta</b> to drag &amp; ring.\n\t1. Sitt\n\t2. Pust".to_owned(),
                    ),
                    ("kosthold", "</textarea></li>{{7*7}}${7*7}".to_owned()),
                ],
            ),
            zone(
                "red",
                "Rød sone",
                "Blå\u{7}lepper\u{1b}[31m",
                vec![("annet", "Ring\u{0}113\u{202e}311".to_owned())],
            ),
        ],
        goals: vec![("what-matters", "Å <em>puste</em> fritt.".to_owned())],
        limits: Vec::new(),
        cadence: Vec::new(),
        contacts: Vec::new(),
    }
}
