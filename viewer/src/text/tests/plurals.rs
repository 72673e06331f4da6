//! A number and its noun agree, in every language.

use crate::text::{Lang, Msg};

/// What is said of 0, 1, 2 and 1000, with the spaces that a reader sees.
#[track_caller]
fn check<N: Copy + TryFrom<u16>>(msg: fn(N) -> Msg<'static>, lang: Lang, expected: [&str; 4]) {
    let said = [0, 1, 2, 1000].map(|number| {
        let Ok(number) = N::try_from(number) else {
            panic!("{number} fits every type that a message counts in");
        };
        lang.say(msg(number)).replace('\u{a0}', " ")
    });
    assert_eq!(said, expected);
}

#[test]
fn days() {
    check(
        Msg::Days,
        Lang::Bokmal,
        ["0 dager", "1 dag", "2 dager", "1 000 dager"],
    );
    check(
        Msg::Days,
        Lang::Nynorsk,
        ["0 dagar", "1 dag", "2 dagar", "1 000 dagar"],
    );
    check(
        Msg::Days,
        Lang::English,
        ["0 days", "1 day", "2 days", "1,000 days"],
    );
}

#[test]
fn hours() {
    check(
        Msg::Hours,
        Lang::Bokmal,
        ["0 timer", "1 time", "2 timer", "1 000 timer"],
    );
    check(
        Msg::Hours,
        Lang::Nynorsk,
        ["0 timar", "1 time", "2 timar", "1 000 timar"],
    );
    check(
        Msg::Hours,
        Lang::English,
        ["0 hours", "1 hour", "2 hours", "1,000 hours"],
    );
}

#[test]
fn years_of_age() {
    for (years, texts) in [
        (0, ["0 år", "0 år", "0 years"]),
        (1, ["1 år", "1 år", "1 year"]),
        (2, ["2 år", "2 år", "2 years"]),
    ] {
        assert_eq!(Lang::ALL.map(|lang| lang.say(Msg::AgeInYears(years))), texts);
    }
}

#[test]
fn ages_of_readings() {
    check(
        Msg::DaysAgo,
        Lang::Bokmal,
        [
            "0 dager siden",
            "1 dag siden",
            "2 dager siden",
            "1 000 dager siden",
        ],
    );
    check(
        Msg::DaysAgo,
        Lang::Nynorsk,
        [
            "for 0 dagar sidan",
            "for 1 dag sidan",
            "for 2 dagar sidan",
            "for 1 000 dagar sidan",
        ],
    );
    check(
        Msg::DaysAgo,
        Lang::English,
        ["0 days ago", "1 day ago", "2 days ago", "1,000 days ago"],
    );
}

#[test]
fn adjectives_of_readings() {
    check(
        Msg::YellowCount,
        Lang::Bokmal,
        ["0 gule", "1 gul", "2 gule", "1 000 gule"],
    );
    check(
        Msg::RedCount,
        Lang::Bokmal,
        ["0 røde", "1 rød", "2 røde", "1 000 røde"],
    );
    check(
        Msg::RedCount,
        Lang::Nynorsk,
        ["0 raude", "1 raud", "2 raude", "1 000 raude"],
    );
    check(
        Msg::RedCount,
        Lang::English,
        ["0 red", "1 red", "2 red", "1,000 red"],
    );
}

#[test]
fn what_is_left_out_or_hidden() {
    for (lang, left_out, hidden) in [
        (
            Lang::Bokmal,
            [
                "1 usannsynlig måling er utelatt",
                "2 usannsynlige målinger er utelatt",
            ],
            ["1 parameter er skjult", "2 parametre er skjult"],
        ),
        (
            Lang::Nynorsk,
            [
                "1 usannsynleg måling er utelaten",
                "2 usannsynlege målingar er utelatne",
            ],
            ["1 parameter er gøymd", "2 parametrar er gøymde"],
        ),
        (
            Lang::English,
            [
                "1 implausible reading is left out",
                "2 implausible readings are left out",
            ],
            ["1 parameter is hidden", "2 parameters are hidden"],
        ),
    ] {
        assert_eq!(
            [1, 2].map(|number| lang.say(Msg::ImplausibleCount(number))),
            left_out
        );
        assert_eq!([1, 2].map(|number| lang.say(Msg::HiddenCount(number))), hidden);
    }
}

#[test]
fn a_negative_number_takes_the_form_of_its_size() {
    for (number, texts) in [
        (-1, ["−1 dag", "−1 dag", "−1 day"]),
        (-2, ["−2 dager", "−2 dagar", "−2 days"]),
    ] {
        assert_eq!(Lang::ALL.map(|lang| lang.say(Msg::Days(number))), texts);
    }
}
