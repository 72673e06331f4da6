//! The subscription from outside: what is sent, what blanks the view, and every event in every phase.

use super::*;
use serde_json::{Value, json};

fn hub() -> Hub {
    let offer = HubOffer {
        url: "https://hub.example/hub".to_owned(),
        topic: Redacted("t 1".to_owned()),
    };
    Hub::new(offer, "p1".to_owned())
}

fn answered() -> HubEvent {
    HubEvent::SubscriptionAnswered {
        status: 202,
        body: br#"{"hub.channel.endpoint":"wss://hub.example/s/1"}"#.to_vec(),
    }
}

fn listening() -> Hub {
    let mut hub = hub();
    hub.step(HubEvent::Started);
    hub.step(answered());
    hub
}

fn said(name: &str, timestamp: &str, context: &Value) -> HubEvent {
    let event = json!({ "hub.topic": "t 1", "hub.event": name, "context": context });
    HubEvent::Message(json!({ "timestamp": timestamp, "id": "e-1", "event": event }).to_string())
}

fn patient(id: &str) -> Value {
    json!([{ "key": "encounter", "resource": { "id": "p9" } },
           { "key": "patient", "resource": { "resourceType": "Patient", "id": id } }])
}

fn at(name: &str, context: &Value) -> HubEvent {
    said(name, "2026-11-22T13:00:00Z", context)
}

fn acknowledged() -> HubEffect {
    HubEffect::Send(json!({ "id": "e-1", "status": "200" }).to_string())
}

#[test]
fn the_subscription_is_a_form_and_its_answer_names_the_socket() {
    let mut hub = hub();
    let [HubEffect::Post { address, form }] = &hub.step(HubEvent::Started)[..] else {
        panic!("no subscription");
    };
    assert_eq!(address, "https://hub.example/hub");
    let events = "hub.events=Patient-open%2CPatient-close%2CSyncError%2CUserLogout";
    let expected = format!("hub.channel.type=websocket&hub.mode=subscribe&hub.topic=t+1&{events}");
    assert_eq!(form.0, expected);
    let address = Redacted("wss://hub.example/s/1".to_owned());
    assert_eq!(hub.step(answered()), [HubEffect::Connect { address }]);
}

#[test]
fn a_hub_that_does_not_want_us_is_left_alone() {
    let check = |status: u16, body: &str| {
        let mut hub = hub();
        hub.step(HubEvent::Started);
        let body = body.as_bytes().to_vec();
        assert_eq!(hub.step(HubEvent::SubscriptionAnswered { status, body }), []);
        assert_eq!(hub.phase, HubPhase::Over);
    };
    check(403, r#"{"hub.channel.endpoint":"wss://hub.example/s"}"#);
    check(202, "{}");
    check(202, "<html>");
    check(202, r#"{"hub.channel.endpoint":"ws://hub.example/s"}"#);
    check(202, r#"{"hub.channel.endpoint":"https://hub.example/s"}"#);
    let denied = HubEvent::Message(json!({ "hub.mode": "denied", "hub.topic": "t 1" }).to_string());
    assert_eq!(listening().step(denied), [HubEffect::Close]);
}

#[test]
fn s13_another_patient_blanks_the_view_and_ours_does_not() {
    let check = |event: HubEvent, blanks: bool| {
        let effects = listening().step(event);
        assert_eq!(effects.contains(&HubEffect::OtherPatient), blanks, "{effects:?}");
        assert_eq!(
            effects.first() == Some(&HubEffect::OtherPatient),
            blanks,
            "at once"
        );
        assert!(effects.contains(&acknowledged()));
    };
    check(at("Patient-open", &patient("p2")), true);
    check(at("patient-OPEN", &patient("p2")), true);
    check(at("Patient-open", &json!([])), true);
    check(at("Patient-open", &patient("p1")), false);
    check(at("Patient-close", &patient("p1")), true);
    check(at("Patient-close", &json!(null)), true);
    check(at("Patient-close", &patient("p2")), false);
    check(at("SyncError", &json!([])), false);
    check(at("Encounter-open", &patient("p2")), false);
    check(said("Patient-open", "no time", &patient("p2")), true);
}

#[test]
fn with_nothing_kept_for_the_way_back_the_subscription_ends() {
    let mut hub = listening();
    hub.step(at("Patient-open", &patient("p2")));
    let effects = hub.step(HubEvent::NothingKept);
    assert!(
        matches!(effects[..], [HubEffect::Post { .. }, HubEffect::Close]),
        "{effects:?}"
    );
    assert_eq!(hub.phase, HubPhase::Over);
}

#[test]
fn our_patient_is_told_when_it_is_back_and_nothing_else_is() {
    let mut hub = listening();
    hub.step(at("Patient-open", &patient("p2")));
    let steps = [
        (at("Patient-open", &patient("p3")), None),
        (at("Patient-close", &patient("p3")), None),
        (at("Patient-close", &patient("p1")), None),
        (at("Patient-open", &json!([])), None),
        (at("Patient-open", &patient("p1")), Some(HubEffect::OurPatient)),
        (at("Patient-open", &patient("p1")), None),
        (at("Patient-close", &patient("p1")), Some(HubEffect::OtherPatient)),
    ];
    for (number, (event, told)) in steps.into_iter().enumerate() {
        let expected: Vec<_> = told.into_iter().chain([acknowledged()]).collect();
        assert_eq!(hub.step(event), expected, "step {number}");
    }
}

#[test]
fn a_connection_lost_while_another_patient_is_shown_is_made_again() {
    let mut hub = listening();
    hub.step(at("Patient-open", &patient("p2")));
    hub.step(HubEvent::Closed);
    hub.step(HubEvent::Waited);
    hub.step(answered());
    let back = hub.step(at("Patient-open", &patient("p1")));
    assert_eq!(back.first(), Some(&HubEffect::OurPatient));
}

#[test]
fn a_log_out_drops_the_tokens() {
    let effects = listening().step(at("userlogout", &json!([])));
    assert_eq!(effects[..2], [HubEffect::LoggedOut, acknowledged()]);
    assert_eq!(effects.last(), Some(&HubEffect::Close));
}

#[test]
fn what_is_older_than_the_newest_event_is_acknowledged_and_ignored() {
    let mut hub = listening();
    hub.step(said("Patient-open", "2026-11-22T13:00:00Z", &patient("p1")));
    let older = said("Patient-open", "2026-11-22T13:59:59.999+01:00", &patient("p2"));
    assert_eq!(hub.step(older), [acknowledged()]);
    let as_old = said("Patient-open", "2026-11-22T14:00:00+01:00", &patient("p2"));
    assert_eq!(hub.step(as_old)[0], HubEffect::OtherPatient);
}

#[test]
fn what_is_no_event_of_our_topic_is_not_answered() {
    let other_topic = json!({ "id": "e", "event": { "hub.topic": "t2", "hub.event": "UserLogout" } });
    for text in [
        "",
        "{",
        "[]",
        r#"{"hub.mode":"subscribe"}"#,
        &other_topic.to_string(),
    ] {
        assert_eq!(listening().step(HubEvent::Message(text.to_owned())), [], "{text}");
    }
}

#[test]
fn a_lost_connection_is_made_again_a_few_times() {
    let mut hub = listening();
    for wait in [1_000.0, 2_000.0, 4_000.0] {
        assert_eq!(hub.step(HubEvent::Closed), [HubEffect::Wait(wait)]);
        assert!(matches!(hub.step(HubEvent::Waited)[..], [HubEffect::Post { .. }]));
        assert!(matches!(hub.step(answered())[..], [HubEffect::Connect { .. }]));
    }
    assert_eq!(hub.step(HubEvent::Closed), []);
    assert_eq!(hub.phase, HubPhase::Over);
    let mut hub = listening();
    hub.step(HubEvent::Closed);
    hub.step(HubEvent::Waited);
    hub.step(answered());
    hub.step(at("Patient-open", &patient("p1")));
    assert_eq!(
        hub.step(HubEvent::Closed),
        [HubEffect::Wait(1_000.0)],
        "counted anew"
    );
}

#[test]
fn leaving_ends_the_subscription_and_closes_the_socket() {
    let effects = listening().step(HubEvent::Leaving);
    let [HubEffect::Post { form, .. }, HubEffect::Close] = &effects[..] else {
        panic!("not ended: {effects:?}");
    };
    assert!(form.0.contains("hub.mode=unsubscribe"), "{}", form.0);
}

#[test]
fn every_event_in_every_phase_leads_where_it_should() {
    let subscribing = || {
        let mut hub = hub();
        hub.step(HubEvent::Started);
        hub
    };
    let waiting = || {
        let mut hub = listening();
        hub.step(HubEvent::Closed);
        hub
    };
    let over = || {
        let mut hub = listening();
        hub.step(HubEvent::Leaving);
        hub
    };
    type Case = (&'static str, fn() -> HubEvent);
    let events: [Case; 9] = [
        ("started", || HubEvent::Started),
        ("answered", answered),
        ("unreachable", || HubEvent::SubscriptionUnreachable),
        ("ours", || at("Patient-open", &patient("p1"))),
        ("other", || at("Patient-open", &patient("p2"))),
        ("closed", || HubEvent::Closed),
        ("waited", || HubEvent::Waited),
        ("nothing kept", || HubEvent::NothingKept),
        ("leaving", || HubEvent::Leaving),
    ];
    use HubPhase::{Idle, Listening, Over, Subscribing, Waiting};
    let moves = [
        (Idle, "started", Subscribing),
        (Subscribing, "answered", Listening),
        (Subscribing, "unreachable", Waiting),
        (Subscribing, "leaving", Over),
        (Listening, "closed", Waiting),
        (Listening, "nothing kept", Over),
        (Listening, "leaving", Over),
        (Waiting, "waited", Subscribing),
        (Waiting, "leaving", Over),
    ];
    for make in [
        &hub as &dyn Fn() -> Hub,
        &subscribing,
        &listening,
        &waiting,
        &over,
    ] {
        for (name, event) in &events {
            let mut hub = make();
            let from = hub.phase;
            hub.step(event());
            let listed = moves.iter().find(|(at, event, _)| *at == from && event == name);
            assert_eq!(
                hub.phase,
                listed.map_or(from, |(_, _, to)| *to),
                "{name} in {from:?}"
            );
        }
    }
}

proptest::proptest! {
    #[test]
    fn any_message_ends_without_a_panic(text in ".{0,120}") {
        listening().step(HubEvent::Message(text));
    }
}
