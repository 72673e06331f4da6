//! S12 and the whole table: every wait ends, every event in every state, nothing secret shown.

use super::*;

#[test]
fn s12_every_wait_can_time_out_with_step_and_host() {
    let check = |events: Vec<Event>, step: Step, host: &str| {
        let error = failure(and(events, Event::TimedOut));
        assert_eq!((error.step, error.kind), (step, LaunchErrorKind::TimedOut));
        assert_eq!(error.host, host);
    };
    check(
        vec![started(LAUNCHED, NESTED, None)],
        Step::Start,
        "viewer.example",
    );
    let discovering = || {
        vec![
            started(LAUNCHED, NESTED, None),
            answered(Request::Hosts, &hosts()),
        ]
    };
    check(discovering(), Step::Discovery, "ehr.example");
    check(
        and(discovering(), raw(Request::WellKnown, 404, "")),
        Step::Discovery,
        "ehr.example",
    );
    check(to_authorize(), Step::Authorize, "ehr.example");
    check(and(to_authorize(), blocked()), Step::Authorize, "ehr.example");
    check(to_exchange(), Step::Token, "ehr.example");
}

#[test]
fn s12_an_authorization_page_that_stays_is_named() {
    // In the nested frame, and then in the window.
    let twice = [Event::AuthorizationStayed, Event::AuthorizationStayed];
    let error = failure(to_authorize().into_iter().chain(twice));
    assert_eq!(
        (error.step, error.kind),
        (Step::Authorize, LaunchErrorKind::AuthorizationStayed)
    );
    assert_eq!(error.host, "ehr.example");
}

#[test]
fn s12_a_page_that_cannot_be_opened_is_named() {
    let leaving = [
        started(LAUNCHED, TOP_LEVEL, None),
        answered(Request::Hosts, &hosts()),
        answered(Request::WellKnown, &well_known()),
    ];
    let no_window = and(to_authorize(), blocked());
    for way in [leaving.into(), no_window] {
        let error = failure(and(way, blocked()));
        assert_eq!(
            (error.step, error.kind),
            (Step::Authorize, LaunchErrorKind::NavigationBlocked)
        );
        assert_eq!(error.detail, "blocked");
    }
}

fn name(launch: &Launch) -> &'static str {
    match launch {
        Launch::Idle => "idle",
        Launch::LoadingHosts(_) => "hosts",
        Launch::Discovering(_) => "discovering",
        Launch::Authorizing(..) => "authorizing",
        Launch::Offering(_) => "offering",
        Launch::Leaving(_) => "leaving",
        Launch::Exchanging(_) => "exchanging",
        Launch::Finished => "finished",
        Launch::Failed => "failed",
    }
}

/// One way into each state.
fn way_to(state: &str) -> Vec<Event> {
    match state {
        "idle" => Vec::new(),
        "hosts" => vec![started(LAUNCHED, NESTED, None)],
        "discovering" => vec![
            started(LAUNCHED, NESTED, None),
            answered(Request::Hosts, &hosts()),
        ],
        "authorizing" => to_authorize(),
        "offering" => and(to_authorize(), Event::AuthorizationStayed),
        "leaving" => vec![
            started(LAUNCHED, TOP_LEVEL, None),
            answered(Request::Hosts, &hosts()),
            answered(Request::WellKnown, &well_known()),
        ],
        "exchanging" => to_exchange(),
        "finished" => and(to_exchange(), answered(Request::Token, &token())),
        _ => vec![started(LAUNCHED, NESTED, None), Event::TimedOut],
    }
}

#[test]
fn every_event_in_every_state_leads_where_it_should() {
    type Case = (&'static str, fn() -> Event);
    let events: [Case; 13] = [
        ("started", || started(LAUNCHED, NESTED, None)),
        ("hosts", || answered(Request::Hosts, &hosts())),
        ("well-known", || answered(Request::WellKnown, &well_known())),
        ("capability", || answered(Request::Capability, &json!({}))),
        ("token", || answered(Request::Token, &token())),
        ("no hosts", || unreachable(Request::Hosts)),
        ("no well-known", || unreachable(Request::WellKnown)),
        ("no capability", || unreachable(Request::Capability)),
        ("no token", || unreachable(Request::Token)),
        ("callback", good_callback),
        ("blocked", blocked),
        ("stayed", || Event::AuthorizationStayed),
        ("time", || Event::TimedOut),
    ];
    // What is not listed leaves the state as it is and asks for nothing.
    let moves = [
        ("idle", "started", "hosts"),
        ("hosts", "hosts", "discovering"),
        ("hosts", "no hosts", "failed"),
        ("hosts", "time", "failed"),
        ("discovering", "well-known", "authorizing"),
        ("discovering", "no well-known", "discovering"),
        ("discovering", "time", "failed"),
        ("authorizing", "callback", "exchanging"),
        ("authorizing", "blocked", "offering"),
        ("authorizing", "stayed", "offering"),
        ("authorizing", "time", "failed"),
        ("offering", "callback", "exchanging"),
        ("offering", "blocked", "failed"),
        ("offering", "stayed", "failed"),
        ("offering", "time", "failed"),
        ("leaving", "blocked", "failed"),
        ("leaving", "time", "failed"),
        ("exchanging", "token", "finished"),
        ("exchanging", "no token", "failed"),
        ("exchanging", "callback", "failed"),
        ("exchanging", "time", "failed"),
    ];
    for from in [
        "idle",
        "hosts",
        "discovering",
        "authorizing",
        "offering",
        "leaving",
        "exchanging",
        "finished",
        "failed",
    ] {
        assert_eq!(name(&run(way_to(from)).0), from);
        for (event_name, event) in &events {
            let (launch, effect) = run(way_to(from)).0.step(event());
            let listed = moves
                .iter()
                .find(|(state, event, _)| *state == from && event == event_name);
            let (to, acts) = listed.map_or((from, false), |(_, _, to)| (*to, true));
            assert_eq!(name(&launch), to, "{event_name} in {from}");
            assert_eq!(effect.is_some(), acts, "{event_name} in {from}");
        }
    }
}

#[test]
fn nothing_secret_shows_in_debug() {
    let states = [
        "hosts",
        "discovering",
        "authorizing",
        "offering",
        "leaving",
        "exchanging",
        "finished",
    ];
    let secrets = ["l-7", "c-1", "tok-1", "AAECAwQF", &state()];
    for from in states {
        let shown = format!("{:?}", run(way_to(from)));
        for secret in secrets {
            assert!(!shown.contains(secret), "{secret} in {from}: {shown}");
        }
    }
    for event in way_to("finished") {
        let shown = format!("{event:?}");
        for secret in secrets {
            assert!(!shown.contains(secret), "{secret}: {shown}");
        }
    }
}

proptest::proptest! {
    #[test]
    fn any_bytes_from_outside_end_in_a_state_and_never_in_a_panic(
        query in ".{0,60}", body in proptest::collection::vec(proptest::num::u8::ANY, 0..200), status in 100u16..600
    ) {
        let any = |request| Event::Answered { request, status, body: Redacted(body.clone()), now_ms: NOW_MS };
        let _ = run([started(&query, NESTED, None), any(Request::Hosts)]);
        let _ = run([started(&query, NESTED, None), answered(Request::Hosts, &hosts())]);
        let _ = run(and(way_to("discovering"), any(Request::WellKnown)));
        let _ = run(and(and(way_to("discovering"), any(Request::WellKnown)), any(Request::Capability)));
        let _ = run(and(to_authorize(), callback(&query)));
        let _ = run(and(to_exchange(), any(Request::Token)));
    }
}
