//! Sources that are not like those of the launcher: who does not know the patient, links, time, habits of writing.

use std::time::Duration;

use browser_tests::Result;
use browser_tests::browser::browse;
use browser_tests::stub::{Answer, Stub};
use serde_json::{Value, json};

use crate::elsewhere::{
    BASE, Elsewhere, THERE, having, kind, patient, profile, reading, vendor, wait_for_stands,
};
use crate::small_host::{PATIENT, searchset};

fn with(mut value: Value, more: Value) -> Value {
    if let (Some(fields), Value::Object(more)) = (value.as_object_mut(), more) {
        fields.extend(more);
    }
    value
}

/// A vendor whose search for the patient finds these.
fn finding(found: &[Value]) -> Result<Stub> {
    let page = searchset(found);
    vendor(move |request, _| (kind(request) == "Patient").then(|| Answer::fhir(&page)))
}

/// A vendor with an authorization of its own that says this of itself.
fn configured(answer: Answer) -> Result<Stub> {
    vendor(move |request, _| {
        request
            .path
            .ends_with("/smart-configuration")
            .then(|| answer.clone())
    })
}

#[tokio::test]
async fn each_source_that_cannot_be_entered_says_so_and_costs_nothing_else() {
    browse("sources-entering", 1200, |browser| async move {
        let replaced = with(
            patient("old"),
            json!({ "active": false, "link": [{ "other": { "reference": "Patient/new" }, "type": "replaced-by" }] }),
        );
        let vendors = [
            having(vec![reading("a", THERE, "08:12:00+01:00", "91")?])?,
            finding(&[])?,
            finding(&[patient("one"), patient("two")])?,
            finding(&[replaced, patient("new")])?,
            configured(Answer::html(200, "<h1>Logg inn</h1>"))?,
            configured(Answer::html(401, ""))?,
            vendor(|request, _| {
                (request.path == "/token").then(|| {
                    let refusal = json!({ "error": "invalid_scope", "error_description": "ask for system/*.rs" });
                    Answer { status: 400, ..Answer::fhir(&refusal) }
                })
            })?,
            vendor(|request, _| {
                (kind(request) == "Patient").then(|| {
                    if request.query.is_empty() {
                        Answer::fhir(&patient(PATIENT))
                    } else {
                        Answer::html(403, "")
                    }
                })
            })?,
        ];
        let names = ["Godt", "Ukjent", "To", "Slått sammen", "Portal", "Lukket", "Annet omfang", "Samme id"];
        let mut sources: Vec<Value> = names.iter().zip(&vendors).map(|(name, vendor)| profile(name, vendor)).collect();
        for (at, source) in sources.iter_mut().enumerate() {
            source["id"] = json!(format!("s{at}"));
        }
        sources[4]["token"] = json!("own");
        sources[5]["token"] = json!("own");
        sources[6]["token"] = json!("exchange");
        sources[6]["tokenEndpoint"] = json!(format!("{}/token", vendors[6].address()));
        let launched = Elsewhere::with(&sources)?;
        let module = launched.open(&browser).await?;
        let wanted = ["here", "here", "unknown-patient", "failed", "here", "failed", "failed", "failed", "here"];
        wait_for_stands(&browser, &wanted).await?;
        module.wait_for_state("ready").await?;
        let rows = module.latest_rows().await?;
        assert_eq!(rows.iter().map(|row| row.value.as_str()).collect::<Vec<_>>(), ["91"]);
        let errors = module.errors().await?;
        assert_eq!(errors.len(), 4, "{errors:?}");
        for (at, said) in [
            (2, "Pasienten kunne ikke slås opp hos To. Målinger derfra mangler."),
            (4, "Portal kunne ikke åpnes. Målinger derfra mangler."),
            (5, "Lukket kunne ikke åpnes. Målinger derfra mangler."),
            (6, "Annet omfang kunne ikke åpnes. Målinger derfra mangler."),
        ] {
            let host = vendors[at].address().replace("http://", "");
            let told = errors.iter().find(|error| error.host == host && error.text.contains(said));
            assert!(told.is_some(), "{said}: {errors:?}");
        }
        assert!(errors.iter().any(|error| error.text.contains("ask for system/*.rs")), "{errors:?}");
        let asked_by_new = vendors[3].requests();
        let asked = asked_by_new.iter().filter(|request| kind(request) == "Observation");
        assert!(asked.clone().count() > 0 && asked.into_iter().all(|request| request.query.contains("new")));
        browser.screenshot("sources-entering").await?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_slow_source_holds_nothing_else_back() {
    browse("sources-slow", 1200, |browser| async move {
        let slow = vendor(|request, _| {
            (kind(request) == "Observation").then(|| {
                std::thread::sleep(Duration::from_secs(10));
                Answer::fhir(&searchset(&[]))
            })
        })?;
        let quick = having(vec![reading("a", THERE, "08:12:00+01:00", "91")?])?;
        let launched = Elsewhere::with(&[profile("treg", &slow), profile("rask", &quick)])?;
        let started = std::time::Instant::now();
        let module = launched.open(&browser).await?;
        wait_for_stands(&browser, &["here", "waiting", "here"]).await?;
        assert_eq!(module.latest_rows().await?.len(), 1);
        assert!(
            started.elapsed() < Duration::from_secs(9),
            "{:?}",
            started.elapsed()
        );
        wait_for_stands(&browser, &["here"; 3]).await?;
        module.wait_for_state("ready").await
    })
    .await;
}

#[tokio::test]
async fn links_of_a_source_are_followed_within_it_and_its_token_goes_nowhere_else() {
    browse("sources-links", 1200, |browser| async move {
        let second = searchset(&[reading("b", THERE, "07:00:00+01:00", "92")?]);
        let first = with(
            searchset(&[reading("a", THERE, "08:12:00+01:00", "91")?]),
            json!({ "link": [{ "relation": "next", "url": "Observation?page=2" }] }),
        );
        let relative = vendor(move |request, _| {
            (kind(request) == "Observation").then(|| {
                let page = if request.query == "page=2" {
                    &second
                } else {
                    &first
                };
                Answer::fhir(page)
            })
        })?;
        // Another server, and another place at the same one.
        let witness = vendor(|_, _| None)?;
        let elsewhere = format!("{}{BASE}/Observation?page=2", witness.address());
        let straying = |to: String| {
            vendor(move |request, base| {
                let link = json!([{ "relation": "next", "url": to.replace("SELF", base) }]);
                let page = with(searchset(&[]), json!({ "link": link }));
                (kind(request) == "Observation").then(|| Answer::fhir(&page))
            })
        };
        let foreign = straying(elsewhere)?;
        let beside = straying("SELF/other-tenant/Observation?page=2".to_owned())?;
        let launched = Elsewhere::with(&[
            profile("relativ", &relative),
            profile("fremmed", &foreign),
            profile("nabo", &beside),
        ])?;
        let module = launched.open(&browser).await?;
        wait_for_stands(&browser, &["here", "here", "failed", "failed"]).await?;
        let trend = module.trend_when("spo2", |trend| trend.readings == "2").await?;
        assert_eq!(trend.points, "2");
        assert_eq!(witness.requests(), [], "the token went to another server");
        let strayed = beside.requests();
        assert!(
            strayed
                .iter()
                .all(|request| !request.path.contains("other-tenant")),
            "{strayed:?}"
        );
        assert_eq!(module.errors().await?.len(), 2);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn what_two_systems_write_otherwise_is_there_once_with_the_vendors_limits() {
    browse("sources-copies", 1200, |browser| async move {
        let danish = |kind: &str, low: Value| {
            let coding = json!([{ "system": "urn:oid:1.2.208.184.100.1", "code": kind }]);
            with(json!({ "type": { "coding": coding } }), low)
        };
        let unit = |unit: &str| json!({ "system": "http://unitsofmeasure.org", "code": unit });
        let percent = |value: i64| with(unit("%"), json!({ "value": value }));
        let spo2 = with(
            reading("s", THERE, "08:12:37+01:00", "86")?,
            json!({
                "code": { "coding": [{ "system": "urn:oid:1.2.208.176.2.1", "code": "NPU03011" }] },
                "device": { "reference": "Device/7", "display": "Nonin 3230" },
                "identifier": [{ "system": "urn:vendor", "value": "1" }, { "system": "urn:hub", "value": "A" }],
                "referenceRange": [
                    danish("GAL", json!({ "low": percent(85), "high": percent(89) })),
                    danish("RAL", json!({ "high": percent(84) })),
                ],
            }),
        );
        let glucose = |id: &str, code: &str, time: &str, value: f64, of: &str| -> Result<Value> {
            Ok(with(
                reading(id, THERE, time, "1")?,
                json!({
                    "code": { "coding": [{ "system": "http://loinc.org", "code": code }] },
                    "valueQuantity": with(unit(of), json!({ "value": value })),
                }),
            ))
        };
        let fev1 = with(
            reading("f", THERE, "08:30:00+01:00", "1")?,
            json!({
                "code": { "coding": [{ "system": "urn:oid:1.2.208.184.100.8", "code": "MCS88015" }] },
                "valueQuantity": with(unit("L"), json!({ "value": 1.14 })),
            }),
        );
        let vendor = having(vec![
            spo2,
            glucose("g", "15074-8", "09:00:12+01:00", 7.0, "mmol/L")?,
            fev1,
        ])?;
        let lab = having(vec![
            with(
                reading("copy", THERE, "08:12:00+01:00", "86")?,
                json!({ "identifier": [{ "system": "urn:lab", "value": "9" }, { "system": "urn:hub", "value": "A" }] }),
            ),
            glucose("copy-g", "2339-0", "08:00:12+00:00", 126.0, "mg/dL")?,
            // Another one, an hour later.
            glucose("later-g", "2339-0", "10:00:12+01:00", 126.0, "mg/dL")?,
        ])?;
        for order in [[("v", &vendor), ("l", &lab)], [("l", &lab), ("v", &vendor)]] {
            let sources: Vec<Value> = order.iter().map(|(name, stub)| profile(name, stub)).collect();
            let launched = Elsewhere::with(&sources)?;
            let module = launched.open(&browser).await?;
            wait_for_stands(&browser, &["here"; 3]).await?;
            let spo2 = module.trend_rows("spo2").await?;
            assert_eq!(spo2.len(), 1, "{spo2:?}");
            assert_eq!(spo2[0].zone, "yellow-low", "the copy has lost the limits: {spo2:?}");
            assert!(spo2[0].time.ends_with("08:12:37+01:00"), "{spo2:?}");
            assert_eq!(module.trend_rows("glucose").await?.len(), 2);
            assert_eq!(module.trend_rows("fev1").await?.len(), 1);
            let rows = module.latest_rows().await?;
            let row = rows.iter().find(|row| row.parameter == "spo2").ok_or("no row")?;
            assert!(row.source.contains("urn:vendor") && row.source.contains("urn:lab"), "{row:?}");
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn two_devices_that_disagree_are_both_shown_and_told_apart() {
    browse("sources-disagree", 1200, |browser| async move {
        let by = |id: &str, value: &str, device: &str| -> Result<Value> {
            Ok(with(
                reading(id, THERE, "08:12:00+01:00", value)?,
                json!({ "device": { "display": device } }),
            ))
        };
        let one = having(vec![by("a", "91", "Nonin 3230")?])?;
        let other = having(vec![by("b", "95", "Beurer PO 60")?])?;
        let launched = Elsewhere::with(&[profile("sykehus", &one), profile("kommune", &other)])?;
        let module = launched.open(&browser).await?;
        wait_for_stands(&browser, &["here"; 3]).await?;
        let rows = module.trend_rows("spo2").await?;
        assert_eq!(
            rows.iter()
                .map(|row| row.value.as_str())
                .collect::<Vec<_>>()
                .len(),
            2
        );
        let latest = module
            .texts("latest-row")
            .await?
            .join("\n")
            .replace('\u{a0}', " ");
        assert!(latest.contains("samtidig 91 % fra Nonin 3230"), "{latest}");
        let table: Vec<String> = module.texts("trend-row").await?;
        for (value, device, source, other) in [
            ("91", "Nonin 3230", "sykehus", "samtidig 95 % fra Beurer PO 60"),
            ("95", "Beurer PO 60", "kommune", "samtidig 91 % fra Nonin 3230"),
        ] {
            let row = table.iter().map(|row| row.replace('\u{a0}', " ")).find(|row| {
                row.contains(&format!("{value} %"))
                    && row.contains(device)
                    && row.contains(source)
                    && row.contains(other)
            });
            assert!(row.is_some(), "{value}: {table:?}");
        }
        let trend = module.trend_when("spo2", |trend| trend.points == "2").await?;
        assert_eq!(trend.readings, "2");
        browser.screenshot("sources-disagree").await?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn endpoints_that_the_host_lists_are_sources_but_for_itself() {
    browse("sources-listed", 1200, |browser| async move {
        let listed = having(vec![reading("a", THERE, "08:12:00+01:00", "91")?])?;
        let base = format!("{}{BASE}/", listed.address());
        let own = reading("own", PATIENT, "09:00:00+01:00", "93")?;
        let launched = Elsewhere::answering(&[], move |request, host| match request.path.as_str() {
            "/fhir/.well-known/smart-configuration" => Some(Answer::fhir(&json!({
                "authorization_endpoint": format!("{host}/authorize"),
                "token_endpoint": format!("{host}/token"),
                "associated_endpoints": [
                    { "url": format!("{host}/fhir/"), "capabilities": ["permission-v2"] },
                    { "url": base, "capabilities": ["permission-patient", 7], "fhir_version": "4.0.1", "x": { "y": [] } },
                    { "url": base.trim_end_matches('/') },
                    { "capabilities": [] }, "odd", { "url": 5 }, { "url": "ftp://nowhere.example" },
                ],
            }))),
            "/fhir/Observation" => Some(Answer::fhir(&searchset(std::slice::from_ref(&own)))),
            _ => None,
        })?;
        let module = launched.open(&browser).await?;
        wait_for_stands(&browser, &["here"; 2]).await?;
        let trend = module.trend_when("spo2", |trend| trend.readings == "2").await?;
        assert_eq!(trend.excluded, "0", "the host was read twice");
        Ok(())
    })
    .await;
}
