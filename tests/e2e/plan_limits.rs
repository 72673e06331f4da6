//! Limits set beside the chart: what is refused, what they would have made of the readings that are there, and that
//! those keep the colours that they have.

use browser_tests::Result;
use browser_tests::browser::{Browser, browse};
use browser_tests::launcher::Launcher;
use browser_tests::module::{Module, TrendRow};
use browser_tests::plan::{EDITOR, LimitPreview, OTHER_EDITOR, Plan};
use browser_tests::stored_plan::StoredPlan;
use serde_json::Value;

const PATIENT: &str = "kols";
const CHART: &str = "[data-testid=trend][data-parameter=spo2]";

/// Opens the limits of SpO₂ beside its chart; gives the readings of the period too, as the table has them.
async fn opened(browser: &Browser, launcher: &Launcher) -> Result<(Plan, Vec<TrendRow>)> {
    let plan = Plan::open(browser, launcher, EDITOR, PATIENT).await?;
    let rows = rows(&plan.module).await?;
    plan.module.press_button("Vis som kurve").await?;
    plan.press_at("limits-edit", CHART).await?;
    plan.module.wait_for_hook("limit").await?;
    Ok((plan, rows))
}

async fn rows(module: &Module) -> Result<Vec<TrendRow>> {
    module.trend_when("spo2", |trend| trend.readings != "0").await?;
    let rows = module.trend_rows("spo2").await?;
    assert!(rows.len() > 50, "{} readings", rows.len());
    Ok(rows)
}

/// Writes a bound; none where the text is empty.
async fn set(browser: &Browser, bound: &str, text: &str) -> Result<()> {
    let script = format!(
        "const field = document.querySelector(`{CHART} [data-testid=limit][data-bound={bound}]`);
        field.focus();
        field.value = '{text}';
        field.dispatchEvent(new Event('input', {{ bubbles: true }}));
        field.blur()"
    );
    browser.script::<()>(&script).await?;
    browser.settle().await
}

/// The bounds of SpO₂ as their fields show them, the lowest first.
async fn bounds(browser: &Browser) -> Result<Vec<String>> {
    browser
        .script(&format!(
            "return ['red-low', 'yellow-low', 'yellow-high', 'red-high'].map(bound =>
                document.querySelector(`{CHART} [data-testid=limit][data-bound=${{bound}}]`).value)"
        ))
        .await
}

/// What the chart has drawn.
async fn picture(browser: &Browser) -> Result<String> {
    browser.settle().await?;
    browser
        .script(&format!(
            "return document.querySelector('{CHART} canvas').toDataURL()"
        ))
        .await
}

/// What the preview must count: all readings by the bounds in force, and by the new ones; red and yellow below.
fn preview(rows: &[TrendRow], now: [i64; 2], new: [i64; 2]) -> Result<LimitPreview> {
    let values: Vec<i64> = rows
        .iter()
        .map(|row| Ok(row.value.parse()?))
        .collect::<Result<_>>()?;
    let count = |from: i64, to: i64| {
        let within = values.iter().filter(|value| (from..to).contains(*value));
        within.count().to_string()
    };
    Ok(LimitPreview {
        yellow_before: count(now[0], now[1]),
        yellow_after: count(new[0], new[1]),
        red_before: count(i64::MIN, now[0]),
        red_after: count(i64::MIN, new[0]),
    })
}

/// Red and yellow below, as the fields show them.
async fn below(browser: &Browser) -> Result<[i64; 2]> {
    let bounds = bounds(browser).await?;
    let [red, yellow, ..] = bounds.as_slice() else {
        return Err(format!("four bounds: {bounds:?}").into());
    };
    Ok([red.parse()?, yellow.parse()?])
}

#[tokio::test]
async fn the_effect_of_new_limits_is_counted_on_the_readings_of_the_period_and_drawn_before_saving() {
    browse("limits-preview", 1500, |browser| async move {
        let launcher = Launcher::with_plans(&[])?;
        let (plan, rows) = opened(&browser, &launcher).await?;
        let at_first = picture(&browser).await?;
        let now = below(&browser).await?;
        for (red, yellow) in [(84, 88), (88, 93), (80, 82), (90, 96)] {
            set(&browser, "red-low", "").await?;
            set(&browser, "yellow-low", &yellow.to_string()).await?;
            set(&browser, "red-low", &red.to_string()).await?;
            let expected = preview(&rows, now, [red, yellow])?;
            assert_eq!(
                plan.limit_preview().await?,
                expected,
                "red under {red}, yellow under {yellow}"
            );
            let said = plan
                .module
                .texts("limit-preview")
                .await?
                .join(" ")
                .replace('\u{a0}', " ");
            let words = [
                format!("{} gul", expected.yellow_before),
                format!("→ {}", expected.yellow_after),
                format!("{} rød", expected.red_before),
                format!("→ {}", expected.red_after),
            ];
            assert!(
                words.iter().all(|word| said.contains(word.as_str())) && said.starts_with("Siste 90 dager"),
                "{said}"
            );
        }
        let counted = plan.module.texts("limit-counted").await?.join(" ");
        assert!(
            counted.contains("Fra grensene som gjelder nå, til de nye."),
            "{counted}"
        );
        assert_ne!(picture(&browser).await?, at_first, "the new limits are drawn");
        let text = plan.module.text().await?;
        assert!(
            text.contains("Gjelder fra nå. Tidligere målinger beholder fargene."),
            "{text}"
        );
        plan.module.press_button("Tilbake til dagens grenser").await?;
        assert_eq!(picture(&browser).await?, at_first, "and are gone again");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn limits_in_a_wrong_order_or_out_of_reach_are_said_at_their_field() {
    browse("limits-order", 1500, |browser| async move {
        let launcher = Launcher::with_plans(&[])?;
        let (plan, _) = opened(&browser, &launcher).await?;
        let as_they_are = bounds(&browser).await?;
        for (bound, text, words) in [
            ("yellow-low", "70", "Må være over rød lav."),
            ("yellow-low", "120", "Må være fra"),
            ("yellow-low", "nitti", "Skriv et tall."),
            ("yellow-low", "90,5", "Skriv et helt tall."),
        ] {
            set(&browser, bound, text).await?;
            let said: (String, String) = browser
                .script(
                    "const wrong = document.querySelector('[aria-invalid=true]');
                    return [wrong.dataset.bound, document.getElementById(wrong.getAttribute('aria-describedby')).innerText]",
                )
                .await?;
            assert_eq!(said.0, bound, "{text}");
            assert!(said.1.contains(words), "{text}: {}", said.1);
            plan.press_at("plan-review", CHART).await?;
            browser.settle().await?;
            assert!(plan.module.texts("plan-save").await?.is_empty(), "{text} cannot be saved");
        }
        // One side only is enough.
        for bound in ["red-low", "yellow-high", "red-high"] {
            set(&browser, bound, "").await?;
        }
        set(&browser, "yellow-low", "90").await?;
        assert_eq!(bounds(&browser).await?, ["", "90", "", ""], "instead of {as_they_are:?}");
        plan.press_at("plan-review", CHART).await?;
        plan.module.wait_for_hook("plan-save").await
    })
    .await;
}

/// The bounds of a goal's ranges, zone by zone.
fn ranges(goal: &Value) -> Vec<(String, Option<f64>, Option<f64>)> {
    let targets = goal["target"].as_array().into_iter().flatten();
    let range = |target: &Value| {
        let zone = &target["extension"][0]["valueCodeableConcept"]["coding"][0]["code"];
        let of = |side: &str| target["detailRange"][side]["value"].as_f64();
        (
            zone.as_str().unwrap_or_default().to_owned(),
            of("low"),
            of("high"),
        )
    };
    targets.map(range).collect()
}

#[tokio::test]
async fn limits_hold_from_now_on_in_one_version_with_the_rest_and_old_readings_keep_their_colours() {
    browse("limits-save", 1500, |browser| async move {
        let launcher = Launcher::with_plans(&[])?;
        let stored = StoredPlan::of(&launcher, PATIENT).await?;
        let version = stored.version().await?;
        let (plan, before) = opened(&browser, &launcher).await?;
        set(&browser, "red-low", "84").await?;
        set(&browser, "yellow-low", "87").await?;
        plan.press("plan-edit").await?;
        plan.write("Gul sone · Medisiner, nummer 1", "Ring oppfølgingstjenesten.")
            .await?;
        let cells: Vec<_> = plan.review().await?.into_iter().map(|it| it.cell).collect();
        assert_eq!(cells.len(), 2, "{cells:?}");
        assert!(cells.contains(&"limits/spo2".to_owned()), "{cells:?}");
        assert_eq!(plan.send("plan-save", "Ny grense").await?, "plan-saved");

        assert_eq!(stored.version().await?, version + 1, "one version for all");
        assert!(
            stored
                .zone("yellow")
                .await?
                .contains(&"Ring oppfølgingstjenesten.".to_owned())
        );
        let goal = stored.get("Goal/kols-limits-spo2").await?;
        let ranges = ranges(&goal);
        let has =
            |zone: &str, low: Option<f64>, high: Option<f64>| ranges.contains(&(zone.to_owned(), low, high));
        assert!(
            has("L", Some(84.0), Some(86.0)) || has("L", Some(84.0), Some(87.0)),
            "{ranges:?}"
        );
        let today = jiff::Zoned::now().in_tz("Europe/Oslo")?.date().to_string();
        assert_eq!(goal["startDate"], today.as_str(), "from now on");

        assert_eq!(rows(&plan.module).await?, before, "in the same window");
        let again = Plan::open(&browser, &launcher, OTHER_EDITOR, PATIENT).await?;
        assert_eq!(rows(&again.module).await?, before, "and in another");
        again.press_at("limits-edit", CHART).await?;
        again.module.wait_for_hook("limit").await?;
        assert_eq!(below(&browser).await?, [84, 87]);
        Ok(())
    })
    .await;
}
