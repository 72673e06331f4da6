//! What the doctor sees: small components over the state's values and the message catalogue. They never
//! see JSON, tokens or the network; what they want done they ask for by callbacks.

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
mod notices;
mod own_period;
mod patient_check;
mod patient_view;
mod periods;
mod picker;
mod picker_line;
mod picker_order;
mod plan_summary;
pub(crate) mod screen;
mod shared;
mod skeleton;
mod sparkline;
#[cfg(feature = "gallery")]
pub(crate) mod specimens;
mod trend;
mod trend_chart;
mod trend_table;
mod trends;
mod zone_symbol;
