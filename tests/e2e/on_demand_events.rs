//! Events on the time axis and who follows up: off until they are chosen, each kind asked for by itself.

use browser_tests::Result;
use browser_tests::browser::{Browser, browse};
use browser_tests::journal::open_window;
use browser_tests::launcher::Launcher;
use browser_tests::module::Module;
use serde::Deserialize;
use serde_json::json;

use crate::on_demand::{all, asked_on_demand, counts, expected, launcher, open, press};
use crate::{none, sources};

#[derive(Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
struct Event {
    kind: String,
    from: String,
    to: String,
    text: String,
}

const EVENT: &str = "{ kind: it.dataset.kind, from: it.dataset.from, to: it.dataset.to, text: it.innerText }";

async fn choose(browser: &Browser, topic: &str) -> Result<()> {
    browser
        .script::<()>(&format!(
            "document.querySelector('.events-menu input[value={topic}]').click()"
        ))
        .await?;
    browser.settle().await
}

#[tokio::test]
async fn events_are_off_until_their_kind_is_chosen_and_each_kind_is_asked_for_by_itself() {
    browse("on-demand-events", 1200, |browser| async move {
        let launcher = launcher()?;
        let module = open(&browser, &launcher, "events").await?;
        assert_eq!(asked_on_demand(&launcher).await?, counts(&[]));
        assert_eq!(module.texts("event").await?, Vec::<String>::new());
        choose(&browser, "admissions").await?;
        module.wait_for_hook("event").await?;
        assert_eq!(asked_on_demand(&launcher).await?, counts(&[("Encounter", 1)]));
        choose(&browser, "medicines").await?;
        choose(&browser, "monitoring").await?;
        let enough = || async {
            let events: Vec<Event> = all(&browser, "[data-testid=event]", EVENT).await?;
            let has = |kind: &str| events.iter().any(|event| event.kind == kind);
            Ok((has("medication-start") && has("monitoring")).then_some(events))
        };
        let shown = browser.wait_for("all kinds", 10, enough).await?;
        let mut wrong = Vec::new();
        for event in &expected("events")?.events {
            let kind = serde_json::to_value(event.kind)?;
            let kind = kind.as_str().unwrap_or_default();
            // Those before the period are not on its axis.
            let kind = if kind == "medication" {
                "medication-start"
            } else {
                kind
            };
            let found = shown
                .iter()
                .find(|shown| shown.kind == kind && shown.from == event.from);
            let in_period = event.until.as_deref().unwrap_or("9").get(..10) > Some(&*ninety_days_ago());
            match found {
                Some(found)
                    if kind != "medication-start" && found.to != event.until.clone().unwrap_or_default() =>
                {
                    wrong.push(format!("{found:?} and not {event:?}"));
                }
                None if in_period && (kind != "medication-start" || event.from > ninety_days_ago()) => {
                    wrong.push(format!("{event:?} is not among {shown:#?}"));
                }
                _ => {}
            }
        }
        choose(&browser, "admissions").await?;
        let left: Vec<Event> = all(&browser, "[data-testid=event]", EVENT).await?;
        assert!(left.iter().all(|event| event.kind != "admission"), "{left:?}");
        none(&wrong)
    })
    .await;
}

fn ninety_days_ago() -> String {
    let today = fhir_fixtures::today();
    today.saturating_sub(jiff::Span::new().days(90)).to_string()
}

#[tokio::test]
async fn who_follows_up_is_named_with_since_when_and_how_and_what_is_not_known_is_said() {
    browse("on-demand-follow-up", 1200, |browser| async move {
        let launcher = launcher()?;
        let module = open(&browser, &launcher, "events").await?;
        press(&browser, "follow-up").await?;
        module.wait_for_hook("follow-up-service").await?;
        let services: Vec<(String, String)> = all(
            &browser,
            "[data-testid=follow-up-service]",
            "[it.dataset.standing, it.innerText]",
        )
        .await?;
        let told = expected("events")?.follow_up.as_ref().ok_or("nobody expected")?;
        let (standing, text) = services.first().ok_or("nobody")?;
        assert_eq!(standing, "running");
        let text = text.replace('\u{a0}', " ");
        assert!(text.contains(&told.name), "{text}");
        if let Some(phone) = &told.phone {
            assert!(text.contains(phone), "{phone}: {text}");
        }
        if told.until.is_none() {
            assert!(text.contains("ikke oppgitt"), "{text}");
        }
        Ok(())
    })
    .await;
}

/// Kinds of resources that the current page has asked for, in order, as far as they are of the FHIR server.
async fn asked_for(browser: &Browser, launcher: &Launcher) -> Result<Vec<String>> {
    let base = format!("{}/", launcher.fhir());
    let requests = browser.noted().await?.requests;
    let kind = |address: &str| Some(address.strip_prefix(&base)?.split(['?', '/']).next()?.to_owned());
    Ok(requests.iter().filter_map(|asked| kind(&asked.address)).collect())
}

/// Whether an event is in the period shown by itself, some time after the first screen is there.
async fn shows_events(module: &Module) -> Result<bool> {
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    Ok(!module.texts("event").await?.is_empty())
}

#[tokio::test]
async fn the_kinds_chosen_are_remembered_for_the_user_and_fetched_after_the_first_screen() {
    browse("on-demand-events-remembered", 1200, |browser| async move {
        let launcher = launcher()?;
        browser.witness().await?;
        let module = open(&browser, &launcher, "events").await?;
        choose(&browser, "admissions").await?;
        choose(&browser, "monitoring").await?;
        module.wait_for_hook("event").await?;

        let module = open(&browser, &launcher, "events").await?;
        module.wait_for_hook("event").await?;
        let enough = || async {
            Ok((asked_for(&browser, &launcher)
                .await?
                .contains(&"Encounter".to_owned()))
            .then_some(()))
        };
        browser.wait_for("admissions", 5, enough).await?;
        let asked = asked_for(&browser, &launcher).await?;
        let place = |kind: &str| asked.iter().position(|asked| asked == kind);
        let last = |kind: &str| asked.iter().rposition(|asked| asked == kind);
        assert!(
            last("Observation") < place("Encounter") && last("CarePlan") < place("Encounter"),
            "{asked:?}"
        );
        assert_eq!(
            asked.iter().filter(|kind| *kind == "Encounter").count(),
            1,
            "{asked:?}"
        );
        assert!(
            !asked.iter().any(|kind| kind.starts_with("Medication")),
            "{asked:?}"
        );
        let checked =
            "return [...document.querySelectorAll('.events-menu input:checked')].map(it => it.value)";
        let chosen: Vec<String> = browser.script(checked).await?;
        assert_eq!(chosen, ["admissions", "monitoring"]);

        // A colleague at the same computer.
        let other = open_window(&browser, &launcher, "gp", "events", "ready").await?;
        assert!(!shows_events(&other).await?);
        assert!(
            !asked_for(&browser, &launcher)
                .await?
                .contains(&"Encounter".to_owned())
        );

        let module = open(&browser, &launcher, "events").await?;
        module.wait_for_hook("event").await?;
        choose(&browser, "admissions").await?;
        choose(&browser, "monitoring").await?;
        assert_eq!(module.texts("event").await?, Vec::<String>::new());
        let module = open(&browser, &launcher, "events").await?;
        assert!(!shows_events(&module).await?);
        assert!(
            !asked_for(&browser, &launcher)
                .await?
                .contains(&"Encounter".to_owned())
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn that_a_source_was_not_asked_is_said_once_for_all_kinds() {
    browse("on-demand-events-sources", 1200, |browser| async move {
        let launcher = sources::launcher()?;
        launcher
            .fail(json!([{ "on": "authorize", "source": "lab-module", "fault": "login-required" }]))
            .await?;
        let module = sources::open(&browser, &launcher).await?;
        for topic in ["admissions", "medicines", "monitoring"] {
            choose(&browser, topic).await?;
        }
        module.wait_for_hook("not-all-sources").await?;
        let awaited = || async {
            let busy: usize = browser
                .script("return document.querySelectorAll('.events [aria-busy=true]').length")
                .await?;
            Ok((busy == 0).then_some(()))
        };
        browser.wait_for("all kinds", 10, awaited).await?;
        assert_eq!(
            module.texts("not-all-sources").await?,
            ["Ikke alle kildene er spurt. Det kan finnes mer."]
        );
        Ok(())
    })
    .await;
}
