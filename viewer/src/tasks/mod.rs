//! The verbs of the viewer: what is done with network, time and storage. What is shown is decided elsewhere.

pub(crate) mod fhir_client;
pub(crate) mod load_readings;
pub(crate) mod run_launch;
