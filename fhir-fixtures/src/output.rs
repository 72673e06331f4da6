//! Writes a case as files: `bundle.json`, `expected.json` and a short `README.md`.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde_json::Value;

use crate::{Case, Expected, entry};

/// Writes the three files of `case` into the folder `out/<id>`, which is made if need be; for a patient of several places
/// also `expected-together.json` and, in `sources/<id>`, what the others have.
///
/// # Errors
/// When the folder or a file cannot be written.
pub fn write_case(case: &Case, out: &Path) -> io::Result<()> {
    let folder = out.join(case.id);
    fs::create_dir_all(&folder)?;
    write_bundle(
        case.resources(),
        &mut BufWriter::new(File::create(folder.join("bundle.json"))?),
    )?;
    write_expected(&folder.join("expected.json"), &case.expected)?;
    if let Some(together) = &case.together {
        write_expected(&folder.join("expected-together.json"), together)?;
    }
    for elsewhere in &case.elsewhere {
        let folder = folder.join("sources").join(elsewhere.source);
        fs::create_dir_all(&folder)?;
        let mut file = BufWriter::new(File::create(folder.join("bundle.json"))?);
        write_bundle(elsewhere.resources.iter().cloned(), &mut file)?;
    }
    fs::write(folder.join("README.md"), readme(case))
}

fn write_expected(file: &Path, expected: &Expected) -> io::Result<()> {
    let mut text = serde_json::to_string_pretty(expected)?;
    text.push('\n');
    fs::write(file, text)
}

/// One entry a line, never more than one resource in memory.
fn write_bundle(resources: impl Iterator<Item = Value>, out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[")?;
    let mut separator: &[u8] = b"\n";
    for resource in resources {
        out.write_all(separator)?;
        serde_json::to_writer(&mut *out, &entry(resource))?;
        separator = b",\n";
    }
    out.write_all(b"\n]}\n")?;
    out.flush()
}

fn readme(case: &Case) -> String {
    let expected = &case.expected;
    let mut text = format!("# {} (`{}`)\n\n{}\n\n", case.title, case.id, case.description);
    // Writing to a String cannot fail.
    let _ = writeln!(
        text,
        "Last day {}; \"now\" is {}. {} Observations, of which {} readings. Synthetic data.\n",
        expected.until, expected.generated_at, expected.entries, expected.readings
    );
    if expected.parameters.is_empty() {
        return text;
    }
    text.push_str(
        "| parameter | in 90 days | excluded | gaps | latest | zone |\n|---|---|---|---|---|---|\n",
    );
    for (name, parameter) in &expected.parameters {
        let excluded: usize = parameter.excluded.values().sum();
        let (latest, zone) = match &parameter.latest {
            Some(latest) => (
                format!("{} {} at {}", latest.value, latest.unit, latest.time),
                serde_json::to_value(latest.zone).unwrap_or_default(),
            ),
            None => (String::new(), serde_json::Value::default()),
        };
        let _ = writeln!(
            text,
            "| {} | {} | {excluded} | {} | {latest} | {} |",
            name.replace('|', "\\|"),
            parameter.readings,
            parameter.gaps,
            zone.as_str().unwrap_or_default()
        );
    }
    text
}
