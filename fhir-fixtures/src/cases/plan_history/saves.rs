//! The saves of the plan put into resources with their versions, and the suggestion.

use serde_json::{Value, json};

use super::people::{GP, SPECIALIST};
use super::stories::{ACTIVITY, ID, Known, MEDICINES, MIND, STORIES, Story, add_action, first_plan, set};
use crate::plan_expected::{ProposalExpected, VersionExpected};
use crate::script::{Script, clock};
use crate::versions::Versions;
use crate::written_plan::{Save, Writer, WrittenPlan};

/// Adds the plan with its history, and the suggestion.
pub(super) fn add(script: &mut Script) {
    let target = format!("CarePlan/{ID}-plan");
    let mut versions = Versions::default();
    let mut plan = first_plan();
    let mut expected: Vec<VersionExpected> = Vec::new();
    let mut fifth = plan.clone();
    for (number, story) in (1..).zip(&STORIES) {
        (story.change)(&mut plan);
        let when = script.calendar.at(story.days_before, clock(13, 30)).text;
        let mut resources = plan.resources(script.calendar).into_iter();
        // Each save makes a version of the plan itself, whatever it changed.
        resources
            .next()
            .into_iter()
            .for_each(|itself| versions.put(&when, itself));
        versions.save(&when, resources.collect());
        let agent = match story.known {
            Known::By(writer) => Some(writer.agent(ID)),
            Known::Nobody => Some(nobody()),
            Known::Nothing => None,
        };
        if let Some(agent) = agent {
            let save = Save {
                patient: ID,
                name: &format!("provenance-{number}"),
                target: &target,
                made: format!("{target}/_history/{number}"),
                from: (number > 1).then(|| format!("{target}/_history/{}", number - 1)),
                recorded: &when,
                reason: story.reason,
                agent,
            };
            versions.save(&when, vec![save.provenance()]);
        }
        expected.insert(0, story.expected(number, when));
        if number == 5 {
            fifth = plan.clone();
        }
    }
    let proposal = suggest(script, fifth, &target, &mut versions);
    let mut plan = plan.expected(
        script.calendar,
        &[
            ("spo2", ["86", "90", "", ""]),
            ("pulse", ["", "50", "100", "115"]),
        ],
    );
    plan.version = STORIES.len().to_string();
    plan.versions = expected;
    plan.proposals = vec![proposal];
    script.declarations.plan = Some(plan);
    let (current, old) = versions.finish();
    current
        .into_iter()
        .chain(old)
        .for_each(|resource| script.resource(resource));
}

impl Story {
    fn expected(&self, number: i32, time: String) -> VersionExpected {
        let writer = match self.known {
            Known::By(writer) => Some(writer),
            Known::Nobody | Known::Nothing => None,
        };
        let known = |text: fn(Writer) -> &'static str| writer.map_or("", text).to_owned();
        // Where no Provenance tells, the plan's own author is all that is said.
        let author = writer.map_or(SPECIALIST.name, |writer| writer.name);
        VersionExpected {
            version: number.to_string(),
            time,
            author: author.to_owned(),
            role: known(|writer| writer.role),
            organisation: known(|writer| writer.organization.1),
            reason: self.reason.to_owned(),
            changed: self.changed.iter().map(|place| (*place).to_owned()).collect(),
        }
    }
}

/// An agent of whom the source says that it does not know who it was.
fn nobody() -> Value {
    let absent = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";
    json!({ "who": { "extension": [{ "url": absent, "valueCode": "unknown" }] } })
}

/// Made on the fifth version. The sixth has rewritten one of its cells.
fn suggest(
    script: &Script,
    mut plan: WrittenPlan,
    target: &str,
    versions: &mut Versions,
) -> ProposalExpected {
    set(
        &mut plan,
        "green",
        MEDICINES,
        "Faste inhalasjoner morgen og kveld. Skyll munnen etterpå.",
    );
    set(
        &mut plan,
        "yellow",
        ACTIVITY,
        "Hvil mer, og si fra til hjemmetjenesten.",
    );
    add_action(&mut plan, "green", MIND, "Delta i mestringsgruppen.");
    plan.author = GP;
    let when = script.calendar.at(30, clock(10, 15)).text;
    let reason = "Sopp i munnen ved siste kontroll";
    let mut proposal = plan.proposal(script.calendar, "proposal", target, "5");
    proposal["created"] = json!(when);
    let save = Save {
        patient: ID,
        name: "provenance-proposal",
        target: &format!("CarePlan/{ID}-proposal"),
        made: format!("CarePlan/{ID}-proposal/_history/1"),
        from: Some(format!("{target}/_history/5")),
        recorded: &when,
        reason,
        agent: GP.agent(ID),
    };
    versions.save(&when, vec![proposal, save.provenance()]);
    ProposalExpected {
        id: format!("{ID}-proposal"),
        author: GP.name.to_owned(),
        time: when,
        reason: reason.to_owned(),
        made_from: "5".to_owned(),
        changed: [
            "green/medikamentelle tiltak",
            "yellow/fysisk aktivitet",
            "green/psykisk helse",
        ]
        .map(str::to_owned)
        .into(),
        clashes: vec!["yellow/fysisk aktivitet".to_owned()],
    }
}
