//! The document that a doctor puts into the journal: as PDF, as a picture of its charts, as text for pasting. Made of
//! plain values only: knows no FHIR, no browser and no clock, and chooses no word.

#![warn(missing_docs)]

mod chart;
mod content;
mod font;
mod pdf;
mod picture;
mod text;
mod theme;

pub use chart::{Drawn, draw_chart, draw_legend, legend_height};
pub use content::{Band, Chart, Document, Dot, Edge, Fact, Key, Mark, MarkKind, Row, Section, Table, Words};
pub use pdf::{Pdf, pdf};
pub use picture::{draw_picture, picture_height};
pub use text::text;
