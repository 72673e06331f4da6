//! Makes one stylesheet of those that Trunk has put beside a page: a browser asks once, and they compress better.
//! Changes nothing in a stylesheet.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use crate::process::Result;

/// Joins those that the page of a folder has.
pub(crate) fn join(folder: &Path) -> Result<()> {
    let cannot = |file: &Path, error: std::io::Error| format!("{}: {error}", file.display());
    let page = folder.join("index.html");
    let html = fs::read_to_string(&page).map_err(|error| cannot(&page, error))?;
    let links = stylesheets(&html);
    let mut joined = String::new();
    for link in &links {
        let file = folder.join(link.file());
        joined.push_str(&fs::read_to_string(&file).map_err(|error| cannot(&file, error))?);
        joined.push('\n');
        fs::remove_file(&file).map_err(|error| cannot(&file, error))?;
    }
    let [first, rest @ ..] = links.as_slice() else {
        return Ok(());
    };
    let name = format!("style-{:016x}.css", hash(&joined));
    let mut page_after = html.replacen(first.tag, &first.tag.replace(first.file(), &name), 1);
    for link in rest {
        page_after = page_after.replacen(link.tag, "", 1);
    }
    let style = folder.join(name);
    fs::write(&style, joined).map_err(|error| cannot(&style, error))?;
    fs::write(&page, page_after).map_err(|error| cannot(&page, error))
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// A link of the page to a stylesheet.
#[derive(Debug, PartialEq, Eq)]
struct Link<'a> {
    tag: &'a str,
    address: &'a str,
}

impl<'a> Link<'a> {
    /// The name of its file: every file lies beside the page.
    fn file(&self) -> &'a str {
        self.address.rsplit('/').next().unwrap_or(self.address)
    }
}

/// The links to stylesheets, in their order. Minified pages have no quotes around values.
fn stylesheets(html: &str) -> Vec<Link<'_>> {
    let tags = html
        .split_inclusive('>')
        .filter_map(|text| text.rfind("<link ").map(|at| &text[at..]));
    let links = tags.filter_map(|tag| {
        let mut values = tag.trim_end_matches(['>', '/']).split_ascii_whitespace();
        let is_stylesheet = values
            .clone()
            .any(|value| value.replace('"', "") == "rel=stylesheet");
        let address = values.find_map(|value| value.strip_prefix("href="))?;
        is_stylesheet.then(|| Link {
            tag,
            address: address.trim_matches('"'),
        })
    });
    links.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stylesheets_are_found_with_and_without_quotes() {
        let html = "<head><link href=data:, rel=icon><link href=./a-1.css rel=stylesheet>\
                    <link rel=\"stylesheet\" href=\"./b-2.css\"/></head>";
        let files: Vec<_> = stylesheets(html).iter().map(Link::file).collect();
        assert_eq!(files, ["a-1.css", "b-2.css"]);
    }

    #[test]
    fn one_stylesheet_takes_the_place_of_all_in_their_order() {
        let folder = std::env::temp_dir().join(format!("xtask-styles-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("a-1.css"), "a{}").unwrap();
        fs::write(folder.join("b-2.css"), "b{}").unwrap();
        let page =
            "<title>x</title><link href=./b-2.css rel=stylesheet><link href=./a-1.css rel=stylesheet><p>";
        fs::write(folder.join("index.html"), page).unwrap();
        join(&folder).unwrap();

        let after = fs::read_to_string(folder.join("index.html")).unwrap();
        let links = stylesheets(&after);
        assert_eq!(links.len(), 1, "{after}");
        assert!(after.starts_with("<title>x</title><link href=./style-") && after.ends_with("><p>"));
        let style = fs::read_to_string(folder.join(links[0].file())).unwrap();
        assert_eq!(style, "b{}\na{}\n");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 2);
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_page_without_stylesheets_stays_as_it_is() {
        let folder = std::env::temp_dir().join(format!("xtask-no-styles-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("index.html"), "<p>").unwrap();
        join(&folder).unwrap();
        assert_eq!(fs::read_to_string(folder.join("index.html")).unwrap(), "<p>");
        fs::remove_dir_all(&folder).unwrap();
    }
}
