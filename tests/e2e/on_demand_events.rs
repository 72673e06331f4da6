//! Events on the time axis and who follows up: off until they are chosen, each kind asked for by itself.

use browser_tests::Result;
use browser_tests::browser::{Browser, browse};
use serde::Deserialize;

use crate::none;
use crate::on_demand::{all, asked_on_demand, counts, expected, launcher, open, press};

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
