//! More readings than one answer holds: nothing may be lost between the pages, and the latest value of what is
//! measured seldom must come all the same.

use std::path::PathBuf;

use browser_tests::Result;
use browser_tests::browser::browse;
use browser_tests::journal::{self, Width};
use browser_tests::launcher::Launcher;
use fhir_fixtures::today;
use serde_json::{Value, json};

/// LOINC code, unit and value of what is measured in the same second, 1,500 readings in all: a page of 1,000 ends
/// between readings of one second, since 3 does not divide it.
const TOGETHER: [(&str, &str, &str, u32); 3] = [
    ("spo2", "2708-6", "%", 93),
    ("pulse", "8867-4", "/min", 72),
    ("respiratory-rate", "9279-1", "/min", 16),
];
const TIMES: i64 = 500;

#[tokio::test]
async fn nothing_is_lost_where_a_page_ends_within_a_second() {
    browse("pages", 1700, |browser| async move {
        let launcher = Launcher::start(["--data".into(), write_bundle()?.into()])?;
        let module = journal::open(&browser, &launcher, "hospital", "pages", Width::Wide).await?;
        for (parameter, ..) in TOGETHER {
            let all = TIMES.to_string();
            let trend = module
                .trend_when(parameter, |trend| trend.readings == all)
                .await?;
            assert_eq!((trend.readings, trend.gaps.as_str()), (all, "0"), "{parameter}");
        }
        let rows = module.latest_rows().await?;
        let seldom = rows.iter().find(|row| row.parameter == "weight");
        assert_eq!(
            seldom.map(|row| row.value.as_str()),
            Some("84.2"),
            "measured 200 days ago"
        );
        Ok(())
    })
    .await;
}

/// Every four hours until yesterday, and one weight long before.
fn write_bundle() -> Result<PathBuf> {
    let last = today().yesterday()?;
    let reading = |id: String, code: &str, unit: &str, value: Value, time: String| {
        json!({ "resource": {
            "resourceType": "Observation", "id": id, "status": "final",
            "code": { "coding": [{ "system": "http://loinc.org", "code": code }] },
            "subject": { "reference": "Patient/pages" },
            "effectiveDateTime": time,
            "valueQuantity": { "value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit },
        } })
    };
    let mut entries = vec![json!({ "resource": { "resourceType": "Patient", "id": "pages" } })];
    for index in 0..TIMES {
        let day = last.checked_sub(days_back(index / 6))?;
        let time = format!("{day}T{:02}:00:00Z", 20 - 4 * (index % 6));
        for (name, code, unit, value) in TOGETHER {
            entries.push(reading(
                format!("{name}-{index}"),
                code,
                unit,
                value.into(),
                time.clone(),
            ));
        }
    }
    let long_ago = format!("{}T07:00:00Z", last.checked_sub(days_back(200))?);
    entries.push(reading(
        "weight".to_owned(),
        "29463-7",
        "kg",
        json!(84.2),
        long_ago,
    ));
    let bundle = json!({ "resourceType": "Bundle", "type": "collection", "entry": entries });
    let path = browser_tests::target().join("e2e-pages.json");
    std::fs::write(&path, bundle.to_string())?;
    Ok(path)
}

fn days_back(days: i64) -> jiff::Span {
    jiff::Span::new().days(days)
}
