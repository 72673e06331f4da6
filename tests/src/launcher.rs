//! The launcher as a running program: its addresses, and the fixtures that it serves.

use std::ffi::{OsStr, OsString};
use std::sync::LazyLock;

use fhir_fixtures::{Case, DEFAULT_SEED, generate, today};

use crate::background::Background;
use crate::{Result, root, setting, target};

/// A launcher on free ports; it ends when this is dropped.
#[derive(Debug)]
pub struct Launcher {
    /// Of the journal, without a slash at the end.
    pub journal: String,
    /// Of the viewer, without a slash at the end.
    pub viewer: String,
    _program: Background,
}

/// The synthetic patients as of today.
pub static FIXTURES: LazyLock<Vec<Case>> = LazyLock::new(|| generate(DEFAULT_SEED, today()));

static SHARED: LazyLock<Result<Launcher>> = LazyLock::new(|| {
    let until = FIXTURES
        .first()
        .map(|case| case.expected.until.clone())
        .unwrap_or_default();
    Launcher::start(["--until".into(), until.into()])
});

impl Launcher {
    /// One launcher with the fixtures, for all tests that only read.
    ///
    /// # Errors
    /// When it could not be started.
    pub fn shared() -> Result<&'static Self> {
        SHARED.as_ref().map_err(|error| error.to_string().into())
    }

    /// Starts a launcher of one's own.
    ///
    /// # Errors
    /// When it does not come up.
    pub fn start(options: impl IntoIterator<Item = OsString>) -> Result<Self> {
        let program = setting("DHO_LAUNCHER", target().join("debug/launcher"));
        let dist = setting("DHO_DIST", root().join("dist"));
        let mut arguments: Vec<OsString> = vec![
            "--port".into(),
            "0".into(),
            "--viewer-port".into(),
            "0".into(),
            "--dist".into(),
            dist.into(),
        ];
        arguments.extend(options);
        let arguments: Vec<&OsStr> = arguments.iter().map(OsString::as_os_str).collect();
        let (program, (journal, viewer)) = Background::start(program.as_os_str(), &arguments, addresses)?;
        Ok(Self {
            journal,
            viewer,
            _program: program,
        })
    }

    /// The FHIR base, which is also the issuer.
    #[must_use]
    pub fn fhir(&self) -> String {
        format!("{}/fhir", self.journal)
    }

    /// The page of a journal frame (`hospital` or `gp`) with a patient open.
    #[must_use]
    pub fn page(&self, frame: &str, patient: &str) -> String {
        format!("{}/{frame}?patient={patient}", self.journal)
    }
}

/// Reads `ready http://127.0.0.1:8480/ viewer http://localhost:8481/`.
fn addresses(line: &str) -> Option<(String, String)> {
    let (journal, viewer) = line.strip_prefix("ready ")?.split_once(" viewer ")?;
    let bare = |address: &str| address.trim().trim_end_matches('/').to_owned();
    Some((bare(journal), bare(viewer)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ready_line_gives_both_addresses() {
        assert_eq!(
            addresses("ready http://127.0.0.1:8480/ viewer http://localhost:8481/"),
            Some((
                "http://127.0.0.1:8480".to_owned(),
                "http://localhost:8481".to_owned()
            ))
        );
        assert_eq!(addresses("loading"), None);
    }
}
