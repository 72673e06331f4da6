//! Three languages: the launch's, else the browser's, else bokmål; switched by the doctor; nothing left of another.

use browser_tests::Result;
use browser_tests::browser::{Browser, browse};
use browser_tests::journal::open_window;
use browser_tests::launcher::Launcher;
use serde_json::json;

use crate::none;
use crate::scenes::Scene;

const BOKMAL: (&str, &str) = ("nb", "Siste målinger");
const NYNORSK: (&str, &str) = ("nn", "Siste målingar");
const ENGLISH: (&str, &str) = ("en", "Latest values");

/// Words of bokmål and nynorsk that are not English words too.
const NORWEGIAN: &str = "og ikke ikkje måling målinger målingar siste grense grenser dag dager dagar siden sidan \
    hentet henta hent henter hentar vis skjul vekt puls periode egenmåling eigenmåling innenfor innanfor gul gule rød \
    røde raud ingen inga av til fra frå ble vart kunne prøv igjen økten økta åpne opne journalen pasient pasienten \
    språk kurve tabell tid verdi sone kilde kjelde apparat manuelt foreløpig førebels usannsynlig usannsynleg \
    kontroller velg vel parametre parametrar følges følgjest tjenesten tenesta svarer svarar tregt frakoblet \
    fråkopla endret endra går blodtrykk temperatur år uker veker måned månader systolisk diastolisk";

#[tokio::test]
async fn the_language_is_the_launchs_else_the_browsers_else_bokmal() {
    browse("language", 400, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        let cases = [
            (None, "nb-NO,nb,en", BOKMAL),
            (None, "nn-NO,nn,nb,en", NYNORSK),
            (None, "en-GB,en,nb", ENGLISH),
            (None, "no,en", BOKMAL),
            (None, "de,fr", BOKMAL),
            (None, "de,en", ENGLISH),
            (Some("nn-NO"), "en-GB", NYNORSK),
            (Some("en"), "nb", ENGLISH),
            (Some("de"), "nn", NYNORSK),
        ];
        let mut wrong = Vec::new();
        for (launch, tags, (lang, words)) in cases {
            browser.languages(tags).await?;
            launcher
                .launch_with(launch.map_or(json!({}), |tag| json!({ "locale": tag })))
                .await?;
            let module = open_window(&browser, &launcher, "gp", "kols", "ready").await?;
            let shown = said_in(&browser).await?;
            if shown != lang || !module.text().await?.contains(words) {
                wrong.push(format!("launch {launch:?}, browser {tags}: {shown}, not {lang}"));
            }
        }
        none(&wrong)
    })
    .await;
}

/// `lang` of the page.
async fn said_in(browser: &Browser) -> Result<String> {
    browser.script("return document.documentElement.lang").await
}

#[tokio::test]
async fn the_doctor_can_switch_and_is_remembered() {
    browse("switch", 400, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        let module = open_window(&browser, &launcher, "gp", "kols", "ready").await?;
        let rows = module.latest_rows().await?;
        for (lang, words) in [ENGLISH, NYNORSK, BOKMAL, ENGLISH] {
            module.choose_language(lang).await?;
            let switched = || async { Ok((said_in(&browser).await? == lang).then_some(())) };
            browser
                .wait_for(&format!("the language {lang}"), 5, switched)
                .await?;
            assert!(module.text().await?.contains(words), "{}", module.text().await?);
            assert_eq!(module.latest_rows().await?, rows, "numbers are not of a language");
            let title: String = browser.script("return document.title").await?;
            assert_eq!(title == "Egenmåling", lang == "nb", "{title}");
        }
        let module = open_window(&browser, &launcher, "gp", "heart-failure", "ready").await?;
        assert_eq!(said_in(&browser).await?, "en");
        assert!(module.text().await?.contains(ENGLISH.1));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn no_norwegian_is_left_in_the_english_view() {
    browse("english", 1200, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        browser.stop_clock().await?;
        browser.hurry_timers().await?;
        browser.languages("en-GB").await?;
        let mut wrong = Vec::new();
        for width in [400, 1200] {
            browser.size(width, 900).await?;
            for scene in Scene::ALL {
                scene.enter(&browser, &launcher).await?;
                let left = norwegian(&browser).await?;
                if !left.is_empty() {
                    wrong.push(format!("{}, {width} px: {left:?}", scene.told().name));
                }
                scene.leave(&browser, &launcher).await?;
            }
        }
        none(&wrong)
    })
    .await;
}

/// Norwegian among all that is seen or read aloud, save what the data brings: names, sources, notes.
async fn norwegian(browser: &Browser) -> Result<Vec<String>> {
    browser
        .script(&format!(
            "const stop = new Set('{NORWEGIAN}'.split(/\\s+/));
            const said = [document.title];
            const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            const of_data = '[data-testid=patient-check], [data-testid=patient-banner], [data-testid=finding] code, ' +
                '[lang]:not(html), td:last-child, .plan-author, .words, .contact, noscript';
            while (texts.nextNode()) {{
                if (!texts.currentNode.parentElement.closest(of_data)) said.push(texts.currentNode.data);
            }}
            for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {{
                if (!element.closest(of_data)) said.push(element.ariaLabel, element.title, element.placeholder);
            }}
            return said.filter(text => text && text.toLowerCase().split(/[^a-zæøå]+/).some(word => stop.has(word)))"
        ))
        .await
}
