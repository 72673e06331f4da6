//! What is known of the latest values, given what of time has been fetched.

use chart_model::Date;
use chart_model::time::DAY_MS;

use super::*;
use crate::state::ProblemKind;

/// 22 November 2026, 09:14 in Oslo.
const NOW: i64 = 1_795_335_240_000;

fn collected() -> Collected {
    let mut collected = Collected::new(Reader::new("7", "ehr"), PeriodChoice::default(), NOW);
    collected.renew(Rc::new(RefCell::new(Reader::new("7", "ehr"))), NOW);
    collected
}

/// Everything since so many days ago is here.
fn loaded_since(collected: &mut Collected, days: i64) {
    collected.loaded.add(Period {
        from: NOW - days * DAY_MS,
        to: i64::MAX,
    });
}

/// A page with readings (code, days ago); codes of the table are LOINC's.
fn add(collected: &mut Collected, readings: &[(&str, i64)]) {
    let entries: Vec<String> = readings
        .iter()
        .map(|(code, days)| {
            let system = if code.contains('-') {
                "http://loinc.org"
            } else {
                "urn:x"
            };
            let time = chart_model::oslo::to_fhir(NOW - days * DAY_MS);
            format!(
                r#"{{"resource":{{"resourceType":"Observation","id":"{code}.{days}","status":"final",
                "subject":{{"reference":"Patient/7"}},"effectiveDateTime":"{time}",
                "code":{{"coding":[{{"system":"{system}","code":"{code}"}}],"text":"{code}"}},
                "valueQuantity":{{"value":60,"code":"%","system":"http://unitsofmeasure.org"}}}}}}"#
            )
        })
        .collect();
    let bundle = format!(
        r#"{{"resourceType":"Bundle","type":"searchset","entry":[{}]}}"#,
        entries.join(",")
    );
    let page = collected
        .reader
        .borrow_mut()
        .observations(bundle.as_bytes())
        .unwrap();
    assert_eq!(page.readings.len(), readings.len(), "{:?}", page.findings);
    collected.add(page, NOW);
}

fn unsure(collected: &Collected) -> Vec<String> {
    collected.unsure().iter().map(Parameter::id).collect()
}

const SPO2: &str = "2708-6";

#[test]
fn with_everything_or_the_servers_own_word_all_is_sure() {
    let mut all = collected();
    all.loaded = Loaded::everything();
    assert!(unsure(&all).is_empty() && all.has_everything());
    let mut told = collected();
    told.latest_told = true;
    assert!(unsure(&told).is_empty() && !told.has_everything());
}

#[test]
fn a_parameter_is_asked_for_by_itself_where_a_newer_reading_may_exist() {
    let mut some = collected();
    loaded_since(&mut some, 30);
    add(&mut some, &[(SPO2, 1), ("cough", 2)]);
    let missing = unsure(&some);
    assert_eq!(missing.len(), Known::ALL.len() - 1, "{missing:?}");
    assert!(!missing.contains(&"spo2".to_owned()) && !missing.contains(&"urn:x|cough".to_owned()));
    assert!(!some.misleads(), "nothing old is shown as the latest");

    // A period far back: the newest of it need not be the newest of all.
    add(&mut some, &[("sleep", 200), (SPO2, 200), ("8867-4", 200)]);
    let missing = unsure(&some);
    for (id, is_unsure) in [("urn:x|sleep", true), ("pulse", true), ("spo2", false)] {
        assert_eq!(missing.contains(&id.to_owned()), is_unsure, "{id}");
    }
    assert!(some.misleads());
    loaded_since(&mut some, 200);
    assert!(!some.misleads());
}

#[test]
fn who_was_asked_for_is_not_asked_for_again_unless_it_failed() {
    let mut some = collected();
    let spo2 = Parameter::from(Known::Spo2);
    let problem = Rc::new(Problem {
        kind: ProblemKind::Server,
        host: String::new(),
        detail: String::new(),
    });
    some.answered_alone(&spo2, &Err(problem));
    assert!(some.unsure().contains(&spo2));
    assert_eq!(some.failed_alone.len(), 1);
    some.answered_alone(&spo2, &Ok(()));
    assert!(!some.unsure().contains(&spo2));
    assert_eq!(some.failed_alone.len(), 0);
    some.renew(Rc::new(RefCell::new(Reader::new("7", "ehr"))), NOW);
    assert!(some.unsure().contains(&spo2), "a refresh asks anew");
}

#[test]
fn older_readings_are_looked_for_before_the_stretch_that_reaches_up_to_now() {
    let mut some = collected();
    loaded_since(&mut some, 30);
    assert_eq!(
        some.reaches_back_to(),
        some.period.from,
        "90 days are being fetched"
    );
    let day = Date::parse("2026-05-02").unwrap();
    some.want(PeriodChoice::Between { from: day, to: day }, NOW);
    assert_eq!(some.reaches_back_to(), NOW - 30 * DAY_MS);
    loaded_since(&mut some, 365);
    assert_eq!(some.reaches_back_to(), NOW - 365 * DAY_MS);

    let nothing = collected();
    assert_eq!(nothing.reaches_back_to(), nothing.period.from);
}

#[test]
fn each_choice_of_a_period_counts() {
    let mut some = collected();
    let before = some.asked;
    let period = some.want(PeriodChoice::LastDays(14), NOW);
    assert_eq!((some.period, some.asked), (period, before + 1));
    assert_eq!(some.choice, PeriodChoice::LastDays(14));
}

#[test]
fn while_readings_stream_in_the_screen_is_renewed_when_there_is_something_to_see() {
    let mut some = collected();
    some.loaded = Loaded::everything();
    some.published(NOW);
    let spo2 = |count: i64| (0..count).map(|days| (SPO2, days)).collect::<Vec<_>>();
    add(&mut some, &spo2(100));
    assert!(!some.is_due(NOW + PUBLISH_EVERY_MS - 1), "just now");
    assert!(some.is_due(NOW + PUBLISH_EVERY_MS));
    assert!(!some.is_due(NOW + PUBLISH_EVERY_MS), "somebody renews it already");
    some.published(NOW);

    let older = |from: i64, count: i64| (from..from + count).map(|days| (SPO2, days)).collect::<Vec<_>>();
    add(&mut some, &older(100, 5));
    assert!(
        !some.is_due(NOW + 2 * PUBLISH_EVERY_MS),
        "five more among a hundred"
    );
    add(&mut some, &older(105, 20));
    assert!(some.is_due(NOW + 2 * PUBLISH_EVERY_MS));
}
