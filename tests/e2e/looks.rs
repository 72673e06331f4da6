//! How the screen looks, compared with approved pictures: a change in looks is always a decision
//! (`cargo xtask approve`).

use std::collections::BTreeSet;

use browser_tests::Result;
use browser_tests::browser::{Browser, browse};
use browser_tests::emulation::Scheme;
use browser_tests::launcher::Launcher;
use browser_tests::picture::{approved, difference};

use crate::none;
use crate::scenes::Scene;

const NARROW: u32 = 400;
const WIDE: u32 = 1200;
/// A4 at 96 pixels to the inch.
const PAPER: u32 = 794;

/// Which scenes are looked at in which colours, at a width.
fn looks(width: u32) -> Vec<(Scene, Vec<Scheme>)> {
    let is_state = |scene: &Scene| {
        !matches!(
            scene,
            Scene::Main | Scene::RowOpen | Scene::Table | Scene::Picker | Scene::Banner
        )
    };
    let states = Scene::ALL
        .into_iter()
        .filter(is_state)
        .map(|scene| (scene, vec![Scheme::Light]));
    let mut looks = vec![(Scene::Main, Scheme::ALL.to_vec())];
    if width == NARROW {
        let in_two = vec![Scheme::Light, Scheme::Dark];
        looks.extend([Scene::RowOpen, Scene::Picker].map(|scene| (scene, in_two.clone())));
        looks.extend([Scene::Table, Scene::Banner].map(|scene| (scene, vec![Scheme::Light])));
    }
    looks.extend(states);
    looks
}

fn picture(scene: Scene, width: u32, scheme: Scheme) -> String {
    format!("{}-{width}-{}", scene.told().name, scheme.name())
}

fn paper(scene: Scene) -> String {
    format!("{}-paper", scene.told().name)
}

#[tokio::test]
async fn the_narrow_screen_looks_as_approved() {
    browse("looks-narrow", NARROW, |browser| async move {
        compare_all(&browser, NARROW).await
    })
    .await;
}

#[tokio::test]
async fn the_wide_screen_looks_as_approved() {
    browse("looks-wide", WIDE, |browser| async move {
        compare_all(&browser, WIDE).await
    })
    .await;
}

async fn compare_all(browser: &Browser, width: u32) -> Result<()> {
    let launcher = Launcher::of_stopped_clock()?;
    browser.stop_clock().await?;
    browser.hurry_timers().await?;
    browser.size(width, 900).await?;
    let mut wrong = Vec::new();
    for (scene, schemes) in looks(width) {
        browser.scheme(Scheme::Light).await?;
        scene.enter(browser, &launcher).await?;
        hide_ports(browser).await?;
        for scheme in schemes {
            browser.scheme(scheme).await?;
            browser.settle().await?;
            wrong.extend(difference(browser, &picture(scene, width, scheme)).await?);
        }
        if scene == Scene::Main && width == WIDE {
            browser.size(PAPER, 900).await?;
            browser.paper().await?;
            browser.settle().await?;
            wrong.extend(difference(browser, &paper(scene)).await?);
            browser.size(width, 900).await?;
        }
        scene.leave(browser, &launcher).await?;
    }
    none(&wrong)
}

/// Errors name the host, and a test's host has another port each time.
async fn hide_ports(browser: &Browser) -> Result<()> {
    browser
        .script(
            "const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            while (texts.nextNode()) {
                texts.currentNode.data = texts.currentNode.data.replace(/(127\\.0\\.0\\.1):\\d+/g, '$1:8480');
            }",
        )
        .await
}

#[test]
fn every_approved_picture_is_of_something_that_is_compared() {
    let mut compared: BTreeSet<String> = [NARROW, WIDE]
        .into_iter()
        .flat_map(|width| looks(width).into_iter().map(move |look| (width, look)))
        .flat_map(|(width, (scene, schemes))| {
            schemes
                .into_iter()
                .map(move |scheme| picture(scene, width, scheme))
        })
        .collect();
    compared.insert(paper(Scene::Main));
    let kept: BTreeSet<String> = std::fs::read_dir(approved())
        .into_iter()
        .flatten()
        .map(|file| {
            file.unwrap()
                .path()
                .file_stem()
                .unwrap()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    assert_eq!(kept, compared);
}
