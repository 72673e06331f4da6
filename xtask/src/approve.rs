//! `cargo xtask approve`: makes pictures that the browser tests found different the approved ones. Takes no pictures.

use std::fs;
use std::path::Path;

use crate::process::Result;
use crate::toolbox::Toolbox;

/// Of the pictures that differ, those whose name begins with one of the words, or all of them.
pub(crate) fn approve(words: &[String]) -> Result<()> {
    let tools = Toolbox::open()?;
    let approved = approve_in(
        &tools.target.join("screenshots"),
        &tools.root.join("tests/approved"),
        words,
    )?;
    for name in &approved {
        println!("approved {name}");
    }
    if approved.is_empty() {
        return Err(
            "no picture differs from its approved one; `cargo xtask test e2e` compares them".to_owned(),
        );
    }
    Ok(())
}

fn approve_in(taken: &Path, approved: &Path, words: &[String]) -> Result<Vec<String>> {
    let cannot = |file: &Path, error: std::io::Error| format!("{}: {error}", file.display());
    fs::create_dir_all(approved).map_err(|error| cannot(approved, error))?;
    let mut names = Vec::new();
    for file in fs::read_dir(taken).into_iter().flatten().flatten() {
        let file = file.path();
        let Some(name) = file
            .file_name()
            .and_then(|name| name.to_str()?.strip_suffix(".actual.png"))
        else {
            continue;
        };
        if words.is_empty() || words.iter().any(|word| name.starts_with(word.as_str())) {
            fs::copy(&file, approved.join(format!("{name}.png"))).map_err(|error| cannot(&file, error))?;
            fs::remove_file(&file).map_err(|error| cannot(&file, error))?;
            names.push(name.to_owned());
        }
    }
    names.sort_unstable();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_that_differ_are_approved_once_and_others_are_left() {
        let root = std::env::temp_dir().join(format!("xtask-approve-{}", std::process::id()));
        let (taken, approved) = (root.join("taken"), root.join("approved"));
        fs::create_dir_all(&taken).unwrap();
        for name in [
            "main-light.actual.png",
            "print.actual.png",
            "print.difference.png",
            "failed-x.png",
        ] {
            fs::write(taken.join(name), name).unwrap();
        }
        let main = ["main".to_owned()];
        assert_eq!(approve_in(&taken, &approved, &main).unwrap(), ["main-light"]);
        assert_eq!(approve_in(&taken, &approved, &[]).unwrap(), ["print"]);
        assert_eq!(approve_in(&taken, &approved, &[]).unwrap(), Vec::<String>::new());
        assert_eq!(
            fs::read_to_string(approved.join("print.png")).unwrap(),
            "print.actual.png"
        );
        assert_eq!(fs::read_dir(&approved).unwrap().count(), 2);
        fs::remove_dir_all(&root).unwrap();
    }
}
