//! The built viewer in Chromium, in the journal's frames on another site: what a doctor sees, and what happens
//! when something is wrong. `cargo xtask test e2e` builds and starts all that is needed.

mod bad_input;
mod fixtures;
mod journal_sites;
mod network;
mod pages;
mod small_host;
