//! What must hold of every message in every language.

mod complete;
mod plurals;
mod samples;
