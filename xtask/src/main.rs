//! `cargo xtask`: the project's two commands, `demo` and `test`. Holds the command line; the work is in the modules.

mod browser;
mod demo;
mod lockfile;
mod process;
mod tally;
mod test;
mod toolbox;
mod validators;
mod viewer;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask demo [options]     build everything, open the simulated journal on http://127.0.0.1:8480/
    --port N                   port of the journal (default 8480; 0 takes a free one)
    --viewer-port N            port of the viewer's site (default 8481; 0 takes a free one)
    --data PATH...             Bundle or NDJSON files, or folders of them, instead of the fixtures
    --upstream URL             a real FHIR server behind the journal, instead of the fixtures
    --db FILE                  keep what is edited in this SQLite file
    --until YYYY-MM-DD         last day of the fixtures (default today)
cargo xtask test [step...]     run every check, or only the steps named; ends with `N passed, N failed`
cargo xtask help               this text";

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let command = words.next();
    let words: Vec<String> = words.collect();
    let done = match command.as_deref() {
        Some("demo") => demo::demo(&words),
        Some("test") => test::test(&words),
        Some("help" | "--help" | "-h") | None => {
            println!("{HELP}\nsteps of test: {}", test::step_names());
            Ok(())
        }
        Some(other) => Err(format!(
            "there is no command `{other}`; `cargo xtask help` lists them"
        )),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
