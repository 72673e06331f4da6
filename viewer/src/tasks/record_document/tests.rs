//! What was on the screen is in the document, as it was drawn.

use std::rc::Rc;

use chart_model::care_plan::Author;
use chart_model::record::{Identity, Made, PlanStamp, Record, SourceStamp};
use chart_model::{ClinicalTime, Method, Period, PeriodChoice, Reading, Zone};
use record::Key;

use super::*;
use crate::text::fixtures::{moment, reading, set};

const NOW: &str = "2026-11-22T09:14:00+01:00";

fn draft(known: Known, readings: Vec<Reading>, incomplete: bool) -> Draft {
    let period = Period::last_days(30, moment(NOW));
    let readings: Vec<_> = readings.into_iter().map(Rc::new).collect();
    let series = Series::build(&known.into(), &readings, &[], None, period);
    let made = Made {
        patient: Identity {
            id: "7".into(),
            name: "Kari N.".into(),
            ..Identity::default()
        },
        not_understood: 0,
        not_shown: vec![Known::Weight.into()],
        beside: Vec::new(),
        incomplete: if incomplete {
            vec![known.into()]
        } else {
            Vec::new()
        },
        sources: vec![SourceStamp {
            name: "vkp".into(),
            fetched: Some(moment(NOW)),
        }],
        plan: Some(PlanStamp {
            id: "p".into(),
            version: "7".into(),
            updated: ClinicalTime::parse("2026-11-03T10:00:00+01:00").ok(),
        }),
        by: Author::default(),
        at: moment(NOW),
    };
    let record = Record::new(vec![Rc::new(series)], period, made);
    Draft {
        fingerprint: record.fingerprint().into(),
        record,
        choice: PeriodChoice::LastDays(30),
        lang: Lang::Bokmal,
    }
}

/// SpO₂ at eight, day by day of November.
fn spo2(values: &[(u8, &str)]) -> Vec<Reading> {
    let limits = [Some(set(&["N 88-", "A 85-87", "AA -84"])), None];
    let one = |(day, value): &(u8, &str)| {
        let time = format!("2026-11-{day:02}T08:00:00+01:00");
        reading(Known::Spo2, value, limits.clone(), &time)
    };
    values.iter().map(one).collect()
}

const VALUES: [(u8, &str); 7] = [
    (1, "91"),
    (2, "86"),
    (3, "84"),
    (4, "92"),
    (14, "90"),
    (15, "7"),
    (16, "91"),
];

fn keys(document: &Document) -> Vec<Key> {
    document.words.legend.iter().map(|(key, _)| *key).collect()
}

#[test]
fn what_was_on_the_screen_is_in_the_document_and_what_was_not_is_said() {
    let document = document(&draft(Known::Spo2, spo2(&VALUES), false));
    assert_eq!(
        document.title,
        "Egenmåling · siste 30\u{a0}dager".replace('\u{a0}', " ")
    );
    assert_eq!(document.identity, "Kari N.");
    assert_eq!(
        document.notes,
        ["Har målinger, men vises ikke og er ikke med: Vekt"]
    );
    let [section] = document.sections.as_slice() else {
        panic!("{:?}", document.sections)
    };
    assert_eq!(section.heading, "SpO₂ (%)");
    let rows: Vec<_> = section
        .table
        .rows
        .iter()
        .map(|row| {
            (
                row.cells[1].replace('\u{a0}', " "),
                row.cells[2].as_str(),
                row.zone,
            )
        })
        .collect();
    let expected = [
        ("91 %", "Innenfor", Some(Zone::Green)),
        ("7 %", "Usannsynlig, kontroller", None),
        ("90 %", "Innenfor", Some(Zone::Green)),
        ("92 %", "Innenfor", Some(Zone::Green)),
        ("84 %", "Rød lav", Some(Zone::RedLow)),
        ("86 %", "Gul lav", Some(Zone::YellowLow)),
        ("91 %", "Innenfor", Some(Zone::Green)),
    ];
    let expected = expected.map(|(value, zone, of)| (value.to_owned(), zone, of));
    assert_eq!(rows, expected);
    assert!(
        section.table.rows[0].cells[0].contains("2026"),
        "a document is kept for years"
    );
}

#[test]
fn the_chart_is_drawn_as_on_the_screen() {
    let made = document(&draft(Known::Spo2, spo2(&VALUES), false));
    let chart = made.sections[0].chart.as_ref().unwrap();
    let [line] = chart.lines.as_slice() else {
        panic!("{:?}", chart.lines)
    };
    let dots: Vec<_> = line
        .iter()
        .map(|dot| (dot.value, dot.zone, dot.is_broken))
        .collect();
    assert_eq!(
        dots,
        [
            (91.0, Zone::Green, false),
            (86.0, Zone::YellowLow, false),
            (84.0, Zone::RedLow, false),
            (92.0, Zone::Green, false),
            (90.0, Zone::Green, true),
            (91.0, Zone::Green, false),
        ]
    );
    assert_eq!(chart.edges.len(), 1);
    assert!(!chart.edges[0].is_high);
    assert_eq!(chart.gaps.len(), 1);
    let (low, high) = chart.range;
    assert!(low < 84.0 && high > 92.0, "{low} {high}");
    assert!(
        chart
            .value_ticks
            .iter()
            .all(|(value, _)| low <= *value && *value <= high)
    );
    assert!(chart.bands.iter().any(|band| band.zone == Zone::RedLow));
    let marks: Vec<_> = chart.marks.iter().map(|mark| mark.kind).collect();
    assert_eq!(marks, [MarkKind::Plan]);
    let expected = [
        Key::Zone(Zone::Green),
        Key::Zone(Zone::YellowLow),
        Key::Zone(Zone::RedLow),
        Key::Method(Method::Device),
        Key::Implausible,
        Key::Gap,
        Key::PersonalLimits,
        Key::Mark(MarkKind::Plan),
    ];
    assert_eq!(keys(&made), expected, "signs that occur, and no others");
}

#[test]
fn where_not_all_readings_came_no_gap_is_drawn_and_it_is_said() {
    let made = document(&draft(Known::Spo2, spo2(&VALUES), true));
    assert_eq!(made.notes[1], "Ikke fullstendig hentet: SpO₂");
    assert!(made.sections[0].coverage.contains("Kurven er ikke fullstendig."));
    assert_eq!(made.sections[0].chart.as_ref().unwrap().gaps, []);
}

#[test]
fn a_blood_pressure_is_two_lines_each_with_its_own_zones() {
    let limits = [Some(set(&["N 100-140", "A 141-"])), Some(set(&["N 60-90"]))];
    let readings = vec![reading(
        Known::BloodPressure,
        "152/84",
        limits,
        "2026-11-20T08:00:00+01:00",
    )];
    let made = document(&draft(Known::BloodPressure, readings, false));
    let chart = made.sections[0].chart.as_ref().unwrap();
    let zones: Vec<_> = chart.lines.iter().map(|line| line[0].zone).collect();
    assert_eq!(zones, [Zone::YellowHigh, Zone::Green]);
    assert!(made.sections[0].limits[0].starts_with("systolisk innenfor 100–140"));
}

#[test]
fn a_parameter_without_readings_has_words_and_no_chart() {
    let made = document(&draft(Known::Spo2, Vec::new(), false));
    let section = &made.sections[0];
    assert_eq!((section.chart.is_none(), section.table.rows.len()), (true, 0));
    assert_eq!(section.coverage, "0 målinger på 0 av 30 dager.");
}

#[test]
fn very_many_readings_are_a_row_a_day_and_a_thinned_curve_and_both_are_said() {
    let limits = [Some(set(&["N 88-"])), None];
    let from = moment("2026-11-01T00:00:00+01:00");
    let readings = (0..20 * 96).map(|number| {
        let time = oslo::to_fhir(from + number * 900_000);
        reading(Known::Spo2, "91", limits.clone(), &time)
    });
    let made = document(&draft(Known::Spo2, readings.collect(), false));
    let section = &made.sections[0];
    assert_eq!(
        section.table.columns,
        ["Dag", "Lavest–høyest", "Soner", "Antall og snitt"]
    );
    assert_eq!(section.table.rows.len(), 20);
    assert!(section.table.rows[0].cells[3].starts_with("96 målinger, snitt 91"));
    for said in ["Tabellen har én rad per dag.", "Kurven viser laveste og høyeste"] {
        assert!(section.coverage.contains(said), "{}", section.coverage);
    }
    let chart = section.chart.as_ref().unwrap();
    assert!(chart.lines[0].len() < 1_500, "{}", chart.lines[0].len());
}
