//! Whether others find our FHIR valid: every fixture, what the launcher serves and what the viewer writes go through three
//! validators, each of which catches what the others miss. UCUM codes are checked here, since none of them does.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use browser_tests::launcher::{FIXTURES, Launcher};
use browser_tests::smart::App;
use browser_tests::{Result, root, target};
use fhir_fixtures::Case;
use serde_json::Value;
use tokio::sync::OnceCell;

/// Of a case with more resources than this (a year from a sensor, all made in the same way) each 25th is validated.
const VALIDATED_WHOLE: usize = 10_000;

/// The units of the parameters, those that they are converted from, and one of a parameter that is not in the table.
const UCUM: [&str; 16] = [
    "cm", "%", "/min", "mm[Hg]", "kg", "g", "[lb_av]", "Cel", "[degF]", "mmol/L", "mg/dL", "L", "L/min",
    "L/s", "{score}", "/d",
];

/// Patients whose served resources are validated: all that have nothing invalid on purpose.
fn valid_patients() -> impl Iterator<Item = &'static str> {
    FIXTURES
        .iter()
        .filter(|case| case.expected.invalid_r4.is_empty())
        .map(|case| case.id)
}

/// The fixtures, without what a case names as invalid on purpose.
static VALID: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let of_a_case = |case: &'static Case| {
        let step = if case.resources().nth(VALIDATED_WHOLE).is_some() {
            25
        } else {
            1
        };
        let is_valid = |resource: &Value| !case.expected.invalid_r4.iter().any(|id| resource["id"] == *id);
        let elsewhere = case
            .elsewhere
            .iter()
            .flat_map(|place| place.resources.iter().cloned());
        case.resources()
            .step_by(step)
            .filter(is_valid)
            .chain(elsewhere)
            .collect::<Vec<_>>()
    };
    FIXTURES.iter().flat_map(of_a_case).collect()
});

fn fixtures() -> Result<&'static Path> {
    static FILE: LazyLock<Result<PathBuf>> = LazyLock::new(|| write("fixtures", &VALID));
    FILE.as_deref().map_err(|error| error.to_string().into())
}

/// What the launcher answers: reads, searches, history, capabilities and refusals.
async fn served() -> Result<&'static Path> {
    static FILE: OnceCell<PathBuf> = OnceCell::const_new();
    let file = FILE.get_or_try_init(|| async {
        let mut resources = Vec::new();
        for patient in valid_patients() {
            let app = App::launch(
                Launcher::shared()?,
                patient,
                "launch openid fhirUser patient/*.rs",
            )
            .await?;
            for (path, expected) in asked(patient) {
                let (status, resource) = app.get(&path).await?;
                if status != expected {
                    return Err(format!("{path}: {status}, not {expected}: {resource}").into());
                }
                resources.push(resource);
            }
        }
        write("served", &resources)
    });
    Ok(file.await?)
}

/// Paths under the FHIR base, with the status that they are answered with.
fn asked(patient: &str) -> Vec<(String, u16)> {
    let searches = [
        "Observation?_count=50&_sort=-date",
        "Observation?_count=5&_elements=code,valueQuantity,effectiveDateTime",
        "Observation?_summary=count",
        "CarePlan?_include=CarePlan:goal&_include=CarePlan:care-team&_revinclude=Provenance:target",
        "Provenance?",
        "Goal?",
        "EpisodeOfCare?",
        "CareTeam?",
        "QuestionnaireResponse?",
        "Composition?_sort=-date",
        "DetectedIssue?",
        "Communication?_sort=-sent",
        "Encounter?_sort=-date",
        "MedicationStatement?",
        "MedicationRequest?",
        "DocumentReference?",
    ];
    let mut asked: Vec<_> = searches
        .iter()
        .map(|search| (format!("{search}&patient={patient}"), 200))
        .collect();
    asked.push(("Questionnaire?_count=5".to_owned(), 200));
    asked.push(("HealthcareService?".to_owned(), 200));
    asked.push(("metadata".to_owned(), 200));
    asked.push((format!("Patient/{patient}"), 200));
    asked.push((format!("Patient/{patient}/_history"), 200));
    asked.push((format!("Patient/{patient}/_history/1"), 200));
    asked.push((format!("Observation/$lastn?patient={patient}"), 200));
    if patient == "plan-history" {
        asked.push(("CarePlan/plan-history-plan/_history?_count=3".to_owned(), 200));
        asked.push(("CarePlan/plan-history-plan/_history/4".to_owned(), 200));
    }
    asked.push(("Observation/not-there".to_owned(), 404));
    asked.push((format!("Observation?patient={patient}&date=yesterday"), 400));
    asked
}

/// What the viewer writes: kept as `written.ndjson` by the tests of `fhir-read`, which fail where it is not what they
/// write.
fn written() -> Result<&'static Path> {
    static FILE: LazyLock<Result<PathBuf>> = LazyLock::new(|| {
        let mut resources: Vec<Value> = Vec::new();
        for folder in std::fs::read_dir(root().join("viewer/crates/fhir-read/tests"))? {
            let file = folder?.path().join("written.ndjson");
            if file.is_file() {
                let text = std::fs::read_to_string(&file)?;
                let lines = text.lines().filter(|line| !line.is_empty());
                resources.extend(
                    lines
                        .map(serde_json::from_str)
                        .collect::<std::result::Result<Vec<_>, _>>()?,
                );
            }
        }
        write("written", &resources)
    });
    FILE.as_deref().map_err(|error| error.to_string().into())
}

fn write(name: &str, resources: &[Value]) -> Result<PathBuf> {
    let folder = target().join("conformance");
    std::fs::create_dir_all(&folder)?;
    let file = folder.join(format!("{name}.ndjson"));
    let mut out = BufWriter::new(File::create(&file)?);
    for resource in resources {
        writeln!(out, "{resource}")?;
    }
    out.flush()?;
    Ok(file)
}

/// Runs a script of this folder over a file; it prints what it finds wrong.
fn validate(script: &str, file: &Path) -> Result<()> {
    let tool = |name: &str| {
        std::env::var_os(name).ok_or(format!("{name} is not set: `cargo xtask test validators` does"))
    };
    let interpreter = if script.ends_with(".py") {
        tool("DHO_VALIDATORS_PYTHON")?
    } else {
        "node".into()
    };
    let output = Command::new(interpreter)
        .arg(root().join("tests/conformance").join(script))
        .arg(file)
        .env("DHO_VALIDATORS_NODE", tool("DHO_VALIDATORS_NODE")?)
        .output()?;
    let said = String::from_utf8_lossy(&output.stdout);
    println!("{said}");
    if output.status.success() && !said.starts_with("0 resources") {
        return Ok(());
    }
    let first: Vec<_> = said.lines().take(10).collect();
    Err(format!(
        "{script}: {}\n{}",
        first.join("\n"),
        String::from_utf8_lossy(&output.stderr)
    )
    .into())
}

#[test]
fn fixtures_pass_npm_fhir() -> Result<()> {
    validate("npm_fhir.mjs", fixtures()?)
}

#[test]
fn fixtures_pass_npm_medplum() -> Result<()> {
    validate("npm_medplum.mjs", fixtures()?)
}

#[test]
fn fixtures_pass_pypi_fhir_resources() -> Result<()> {
    validate("fhir_resources.py", fixtures()?)
}

#[test]
fn what_the_viewer_writes_passes_npm_fhir() -> Result<()> {
    validate("npm_fhir.mjs", written()?)
}

#[test]
fn what_the_viewer_writes_passes_npm_medplum() -> Result<()> {
    validate("npm_medplum.mjs", written()?)
}

#[test]
fn what_the_viewer_writes_passes_pypi_fhir_resources() -> Result<()> {
    validate("fhir_resources.py", written()?)
}

#[tokio::test]
async fn served_resources_pass_npm_fhir() -> Result<()> {
    validate("npm_fhir.mjs", served().await?)
}

#[tokio::test]
async fn served_resources_pass_npm_medplum() -> Result<()> {
    validate("npm_medplum.mjs", served().await?)
}

#[tokio::test]
async fn served_resources_pass_pypi_fhir_resources() -> Result<()> {
    validate("fhir_resources.py", served().await?)
}

#[test]
fn fixtures_use_ucum_codes_of_the_list() {
    for resource in VALID.iter() {
        check_units(resource["id"].as_str().unwrap_or_default(), resource);
    }
}

fn check_units(id: &str, value: &Value) {
    if value["system"] == "http://unitsofmeasure.org" {
        let code = value["code"].as_str().unwrap_or_default();
        assert!(UCUM.contains(&code), "{id}: the UCUM code {code:?}");
    }
    match value {
        Value::Array(parts) => parts.iter().for_each(|part| check_units(id, part)),
        Value::Object(parts) => parts.values().for_each(|part| check_units(id, part)),
        _ => {}
    }
}
