//! The built viewer in Chromium, in the journal's frames on another site: what a doctor sees, and what happens
//! when something is wrong. `cargo xtask test e2e` builds and starts all that is needed.

mod access_log;
mod accessibility;
mod app_state;
mod bad_input;
mod budget;
mod calm;
mod charts;
mod choosing;
mod chunks;
mod companions;
mod elsewhere;
mod faults;
mod first_screen;
mod fixtures;
mod frames;
mod hosts;
mod isolation;
mod journal_sites;
mod keyboard;
mod languages;
mod layout;
mod load;
mod looks;
mod network;
mod on_demand;
mod on_demand_events;
mod on_demand_forms;
mod on_demand_notes;
mod pages;
mod plan_conflict;
mod plan_editing;
mod plan_history;
mod plan_leaving;
mod plan_limits;
mod plan_marks;
mod plan_narrow;
mod plan_nhn;
mod plan_reading;
mod plan_saving;
mod plan_suggesting;
mod record;
mod record_writing;
mod scenes;
mod settings;
mod small_host;
mod sources;
mod sources_elsewhere;
mod sources_plan;
mod sources_tokens;
mod states;
mod statistics;
mod time;
mod zoom;

/// Passes where nothing was found wrong, else says all of it.
fn none(wrong: &[String]) -> browser_tests::Result<()> {
    if wrong.is_empty() {
        return Ok(());
    }
    Err(format!("{} wrong:\n{}", wrong.len(), wrong.join("\n")).into())
}
