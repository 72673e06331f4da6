//! One font for all tests, so that text is as wide on every machine. Nothing of the system's fonts is used.

use std::path::PathBuf;

use crate::{Result, from_npm, target};

/// Writes a configuration for fontconfig that knows the one font only, and gives its path.
pub(crate) fn configuration() -> Result<PathBuf> {
    let folder = from_npm("@expo-google-fonts/inter")?;
    if !folder.is_dir() {
        return Err(format!("no fonts in {}", folder.display()).into());
    }
    let place = target().join("fonts");
    std::fs::create_dir_all(&place)?;
    let file = place.join("fonts.conf");
    let text = format!(
        r#"<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{}</dir>
  <cachedir>{}</cachedir>
  <match target="font">
    <edit name="antialias" mode="assign"><bool>true</bool></edit>
    <edit name="hinting" mode="assign"><bool>false</bool></edit>
    <edit name="rgba" mode="assign"><const>none</const></edit>
  </match>
</fontconfig>
"#,
        folder.display(),
        place.join("cache").display()
    );
    std::fs::write(&file, text)?;
    Ok(file)
}
