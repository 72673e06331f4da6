//! Thin adapters to the browser, one per file. They hold no rules of the viewer: what to ask for and what an
//! answer means is decided in the pure crates and in `tasks`.

pub(crate) mod clock;
pub(crate) mod display;
pub(crate) mod http;
pub(crate) mod location;
pub(crate) mod messaging;
pub(crate) mod page;
pub(crate) mod random;
pub(crate) mod storage;
