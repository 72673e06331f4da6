//! Installing the FHIR validators that others have written, in the versions that `tests/conformance/` pins.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::{Result, output, run};
use crate::toolbox::{Toolbox, install};

const OLDEST_NODE: u32 = 18;

/// Where the validators are.
#[derive(Debug)]
pub(crate) struct Validators {
    /// Holds `node_modules`.
    pub(crate) node: PathBuf,
    /// A Python with the packages.
    pub(crate) python: PathBuf,
}

pub(crate) fn find_or_install(tools: &Toolbox) -> Result<Validators> {
    let node = tools.cache.join("validators/node");
    let python = tools.cache.join("validators/python");
    let pins = tools.root.join("tests/conformance");

    let package = pins.join("package.json");
    if !is_installed(&package, &node) {
        if !node_is_new_enough(tools) {
            tools.apt("Node 18 or newer with npm", &["nodejs", "npm"])?;
        }
        fs::create_dir_all(&node).map_err(|error| format!("cannot make {}: {error}", node.display()))?;
        fs::copy(&package, node.join("package.json"))
            .map_err(|error| format!("{}: {error}", package.display()))?;
        install(
            "the FHIR validators of npm",
            "half a minute",
            tools.npm(&node).arg("install"),
        )?;
        mark_installed(&package, &node)?;
    }

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

fn node_is_new_enough(tools: &Toolbox) -> bool {
    output(tools.command("npm").arg("--version")).is_some()
        && output(tools.command("node").arg("--version"))
            .and_then(|said| said.strip_prefix('v')?.split('.').next()?.parse().ok())
            .is_some_and(|major: u32| major >= OLDEST_NODE)
}

/// An installation keeps a copy of the file of pins that it was made from.
fn is_installed(pins: &Path, folder: &Path) -> bool {
    let copy = fs::read(folder.join("installed")).ok();
    copy.is_some() && copy == fs::read(pins).ok()
}

fn mark_installed(pins: &Path, folder: &Path) -> Result<()> {
    fs::copy(pins, folder.join("installed"))
        .map_err(|error| format!("cannot write to {}: {error}", folder.display()))?;
    Ok(())
}
