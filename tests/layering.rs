//! Who may import whom, which licences may come in, and what must not stand in the sources. Proven from
//! `cargo metadata` and the files themselves; runs nothing of the project.

#![allow(
    clippy::expect_used,
    reason = "a check that cannot read the project has failed"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use browser_tests::root;
use serde_json::Value;

/// Crates that know the browser. smart-launch's `oauth2` brings some of them for wasm32 all the same, so only the
/// crates' own dependencies are looked at.
const OF_THE_BROWSER: [&str; 5] = ["yew", "gloo", "web-sys", "js-sys", "wasm-bindgen"];

const LICENCES: [&str; 12] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    // Data only: a list of root certificates.
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// What is linked into the viewer and into the programs on Linux.
static METADATA: LazyLock<Value> = LazyLock::new(|| {
    let platforms = [
        "--filter-platform",
        "wasm32-unknown-unknown",
        "--filter-platform",
        "x86_64-unknown-linux-gnu",
    ];
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1"])
        .args(platforms)
        .current_dir(root())
        .output()
        .expect("cargo can be run");
    serde_json::from_slice(&output.stdout).expect("cargo metadata prints JSON")
});

fn packages() -> impl Iterator<Item = &'static Value> {
    METADATA["packages"].as_array().into_iter().flatten()
}

fn package(name: &str) -> &'static Value {
    packages()
        .find(|package| package["name"] == name)
        .expect("the package is there")
}

/// Names of the packages that a package itself asks for, without those for its tests.
fn imports(name: &str) -> BTreeSet<&'static str> {
    let dependencies = package(name)["dependencies"].as_array().into_iter().flatten();
    dependencies
        .filter(|it| it["kind"] != "dev")
        .filter_map(|it| it["name"].as_str())
        .collect()
}

/// Names of the project's own packages that a package needs, directly or through others, without those for tests.
fn local_imports(name: &'static str) -> BTreeSet<&'static str> {
    let local: BTreeSet<_> = packages()
        .filter(|it| it["source"].is_null())
        .filter_map(|it| it["name"].as_str())
        .collect();
    let mut found = BTreeSet::new();
    let mut open = vec![name];
    while let Some(next) = open.pop() {
        open.extend(
            imports(next)
                .intersection(&local)
                .filter(|import| found.insert(**import)),
        );
    }
    found
}

#[test]
fn the_pure_crates_import_no_more_than_they_may() {
    assert_eq!(local_imports("chart-model"), [].into());
    assert_eq!(local_imports("lenient-json"), [].into());
    assert_eq!(local_imports("smart-launch"), ["lenient-json"].into());
    assert_eq!(local_imports("fhir-read"), ["chart-model", "lenient-json"].into());
    assert_eq!(local_imports("record"), ["chart-model"].into());
}

#[test]
fn the_pure_crates_do_not_know_the_browser() {
    for name in [
        "chart-model",
        "lenient-json",
        "smart-launch",
        "fhir-read",
        "record",
    ] {
        for import in OF_THE_BROWSER {
            assert!(!imports(name).contains(import), "{name} depends on {import}");
        }
    }
}

#[test]
fn the_launcher_and_the_fixtures_are_independent_of_the_viewer() {
    assert_eq!(local_imports("fhir-fixtures"), [].into());
    assert_eq!(local_imports("launcher"), ["fhir-fixtures"].into());
    assert_eq!(local_imports("browser-tests"), ["fhir-fixtures"].into());
}

/// The gallery shows the fixtures' patients; what is shipped is built without it.
#[test]
fn the_viewer_knows_fixtures_only_where_the_gallery_is_asked_for() {
    let viewer = package("viewer");
    let dependencies = viewer["dependencies"].as_array().into_iter().flatten();
    let mut fixtures = dependencies.filter(|it| it["name"] == "fhir-fixtures");
    assert!(fixtures.all(|it| it["kind"] == "dev" || it["optional"] == true));
    let features = viewer["features"].as_object().expect("features are a table");
    let switches: Vec<_> = features
        .iter()
        .filter(|(_, on)| on.to_string().contains("fhir-fixtures"))
        .collect();
    assert_eq!(
        switches,
        [(&"gallery".to_owned(), &serde_json::json!(["dep:fhir-fixtures"]))]
    );
    assert!(!features.contains_key("default"));
}

#[test]
fn components_see_no_json_no_token_and_no_window() {
    for (file, text) in sources("viewer/src/components") {
        for word in [
            "lenient_json",
            "AccessToken",
            "web_sys::window",
            "gloo::utils::window",
        ] {
            assert!(!text.contains(word), "{} mentions {word}", file.display());
        }
    }
}

#[test]
fn nothing_in_the_viewer_is_forgotten() {
    for (file, text) in sources("viewer/src") {
        assert!(
            !text.contains(".forget()"),
            "{}: a closure that nobody owns",
            file.display()
        );
    }
}

#[test]
fn every_allow_has_a_reason() {
    for folder in ["viewer", "launcher", "fhir-fixtures", "tests", "xtask"] {
        for (file, text) in sources(folder) {
            for start in ["#[allow(", "#![allow(", "#[expect("] {
                for (at, _) in text.match_indices(start) {
                    let (before, rest) = text.split_at(at);
                    let is_attribute = before
                        .lines()
                        .next_back()
                        .is_none_or(|line| line.trim().is_empty());
                    let attribute = rest.split(")]").next().unwrap_or_default();
                    let has_reason = attribute.contains("reason =");
                    assert!(
                        !is_attribute || has_reason,
                        "{}: {attribute})] without a reason",
                        file.display()
                    );
                }
            }
        }
    }
}

#[test]
fn every_dependency_has_a_licence_of_the_list() {
    let refused: BTreeMap<_, _> = packages()
        .map(|it| {
            (
                it["name"].as_str().unwrap_or_default(),
                it["license"].as_str().unwrap_or_default(),
            )
        })
        .filter(|(_, licence)| !is_allowed(licence))
        .collect();
    assert!(refused.is_empty(), "{refused:?}");
}

/// Whether every part joined by AND offers something of the list.
fn is_allowed(licence: &str) -> bool {
    let licence = licence.replace(['(', ')'], "").replace('/', " OR ");
    licence
        .split(" AND ")
        .all(|part| part.split(" OR ").any(|name| LICENCES.contains(&name.trim())))
}

#[test]
fn a_licence_is_allowed_if_each_part_offers_one_of_the_list() {
    for allowed in [
        "MIT",
        "MIT/Apache-2.0",
        "MIT OR LGPL-2.1-or-later",
        "(MIT OR Apache-2.0) AND Unicode-3.0",
    ] {
        assert!(is_allowed(allowed), "{allowed}");
    }
    for refused in ["", "GPL-3.0", "MIT AND GPL-3.0", "MITX"] {
        assert!(!is_allowed(refused), "{refused}");
    }
}

/// The Rust files of a folder of the project, with their text.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    collect(&root().join(folder), &mut found);
    assert!(!found.is_empty(), "there are no sources in {folder}");
    found
}

fn collect(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(folder).expect("the folder can be read").flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).expect("the file can be read");
            found.push((path, text));
        }
    }
}
