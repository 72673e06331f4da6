//! Moments as protocols write them, in milliseconds since 1970. Knows no time zone but UTC and offsets from it.

/// Days from 1970-01-01 to a date of the years 1970 to 9999; `None` for what is no such date.
pub(crate) fn days_since_1970(year: u32, month: u32, day: u32) -> Option<u32> {
    const DAYS_BEFORE: [u32; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    let is_leap =
        |year: u32| (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400);
    if !(1970..=9999).contains(&year) || !(1..=31).contains(&day) {
        return None;
    }
    let before_month = DAYS_BEFORE.get(usize::try_from(month.checked_sub(1)?).ok()?)?;
    let leap_days = (1970..year).filter(|year| is_leap(*year)).count();
    let leap_day = u32::from(month > 2 && is_leap(year));
    Some((year - 1970) * 365 + u32::try_from(leap_days).ok()? + before_month + leap_day + day - 1)
}

/// `2026-11-22T13:00:00.123Z`, or with an offset (RFC 3339). What is finer than a millisecond is left out.
pub(crate) fn instant_ms(text: &str) -> Option<f64> {
    let (date, clock) = text.split_once(['T', 't'])?;
    let mut date = date.split('-').map(|part| part.parse::<u32>().ok());
    let days = days_since_1970(date.next()??, date.next()??, date.next()??)?;
    let zone_at = clock.find(['Z', 'z', '+', '-'])?;
    let (clock, zone) = clock.split_at_checked(zone_at)?;
    let mut parts = clock.split(':');
    let (hour, minute): (u32, u32) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let (second, fraction) = parts
        .next()
        .map(|part| part.split_once('.').unwrap_or((part, "")))?;
    let (second, thousandths): (u32, u32) = (second.parse().ok()?, format!("{fraction:0<3.3}").parse().ok()?);
    let offset_minutes = match zone {
        "Z" | "z" => 0.0,
        zone => {
            let (hours, minutes) = zone.get(1..)?.split_once(':')?;
            let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
            let total = f64::from(hours) * 60.0 + f64::from(minutes);
            if zone.starts_with('-') { -total } else { total }
        }
    };
    let minutes = f64::from(days) * 1440.0 + f64::from(hour) * 60.0 + f64::from(minute) - offset_minutes;
    Some((minutes * 60.0 + f64::from(second)) * 1000.0 + f64::from(thousandths))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_read_with_its_offset() {
        let check = |text: &str, expected: Option<f64>| assert_eq!(instant_ms(text), expected, "{text}");
        check("1970-01-01T00:00:00Z", Some(0.0));
        check("2026-11-22T13:00:00Z", Some(1_795_352_400_000.0));
        check("2026-11-22T13:00:00.250Z", Some(1_795_352_400_250.0));
        check("2026-11-22T14:00:00+01:00", Some(1_795_352_400_000.0));
        check("2026-11-22T07:30:00-05:30", Some(1_795_352_400_000.0));
        check("2026-11-22T13:00:00.5Z", Some(1_795_352_400_500.0));
        check("2026-11-22T13:00:00.2509Z", Some(1_795_352_400_250.0));
        check("2026-11-22T13:00:00.x5Z", None);
        check("2026-11-22", None);
        check("2026-11-22T13:00:00", None);
        check("2026-13-22T13:00:00Z", None);
        check("2026-00-22T13:00:00Z", None);
        check("T-Z", None);
        check("", None);
    }
}
