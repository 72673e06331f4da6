//! The same reading from two systems, and readings that only look like the same. Weights in the evening.

use crate::calendar::{Moment, with_offset};
use crate::expected::Zone::{Green, NoLimit};
use crate::observation::Observation;
use crate::parameter::{STEPS, WEIGHT};
use crate::resource::MUNICIPALITY;
use crate::script::{Script, clock};

use super::WEIGHT_LIMITS;

/// Numbers that the municipal journal gives to what it stores.
const MUNICIPAL_NUMBER: &str = "https://kommune.example/id/observation";

pub(super) fn add(script: &mut Script) {
    said_twice(script);
    only_alike(script);
}

fn weight(script: &Script, name: &str, when: &Moment, value: &str) -> Observation {
    script
        .named(name, &WEIGHT, when)
        .value(value)
        .limits(&WEIGHT_LIMITS)
}

fn said_twice(script: &mut Script) {
    // The municipal journal has kept the home monitoring service's number, and lost the device.
    let when = script.calendar.at(12, clock(21, 0));
    let first = weight(script, "twice-by-number", &when, "77.1").device("messy-scale");
    let number = first.id.clone();
    script.reading(first, "77.1", Green);
    let second = weight(script, "twice-by-number-copy", &when, "77.1")
        .numbered(crate::observation::READING_NUMBER, &number)
        .source(MUNICIPALITY);
    script.duplicate(second, "twice-by-number");

    // Numbers of their own, but the same scale at the same second.
    let when = script.calendar.at(13, clock(21, 0));
    let first = weight(script, "twice-by-device", &when, "77.2").device("messy-scale");
    script.reading(first, "77.2", Green);
    let second = weight(script, "twice-by-device-copy", &when, "77.2")
        .numbered(MUNICIPAL_NUMBER, "4711")
        .source(MUNICIPALITY)
        .device("messy-scale");
    script.duplicate(second, "twice-by-device");

    // Neither names a device; the copy is written in UTC and in grams.
    let when = script.calendar.at(14, clock(21, 0));
    let copied = script.calendar.at_in_utc(14, clock(21, 0));
    let first = weight(script, "twice-by-time", &when, "77.3");
    let in_utc = copied.text.clone();
    script.reading_with(first, "77.3", Green, |reading| reading.or_time = Some(in_utc));
    let second = weight(script, "twice-by-time-copy", &copied, "77.3")
        .value_in("77300", "g")
        .numbered(MUNICIPAL_NUMBER, "4712")
        .source(MUNICIPALITY);
    script.duplicate(second, "twice-by-time");
}

fn only_alike(script: &mut Script) {
    // Three steps onto the same scale within one minute, two of them with the same value.
    let day = script.calendar.day(15);
    for (name, time, value) in [
        ("same-minute-first", "20:30:05", "77.1"),
        ("same-minute-second", "20:30:25", "77.1"),
        ("same-minute-third", "20:30:45", "77.4"),
    ] {
        let reading = weight(script, name, &with_offset(day, time, "+01:00"), value).device("messy-scale");
        script.reading(reading, value, Green);
    }
    // The same second, two values.
    let when = script.calendar.at(16, clock(21, 0));
    for (name, value) in [("same-second-lower", "77"), ("same-second-higher", "77.5")] {
        let reading = weight(script, name, &when, value).device("messy-scale");
        script.reading(reading, value, Green);
    }
    // The same second and value, two scales.
    let when = script.calendar.at(17, clock(21, 0));
    for (name, device) in [("one-scale", "messy-scale"), ("another-scale", "messy-old-scale")] {
        let reading = weight(script, name, &when, "77.6").device(device);
        script.reading(reading, "77.6", Green);
    }
    // The same day and value from two sources: without a clock time nobody knows that it is one reading.
    let when = script.calendar.date_only(21);
    let reading = script.named("same-day-home", &STEPS, &when).value("5000");
    script.reading(reading, "5000", NoLimit);
    let reading = script
        .named("same-day-municipality", &STEPS, &when)
        .value("5000")
        .numbered(MUNICIPAL_NUMBER, "4713")
        .source(MUNICIPALITY);
    script.reading(reading, "5000", NoLimit);
}
