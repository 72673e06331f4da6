//! A patient whom nobody follows digitally: no readings, no plan, no EpisodeOfCare.

use jiff::civil::{Date, date};

use crate::Case;
use crate::person::Person;
use crate::script::Script;

pub(crate) fn case(seed: u64, until: Date) -> Case {
    let person = Person {
        given: "Nils",
        family: "Utenmåling",
        female: false,
        born: date(1961, 2, 3),
    };
    Case::new(
        Script::new("no-monitoring", seed, until, &person),
        "Uten hjemmeoppfølging",
        "A patient in the journal who is not enrolled in home monitoring. The bundle holds the Patient alone. \
         The viewer must say so in words: this is neither an error nor an empty period.",
    )
}
