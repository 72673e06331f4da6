//! Questionnaires on demand: fillings with their days and scores, curves, and answers in the questions' own words.

use std::collections::{BTreeMap, BTreeSet};

use browser_tests::browser::browse;
use fhir_fixtures::FillingExpected;
use serde::Deserialize;
use thirtyfour::By;

use crate::none;
use crate::on_demand::{all, expected, launcher, open, press};

#[derive(Debug, Deserialize)]
struct Filling {
    time: String,
    score: String,
}

#[derive(Debug, Deserialize)]
struct Answer {
    question: String,
    answer: String,
    was: String,
    changed: String,
}

const ANSWER: &str = "{ question: it.querySelector('.question')?.innerText ?? '', \
    answer: it.querySelector('.answer')?.innerText ?? '', was: it.querySelector('.was')?.innerText ?? '', \
    changed: it.dataset.changed }";

/// What differs between the answers shown and those expected.
fn differences(shown: &[Answer], expected: &FillingExpected) -> Vec<String> {
    let mut wrong = Vec::new();
    if shown.len() != expected.answers.len() {
        wrong.push(format!(
            "{} answers and not {}",
            shown.len(),
            expected.answers.len()
        ));
    }
    for (shown, expected) in shown.iter().zip(&expected.answers) {
        let is_same = shown.question.replace('\u{a0}', " ") == expected.question
            && shown.answer.replace('\u{a0}', " ").replace(',', ".") == expected.answer.replace(',', ".");
        if !is_same || shown.changed != expected.changed.to_string() {
            wrong.push(format!("{shown:?} and not {expected:?}"));
        }
        if expected.changed && !shown.was.contains("før: ") {
            wrong.push(format!("the earlier answer is not said: {shown:?}"));
        }
    }
    wrong
}

#[tokio::test]
async fn every_filling_has_its_day_its_scores_and_answers_in_the_questions_own_words() {
    browse("on-demand-answers", 1200, |browser| async move {
        let launcher = launcher()?;
        let module = open(&browser, &launcher, "questionnaires").await?;
        let head = browser
            .script::<String>("return document.querySelector('[data-testid=questionnaires]').innerText")
            .await?;
        assert!(
            head.contains("Skjema ("),
            "the latest score is known anyway: {head}"
        );
        press(&browser, "questionnaires").await?;
        module.wait_for_hook("filling").await?;
        let names: Vec<String> = all(&browser, ".form h3", "it.innerText").await?;
        let mut wrong = Vec::new();
        for instrument in &expected("questionnaires")?.questionnaires {
            let Some(place) = names.iter().position(|name| *name == instrument.name) else {
                wrong.push(format!("no {:?} among {names:?}", instrument.name));
                continue;
            };
            let form = format!(".form:nth-child({})", place + 1);
            let shown: Vec<Filling> = all(
                &browser,
                &format!("{form} [data-testid=filling]"),
                "{ time: it.dataset.time, score: it.dataset.score }",
            )
            .await?;
            let times: Vec<_> = shown.iter().map(|filling| &filling.time).collect();
            let days: Vec<_> = instrument.fillings.iter().map(|filling| &filling.time).collect();
            if times != days {
                wrong.push(format!("{}: {times:?} and not {days:?}", instrument.name));
                continue;
            }
            for (at, (shown, expected)) in shown.iter().zip(&instrument.fillings).enumerate() {
                let values: BTreeSet<&str> = expected.scores.iter().map(|score| &*score.value).collect();
                if shown.score.split_whitespace().collect::<BTreeSet<_>>() != values {
                    wrong.push(format!("{shown:?} and not {values:?}"));
                }
                let button = format!("{form} [data-testid=filling]:nth-child({}) button", at + 1);
                browser
                    .script::<()>(&format!("document.querySelector(`{button}`)?.click()"))
                    .await?;
                browser.settle().await?;
                let answers: Vec<Answer> = all(&browser, "[data-testid=answer]", ANSWER).await?;
                let differ = differences(&answers, expected);
                wrong.extend(
                    differ
                        .into_iter()
                        .map(|it| format!("{} {}: {it}", instrument.name, expected.time)),
                );
            }
        }
        none(&wrong)
    })
    .await;
}

#[tokio::test]
async fn scores_that_share_a_code_never_share_a_curve() {
    browse("on-demand-curves", 1200, |browser| async move {
        let launcher = launcher()?;
        let module = open(&browser, &launcher, "questionnaires").await?;
        press(&browser, "questionnaires").await?;
        module.wait_for_hook("score-curve").await?;
        let curves: Vec<(String, String)> = all(
            &browser,
            "[data-testid=score-curve]",
            "[it.querySelector('h4').innerText, it.dataset.points]",
        )
        .await?;
        let mut scores: BTreeMap<&str, usize> = BTreeMap::new();
        for filling in expected("questionnaires")?
            .questionnaires
            .iter()
            .flat_map(|it| &it.fillings)
        {
            for score in &filling.scores {
                *scores.entry(&score.name).or_default() += 1;
            }
        }
        let points: BTreeSet<usize> = scores.values().copied().filter(|points| *points > 1).collect();
        let shown: BTreeSet<usize> = curves
            .iter()
            .filter_map(|(_, points)| points.parse().ok())
            .collect();
        assert_eq!(shown, points, "{curves:?} of {scores:?}");
        let names: BTreeSet<&String> = curves.iter().map(|(name, _)| name).collect();
        assert_eq!(names.len(), curves.len(), "{curves:?}");
        Ok(())
    })
    .await;
}

/// What questionnaires' scores have in common.
const SCORE: &str = "http://loinc.org|74465-6";

#[tokio::test]
async fn of_scores_that_share_one_code_each_is_chosen_by_itself() {
    browse("scores", 400, |browser| async move {
        let launcher = launcher()?;
        let module = open(&browser, &launcher, "questionnaires").await?;
        let names = || async {
            let rows = format!("[data-testid=latest-row][data-parameter='{SCORE}'] .row-name");
            all::<String>(&browser, &rows, "it.innerText").await
        };
        let all = names().await?;
        assert!(all.len() >= 3, "{all:?}");
        module.press_button("Velg parametre").await?;
        module.wait_for_hook("picker").await?;
        let lines = format!("[data-testid=picker-item][data-parameter='{SCORE}'] input");
        let lines = browser.driver.find_all(By::Css(lines)).await?;
        assert_eq!(lines.len(), all.len());
        lines.get(1).ok_or("no second")?.click().await?;
        module.press_button("Ferdig").await?;
        let left: Vec<String> = (0..)
            .zip(&all)
            .filter(|(place, _)| *place != 1)
            .map(|(_, name)| name.clone())
            .collect();
        let hidden = || async { Ok((names().await? == left).then_some(())) };
        browser.wait_for(&format!("{left:?}"), 5, hidden).await?;

        open(&browser, &launcher, "questionnaires").await?;
        browser.wait_for(&format!("{left:?} again"), 5, hidden).await?;
        browser.size(1200, 900).await?;
        browser.settle().await?;
        let twice: Vec<String> = browser
            .script(
                "const ids = [...document.querySelectorAll('[id]')].map(it => it.id);
                return ids.filter((id, place) => ids.indexOf(id) !== place)",
            )
            .await?;
        assert_eq!(twice, Vec::<String>::new(), "one id twice");
        Ok(())
    })
    .await;
}
