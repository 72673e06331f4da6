//! The first screen by count: what is on it, what is closed, and what it costs before a click. How few words and buttons
//! that is, is in `calm`; requests of other hosts are in `budget`.

use browser_tests::Result;
use browser_tests::browser::{Browser, browse};
use browser_tests::journal::open_window;
use browser_tests::launcher::{FIXTURES, Launcher};
use serde::Deserialize;

use crate::budget::spent;

/// What can be seen of the first screen.
#[derive(Debug, Deserialize, PartialEq)]
struct Counted {
    rows: Vec<String>,
    /// Lines that say which plan there is.
    plans: usize,
    /// Charts with axes.
    trends: usize,
    /// Heads that something opens below, with whether it is open.
    heads: Vec<(String, bool)>,
    /// Things that are open: menus, pickers, dialogs, tables, forms.
    open: Vec<String>,
    /// What only belongs to something that was opened.
    inside: usize,
}

const COUNT: &str = "
    const seen = selector => [...document.querySelectorAll(selector)].filter(it => it.checkVisibility());
    return {
        rows: seen('[data-testid=latest-row]').map(it => it.dataset.parameter),
        plans: seen('[data-testid=plan]').length,
        trends: seen('[data-testid=trend]').length,
        heads: seen('.demand').map(it => [it.dataset.testid, it.querySelector('button').ariaExpanded === 'true']),
        open: seen('details[open], dialog[open], .picker, table, form, [data-testid=picker]').map(it => it.outerHTML.slice(0, 80)),
        inside: seen(`[data-testid=filling], [data-testid=note], [data-testid=event], [data-testid=follow-up-service],
            [data-testid=version], [data-testid=limit], [data-testid=finding], [data-testid=trend-row]`).length,
    }";

async fn counted(browser: &Browser) -> Result<Counted> {
    browser.settle().await?;
    browser.script(COUNT).await
}

/// Goes over the page as somebody does who only looks: to its end and back, with the mouse over everything that can be
/// pressed.
async fn look(browser: &Browser) -> Result<()> {
    browser
        .script::<()>(
            "scrollTo(0, document.body.scrollHeight);
            for (const it of document.querySelectorAll('button, summary, label, figure')) {
                for (const name of ['pointerover', 'mouseover', 'pointermove', 'mousemove', 'focusin']) {
                    it.dispatchEvent(new MouseEvent(name, { bubbles: true }));
                }
            }
            scrollTo(0, 0)",
        )
        .await?;
    tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
    Ok(())
}

#[tokio::test]
async fn the_first_screen_is_rows_one_plan_line_and_closed_heads_and_nothing_more_is_fetched() {
    browse("first-screen", 400, |browser| async move {
        let launcher = Launcher::shared()?;
        browser.witness().await?;
        for (frame, patient) in [
            ("gp", "kols"),
            ("hospital", "kols"),
            ("gp", "questionnaires"),
            ("hospital", "events"),
        ] {
            let case = FIXTURES
                .iter()
                .find(|case| case.id == patient)
                .ok_or("no such patient")?;
            let parameters = &case.expected.parameters;
            for width in [400, 1200] {
                let at = format!("{patient} {frame} {width}");
                browser.size(width, 900).await?;
                open_window(&browser, launcher, frame, patient, "ready").await?;
                let there = counted(&browser).await?;
                let shared = case.expected.shared_id.as_deref();
                let named: Vec<&String> = there.rows.iter().filter(|row| shared != Some(row)).collect();
                assert_eq!(named.len(), parameters.len(), "{at}: {there:?}");
                assert!(
                    named.iter().all(|row| parameters.contains_key(*row)),
                    "{at}: {there:?}"
                );
                let plans = usize::from(patient == "kols");
                assert!(there.plans <= 1 && there.plans >= plans, "{at}: {there:?}");
                let trends = if width == 400 { 0 } else { there.rows.len() };
                assert_eq!(
                    there.trends, trends,
                    "{at}: charts only where there is room: {there:?}"
                );
                let mut heads: Vec<&str> = there.heads.iter().map(|(head, _)| &**head).collect();
                heads.sort_unstable();
                assert_eq!(heads, ["follow-up", "notes", "questionnaires"], "{at}");
                assert!(there.heads.iter().all(|(_, open)| !open), "{at}: {there:?}");
                assert_eq!((there.open.len(), there.inside), (0, 0), "{at}: {there:?}");

                look(&browser).await?;
                let over = spent(&browser, launcher).await?.over(0);
                assert_eq!(over, Vec::<String>::new(), "{at}");
                assert_eq!(counted(&browser).await?, there, "{at}: it stays as it is");
            }
        }
        Ok(())
    })
    .await;
}
