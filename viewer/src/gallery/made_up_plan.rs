//! A made-up plan in five versions, and what it is put together of. Which screens show it is in `plans`.

use std::rc::Rc;

use chart_model::care_plan::{
    Area, Author, CarePlan, Cell, Contact, FollowUp, KnownFrom, LimitSet, List, Place, PlanZone, Value,
    Version,
};
use chart_model::{ClinicalTime, Decimal, Known};

use crate::state::plan::PlanVersion;

const DAY_MS: i64 = 86_400_000;

/// The versions, newest first.
pub(super) fn versions() -> Vec<PlanVersion> {
    let specialist = author("Kari Vik", "lungelege", "Lungeavdelingen, Fjordby sykehus");
    let nurse = author("Per Strand", "sykepleier", "Fjordby kommune");
    let mut plan = first();
    let mut versions = vec![version("1", &plan, "2026-03-12T10:05:00+01:00", &nurse, "")];
    set(
        &mut plan,
        activity(PlanZone::Yellow, Area::Diet, "d1"),
        "Små måltider, ofte. Drikk 1,5 liter om dagen.",
    );
    set(
        &mut plan,
        activity(PlanZone::Green, Area::PhysicalActivity, "p1"),
        "Gå tur hver dag, minst 30 minutter.",
    );
    versions.push(version(
        "2",
        &plan,
        "2026-05-28T13:30:00+02:00",
        &nurse,
        "Etter samtale hjemme.",
    ));
    plan.set(limits(Known::Spo2), bounds([Some(85), Some(88), None, None]));
    plan.set(
        limits(Known::Pulse),
        bounds([None, Some(50), Some(110), Some(125)]),
    );
    let comment = "Hun lever godt med 88. Mange unødige gule målinger.";
    versions.push(version(
        "3",
        &plan,
        "2026-08-19T09:20:00+02:00",
        &specialist,
        comment,
    ));
    set(
        &mut plan,
        activity(PlanZone::Yellow, Area::Medication, "a1"),
        "Ta to tabletter prednisolon 20 mg i 7 dager.",
    );
    set(
        &mut plan,
        activity(PlanZone::Yellow, Area::Medication, "a2"),
        "Start antibiotika hvis slimet er grønt.",
    );
    plan.set(
        Place::Contact("c1".into()),
        Some(Value::Contact(Contact {
            phone: "55 00 12 34".into(),
            ..lung_nurse()
        })),
    );
    plan.set(activity(PlanZone::Red, Area::Diet, "rd1"), None);
    versions.push(version(
        "4",
        &plan,
        "2026-10-02T14:10:00+02:00",
        &specialist,
        "Kur kan startes hjemme.",
    ));
    set(
        &mut plan,
        activity(PlanZone::Yellow, Area::Medication, "a1"),
        "Ta to tabletter prednisolon 20 mg daglig i 7 dager. Ring hvis du ikke er bedre etter to dager.",
    );
    plan.set(
        Place::FollowUp,
        Some(Value::FollowUp(FollowUp {
            who: ward(),
            until: "2026-12-15".into(),
        })),
    );
    plan.set(Place::Goal("g2".into()), None);
    set(&mut plan, Place::Goal("g4".into()), "Feire jul på hytta");
    plan.set(limits(Known::Spo2), bounds([Some(84), Some(88), None, None]));
    versions.push(version(
        "5",
        &plan,
        "2026-11-12T11:45:00+01:00",
        &specialist,
        "Utskrevet. Avdelingen følger opp de første ukene.",
    ));
    versions.reverse();
    versions
}

fn first() -> CarePlan {
    let mut plan = CarePlan::default();
    let texts = [
        (Place::Title, "Egenbehandlingsplan ved KOLS"),
        (Place::Goal("g1".into()), "Gå til butikken uten å stoppe"),
        (Place::Goal("g2".into()), "Passe barnebarna på onsdager"),
        (
            Place::Condition(PlanZone::Green),
            "Som vanlig: puster som du pleier, lite slim.",
        ),
        (
            Place::Condition(PlanZone::Yellow),
            "Mer tungpustet enn vanlig, mer eller misfarget slim i to dager.",
        ),
        (
            Place::Condition(PlanZone::Red),
            "Tungpustet i hvile, forvirret eller blå på leppene.",
        ),
        (
            activity(PlanZone::Green, Area::Medication, "m1"),
            "Trelegy én inhalasjon hver morgen.",
        ),
        (
            activity(PlanZone::Green, Area::Medication, "m2"),
            "Ventoline ved behov.",
        ),
        (
            activity(PlanZone::Green, Area::PhysicalActivity, "p1"),
            "Gå tur hver dag.",
        ),
        (
            activity(PlanZone::Green, Area::Diet, "k1"),
            "Vanlig, variert kost.",
        ),
        (
            activity(PlanZone::Yellow, Area::Medication, "a1"),
            "Ta én tablett prednisolon 20 mg i 7 dager.",
        ),
        (
            activity(PlanZone::Yellow, Area::PhysicalActivity, "y2"),
            "Rolige turer inne. Pustøvelser hver time.",
        ),
        (
            activity(PlanZone::Yellow, Area::Diet, "d1"),
            "Små måltider, ofte.",
        ),
        (
            activity(PlanZone::Red, Area::Medication, "r1"),
            "Ventoline, ti inhalasjoner på kolbe.\nRing 113.",
        ),
        (
            activity(PlanZone::Red, Area::PhysicalActivity, "r2"),
            "Hold deg i ro.",
        ),
        (activity(PlanZone::Red, Area::Diet, "rd1"), "Drikk små slurker."),
        (
            every_zone(Area::Measurements, "e1"),
            "Mål SpO₂ i ro, varm på hendene.",
        ),
        (
            every_zone(Area::Lifestyle, "e2"),
            "Røykfri siden 2024. <b>Godt jobbet!</b>",
        ),
        (Place::Note("n1".into()), "Gjennomgått med datteren 12. mars."),
    ];
    for (place, text) in texts {
        set(&mut plan, place, text);
    }
    plan.set(Place::Contact("c1".into()), Some(Value::Contact(lung_nurse())));
    let municipality = Contact {
        name: "Fjordby oppfølgingstjeneste".to_owned(),
        role: "kommunens oppfølging".to_owned(),
        phone: "56 00 98 76".to_owned(),
        organisation: "Fjordby kommune".to_owned(),
    };
    plan.set(
        Place::Contact("c2".into()),
        Some(Value::Contact(municipality.clone())),
    );
    plan.set(
        Place::FollowUp,
        Some(Value::FollowUp(FollowUp {
            who: municipality,
            until: String::new(),
        })),
    );
    plan.set(Place::Interval(Known::Spo2.into()), Some(Value::Interval(DAY_MS)));
    plan.set(
        Place::Interval(Known::Pulse.into()),
        Some(Value::Interval(DAY_MS / 2)),
    );
    plan.set(
        Place::Interval(Known::Fev1.into()),
        Some(Value::Interval(7 * DAY_MS)),
    );
    plan.set(limits(Known::Spo2), bounds([Some(88), Some(90), None, None]));
    plan.set(
        limits(Known::Pulse),
        bounds([None, Some(50), Some(100), Some(120)]),
    );
    plan
}

fn lung_nurse() -> Contact {
    Contact {
        name: "Anne Berg".to_owned(),
        role: "kontaktperson på sykehuset".to_owned(),
        phone: "55 00 11 22".to_owned(),
        organisation: "Lungepoliklinikken".to_owned(),
    }
}

fn ward() -> Contact {
    Contact {
        name: "Lungeavdelingen".to_owned(),
        role: "sengepost 4".to_owned(),
        phone: "55 00 12 00".to_owned(),
        organisation: "Fjordby sykehus".to_owned(),
    }
}

pub(super) fn set(plan: &mut CarePlan, place: Place, text: &str) {
    plan.set(place, Some(Value::text(text)));
}

pub(super) fn activity(zone: PlanZone, area: Area, key: &str) -> Place {
    Place::in_list(
        List::Cell(Cell {
            zone: Some(zone),
            area,
        }),
        key.into(),
    )
}

fn every_zone(area: Area, key: &str) -> Place {
    Place::in_list(List::Cell(Cell { zone: None, area }), key.into())
}

fn limits(known: Known) -> Place {
    Place::Limits(known.into(), 0)
}

fn bounds(bounds: [Option<i64>; 4]) -> Option<Value> {
    Some(Value::Limits(LimitSet::of(
        bounds.map(|bound| Some(Decimal::new(bound?, 0))),
    )))
}

pub(super) fn author(name: &str, role: &str, organisation: &str) -> Author {
    Author {
        name: name.to_owned(),
        role: role.to_owned(),
        organisation: organisation.to_owned(),
    }
}

pub(super) fn time(text: &str) -> Option<ClinicalTime> {
    ClinicalTime::parse(text).ok()
}

fn version(id: &str, plan: &CarePlan, at: &str, author: &Author, comment: &str) -> PlanVersion {
    PlanVersion {
        version: Version {
            id: id.into(),
            time: time(at),
            author: author.clone(),
            comment: comment.to_owned(),
            known_from: KnownFrom::Provenance,
        },
        plan: Rc::new(plan.clone()),
    }
}
