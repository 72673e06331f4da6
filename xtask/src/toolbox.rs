//! The tools that the build needs, found on the machine or installed into the user's cache folder.
//! Nothing is installed into the project or the system here (`browser` and `validators` use apt where they must).

use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use crate::lockfile;
use crate::process::{Result, in_words, output, run};

const TRUNK: &str = "0.21.14";
/// The npm package `binaryen` in this version holds the `wasm-opt` that `Trunk.toml` names.
const BINARYEN: &str = "132.0.0";
const WASM_OPT: &str = "wasm-opt version 132";
const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Where things are: the project, the folder of build results, the cache of tools.
#[derive(Debug)]
pub(crate) struct Toolbox {
    pub(crate) root: PathBuf,
    pub(crate) target: PathBuf,
    pub(crate) cache: PathBuf,
    path: OsString,
}

impl Toolbox {
    pub(crate) fn open() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .ok_or("xtask has no project around it")?;
        // This program is `<target>/debug/xtask`.
        let program =
            std::env::current_exe().map_err(|error| format!("cannot find xtask itself: {error}"))?;
        let target = program
            .ancestors()
            .nth(2)
            .ok_or("xtask is not in a target folder")?;
        let cache = cache_folder()?;
        let mut folders = vec![cache.join("tools/bin"), cache.join("npm/node_modules/.bin")];
        folders.extend(std::env::split_paths(
            &std::env::var_os("PATH").unwrap_or_default(),
        ));
        let path = std::env::join_paths(folders).map_err(|error| format!("PATH: {error}"))?;
        Ok(Self {
            root: root.to_owned(),
            target: target.to_owned(),
            cache,
            path,
        })
    }

    /// A command in the project's folder that finds the cached tools before others.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root).env("PATH", &self.path);
        command
    }

    /// A cargo command; its words must have no spaces in them.
    pub(crate) fn cargo(&self, words: &str) -> Command {
        let mut command = self.command("cargo");
        command.args(words.split_whitespace());
        command
    }

    /// A program that `cargo build` has made.
    pub(crate) fn built(&self, program: &str) -> PathBuf {
        self.target.join("debug").join(program)
    }

    fn has(&self, program: &str, version: &str) -> bool {
        output(self.command(program).arg("--version")).is_some_and(|said| said.starts_with(version))
    }

    /// rustc's own C linker is also what compiles the journal's SQLite.
    pub(crate) fn c_compiler(&self) -> Result<()> {
        if self.has("cc", "") {
            return Ok(());
        }
        Err(
            "missing: a C compiler (cc) for the journal's SQLite; on Debian: apt-get install gcc libc6-dev"
                .into(),
        )
    }

    pub(crate) fn wasm_target(&self) -> Result<()> {
        let sysroot = output(self.command("rustc").args(["--print", "sysroot"])).unwrap_or_default();
        if Path::new(&sysroot).join("lib/rustlib").join(WASM_TARGET).exists() {
            return Ok(());
        }
        let mut rustup = self.command("rustup");
        rustup.args(["target", "add", WASM_TARGET]);
        install(&format!("Rust's {WASM_TARGET} target"), "a minute", &mut rustup).map_err(|_| {
            format!("missing: Rust's {WASM_TARGET} target; `rustup target add {WASM_TARGET}` adds it")
        })
    }

    /// rustfmt and clippy: rustup's minimal profile comes without them.
    pub(crate) fn rust_components(&self) -> Result<()> {
        for (component, subcommand) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
            if output(&mut self.cargo(&format!("{subcommand} --version"))).is_some() {
                continue;
            }
            let mut rustup = self.command("rustup");
            rustup.args(["component", "add", component]);
            install(component, "a minute", &mut rustup)
                .map_err(|_| format!("missing: {component}; `rustup component add {component}` adds it"))?;
        }
        Ok(())
    }

    pub(crate) fn trunk(&self) -> Result<()> {
        if self.has("trunk", &format!("trunk {TRUNK}")) {
            return Ok(());
        }
        self.cargo_install("trunk", TRUNK, "5 minutes on two cores", "--locked")
    }

    /// wasm-bindgen and its test runner, in the version that the viewer is built with.
    pub(crate) fn wasm_bindgen(&self) -> Result<()> {
        let lock = std::fs::read_to_string(self.root.join("Cargo.lock"))
            .map_err(|error| format!("cannot read Cargo.lock: {error}"))?;
        let version = lockfile::version(&lock, "wasm-bindgen").ok_or("Cargo.lock names no wasm-bindgen")?;
        if ["wasm-bindgen", "wasm-bindgen-test-runner"]
            .iter()
            .all(|program| self.has(program, &format!("{program} {version}")))
        {
            return Ok(());
        }
        // Without --locked: its lock file names a crate that has been withdrawn.
        self.cargo_install("wasm-bindgen-cli", version, "3 minutes on two cores", "")
    }

    /// Whether there is a wasm-opt to make the viewer smaller with; it can be done without.
    pub(crate) fn wasm_opt(&self) -> bool {
        if self.has("wasm-opt", WASM_OPT) {
            return true;
        }
        let mut npm = self.npm(&self.cache.join("npm"));
        npm.args(["install", &format!("binaryen@{BINARYEN}")]);
        let installed = output(self.command("npm").arg("--version")).is_some()
            && install(
                &format!("wasm-opt (npm binaryen {BINARYEN})"),
                "10 seconds",
                &mut npm,
            )
            .is_ok()
            && self.has("wasm-opt", WASM_OPT);
        if !installed {
            eprintln!(
                "no wasm-opt and no npm to get it with: the viewer is built a third larger, otherwise the same"
            );
        }
        installed
    }

    /// Installs Debian packages where we may; elsewhere the error says what is missing.
    pub(crate) fn apt(&self, what: &str, packages: &[&str]) -> Result<()> {
        let missing = || {
            format!(
                "missing: {what}; on Debian, as root: apt-get install {}",
                packages.join(" ")
            )
        };
        let root = output(self.command("id").arg("-u")).is_some_and(|id| id == "0");
        if !root || !self.has("apt-get", "apt") {
            return Err(missing());
        }
        let mut apt = self.command("sh");
        apt.args([
            "-c",
            "apt-get update -q && apt-get install -q -y --no-install-recommends \"$@\"",
            "apt",
        ])
        .args(packages)
        .env("DEBIAN_FRONTEND", "noninteractive");
        install(
            &format!("{what} ({})", packages.join(" ")),
            "a minute or two",
            &mut apt,
        )
        .map_err(|_| missing())
    }

    /// npm, quiet, working in a folder of its own.
    pub(crate) fn npm(&self, folder: &Path) -> Command {
        let mut npm = self.command("npm");
        npm.args(["--no-audit", "--no-fund", "--loglevel=error", "--prefix"])
            .arg(folder);
        npm
    }

    fn cargo_install(&self, package: &str, version: &str, time: &str, words: &str) -> Result<()> {
        let mut cargo = self.cargo(&format!(
            "install {package} --version {version} {words} --force --root"
        ));
        cargo.arg(self.cache.join("tools"));
        if !std::io::stderr().is_terminal() {
            cargo.arg("--quiet");
        }
        // Twice as quick to compile, and these tools work for seconds only.
        cargo
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env_remove("CARGO_TARGET_DIR");
        install(&format!("{package} {version}"), time, &mut cargo).map_err(|error| {
            format!("missing: {package} {version}; `cargo install {package} --version {version}` gets it ({error})")
        })
    }
}

fn cache_folder() -> Result<PathBuf> {
    let base = match (std::env::var_os("XDG_CACHE_HOME"), std::env::var_os("HOME")) {
        (Some(cache), _) if !cache.is_empty() => PathBuf::from(cache),
        (_, Some(home)) => PathBuf::from(home).join(".cache"),
        _ => {
            return Err(
                "neither XDG_CACHE_HOME nor HOME is set: there is no folder for the tools".to_owned(),
            );
        }
    };
    Ok(base.join("dho-viewer"))
}

/// Says what is installed and about how long that takes, does it, and says how long it took.
pub(crate) fn install(what: &str, time: &str, command: &mut Command) -> Result<()> {
    eprintln!("installing {what}, once; it takes about {time}");
    let start = Instant::now();
    run(command.stdout(std::io::stderr()))?;
    eprintln!("installed {what} in {}", in_words(start.elapsed()));
    Ok(())
}
