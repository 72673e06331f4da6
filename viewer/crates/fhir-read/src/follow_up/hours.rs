//! When a service is open.

use chart_model::follow_up::{Hours, Reach};
use chart_model::lowercase;

use crate::gather::first_filled;
use crate::json::Json;

/// Opening hours that a resource itself gives: of a service, a place, a role; or in words, in an extension called so.
pub(super) fn hours(json: &Json) -> Reach {
    let mut found = Reach {
        remark: json.text("availabilityExceptions").into(),
        ..Reach::default()
    };
    for (list, from, to) in [
        ("availableTime", "availableStartTime", "availableEndTime"),
        ("hoursOfOperation", "openingTime", "closingTime"),
    ] {
        for time in json.get(list).items() {
            let clock = clock(time.text(from)).zip(clock(time.text(to)));
            let all_day = time.get("allDay").flag() == Some(true);
            if clock.is_none() && !all_day {
                continue;
            }
            let days: Vec<u8> = (0..7)
                .filter(|day| is_named(time.get("daysOfWeek"), *day))
                .collect();
            found.hours.push(Hours {
                days: if days.len() == 7 { Vec::new() } else { days },
                clock: clock.filter(|_| !all_day),
            });
        }
    }
    for extension in json.get("extension").items() {
        let url = lowercase(extension.text("url"));
        if found.remark.is_empty()
            && ["openinghours", "opening-hours", "apningstid", "hours"]
                .iter()
                .any(|name| url.contains(name))
        {
            found.remark =
                first_filled([extension.text("valueString"), extension.text("valueMarkdown")]).into();
        }
    }
    found
}

/// `08:00:00` in minutes after midnight.
fn clock(text: &str) -> Option<u16> {
    let mut parts = text.split(':').map(str::parse::<u16>);
    let (hour, minute) = (parts.next()?.ok()?, parts.next()?.ok()?);
    (hour <= 24 && minute < 60).then_some(hour * 60 + minute)
}

/// True if a list of days names this one, 0 = Monday.
fn is_named(days: &Json, day: u8) -> bool {
    const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let name = DAYS.get(usize::from(day)).copied().unwrap_or_default();
    days.items().iter().any(|there| there.as_text() == name)
}
