//! Everything that real sources get wrong or do in their own way, in one patient. Each oddity is one entry
//! with its own name among plain daily readings, so that nothing else depends on it; the entries come in
//! shuffled order. What is not valid R4 is listed in `invalid_r4`.

mod codes;
mod duplicates;
mod limit_forms;
mod statuses;
mod times;
mod units;

use jiff::civil::{Date, date};

use crate::Case;
use crate::expected::Zone::Green;
use crate::limits::{Limit, limit};
use crate::observation::Observation;
use crate::parameter::{GLUCOSE, PULSE, Parameter, TEMPERATURE, WEIGHT};
use crate::person::Person;
use crate::plan::follow_up;
use crate::resource::decimal;
use crate::script::{Script, clock};

static PULSE_LIMITS: [Limit; 5] = [
    limit("LL", "", "44"),
    limit("L", "45", "49"),
    limit("N", "50", "100"),
    limit("H", "101", "115"),
    limit("HH", "116", ""),
];
static WEIGHT_LIMITS: [Limit; 5] = [
    limit("LL", "", "72.9"),
    limit("L", "73.0", "74.9"),
    limit("N", "75.0", "80.0"),
    limit("H", "80.1", "82.0"),
    limit("HH", "82.1", ""),
];
static TEMPERATURE_LIMITS: [Limit; 3] = [
    limit("N", "36.0", "37.8"),
    limit("H", "37.9", "38.4"),
    limit("HH", "38.5", ""),
];
static GLUCOSE_LIMITS: [Limit; 5] = [
    limit("LL", "", "2.9"),
    limit("L", "3.0", "3.9"),
    limit("N", "4.0", "10.0"),
    limit("H", "10.1", "13.9"),
    limit("HH", "14.0", ""),
];

pub(crate) fn case(seed: u64, until: Date) -> Case {
    let person = Person {
        given: "Rolf",
        family: "Rotebu",
        female: false,
        born: date(1950, 12, 24),
    };
    let mut script = Script::new("messy", seed, until, &person);
    follow_up(&mut script, 130);
    script.device("band", "Pulsmåler", "Armbånd");
    script.device("scale", "Vekt", "Badevekt");
    script.device("old-scale", "Vekt", "Gammel badevekt");
    // Each daily row reaches so far back that all oddities of its parameter in the period are among its readings.
    daily(
        &mut script,
        100,
        8,
        &PULSE,
        &PULSE_LIMITS,
        (62, 78, 0),
        "messy-band",
    );
    daily(
        &mut script,
        60,
        7,
        &WEIGHT,
        &WEIGHT_LIMITS,
        (762, 784, 1),
        "messy-scale",
    );
    daily(
        &mut script,
        40,
        19,
        &TEMPERATURE,
        &TEMPERATURE_LIMITS,
        (362, 371, 1),
        "messy-band",
    );
    daily(
        &mut script,
        45,
        12,
        &GLUCOSE,
        &GLUCOSE_LIMITS,
        (51, 78, 1),
        "messy-band",
    );
    statuses::add(&mut script);
    times::add(&mut script);
    duplicates::add(&mut script);
    units::add(&mut script);
    limit_forms::add(&mut script);
    codes::add(&mut script);
    script.shuffle();
    Case::new(
        script,
        "Rotete data",
        "A patient whose sources do everything that real ones do: retracted and preliminary readings, duplicates \
         from two systems, other units for values and limits, unknown codes, times in every spelling, limits that \
         overlap, are reversed or leave holes, values that cannot be right. The name of each entry says what it \
         is about. None of them may cost another reading, and all of them must be accounted for.",
    )
}

/// A plain green reading a day at `hour` o'clock; values from a lowest to a highest in units of the last decimal.
fn daily(
    script: &mut Script,
    since: i32,
    hour: i8,
    parameter: &Parameter,
    limits: &[Limit],
    (lowest, highest, decimals): (i64, i64, u32),
    device: &str,
) {
    for days_before in 1..=since {
        let when = script.calendar.at(days_before, clock(hour, 0));
        let value = decimal(script.rng.within(lowest, highest), decimals);
        let reading = script
            .observation(parameter, &when)
            .value(&value)
            .limits(limits)
            .device(device);
        script.reading(reading, &value, Green);
    }
}

/// A pulse with limits at `hour` o'clock, from the band.
fn pulse(script: &Script, name: &str, days_before: i32, hour: i8, value: &str) -> Observation {
    let when = script.calendar.at(days_before, clock(hour, 0));
    script
        .named(name, &PULSE, &when)
        .value(value)
        .limits(&PULSE_LIMITS)
        .device("messy-band")
}
