//! A wrapper that keeps a value out of logs and error reports. It does not encrypt or erase anything.

use std::fmt;

/// A value whose `Debug` says only that there is one: launch codes, callback queries, token answers.
#[derive(Clone, PartialEq, Eq)]
pub struct Redacted<T>(pub T);

impl<T> fmt::Debug for Redacted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}
