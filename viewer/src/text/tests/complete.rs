//! Each message is said in each language, with everything that it is to say.

use super::samples::messages;
use crate::text::{EditMsg, Lang, Msg, OnDemandMsg, PlanMsg};
use chart_model::{Known, Method, Status};

/// Messages that say nothing: the source did not state it, or there is nothing to add.
fn is_silent(msg: &Msg<'_>) -> bool {
    matches!(
        msg,
        Msg::Method(Method::Unstated) | Msg::Status(Status::Registered | Status::Final | Status::Unstated)
    )
}

/// Messages whose numbers are not written as digits: `1 år`, `ett opphold`, `Mar`.
fn has_other_digits(msg: &Msg<'_>) -> bool {
    matches!(
        msg,
        Msg::Days(365)
            | Msg::LastDays(365)
            | Msg::OfEdit(EditMsg::TooManyDecimals(0))
            | Msg::OfOnDemand(OnDemandMsg::Weekday(_))
            | Msg::OfPlan(PlanMsg::TimesADay(1) | PlanMsg::EveryWeeks(1))
            | Msg::Gaps(1, _)
            | Msg::FullDate(_)
            | Msg::DayOfMonth(..)
            | Msg::Month(_)
    )
}

/// Numbers and texts put into a message, as its `Debug` shows them: numbers stand alone, texts in quotes.
fn put_in(msg: &Msg<'_>) -> (Vec<String>, Vec<String>) {
    let shown = format!("{msg:?}");
    let (mut numbers, mut texts) = (Vec::new(), Vec::new());
    for (index, part) in shown.split('"').enumerate() {
        if index % 2 == 1 {
            texts.push(part.to_owned());
        } else {
            let words = part.split(['(', ')', ',', ' ']);
            numbers.extend(
                words
                    .filter(|word| word.parse::<i64>().is_ok())
                    .map(str::to_owned),
            );
        }
    }
    (numbers, texts)
}

#[test]
fn every_message_is_said_in_every_language() {
    for msg in messages() {
        for lang in Lang::ALL {
            let text = lang.say(msg);
            assert_eq!(text.is_empty(), is_silent(&msg), "{lang:?} {msg:?}");
            assert_eq!(text.trim(), text, "{lang:?} {msg:?}");
            assert!(!text.contains("  "), "{lang:?} {msg:?}");
        }
    }
}

#[test]
fn what_is_put_into_a_message_is_in_its_text() {
    for msg in messages().into_iter().filter(|msg| !matches!(msg, Msg::Unit(_))) {
        let (numbers, texts) = put_in(&msg);
        for lang in Lang::ALL {
            let said = lang.say(msg);
            assert!(!said.contains(['{', '}']), "{lang:?} {msg:?}: {said}");
            for text in &texts {
                let text = text.trim_end_matches('.');
                assert!(said.contains(text), "{lang:?} {msg:?}: {said}");
            }
            for number in numbers.iter().filter(|_| !has_other_digits(&msg)) {
                assert!(said.contains(&lang.digits(number)), "{lang:?} {msg:?}: {said}");
            }
        }
    }
}

#[test]
fn sentences_end_alike_in_every_language() {
    let dates_bring_their_own = |msg: &Msg<'_>| matches!(msg, Msg::DayOfMonth(..) | Msg::Month(_));
    for msg in messages().into_iter().filter(|msg| !dates_bring_their_own(msg)) {
        let end = |lang: Lang| lang.say(msg).chars().last().filter(|end| ".…:!?".contains(*end));
        let ends = Lang::ALL.map(end);
        assert!(ends.iter().all(|end| *end == ends[0]), "{msg:?} {ends:?}");
    }
}

#[test]
fn english_is_not_norwegian_left_over() {
    let same: Vec<String> = messages()
        .into_iter()
        .filter(|msg| !is_silent(msg) && Lang::English.say(*msg) == Lang::Bokmal.say(*msg))
        .map(|msg| Lang::English.say(msg).into_owned())
        .collect();
    assert_eq!(
        same,
        [
            "SpO₂", "FEV1", "PEF", "CAT", "mmHg", "/min", "°C", "L", "L/min", "kg", "%", "stone", "Plan vAB",
            "Plan", // Signs only: every word in them is put in.
            "AB: YZ", "AB: YZ"
        ]
    );
}

#[test]
fn nynorsk_is_not_bokmal_left_over() {
    const BOKMAL_ONLY: [&str; 19] = [
        "ikke",
        "noe",
        "fra",
        "ble",
        "hva",
        "hvor",
        "siden",
        "målinger",
        "målingen",
        "målingene",
        "dager",
        "timer",
        "måneder",
        "mangler",
        "hentes",
        "hentet",
        "åpne",
        "tjenesten",
        "uten",
    ];
    for msg in messages() {
        let text = Lang::Nynorsk.say(msg).to_lowercase();
        for word in text.split(|letter: char| !letter.is_alphabetic()) {
            assert!(!BOKMAL_ONLY.contains(&word), "{msg:?}: {text}");
        }
    }
}

#[test]
fn a_number_and_what_belongs_to_it_stay_on_one_line() {
    for lang in Lang::ALL {
        let dates = messages()
            .into_iter()
            .filter(|msg| matches!(msg, Msg::Clock(..) | Msg::FullDate(_) | Msg::DayOfMonth(..)))
            .map(|date| lang.say(date).into_owned());
        let values = Known::ALL.map(|known| lang.with_unit(&lang.digits("1234567.5"), known.spec().unit));
        for text in dates.chain(values) {
            assert!(!text.contains(' '), "{lang:?} {text}");
        }
    }
}
