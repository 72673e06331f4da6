//! npm packages that only the tests use, in the versions that a `package.json` of the project pins.

use std::fs;
use std::path::{Path, PathBuf};

use crate::process::{Result, output};
use crate::toolbox::{Toolbox, install};

const OLDEST_NODE: u32 = 18;

/// Leaves the packages of `pins` (a `package.json`) in the folder `name` of the cache, and gives that folder.
pub(crate) fn find_or_install(tools: &Toolbox, pins: &Path, name: &str, what: &str) -> Result<PathBuf> {
    let folder = tools.cache.join(name);
    if is_installed(pins, &folder) {
        return Ok(folder);
    }
    if !node_is_new_enough(tools) {
        tools.apt("Node 18 or newer with npm", &["nodejs", "npm"])?;
    }
    fs::create_dir_all(&folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    fs::copy(pins, folder.join("package.json")).map_err(|error| format!("{}: {error}", pins.display()))?;
    install(what, "half a minute", tools.npm(&folder).arg("install"))?;
    mark_installed(pins, &folder)?;
    Ok(folder)
}

fn node_is_new_enough(tools: &Toolbox) -> bool {
    output(tools.command("npm").arg("--version")).is_some()
        && output(tools.command("node").arg("--version"))
            .and_then(|said| said.strip_prefix('v')?.split('.').next()?.parse().ok())
            .is_some_and(|major: u32| major >= OLDEST_NODE)
}

/// An installation keeps a copy of the file of pins that it was made from.
pub(crate) fn is_installed(pins: &Path, folder: &Path) -> bool {
    let copy = fs::read(folder.join("installed")).ok();
    copy.is_some() && copy == fs::read(pins).ok()
}

pub(crate) fn mark_installed(pins: &Path, folder: &Path) -> Result<()> {
    fs::copy(pins, folder.join("installed"))
        .map_err(|error| format!("cannot write to {}: {error}", folder.display()))?;
    Ok(())
}
