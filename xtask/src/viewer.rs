//! Building the viewer to `dist/` with Trunk, if anything that it is made of has changed since the last time.

use std::fs;
use std::path::Path;
use std::time::{Instant, SystemTime};

use crate::process::{Result, in_words, run};
use crate::toolbox::Toolbox;
use crate::{compress, styles};

/// All that the viewer is made of.
const SOURCES: [&str; 6] = [
    "viewer",
    "xtask/chunks",
    "index.html",
    "Trunk.toml",
    "Cargo.toml",
    "Cargo.lock",
];

/// Leaves an up-to-date release build in `dist/`.
pub(crate) fn build(tools: &Toolbox) -> Result<()> {
    tools.wasm_target()?;
    tools.trunk()?;
    tools.wasm_bindgen()?;
    let wasm_opt = tools.wasm_opt();
    // Trunk runs wasm-opt in every build that is called a release.
    let words = if wasm_opt {
        ["build", "--release"].as_slice()
    } else {
        &["build", "--cargo-profile", "release"]
    };

    let stamp = tools.target.join("viewer-built");
    let how = words.join(" ");
    if is_fresh(&tools.root, &stamp, &how) {
        return Ok(());
    }
    eprintln!("building the viewer; it takes about 2 minutes the first time");
    let start = Instant::now();
    run(tools.command("trunk").args(words).stdout(std::io::stderr()))?;
    let dist = tools.root.join("dist");
    styles::join(&dist)?;
    compress::beside(&dist)?;
    fs::write(&stamp, how).map_err(|error| format!("cannot write {}: {error}", stamp.display()))?;
    eprintln!("built the viewer in {}", in_words(start.elapsed()));
    Ok(())
}

/// Whether the stamp of the last build, made in the same way, is younger than every source and than `dist/` itself.
fn is_fresh(root: &Path, stamp: &Path, how: &str) -> bool {
    let (Ok(last), Some(built)) = (fs::read_to_string(stamp), changed(stamp)) else {
        return false;
    };
    let page = changed(&root.join("dist/index.html"));
    last == how
        && page.is_some_and(|page| page <= built)
        && SOURCES
            .iter()
            .all(|source| newest(&root.join(source)).is_some_and(|source| source <= built))
}

fn changed(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).ok()?.modified().ok()
}

/// When a file, or anything in a folder, was last changed; a folder changes when a file in it goes.
fn newest(path: &Path) -> Option<SystemTime> {
    let own = changed(path)?;
    if !path.is_dir() {
        return Some(own);
    }
    let within = fs::read_dir(path)
        .ok()?
        .flatten()
        .filter_map(|entry| newest(&entry.path()))
        .max();
    Some(within.map_or(own, |within| within.max(own)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_build_is_fresh_until_a_source_or_the_way_to_build_changes() {
        let root = std::env::temp_dir().join(format!("xtask-fresh-{}", std::process::id()));
        let stamp = root.join("stamp");
        fs::create_dir_all(root.join("viewer/src")).unwrap();
        fs::create_dir_all(root.join("xtask/chunks")).unwrap();
        fs::create_dir_all(root.join("dist")).unwrap();
        for file in [
            "index.html",
            "Trunk.toml",
            "Cargo.toml",
            "Cargo.lock",
            "viewer/src/main.rs",
            "dist/index.html",
        ] {
            fs::write(root.join(file), "").unwrap();
        }
        assert!(!is_fresh(&root, &stamp, "build"), "nothing has been built");

        fs::write(&stamp, "build").unwrap();
        assert!(is_fresh(&root, &stamp, "build"));
        assert!(!is_fresh(&root, &stamp, "build --release"));

        let later = SystemTime::now() + std::time::Duration::from_secs(5);
        let source = fs::File::options()
            .write(true)
            .open(root.join("viewer/src/main.rs"))
            .unwrap();
        source.set_modified(later).unwrap();
        assert!(!is_fresh(&root, &stamp, "build"));
        fs::remove_dir_all(&root).unwrap();
    }
}
