//! A program in the background that ends with the test that started it, however that test ends.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Lines};
use std::process::{Child, ChildStdout, Command, Stdio};

use crate::Result;

/// Starts the program and ends it when its own input is closed, which the system does for a test that crashed too.
const GUARD: &str = r#"
    exec 3<&0
    "$@" 3<&- </dev/null & child=$!
    { cat <&3 >/dev/null; kill $child; } & watch=$!
    exec 3<&- 2>/dev/null
    wait $child
    kill $watch
"#;

/// A running program; dropping this ends it.
#[derive(Debug)]
pub struct Background {
    guard: Child,
}

impl Background {
    /// Starts `program` and waits for the first line of its output in which `ready` finds something.
    ///
    /// # Errors
    /// When it cannot be started, or ends before that line.
    pub fn start<T>(
        program: &OsStr,
        arguments: &[&OsStr],
        ready: impl FnMut(&str) -> Option<T>,
    ) -> Result<(Self, T)> {
        Self::start_in(&[], program, arguments, ready)
    }

    /// Like `start`, with these environment variables beside our own.
    ///
    /// # Errors
    /// Like `start`.
    pub fn start_in<T>(
        surroundings: &[(&str, &OsStr)],
        program: &OsStr,
        arguments: &[&OsStr],
        mut ready: impl FnMut(&str) -> Option<T>,
    ) -> Result<(Self, T)> {
        let mut guard = Command::new("sh")
            .envs(surroundings.iter().copied())
            .args(["-c", GUARD, "guard"])
            .arg(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut lines = BufReader::new(guard.stdout.take().ok_or("no output")?).lines();
        let background = Self { guard };
        for line in lines.by_ref() {
            if let Some(found) = ready(&line?) {
                drain(lines);
                return Ok((background, found));
            }
        }
        Err(format!("{} ended before it was ready", program.to_string_lossy()).into())
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        drop(self.guard.stdin.take());
        let _ = self.guard.wait();
    }
}

/// A program whose output nobody reads would stop when the pipe is full.
fn drain(lines: Lines<BufReader<ChildStdout>>) {
    std::thread::spawn(move || lines.map_while(std::result::Result::ok).for_each(drop));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_ends_when_it_is_dropped() {
        let script = ["-c", "echo pid $$; exec sleep 60"].map(OsStr::new);
        let pid = |line: &str| line.strip_prefix("pid ").map(str::to_owned);
        let (program, pid) = Background::start(OsStr::new("sh"), &script, pid).unwrap();
        let alive = || {
            Command::new("kill")
                .args(["-0", &pid])
                .stderr(Stdio::null())
                .status()
                .unwrap()
                .success()
        };
        assert!(alive());
        drop(program);
        assert!(!alive());
    }

    #[test]
    fn a_program_that_is_not_there_is_an_error_at_once() {
        let started = Background::start(OsStr::new("no-such-program"), &[], |_| Some(()));
        assert!(started.unwrap_err().to_string().contains("no-such-program ended"));
    }
}
