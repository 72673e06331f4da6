//! Times in every spelling: offsets, UTC, fractions, dates alone, periods, clock changes, none at all.
//! Most are pulses at 13:00 on a day of their own.

use serde_json::json;

use super::{TEMPERATURE_LIMITS, WEIGHT_LIMITS, pulse};
use crate::calendar::{Moment, with_offset};
use crate::expected::Finding::{FutureReading, MalformedTime, MissingTime, TimeWithoutZone};
use crate::expected::Zone::{Green, NoLimit};
use crate::observation::Observation;
use crate::parameter::{PULSE, RESPIRATORY_RATE, STEPS, TEMPERATURE, WEIGHT};
use crate::script::{Script, clock};

pub(super) fn add(script: &mut Script) {
    spelled_otherwise(script);
    not_to_be_placed(script);
    days_without_clock(script);
    nights_of_clock_change(script);
    latest_by_instant_not_by_text(script);
    // The only respiratory rate is older than the period: latest value, but nothing to draw.
    let when = script.calendar.at(200, clock(10, 0));
    let reading = script
        .named("older-than-the-period", &RESPIRATORY_RATE, &when)
        .value("16");
    script.reading(reading, "16", NoLimit);
}

/// A pulse at a moment that the helper of this patient does not make.
fn pulse_at(script: &Script, name: &str, when: &Moment, value: &str) -> Observation {
    script
        .named(name, &PULSE, when)
        .value(value)
        .limits(&super::PULSE_LIMITS)
        .device("messy-band")
}

fn spelled_otherwise(script: &mut Script) {
    let day = |days_before| script.calendar.day(days_before);
    let spellings = [
        ("time-in-utc", script.calendar.at_in_utc(25, clock(13, 0)), "70"),
        (
            "time-with-foreign-offset",
            with_offset(day(26), "06:45:00", "-05:00"),
            "69",
        ),
        (
            "time-with-fraction",
            with_offset(day(27), "13:00:30.250", "+01:00"),
            "68",
        ),
    ];
    for (name, when, value) in spellings {
        let observation = pulse_at(script, name, &when, value);
        script.reading(observation, value, Green);
    }

    let observation = pulse(script, "effective-instant", 28, 13, "67");
    let instant = json!(observation.when.text);
    let observation = observation
        .without("effectiveDateTime")
        .set("effectiveInstant", instant);
    script.reading(observation, "67", Green);

    let observation = pulse(script, "effective-period", 29, 13, "66");
    let end = script.calendar.at(29, clock(13, 10)).text;
    let period = json!({ "start": observation.when.text, "end": end });
    let observation = observation
        .without("effectiveDateTime")
        .set("effectivePeriod", period);
    script.reading_with(observation, "66", Green, |reading| reading.or_time = Some(end));

    // Sent in four weeks late; it counts on the day on which it was taken.
    let issued = json!(script.calendar.at(2, clock(9, 0)).text);
    let observation = pulse(script, "issued-later", 30, 13, "65").set("issued", issued);
    script.reading(observation, "65", Green);
}

fn not_to_be_placed(script: &mut Script) {
    let issued = json!(script.calendar.at(31, clock(13, 0)).text);
    let observation = pulse_at(script, "no-time", &Moment::unreadable(""), "64")
        .without("effectiveDateTime")
        .set("issued", issued);
    script.finding(observation, MissingTime);
    let text = format!("{}T13:00:00", script.calendar.day(32));
    let observation = pulse_at(script, "time-without-zone", &Moment::unreadable(text), "63");
    script.invalid(observation, TimeWithoutZone);
    let year = script.calendar.day(0).year();
    for (name, text) in [
        ("month-thirteen", format!("{year}-13-05T08:00:00+01:00")),
        ("norwegian-date", format!("12.03.{year} 08:00")),
    ] {
        let observation = pulse_at(script, name, &Moment::unreadable(text), "62");
        script.invalid(observation, MalformedTime);
    }
    let observation = pulse(script, "future", -3, 13, "61");
    script.finding(observation, FutureReading);
    let observation = script
        .named("future-date", &STEPS, &script.calendar.date_only(-3))
        .value("4000");
    script.finding(observation, FutureReading);
}

fn days_without_clock(script: &mut Script) {
    for days_before in 2..=20 {
        let value = script.rng.within(2_800, 8_900).to_string();
        let when = script.calendar.date_only(days_before);
        let reading = script
            .observation(&STEPS, &when)
            .value(&value)
            .device("messy-band");
        script.reading(reading, &value, NoLimit);
    }
    // Zero is a value, and the newest one.
    let reading = script
        .named("zero-steps", &STEPS, &script.calendar.date_only(1))
        .value("0")
        .device("messy-band");
    script.reading(reading, "0", NoLimit);
    let when = script.calendar.date_only(24);
    let reading = script
        .named("date-only-weight", &WEIGHT, &when)
        .value("77.7")
        .limits(&WEIGHT_LIMITS)
        .manual();
    script.reading(reading, "77.7", Green);
}

/// In October 02:30 comes twice; in March the clock goes from 01:59 to 03:00. Same device, same value:
/// four readings, two of them a minute or two apart, two an hour.
fn nights_of_clock_change(script: &mut Script) {
    let back = script.calendar.clock_went_back();
    let forward = script.calendar.clock_went_forward();
    for (name, day, time, offset) in [
        ("first-0230", back, "02:30:00", "+02:00"),
        ("second-0230", back, "02:30:00", "+01:00"),
        ("before-the-skipped-hour", forward, "01:59:00", "+01:00"),
        ("after-the-skipped-hour", forward, "03:01:00", "+02:00"),
    ] {
        let observation = pulse_at(script, name, &with_offset(day, time, offset), "58");
        script.reading(observation, "58", Green);
    }
}

/// The newest temperature is written in UTC, so that its text sorts before that of the one before it
/// (for Oslo is at least an hour ahead).
fn latest_by_instant_not_by_text(script: &mut Script) {
    for (name, when, value) in [
        (
            "earlier-with-later-text",
            script.calendar.at(1, clock(22, 0)),
            "36.4",
        ),
        (
            "latest-in-utc",
            script.calendar.at_in_utc(1, clock(22, 30)),
            "36.9",
        ),
    ] {
        let reading = script
            .named(name, &TEMPERATURE, &when)
            .value(value)
            .limits(&TEMPERATURE_LIMITS)
            .device("messy-band");
        script.reading(reading, value, Green);
    }
}
