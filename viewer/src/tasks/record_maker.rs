//! Makes a document into what is handed on: text, picture, PDF. The only place that knows how they are written: nothing
//! of it is needed before somebody asks for a document.

use js_sys::{Promise, Uint8Array};
use record::Document;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, HtmlCanvasElement};

use super::record_canvas::OnCanvas;
use crate::browser::display::new_canvas;
use crate::browser::packing;
use crate::state::record::Format;

/// Width of the picture, points.
const WIDTH: f32 = 560.0;
/// Pixels of the picture in a point: twice those of a screen.
const UNIT: f64 = 8.0 / 3.0;
/// No browser draws on a canvas that is higher, in pixels.
const HIGHEST: f64 = 16_000.0;

/// What a document becomes: UTF-8 text, PNG or PDF. `None` where the browser cannot make it.
pub(super) async fn make(format: Format, document: &Document) -> Option<Vec<u8>> {
    match format {
        Format::Text => Some(record::text(document).into_bytes()),
        Format::Pdf => Some(pdf(document).await),
        Format::Picture => png(&picture(document)?).await,
    }
}

/// Compressed, as far as the browser does that: a tenth of the bytes.
async fn pdf(document: &Document) -> Vec<u8> {
    let laid = record::pdf(document);
    let mut deflated = Vec::with_capacity(laid.streams().len());
    for stream in laid.streams() {
        deflated.push(packing::deflated(stream).await);
    }
    laid.finish(&deflated)
}

fn picture(document: &Document) -> Option<HtmlCanvasElement> {
    let canvas = new_canvas()?;
    let height = f64::from(record::picture_height(document, WIDTH));
    // What is very high is drawn coarser, so that all of it is there.
    let unit = UNIT.min(HIGHEST / height);
    canvas.set_width((f64::from(WIDTH) * unit).ceil() as u32);
    canvas.set_height((height * unit).ceil() as u32);
    record::draw_picture(OnCanvas::new(&canvas)?, document, unit).ok()?;
    Some(canvas)
}

async fn png(canvas: &HtmlCanvasElement) -> Option<Vec<u8>> {
    let made = Promise::new(&mut |resolve, reject| {
        if let Err(error) = canvas.to_blob(&resolve) {
            // Nobody waits for an answer to that.
            let _ = reject.call1(&error, &error);
        }
    });
    let blob: Blob = JsFuture::from(made).await.ok()?.dyn_into().ok()?;
    let content = JsFuture::from(blob.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&content).to_vec())
}
