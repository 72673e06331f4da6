//! The self-treatment plan of the COPD patient.

use super::limits::{CAT_LIMITS, PULSE_SECOND, SPO2_THIRD, TEMPERATURE_LIMITS};
use super::{CHANGED, FIRST_DAY};
use crate::parameter::{CAT, FEV1, PULSE, SPO2, TEMPERATURE, WEIGHT};
use crate::plan::{Cadence, CurrentLimits, Plan, ZonePlan};

pub(super) static PLAN: Plan = Plan {
    title: "Egenbehandlingsplan ved KOLS",
    since: FIRST_DAY,
    limits_since: CHANGED[1],
    what_matters: "Å kunne gå til butikken selv og ha barnebarna på besøk.",
    cadence: &[
        Cadence {
            parameter: &SPO2,
            every_days: 1,
        },
        Cadence {
            parameter: &PULSE,
            every_days: 1,
        },
        Cadence {
            parameter: &TEMPERATURE,
            every_days: 1,
        },
        Cadence {
            parameter: &WEIGHT,
            every_days: 7,
        },
        Cadence {
            parameter: &FEV1,
            every_days: 7,
        },
        Cadence {
            parameter: &CAT,
            every_days: 28,
        },
    ],
    limits: &[
        CurrentLimits {
            parameter: &SPO2,
            limits: &SPO2_THIRD,
        },
        CurrentLimits {
            parameter: &PULSE,
            limits: &PULSE_SECOND,
        },
        CurrentLimits {
            parameter: &TEMPERATURE,
            limits: &TEMPERATURE_LIMITS,
        },
        CurrentLimits {
            parameter: &CAT,
            limits: &CAT_LIMITS,
        },
    ],
    zones: &[
        ZonePlan {
            code: "green",
            title: "Grønn sone",
            condition: "Som vanlig: pusten er som den pleier, lite hoste.",
            actions: &[
                ("medikamentelle tiltak", "Faste inhalasjoner morgen og kveld."),
                (
                    "fysisk aktivitet",
                    "Gå en tur hver dag. Pusteøvelser to ganger om dagen.",
                ),
                ("kosthold", "Små måltider, nok å drikke."),
            ],
        },
        ZonePlan {
            code: "yellow",
            title: "Gul sone",
            condition: "Tyngre pust enn vanlig, mer hoste eller slim, i to dager.",
            actions: &[
                (
                    "medikamentelle tiltak",
                    "Øk korttidsvirkende inhalasjon. Ring oppfølgingstjenesten om kur.",
                ),
                ("målinger", "Mål oksygenmetning morgen og kveld."),
            ],
        },
        ZonePlan {
            code: "red",
            title: "Rød sone",
            condition: "Svært tung pust i hvile, feber eller forvirring.",
            actions: &[
                ("medikamentelle tiltak", "Start kuren du har hjemme."),
                (
                    "annet",
                    "Ring kontaktpersonen på sykehuset, eller 113 om det haster.",
                ),
            ],
        },
    ],
};
