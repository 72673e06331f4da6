//! What the doctor sees: small components over the state's values and the message catalogue. They never
//! see JSON, tokens or the network; what they want done they ask for by callbacks.

mod caption;
mod chunk_notice;
mod comparison;
mod drawn;
mod error_view;
mod failures;
mod findings;
mod foot;
mod glyph;
mod header;
mod hooks;
mod keys;
mod latest_row;
mod latest_values;
mod limits_editor;
mod notices;
mod on_demand;
mod own_period;
mod patient_check;
mod patient_view;
mod periods;
mod picker;
mod picker_line;
mod picker_order;
mod plan;
mod plan_edit;
mod record;
pub(crate) mod screen;
mod settings;
pub(crate) mod shared;
mod skeleton;
mod sources;
mod sparkline;
#[cfg(feature = "gallery")]
pub(crate) mod specimens;
mod statistics;
mod trend;
mod trend_chart;
mod trend_table;
mod trends;
mod zone_symbol;

pub(crate) use on_demand::opened_demand;
pub(crate) use own_period::{OwnPeriodProps, own_period};
pub(crate) use picker::{PickerProps, picker};
pub(crate) use plan::plan_page;
pub(crate) use record::record_dialog;
pub(crate) use statistics::{StatisticsProps, statistics};
pub(crate) use trend_chart::draw_unseen;

/// What the bench page is made of: the charts without the components around them.
#[cfg(feature = "bench")]
pub(crate) mod bench {
    pub(crate) use super::trend_chart::bench::*;
}
