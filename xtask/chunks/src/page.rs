//! The page that starts the viewer: which files it names. Reads and writes the attributes that `Trunk.toml` gives the
//! start script, and nothing else of HTML.

/// The files that a viewer in one piece is made of.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Built<'a> {
    pub(crate) js: &'a str,
    pub(crate) wasm: &'a str,
}

/// What the page's start script is told; `None` if the page has none.
pub(crate) fn viewer_of(html: &str) -> Option<Built<'_>> {
    let named = |attribute: &str| {
        let value = html.split_once(attribute)?.1.trim_start_matches('"');
        let end = value.find(['"', ' ', '>'])?;
        value.get(..end)?.strip_prefix("./")
    };
    Some(Built {
        js: named("data-js=")?,
        wasm: named("data-wasm=")?,
    })
}

/// The page for a viewer of this name, and the files of its chunks.
pub(crate) fn with_chunks(
    html: &str,
    built: &Built<'_>,
    name: &str,
    chunks: &[(&str, Vec<String>)],
) -> String {
    let quoted = |file: &String| format!("\"{file}\"");
    let chunks: Vec<String> = chunks
        .iter()
        .map(|(chunk, files)| {
            format!(
                "\"{chunk}\":[{}]",
                files.iter().map(quoted).collect::<Vec<_>>().join(",")
            )
        })
        .collect();
    html.replacen(built.js, &format!("{name}.js"), 1)
        .replacen(built.wasm, &format!("{name}_bg.wasm"), 1)
        .replacen(
            "data-js=",
            &format!("data-chunks='{{{}}}' data-js=", chunks.join(",")),
            1,
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str =
        "<script data-js=./viewer-1.js data-wasm=./viewer-1_bg.wasm async src=./bootstrap.js></script>";

    #[test]
    fn the_files_of_a_viewer_are_found_with_and_without_quotes() {
        let expected = Built {
            js: "viewer-1.js",
            wasm: "viewer-1_bg.wasm",
        };
        assert_eq!(viewer_of(PAGE), Some(expected));
        let quoted = PAGE.replace("=./viewer-1.js", "=\"./viewer-1.js\"");
        assert_eq!(viewer_of(&quoted), viewer_of(PAGE));
        assert_eq!(viewer_of("<script src=./bootstrap.js></script>"), None);
    }

    #[test]
    fn the_page_names_the_files_of_each_chunk() {
        let built = viewer_of(PAGE).unwrap();
        let chunks = [
            ("plan", vec!["v-a.wasm".to_owned(), "v-b.wasm".to_owned()]),
            ("english", Vec::new()),
        ];
        assert_eq!(
            with_chunks(PAGE, &built, "v", &chunks),
            "<script data-chunks='{\"plan\":[\"v-a.wasm\",\"v-b.wasm\"],\"english\":[]}' data-js=./v.js \
             data-wasm=./v_bg.wasm async src=./bootstrap.js></script>"
        );
    }
}
