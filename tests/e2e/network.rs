//! What the viewer asks for: only its own site and the issuer's, only what the first screen needs, nothing twice.

use std::collections::BTreeMap;
use std::time::Duration;

use browser_tests::browser::browse;
use browser_tests::journal::{self, Width};
use browser_tests::launcher::Launcher;
use browser_tests::stub::{Answer, Request};

use crate::small_host::{SmallHost, resources, searchset};

/// What may be asked of a FHIR server before the first click.
const FIRST_SCREEN: [&str; 5] = ["Patient", "Observation", "CarePlan", "Goal", "EpisodeOfCare"];

#[tokio::test]
async fn only_the_journal_and_the_viewer_are_asked_and_the_console_stays_empty() {
    browse("network", 1700, |browser| async move {
        let launcher = Launcher::shared()?;
        let module = journal::open(&browser, launcher, "hospital", "kols", Width::Wide).await?;
        tokio::time::sleep(Duration::from_secs(1)).await;
        let urls = browser.requests().await?;
        let foreign: Vec<_> = urls
            .iter()
            .filter(|url| !url.starts_with(&launcher.journal) && !url.starts_with(&launcher.viewer))
            .collect();
        assert!(foreign.is_empty(), "{foreign:?}");

        let fhir = format!("{}/", launcher.fhir());
        let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
        for path in urls.iter().filter_map(|url| url.strip_prefix(&fhir)) {
            *kinds
                .entry(path.split(['/', '?']).next().unwrap_or_default())
                .or_default() += 1;
        }
        assert_eq!(kinds.remove(".well-known"), Some(1), "discovery: {urls:#?}");
        // The latest values, and the period's one page.
        assert!(
            kinds.remove("Observation").is_some_and(|count| count <= 2),
            "{urls:#?}"
        );
        for (kind, count) in kinds {
            assert!(
                FIRST_SCREEN.contains(&kind),
                "{kind} before the first click: {urls:#?}"
            );
            assert_eq!(count, 1, "{kind}: {urls:#?}");
        }

        let marks: Vec<String> = browser
            .script("return performance.getEntriesByType('mark').map(mark => mark.name)")
            .await?;
        for mark in [
            "dho:launch",
            "dho:token",
            "dho:first-values",
            "dho:first-trend",
            "dho:complete",
        ] {
            assert!(marks.iter().any(|it| it == mark), "{mark} is not among {marks:?}");
        }
        assert_eq!(module.errors().await?, []);
        assert_eq!(browser.console().await?, Vec::<String>::new());
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn nothing_is_fetched_again_by_itself() {
    browse("again", 1200, |browser| async move {
        let readings = searchset(&resources("Observation"));
        let host = SmallHost::start(move |_| Answer::fhir(&readings))?;
        host.open(&browser, "ready").await?;
        tokio::time::sleep(Duration::from_secs(1)).await;
        let asked = host.host.requests();
        tokio::time::sleep(Duration::from_secs(5)).await;
        assert_eq!(host.host.requests(), asked, "asked without a click");

        let mut seen: Vec<Request> = Vec::new();
        for request in asked {
            assert!(!seen.contains(&request), "twice: {request:?}");
            seen.push(request);
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_next_link_to_another_host_is_refused() {
    browse("foreign", 1200, |browser| async move {
        let stranger = browser_tests::stub::Stub::start(|_| Answer::fhir(&searchset(&[])))?;
        let mut page = searchset(&resources("Observation"));
        page["link"] =
            serde_json::json!([{ "relation": "next", "url": format!("{}/page2", stranger.address()) }]);
        let host = SmallHost::start(move |_| Answer::fhir(&page))?;
        let module = host.open_to_the_end(&browser).await?;
        assert_eq!(stranger.requests(), []);
        assert!(
            !module.latest_rows().await?.is_empty(),
            "what came stays: {}",
            module.text().await?
        );
        let told = !module.findings().await?.is_empty() || !module.errors().await?.is_empty();
        assert!(told, "not told: {}", module.text().await?);
        Ok(())
    })
    .await;
}
