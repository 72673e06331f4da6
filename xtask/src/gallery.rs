//! `cargo xtask gallery`: shows every screen and component in every state, and again whenever its code changes. Trunk
//! builds and serves the page; what it shows is in `viewer/src/gallery`.

use std::os::unix::process::CommandExt;

use crate::process::{Result, cannot_start};
use crate::toolbox::Toolbox;

const PORT: &str = "8490";

/// Returns only where something failed: Trunk takes this process over, so that Ctrl-C ends all of it.
pub(crate) fn gallery(words: &[String]) -> Result<()> {
    let port = port(words)?;
    let tools = Toolbox::open()?;
    tools.wasm_target()?;
    tools.trunk()?;
    tools.wasm_bindgen()?;
    eprintln!("building the gallery for http://127.0.0.1:{port}/; it takes about a minute the first time");
    let mut trunk = tools.command("trunk");
    trunk
        .args(["serve", "viewer/gallery.html", "--html-output", "index.html"])
        .args(["--address", "127.0.0.1", "--port", port, "--dist"])
        .arg(tools.target.join("gallery"));
    let error = trunk.exec();
    Err(cannot_start(&trunk, &error))
}

fn port(words: &[String]) -> Result<&str> {
    match words {
        [] => Ok(PORT),
        [option, port] if option == "--port" && port.parse::<u16>().is_ok() => Ok(port),
        _ => Err("gallery has one option, `--port N`; `cargo xtask help` lists them".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    #[test]
    fn the_port_may_be_chosen_and_nothing_else() {
        let words = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(port(&words("")), Ok(PORT));
        assert_eq!(port(&words("--port 9000")), Ok("9000"));
        for wrong in ["--port", "--port x", "--prot 9000", "9000"] {
            assert!(port(&words(wrong)).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_gallery_has_the_stylesheets_of_the_viewer() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let styles = |page: &str| {
            let text = fs::read_to_string(root.join(page)).unwrap();
            let links = text.split("rel=\"css\" href=\"").skip(1);
            links
                .map(|rest| rest.split('"').next().unwrap().replace("viewer/", ""))
                .collect::<Vec<_>>()
        };
        let mut expected = styles("index.html");
        expected.push("gallery/gallery.css".to_owned());
        assert_eq!(styles("viewer/gallery.html"), expected);
    }
}
