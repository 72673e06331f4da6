//! The first plan, and what each of the seven saves changed in it, by whom and why.

use super::LOOSENED;
use super::people::{GP, HOSPITAL, NURSE, SERVICE, SPECIALIST, SUCCESSOR};
use crate::limits::{Limit, limit};
use crate::parameter::{PULSE, Parameter, SPO2, WEIGHT};
use crate::plan::{Cadence, CurrentLimits};
use crate::written_plan::{FOLLOWS_UP, Writer, WrittenContact, WrittenPlan, WrittenZone};

pub(super) static TIGHT: [Limit; 3] = [
    limit("N", "92", ""),
    limit("L", "88", "91"),
    limit("LL", "", "87"),
];
pub(super) static LOOSER: [Limit; 3] = [
    limit("N", "90", ""),
    limit("L", "86", "89"),
    limit("LL", "", "85"),
];
static PULSE_LIMITS: [Limit; 4] = [
    limit("L", "", "49"),
    limit("N", "50", "100"),
    limit("H", "101", "115"),
    limit("HH", "116", ""),
];

pub(super) const ID: &str = "plan-history";
pub(super) const MEDICINES: &str = "medikamentelle tiltak";
pub(super) const ACTIVITY: &str = "fysisk aktivitet";
const DIET: &str = "kosthold";
pub(super) const MIND: &str = "psykisk helse";

/// What is known of who saved.
#[derive(Clone, Copy)]
pub(super) enum Known {
    By(Writer),
    /// A Provenance that does not say who.
    Nobody,
    /// No Provenance at all.
    Nothing,
}

/// One save: when, by whom, why, what it changes, and how.
pub(super) struct Story {
    pub(super) days_before: i32,
    pub(super) known: Known,
    pub(super) reason: &'static str,
    pub(super) changed: &'static [&'static str],
    pub(super) change: fn(&mut WrittenPlan),
}

pub(super) const STORIES: [Story; 7] = [
    Story {
        days_before: 340,
        known: Known::By(SPECIALIST),
        reason: "Første plan etter innleggelse",
        changed: &[],
        change: |_| {},
    },
    Story {
        days_before: 262,
        known: Known::By(NURSE),
        reason: "Avtalt med pasienten ved hjemmebesøk",
        changed: &["green/fysisk aktivitet", "interval/weight", "contact"],
        change: |plan| {
            set(plan, "green", ACTIVITY, "Gå 20 minutter hver dag, helst ute.");
            plan.cadence.push(Cadence {
                parameter: &WEIGHT,
                every_days: 7,
            });
            plan.contacts.push(WrittenContact {
                role: "Natt og helg",
                member: format!("Organization/{ID}-night"),
                display: "Legevakten i Prøvevik",
                phone: "116117",
                behalf: None,
                until: None,
            });
        },
    },
    Story {
        days_before: 181,
        known: Known::By(GP),
        reason: "Magesår i vår: protonpumpehemmer ved kur",
        changed: &["yellow/medikamentelle tiltak"],
        change: |plan| {
            set(
                plan,
                "yellow",
                MEDICINES,
                "Ta to ekstra drag inntil fire ganger om dagen. Start prednisolon 20 mg i 5 dager, med \
                 pantoprazol 20 mg.",
            );
        },
    },
    Story {
        days_before: 120,
        known: Known::Nothing,
        reason: "",
        changed: &["condition/yellow", "red/psykisk helse"],
        change: |plan| {
            condition(
                plan,
                "yellow",
                "Tyngre pust enn vanlig i to dager, eller mer og misfarget slim.",
            );
            add_action(
                plan,
                "red",
                MIND,
                "Sitt foroverbøyd og pust rolig ut gjennom leppene.",
            );
        },
    },
    Story {
        days_before: LOOSENED,
        known: Known::By(SPECIALIST),
        reason: "For mange gule målinger uten at hun var dårligere",
        changed: &["limits/spo2", "limits/pulse"],
        change: |plan| {
            plan.limits = vec![
                (LOOSENED, limits(&SPO2, &LOOSER)),
                (LOOSENED, limits(&PULSE, &PULSE_LIMITS)),
            ];
        },
    },
    Story {
        days_before: 21,
        known: Known::Nobody,
        reason: "Nytt mål etter kurs",
        changed: &["goal", "goal", "yellow/fysisk aktivitet"],
        change: |plan| {
            if let Some((_, words)) = plan.goals.first_mut() {
                "Å synge i koret igjen og gå til butikken selv.".clone_into(words);
            }
            plan.goals.push(("smoke-free", "Å holde meg røykfri.".to_owned()));
            set(plan, "yellow", ACTIVITY, "Hvil mer, men gå innendørs hver time.");
        },
    },
    Story {
        days_before: 6,
        known: Known::By(SPECIALIST),
        reason: "Ny kontaktlege; kommunen følger opp ut perioden",
        changed: &["contact", "follow-up", "green/kosthold"],
        change: |plan| {
            plan.contacts = contacts(SUCCESSOR, "+47 99 00 00 07", Some(-30))
                .into_iter()
                .chain(plan.contacts.drain(2..))
                .collect();
            if let Some(zone) = zone(plan, "green") {
                zone.actions.retain(|(area, _)| *area != DIET);
            }
        },
    },
];

fn limits(parameter: &'static Parameter, limits: &'static [Limit]) -> CurrentLimits {
    CurrentLimits { parameter, limits }
}

pub(super) fn first_plan() -> WrittenPlan {
    let zone = |code, title, condition: &str, actions: &[(&'static str, &str)]| WrittenZone {
        code,
        title,
        condition: condition.to_owned(),
        actions: actions
            .iter()
            .map(|(area, text)| (*area, (*text).to_owned()))
            .collect(),
    };
    WrittenPlan {
        patient: ID,
        name: "plan",
        title: "Egenbehandlingsplan ved KOLS".to_owned(),
        since: 340,
        author: SPECIALIST,
        zones: vec![
            zone(
                "green",
                "Grønn sone",
                "Som vanlig: pusten er som den pleier.",
                &[
                    (MEDICINES, "Faste inhalasjoner morgen og kveld."),
                    (ACTIVITY, "Gå en tur hver dag."),
                    (DIET, "Små måltider, nok å drikke."),
                ],
            ),
            zone(
                "yellow",
                "Gul sone",
                "Tyngre pust enn vanlig i to dager.",
                &[
                    (
                        MEDICINES,
                        "Ta to ekstra drag inntil fire ganger om dagen. Start prednisolon 20 mg i 5 dager.",
                    ),
                    (ACTIVITY, "Hvil mer."),
                ],
            ),
            zone(
                "red",
                "Rød sone",
                "Tung pust i hvile, eller blålige lepper.",
                &[(MEDICINES, "Ring 113.")],
            ),
        ],
        goals: vec![("what-matters", "Å kunne gå til butikken selv.".to_owned())],
        limits: vec![(340, limits(&SPO2, &TIGHT))],
        cadence: vec![Cadence {
            parameter: &SPO2,
            every_days: 1,
        }],
        contacts: contacts(SPECIALIST, "+47 99 00 00 03", None),
    }
}

fn contacts(specialist: Writer, phone: &'static str, until: Option<i32>) -> Vec<WrittenContact> {
    let contact =
        |writer: Writer, role, phone, (organization, name): (&str, &'static str), until| WrittenContact {
            role,
            member: format!("Practitioner/{ID}-{}", writer.id),
            display: writer.name,
            phone,
            behalf: Some((format!("Organization/{ID}-{organization}"), name)),
            until,
        };
    vec![
        contact(specialist, "Kontaktperson på sykehuset", phone, HOSPITAL, None),
        contact(NURSE, FOLLOWS_UP, "+47 99 00 00 04", SERVICE, until),
    ]
}

fn zone<'p>(plan: &'p mut WrittenPlan, code: &str) -> Option<&'p mut WrittenZone> {
    plan.zones.iter_mut().find(|zone| zone.code == code)
}

/// Rewrites the only action of an area.
pub(super) fn set(plan: &mut WrittenPlan, code: &str, area: &str, text: &str) {
    let action = zone(plan, code).and_then(|zone| zone.actions.iter_mut().find(|(of, _)| *of == area));
    if let Some((_, old)) = action {
        text.clone_into(old);
    }
}

pub(super) fn add_action(plan: &mut WrittenPlan, code: &str, area: &'static str, text: &str) {
    if let Some(zone) = zone(plan, code) {
        zone.actions.push((area, text.to_owned()));
    }
}

fn condition(plan: &mut WrittenPlan, code: &str, text: &str) {
    if let Some(zone) = zone(plan, code) {
        text.clone_into(&mut zone.condition);
    }
}
