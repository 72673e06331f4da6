//! `cargo xtask demo`: builds the viewer and the launcher and becomes the launcher.

use std::os::unix::process::CommandExt;
use std::process::Command;

use crate::process::{Result, cannot_start, run};
use crate::toolbox::Toolbox;
use crate::viewer;

/// The launcher's options that may be given here; each takes a value, `--data` one or more.
const OPTIONS: [&str; 8] = [
    "--port",
    "--viewer-port",
    "--data",
    "--upstream",
    "--db",
    "--until",
    "--imitate",
    "--habit",
];

/// Its options that take none.
const FLAGS: [&str; 1] = ["--sources"];

/// Returns only where something failed: the launcher takes this process over, so that Ctrl-C ends all of it.
pub(crate) fn demo(words: &[String]) -> Result<()> {
    check(words)?;
    let tools = Toolbox::open()?;
    tools.c_compiler()?;
    viewer::build(&tools)?;
    let program = tools.built("launcher");
    if !program.exists() {
        eprintln!("building the simulated journal; it takes about 3 minutes the first time");
    }
    run(&mut tools.cargo("build --quiet --package launcher"))?;
    let mut launcher = Command::new(program);
    launcher.arg("--dist").arg(tools.root.join("dist")).args(words);
    let error = launcher.exec();
    Err(cannot_start(&launcher, &error))
}

/// Refuses a mistyped option before minutes are spent on building.
fn check(words: &[String]) -> Result<()> {
    let mut words = words.iter().peekable();
    while let Some(name) = words.next() {
        if FLAGS.contains(&name.as_str()) {
            continue;
        }
        if !OPTIONS.contains(&name.as_str()) {
            return Err(format!(
                "demo has no option `{name}`; `cargo xtask help` lists them"
            ));
        }
        let is_value = |word: &&String| !word.starts_with("--");
        if words.next_if(is_value).is_none() {
            return Err(format!("{name} needs a value"));
        }
        while name == "--data" && words.next_if(is_value).is_some() {}
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(line: &str) -> Result<()> {
        check(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn the_launchers_options_are_passed_on() {
        assert_eq!(
            checked(
                "--port 0 --data a b --data c --db file --until 2026-11-22 --imitate gp --sources --habit iss-slash"
            ),
            Ok(())
        );
        assert_eq!(checked(""), Ok(()));
    }

    #[test]
    fn a_mistyped_option_is_named() {
        assert!(checked("--prot 1").unwrap_err().contains("--prot"));
        assert!(checked("--sources extra").unwrap_err().contains("extra"));
        assert!(checked("--port 1 extra").unwrap_err().contains("extra"));
        assert!(checked("--data --port 1").unwrap_err().contains("--data"));
        assert!(checked("--port").unwrap_err().contains("needs a value"));
    }
}
