//! The document for the journal as the doctor makes it: what is in it is what was on the screen, it can be copied and
//! kept as a file, and nothing of it is made or asked for before the click. How it is written is in `record_writing`.

use std::fs;
use std::path::{Path, PathBuf};

use browser_tests::axe::violations;
use browser_tests::browser::{Browser, browse};
use browser_tests::journal::{self, Width};
use browser_tests::launcher::Launcher;
use browser_tests::module::Module;
use browser_tests::{Result, target};
use serde_json::{Value, json};
use thirtyfour::By;

use crate::none;

pub(crate) const PATIENT: &str = "kols";

/// Opens the dialog and waits until it can be used.
pub(crate) async fn open_dialog(browser: &Browser, module: &Module) -> Result<()> {
    press(browser, "to-record").await?;
    module.wait_for_hook("record-text").await
}

/// Clicks as a user does: what only a user may ask for is then allowed.
pub(crate) async fn press(browser: &Browser, hook: &str) -> Result<()> {
    let button = browser.driver.find(By::Testid(hook)).await?;
    button.scroll_into_view().await?;
    Ok(button.click().await?)
}

/// The text that would be copied.
async fn text(browser: &Browser) -> Result<String> {
    browser
        .script("return document.querySelector('[data-testid=record-text]').value")
        .await
}

async fn launcher_and_module(browser: &Browser, width: Width) -> Result<(Launcher, Module)> {
    let launcher = Launcher::with_plans(&[])?;
    let module = journal::open(browser, &launcher, "hospital", PATIENT, width).await?;
    Ok((launcher, module))
}

#[tokio::test]
async fn the_text_is_what_was_on_the_screen_with_its_stamp() {
    for (name, width) in [
        ("record-text", Width::Wide),
        ("record-text-narrow", Width::Narrow),
    ] {
        browse(name, 1400, |browser| async move {
            let (_launcher, module) = launcher_and_module(&browser, width).await?;
            let rows = module.latest_rows().await?;
            let mut counted = 0;
            let mut excluded = 0;
            if width == Width::Wide {
                for trend in module.trends().await? {
                    counted += trend.readings.parse::<usize>()?;
                    excluded += trend.excluded.parse::<usize>()?;
                }
            }
            open_dialog(&browser, &module).await?;
            browser.screenshot(name).await?;
            let text = text(&browser).await?.replace('\u{a0}', " ");
            let mut wrong = Vec::new();
            let check = module.patient_check().await?;
            let patient = check.split(" · ").next().unwrap_or_default();
            for said in [
                "Egenmåling · siste 90 dager",
                patient,
                "Periode: ",
                "(siste 90 dager)",
                "Kilder: ",
                "hentet ",
                "Plan v",
                "Laget: ",
                "Grenser: ",
                "Tid\tVerdi\tSone\tKilde",
            ] {
                if !text.contains(said) {
                    wrong.push(format!("{said:?} is missing"));
                }
            }
            if width == Width::Wide && !text.contains(&format!("Målinger: {counted} målinger")) {
                wrong.push(format!("not {counted} readings"));
            }
            if width == Width::Wide && excluded > 0 && !text.contains("utelatt: ") {
                wrong.push(format!("{excluded} left out, and it is not said"));
            }
            let lines = text.lines().filter(|line| line.contains('\t')).count();
            if width == Width::Wide && lines < counted + rows.len() {
                wrong.push(format!("{lines} lines of tables for {counted} readings"));
            }
            if !wrong.is_empty() {
                wrong.push(text);
            }
            none(&wrong)
        })
        .await;
    }
}

#[tokio::test]
async fn of_every_patient_as_many_readings_are_in_it_as_on_the_screen() {
    browse("record-patients", 1400, |browser| async move {
        let launcher = Launcher::shared()?;
        let mut wrong = Vec::new();
        for patient in ["messy", "heart-failure", "diabetes", "every-zone"] {
            let module = journal::open(&browser, launcher, "hospital", patient, Width::Wide).await?;
            let (mut readings, mut excluded) = (0, 0);
            for trend in module.trends().await? {
                readings += trend.readings.parse::<usize>()?;
                excluded += trend.excluded.parse::<usize>()?;
            }
            open_dialog(&browser, &module).await?;
            let text = text(&browser).await?.replace('\u{a0}', " ");
            let line = text
                .lines()
                .find(|line| line.starts_with("Målinger: "))
                .unwrap_or_default();
            if !line.starts_with(&format!("Målinger: {readings} måling")) {
                wrong.push(format!("{patient}: not {readings} readings: {line}"));
            }
            if line.contains("utelatt: ") != (excluded > 0) {
                wrong.push(format!("{patient}: {excluded} left out: {line}"));
            }
            // Of fewer than four hundred, every reading has a line.
            let lines = text.lines().filter(|line| line.contains('\t')).count();
            if readings < 400 && lines < readings {
                wrong.push(format!("{patient}: {lines} lines for {readings} readings"));
            }
        }
        none(&wrong)
    })
    .await;
}

#[tokio::test]
async fn what_is_hidden_is_not_in_it_and_that_is_said() {
    browse("record-hidden", 1400, |browser| async move {
        let (_launcher, module) = launcher_and_module(&browser, Width::Wide).await?;
        let hide = "const boxes = [...document.querySelectorAll('.picker input[type=checkbox]')];
            boxes.find(box => box.closest('label, li').innerText.includes('Puls')).click()";
        module.press_button("Velg parametre").await?;
        module.wait_for_hook("picker").await?;
        browser.script::<()>(hide).await?;
        browser.settle().await?;
        open_dialog(&browser, &module).await?;
        let text = text(&browser).await?;
        assert!(text.contains("vises ikke og er ikke med: Puls"), "{text}");
        assert!(!text.contains("Puls ("), "{text}");
        let dialog = module.texts("record-dialog").await?.join(" ");
        assert!(dialog.contains("vises ikke og er ikke med: Puls"), "{dialog}");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn nothing_is_asked_for_before_it_is_written_and_the_dialog_is_for_everyone() {
    browse("record-quiet", 1400, |browser| async move {
        let (launcher, module) = launcher_and_module(&browser, Width::Narrow).await?;
        let asked = || async {
            let log: Value = reqwest::get(format!("{}/requests", launcher.journal))
                .await?
                .json()
                .await?;
            Ok::<_, Box<dyn std::error::Error + Send + Sync>>(log["requests"].as_array().map_or(0, Vec::len))
        };
        let before = asked().await?;
        open_dialog(&browser, &module).await?;
        assert_eq!(asked().await?, before, "the preview is made of what is here");
        let focus =
            "return document.querySelector('[data-testid=record-dialog]').contains(document.activeElement)";
        assert!(browser.script::<bool>(focus).await?);
        let found = violations(&browser).await?;
        assert!(found.is_empty(), "{found:#?}");
        press(&browser, "record-close").await?;
        browser.settle().await?;
        let back: String = browser
            .script("return document.activeElement.dataset.testid ?? document.activeElement.localName")
            .await?;
        assert_eq!(back, "to-record", "the focus is where it was");
        assert!(module.texts("record-dialog").await?.is_empty());
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_text_is_copied_or_where_a_frame_may_not_selected_for_the_doctor() {
    browse("record-copy", 1400, |browser| async move {
        let (_launcher, module) = launcher_and_module(&browser, Width::Wide).await?;
        open_dialog(&browser, &module).await?;
        let whole = text(&browser).await?;
        press(&browser, "record-copy").await?;
        let said = || async {
            Ok(module
                .texts("record-said")
                .await?
                .into_iter()
                .find(|said| !said.is_empty()))
        };
        let said = browser.wait_for("what became of it", 5, said).await?;
        let selected: String = browser
            .script(
                "const field = document.querySelector('[data-testid=record-text]');
                return field.value.slice(field.selectionStart, field.selectionEnd)",
            )
            .await?;
        match said.as_str() {
            "Teksten er kopiert." => {}
            "Teksten er merket. Kopier med Ctrl og C." => assert_eq!(selected, whole),
            other => return Err(format!("it says {other:?}").into()),
        }
        Ok(())
    })
    .await;
}

/// Where the browser puts what is downloaded.
async fn downloads_to(browser: &Browser, name: &str) -> Result<PathBuf> {
    let folder = target().join("e2e-downloads").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder)?;
    let to = json!({ "behavior": "allow", "downloadPath": folder });
    let tools = browser.driver.cdp();
    tools.send_raw("Browser.setDownloadBehavior", to).await?;
    Ok(folder)
}

async fn downloaded(browser: &Browser, folder: &Path, ending: &str) -> Result<Vec<u8>> {
    let found = || async {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|found| found == ending) {
                return Ok(Some(fs::read(path)?));
            }
        }
        Ok(None)
    };
    browser.wait_for(&format!("a file .{ending}"), 15, found).await
}

#[tokio::test]
async fn picture_and_pdf_are_downloaded_and_are_what_they_say() {
    browse("record-files", 1400, |browser| async move {
        let (_launcher, module) = launcher_and_module(&browser, Width::Wide).await?;
        let folder = downloads_to(&browser, "record").await?;
        open_dialog(&browser, &module).await?;
        press(&browser, "record-pdf").await?;
        let pdf = downloaded(&browser, &folder, "pdf").await?;
        assert!(
            pdf.starts_with(b"%PDF-1.") && pdf.ends_with(b"%%EOF"),
            "{} bytes",
            pdf.len()
        );
        let holds = |part: &[u8]| pdf.windows(part.len()).any(|window| window == part);
        assert!(holds(b"/StructTreeRoot") && holds(b"/Lang"), "it is tagged");
        press(&browser, "record-png").await?;
        let png = downloaded(&browser, &folder, "png").await?;
        let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info()?;
        let mut pixels = vec![0; reader.output_buffer_size().ok_or("too large")?];
        let info = reader.next_frame(&mut pixels)?;
        assert!(
            info.width > 1_000 && info.height > 1_000,
            "{} × {}",
            info.width,
            info.height
        );
        let bytes = info.color_type.samples();
        let coloured = pixels
            .chunks_exact(bytes)
            .filter(|pixel| pixel.iter().take(3).any(|part| *part < 200))
            .count();
        assert!(coloured > 5_000, "{coloured} dark pixels");
        let said = module.texts("record-said").await?.join(" ");
        assert!(said.contains(".png") && said.contains("eget vindu"), "{said}");
        Ok(())
    })
    .await;
}
