//! Finding Chromium and the chromedriver that fits it, or installing both with apt.

use crate::process::{Result, output};
use crate::toolbox::Toolbox;

const CHROMIUM: [&str; 5] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/opt/google/chrome/chrome",
];
const DRIVERS: [&str; 3] = [
    "chromedriver",
    "/usr/lib/chromium/chromedriver",
    "/usr/lib/chromium-browser/chromedriver",
];

/// Two programs of the same major version.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Browser {
    pub(crate) chromium: &'static str,
    pub(crate) driver: &'static str,
}

pub(crate) fn find_or_install(tools: &Toolbox) -> Result<Browser> {
    if let Some(browser) = find(tools) {
        return Ok(browser);
    }
    let what = "Chromium and a chromedriver of the same version";
    tools.apt(what, &["chromium", "chromium-driver"])?;
    find(tools).ok_or(format!("missing: {what}, although apt has installed them"))
}

fn find(tools: &Toolbox) -> Option<Browser> {
    let version = |program: &str| major(&output(tools.command(program).arg("--version"))?);
    for driver in DRIVERS {
        let Some(wanted) = version(driver) else { continue };
        if let Some(chromium) = CHROMIUM
            .into_iter()
            .find(|program| version(program) == Some(wanted))
        {
            return Some(Browser { chromium, driver });
        }
    }
    None
}

/// The first number of `Chromium 156.0.8078.79 built on Debian`.
fn major(said: &str) -> Option<u32> {
    said.split_whitespace()
        .find_map(|word| word.split_once('.')?.0.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_the_first_number() {
        assert_eq!(
            major("Chromium 156.0.8078.79 built on Debian GNU/Linux 12 (bookworm)"),
            Some(156)
        );
        assert_eq!(
            major("ChromeDriver 156.0.8078.79 (a21ce95c-refs/branch-heads/8078@{#1704})"),
            Some(156)
        );
        assert_eq!(major("Google Chrome 155.0.1.2 beta"), Some(155));
        assert_eq!(major("requires the snap to be installed"), None);
    }
}
