//! The verbs of the viewer: what is done with network, time and storage. What is shown is decided elsewhere.

use std::pin::pin;

use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;

mod collected;
mod door;
mod enter_source;
mod fetch_chunk;
mod fhir_client;
mod follow_hub;
mod keep_at_server;
mod load_compared;
mod load_latest;
mod load_limits;
mod load_readings;
mod load_record;
mod load_sources;
mod load_style;
mod log_access;
pub(crate) mod memory;
mod on_demand;
mod plan;
mod plan_home;
pub(crate) mod record;
mod record_canvas;
mod record_document;
mod record_maker;
mod record_read_back;
mod remember;
mod renew_token;
pub(crate) mod run_launch;
mod serve;
pub(crate) mod session;
mod sign_in_again;
mod slices;
mod sources;
mod talk_to_journal;
mod turn;
mod verify_user;

// For the chunks.
pub(crate) use door::{Door, NotGranted, grant};
pub(crate) use enter_source::enter_source;
pub(crate) use on_demand::ask_source;
pub(crate) use plan::{Later, PlanWork, complete_plan, has_foreign_plan, load_foreign_plan, serve_plan};
pub(crate) use record::serve_record;
pub(crate) use sources::Entered;

/// What `work` gives within so many milliseconds. After that it is dropped, which ends it.
async fn in_time<T>(limit_ms: u32, work: impl Future<Output = T>) -> Option<T> {
    let limit = TimeoutFuture::new(limit_ms);
    match select(pin!(work), limit).await {
        Either::Left((done, _)) => Some(done),
        Either::Right(_) => None,
    }
}

/// A wait for the browser's timers.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a wait is between zero and some seconds"
)]
fn whole_ms(ms: f64) -> u32 {
    ms as u32
}
