//! Faults that the journal brings about on request: each ends in the whole view, in a part of it that says what is
//! missing, or in words that name the step and the host; never in a blank page, and never in more requests than it
//! takes.

use browser_tests::browser::{Browser, browse};
use browser_tests::journal::open_window;
use browser_tests::launcher::Launcher;
use browser_tests::module::{Finding, LatestRow, Module};
use browser_tests::{Error, Result};
use serde_json::{Value, json};

use crate::none;

const PATIENT: &str = "kols";

async fn open(browser: &Browser, launcher: &Launcher, state: &str) -> Result<Module> {
    open_window(browser, launcher, "gp", PATIENT, state).await
}

/// Happens to every renewal of a token and changes nothing: it counts them.
fn counted(on: &str) -> Value {
    json!({ "on": "token", "match": format!("grant_type={on}"), "fault": "delay", "ms": 1 })
}

/// Opens the patient with nothing wrong, for what is to be shown.
async fn healthy(browser: &Browser, launcher: &Launcher) -> Result<Vec<LatestRow>> {
    launcher.heal().await?;
    let module = open(browser, launcher, "ready").await?;
    let rows = module.latest_rows().await?;
    assert!(rows.len() > 3, "{rows:#?}");
    Ok(rows)
}

#[tokio::test]
async fn a_launch_that_goes_wrong_names_the_step_and_the_host() {
    browse("faults-launch", 1000, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        let fault = |on: &str, fault: &str| json!({ "faults": [{ "on": on, "fault": fault }] });
        let mut wrong = Vec::new();
        for (document, step, words) in [
            (fault("token", "401"), "token", "godtok ikke innloggingen"),
            (fault("token", "html"), "token", "noe annet enn data"),
            (fault("token", "truncated"), "token", "noe annet enn data"),
            (fault("token", "drop"), "token", "svarer ikke"),
            (
                fault("token", "expired-code"),
                "token",
                "godtok ikke innloggingen",
            ),
            (fault("authorize", "wrong-state"), "callback", "stemmer ikke"),
            (fault("authorize", "no-state"), "callback", "stemmer ikke"),
            (fault("authorize", "wrong-iss"), "callback", "stemmer ikke"),
            (
                json!({ "faults": [
                    { "on": "discovery", "fault": "503" }, { "on": "metadata", "fault": "html" }] }),
                "discovery",
                "feil (503)",
            ),
            (
                json!({ "faults": [], "launch": { "context": { "patient": null } } }),
                "context",
                "Ingen pasient",
            ),
        ] {
            launcher.put_faults(document.clone()).await?;
            let found = match open(&browser, &launcher, "error").await {
                Ok(module) => unlike(&module, &launcher, step, words).await?,
                Err(error) => Some(error.to_string()),
            };
            wrong.extend(found.map(|found| format!("{document}: {found}")));
        }
        none(&wrong)
    })
    .await;
}

async fn unlike(module: &Module, launcher: &Launcher, step: &str, words: &str) -> Result<Option<String>> {
    let errors = module.errors().await?;
    let text = module.text().await?.replace('\u{a0}', " ");
    let host = launcher.journal.trim_start_matches("http://");
    let as_wanted = matches!(errors.as_slice(), [error] if error.step == step && error.host.contains(host))
        && text.contains(words)
        && module.latest_rows().await?.is_empty();
    Ok((!as_wanted).then(|| format!("not {step} with {words:?}: {errors:?}: {text}")))
}

#[tokio::test]
async fn a_server_that_is_busy_for_a_moment_costs_a_moment_only() {
    browse("faults-busy", 1000, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        let rows = healthy(&browser, &launcher).await?;
        for (fault, times, at_least_ms) in [
            (json!({ "fault": "429", "retryAfter": 2 }), 1, 1_900.0),
            (json!({ "fault": "503" }), 2, 0.0),
            (json!({ "fault": "drop" }), 1, 0.0),
        ] {
            let mut one = fault.clone();
            one["on"] = "Observation".into();
            one["times"] = times.into();
            launcher.fail(json!([one])).await?;
            let module = open(&browser, &launcher, "ready").await?;
            assert_eq!(module.latest_rows().await?, rows, "{fault}");
            assert_eq!(module.errors().await?, [], "{fault}");
            assert_eq!(launcher.hits().await?, [times], "{fault}");
            let waited = longest_between_repeats(&browser).await?;
            assert!(waited >= at_least_ms, "{fault}: asked again after {waited} ms");
        }
        Ok(())
    })
    .await;
}

/// Milliseconds between two requests for the same address.
async fn longest_between_repeats(browser: &Browser) -> Result<f64> {
    browser
        .script(
            "const first = {};
            return Math.max(0, ...performance.getEntriesByType('resource').map(({ name, startTime }) =>
                startTime - (first[name] ??= startTime)))",
        )
        .await
}

#[tokio::test]
async fn a_refused_token_is_renewed_once_and_the_request_repeated_once() {
    browse("faults-401", 1000, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        let rows = healthy(&browser, &launcher).await?;
        let once = json!({ "on": "Observation", "fault": "401", "times": 1 });
        launcher.fail(json!([once, counted("refresh_token")])).await?;
        let module = open(&browser, &launcher, "ready").await?;
        assert_eq!(module.latest_rows().await?, rows);
        assert_eq!(module.errors().await?, []);
        assert_eq!(launcher.hits().await?, [1, 1], "401 and renewals");

        let always = json!({ "on": "Observation", "match": "patient", "fault": "401" });
        launcher
            .put_faults(json!({
                "faults": [always, counted("refresh_token")], "tokens": { "refresh": false } }))
            .await?;
        let module = open(&browser, &launcher, "expired").await?;
        let text = module.text().await?;
        assert!(text.contains("Økten er utløpt"), "{text}");
        assert_eq!(launcher.hits().await?.last(), Some(&0), "nothing to renew with");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn short_lived_tokens_are_renewed_when_they_are_needed_and_not_more_often() {
    browse("faults-short", 1000, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        let rows = healthy(&browser, &launcher).await?;
        launcher
            .put_faults(json!({
                "faults": [counted("refresh_token")], "tokens": { "seconds": 4, "rotate": true } }))
            .await?;
        let module = open(&browser, &launcher, "ready").await?;
        let at_start = launcher.hits().await?;
        assert!(
            at_start.iter().all(|hits| *hits <= 1),
            "renewals during the start: {at_start:?}"
        );
        // Twice, since the second renewal needs the refresh token that came with the first.
        for round in 1_u64..=2 {
            tokio::time::sleep(std::time::Duration::from_secs(5)).await;
            let before: usize = browser.requests().await?.len();
            module.press_button("Hent på nytt").await?;
            let fetched = || async {
                let asked = browser.requests().await?.split_off(before);
                let again = asked.iter().any(|url| url.contains("/Observation"));
                Ok((again && !module.text().await?.contains("Henter")).then_some(()))
            };
            browser.wait_for("the readings again", 15, fetched).await?;
            browser.settle().await?;
            assert_eq!(module.state().await?, "ready", "round {round}");
            assert_eq!(module.errors().await?, [], "round {round}");
            assert_eq!(module.latest_rows().await?, rows, "round {round}");
        }
        let renewals = launcher.hits().await?;
        assert!(
            renewals.iter().all(|hits| (2..=4).contains(hits)),
            "{renewals:?} renewals for two refreshes"
        );
        Ok(())
    })
    .await;
}

/// Parameters and their values, in no order: rows do not change place once they are shown.
fn values(rows: &[LatestRow]) -> Vec<(String, String)> {
    let mut values: Vec<_> = rows
        .iter()
        .map(|row| (row.parameter.clone(), row.value.clone()))
        .filter(|(_, value)| !value.is_empty())
        .collect();
    values.sort();
    values
}

#[tokio::test]
async fn what_one_kind_of_resource_lacks_is_missing_in_its_own_place_only() {
    browse("faults-parts", 1000, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        let rows = healthy(&browser, &launcher).await?;
        let mut wrong = Vec::new();
        for (on, fault, words) in [
            ("CarePlan", "403", "Du har ikke tilgang"),
            ("CarePlan", "html", "Planen kunne ikke hentes"),
            ("Patient", "403", "Du har ikke tilgang"),
            ("Observation", "403", "Du har ikke tilgang"),
            ("Observation", "html", "Målingene kunne ikke hentes"),
        ] {
            launcher.fail(json!([{ "on": on, "fault": fault }])).await?;
            let module = open(&browser, &launcher, "ready").await?;
            let errors = module.errors().await?;
            let text = module.text().await?;
            let shown = module.latest_rows().await?;
            let as_wanted = match on {
                "Observation" => values(&shown).is_empty() && module.texts("patient-check").await?.len() == 1,
                _ => values(&shown) == values(&rows),
            };
            let told =
                matches!(errors.as_slice(), [error] if error.step == "fetch" && error.text.contains(words));
            if !as_wanted || !told {
                wrong.push(format!("{on} {fault}: {errors:?}: {text}"));
            }
            // Nothing of this gets better by asking again, so nothing is asked again by itself.
            let repeated = longest_between_repeats(&browser).await?;
            if repeated > 0.0 {
                wrong.push(format!("{on} {fault}: asked again after {repeated} ms"));
            }
        }
        none(&wrong)
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_is_cut_short_keeps_what_came_and_is_told() {
    browse("faults-cut", 1000, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        let rows = healthy(&browser, &launcher).await?;
        let broken = |findings: Vec<Finding>| findings.iter().any(|finding| finding.kind == "broken-bundle");

        launcher
            .fail(json!([{ "on": "CarePlan", "fault": "truncated" }]))
            .await?;
        let module = open(&browser, &launcher, "ready").await?;
        let is_told = || async { Ok(broken(module.findings().await?).then_some(())) };
        browser.wait_for("the remark on the plan", 10, is_told).await?;
        // The goals that did not come with the plan are asked for by themselves.
        assert_eq!(module.latest_rows().await?, rows);
        assert_eq!(module.errors().await?, []);

        launcher
            .fail(json!([{ "on": "Observation", "fault": "truncated" }]))
            .await?;
        let module = open(&browser, &launcher, "ready").await?;
        assert!(broken(module.findings().await?), "{}", module.text().await?);
        assert!(
            !module.latest_rows().await?.is_empty(),
            "what came is lost: {}",
            module.text().await?
        );
        // Half of a list must not pass for all of it.
        let errors = module.errors().await?;
        assert!(
            errors
                .iter()
                .any(|error| error.text.contains("kunne ikke hentes")),
            "{errors:?}"
        );
        launcher.heal().await?;
        module.press_button("Hent på nytt").await?;
        let whole = || async {
            let is_whole =
                values(&module.latest_rows().await?) == values(&rows) && module.errors().await?.is_empty();
            Ok(is_whole.then_some(()))
        };
        browser.wait_for("all that there is", 15, whole).await?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_next_link_to_another_host_is_not_followed_and_told() {
    browse("faults-next", 1000, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        browser.witness().await?;
        let rows = healthy(&browser, &launcher).await?;
        launcher
            .fail(json!([{ "on": "Observation", "fault": "foreign-next" }]))
            .await?;
        let module = open(&browser, &launcher, "ready").await?;
        assert_eq!(
            module.latest_rows().await?.len(),
            rows.len(),
            "what came is shown"
        );
        let told = module.findings().await?.len() + module.errors().await?.len();
        assert!(told > 0, "not told: {}", module.text().await?);
        let noted = browser.noted().await?;
        let foreign = |address: &str| !address.starts_with(&launcher.journal) && address.contains("://");
        let asked: Vec<_> = noted.requests.iter().filter(|it| foreign(&it.address)).collect();
        assert!(
            asked.iter().all(|it| it.address.starts_with(&launcher.viewer)),
            "{asked:#?}"
        );
        assert!(!noted.requests.is_empty(), "the witness sees nothing");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_id_token_that_does_not_pass_shows_no_name_and_costs_nothing_else() {
    browse("faults-id-token", 1000, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        let rows = healthy(&browser, &launcher).await?;
        Module::new(browser.clone()).wait_for_hook("user").await?;
        let mut wrong = Vec::new();
        for (on, fault) in [
            ("token", "alg-none"),
            ("token", "bad-signature"),
            ("token", "wrong-nonce"),
            ("token", "expired-id-token"),
            ("jwks", "html"),
            ("jwks", "503"),
        ] {
            launcher.fail(json!([{ "on": on, "fault": fault }])).await?;
            let module = open(&browser, &launcher, "ready").await?;
            let refused = || async {
                let problem: Option<String> = browser
                    .script(
                        "return document.querySelector('[data-user-problem]')?.dataset.userProblem ?? null",
                    )
                    .await?;
                Ok(problem.filter(|problem| !problem.is_empty()))
            };
            let refused = browser.wait_for("the reason", 15, refused).await;
            let user = module.texts("user").await?;
            let same = module.latest_rows().await? == rows;
            if refused.is_err() || !user.is_empty() || !same {
                wrong.push(format!(
                    "{on} {fault}: {refused:?}, user {user:?}, same rows: {same}"
                ));
            }
        }
        none(&wrong)
    })
    .await;
}

#[tokio::test]
async fn a_reading_of_another_patient_is_not_shown_and_told() {
    browse("faults-other", 1000, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        healthy(&browser, &launcher).await?;
        let readings = |module: Module| async move {
            let trend = module.trend_when("spo2", |_| true).await?;
            Ok::<usize, Error>(trend.readings.parse()?)
        };
        let all = readings(Module::new(browser.clone())).await?;
        launcher
            .fail(json!([{ "on": "Observation", "fault": "other-patient" }]))
            .await?;
        let module = open(&browser, &launcher, "ready").await?;
        let findings = module.findings().await?;
        assert!(
            findings.iter().any(|finding| finding.kind == "other-patient"),
            "{findings:?}: {}",
            module.text().await?
        );
        assert!(readings(module).await? <= all);
        Ok(())
    })
    .await;
}
