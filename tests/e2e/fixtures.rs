//! Every fixture in both frames of the journal, against what its author declared.

use std::collections::BTreeMap;

use browser_tests::Result;
use browser_tests::browser::{Browser, browse};
use browser_tests::journal::{self, Width};
use browser_tests::launcher::{FIXTURES, Launcher};
use browser_tests::module::{LatestRow, Module, Trend};
use browser_tests::stub::Stub;
use fhir_fixtures::{Case, Exclusion, Fate, Finding, ParameterExpected, ReadingExpected, Zone};

use crate::none;
use crate::small_host::{self, PATIENT};

#[tokio::test]
async fn every_patient_reads_as_expected_in_the_wide_hospital_frame() {
    browse("hospital", 1700, |browser| async move {
        all_cases(&browser, "hospital", Width::Wide).await
    })
    .await;
}

#[tokio::test]
async fn every_patient_reads_as_expected_in_the_narrow_gp_frame() {
    browse("gp", 1200, |browser| async move {
        all_cases(&browser, "gp", Width::Narrow).await
    })
    .await;
}

#[tokio::test]
async fn patients_given_as_files_read_like_the_fixtures() {
    browse("files", 1700, |browser| async move {
        let folder = browser_tests::target().join("e2e-data");
        let cases = ["kols", "diabetes"];
        let cases: Vec<&Case> = FIXTURES.iter().filter(|case| cases.contains(&case.id)).collect();
        let mut options = Vec::new();
        for case in &cases {
            fhir_fixtures::write_case(case, &folder)?;
            options.extend(["--data".into(), folder.join(case.id).join("bundle.json").into()]);
        }
        let launcher = Launcher::start(options)?;
        let mut wrong = Vec::new();
        for case in cases {
            let module = journal::open(&browser, &launcher, "hospital", case.id, Width::Wide).await?;
            wrong.extend(compare(&module, case).await?);
        }
        none(&wrong)
    })
    .await;
}

#[tokio::test]
async fn a_patient_of_a_real_fhir_server_behind_the_journal_reads_alike() {
    browse("upstream", 1700, |browser| async move {
        let server = Stub::start(small_host::fhir)?;
        let base = format!("{}/fhir", server.address());
        let launcher = Launcher::start(["--upstream".into(), base.into()])?;
        let module = journal::open(&browser, &launcher, "hospital", PATIENT, Width::Wide).await?;
        let mut wrong = Vec::new();
        for case in FIXTURES.iter().filter(|case| case.id == PATIENT) {
            wrong.extend(compare(&module, case).await?);
        }
        none(&wrong)
    })
    .await;
}

async fn all_cases(browser: &Browser, frame: &str, width: Width) -> Result<()> {
    let launcher = Launcher::shared()?;
    let mut wrong = Vec::new();
    for case in FIXTURES.iter() {
        let module = journal::open(browser, launcher, frame, case.id, width).await?;
        let found = compare(&module, case).await?;
        browser.screenshot(&format!("{frame}-{}", case.id)).await?;
        wrong.extend(found.into_iter().map(|what| format!("{}: {what}", case.id)));
    }
    wrong.extend(
        browser
            .console()
            .await?
            .into_iter()
            .map(|line| format!("console: {line}")),
    );
    none(&wrong)
}

/// What the module shows otherwise than the case's author expects.
pub(crate) async fn compare(module: &Module, case: &Case) -> Result<Vec<String>> {
    let mut wrong = Vec::new();
    let rows = module.latest_rows().await?;
    for row in &rows {
        let is_shared = case.expected.shared_id.as_ref() == Some(&row.parameter);
        if !is_shared && !case.expected.parameters.contains_key(&row.parameter) {
            wrong.push(format!("a row that nobody expects: {row:?}"));
        }
    }
    for (name, expected) in &case.expected.parameters {
        let Some(latest) = &expected.latest else { continue };
        match rows.iter().find(|row| row.parameter == *name) {
            None => wrong.push(format!("no row for {name}")),
            Some(row) if !is_latest(row, latest) => wrong.push(format!("{row:?}, not {latest:?}")),
            Some(_) => {}
        }
        wrong.extend(compare_trend(module, case, name, expected).await?);
    }
    wrong.extend(compare_findings(module, case).await?);
    Ok(wrong)
}

fn is_latest(row: &LatestRow, expected: &ReadingExpected) -> bool {
    is_value(&row.value, expected)
        && row.unit == expected.unit
        && row.zone == zone_name(expected.zone)
        && is_time(&row.time, expected)
}

/// Where the source gives a bound (`>33.3`), the sign may stand before the number.
fn is_value(value: &str, expected: &ReadingExpected) -> bool {
    let sign = expected.comparator.as_deref().unwrap_or_default();
    value.strip_prefix(sign).unwrap_or(value) == expected.value
}

fn is_time(time: &str, expected: &ReadingExpected) -> bool {
    time == expected.time || expected.or_time.as_deref() == Some(time)
}

async fn compare_trend(
    module: &Module,
    case: &Case,
    name: &str,
    expected: &ParameterExpected,
) -> Result<Vec<String>> {
    let excluded: usize = expected.excluded.values().sum();
    let is_expected = |trend: &Trend| {
        [&trend.readings, &trend.points, &trend.excluded, &trend.gaps]
            .into_iter()
            .zip([expected.readings, expected.points, excluded, expected.gaps])
            .all(|(shown, expected)| *shown == expected.to_string())
    };
    let trend = module.trend_when(name, is_expected).await?;
    let mut wrong = Vec::new();
    if !is_expected(&trend) {
        wrong.push(format!(
            "{trend:?}, not {} readings, {} points, {excluded} excluded, {} gaps",
            expected.readings, expected.points, expected.gaps
        ));
    }
    let listed: Vec<_> = case
        .expected
        .readings_in_period
        .iter()
        .filter(|it| it.parameter == name)
        .collect();
    if listed.is_empty() {
        module.close_row(name).await?;
        return Ok(wrong);
    }
    let mut shown = module.trend_rows(name).await?;
    for reading in &listed {
        let same = |row: &browser_tests::module::TrendRow| {
            is_value(&row.value, reading)
                && row.zone == zone_name(reading.zone)
                && is_time(&row.time, reading)
        };
        match shown.iter().position(same) {
            Some(place) => drop(shown.swap_remove(place)),
            None => wrong.push(format!("not in the table of {name}: {reading:?}")),
        }
    }
    let implausible = expected
        .excluded
        .get(&Exclusion::Implausible)
        .copied()
        .unwrap_or_default();
    if shown.len() > implausible {
        wrong.push(format!(
            "in the table of {name} without being expected: {shown:?}"
        ));
    }
    module.close_row(name).await?;
    Ok(wrong)
}

/// Each finding about an entry of the period must be told, and each remark on a reading in it. Those outside it are not fetched, and another patient's
/// entry does not come out of the journal at all.
async fn compare_findings(module: &Module, case: &Case) -> Result<Vec<String>> {
    let (from, until) = (&case.expected.period_from, &case.expected.until);
    let mut expected: BTreeMap<String, usize> = BTreeMap::new();
    for entry in &case.expected.set_aside {
        if let Fate::Finding(kind) = entry.fate
            && kind != Finding::OtherPatient
            && entry.time > *from
            && entry.time < *until
        {
            *expected.entry(word(&kind)?).or_default() += 1;
        }
    }
    for note in case
        .expected
        .readings_in_period
        .iter()
        .flat_map(|reading| &reading.notes)
    {
        *expected.entry(word(note)?).or_default() += 1;
    }
    let mut shown: BTreeMap<String, usize> = BTreeMap::new();
    for finding in module.findings().await? {
        *shown.entry(finding.kind).or_default() += 1;
    }
    let told = |kind: &String| shown.get(kind).copied().unwrap_or_default();
    let untold = expected.iter().filter(|(kind, count)| told(kind) < **count);
    Ok(untold
        .map(|(kind, count)| format!("{count} × {kind} expected, findings are {shown:?}"))
        .collect())
}

fn zone_name(zone: Zone) -> String {
    word(&zone).unwrap_or_default()
}

/// How a kind is written in `expected.json`, which is how the hooks write it.
fn word(kind: &impl serde::Serialize) -> Result<String> {
    Ok(serde_json::to_value(kind)?
        .as_str()
        .unwrap_or_default()
        .to_owned())
}
