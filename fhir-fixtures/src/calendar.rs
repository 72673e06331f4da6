//! Times of a case, counted in whole days back from its last day, on the clock of Europe/Oslo.
//! Holds no readings and does not look at the machine's clock.

use jiff::civil::{Date, DateTime, Time, Weekday, date, time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// Days shown by default, and counted in `expected.json`.
pub(crate) const PERIOD_DAYS: i32 = 90;

static OSLO: TimeZone = jiff::tz::get!("Europe/Oslo");

/// A point in time as a source wrote it, and the instant that the author of the case means by it.
#[derive(Debug, Clone)]
pub(crate) struct Moment {
    /// The text of the resource.
    pub(crate) text: String,
    /// `None` where the text names no instant. A date alone means 12:00 in Oslo.
    pub(crate) instant: Option<Timestamp>,
}

impl Moment {
    /// A text that names no instant.
    pub(crate) fn unreadable(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            instant: None,
        }
    }
}

/// The calendar of one case.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Calendar {
    until: Date,
}

impl Calendar {
    pub(crate) fn new(until: Date) -> Self {
        Self { until }
    }

    /// The day `days_before` days before the last day (which is "today"; a negative number is in the future).
    pub(crate) fn day(self, days_before: i32) -> Date {
        self.until.saturating_sub(days_before.days())
    }

    /// A clock time in Oslo, written with seconds and the zone's offset.
    pub(crate) fn at(self, days_before: i32, clock: Time) -> Moment {
        written(instant(self.day(days_before).to_datetime(clock)))
    }

    /// The same instant as `at`, written in UTC with `Z`.
    pub(crate) fn at_in_utc(self, days_before: i32, clock: Time) -> Moment {
        let instant = instant(self.day(days_before).to_datetime(clock));
        Moment {
            text: instant.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            instant: Some(instant),
        }
    }

    /// A day without a clock time.
    pub(crate) fn date_only(self, days_before: i32) -> Moment {
        let day = self.day(days_before);
        Moment {
            text: day.to_string(),
            instant: Some(instant(day.at(12, 0, 0, 0))),
        }
    }

    /// The instant to be taken as "now": 12:00 in Oslo on the last day.
    pub(crate) fn now(self) -> Moment {
        self.at(0, time(12, 0, 0, 0))
    }

    /// Where the default period begins: midnight in Oslo, 90 days before the last day.
    pub(crate) fn period_from(self) -> Moment {
        self.at(PERIOD_DAYS, Time::midnight())
    }

    /// The newest night before the last day on which the clock in Oslo went back (October).
    pub(crate) fn clock_went_back(self) -> Date {
        self.last_sunday_of(10)
    }

    /// The newest night before the last day on which the clock in Oslo went forward (March).
    pub(crate) fn clock_went_forward(self) -> Date {
        self.last_sunday_of(3)
    }

    fn last_sunday_of(self, month: i8) -> Date {
        let in_year = |year: i16| {
            let first = date(year, month, 1);
            first.nth_weekday_of_month(-1, Weekday::Sunday).unwrap_or(first)
        };
        let this_year = in_year(self.until.year());
        if this_year < self.until {
            this_year
        } else {
            in_year(self.until.year() - 1)
        }
    }
}

/// A local time with an offset given by the author, as a source may write it.
pub(crate) fn with_offset(day: Date, clock: &str, offset: &str) -> Moment {
    let text = format!("{day}T{clock}{offset}");
    let instant = text.parse().ok();
    Moment { text, instant }
}

/// An instant as most sources write it: seconds and Oslo's offset.
pub(crate) fn written(instant: Timestamp) -> Moment {
    let local = instant.to_zoned(OSLO.clone());
    Moment {
        text: local.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
        instant: Some(instant),
    }
}

/// Minutes since midnight on the clock in Oslo, and the day.
pub(crate) fn local(instant: Timestamp) -> (Date, i32) {
    let local = instant.to_zoned(OSLO.clone());
    (
        local.date(),
        i32::from(local.hour()) * 60 + i32::from(local.minute()),
    )
}

/// Today's date in Oslo at `instant`.
pub(crate) fn date_in_oslo(instant: Timestamp) -> Date {
    local(instant).0
}

/// The instant of a clock time in Oslo; at the ends of the calendar it stays within it.
fn instant(local: DateTime) -> Timestamp {
    let outermost = if local.year() < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    };
    OSLO.to_timestamp(local).unwrap_or(outermost)
}
