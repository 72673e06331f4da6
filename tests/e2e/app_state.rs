//! Choices of how the view looks that the journal keeps (SMART App State): the same at every workplace, for one user only,
//! and never in the way of the view.

use std::time::Duration;

use browser_tests::Result;
use browser_tests::browser::{Browser, browse, browse_two};
use browser_tests::journal::open_window;
use browser_tests::launcher::Launcher;
use browser_tests::smart::App;
use serde_json::{Value, json};

use crate::settings::{density, keeper, kept, open_settings, press, wait_for_density, wait_for_keeper};

const GP: &str = "fastlege-solheim";
const ROLE: &str = "https://dho-viewer.example/fhir/StructureDefinition/preferences/suggester";

fn launcher() -> Result<Launcher> {
    Launcher::with_plans(&["app-state"])
}

/// Statuses of the requests for what is kept, by method.
async fn asked(launcher: &Launcher) -> Result<Vec<(String, u64)>> {
    let said: Value = reqwest::get(format!("{}/requests", launcher.journal))
        .await?
        .json()
        .await?;
    let requests = said["requests"].as_array().cloned().unwrap_or_default();
    let of_state = requests.iter().filter(|request| request["kind"] == "Basic");
    Ok(of_state
        .map(|request| {
            let method = request["method"].as_str().unwrap_or_default().to_owned();
            (method, request["status"].as_u64().unwrap_or_default())
        })
        .collect())
}

async fn wait_for_asked(browser: &Browser, launcher: &Launcher, wanted: &[(&str, u64)]) -> Result<()> {
    let wanted: Vec<(String, u64)> = wanted
        .iter()
        .map(|(method, status)| ((*method).to_owned(), *status))
        .collect();
    let all = || async { Ok((asked(launcher).await? == wanted).then_some(())) };
    match browser.wait_for(&format!("{wanted:?}"), 10, all).await {
        Ok(()) => Ok(()),
        Err(error) => Err(format!("{error}; they are {:?}", asked(launcher).await?).into()),
    }
}

/// What the journal keeps of a user.
async fn stored(launcher: &Launcher, user: &str) -> Result<Vec<Value>> {
    let app = App::launch_as(launcher, user, "kols", "launch openid fhirUser user/Basic.rs").await?;
    let address = format!(
        "{}/appstate/Basic?code=https://dho-viewer.example|preferences&subject={}/Practitioner/{user}",
        launcher.journal,
        launcher.fhir()
    );
    let (status, bundle) = app.get_at(&address).await?;
    assert_eq!(status, 200, "{bundle}");
    let entries = bundle["entry"].as_array().cloned().unwrap_or_default();
    Ok(entries
        .into_iter()
        .map(|mut entry| entry["resource"].take())
        .collect())
}

#[tokio::test]
async fn the_journal_keeps_choices_for_one_user_at_every_workplace() {
    browse_two("state-kept", 400, |one, other| async move {
        let launcher = launcher()?;
        let module = open_window(&one, &launcher, "gp", "kols", "ready").await?;
        open_settings(&one).await?;
        wait_for_keeper(&one, "server").await?;
        assert_eq!(
            keeper(&one).await?,
            (
                "server".to_owned(),
                "Valgene dine lagres i journalens server.".to_owned()
            )
        );
        wait_for_asked(&one, &launcher, &[("GET", 200)]).await?;
        press(&one, "data-density=roomy").await?;
        wait_for_asked(&one, &launcher, &[("GET", 200), ("POST", 201), ("GET", 200)]).await?;
        module.choose_language("nn").await?;
        wait_for_asked(
            &one,
            &launcher,
            &[
                ("GET", 200),
                ("POST", 201),
                ("GET", 200),
                ("PUT", 200),
                ("GET", 200),
            ],
        )
        .await?;
        assert_eq!(kept(&one).await?, [], "nothing of it is in this browser");

        let [state] = &stored(&launcher, GP).await?[..] else {
            return Err("not one state".into());
        };
        let extensions = state["extension"].as_array().ok_or("no extension")?;
        let [extension] = &extensions[..] else {
            return Err(format!("{state}").into());
        };
        assert_eq!(extension["url"], ROLE);
        let text: Value = serde_json::from_str(extension["valueString"].as_str().unwrap_or_default())?;
        assert_eq!(text, json!({ "lang": "nn", "density": "roomy" }));
        let fields: Vec<&String> = state
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, _)| name)
            .collect();
        for field in fields {
            let known = ["resourceType", "id", "meta", "code", "subject", "extension"];
            assert!(known.contains(&&**field), "{field} in {state}");
        }

        // Another computer, another patient.
        open_window(&other, &launcher, "gp", "plan-texts", "ready").await?;
        wait_for_density(&other, "roomy").await?;
        let lang: String = other.script("return document.documentElement.lang").await?;
        assert_eq!(lang, "nn");
        // Another user there, and the same one who forgets everything.
        open_window(&other, &launcher, "hospital", "kols", "ready").await?;
        assert_eq!(density(&other).await?, "dense");
        assert_eq!(stored(&launcher, "spesialist-dahl").await?, Vec::<Value>::new());
        press(&one, "data-testid=settings-forget").await?;
        let gone = || async { Ok(stored(&launcher, GP).await?.is_empty().then_some(())) };
        one.wait_for("the journal to forget", 5, gone).await
    })
    .await;
}

#[tokio::test]
async fn of_two_workplaces_neither_undoes_what_the_other_chose() {
    browse_two("state-conflict", 400, |one, other| async move {
        let launcher = launcher()?;
        open_window(&one, &launcher, "gp", "kols", "ready").await?;
        open_settings(&one).await?;
        // At once, perhaps before it is known where it is kept.
        press(&one, "data-density=roomy").await?;
        let is_there = || async { Ok((stored(&launcher, GP).await?.len() == 1).then_some(())) };
        one.wait_for("the first choice to be kept", 5, is_there).await?;

        let there = open_window(&other, &launcher, "gp", "kols", "ready").await?;
        let here = open_window(&one, &launcher, "gp", "kols", "ready").await?;
        open_settings(&one).await?;
        wait_for_keeper(&one, "server").await?;
        press(&one, "data-density=dense").await?;
        let statuses = || async {
            let asked = asked(&launcher).await?;
            Ok(asked.contains(&("PUT".to_owned(), 200)).then_some(()))
        };
        one.wait_for("the second choice to be kept", 5, statuses).await?;
        wait_for_density(&other, "roomy").await?;
        there.press_button("30 dager").await?;
        let refused = || async {
            Ok(asked(&launcher)
                .await?
                .contains(&("PUT".to_owned(), 412))
                .then_some(()))
        };
        other.wait_for("a conflict", 5, refused).await?;
        let both = || async {
            let state = stored(&launcher, GP).await?;
            let text = state
                .first()
                .and_then(|state| state.pointer("/extension/0/valueString")?.as_str());
            let text: Value = serde_json::from_str(text.unwrap_or_default())?;
            Ok((text == json!({ "days": 30, "density": "dense" })).then_some(()))
        };
        other.wait_for("both choices to be kept", 5, both).await?;
        wait_for_density(&other, "dense").await?;
        open_settings(&other).await?;
        assert_eq!(keeper(&other).await?.0, "server");
        assert_eq!((there.errors().await?, here.errors().await?), (vec![], vec![]));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn where_the_journal_refuses_this_browser_keeps_them_and_says_so_calmly() {
    browse("state-refused", 400, |browser| async move {
        let launcher = launcher()?;
        for fault in ["403", "503", "html", "drop"] {
            launcher.fail(json!([{ "on": "Basic", "fault": fault }])).await?;
            let module = open_window(&browser, &launcher, "gp", "kols", "ready").await?;
            wait_for_keeper(&browser, "browser").await?;
            open_settings(&browser).await?;
            let wanted = if density(&browser).await? == "dense" {
                "roomy"
            } else {
                "dense"
            };
            press(&browser, &format!("data-density={wanted}")).await?;
            assert_eq!(module.errors().await?, [], "{fault}");
            assert_eq!(kept(&browser).await?.len(), 1, "{fault}");
            open_window(&browser, &launcher, "gp", "kols", "ready").await?;
            wait_for_density(&browser, wanted).await?;
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn where_the_journal_stops_keeping_them_half_way_nothing_is_lost() {
    browse("state-stopped", 400, |browser| async move {
        let launcher = launcher()?;
        for fault in ["403", "drop", "503"] {
            let module = open_window(&browser, &launcher, "gp", "kols", "ready").await?;
            open_settings(&browser).await?;
            wait_for_keeper(&browser, "server").await?;
            launcher.fail(json!([{ "on": "Basic", "fault": fault }])).await?;
            press(&browser, "data-density=roomy").await?;
            wait_for_keeper(&browser, "browser").await?;
            assert_eq!(density(&browser).await?, "roomy");
            assert_eq!(kept(&browser).await?.len(), 1, "{fault}");
            assert_eq!(module.errors().await?, [], "{fault}");
            press(&browser, "data-testid=settings-forget").await?;
            launcher.heal().await?;
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn nothing_waits_long_for_a_journal_that_is_slow_to_tell() {
    browse("state-slow", 400, |browser| async move {
        let launcher = launcher()?;
        launcher
            .fail(json!([{ "on": "Basic", "fault": "delay", "ms": 15_000 }]))
            .await?;
        let module = open_window(&browser, &launcher, "gp", "kols", "ready").await?;
        assert!(!module.latest_rows().await?.is_empty());
        tokio::time::sleep(Duration::from_secs(3)).await;
        open_settings(&browser).await?;
        assert_eq!(keeper(&browser).await?.0, "browser");
        press(&browser, "data-density=roomy").await?;
        assert_eq!(kept(&browser).await?.len(), 1);
        assert_eq!(module.errors().await?, []);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_journal_that_keeps_nothing_is_not_asked() {
    browse("state-none", 400, |browser| async move {
        let launcher = Launcher::with_plans(&[])?;
        open_window(&browser, &launcher, "gp", "kols", "ready").await?;
        open_settings(&browser).await?;
        press(&browser, "data-density=roomy").await?;
        tokio::time::sleep(Duration::from_secs(1)).await;
        assert_eq!(asked(&launcher).await?, []);
        Ok(())
    })
    .await;
}
