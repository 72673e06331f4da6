//! What content is refused, and how.

use super::*;

#[test]
fn broken_and_foreign_content_is_refused_by_kind() {
    let goal = |more: &str| {
        format!(r#"{{"resourceType":"Goal","lifecycleStatus":"active","description":{{"text":"x"}},{more}}}"#)
    };
    let own = r#""subject":{"display":"x"}"#;
    for (body, status, named) in [
        ("{", 400, "JSON"),
        ("[]", 400, "resourceType"),
        ("{}", 400, "resourceType"),
        (r#"{"resourceType":"Patient"}"#, 400, "Patient"),
        (r#"{"resourceType":"Goal"}"#, 422, "Goal.lifecycleStatus"),
        (&goal(r#""note":[]"#), 422, "Goal.subject"),
        (&goal(r#""subject":"Patient/p""#), 422, "Goal.subject"),
        (&goal(r#""subject":{"reference":7}"#), 422, "Goal.subject"),
        (
            &goal(r#""subject":{"reference":""}"#),
            422,
            "Goal.subject.reference",
        ),
        (
            &goal(r#""subject":{"display":"x"},"target":[{"dueDate":null}]"#),
            422,
            "Goal.target.dueDate",
        ),
        (&goal(own).replace("active", "nonsense"), 422, "nonsense"),
        (
            &goal(&format!(r#"{own},"target":[{{"detailInteger":3}}]"#)),
            422,
            "measure",
        ),
        (&goal(&format!(r#"{own},"startDate":"in May""#)), 422, "in May"),
        (
            &goal(&format!(r#"{own},"note":[{{"text":"a\u0007"}}]"#)),
            422,
            "Goal.note.text",
        ),
    ] {
        let refusal = check_content("Goal", body).unwrap_err();
        assert_eq!(refusal.status, status, "{body}");
        assert!(refusal.text.contains(named), "{body}: {}", refusal.text);
    }
}

#[test]
fn a_valid_goal_with_an_extension_passes() {
    let body = r#"{"resourceType":"Goal","lifecycleStatus":"active","description":{"text":"x"},
        "subject":{"reference":"Patient/p"},"target":[{"extension":[{"url":"http://x","valueString":"y"}],
        "measure":{"text":"SpO2"},"detailRange":{"low":{"value":88,"unit":"%"}}}],
        "note":[{"text":"linje\n\tto"}]}"#;
    assert!(check_content("Goal", body).is_ok());
}

#[test]
fn parts_that_a_plan_and_its_provenance_need_are_demanded() {
    let plan = |activity: &str| {
        format!(
            r#"{{"resourceType":"CarePlan","status":"active","intent":"plan","subject":{{"display":"x"}},
            "activity":[{{"detail":{activity}}}]}}"#
        )
    };
    let provenance = |recorded: &str, agent: &str, entity: &str| {
        format!(
            r#"{{"resourceType":"Provenance","target":[{{"display":"x"}}],"recorded":"{recorded}",
            "agent":[{agent}],"entity":[{entity}]}}"#
        )
    };
    let (at, who) = ("2026-11-22T10:00:00Z", r#"{"who":{"display":"x"}}"#);
    let entity = r#"{"role":"revision","what":{"display":"x"}}"#;
    for (rtype, body, named) in [
        ("CarePlan", plan(r#"{"status":"in-progress"}"#), None),
        (
            "CarePlan",
            plan(r#"{"description":"x"}"#),
            Some("activity.detail.status"),
        ),
        ("CarePlan", plan(r#"{"status":"soon"}"#), Some("soon")),
        ("Provenance", provenance(at, who, entity), None),
        (
            "Provenance",
            provenance("2026-11-22", who, entity),
            Some("recorded"),
        ),
        (
            "Provenance",
            provenance("2026-11-22T10:00:00", who, entity),
            Some("recorded"),
        ),
        (
            "Provenance",
            provenance(at, r#"{"type":{"text":"x"}}"#, entity),
            Some("agent.who"),
        ),
        (
            "Provenance",
            provenance(at, who, r#"{"role":"revision"}"#),
            Some("entity.what"),
        ),
        (
            "Provenance",
            provenance(at, who, &entity.replace("revision", "new")),
            Some("new"),
        ),
    ] {
        let refused = check_content(rtype, &body).err().map(|refusal| refusal.text);
        match named {
            None => assert_eq!(refused, None, "{body}"),
            Some(named) => assert!(refused.is_some_and(|text| text.contains(named)), "{body}"),
        }
    }
}
