//! `cargo xtask size`: how much of the viewer goes over the network to a browser that opens it, against the budget in
//! `viewer/budget.txt`; and how much each chunk is that it fetches later. Counts what `compress` has made of each file.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::compress;
use crate::process::Result;
use crate::toolbox::Toolbox;
use crate::viewer;

/// The budget's name for everything together that opens the viewer.
const ALL: &str = "all";

/// What files of one sort come to, bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Size {
    files: usize,
    raw: u64,
    compressed: u64,
}

/// Sizes by sort of file: its extension, the name of a chunk, or [`ALL`].
type Sizes = BTreeMap<String, Size>;

/// Builds the viewer as it is shipped, and measures it.
pub(crate) fn size() -> Result<()> {
    let tools = Toolbox::open()?;
    viewer::build(&tools)?;
    check(&tools.root)
}

/// Measures what was built; the error says what is over its budget.
pub(crate) fn check(root: &Path) -> Result<()> {
    let file = root.join("viewer/budget.txt");
    let budget = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    let sizes = measure(&root.join("dist"))?;
    let (table, exceeded) = compare(&sizes, &parse(&budget)?)?;
    println!("{table}");
    if exceeded.is_empty() {
        return Ok(());
    }
    Err(format!(
        "over the budget in viewer/budget.txt: {}",
        exceeded.join(", ")
    ))
}

/// Lines `wasm 236000`: most bytes, compressed. What comes after `#` is a remark.
fn parse(budget: &str) -> Result<BTreeMap<&str, u64>> {
    let lines = budget
        .lines()
        .map(|line| line.split('#').next().unwrap_or_default().trim());
    let lines = lines.filter(|line| !line.is_empty());
    let read = lines.map(|line| {
        let (sort, bytes) = line.split_once(' ')?;
        Some((sort, bytes.trim().parse().ok()?))
    });
    read.collect::<Option<_>>()
        .ok_or("viewer/budget.txt has lines `wasm 236000` and remarks after `#` only".to_owned())
}

fn measure(dist: &Path) -> Result<Sizes> {
    let mut sizes = Sizes::new();
    for (path, raw, compressed) in compress::sizes(dist)? {
        let chunk = chunk_of(&path);
        let extension = || {
            path.extension()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned()
        };
        let all = chunk.is_none().then(|| ALL.to_owned());
        for sort in all.into_iter().chain([chunk.unwrap_or_else(extension)]) {
            let size = sizes.entry(sort).or_default();
            size.files += 1;
            size.raw += raw;
            size.compressed += compressed;
        }
    }
    Ok(sizes)
}

/// The chunk that a file holds, or belongs to several of: `plan.wasm` of `viewer-<hash>-plan.wasm`.
fn chunk_of(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?.strip_suffix(".wasm")?;
    let chunk = name.split('-').nth(2)?;
    Some(format!("{chunk}.wasm"))
}

/// A table of the sizes beside the budget, and what is over it. A sort of file without a budget has one of nothing.
fn compare(sizes: &Sizes, budget: &BTreeMap<&str, u64>) -> Result<(String, Vec<String>)> {
    if let Some(unused) = budget.keys().find(|sort| !sizes.contains_key(**sort)) {
        return Err(format!(
            "viewer/budget.txt names `{unused}`, and nothing of that sort was built"
        ));
    }
    let mut table = format!(
        "{:<16}{:>6}{:>12}{:>12}{:>12}{:>12}",
        "sort", "files", "bytes", "brotli", "budget", "left"
    );
    let mut exceeded = Vec::new();
    for (sort, size) in sizes {
        let most = budget.get(sort.as_str()).copied().unwrap_or_default();
        let left = most as i64 - size.compressed as i64;
        table += &format!(
            "\n{sort:<16}{:>6}{:>12}{:>12}{most:>12}{left:>12}",
            size.files, size.raw, size.compressed
        );
        if left < 0 {
            exceeded.push(format!("{sort} by {} bytes", -left));
        }
    }
    Ok((table, exceeded))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(of: &[(&str, u64)]) -> Sizes {
        let size = |compressed: u64| Size {
            files: 1,
            raw: compressed * 3,
            compressed,
        };
        of.iter()
            .map(|(sort, compressed)| ((*sort).to_owned(), size(*compressed)))
            .collect()
    }

    #[track_caller]
    fn exceeded(of: &[(&str, u64)], budget: &str) -> Vec<String> {
        compare(&sizes(of), &parse(budget).unwrap()).unwrap().1
    }

    #[test]
    fn the_budget_is_the_most_that_is_allowed() {
        assert!(exceeded(&[("js", 10), ("all", 10)], "js 10\nall 10").is_empty());
        assert_eq!(
            exceeded(
                &[("js", 11), ("wasm", 5), ("all", 16)],
                "js 10 # glue\nwasm 5\n\nall 14"
            ),
            ["all by 2 bytes", "js by 1 bytes"]
        );
    }

    #[test]
    fn a_sort_of_file_without_a_budget_is_over_it() {
        assert_eq!(exceeded(&[("png", 3), ("all", 3)], "all 10"), ["png by 3 bytes"]);
    }

    #[test]
    fn a_budget_for_nothing_is_a_mistake() {
        let budget = parse("js 10\nall 20").unwrap();
        assert!(
            compare(&sizes(&[("all", 3)]), &budget)
                .unwrap_err()
                .contains("`js`")
        );
    }

    #[test]
    fn a_line_that_is_no_budget_is_refused() {
        for line in ["js", "js ten", "js -1"] {
            assert!(parse(line).is_err(), "{line}");
        }
    }

    #[test]
    fn a_chunk_is_measured_by_itself() {
        let chunk = |name: &str| chunk_of(Path::new(name));
        assert_eq!(chunk("dist/viewer-0a-plan.wasm").as_deref(), Some("plan.wasm"));
        assert_eq!(chunk("viewer-0a-shared-3.wasm").as_deref(), Some("shared.wasm"));
        for other in ["viewer-0a_bg.wasm", "viewer-0a.js", "a-b-c.css"] {
            assert_eq!(chunk(other), None, "{other}");
        }
    }

    #[test]
    fn everything_in_the_folder_is_measured_but_the_hosts() {
        let folder = std::env::temp_dir().join(format!("xtask-size-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        for (name, text) in [
            ("a.css", "a".repeat(5000)),
            ("b.css", "b".to_owned()),
            ("hosts.json", "{}".to_owned()),
        ] {
            fs::write(folder.join(name), text).unwrap();
        }
        compress::beside(&folder).unwrap();
        let sizes = measure(&folder).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        let css = sizes["css"];
        assert_eq!((css.files, css.raw, sizes.len()), (2, 5001, 2));
        assert!(css.compressed < 50, "{css:?}");
        assert_eq!(sizes["all"], css);
    }
}
