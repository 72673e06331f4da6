//! The conversation from outside: what is posted, what is believed, and every event in every phase.

use serde_json::{Value, json};

use super::*;
use crate::redacted::Redacted;

const JOURNAL: &str = "https://ehr.example";

fn new() -> Messaging {
    let offer = MessagingOffer {
        handle: Redacted("h-1".to_owned()),
        origin: JOURNAL.to_owned(),
    };
    Messaging::new(offer, "r".to_owned())
}

fn received(origin: &str, from_journal: bool, message: &Value) -> MessagingEvent {
    MessagingEvent::Received {
        origin: origin.to_owned(),
        from_journal,
        message: message.to_string(),
    }
}

fn answer(to: &str, payload: &Value) -> MessagingEvent {
    let message = json!({ "messageId": "j", "responseToMessageId": to, "payload": payload });
    received(JOURNAL, true, &message)
}

fn talking() -> Messaging {
    let mut messaging = new();
    messaging.step(MessagingEvent::Started);
    assert_eq!(
        messaging.step(answer("r-1", &json!({}))),
        Some(MessagingEffect::Listening)
    );
    messaging
}

fn posted(effect: Option<MessagingEffect>) -> Value {
    match effect {
        Some(MessagingEffect::Post { origin, message }) => {
            assert_eq!(origin, JOURNAL);
            serde_json::from_str(&message).unwrap()
        }
        other => panic!("nothing posted: {other:?}"),
    }
}

#[test]
fn the_handshake_comes_first() {
    let mut messaging = new();
    assert_eq!(
        messaging.step(MessagingEvent::Asked(JournalRequest::done())),
        None
    );
    let message = posted(messaging.step(MessagingEvent::Started));
    let expected = json!({ "messagingHandle": "h-1", "messageId": "r-1",
                           "messageType": "status.handshake", "payload": {} });
    assert_eq!(message, expected);
    assert_eq!(
        messaging.step(MessagingEvent::Asked(JournalRequest::done())),
        None
    );
}

fn tree(value: &Value) -> Json {
    Json::parse(value.to_string().as_bytes()).unwrap()
}

#[test]
fn each_request_has_its_type_and_payload() {
    let check = |request: JournalRequest, kind: &str, payload: Value| {
        let message = posted(talking().step(MessagingEvent::Asked(request)));
        assert_eq!(
            (&message["messageType"], &message["payload"]),
            (&json!(kind), &payload)
        );
        assert_eq!(message["messageId"], "r-2");
    };
    check(JournalRequest::done(), "ui.done", json!({}));
    let parameters = json!({ "problem": "x" });
    check(
        JournalRequest::launch_activity("problem-add", tree(&parameters)),
        "ui.launchActivity",
        json!({ "activityType": "problem-add", "activityParameters": parameters }),
    );
    let resource = json!({ "resourceType": "DocumentReference" });
    check(
        JournalRequest::create_in_scratchpad(tree(&resource)),
        "scratchpad.create",
        json!({ "resource": resource }),
    );
}

#[test]
fn answers_say_whether_it_was_done() {
    let check = |payload: Value, done: bool, detail: &str| {
        let mut messaging = talking();
        messaging.step(MessagingEvent::Asked(JournalRequest::done()));
        let detail = detail.to_owned();
        let expected = MessagingEffect::Answered { done, detail };
        assert_eq!(messaging.step(answer("r-2", &payload)), Some(expected));
        assert_eq!(messaging.step(answer("r-2", &payload)), None, "answered once");
    };
    check(json!({ "status": "success" }), true, "success");
    check(
        json!({ "status": "201 Created", "location": "X/1" }),
        true,
        "201 Created",
    );
    check(
        json!({ "status": "failure", "statusDetail": "busy" }),
        false,
        "busy",
    );
    check(json!({}), false, "");
}

#[test]
fn only_the_journals_window_and_origin_are_believed() {
    let handshake = json!({ "messageId": "j", "responseToMessageId": "r-1", "payload": {} });
    let check = |event: MessagingEvent| {
        let mut messaging = new();
        messaging.step(MessagingEvent::Started);
        assert_eq!(messaging.step(event), None);
        assert_eq!(messaging.phase, Phase::Greeting);
    };
    check(received("https://evil.example", true, &handshake));
    check(received(JOURNAL, false, &handshake));
    check(received("null", true, &handshake));
    check(answer("r-2", &json!({})));
    check(received(JOURNAL, true, &json!({ "type": "something else" })));
    check(MessagingEvent::Received {
        origin: JOURNAL.to_owned(),
        from_journal: true,
        message: "{".to_owned(),
    });
}

#[test]
fn a_journal_that_does_not_answer_is_not_offered_anything() {
    let mut messaging = new();
    messaging.step(MessagingEvent::Started);
    assert_eq!(messaging.step(MessagingEvent::TimedOut), None);
    assert_eq!(messaging.step(answer("r-1", &json!({}))), None, "too late");
    assert_eq!(
        messaging.step(MessagingEvent::Asked(JournalRequest::done())),
        None
    );
}

#[test]
fn several_answers_may_be_announced() {
    let mut messaging = talking();
    messaging.step(MessagingEvent::Asked(JournalRequest::done()));
    let more = json!({ "responseToMessageId": "r-2", "additionalResponsesExpected": true,
                       "payload": { "status": "success" } });
    assert!(messaging.step(received(JOURNAL, true, &more)).is_some());
    assert!(
        messaging
            .step(answer("r-2", &json!({ "status": "success" })))
            .is_some()
    );
    assert!(
        messaging
            .step(answer("r-2", &json!({ "status": "success" })))
            .is_none()
    );
}

#[test]
fn every_event_in_every_phase_leads_where_it_should() {
    type Case = (&'static str, fn() -> MessagingEvent);
    let greeting = || {
        let mut messaging = new();
        messaging.step(MessagingEvent::Started);
        messaging
    };
    let over = || {
        let mut messaging = greeting();
        messaging.step(MessagingEvent::TimedOut);
        messaging
    };
    let events: [Case; 5] = [
        ("started", || MessagingEvent::Started),
        ("answered", || answer("r-1", &json!({}))),
        ("forged", || {
            received(
                "https://evil.example",
                true,
                &json!({ "responseToMessageId": "r-1" }),
            )
        }),
        ("time", || MessagingEvent::TimedOut),
        ("asked", || MessagingEvent::Asked(JournalRequest::done())),
    ];
    // Phase, event, phase after it, and whether something is to be done.
    let moves = [
        (Phase::Silent, "started", Phase::Greeting, true),
        (Phase::Greeting, "answered", Phase::Talking, true),
        (Phase::Greeting, "time", Phase::Over, false),
        (Phase::Talking, "asked", Phase::Talking, true),
    ];
    for make in [&new as &dyn Fn() -> Messaging, &greeting, &talking, &over] {
        for (name, event) in &events {
            let mut messaging = make();
            let from = messaging.phase;
            let acts = messaging.step(event()).is_some();
            let listed = moves.iter().find(|(at, event, ..)| *at == from && event == name);
            let expected = listed.map_or((from, false), |(_, _, to, acts)| (*to, *acts));
            assert_eq!((messaging.phase, acts), expected, "{name} in {from:?}");
        }
    }
}
