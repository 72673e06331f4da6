//! Puts a compressed copy beside each file of the built viewer, once, for web servers that send such copies: as small as
//! they can be, and no launch waits for the compressing. Changes no file.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::process::Result;

/// The file of the folder that each host writes for itself.
const HOSTS: &str = "hosts.json";
/// The endings of the copies, in the words that web servers know them by.
const BROTLI: &str = "br";
const GZIP: &str = "gz";

/// Beside every file of the folder but the host's own.
pub(crate) fn beside(folder: &Path) -> Result<()> {
    for file in files(folder)? {
        let bytes = fs::read(&file).map_err(|error| cannot(&file, &error))?;
        for (ending, compressed) in [(BROTLI, brotli(&bytes)), (GZIP, gzip(&bytes))] {
            let compressed = compressed.map_err(|error| cannot(&file, &error))?;
            let copy = copy(&file, ending);
            fs::write(&copy, compressed).map_err(|error| cannot(&copy, &error))?;
        }
    }
    Ok(())
}

/// The files that have copies, and what each is in bytes where the browser takes the smallest.
pub(crate) fn sizes(folder: &Path) -> Result<Vec<(PathBuf, u64, u64)>> {
    let files = files(folder)?.into_iter();
    files
        .map(|file| {
            let (raw, compressed) = (length(&file)?, length(&copy(&file, BROTLI))?);
            Ok((file, raw, compressed))
        })
        .collect()
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| cannot(folder, &error))? {
        let path = entry.map_err(|error| cannot(folder, &error))?.path();
        let is_copy = path
            .extension()
            .is_some_and(|ending| ending == BROTLI || ending == GZIP);
        if !is_copy && !path.ends_with(HOSTS) {
            files.push(path);
        }
    }
    Ok(files)
}

fn length(file: &Path) -> Result<u64> {
    Ok(fs::metadata(file).map_err(|error| cannot(file, &error))?.len())
}

fn copy(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

fn brotli(mut bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let best = BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        ..BrotliEncoderParams::default()
    };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut bytes, &mut out, &best)?;
    Ok(out)
}

fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut out = GzEncoder::new(Vec::new(), Compression::best());
    out.write_all(bytes)?;
    out.finish()
}

fn cannot(file: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", file.display())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn each_file_but_the_hosts_has_its_copies_and_no_copy_has_any() {
        let folder = std::env::temp_dir().join(format!("xtask-compress-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let style = "a { color: red }\n".repeat(300);
        fs::write(folder.join("a.css"), &style).unwrap();
        fs::write(folder.join("hosts.json"), "{}").unwrap();
        beside(&folder).unwrap();
        beside(&folder).unwrap();

        let sizes = sizes(&folder).unwrap();
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 4);
        let mut gunzipped = String::new();
        let gzipped = fs::read(folder.join("a.css.gz")).unwrap();
        flate2::read::GzDecoder::new(&*gzipped)
            .read_to_string(&mut gunzipped)
            .unwrap();
        let mut plain = Vec::new();
        let compressed = fs::read(folder.join("a.css.br")).unwrap();
        brotli::BrotliDecompress(&mut &*compressed, &mut plain).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(
            (gunzipped.as_bytes(), &*plain),
            (style.as_bytes(), style.as_bytes())
        );
        let [(file, raw, least)] = &*sizes else {
            panic!("{sizes:?}");
        };
        assert!(file.ends_with("a.css"));
        assert_eq!((*raw, *least), (style.len() as u64, compressed.len() as u64));
        assert!(least * 10 < *raw);
    }
}
