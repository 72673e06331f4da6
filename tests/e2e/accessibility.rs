//! The screen for everyone: axe-core's rules, sizes of targets, narrow and widely spaced text, and the reading order.

use browser_tests::browser::{Browser, browse};
use browser_tests::emulation::Scheme;
use browser_tests::launcher::Launcher;
use browser_tests::{Result, axe, reading_order};

use crate::none;
use crate::scenes::Scene;

/// The spacing that WCAG 1.4.12 asks a page to bear.
const WIDE_SPACING: &str = "const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
        word-spacing: .16em !important; } p { margin-bottom: 2em !important; }`);
    document.adoptedStyleSheets.push(sheet);";

/// What a reader would miss: text that is cut off, that runs out of the page, or that lies upon other text.
const LOST_TEXT: &str = "scrollTo(0, 0);
    const lost = [];
    const page = document.documentElement;
    if (page.scrollWidth > page.clientWidth) lost.push(`the page is ${page.scrollWidth} px wide`);
    const hidden = element => !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
        || element.closest('.unseen, .on-paper, noscript, [hidden]');
    for (const element of document.querySelectorAll('body *')) {
        const style = getComputedStyle(element);
        const cuts = direction => ['hidden', 'clip'].includes(style[direction]);
        if (hidden(element) || !element.innerText?.trim()) continue;
        if (cuts('overflowX') && element.scrollWidth > element.clientWidth + 1
            || cuts('overflowY') && element.scrollHeight > element.clientHeight + 1) {
            lost.push(`cut off: ${element.className}: ${element.innerText.slice(0, 60)}`);
        }
    }
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const boxes = [];
    while (texts.nextNode()) {
        const text = texts.currentNode;
        if (!text.data.trim() || hidden(text.parentElement) || text.parentElement.closest('.table')) continue;
        const range = document.createRange();
        range.selectNodeContents(text);
        for (const box of range.getClientRects()) boxes.push({ box, text });
    }
    for (const [place, one] of boxes.entries()) {
        for (const two of boxes.slice(place + 1)) {
            const across = Math.min(one.box.right, two.box.right) - Math.max(one.box.left, two.box.left);
            const down = Math.min(one.box.bottom, two.box.bottom) - Math.max(one.box.top, two.box.top);
            if (across > 2 && down > 5 && one.text !== two.text) {
                lost.push(`one upon the other: ${one.text.data.slice(0, 40)} / ${two.text.data.slice(0, 40)}`);
            }
        }
    }
    return lost;";

/// Things to press that are less than 24 px high or wide.
const SMALL_TARGETS: &str = "return [...document.querySelectorAll(
        'button, a[href], input, select, summary, [role=button], [role=option], [tabindex=\"0\"]')]
    .filter(target => target.checkVisibility({ visibilityProperty: true }) && !target.closest('.unseen'))
    .map(target => ({ target, box: (target.closest('label') ?? target).getBoundingClientRect() }))
    .filter(({ box }) => box.width < 23.95 || box.height < 23.95)
    .map(({ target, box }) => `${target.outerHTML.slice(0, 120)}: ${box.width} × ${box.height}`);";

#[tokio::test]
async fn narrow_no_rule_is_broken_in_any_state_and_scheme() {
    browse("axe-narrow", 400, |browser| async move {
        no_rule_is_broken(&browser, 400).await
    })
    .await;
}

#[tokio::test]
async fn wide_no_rule_is_broken_in_any_state_and_scheme() {
    browse("axe-wide", 1200, |browser| async move {
        no_rule_is_broken(&browser, 1200).await
    })
    .await;
}

async fn no_rule_is_broken(browser: &Browser, width: u32) -> Result<()> {
    let launcher = Launcher::of_stopped_clock()?;
    browser.stop_clock().await?;
    browser.hurry_timers().await?;
    browser.size(width, 900).await?;
    let mut wrong = Vec::new();
    for scene in Scene::ALL {
        if let Err(error) = scene.enter(browser, &launcher).await {
            wrong.push(error.to_string());
            continue;
        }
        for scheme in Scheme::ALL {
            browser.scheme(scheme).await?;
            browser.settle().await?;
            for violation in axe::violations(browser).await? {
                wrong.push(format!(
                    "{}, {}: {violation:#?}",
                    scene.told().name,
                    scheme.name()
                ));
            }
        }
        scene.leave(browser, &launcher).await?;
    }
    none(&wrong)
}

#[tokio::test]
async fn every_target_is_24_pixels_or_more() {
    in_every_state("targets", &[400, 1200], |browser| async move {
        browser.script(SMALL_TARGETS).await
    })
    .await;
}

#[tokio::test]
async fn no_text_is_lost_at_any_width_from_320_pixels() {
    in_every_state("widths", &[320, 400, 600, 800, 1200], |browser| async move {
        browser.script(LOST_TEXT).await
    })
    .await;
}

#[tokio::test]
async fn no_text_is_lost_where_the_reader_sets_wide_spacing() {
    in_every_state("spacing", &[320, 400, 1200], |browser| async move {
        let () = browser.script(WIDE_SPACING).await?;
        let lost = browser.script(LOST_TEXT).await;
        let () = browser.script("document.adoptedStyleSheets = []").await?;
        lost
    })
    .await;
}

/// Enters each state narrow and looks for what is wrong at each width.
async fn in_every_state<Look>(
    name: &str,
    widths: &'static [u32],
    look: impl Fn(Browser) -> Look + Send + 'static,
) where
    Look: Future<Output = Result<Vec<String>>> + Send + 'static,
{
    browse(name, 400, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        browser.stop_clock().await?;
        browser.hurry_timers().await?;
        let mut wrong = Vec::new();
        for scene in Scene::ALL {
            browser.size(400, 900).await?;
            if let Err(error) = scene.enter(&browser, &launcher).await {
                wrong.push(error.to_string());
                continue;
            }
            for width in widths {
                browser.size(*width, 900).await?;
                browser.settle().await?;
                let found = look(browser.clone()).await?;
                wrong.extend(
                    found
                        .into_iter()
                        .map(|what| format!("{}, {width} px: {what}", scene.told().name)),
                );
            }
            scene.leave(&browser, &launcher).await?;
        }
        none(&wrong)
    })
    .await;
}

#[tokio::test]
async fn a_screen_reader_reads_who_how_fresh_the_rows_as_sentences_then_trend_and_plan() {
    browse("reading-order", 400, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        browser.stop_clock().await?;
        browser.size(400, 900).await?;
        Scene::RowOpen.enter(&browser, &launcher).await?;
        let lines = reading_order::lines(&browser).await?;
        in_order(
            &lines,
            &[
                "heading Egenmåling",
                "12.03.1953",
                "Hentet",
                "button Hent på nytt",
                "group Periode",
                "heading Siste målinger",
                "button SpO₂ 92 %",
                "figure Utvikling SpO₂",
                "button Vis som tabell",
                "button Puls",
                "Egenbehandlingsplan",
            ],
        )?;
        browser.size(1200, 900).await?;
        browser.settle().await?;
        let lines = reading_order::lines(&browser).await?;
        in_order(
            &lines,
            &[
                "heading Egenmåling",
                "12.03.1953",
                "Hentet",
                "heading Siste målinger",
                "button SpO₂ 92 %",
                "button Puls",
                "heading Utvikling",
                "figure Utvikling SpO₂",
                "heading Egenbehandlingsplan",
            ],
        )?;
        Ok(())
    })
    .await;
}

/// Each of the words on a line after the one before.
fn in_order(lines: &[String], words: &[&str]) -> Result<()> {
    let mut rest = lines.iter();
    for words in words {
        if !rest.any(|line| line.replace('\u{a0}', " ").contains(words)) {
            return Err(format!("{words:?} does not come in its place:\n{}", lines.join("\n")).into());
        }
    }
    Ok(())
}

#[tokio::test]
async fn each_row_is_read_as_one_sentence_with_value_zone_limit_and_time() {
    browse("sentences", 400, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        browser.stop_clock().await?;
        let module = Scene::Main.enter(&browser, &launcher).await?;
        let rows = module.latest_rows().await?;
        let lines = reading_order::lines(&browser).await?;
        let named: Vec<&String> = lines
            .windows(2)
            .filter_map(|pair| match pair {
                [item, button] if item == "listitem" && button.starts_with("button ") => Some(button),
                _ => None,
            })
            .collect();
        assert_eq!(named.len(), rows.len(), "{lines:#?}");
        for (line, row) in named.iter().zip(&rows) {
            let value = row.value.replace('.', ",");
            let words = match row.zone.as_str() {
                "green" => "innenfor",
                "no-limit" => "ingen grense",
                zone if zone.starts_with("yellow") => "gul",
                zone if zone.starts_with("red") => "rød",
                _ => "",
            };
            assert!(
                line.contains(&value) && line.to_lowercase().contains(words),
                "{line}: {row:?}"
            );
            assert!(line.split(", ").count() >= 3, "no sentence: {line}");
        }
        Ok(())
    })
    .await;
}
