//! Cuts the viewer that Trunk has just built into what is fetched to open it and chunks that are fetched when they are
//! needed (`viewer/src/chunks.rs` says which). Trunk runs this as a hook, and puts what is left in the folder into `dist/`.
//! Does nothing to a viewer that was built in one piece.

mod page;

use std::error::Error;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::thread;

use wasm_split_cli_support::Options;

/// The module that calls into chunks are linked to: only a viewer that is to be cut imports it.
const MARK: &str = "__wasm_split_placeholder__";
/// Beside `-Oz`, which makes small what is fetched.
const WASM_OPT: [&str; 4] = ["-Oz", "--converge", "--low-memory-unused", "--strip-producers"];

/// With the versions of the tools.
const SETTINGS: &str = include_str!("../../../Trunk.toml");

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    match cut() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the viewer could not be cut into chunks: {error}");
            ExitCode::FAILURE
        }
    }
}

fn cut() -> Result<()> {
    let staging =
        PathBuf::from(std::env::var_os("TRUNK_STAGING_DIR").ok_or("Trunk runs this, with its folders")?);
    let html_file = staging.join("index.html");
    let html = fs::read_to_string(&html_file)?;
    let Some(built) = page::viewer_of(&html) else {
        return Ok(());
    };
    if !fs::read_to_string(staging.join(built.js))?.contains(MARK) {
        return Ok(());
    }

    // This program is `<target>/debug/viewer-chunks`.
    let program = std::env::current_exe()?;
    let target = program.ancestors().nth(2).ok_or("not in a target folder")?;
    let linked = fs::read(target.join("wasm32-unknown-unknown/release/viewer.wasm"))?;
    let is_optimised = std::env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release");
    let name = format!("viewer-{:016x}", hash(&linked, is_optimised));
    let work = target.join("viewer-chunks");
    let _ = fs::remove_dir_all(&work);

    let main = work.join("cut").join(format!("{name}.wasm"));
    let mut options = Options::new(&linked);
    options.output_dir = main.parent().ok_or("no folder")?;
    options.main_out_path = &main;
    let pieces = wasm_split_cli_support::transform(options).map_err(|error| error.to_string())?;

    let out = work.join("out");
    let mut bindgen = Command::new("wasm-bindgen");
    // The chunks are linked by the table of functions, which would be left out as nobody's.
    bindgen.args([
        "--target",
        "web",
        "--no-typescript",
        "--keep-lld-exports",
        "--out-name",
        &name,
        "--out-dir",
    ]);
    run(bindgen.arg(&out).arg(&main))?;
    // They fit to nothing but what they were cut from: its name is in theirs.
    let file_of = |stem: &str| {
        // What several chunks need is in files of its own, which are numbered.
        let chunk = stem
            .strip_prefix("split_")
            .map_or_else(|| stem.replace("chunk_", "shared-"), str::to_owned);
        format!("{name}-{chunk}.wasm")
    };
    for piece in &pieces.split_modules {
        let stem = piece
            .file_stem()
            .and_then(|stem| stem.to_str())
            .ok_or("a chunk without a name")?;
        fs::copy(piece, out.join(file_of(stem)))?;
    }
    if is_optimised {
        optimise(&out)?;
    }

    let mut chunks: Vec<(&str, Vec<String>)> = pieces
        .prefetch_map
        .iter()
        .map(|(chunk, stems)| (chunk.as_str(), stems.iter().map(|stem| file_of(stem)).collect()))
        .collect();
    chunks.sort_unstable();
    fs::remove_file(staging.join(built.js))?;
    fs::remove_file(staging.join(built.wasm))?;
    for file in files(&out)? {
        fs::copy(
            &file,
            staging.join(file.file_name().ok_or("a file without a name")?),
        )?;
    }
    let html = page::with_chunks(&html, &built, &name, &chunks);
    Ok(fs::write(html_file, html)?)
}

/// Of everything that the files are made of: browsers keep a file of this name for good.
fn hash(linked: &[u8], is_optimised: bool) -> u64 {
    let mut hasher = DefaultHasher::new();
    (linked, WASM_OPT, is_optimised, SETTINGS).hash(&mut hasher);
    hasher.finish()
}

/// Makes every program of a folder as small as it can be.
fn optimise(folder: &Path) -> Result<()> {
    let programs = files(folder)?
        .into_iter()
        .filter(|file| file.extension().is_some_and(|it| it == "wasm"));
    let running: Vec<_> = programs
        .map(|file| {
            thread::spawn(move || {
                let mut command = Command::new("wasm-opt");
                run(command.args(WASM_OPT).arg(&file).arg("-o").arg(&file)).map_err(|error| error.to_string())
            })
        })
        .collect();
    for each in running {
        each.join().map_err(|_| "wasm-opt was not waited for")??;
    }
    Ok(())
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?.collect::<std::io::Result<Vec<_>>>()?;
    Ok(entries.iter().map(fs::DirEntry::path).collect())
}

/// Runs to the end; what it prints is of interest only where it fails.
fn run(command: &mut Command) -> Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command
        .output()
        .map_err(|error| format!("cannot start {program}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!("{program} failed ({}): {said}", output.status).into())
}
