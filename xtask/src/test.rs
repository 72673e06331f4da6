//! `cargo xtask test`: every check of the project, one step after the other, going on after a failure.
//! The cargo calls keep to a few sets of packages, so that what one step has compiled serves the next.

use std::cell::OnceCell;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::process::{Result, in_words, run, run_by_line};
use crate::tally::Tally;
use crate::toolbox::Toolbox;
use crate::{browser, npm, size, validators, viewer};

/// The viewer is made for the browser; natively only its pure modules are tested. It and the tests of `tests/` stay
/// apart, so that the launcher is built with its own choice of its dependencies' features, as in the demo.
const NATIVE: &str = "--workspace --exclude viewer --exclude browser-tests";
/// The tests of `tests/`, those that need the built launcher, and Chromium or the validators, among them.
const SYSTEM: &str = "--package browser-tests --features system";
const WASM: &str = "--package viewer --target wasm32-unknown-unknown";

struct Step {
    name: &'static str,
    title: &'static str,
    check: fn(&Run) -> Result<Tally>,
}

const STEPS: [Step; 9] = [
    Step {
        name: "fmt",
        title: "the code is formatted",
        check: fmt,
    },
    Step {
        name: "clippy",
        title: "lints of the native code",
        check: clippy,
    },
    Step {
        name: "clippy-wasm",
        title: "lints of the viewer, for wasm32",
        check: clippy_wasm,
    },
    Step {
        name: "native",
        title: "native tests and layering",
        check: native,
    },
    Step {
        name: "wasm",
        title: "the viewer's own tests, in Chromium",
        check: wasm,
    },
    Step {
        name: "build",
        title: "the viewer and the launcher, as shipped",
        check: build,
    },
    Step {
        name: "size",
        title: "the viewer's size over the network, against its budget",
        check: size,
    },
    Step {
        name: "validators",
        title: "fixtures and served resources, by three FHIR validators",
        check: conformance,
    },
    Step {
        name: "e2e",
        title: "end to end, in Chromium",
        check: e2e,
    },
];

pub(crate) fn step_names() -> String {
    STEPS.map(|step| step.name).join(" ")
}

/// One run of the command.
struct Run {
    tools: Toolbox,
    /// What the build came to, made by the first step that needs it.
    built: OnceCell<Result<()>>,
}

pub(crate) fn test(names: &[String]) -> Result<()> {
    if let Some(name) = names
        .iter()
        .find(|name| STEPS.iter().all(|step| step.name != name.as_str()))
    {
        return Err(format!("there is no step `{name}`; there are: {}", step_names()));
    }
    let run = Run {
        tools: Toolbox::open()?,
        built: OnceCell::new(),
    };
    let mut total = Tally::default();
    let mut ended = Vec::new();
    for step in STEPS
        .iter()
        .filter(|step| names.is_empty() || names.iter().any(|name| name == step.name))
    {
        println!("\n== {}: {}", step.name, step.title);
        let start = Instant::now();
        let tally = (step.check)(&run).unwrap_or_else(|message| {
            println!("{message}");
            Tally::ONE_FAILED
        });
        let line = summary(step.name, tally, start.elapsed());
        println!("== {line}");
        total.add(tally);
        ended.push(line);
    }
    println!(
        "\n{}\n\n{} passed, {} failed",
        ended.join("\n"),
        total.passed,
        total.failed
    );
    // The last line has said it.
    std::process::exit(i32::from(total.failed > 0 || total.passed == 0));
}

fn summary(name: &str, tally: Tally, time: Duration) -> String {
    format!(
        "{name:<12}{:>5} passed {:>3} failed  in {}",
        tally.passed,
        tally.failed,
        in_words(time)
    )
}

fn fmt(run: &Run) -> Result<Tally> {
    run.tools.rust_components()?;
    run.one("fmt --all --check")
}

fn clippy(run: &Run) -> Result<Tally> {
    run.tools.rust_components()?;
    run.tools.c_compiler()?;
    run.one("clippy --workspace --exclude viewer --features browser-tests/system --all-targets -- --deny warnings")
}

fn clippy_wasm(run: &Run) -> Result<Tally> {
    run.tools.rust_components()?;
    run.tools.wasm_target()?;
    for features in ["", "--features gallery"] {
        run.one(&format!(
            "clippy {WASM} {features} --all-targets -- --deny warnings"
        ))?;
    }
    Ok(Tally::ONE_PASSED)
}

fn native(run: &Run) -> Result<Tally> {
    run.tools.c_compiler()?;
    let mut tally = count(&mut run.tools.cargo(&format!("test {NATIVE} --no-fail-fast")))?;
    for apart in ["viewer", "browser-tests"] {
        let mut cargo = run.tools.cargo(&format!("test --package {apart} --no-fail-fast"));
        tally.add(count(&mut cargo)?);
    }
    Ok(tally)
}

fn wasm(run: &Run) -> Result<Tally> {
    run.tools.wasm_target()?;
    run.tools.wasm_bindgen()?;
    let browser = browser::find_or_install(&run.tools)?;
    let mut cargo = run.tools.cargo(&format!("test {WASM} --no-fail-fast"));
    cargo
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
            "wasm-bindgen-test-runner",
        )
        .env("CHROMEDRIVER", browser.driver)
        .env("WASM_BINDGEN_TEST_TIMEOUT", "120");
    count(&mut cargo)
}

fn build(run: &Run) -> Result<Tally> {
    run.build()?;
    Ok(Tally::ONE_PASSED)
}

fn size(run: &Run) -> Result<Tally> {
    run.build()?;
    size::check(&run.tools.root)?;
    Ok(Tally::ONE_PASSED)
}

fn conformance(run: &Run) -> Result<Tally> {
    run.build()?;
    let validators = validators::find_or_install(&run.tools)?;
    let mut cargo = run.system_test("conformance");
    cargo
        .env("DHO_VALIDATORS_NODE", validators.node)
        .env("DHO_VALIDATORS_PYTHON", validators.python);
    count(&mut cargo)
}

fn e2e(run: &Run) -> Result<Tally> {
    run.build()?;
    let browser = browser::find_or_install(&run.tools)?;
    let pins = run.tools.root.join("tests/e2e/package.json");
    let page_tools = npm::find_or_install(
        &run.tools,
        &pins,
        "page-tools",
        "axe-core and the font of the browser tests (npm)",
    )?;
    let mut cargo = run.system_test("e2e");
    // Each test has a browser of its own; more than two at a time make a small machine miss time limits.
    cargo.args(["--", "--test-threads", "2"]);
    cargo
        .env("DHO_CHROMIUM", browser.chromium)
        .env("DHO_CHROMEDRIVER", browser.driver)
        .env("DHO_PAGE_TOOLS", page_tools);
    count(&mut cargo)
}

impl Run {
    /// The viewer and the launcher. With tests among the targets, what `native` has compiled serves.
    fn build(&self) -> Result<()> {
        let build = || {
            self.tools.c_compiler()?;
            viewer::build(&self.tools)?;
            run(&mut self.tools.cargo(&format!("build {NATIVE} --all-targets")))
        };
        self.built.get_or_init(build).clone()
    }

    /// A cargo call that passes or fails as a whole.
    fn one(&self, words: &str) -> Result<Tally> {
        run(&mut self.tools.cargo(words))?;
        Ok(Tally::ONE_PASSED)
    }

    fn system_test(&self, name: &str) -> Command {
        let mut cargo = self
            .tools
            .cargo(&format!("test {SYSTEM} --no-fail-fast --test {name}"));
        cargo
            .env("DHO_LAUNCHER", self.tools.built("launcher"))
            .env("DHO_DIST", self.tools.root.join("dist"));
        cargo
    }
}

/// Runs tests, shows their output and counts their results.
fn count(command: &mut Command) -> Result<Tally> {
    let mut tally = Tally::default();
    let success = run_by_line(command, |line| {
        println!("{line}");
        tally.read(line);
    })?;
    Ok(tally.ended(success))
}
