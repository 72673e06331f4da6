//! Tests of the cases as others see them: expectations, stories, validity. Each module holds one of these.

#[cfg(test)]
mod common;
#[cfg(test)]
mod expectations;
#[cfg(test)]
mod stories;
#[cfg(test)]
mod valid_r4;
