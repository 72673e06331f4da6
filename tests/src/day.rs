//! The day in Oslo, which is part of what the tests expect (the viewer's period ends today), as a run of them may last
//! past midnight: what is made of the day is made anew each day, and no test begins so late that it would end the
//! day after.

use std::ops::Deref;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use fhir_fixtures::today;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use crate::Result;

/// Longer than any test takes.
const LONGEST_TEST: Duration = Duration::from_secs(300);

/// Made when it is first used, and once more when it is used on another day. What was made before is kept, as a test may
/// still use it.
#[derive(Debug)]
pub struct OfTheDay<T: 'static> {
    make: fn() -> T,
    made: Mutex<Option<(Date, &'static T)>>,
}

impl<T> OfTheDay<T> {
    #[must_use]
    pub const fn new(make: fn() -> T) -> Self {
        Self {
            make,
            made: Mutex::new(None),
        }
    }

    fn on(&self, day: Date) -> &'static T {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        match *made {
            Some((of, value)) if of == day => value,
            _ => made.insert((day, Box::leak(Box::new((self.make)())))).1,
        }
    }
}

impl<T> Deref for OfTheDay<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.on(today())
    }
}

/// Waits, where midnight in Oslo is so near that a test could not end before it.
///
/// # Errors
/// When the time zone is not known.
pub async fn wait_past_midnight() -> Result<()> {
    let left = until_midnight(Timestamp::now())?;
    if left <= LONGEST_TEST {
        println!("waiting {left:?}, for midnight in Oslo");
        tokio::time::sleep(left + Duration::from_secs(1)).await;
    }
    Ok(())
}

fn until_midnight(now: Timestamp) -> Result<Duration> {
    let now = now.to_zoned(TimeZone::get("Europe/Oslo")?);
    let midnight = now.start_of_day()?.checked_add(1.day())?;
    Ok(now.duration_until(&midnight).try_into()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_made_once_a_day() {
        static MADE: OfTheDay<Mutex<()>> = OfTheDay::new(|| Mutex::new(()));
        let day = |number| jiff::civil::date(2026, 11, number);
        let first = MADE.on(day(22));
        assert!(std::ptr::eq(first, MADE.on(day(22))));
        let next = MADE.on(day(23));
        assert!(!std::ptr::eq(first, next));
        assert!(std::ptr::eq(next, MADE.on(day(23))));
    }

    #[test]
    fn midnight_is_that_of_oslo_and_days_of_changed_clocks_have_their_own_length() -> Result<()> {
        let cases = [
            ("2026-11-22T22:59:59Z", 1),
            ("2026-11-22T23:00:00Z", 24 * 3600),
            ("2026-10-24T22:00:00Z", 25 * 3600),
            ("2026-03-28T23:00:00Z", 23 * 3600),
        ];
        for (now, seconds) in cases {
            assert_eq!(
                until_midnight(now.parse()?)?,
                Duration::from_secs(seconds),
                "{now}"
            );
        }
        Ok(())
    }
}
