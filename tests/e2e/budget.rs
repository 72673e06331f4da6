//! What a launch costs the hospital's server: requests and bytes against a budget. How quick it is, is measured by
//! benchmarks.

use std::collections::BTreeMap;

use browser_tests::Result;
use browser_tests::browser::{Browser, browse};
use browser_tests::journal::open_window;
use browser_tests::launcher::{FIXTURES, Launcher};
use browser_tests::witness::Asked;

use crate::hosts;

/// The most entries that the journal's server puts on a page.
const PAGE: usize = 1000;

/// What a launch may ask for before the first click.
struct Budget {
    /// Fetched once each: where to log in, the token, the keys that its id_token is signed with.
    launch: [(&'static str, usize); 3],
    /// Of the FHIR server, by kind of resource.
    kinds: &'static [(&'static str, usize)],
}

/// One request per kind of resource. Where the newest page is not everything, readings cost beside the pages of
/// the period one request for the latest values and one for what has no date.
const BUDGET: Budget = Budget {
    launch: [(".well-known/smart-configuration", 1), ("token", 1), ("jwks", 1)],
    kinds: &[("Patient", 1), ("CarePlan", 1), ("Observation", 1)],
};

/// Requests of a launch by what they are for, and those for readings.
pub(crate) struct Spent {
    kinds: BTreeMap<String, usize>,
    readings: Vec<Asked>,
}

/// What the current page has asked for so far.
pub(crate) async fn spent(browser: &Browser, launcher: &Launcher) -> Result<Spent> {
    let fhir = format!("{}/", launcher.fhir());
    let auth = format!("{}/auth/", launcher.journal);
    let mut spent = Spent {
        kinds: BTreeMap::new(),
        readings: Vec::new(),
    };
    for asked in browser.noted().await?.requests {
        let path = asked
            .address
            .strip_prefix(&fhir)
            .or(asked.address.strip_prefix(&auth));
        let Some(path) = path else { continue };
        let kind = match path.split('?').next().unwrap_or_default() {
            launch if launch.starts_with('.') => launch,
            path => path.split('/').next().unwrap_or_default(),
        };
        *spent.kinds.entry(kind.to_owned()).or_default() += 1;
        if kind == "Observation" {
            spent.readings.push(asked);
        }
    }
    Ok(spent)
}

impl Spent {
    /// What is over the budget, with so many more requests for readings than its one.
    pub(crate) fn over(&self, more_readings: usize) -> Vec<String> {
        let allowed: BTreeMap<_, _> = BUDGET.launch.iter().chain(BUDGET.kinds).copied().collect();
        let over = self.kinds.iter().filter_map(|(kind, count)| {
            let more = if kind == "Observation" { more_readings } else { 0 };
            let allowed = allowed.get(kind.as_str()).map_or(0, |count| count + more);
            (*count > allowed).then(|| format!("{kind}: {count}, allowed are {allowed}"))
        });
        over.collect()
    }

    fn bytes(&self) -> usize {
        self.readings.iter().map(|asked| asked.bytes).sum()
    }
}

async fn opened(browser: &Browser, launcher: &Launcher, patient: &str) -> Result<Spent> {
    browser.witness().await?;
    open_window(browser, launcher, "gp", patient, "ready").await?;
    let spent = spent(browser, launcher).await?;
    assert!(!spent.readings.is_empty(), "{:?}", spent.kinds);
    Ok(spent)
}

#[tokio::test]
async fn a_launch_asks_once_for_each_kind_of_resource() {
    browse("budget", 1200, |browser| async move {
        let spent = opened(&browser, Launcher::shared()?, "kols").await?;
        assert_eq!(spent.over(0), Vec::<String>::new());
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn continuous_glucose_costs_the_pages_of_its_period_and_two_requests_more() {
    browse("budget-cgm", 1200, |browser| async move {
        let spent = opened(&browser, Launcher::shared()?, "cgm").await?;
        let pages = (91 * 288usize).div_ceil(PAGE);
        // Side by side in slices of time, each of which may end on a page that is not full.
        let slices = 3;
        assert_eq!(spent.over(pages + 1 + slices), Vec::<String>::new());
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_host_without_a_search_for_the_latest_costs_one_page_more() {
    browse("budget-lastn", 1200, |browser| async move {
        let launcher = hosts::launcher("--habit", "no-lastn")?;
        let spent = opened(&browser, &launcher, "kols").await?;
        assert_eq!(spent.over(1), Vec::<String>::new());
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn what_is_not_read_is_not_asked_for() {
    let (give, take) = tokio::sync::oneshot::channel();
    browse("budget-elements", 1200, |browser| async move {
        let _ = give.send(opened(&browser, Launcher::shared()?, "kols").await?.bytes());
        Ok(())
    })
    .await;
    browse("budget-bytes", 1200, |browser| async move {
        let with = take.await?;
        let launcher = hosts::launcher("--habit", "no-elements")?;
        let without = opened(&browser, &launcher, "kols").await?.bytes();
        assert!(with > 0 && with < without, "{with} bytes of {without}");
        let readings = FIXTURES.iter().find(|case| case.id == "kols");
        let readings = readings.into_iter().flat_map(|case| case.resources());
        let count = readings.filter(|it| it["resourceType"] == "Observation").count();
        assert!(with / count < 2000, "{} bytes a reading", with / count);
        Ok(())
    })
    .await;
}
