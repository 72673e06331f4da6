//! The host profile of this launcher for the viewer: how it is to be asked, given its habits. Serves nothing.

use serde_json::{Value, json};

use crate::app::Urls;
use crate::habits::gate::{KEY, KEY_HEADER};
use crate::habits::{Habit, Habits};
use crate::plans;

/// `has_upstream`: another server answers behind the journal; promised is only what every server can do.
pub(crate) fn profile(urls: &Urls, habits: &Habits, has_upstream: bool) -> Value {
    let has = |habit| habits.has(habit);
    let is_strict = has(Habit::CodeAndDateOnly);
    let has_plan_service = has(Habit::NhnPlans) && !has_upstream;
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
    let mut host = json!({
        "name": "Simulert journal",
        "iss": urls.issuer,
        "clientId": "dho-viewer",
        "standalone": has(Habit::Standalone),
        "history": !has(Habit::NoHistory) && !has(Habit::NoOldVersions) && !has(Habit::NoVersions),
        "search": search,
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
        profile(&Urls::new(9001, 9002, &habits), &habits, has_upstream)["hosts"][0].clone()
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
        habits.add("nhn-plans").unwrap();
        let urls = Urls::new(9001, 9002, &habits);
        let host = profile(&urls, &habits, false)["hosts"][0].clone();
        let service = json!({ "type": "nhn", "url": "http://127.0.0.1:9001/planer" });
        assert_eq!(host["planService"], service);
        assert_eq!(host["scopes"][6], "patient/CarePlan.crus");
        assert!(
            profile(&urls, &habits, true)["hosts"][0]
                .get("planService")
                .is_none()
        );
    }

    #[test]
    fn of_another_server_nothing_special_is_promised() {
        assert_eq!(of(None, true)["search"]["lastn"], false);
    }
}
