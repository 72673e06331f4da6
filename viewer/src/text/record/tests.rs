//! What a document says of itself, in words.

use chart_model::care_plan::Author;
use chart_model::record::{Beside, SourceStamp};
use chart_model::{ExclusionKind, LimitEra, Period, Series};

use super::*;
use crate::text::fixtures::{moment, reading, set};

const NOW: &str = "2026-11-22T09:14:00+01:00";

fn stamp() -> Stamp {
    Stamp {
        patient: Identity::default(),
        period: Period::last_days(90, moment(NOW)),
        readings: 182,
        excluded: vec![(ExclusionKind::Duplicate, 1), (ExclusionKind::Implausible, 2)],
        not_understood: 3,
        not_shown: vec![Known::Steps.into()],
        beside: vec![
            Beside::Plan,
            Beside::Questionnaires,
            Beside::Notes,
            Beside::Events,
        ],
        incomplete: vec![Known::Pulse.into(), Known::Weight.into()],
        sources: vec![
            SourceStamp {
                name: "https://vkp.example/fhir".into(),
                fetched: Some(moment(NOW)),
            },
            SourceStamp {
                name: "Kommunen".into(),
                fetched: None,
            },
        ],
        plan: Some(PlanStamp {
            id: "p".into(),
            version: "7".into(),
            updated: ClinicalTime::parse("2026-09-03T10:00:00+02:00").ok(),
        }),
        by: Author {
            name: "Sol Lege".to_owned(),
            ..Author::default()
        },
        made: moment("2026-11-22T09:20:00+01:00"),
    }
}

fn plain(said: &str) -> String {
    said.replace('\u{a0}', " ")
}

#[test]
fn a_stamp_says_period_readings_sources_plan_and_who_made_it_when() {
    let facts = Lang::Bokmal.stamp(&stamp(), PeriodChoice::LastDays(90));
    let said: Vec<_> = facts
        .iter()
        .map(|(name, text)| format!("{name}: {}", plain(text)))
        .collect();
    assert_eq!(
        said,
        [
            "Periode: 24.08.2026–22.11.2026 (siste 90 dager)",
            "Målinger: 182 målinger, utelatt: 1 dobbelt, 2 usannsynlige, 3 målinger kunne ikke tolkes",
            "Kilder: vkp.example, hentet 22.11.2026 kl. 09.14; Kommunen, ikke fullstendig hentet",
            "Egenbehandlingsplan: Plan v7, endret 3. sep. 2026 kl. 10.00",
            "Laget: 22.11.2026 kl. 09.20 av Sol Lege",
        ]
    );
    let unnumbered = PlanStamp {
        version: "a2773b6d-503e".into(),
        ..stamp().plan.unwrap()
    };
    let said = |plan: &PlanStamp| plain(&Lang::Bokmal.stamped_plan(Some(plan)));
    assert_eq!(said(&unnumbered), "endret 3. sep. 2026 kl. 10.00");
    let untimed = PlanStamp {
        updated: None,
        ..unnumbered
    };
    assert_eq!(said(&untimed), "Plan va2773b6d-503e");
    let unplanned = Stamp {
        plan: None,
        by: Author::default(),
        excluded: Vec::new(),
        not_understood: 0,
        ..stamp()
    };
    let facts = Lang::English.stamp(&unplanned, PeriodChoice::LastDays(90));
    let said: Vec<_> = facts.iter().map(|(_, text)| plain(text)).collect();
    assert_eq!(said[1], "182 readings");
    assert_eq!(said[3], "no known plan");
    assert_eq!(said[4], "22 Nov 2026 at 09:20");
}

#[test]
fn what_is_not_in_a_document_is_said() {
    assert_eq!(
        Lang::Bokmal.not_in_record(&stamp()),
        [
            "Har målinger, men vises ikke og er ikke med: Skritt",
            "Ikke fullstendig hentet: Puls, Vekt",
            "Ikke med: teksten i egenbehandlingsplanen, skjema, oppfølgingsnotater, hendelser på tidsaksen",
            "3 målinger kunne ikke tolkes",
        ]
    );
}

#[test]
fn a_patient_is_named_by_what_is_known() {
    let known = Identity {
        id: "7".into(),
        name: "Kari N.".into(),
        born: ClinicalTime::parse("1953-03-12").ok(),
        number: "12035312345".into(),
    };
    assert_eq!(
        plain(&Lang::Bokmal.identity(&known)),
        "Kari N. · født 12.03.1953 · 120353 12345"
    );
    assert_eq!(Lang::Bokmal.identity(&Identity::default()), "Navn mangler");
}

#[test]
fn limits_are_told_with_all_zones_whose_they_are_and_since_when() {
    let era = LimitEra {
        from: 0,
        to: i64::MAX,
        sets: [None, None],
        author: Some("N.N.".into()),
    };
    let step = |from, sets, basis| LimitStep {
        from,
        to: i64::MAX,
        sets,
        basis,
    };
    let september = moment("2026-09-03T08:00:00+02:00");
    let steps = [
        step(
            0,
            [Some(set(&["N 90-", "A 85-89", "AA -84"])), None],
            Basis::Reading,
        ),
        step(
            september,
            [Some(set(&["N 88-"])), None],
            Basis::Plan(Rc::new(era)),
        ),
    ];
    assert_eq!(
        Lang::Bokmal.limits_in_force_through(&steps),
        [
            "innenfor 90–, gul lav 85–89, rød lav –84 (grense sendt med målingen)",
            "fra 03.09.2026: innenfor 88– (grense fra planen, satt av N.N.)",
        ]
    );
    let pair = [step(
        0,
        [Some(set(&["N 100-140"])), Some(set(&["S 60-90"]))],
        Basis::Reading,
    )];
    assert_eq!(
        Lang::Bokmal.limits_in_force_through(&pair),
        ["systolisk innenfor 100–140; diastolisk 60–90 (grense sendt med målingen)"]
    );
}

#[test]
fn a_day_is_summed_up_in_words_without_colour() {
    let limits = [Some(set(&["N 88-", "A 85-87"])), None];
    let readings: Vec<_> = [("08", "91"), ("12", "86"), ("16", "90"), ("20", "7")]
        .iter()
        .map(|(hour, value)| {
            let time = format!("2026-11-21T{hour}:00:00+01:00");
            Rc::new(reading(Known::Spo2, value, limits.clone(), &time))
        })
        .collect();
    let period = Period::last_days(90, moment(NOW));
    let series = Series::build(&Known::Spo2.into(), &readings, &[], None, period);
    let days = chart_model::statistics::days(&series);
    let cells = Lang::Bokmal.day_cells(&days[0], &series.parameter);
    assert_eq!(
        cells.map(|cell| plain(&cell)),
        [
            "21.11.2026",
            "86–91 %",
            "innenfor 67 %, gul lav 33 %",
            "3 målinger, snitt 89 %, 1 usannsynlig",
        ]
    );
}
