//! Documents to write: one like those of a clinic, and any that can be made up.

mod generated;

pub(crate) use generated::any_record;

use chart_model::{Method, Zone};
use record::{Band, Chart, Document, Dot, Edge, Fact, Key, Mark, MarkKind, Row, Section, Table, Words};

const DAY: i64 = 86_400_000;
/// 2026-08-24T00:00:00+02:00
const FROM: i64 = 1_787_522_400_000;

pub(crate) const ZONES: [Zone; 7] = [
    Zone::Green,
    Zone::NoLimit,
    Zone::Unknown,
    Zone::YellowLow,
    Zone::YellowHigh,
    Zone::RedLow,
    Zone::RedHigh,
];

fn owned(text: &str) -> String {
    text.to_owned()
}

pub(crate) fn words() -> Words {
    let legend = [
        (Key::Zone(Zone::Green), "Innenfor"),
        (Key::Zone(Zone::YellowLow), "Gul, under"),
        (Key::Zone(Zone::RedLow), "Rød, under"),
        (Key::Zone(Zone::YellowHigh), "Gul, over"),
        (Key::Zone(Zone::RedHigh), "Rød, over"),
        (Key::Zone(Zone::NoLimit), "Ingen grense"),
        (Key::Zone(Zone::Unknown), "Ukjent grense"),
        (Key::Method(Method::Device), "Apparat"),
        (Key::Method(Method::Manual), "Manuelt"),
        (Key::Preliminary, "Foreløpig"),
        (Key::Implausible, "Usannsynlig, kontroller"),
        (Key::Gap, "Opphold i målingene"),
        (Key::PersonalLimits, "Pasientens grenser"),
        (Key::StandardLimits, "Standardgrenser"),
        (Key::Mark(MarkKind::LimitChange), "Grense endret"),
        (Key::Mark(MarkKind::Plan), "Ny versjon av planen"),
    ];
    Words {
        page: owned("Side"),
        of: owned("av"),
        limits: owned("Grenser"),
        readings: owned("Målinger"),
        notes: owned("Om dokumentet"),
        legend: legend.map(|(key, word)| (key, owned(word))).into(),
        unprintable: owned("Tegn som skriften mangler, står som kode: [U+…]."),
    }
}

/// A line of readings, one a day, with a gap of two weeks, and something of everything.
fn dots(count: i64, value: impl Fn(i64) -> (f64, Zone)) -> Vec<Dot> {
    let days = (0..count).filter(|day| !(40..54).contains(day));
    days.map(|day| {
        let (value, zone) = value(day);
        Dot {
            at: FROM + day * DAY + 8 * DAY / 24,
            value,
            zone,
            method: if day % 9 == 4 {
                Method::Manual
            } else {
                Method::Device
            },
            preliminary: day == count - 1,
            whole_day: (day == 60).then_some((FROM + day * DAY, FROM + (day + 1) * DAY)),
            is_broken: day == 54,
        }
    })
    .collect()
}

fn low_bands(yellow: f64, red: f64, change: i64) -> Vec<Band> {
    let whole = (f64::NEG_INFINITY, f64::INFINITY);
    let band = |from: i64, to: i64, low: Option<f64>, high: Option<f64>, zone: Zone| Band {
        from: FROM + from * DAY,
        to: FROM + to * DAY,
        low,
        high,
        within: whole,
        zone,
        standard: false,
    };
    vec![
        band(0, change, Some(yellow + 2.0), None, Zone::Green),
        band(change, 91, Some(yellow), None, Zone::Green),
        band(0, change, Some(red + 2.0), Some(yellow + 2.0), Zone::YellowLow),
        band(change, 91, Some(red), Some(yellow), Zone::YellowLow),
        band(0, change, None, Some(red + 2.0), Zone::RedLow),
        band(change, 91, None, Some(red), Zone::RedLow),
    ]
}

fn time_ticks() -> Vec<(i64, String)> {
    [(8, "1. sep."), (38, "1. okt."), (69, "1. nov.")]
        .map(|(day, label)| (FROM + day * DAY, owned(label)))
        .into()
}

fn table(dots: &[Dot], unit: &str) -> Table {
    let row = |dot: &Dot| {
        let cells = [
            format!("dag {} kl. 08.12", (dot.at - FROM) / DAY),
            format!("{} {unit}", dot.value).replace('.', ","),
            owned(if dot.zone.is_outside() { "Gul" } else { "Innenfor" }),
            owned("Apparat, Nord hjemmeoppfølging"),
        ];
        Row {
            cells: cells.into(),
            zone: Some(dot.zone),
        }
    };
    let mut rows: Vec<_> = dots.iter().rev().map(row).collect();
    rows.push(Row {
        cells: [
            "dag 3 kl. 09.00",
            &format!("7 {unit}"),
            "Usannsynlig, kontroller",
            "Apparat",
        ]
        .map(owned)
        .into(),
        zone: None,
    });
    Table {
        columns: ["Tid", "Verdi", "Sone", "Kilde"].map(owned).into(),
        rows,
    }
}

fn section(heading: &str, unit: &str, range: (f64, f64), step: usize, lines: Vec<Vec<Dot>>) -> Section {
    let ticks = (range.0 as i64..=range.1 as i64).filter(|value| value % step as i64 == 0);
    let rows = table(&lines[0], unit);
    Section {
        heading: owned(heading),
        sentence: format!(
            "{heading}: {}–{} {unit}, siste 91 {unit}, 11 gule, 2 røde.",
            range.0, range.1
        ),
        coverage: owned("77 målinger på 76 av 90 dager, ett opphold på 13 dager, 1 usannsynlig, 1 utelatt."),
        limits: vec![
            owned("88– (grense fra planen, siden 3. sep., satt av N.N.)"),
            owned("90–"),
        ],
        chart: Some(Chart {
            span: (FROM, FROM + 91 * DAY),
            range,
            value_ticks: ticks.map(|value| (value as f64, value.to_string())).collect(),
            time_ticks: time_ticks(),
            lines,
            edges: vec![Edge {
                at: FROM + 3 * DAY,
                is_high: false,
            }],
            bands: low_bands(88.0, 85.0, 10),
            gaps: vec![(FROM + 39 * DAY, FROM + 54 * DAY)],
            marks: vec![
                Mark {
                    at: FROM + 10 * DAY,
                    kind: MarkKind::LimitChange,
                    text: owned("Grense endret 3. sep."),
                },
                Mark {
                    at: FROM + 60 * DAY,
                    kind: MarkKind::Plan,
                    text: owned("Plan v7, 23. okt."),
                },
            ],
        }),
        table: rows,
    }
}

/// Three parameters over 90 days, one of them a blood pressure.
pub(crate) fn clinic() -> Document {
    let spo2 = dots(90, |day| {
        let value = 90.0 + (day as f64 / 7.0).sin() * 4.0 + (day % 5) as f64 / 2.0 - 1.0;
        let value = value.round();
        let zone = match value {
            ..86.0 => Zone::RedLow,
            ..88.0 => Zone::YellowLow,
            _ => Zone::Green,
        };
        (value, zone)
    });
    let systolic = dots(90, |day| {
        let value = 128.0 + (day % 13) as f64 * 2.0;
        (
            value,
            if value > 145.0 {
                Zone::RedHigh
            } else if value > 140.0 {
                Zone::YellowHigh
            } else {
                Zone::Green
            },
        )
    });
    let diastolic = dots(90, |day| (76.0 + (day % 7) as f64, Zone::Green));
    let fev1 = dots(8, |day| (1.0 + day as f64 / 10.0, Zone::NoLimit));
    let mut pressure = section(
        "Blodtrykk (mmHg)",
        "mmHg",
        (60.0, 170.0),
        20,
        vec![systolic, diastolic],
    );
    let band = |low, high, within, zone, standard| Band {
        from: FROM,
        to: FROM + 91 * DAY,
        low,
        high,
        within,
        zone,
        standard,
    };
    if let Some(chart) = &mut pressure.chart {
        chart.bands = vec![
            band(
                Some(100.0),
                Some(140.0),
                (95.0, f64::INFINITY),
                Zone::Green,
                false,
            ),
            band(
                Some(60.0),
                Some(90.0),
                (f64::NEG_INFINITY, 95.0),
                Zone::NoLimit,
                true,
            ),
            band(
                Some(140.0),
                Some(145.0),
                (95.0, f64::INFINITY),
                Zone::YellowHigh,
                false,
            ),
            band(Some(145.0), None, (95.0, f64::INFINITY), Zone::RedHigh, false),
        ];
    }
    let mut flow = section("FEV1 (L)", "L", (0.0, 3.0), 1, vec![fev1]);
    if let Some(chart) = &mut flow.chart {
        (chart.bands, chart.gaps, chart.marks) = Default::default();
    }
    flow.limits = Vec::new();
    let facts = [
        ("Periode", "Siste 90 dager, 24.08.2026–22.11.2026"),
        ("Hentet", "22. nov. 2026 kl. 09.14"),
        (
            "Kilder",
            "Nord hjemmeoppfølging (91 målinger), Gerica kommune (17 målinger, 16 av dem også fra Nord)",
        ),
        ("Egenbehandlingsplan", "v7, endret 3. sep. av Nora Nilsen"),
    ];
    Document {
        language: owned("nb"),
        title: owned("Egenmåling, siste 90 dager"),
        identity: owned("Kari Nordmann-Đặng · 12.03.1953 · fødselsnummer 120353 12345"),
        made: FROM + 90 * DAY + 10 * DAY / 24,
        stamp: facts
            .map(|(name, text)| Fact {
                name: owned(name),
                text: owned(text),
            })
            .into(),
        sections: vec![
            section("SpO₂ (%)", "%", (78.0, 100.0), 5, vec![spo2]),
            pressure,
            flow,
        ],
        notes: vec![owned("Vekt og puls ble ikke valgt.")],
        words: words(),
    }
}

/// As the clinic's, with so many readings of one parameter.
pub(crate) fn with_readings(count: i64) -> Document {
    let mut record = clinic();
    let step = 90 * DAY / count.max(1);
    let dot = |number: i64| Dot {
        at: FROM + number * step,
        value: 80.0 + (number % 200) as f64 / 10.0,
        zone: ZONES[(number % 7) as usize],
        method: Method::Device,
        preliminary: false,
        whole_day: None,
        is_broken: false,
    };
    let dots: Vec<_> = (0..count).map(dot).collect();
    record.sections.truncate(1);
    let section = &mut record.sections[0];
    section.table = table(&dots, "%");
    section.table.rows.pop();
    if let Some(chart) = &mut section.chart {
        chart.lines = vec![dots];
        chart.edges.clear();
    }
    record
}
