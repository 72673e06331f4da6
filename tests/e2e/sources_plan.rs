//! Where the plan is, of several places that could have it: the home first, then the launch's own server, then the others.

use browser_tests::Result;
use browser_tests::browser::browse;
use browser_tests::stub::{Answer, Request, Stub};
use serde_json::{Value, json};

use crate::elsewhere::{Elsewhere, THERE, kind, profile, vendor, wait_for_stands};
use crate::small_host::{PATIENT, searchset, smart};

fn plan(id: &str, patient: &str, title: &str) -> Value {
    let category =
        json!({ "system": "http://ehelse.no/fhir/CodeSystem/vkp-careplan-category-v090", "code": "2" });
    json!({ "resourceType": "CarePlan", "id": id, "meta": { "versionId": "3" }, "status": "active", "intent": "plan",
        "title": title, "category": [{ "coding": [category] }], "subject": { "reference": format!("Patient/{patient}") } })
}

fn with_plan(id: &'static str) -> Result<Stub> {
    let page = searchset(&[plan(id, THERE, id)]);
    vendor(move |request, _| (kind(request) == "CarePlan").then(|| Answer::fhir(&page)))
}

/// The host grants plans, and has these.
fn host(request: &Request, base: &str, plans: &Value) -> Option<Answer> {
    match request.path.as_str() {
        "/token" => {
            let mut answer: Value = serde_json::from_slice(&smart(request, base).body).ok()?;
            answer["scope"] = "launch patient/Patient.r patient/Observation.rs patient/CarePlan.rs".into();
            Some(Answer::fhir(&answer))
        }
        "/fhir/CarePlan" => Some(Answer::fhir(plans)),
        _ => None,
    }
}

fn home(vendor: &Stub) -> Value {
    let mut profile = profile("hjemmet", vendor);
    profile["planHome"] = true.into();
    profile
}

fn asked_for_plans(stub: &Stub) -> usize {
    let asked = stub.requests();
    asked
        .iter()
        .filter(|request| request.path.ends_with("/CarePlan"))
        .count()
}

#[tokio::test]
async fn where_its_home_has_no_plan_the_launchs_own_server_is_asked_and_named() {
    browse("plan-own", 1200, |browser| async move {
        let (empty, third) = (vendor(|_, _| None)?, with_plan("tredje")?);
        let own = searchset(&[plan("egen", PATIENT, "egen")]);
        let launched = Elsewhere::answering(
            &[home(&empty), profile("tredje", &third)],
            move |request, base| host(request, base, &own),
        )?;
        let module = launched.open(&browser).await?;
        module.wait_for_hook("plan").await?;
        wait_for_stands(&browser, &["here"; 3]).await?;
        module.wait_for_state("ready").await?;
        assert_eq!(
            module.texts("plan-place").await?,
            ["Planen er hentet fra Liten vert."]
        );
        assert_eq!(
            (asked_for_plans(&empty), asked_for_plans(&third)),
            (1, 0),
            "no more than is needed is asked"
        );
        assert_eq!(module.errors().await?, []);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn of_two_plans_elsewhere_one_is_shown_and_the_other_is_told_of() {
    browse("plan-two", 1200, |browser| async move {
        let (empty, one, other) = (vendor(|_, _| None)?, with_plan("en")?, with_plan("to")?);
        let none = searchset(&[]);
        let sources = [home(&empty), profile("Første", &one), profile("Andre", &other)];
        let sources: Vec<Value> = sources
            .into_iter()
            .enumerate()
            .map(|(at, mut source)| {
                source["id"] = format!("s{at}").into();
                source
            })
            .collect();
        let launched = Elsewhere::answering(&sources, move |request, base| host(request, base, &none))?;
        let module = launched.open(&browser).await?;
        module.wait_for_hook("plan").await?;
        module.wait_for_state("ready").await?;
        assert_eq!(
            module.texts("plan-place").await?,
            ["Planen er hentet fra Første. Andre har også en plan. Den vises ikke her."]
        );
        browser.screenshot("plan-two").await?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn where_the_plans_home_has_failed_no_older_plan_takes_its_place() {
    browse("plan-home-fails", 1200, |browser| async move {
        let failing = vendor(|request, _| (kind(request) == "CarePlan").then(|| Answer::html(500, "")))?;
        let own = searchset(&[plan("gammel", PATIENT, "gammel")]);
        let launched =
            Elsewhere::answering(&[home(&failing)], move |request, base| host(request, base, &own))?;
        let module = launched.open(&browser).await?;
        module.wait_for_state("ready").await?;
        let errors = module.errors().await?;
        let named = failing.address().replace("http://", "");
        assert!(errors.iter().any(|error| error.host == named), "{errors:?}");
        assert_eq!(module.texts("plan").await?.len(), 0);
        assert_eq!(asked_for_plans(&launched.host), 0);
        Ok(())
    })
    .await;
}
