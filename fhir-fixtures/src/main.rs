//! Writes the synthetic patients as files:
//! `fhir-fixtures [--until YYYY-MM-DD] [--seed N] [--case ID]… [--out DIR]`. Holds no patients itself.

use std::path::PathBuf;
use std::process::ExitCode;

use fhir_fixtures::{DEFAULT_SEED, generate, today, write_case};
use jiff::civil::Date;

const USAGE: &str = "fhir-fixtures [--until YYYY-MM-DD] [--seed N] [--case ID]... [--out DIR]\n  \
    --until  last day of the readings' calendar (default: today)\n  \
    --seed   another number gives other values, the same story (default: 1)\n  \
    --case   only this case; may be given again (default: all)\n  \
    --out    folder to write to (default: fixtures)";

struct Options {
    until: Date,
    seed: u64,
    cases: Vec<String>,
    out: PathBuf,
}

fn main() -> ExitCode {
    match options(std::env::args().skip(1)).and_then(|options| run(&options)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn options(mut arguments: impl Iterator<Item = String>) -> Result<Options, String> {
    let mut options = Options {
        until: today(),
        seed: DEFAULT_SEED,
        cases: Vec::new(),
        out: PathBuf::from("fixtures"),
    };
    while let Some(name) = arguments.next() {
        let Some(value) = arguments.next() else {
            return Err(USAGE.to_owned());
        };
        match name.as_str() {
            "--until" => {
                options.until = value
                    .parse()
                    .map_err(|error| format!("--until {value}: {error}"))?
            }
            "--seed" => {
                options.seed = value
                    .parse()
                    .map_err(|error| format!("--seed {value}: {error}"))?
            }
            "--case" => options.cases.push(value),
            "--out" => options.out = PathBuf::from(value),
            _ => return Err(format!("{name} is not an option\n{USAGE}")),
        }
    }
    Ok(options)
}

fn run(options: &Options) -> Result<(), String> {
    let cases = generate(options.seed, options.until);
    if let Some(unknown) = options
        .cases
        .iter()
        .find(|id| !cases.iter().any(|case| case.id == id.as_str()))
    {
        let known: Vec<&str> = cases.iter().map(|case| case.id).collect();
        return Err(format!(
            "no case is called {unknown}; there are {}",
            known.join(", ")
        ));
    }
    let wanted = |id: &str| options.cases.is_empty() || options.cases.iter().any(|wanted| wanted == id);
    for case in cases.iter().filter(|case| wanted(case.id)) {
        write_case(case, &options.out).map_err(|error| format!("{}: {error}", options.out.display()))?;
        println!("{}: {} Observations", case.id, case.expected.entries);
    }
    Ok(())
}
