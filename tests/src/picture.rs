//! Pictures of the page, compared with approved ones. A picture that differs is kept as `NAME.actual.png` in the
//! target folder's `screenshots`, with `NAME.difference.png` beside it; `cargo xtask approve` makes it the approved
//! one. What is on the pictures is not judged here.

use std::fs::File;
use std::io::{BufReader, BufWriter, Cursor};
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use png::{BitDepth, ColorType, Compression, Decoder, Encoder, Transformations};
use serde_json::json;

use crate::browser::Browser;
use crate::{Result, root, target};

/// How far a channel of a pixel (0 to 255) may be from the approved one: less is drawing, not design.
const SAME: u8 = 40;
/// How many pixels in ten thousand may be further off than that.
const TOLERATED: usize = 2;

/// Pixels of the page from its top: what lies further down is more of the same.
const TALLEST: f64 = 1000.0;

/// Rows of red, green and blue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    pub width: usize,
    pub height: usize,
    bytes: Vec<u8>,
}

/// The folder of the approved pictures.
#[must_use]
pub fn approved() -> PathBuf {
    root().join("tests/approved")
}

/// What the page shows, compared with the approved picture of that name; what is different, in words, or nothing.
///
/// # Errors
/// When no picture can be taken or kept.
pub async fn difference(browser: &Browser, name: &str) -> Result<Option<String>> {
    let shown = take(browser).await?;
    let folder = target().join("screenshots");
    std::fs::create_dir_all(&folder)?;
    let actual = folder.join(format!("{name}.actual.png"));
    let marked = folder.join(format!("{name}.difference.png"));
    for old in [&actual, &marked] {
        if old.exists() {
            std::fs::remove_file(old)?;
        }
    }
    let file = approved().join(format!("{name}.png"));
    if !file.exists() {
        shown.write(&actual)?;
        return Ok(Some(format!("{name}: nothing is approved yet")));
    }
    let wanted = Picture::read(BufReader::new(File::open(file)?))?;
    let Some(words) = wanted.unlike(&shown) else {
        return Ok(None);
    };
    shown.write(&actual)?;
    wanted.marked(&shown).write(&marked)?;
    Ok(Some(format!("{name}: {words}; see {}", marked.display())))
}

/// The top of the page, down to [`TALLEST`].
async fn take(browser: &Browser) -> Result<Picture> {
    let [width, height]: [f64; 2] = browser
        .script("scrollTo(0, 0); const page = document.documentElement; return [page.clientWidth, page.scrollHeight]")
        .await?;
    let height = height.min(TALLEST);
    let clip = json!({ "x": 0, "y": 0, "width": width, "height": height, "scale": 1 });
    let answer = browser
        .devtools(
            "Page.captureScreenshot",
            json!({ "format": "png", "captureBeyondViewport": true, "clip": clip }),
        )
        .await?;
    let data = answer["data"].as_str().ok_or("no screenshot")?;
    Ok(Picture::read(Cursor::new(STANDARD.decode(data)?))?.in_few_shades())
}

impl Picture {
    fn read(source: impl std::io::BufRead + std::io::Seek) -> Result<Self> {
        let mut decoder = Decoder::new(source);
        decoder.set_transformations(Transformations::normalize_to_color8());
        let mut reader = decoder.read_info()?;
        let mut bytes = vec![0; reader.output_buffer_size().ok_or("a picture too large")?];
        let info = reader.next_frame(&mut bytes)?;
        bytes.truncate(info.buffer_size());
        let bytes = match info.color_type {
            ColorType::Rgb => bytes,
            ColorType::Rgba => bytes
                .chunks_exact(4)
                .flat_map(|pixel| pixel.iter().take(3).copied())
                .collect(),
            other => return Err(format!("a picture in {other:?}").into()),
        };
        Ok(Self {
            width: usize::try_from(info.width)?,
            height: usize::try_from(info.height)?,
            bytes,
        })
    }

    /// Sixteen shades of each colour, so that the file is less than half as large.
    fn in_few_shades(mut self) -> Self {
        for channel in &mut self.bytes {
            *channel = *channel / 16 * 17;
        }
        self
    }

    fn write(&self, file: &Path) -> Result<()> {
        let mut encoder = Encoder::new(
            BufWriter::new(File::create(file)?),
            u32::try_from(self.width)?,
            u32::try_from(self.height)?,
        );
        encoder.set_color(ColorType::Rgb);
        encoder.set_depth(BitDepth::Eight);
        encoder.set_compression(Compression::High);
        encoder.write_header()?.write_image_data(&self.bytes)?;
        Ok(())
    }

    /// How the other differs from this one beyond what is tolerated.
    fn unlike(&self, other: &Self) -> Option<String> {
        let size = |it: &Self| format!("{} × {}", it.width, it.height);
        if (self.width, self.height) != (other.width, other.height) {
            return Some(format!("{} instead of {}", size(other), size(self)));
        }
        let pixels = self.width * self.height;
        let different = self.differing(other).filter(|differs| *differs).count();
        (different * 10_000 > pixels * TOLERATED)
            .then(|| format!("{different} of {pixels} pixels are different"))
    }

    /// Of each pixel, whether it is another.
    fn differing(&self, other: &Self) -> impl Iterator<Item = bool> {
        let pairs = self.bytes.chunks_exact(3).zip(other.bytes.chunks_exact(3));
        pairs.map(|(one, two)| {
            let mut channels = one.iter().zip(two);
            channels.any(|(one, two)| one.abs_diff(*two) > SAME)
        })
    }

    /// The other, paled, with what differs in red. Only where both have the same size is that place for place.
    fn marked(&self, other: &Self) -> Self {
        let pixels = other.bytes.chunks_exact(3);
        let differing = self.differing(other).chain(std::iter::repeat(false));
        let bytes = pixels
            .zip(differing)
            .flat_map(|(pixel, differs)| match (differs, pixel) {
                (false, [red, green, blue]) => [pale(*red), pale(*green), pale(*blue)],
                _ => [255, 0, 0],
            })
            .collect();
        Self { bytes, ..*other }
    }
}

fn pale(channel: u8) -> u8 {
    192 + channel / 4
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grey(width: usize, height: usize) -> Picture {
        Picture {
            width,
            height,
            bytes: vec![100; width * height * 3],
        }
    }

    #[test]
    fn a_slight_shade_everywhere_is_the_same_picture() {
        let mut other = grey(100, 100);
        other.bytes.fill(100 + SAME);
        assert_eq!(grey(100, 100).unlike(&other), None);
        other.bytes.fill(101 + SAME);
        assert!(grey(100, 100).unlike(&other).is_some());
    }

    #[test]
    fn a_few_other_pixels_are_tolerated_and_one_more_is_not() {
        let mut other = grey(100, 100);
        for pixel in 0..TOLERATED {
            other.bytes[pixel * 3] = 255;
        }
        assert_eq!(grey(100, 100).unlike(&other), None);
        other.bytes[TOLERATED * 3 + 1] = 255;
        assert!(grey(100, 100).unlike(&other).is_some());
    }

    #[test]
    fn fewer_shades_are_the_same_picture_from_black_to_white() {
        let shades = Picture {
            width: 16,
            height: 16,
            bytes: (0..=255).flat_map(|shade| [shade; 3]).collect(),
        };
        let few = shades.clone().in_few_shades();
        assert_eq!((few.bytes[0], few.bytes[767]), (0, 255));
        assert_eq!(shades.unlike(&few), None);
    }

    #[test]
    fn another_size_is_another_picture() {
        let words = grey(10, 10).unlike(&grey(10, 11)).unwrap();
        assert_eq!(words, "10 × 11 instead of 10 × 10");
    }

    #[test]
    fn what_is_written_can_be_read() {
        let file = std::env::temp_dir().join(format!("picture-{}.png", std::process::id()));
        let mut picture = grey(7, 5);
        picture.bytes[10] = 3;
        picture.write(&file).unwrap();
        let read = Picture::read(BufReader::new(File::open(&file).unwrap())).unwrap();
        std::fs::remove_file(&file).unwrap();
        assert_eq!(read, picture);
    }
}
