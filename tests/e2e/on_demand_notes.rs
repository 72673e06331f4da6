//! Follow-up notes on demand: what they say, the way to the point that each is about, and that chat is never shown.

use browser_tests::browser::browse;
use serde::Deserialize;

use crate::none;
use crate::on_demand::{all, expected, launcher, open, press, text};

#[derive(Debug, Deserialize)]
pub(crate) struct Note {
    time: String,
    author: String,
    text: String,
}

pub(crate) const NOTE: &str = "{ time: it.dataset.time, author: it.dataset.author, text: it.innerText }";

#[tokio::test]
async fn a_note_says_who_when_on_which_reading_and_what_was_done_and_chat_is_never_shown() {
    for (name, width) in [("on-demand-notes", 1200), ("on-demand-notes-narrow", 400)] {
        browse(name, width, |browser| async move {
            let launcher = launcher()?;
            let module = open(&browser, &launcher, "notes").await?;
            press(&browser, "notes").await?;
            module.wait_for_hook("note").await?;
            let told = expected("notes")?;
            let shown: Vec<Note> = all(&browser, "[data-testid=note]", NOTE).await?;
            let mut wrong = Vec::new();
            assert_eq!(shown.len(), told.notes.len(), "{shown:#?}");
            for (shown, expected) in shown.iter().zip(&told.notes) {
                if (&shown.time, &shown.author) != (&expected.time, &expected.author) {
                    wrong.push(format!("{shown:?} and not {expected:?}"));
                }
                let said = expected.texts.iter().chain(&expected.done);
                wrong.extend(
                    said.filter(|words| !shown.text.contains(&**words))
                        .map(|words| format!("{words:?} is not said: {}", shown.text)),
                );
                if !shown.text.contains("SpO₂ 8") {
                    wrong.push(format!("on which reading is not said: {}", shown.text));
                }
            }
            let text = text(&module).await?;
            let chat = told.never_shown.iter().filter(|chat| text.contains(&***chat));
            wrong.extend(chat.map(|chat| format!("a chat message is shown: {chat}")));
            none(&wrong)
        })
        .await;
    }
}

#[tokio::test]
async fn a_click_on_the_reading_of_a_note_leads_to_its_point_which_says_that_there_is_a_note() {
    for (name, width) in [("on-demand-point", 1200), ("on-demand-point-narrow", 400)] {
        browse(name, width, |browser| async move {
            let launcher = launcher()?;
            let module = open(&browser, &launcher, "notes").await?;
            press(&browser, "notes").await?;
            module.wait_for_hook("note").await?;
            let day: String = browser
                .script(
                    "const button = document.querySelector('[data-testid=note]:nth-child(3) .about button');
                    const said = button.innerText; button.click(); return said",
                )
                .await?;
            let spo2 = module.trend_when("spo2", |_| true).await?;
            assert_eq!(spo2.parameter, "spo2");
            let said = || async {
                let caption: String = browser
                    .script(
                        "return document.querySelector('[data-parameter=spo2] .caption')?.innerText ?? ''",
                    )
                    .await?;
                Ok(caption.contains("84").then_some(caption))
            };
            let caption = browser.wait_for("the point to be read", 10, said).await?;
            assert!(caption.contains("har oppfølgingsnotat"), "{day}: {caption}");
            let focus: String = browser.script("return document.activeElement.localName").await?;
            assert_eq!(focus, "canvas", "the keys go on from there");
            module.trend_rows("spo2").await?;
            let noted: Vec<String> = all(
                &browser,
                "[data-parameter=spo2] [data-testid=trend-row]",
                "it.innerText",
            )
            .await?;
            let noted = noted.iter().filter(|row| row.contains("har oppfølgingsnotat"));
            assert_eq!(noted.count(), expected("notes")?.notes.len());
            Ok(())
        })
        .await;
    }
}
