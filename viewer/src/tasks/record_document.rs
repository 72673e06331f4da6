//! A document of plain values from what was on the screen: every word chosen, every number written. What belongs in it is
//! decided in `chart_model::record`; how it looks, in the crate `record`.

mod words;

use chart_model::axis::{padded, time_ticks, value_ticks};
use chart_model::bands::bands;
use chart_model::record::{Section, Table};
use chart_model::{Known, Point, Series, Status, oslo};
use record::{Band, Chart, Document, Dot, Edge, Fact, Mark, MarkKind, Row};

use crate::state::record::Draft;
use crate::text::{Lang, Msg, RecordMsg};

/// Labels at the value axis at most.
const VALUE_LABELS: usize = 6;
/// The room that labels of the time axis are counted by, CSS pixels.
const TIME_AXIS: f64 = 620.0;

/// Everything that stands in the document.
pub(super) fn document(draft: &Draft) -> Document {
    let (lang, record) = (draft.lang, &draft.record);
    let stamp = &record.stamp;
    let planned = stamp.plan.as_ref().and_then(|plan| plan.updated.as_ref());
    let planned = planned
        .map(|time| time.start_ms())
        .filter(|at| stamp.period.contains(*at));
    let section = |section: &Section| {
        let is_complete = !stamp.incomplete.contains(&section.series.parameter);
        section_of(section, is_complete, planned, lang)
    };
    let sections: Vec<_> = record.sections.iter().map(section).collect();
    Document {
        language: lang.tag().to_owned(),
        title: lang.record_title(draft.choice),
        identity: lang.identity(&stamp.patient),
        made: stamp.made,
        stamp: lang
            .stamp(stamp, draft.choice)
            .into_iter()
            .map(|(name, text)| Fact { name, text })
            .collect(),
        notes: lang.not_in_record(stamp),
        words: words::of(&sections, lang),
        sections,
    }
}

fn section_of(section: &Section, is_complete: bool, planned: Option<i64>, lang: Lang) -> record::Section {
    let series = &*section.series;
    let parameter = &series.parameter;
    let table = section.table();
    let unit = lang.say(Msg::Unit(parameter.unit()));
    let name = lang.parameter(parameter);
    let mut coverage = vec![lang.coverage(series)];
    if !is_complete {
        coverage.push(lang.say(Msg::TrendIncomplete).into_owned());
    }
    if matches!(table, Table::Days(_)) {
        coverage.push(lang.record(RecordMsg::RowADay));
    }
    if section.is_thinned() {
        coverage.push(lang.record(RecordMsg::Thinned));
    }
    record::Section {
        heading: if unit.is_empty() {
            name
        } else {
            format!("{name} ({unit})")
        },
        sentence: lang.summary(series),
        coverage: coverage.join(" "),
        limits: lang.limits_in_force_through(section.limits()),
        chart: chart(section, is_complete, planned, lang),
        table: rows(&table, series, lang),
    }
}

fn rows(table: &Table<'_>, series: &Series, lang: Lang) -> record::Table {
    match table {
        Table::Readings(points) => {
            let columns = [
                Msg::ColumnTime,
                Msg::ColumnValue,
                Msg::ColumnZone,
                Msg::ColumnSource,
            ];
            record::Table {
                columns: columns.map(|column| lang.say(column).into_owned()).into(),
                rows: points.iter().map(|point| row(point, lang)).collect(),
            }
        }
        Table::Days(days) => {
            let columns = [
                RecordMsg::Day,
                RecordMsg::Spread,
                RecordMsg::Shares,
                RecordMsg::CountAndMean,
            ];
            record::Table {
                columns: columns.map(|column| lang.record(column)).into(),
                rows: days
                    .iter()
                    .map(|day| Row {
                        cells: lang.day_cells(day, &series.parameter).into(),
                        zone: None,
                    })
                    .collect(),
            }
        }
    }
}

fn row(point: &Point, lang: Lang) -> Row {
    let reading = &*point.reading;
    let word = match point.implausible {
        true => lang.say(Msg::Implausible),
        false => lang.say(Msg::ZoneName(point.zone)),
    };
    Row {
        cells: vec![
            lang.moment_with_year(&reading.time),
            lang.value_with_unit(reading),
            word.into_owned(),
            lang.origin(reading),
        ],
        zone: (!point.implausible).then_some(point.zone),
    }
}

/// `None` where nothing can stand on an axis.
fn chart(section: &Section, is_complete: bool, planned: Option<i64>, lang: Lang) -> Option<Chart> {
    let series = &*section.series;
    if series.points.is_empty() && series.implausible.is_empty() {
        return None;
    }
    let parameter = &series.parameter;
    let (low, high) = padded(series.value_range()?, parameter.unit() == "%");
    let from = series.period.from;
    let to = oslo::midnight(oslo::date_of(series.period.to).plus_days(1));
    let pair = *parameter == Known::BloodPressure.into();
    let mark = |at: i64, kind: MarkKind| Mark {
        at,
        kind,
        // What it was stands among the limits, or in the stamp.
        text: String::new(),
    };
    let changes = series.steps.iter().skip(1);
    let changes = changes.map(|step| mark(step.from, MarkKind::LimitChange));
    let planned = planned.map(|at| mark(at, MarkKind::Plan));
    let gaps = series.gaps.iter().filter(|_| is_complete);
    Some(Chart {
        span: (from, to),
        range: (low, high),
        value_ticks: value_ticks(low, high, VALUE_LABELS, parameter.decimals())
            .into_iter()
            .map(|tick| (tick.to_f64(), lang.number(tick)))
            .collect(),
        time_ticks: time_ticks(from, to, TIME_AXIS)
            .iter()
            .map(|tick| (tick.at, lang.tick(tick)))
            .collect(),
        lines: (0..if pair { 2 } else { 1 })
            .map(|number| dots(section, number))
            .collect(),
        edges: series
            .implausible
            .iter()
            .map(|point| Edge {
                at: point.at,
                is_high: series.is_too_high(point),
            })
            .collect(),
        bands: bands(series, pair).into_iter().map(band).collect(),
        gaps: gaps.map(|gap| (gap.from, gap.to)).collect(),
        marks: changes.chain(planned).collect(),
    })
}

fn band(band: chart_model::bands::Band) -> Band {
    Band {
        from: band.span.0 as i64,
        to: band.span.1 as i64,
        low: band.low,
        high: band.high,
        within: band.within,
        zone: band.zone,
        standard: band.standard,
    }
}

fn dots(section: &Section, number: usize) -> Vec<Dot> {
    let series = &*section.series;
    let mut kept = section.drawn_places().into_iter().peekable();
    let mut is_broken = false;
    let mut dots = Vec::new();
    let points = series.drawn_numbers(number).zip(&series.points);
    for (place, (drawn, point)) in points.enumerate() {
        // A break before one that is not drawn is a break before the next that is.
        is_broken |= drawn.is_broken;
        if kept.next_if_eq(&place).is_none() || drawn.value.is_nan() {
            continue;
        }
        let reading = &point.reading;
        let day = oslo::date_of(point.at);
        dots.push(Dot {
            at: point.at,
            value: drawn.value,
            zone: drawn.zone,
            method: reading.method,
            preliminary: reading.status == Status::Preliminary,
            whole_day: (!reading.time.has_clock())
                .then(|| (oslo::midnight(day), oslo::midnight(day.plus_days(1)))),
            is_broken,
        });
        is_broken = false;
    }
    dots
}

/// `egenmaaling-2026-11-22.pdf`: of the day, since a file name may be seen by others.
pub(super) fn file_name(draft: &Draft, ending: &str) -> String {
    let date = oslo::date_of(draft.record.stamp.made);
    format!(
        "egenmaaling-{:04}-{:02}-{:02}.{ending}",
        date.year, date.month, date.day
    )
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
