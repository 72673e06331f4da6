//! The verbs of the viewer: what is done with network, time and storage. What is shown is decided elsewhere.

mod fhir_client;
mod load_readings;
mod load_record;
pub(crate) mod run_launch;
pub(crate) mod session;
