//! Whatever documents the types admit.

use chart_model::Method;
use proptest::prelude::*;
use record::{Band, Chart, Document, Dot, Edge, Fact, Mark, MarkKind, Row, Section, Table};

use super::{ZONES, words};

prop_compose! {
    fn any_dot()(
        at in any::<i64>(),
        value in any::<f64>(),
        zone in 0..7_usize,
        method in 0..3_usize,
        preliminary in any::<bool>(),
        whole_day in any::<Option<(i64, i64)>>(),
        is_broken in any::<bool>(),
    ) -> Dot {
        let methods = [Method::Device, Method::Manual, Method::Unstated];
        Dot { at, value, zone: ZONES[zone], method: methods[method], preliminary, whole_day, is_broken }
    }
}

prop_compose! {
    fn any_band()(
        ends in any::<(i64, i64)>(),
        bounds in any::<(Option<f64>, Option<f64>)>(),
        within in any::<(f64, f64)>(),
        zone in 0..7_usize,
        standard in any::<bool>(),
    ) -> Band {
        Band { from: ends.0, to: ends.1, low: bounds.0, high: bounds.1, within, zone: ZONES[zone], standard }
    }
}

prop_compose! {
    fn any_chart()(
        span in any::<(i64, i64)>(),
        range in any::<(f64, f64)>(),
        value_ticks in prop::collection::vec(any::<(f64, String)>(), 0..5),
        time_ticks in prop::collection::vec(any::<(i64, String)>(), 0..5),
        lines in prop::collection::vec(prop::collection::vec(any_dot(), 0..9), 0..4),
        edges in prop::collection::vec(any::<(i64, bool)>(), 0..4),
        bands in prop::collection::vec(any_band(), 0..6),
        gaps in prop::collection::vec(any::<(i64, i64)>(), 0..4),
        marks in prop::collection::vec(any::<(i64, String)>(), 0..4),
    ) -> Chart {
        let edge = |(at, is_high)| Edge { at, is_high };
        let mark = |(at, text)| Mark { at, kind: MarkKind::LimitChange, text };
        Chart {
            span, range, value_ticks, time_ticks, lines, bands, gaps,
            edges: edges.into_iter().map(edge).collect(),
            marks: marks.into_iter().map(mark).collect(),
        }
    }
}

prop_compose! {
    fn any_section()(
        said in any::<[String; 3]>(),
        limits in any::<Vec<String>>(),
        chart in prop::option::of(any_chart()),
        columns in prop::collection::vec(any::<String>(), 0..6),
        rows in prop::collection::vec((prop::collection::vec(any::<String>(), 0..6), 0..8_usize), 0..6),
    ) -> Section {
        let [heading, sentence, coverage] = said;
        let row = |(cells, zone): (Vec<String>, usize)| Row { cells, zone: ZONES.get(zone).copied() };
        let table = Table { columns, rows: rows.into_iter().map(row).collect() };
        Section { heading, sentence, coverage, limits, chart, table }
    }
}

prop_compose! {
    /// Anything that the type admits.
    pub(crate) fn any_record()(
        said in any::<[String; 3]>(),
        made in any::<i64>(),
        stamp in prop::collection::vec(any::<(String, String)>(), 0..4),
        sections in prop::collection::vec(any_section(), 0..3),
        notes in prop::collection::vec(any::<String>(), 0..3),
        long in 0..4_usize,
    ) -> Document {
        let [language, title, identity] = said;
        Document {
            language, title, made, sections, notes,
            identity: identity.repeat(1 + 200 * long),
            stamp: stamp.into_iter().map(|(name, text)| Fact { name, text }).collect(),
            words: words(),
        }
    }
}
