//! Installing the FHIR validators that others have written, in the versions that `tests/conformance/` pins.

use std::path::PathBuf;
use std::process::Command;

use crate::npm::{self, is_installed, mark_installed};
use crate::process::{Result, output, run};
use crate::toolbox::{Toolbox, install};

/// Where the validators are.
#[derive(Debug)]
pub(crate) struct Validators {
    /// Holds `node_modules`.
    pub(crate) node: PathBuf,
    /// A Python with the packages.
    pub(crate) python: PathBuf,
}

pub(crate) fn find_or_install(tools: &Toolbox) -> Result<Validators> {
    let pins = tools.root.join("tests/conformance");
    let node = npm::find_or_install(
        tools,
        &pins.join("package.json"),
        "validators/node",
        "the FHIR validators of npm",
    )?;
    let python = tools.cache.join("validators/python");

    let requirements = pins.join("requirements.txt");
    if !is_installed(&requirements, &python) {
        if output(tools.command("python3").args(["-c", "import ensurepip, venv"])).is_none() {
            tools.apt("Python 3 with venv", &["python3", "python3-venv"])?;
        }
        run(tools
            .command("python3")
            .args(["-m", "venv", "--clear"])
            .arg(&python))?;
        let mut pip = Command::new(python.join("bin/pip"));
        pip.args([
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--requirement",
        ])
        .arg(&requirements);
        install("the FHIR validator of PyPI", "half a minute", &mut pip)?;
        mark_installed(&requirements, &python)?;
    }
    Ok(Validators {
        node,
        python: python.join("bin/python"),
    })
}
