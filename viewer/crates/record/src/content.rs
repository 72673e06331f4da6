//! What stands in the document, as plain values: every word chosen, every number rounded. Holds no layout, and no rule
//! about what belongs in it: that is `chart_model::record`.

use chart_model::{Method, Zone};

/// A document for the journal.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// BCP 47: `nb`.
    pub language: String,
    /// `Egenmåling`
    pub title: String,
    /// Who it is about, in one line. Repeated on every page.
    pub identity: String,
    /// When the readings were fetched, milliseconds since 1970 UTC.
    pub made: i64,
    /// Period, sources, time fetched, version of the plan.
    pub stamp: Vec<Fact>,
    /// One for each parameter, in the order of the screen.
    pub sections: Vec<Section>,
    /// What is not in the document, or could not be read.
    pub notes: Vec<String>,
    /// The words of the document itself.
    pub words: Words,
}

/// A name and what there is to say of it: `Periode`, `siste 90 dager`.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// The name.
    pub name: String,
    /// What there is to say.
    pub text: String,
}

/// One parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// `SpO₂ (%)`
    pub heading: String,
    /// The curve in a sentence; also what a screen reader says in place of the chart.
    pub sentence: String,
    /// How many readings there are, of how many days, and what was excluded.
    pub coverage: String,
    /// The limits that were in force, oldest first, each with whose they are and since when.
    pub limits: Vec<String>,
    /// `None` where there is nothing that can be drawn.
    pub chart: Option<Chart>,
    /// Every reading, implausible ones too.
    pub table: Table,
}

impl Section {
    /// What stands below its chart: the limits, and what stands on the time axis. `limits`: the word before the limits.
    pub(crate) fn lines_below(&self, limits: &str) -> Vec<String> {
        let mut lines = Vec::new();
        if !self.limits.is_empty() {
            lines.push([limits, ": ", &self.limits.join("; ")].concat());
        }
        let marks = self.chart.iter().flat_map(|chart| &chart.marks);
        let marks: Vec<&str> = marks
            .map(|mark| mark.text.as_str())
            .filter(|text| !text.is_empty())
            .collect();
        if !marks.is_empty() {
            lines.push(marks.join("; "));
        }
        lines
    }
}

/// A chart without a size.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// First and last instant of the axis, milliseconds since 1970 UTC.
    pub span: (i64, i64),
    /// Lowest and highest value of the axis.
    pub range: (f64, f64),
    /// Where values are written at the axis.
    pub value_ticks: Vec<(f64, String)>,
    /// Where times are written at the axis.
    pub time_ticks: Vec<(i64, String)>,
    /// One line, or systolic and diastolic; oldest reading first.
    pub lines: Vec<Vec<Dot>>,
    /// Implausible readings.
    pub edges: Vec<Edge>,
    /// The limits through the period; what lies on top comes last.
    pub bands: Vec<Band>,
    /// Breaks in the line, from and to.
    pub gaps: Vec<(i64, i64)>,
    /// What else happened.
    pub marks: Vec<Mark>,
}

/// A number of a reading.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dot {
    /// When.
    pub at: i64,
    /// In the unit of the axis.
    pub value: f64,
    /// By the limits that were in force.
    pub zone: Zone,
    /// Filled or hollow.
    pub method: Method,
    /// With a dashed ring.
    pub preliminary: bool,
    /// Known to the day only: spans it.
    pub whole_day: Option<(i64, i64)>,
    /// No line leads to it.
    pub is_broken: bool,
}

/// An implausible reading: a mark at the edge, off the axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// When.
    pub at: i64,
    /// At the upper edge.
    pub is_high: bool,
}

/// Limits while they were in force.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// First instant.
    pub from: i64,
    /// Last instant.
    pub to: i64,
    /// Lowest value, open if `None`.
    pub low: Option<f64>,
    /// Highest value, open if `None`.
    pub high: Option<f64>,
    /// Values between which it may be drawn: the half of the axis that belongs to its number.
    pub within: (f64, f64),
    /// What it means to lie inside.
    pub zone: Zone,
    /// A general range and no limit of the patient.
    pub standard: bool,
}

/// Something on the time axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// When.
    pub at: i64,
    /// What.
    pub kind: MarkKind,
    /// In words, with its day.
    pub text: String,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// Other limits from here on.
    LimitChange,
    /// A version of the plan.
    Plan,
}

/// Readings in rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// What each column holds.
    pub columns: Vec<String>,
    /// Newest first.
    pub rows: Vec<Row>,
}

/// A reading.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// One text for each column.
    pub cells: Vec<String>,
    /// Whose symbol stands before the zone's word, in the third column.
    pub zone: Option<Zone>,
}

/// The words of the document itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    /// `Side`, before a page's number
    pub page: String,
    /// `av`, before the number of pages
    pub of: String,
    /// `Grenser`
    pub limits: String,
    /// `Målinger`, above the tables
    pub readings: String,
    /// `Ikke med i dokumentet`, above the notes
    pub notes: String,
    /// What the signs mean, those that occur.
    pub legend: Vec<(Key, String)>,
    /// Says that characters which the font lacks are written as `[U+674E]`.
    pub unprintable: String,
}

/// A sign of the charts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// A zone's shape.
    Zone(Zone),
    /// Filled, or hollow for a reading that was typed in.
    Method(Method),
    /// A dashed ring.
    Preliminary,
    /// A cross at the edge.
    Implausible,
    /// A hatched field.
    Gap,
    /// The solid border of the patient's limits.
    PersonalLimits,
    /// The dashed border of general ranges.
    StandardLimits,
    /// What stands on the time axis.
    Mark(MarkKind),
}
