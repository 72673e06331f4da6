//! The host profile of this launcher for the viewer: how it is to be asked, given its habits. Serves nothing.

use serde_json::{Value, json};

use crate::app::Urls;
use crate::habits::gate::{KEY, KEY_HEADER};
use crate::habits::{Habit, Habits};
use crate::{plans, sources};

/// How a server with these habits is searched. `has_upstream`: another one answers behind it; promised is only what
/// every server can do.
pub(crate) fn search(habits: &Habits, has_upstream: bool) -> Value {
    let has = |habit| habits.has(habit);
    let is_strict = has(Habit::CodeAndDateOnly);
    let mut search = json!({
        "lastn": !has_upstream && !has(Habit::NoLastn),
        "missing": !has_upstream && !has(Habit::NoMissing) && !is_strict,
        "elements": !has(Habit::NoElements) && !is_strict,
        "include": !has(Habit::NoInclude) && !is_strict,
        "sort": !has(Habit::IgnoreSort) && !is_strict,
        "post": has(Habit::PostSearch),
        "pageSize": if has_upstream { 500 } else { 1000 },
        "parallel": if has_upstream { 2 } else { 4 },
    });
    if has(Habit::EffectiveDateTime) {
        search["dateParameter"] = "effectivedatetime".into();
    }
    search
}

/// Where the data of a journal come from.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Behind {
    /// Another server answers.
    pub(crate) has_upstream: bool,
    /// There are sources beside it.
    pub(crate) has_sources: bool,
}

pub(crate) fn profile(urls: &Urls, habits: &Habits, behind: Behind) -> Value {
    let has = |habit| habits.has(habit);
    let is_strict = has(Habit::CodeAndDateOnly);
    let has_plan_service = has(Habit::NhnPlans) && !behind.has_upstream;
    let mut host = json!({
        "name": "Simulert journal",
        "iss": urls.issuer,
        "clientId": "dho-viewer",
        "standalone": has(Habit::Standalone),
        "history": !has(Habit::NoHistory) && !has(Habit::NoOldVersions) && !has(Habit::NoVersions),
        "search": search(habits, behind.has_upstream),
    });
    if is_strict {
        // A source of readings has no plan to ask for; a plan service goes by the rights on CarePlan.
        let mut scopes =
            "launch openid fhirUser online_access patient/Patient.r patient/Observation.rs".to_owned();
        if has_plan_service {
            scopes.push_str(" patient/CarePlan.crus");
        }
        host["scopes"] = scopes.split(' ').collect::<Value>();
    } else {
        // Whom the journal lets edit is the journal's to say; the viewer asks for all.
        host["role"] = "editor".into();
        host["refresh"] = "online".into();
    }
    if has(Habit::NoWellKnown) {
        host["scopeSyntax"] = "v1".into();
        host["discovery"] = json!({ "wellKnown": false, "capability": !has(Habit::NoOauthUris) });
    }
    if has(Habit::NoWellKnown) || has(Habit::SparseConfiguration) {
        let endpoint = |name: &str| format!("{}/auth/{name}", urls.journal);
        host["endpoints"] = json!({
            "authorize": endpoint("authorize"),
            "token": endpoint("token"),
            "jwks": endpoint("jwks"),
            "issuer": urls.issuer,
        });
    }
    if has(Habit::SubscriptionKey) {
        host["headers"] = json!({ KEY_HEADER: KEY });
    }
    if has_plan_service {
        host["planService"] = json!({ "type": "nhn", "url": format!("{}{}", urls.journal, plans::PATH) });
    }
    if behind.has_sources {
        host["sources"] = sources::profiles(urls);
    }
    if has(Habit::Audit) {
        host["audit"] = true.into();
    }
    if has(Habit::NestedPatient) {
        host["patientPath"] = "/context/patient/id".into();
    }
    json!({ "hosts": [host] })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(host: Option<&str>, has_upstream: bool) -> Value {
        let mut habits = Habits::default();
        host.into_iter().for_each(|host| habits.imitate(host).unwrap());
        let behind = Behind {
            has_upstream,
            has_sources: false,
        };
        profile(&Urls::new(9001, 9002, &habits), &habits, behind)["hosts"][0].clone()
    }

    #[test]
    fn each_host_is_described_by_its_habits() {
        for (host, field, value) in [
            (None, "/search/lastn", json!(true)),
            (None, "/scopeSyntax", json!(null)),
            (Some("dips"), "/discovery/wellKnown", json!(false)),
            (
                Some("dips"),
                "/endpoints/token",
                json!("http://127.0.0.1:9001/auth/token"),
            ),
            (Some("dips"), "/search/dateParameter", json!("effectivedatetime")),
            (Some("dips"), "/headers/ocp-apim-subscription-key", json!(KEY)),
            (Some("gp"), "/patientPath", json!("/context/patient/id")),
            (Some("gp"), "/search/post", json!(true)),
            (Some("nhn"), "/search/sort", json!(false)),
            (Some("nhn"), "/history", json!(false)),
            (Some("nhn"), "/scopes/5", json!("patient/Observation.rs")),
        ] {
            let found = of(host, false).pointer(field).cloned().unwrap_or_default();
            assert_eq!(found, value, "{host:?} {field}");
        }
    }

    #[test]
    fn a_plan_service_is_named_with_its_kind() {
        let mut habits = Habits::default();
        habits.imitate("nhn").unwrap();
        let urls = Urls::new(9001, 9002, &habits);
        let host = profile(&urls, &habits, Behind::default())["hosts"][0].clone();
        let service = json!({ "type": "nhn", "url": "http://127.0.0.1:9001/planer" });
        assert_eq!(host["planService"], service);
        assert_eq!(host["scopes"][6], "patient/CarePlan.crus");
        let behind = Behind {
            has_upstream: true,
            has_sources: false,
        };
        let host = profile(&urls, &habits, behind)["hosts"][0].clone();
        assert!(host.get("planService").is_none());
    }

    #[test]
    fn sources_are_described_with_the_way_into_each() {
        let behind = Behind {
            has_upstream: false,
            has_sources: true,
        };
        let mut habits = Habits::default();
        habits.add("audit").unwrap();
        let host = profile(&Urls::new(9001, 9002, &habits), &habits, behind)["hosts"][0].clone();
        assert_eq!(host["audit"], true);
        let sources = &host["sources"];
        for (place, field, value) in [
            (0, "token", json!("launch")),
            (0, "planHome", json!(true)),
            (
                0,
                "fhirBase",
                json!("http://127.0.0.1:9001/sources/hospital/fhir"),
            ),
            (1, "token", json!("exchange")),
            (
                1,
                "tokenEndpoint",
                json!("http://127.0.0.1:9001/sources/municipality/auth/token"),
            ),
            (2, "token", json!("own")),
            (2, "clientId", json!("dho-viewer-lab")),
        ] {
            assert_eq!(sources[place][field], value, "{place} {field}");
        }
        assert_eq!(sources[2]["search"]["post"], true);
    }

    #[test]
    fn of_another_server_nothing_special_is_promised() {
        assert_eq!(of(None, true)["search"]["lastn"], false);
    }
}
