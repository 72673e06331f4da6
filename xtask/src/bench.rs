//! `cargo xtask bench`: builds the bench page and measures: natively, in the browser beside chart libraries, and the
//! module as it loads. The numbers go to `docs/benchmarks.md`; what is measured is in `viewer/src/bench`,
//! `viewer/crates/fhir-read/benches` and `tests/benches`.

use std::fs;
use std::path::{Path, PathBuf};

use crate::bench_load;
use crate::process::{Result, output, run, run_by_line};
use crate::toolbox::Toolbox;

/// What is to be done; the page is built in any case.
#[derive(Debug, Default, PartialEq, Eq)]
struct Options {
    page_only: bool,
    load: bool,
    /// The folder of the program that opens pages of chart libraries and ours.
    harness: Option<PathBuf>,
    /// Handed to that program as they are.
    to_harness: Vec<String>,
}

pub(crate) fn bench(words: &[String]) -> Result<()> {
    let options = options(words)?;
    let tools = Toolbox::open()?;
    let page = build_page(&tools)?;
    eprintln!("the bench page is in {}", page.display());
    if options.page_only {
        return Ok(());
    }
    let results = Results::open(&tools)?;
    results.put("Natively", &native(&tools)?)?;
    if options.load {
        results.put("The module as it loads", &bench_load::load(&tools)?)?;
    }
    match &options.harness {
        Some(folder) => results.put(
            "Beside chart libraries",
            &compare(&tools, folder, &page, &options)?,
        ),
        None => {
            eprintln!("without `--harness PATH` nothing is compared with chart libraries");
            Ok(())
        }
    }
}

fn options(words: &[String]) -> Result<Options> {
    let mut options = Options::default();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--page-only" => options.page_only = true,
            "--load" => options.load = true,
            "--harness" => {
                let folder = words
                    .next()
                    .ok_or("`--harness` needs the folder of the program")?;
                options.harness = Some(folder.into());
            }
            "--" => options.to_harness = words.by_ref().cloned().collect(),
            other => {
                return Err(format!(
                    "bench has no option `{other}`; `cargo xtask help` lists them"
                ));
            }
        }
    }
    Ok(options)
}

/// Built as the viewer is shipped.
fn build_page(tools: &Toolbox) -> Result<PathBuf> {
    tools.wasm_target()?;
    tools.trunk()?;
    tools.wasm_bindgen()?;
    let release = if tools.wasm_opt() {
        ["--release"].as_slice()
    } else {
        &["--cargo-profile", "release"]
    };
    let page = tools.target.join("bench-page");
    let mut trunk = tools.command("trunk");
    trunk
        .args(["build", "viewer/bench.html", "--html-output", "index.html"])
        .args(release)
        .arg("--dist")
        .arg(&page)
        .stdout(std::io::stderr());
    run(&mut trunk)?;
    Ok(page)
}

/// What the native benchmark prints, to be read as it is.
fn native(tools: &Toolbox) -> Result<String> {
    let mut lines = String::from("```\n");
    let mut cargo = tools.cargo("bench --package fhir-read --bench readings");
    let success = run_by_line(&mut cargo, |line| {
        println!("{line}");
        lines.push_str(line.trim_end());
        lines.push('\n');
    })?;
    lines.push_str("```\n");
    if success {
        Ok(lines)
    } else {
        Err("the native benchmark failed".to_owned())
    }
}

/// Runs the comparison and gives its tables.
fn compare(tools: &Toolbox, folder: &Path, page: &Path, options: &Options) -> Result<String> {
    let inside = |program: &str| {
        let mut command = tools.command(program);
        command.current_dir(folder);
        command
    };
    if !folder.join("node_modules").exists() {
        run(inside("npm").args(["install", "--no-package-lock"]))?;
    }
    if !folder.join("pages").exists() {
        run(inside("node").arg("build.mjs"))?;
    }
    let mut node = inside("node");
    node.arg("run.mjs").args(&options.to_harness);
    node.arg(format!("--page=viewer={}", page.display()));
    run(&mut node)?;
    let results = folder.join("out/results.md");
    let tables = fs::read_to_string(&results).map_err(|error| format!("{}: {error}", results.display()))?;
    Ok(demoted(&tables))
}

/// Headings one step lower, the first line as a paragraph.
fn demoted(tables: &str) -> String {
    let lines = tables
        .trim()
        .lines()
        .map(|line| match line.strip_prefix("# Results ") {
            Some(rest) => rest.to_owned(),
            None if line.starts_with("## ") => format!("#{line}"),
            None => line.to_owned(),
        });
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

/// The file of results: sections by their headings, each with the day and the commit of its measurement.
struct Results {
    file: PathBuf,
    measured: String,
}

impl Results {
    fn open(tools: &Toolbox) -> Result<Self> {
        let day = output(tools.command("date").args(["-u", "+%Y-%m-%d"])).unwrap_or_default();
        let commit = output(tools.command("git").args(["rev-parse", "--short", "HEAD"])).unwrap_or_default();
        let changed = output(tools.command("git").args(["status", "--porcelain"])).unwrap_or_default();
        let changed = if changed.is_empty() { "" } else { ", with changes" };
        Ok(Self {
            file: tools.root.join("docs/benchmarks.md"),
            measured: format!("Measured {day} at commit {commit}{changed}."),
        })
    }

    /// Puts a section in place of the one before, or at the end.
    fn put(&self, heading: &str, body: &str) -> Result<()> {
        let before = fs::read_to_string(&self.file).unwrap_or_default();
        let after = with_section(&before, heading, &format!("{}\n\n{}", self.measured, body.trim()));
        fs::write(&self.file, after).map_err(|error| format!("{}: {error}", self.file.display()))
    }
}

/// The text with the section of that heading replaced, up to the next heading of the same rank.
fn with_section(text: &str, heading: &str, body: &str) -> String {
    let heading = format!("## {heading}\n");
    let section = format!("{heading}\n{body}\n");
    let Some(start) = text.find(&heading) else {
        let text = text.trim_end();
        let between = if text.is_empty() { "" } else { "\n\n" };
        return format!("{text}{between}{section}");
    };
    let (before, rest) = text.split_at(start);
    let after = rest
        .get(heading.len()..)
        .and_then(|rest| rest.find("\n## ").and_then(|end| rest.get(end..)));
    format!("{before}{section}{}", after.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn what_comes_after_two_dashes_is_for_the_comparison() {
        let read = options(&words("--load --harness ../bench -- --works=A --reps=9")).unwrap();
        assert!(read.load && !read.page_only);
        assert_eq!(read.harness, Some("../bench".into()));
        assert_eq!(read.to_harness, ["--works=A", "--reps=9"]);
        for wrong in ["--harness", "--works=A", "page"] {
            assert!(options(&words(wrong)).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_section_takes_the_place_of_its_predecessor_and_leaves_the_others() {
        let text = with_section("# Benchmarks\n\nWords.\n", "One", "1");
        let text = with_section(&text, "Two", "2\n\n### Inner\n\nx");
        assert_eq!(
            text,
            "# Benchmarks\n\nWords.\n\n## One\n\n1\n\n## Two\n\n2\n\n### Inner\n\nx\n"
        );
        let text = with_section(&text, "One", "new");
        assert_eq!(
            text,
            "# Benchmarks\n\nWords.\n\n## One\n\nnew\n\n## Two\n\n2\n\n### Inner\n\nx\n"
        );
        assert!(with_section(&text, "Two", "last").ends_with("\n## Two\n\nlast\n"));
    }

    #[test]
    fn the_tables_stand_below_their_section() {
        assert_eq!(
            demoted("# Results today\n\n## A\n| x |\n"),
            "today\n\n### A\n| x |\n"
        );
    }
}
