//! Thin adapters to the browser, one per file. They hold no rules of the viewer: what to ask for and what an
//! answer means is decided in the pure crates and in `tasks`.

pub(crate) mod callback;
pub(crate) mod chunks;
pub(crate) mod clipboard;
pub(crate) mod clock;
pub(crate) mod crypto;
pub(crate) mod display;
pub(crate) mod frames;
mod handover;
pub(crate) mod http;
pub(crate) mod inbox;
pub(crate) mod leaving;
pub(crate) mod location;
pub(crate) mod messaging;
pub(crate) mod nested_frame;
pub(crate) mod online;
pub(crate) mod packing;
pub(crate) mod page;
pub(crate) mod pause;
pub(crate) mod popup;
pub(crate) mod preferences;
pub(crate) mod random;
pub(crate) mod root_style;
pub(crate) mod saving;
pub(crate) mod storage;
pub(crate) mod websocket;
