//! What the doctor sees: small components over the state's values and the message catalogue. They never
//! see JSON, tokens or the network; what they want done they ask for by callbacks.

mod error_view;
mod findings;
mod header;
mod hooks;
mod keys;
mod latest_row;
mod latest_values;
mod plan_summary;
pub(crate) mod screen;
mod shared;
mod sparkline;
mod trend;
mod trend_chart;
mod trend_table;
mod zone_symbol;
