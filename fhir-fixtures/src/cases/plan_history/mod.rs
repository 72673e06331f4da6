//! A plan that five people and a year have written on: seven versions with what is known of each, and a suggestion
//! made on an older one.

mod people;
mod saves;
mod stories;

use jiff::civil::{Date, date};

use crate::Case;
use crate::expected::Zone::{Green, NoLimit, RedLow, YellowLow};
use crate::parameter::{SPO2, WEIGHT};
use crate::person::Person;
use crate::resource::decimal;
use crate::script::Script;

/// The day of the save by which the limits were loosened, in the afternoon.
const LOOSENED: i32 = 64;

pub(crate) fn case(seed: u64, until: Date) -> Case {
    let person = Person {
        given: "Vera",
        family: "Versjonsen",
        female: true,
        born: date(1951, 9, 2),
    };
    let mut script = Script::new("plan-history", seed, until, &person);
    people::add(&mut script);
    saves::add(&mut script);
    let oximeter = script.device("oximeter", "Pulsoksymeter", "Fingerklype");
    let scale = script.device("scale", "Vekt", "Badevekt");
    for days_before in (1..=100).rev() {
        let when = script.about(days_before, (8, 20), 15);
        let is_loosened = days_before < LOOSENED;
        let limits = if is_loosened {
            &stories::LOOSER
        } else {
            &stories::TIGHT
        };
        let (value, zone) = match (days_before, is_loosened) {
            (90 | 80 | 75 | 70, _) => (script.rng.within(88, 91), YellowLow),
            (40 | 41, _) => (script.rng.within(86, 89), YellowLow),
            (42, _) => (84, RedLow),
            (_, true) => (script.rng.within(90, 94), Green),
            (_, false) => (script.rng.within(92, 95), Green),
        };
        let value = value.to_string();
        let reading = script.observation(&SPO2, &when).value(&value).limits(limits);
        script.reading(reading.device(&oximeter), &value, zone);
        if days_before % 7 == 1 {
            let when = script.about(days_before, (7, 40), 10);
            let value = decimal(712 + script.rng.within(-6, 6), 1);
            let reading = script.observation(&WEIGHT, &when).value(&value).device(&scale);
            script.reading(reading, &value, NoLimit);
        }
    }
    Case::new(
        script,
        "Plan med historikk",
        "A self-treatment plan with seven versions over the last year by a hospital specialist, the GP and the \
         follow-up nurse: cells, conditions, goals, limits, intervals and contacts change. The fourth version has \
         no Provenance, that of the sixth does not know who. A suggestion by the GP was made on the fifth version \
         and clashes with the sixth in one cell.",
    )
}
