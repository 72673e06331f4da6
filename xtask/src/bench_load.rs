//! The part of `cargo xtask bench` that opens the module in Chromium: the launch, and a year of continuous glucose. It
//! measures nothing itself.

use crate::npm;
use crate::process::{Result, run_by_line};
use crate::toolbox::Toolbox;
use crate::{browser, viewer};

/// Builds what is measured and measures it; the numbers as Markdown tables.
pub(crate) fn load(tools: &Toolbox) -> Result<String> {
    tools.c_compiler()?;
    viewer::build(tools)?;
    crate::process::run(&mut tools.cargo("build --package launcher"))?;
    let found = browser::find_or_install(tools)?;
    let pins = tools.root.join("tests/e2e/package.json");
    let page_tools = npm::find_or_install(
        tools,
        &pins,
        "page-tools",
        "axe-core and the font of the browser tests (npm)",
    )?;
    let smart_js = npm::find_or_install(
        tools,
        &tools.root.join("tests/benches/smart_js/package.json"),
        "smart-js",
        "the JavaScript SMART client that the launch is measured beside (npm)",
    )?;
    // As a test: the harness needs no optimising, and what is measured has its own profile.
    let mut cargo = tools.cargo("test --package browser-tests --features system --bench load");
    cargo
        .env("DHO_LAUNCHER", tools.built("launcher"))
        .env("DHO_DIST", tools.root.join("dist"))
        .env("DHO_CHROMIUM", found.chromium)
        .env("DHO_CHROMEDRIVER", found.driver)
        .env("DHO_PAGE_TOOLS", page_tools)
        .env("DHO_SMART_JS", smart_js);
    let mut tables = String::new();
    let success = run_by_line(&mut cargo, |line| {
        println!("{line}");
        if line.starts_with('|') || line.is_empty() {
            tables.push_str(line);
            tables.push('\n');
        }
    })?;
    if success {
        Ok(tables)
    } else {
        Err("the load could not be measured".to_owned())
    }
}
