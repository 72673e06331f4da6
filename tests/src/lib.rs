//! The harness of the system tests: starting the launcher, Chromium and stub servers, and reading what the
//! viewer shows through the hooks that it keeps stable. Holds no tests, and asserts nothing about medicine.

pub mod axe;
pub mod background;
pub mod browser;
pub mod day;
pub mod emulation;
mod fonts;
pub mod journal;
pub mod keyboard;
pub mod launcher;
pub mod module;
mod patients;
pub mod picture;
pub mod plan;
mod plan_fields;
pub mod pointer;
pub mod reading_order;
pub mod smart;
pub mod stored_plan;
pub mod stub;
pub mod viewer_site;
pub mod witness;

/// Whatever went wrong, in words.
pub type Error = Box<dyn std::error::Error + Send + Sync>;
/// What the harness returns.
pub type Result<T> = std::result::Result<T, Error>;

/// The top folder of the project.
#[must_use]
pub fn root() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The folder of build results, where screenshots and files for the validators go too.
#[must_use]
pub fn target() -> std::path::PathBuf {
    let program = std::env::current_exe().unwrap_or_default();
    // Tests are `<target>/debug/deps/<name>`.
    program
        .ancestors()
        .nth(3)
        .map_or_else(|| root().join("target"), std::path::Path::to_path_buf)
}

/// A file of the npm packages that `cargo xtask test` has installed from `tests/e2e/package.json`.
fn from_npm(file: &str) -> Result<std::path::PathBuf> {
    let folder = std::env::var_os("DHO_PAGE_TOOLS")
        .ok_or("DHO_PAGE_TOOLS is not set: `cargo xtask test e2e` installs the page tools and sets it")?;
    Ok(std::path::Path::new(&folder).join("node_modules").join(file))
}

/// What `cargo xtask test` has found or built, or else its usual name.
fn setting(name: &str, usual: impl Into<std::path::PathBuf>) -> std::path::PathBuf {
    std::env::var_os(name).map_or_else(|| usual.into(), std::path::PathBuf::from)
}
