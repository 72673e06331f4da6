//! Decides whether the viewer is built in chunks: as shipped it is; for tests and pages of development it is one piece.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-check-cfg=cfg(chunked)");
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|it| it == value);
    let is_page_of_development = ["GALLERY", "BENCH"]
        .iter()
        .any(|it| env::var_os(format!("CARGO_FEATURE_{it}")).is_some());
    if is("CARGO_CFG_TARGET_ARCH", "wasm32") && is("PROFILE", "release") && !is_page_of_development {
        println!("cargo::rustc-cfg=chunked");
        // What refers to what is kept: by that the linked program is cut.
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
}
