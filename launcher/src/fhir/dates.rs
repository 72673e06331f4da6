//! FHIR dates as spans of time for the search index. Not for showing: the text of a resource is never changed.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Milliseconds since 1970 UTC, end exclusive. A date without a clock time is its day in UTC.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Span {
    pub(crate) start: i64,
    pub(crate) end: i64,
}

impl Span {
    /// Sorts before everything and matches no date search.
    pub(crate) const UNDATED: Span = Span {
        start: i64::MIN,
        end: i64::MIN,
    };
    pub(crate) const FOREVER: Span = Span {
        start: i64::MIN + 1,
        end: i64::MAX,
    };

    /// `2026`, `2026-11`, `2026-11-22` or a date-time. A clock time without offset is read as UTC here, so
    /// that a search still finds the resource and the reader can report it.
    pub(crate) fn parse(text: &str) -> Option<Span> {
        match text.len() {
            4 => {
                let year: i16 = text.parse().ok()?;
                days(
                    Date::new(year, 1, 1).ok()?,
                    Date::new(year.checked_add(1)?, 1, 1).ok()?,
                )
            }
            7 => {
                let first: Date = format!("{text}-01").parse().ok()?;
                days(first, first.last_of_month().tomorrow().ok()?)
            }
            10 => {
                let day: Date = text.parse().ok()?;
                days(day, day.tomorrow().ok()?)
            }
            _ => date_time(text),
        }
    }
}

fn days(from: Date, to: Date) -> Option<Span> {
    let midnight = |day: Date| Some(day.to_zoned(TimeZone::UTC).ok()?.timestamp().as_millisecond());
    Some(Span {
        start: midnight(from)?,
        end: midnight(to)?,
    })
}

fn date_time(text: &str) -> Option<Span> {
    let clock = text.split_once('T')?.1;
    let offset = clock.find(['Z', '+', '-']);
    let instant: Timestamp = match offset {
        Some(_) => text.parse().ok()?,
        None => format!("{text}Z").parse().ok()?,
    };
    let digits = offset.and_then(|at| clock.get(..at)).unwrap_or(clock);
    let precision = match digits.len() {
        0..=5 => 60_000,
        6..=8 => 1_000,
        _ => 1,
    };
    let start = instant.as_millisecond();
    Some(Span {
        start,
        end: start + precision,
    })
}

/// An instant as FHIR writes it, in UTC with milliseconds.
pub(crate) fn instant_text(milliseconds: i64) -> String {
    Timestamp::from_millisecond(milliseconds)
        .map(|at| format!("{at:.3}"))
        .unwrap_or_default()
}

/// The form of HTTP's `Last-Modified`.
pub(crate) fn http_date(milliseconds: i64) -> String {
    Timestamp::from_millisecond(milliseconds)
        .map(|at| at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string())
        .unwrap_or_default()
}

pub(crate) fn now() -> i64 {
    Timestamp::now().as_millisecond()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, start: &str, end: &str) {
        let instant = |text: &str| text.parse::<Timestamp>().unwrap().as_millisecond();
        assert_eq!(
            Span::parse(text),
            Some(Span {
                start: instant(start),
                end: instant(end)
            }),
            "{text}"
        );
    }

    #[test]
    fn partial_dates_are_spans() {
        check("2026", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z");
        check("2026-12", "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z");
        check("2026-10-20", "2026-10-20T00:00:00Z", "2026-10-21T00:00:00Z");
    }

    #[test]
    fn clock_times_keep_their_precision_and_offset() {
        check(
            "2026-10-20T08:12+02:00",
            "2026-10-20T06:12:00Z",
            "2026-10-20T06:13:00Z",
        );
        check(
            "2026-10-20T08:12:00Z",
            "2026-10-20T08:12:00Z",
            "2026-10-20T08:12:01Z",
        );
        check(
            "2026-10-20T08:12:00.5Z",
            "2026-10-20T08:12:00.5Z",
            "2026-10-20T08:12:00.501Z",
        );
        check(
            "2026-10-20T08:12:00",
            "2026-10-20T08:12:00Z",
            "2026-10-20T08:12:01Z",
        );
    }

    #[test]
    fn what_is_no_date_gives_nothing() {
        for text in [
            "",
            "tomorrow",
            "2026-13",
            "2026-02-30",
            "2026-10-20T25:00:00Z",
            "20261020",
            "år 26",
        ] {
            assert_eq!(Span::parse(text), None, "{text}");
        }
    }

    #[test]
    fn http_dates_have_the_fixed_form() {
        assert_eq!(http_date(0), "Thu, 01 Jan 1970 00:00:00 GMT");
        assert_eq!(instant_text(1), "1970-01-01T00:00:00.001Z");
    }
}
