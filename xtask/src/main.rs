//! `cargo xtask`: the project's commands. Holds the command line; the work is in the modules.

mod approve;
mod bench;
mod bench_load;
mod browser;
mod compress;
mod demo;
mod gallery;
mod lockfile;
mod npm;
mod process;
mod size;
mod styles;
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
    --imitate dips|gp|nhn      behave like one of the hosts that differ
    --habit NAME               one habit of a real server; an unknown name lists them all
    --sources                  readings at three servers beside the journal
cargo xtask test [step...]     run every check, or only the steps named; ends with `N passed, N failed`
cargo xtask approve [name...]  make the pictures that the last test found different the approved ones
cargo xtask gallery [--port N] every screen and component in every state, on http://127.0.0.1:8490/
cargo xtask size               how much a browser fetches to open the viewer, against viewer/budget.txt
cargo xtask bench [options]    measure, and write the numbers to docs/benchmarks.md
    --page-only                only build the bench page
    --load                     the module as it loads a launch and a year of continuous glucose
    --harness PATH             compare with chart libraries, by the program in that folder
    -- OPTION...               handed to that program
cargo xtask help               this text";

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let command = words.next();
    let words: Vec<String> = words.collect();
    let done = match command.as_deref() {
        Some("demo") => demo::demo(&words),
        Some("test") => test::test(&words),
        Some("approve") => approve::approve(&words),
        Some("gallery") => gallery::gallery(&words),
        Some("bench") => bench::bench(&words),
        Some("size") => size::size(),
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
