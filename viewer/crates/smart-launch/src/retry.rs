//! Which FHIR requests are sent once more, and when. Nothing else in the viewer repeats by itself. Sends
//! nothing, waits for nothing; time and randomness are passed in.

use crate::instant::days_since_1970;

/// How often a request is repeated at most because a server is busy or does not answer.
const REPEATS: u32 = 3;
/// The first wait is about half to once this long, in milliseconds; each one after it twice the one before.
const FIRST_WAIT_MS: f64 = 600.0;
/// No wait is longer than this, whatever the server asks for, in milliseconds.
const LONGEST_WAIT_MS: f64 = 15_000.0;

/// How a request ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome<'a> {
    /// With an answer.
    Status {
        /// HTTP status.
        status: u16,
        /// The header `Retry-After`, where the server lets the viewer see it.
        retry_after: Option<&'a str>,
    },
    /// Without one, or with half of one.
    NoAnswer,
}

/// What to do then.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Then {
    /// Take it as it is.
    Take,
    /// Renew the token, then send the request once more.
    Renew,
    /// Wait so many milliseconds, then send the request once more.
    Wait(f64),
}

/// The attempts at one request.
#[derive(Debug, Default)]
pub struct Attempts {
    repeats: u32,
    renewed: bool,
}

impl Attempts {
    /// What to do after an attempt. `renewable`: another token can be had. `random`: from 0 to 1, so that
    /// many viewers do not come back at the same moment.
    pub fn after(&mut self, outcome: Outcome<'_>, renewable: bool, now_ms: f64, random: f64) -> Then {
        let asked_for_ms = match outcome {
            Outcome::Status { status: 401, .. } if renewable && !self.renewed => {
                self.renewed = true;
                return Then::Renew;
            }
            Outcome::Status {
                status: 429 | 503,
                retry_after,
            } => retry_after.and_then(|text| wait_ms(text, now_ms)),
            Outcome::Status {
                status: 502 | 504, ..
            }
            | Outcome::NoAnswer => None,
            Outcome::Status { .. } => return Then::Take,
        };
        if self.repeats == REPEATS {
            return Then::Take;
        }
        let doubled = FIRST_WAIT_MS * f64::from(1_u32 << self.repeats);
        self.repeats += 1;
        let wait = asked_for_ms.unwrap_or(doubled * (0.5 + random.clamp(0.0, 1.0) / 2.0));
        Then::Wait(wait.min(LONGEST_WAIT_MS))
    }
}

/// The milliseconds that `Retry-After` asks for: seconds, or a date (RFC 9110, 10.2.3).
fn wait_ms(text: &str, now_ms: f64) -> Option<f64> {
    let text = text.trim();
    if let Ok(seconds) = text.parse::<u32>() {
        return Some(f64::from(seconds) * 1000.0);
    }
    Some((http_date_ms(text)? - now_ms).max(0.0))
}

/// `Sun, 06 Nov 1994 08:49:37 GMT` in milliseconds since 1970. The older forms of a date are not read.
fn http_date_ms(text: &str) -> Option<f64> {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let (_weekday, rest) = text.split_once(", ")?;
    let mut words = rest.split(' ');
    let day: u32 = words.next()?.parse().ok()?;
    let month = words.next()?;
    let month = MONTHS.iter().position(|name| *name == month)?;
    let year: u32 = words.next()?.parse().ok()?;
    let mut clock = words.next()?.split(':').map(|part| part.parse::<u32>().ok());
    let (hour, minute, second) = (clock.next()??, clock.next()??, clock.next()??);
    if words.next()? != "GMT" {
        return None;
    }
    let month = u32::try_from(month).ok()? + 1;
    let days = days_since_1970(year, month, day)?;
    let seconds = f64::from(hour * 3600 + minute * 60 + second);
    Some((f64::from(days) * 86_400.0 + seconds) * 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW_MS: f64 = 784_111_777_000.0;

    fn status(status: u16, retry_after: Option<&str>) -> Outcome<'_> {
        Outcome::Status { status, retry_after }
    }

    #[test]
    fn s11_busy_servers_and_lost_connections_are_asked_three_times_more() {
        for outcome in [
            status(503, None),
            status(502, None),
            status(504, None),
            status(429, None),
            Outcome::NoAnswer,
        ] {
            let mut attempts = Attempts::default();
            let mut after = |random| attempts.after(outcome, true, NOW_MS, random);
            assert_eq!(after(0.0), Then::Wait(300.0), "{outcome:?}");
            assert_eq!(after(1.0), Then::Wait(1200.0));
            assert_eq!(after(0.5), Then::Wait(1800.0));
            assert_eq!(after(0.5), Then::Take);
        }
    }

    #[test]
    fn s11_nothing_else_repeats() {
        for code in [200, 204, 301, 400, 403, 404, 405, 409, 410, 412, 422, 500, 501] {
            let mut attempts = Attempts::default();
            assert_eq!(
                attempts.after(status(code, Some("1")), true, NOW_MS, 0.5),
                Then::Take,
                "{code}"
            );
        }
    }

    #[test]
    fn s11_retry_after_is_honoured_in_seconds_and_as_a_date_but_not_for_ever() {
        let check = |text: &str, expected: Then| {
            assert_eq!(
                Attempts::default().after(status(429, Some(text)), false, NOW_MS, 0.0),
                expected,
                "{text}"
            );
        };
        check("2", Then::Wait(2_000.0));
        check("0", Then::Wait(0.0));
        check("3600", Then::Wait(15_000.0));
        check("Sun, 06 Nov 1994 08:49:40 GMT", Then::Wait(3_000.0));
        check("Sun, 06 Nov 1994 08:49:37 GMT", Then::Wait(0.0));
        check("Sun, 06 Nov 1994 08:00:00 GMT", Then::Wait(0.0));
        check("soon", Then::Wait(300.0));
        check("-1", Then::Wait(300.0));
        check("", Then::Wait(300.0));
    }

    #[test]
    fn a_date_is_read_to_the_second() {
        let check = |text: &str, expected: Option<f64>| assert_eq!(http_date_ms(text), expected, "{text}");
        check("Thu, 01 Jan 1970 00:00:00 GMT", Some(0.0));
        check("Tue, 29 Feb 2000 12:00:00 GMT", Some(951_825_600_000.0));
        check("Sun, 22 Nov 2026 13:00:00 GMT", Some(1_795_352_400_000.0));
        check("Sun, 22 Nov 2026 13:00:00 CET", None);
        check("Sunday, 06-Nov-94 08:49:37 GMT", None);
        check("2026-11-22", None);
    }

    #[test]
    fn s10_a_refused_token_is_renewed_once() {
        let mut attempts = Attempts::default();
        assert_eq!(attempts.after(status(401, None), true, NOW_MS, 0.5), Then::Renew);
        assert_eq!(attempts.after(status(401, None), true, NOW_MS, 0.5), Then::Take);
        assert_eq!(
            Attempts::default().after(status(401, None), false, NOW_MS, 0.5),
            Then::Take
        );
    }
}
