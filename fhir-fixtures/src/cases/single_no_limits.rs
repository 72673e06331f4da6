//! One parameter, no limits: weight every third day, written down by the patient.

use jiff::civil::{Date, date};

use crate::Case;
use crate::expected::Zone;
use crate::parameter::WEIGHT;
use crate::person::Person;
use crate::plan::follow_up;
use crate::resource::decimal;
use crate::script::Script;

pub(crate) fn case(seed: u64, until: Date) -> Case {
    let person = Person {
        given: "Liv",
        family: "Enkeltvik",
        female: true,
        born: date(1948, 9, 27),
    };
    let mut script = Script::new("single-no-limits", seed, until, &person);
    follow_up(&mut script, 130);
    // 121, 118, …, 4, 1 days before the last day: thirty of them in the period, no break.
    for days_before in (1..=121).rev().step_by(3) {
        let when = script.about(days_before, (7, 30), 20);
        let value = decimal(script.rng.within(684, 697), 1);
        let weight = script.observation(&WEIGHT, &when).value(&value).manual();
        script.reading(weight, &value, Zone::NoLimit);
    }
    Case::new(
        script,
        "Bare vekt, ingen grenser",
        "Weighs herself every third day and types the value in. Nobody has set limits, so every reading is \
         'no limit', which must never look like 'within limits'.",
    )
}
